//! What a bank file comes to: its figures, and the accounts that it names.
use crate::{
    api::views::{ImportDetail, ImportHead},
    components::{Figure, Figures},
    i18n::{fill, t, use_i18n},
};
use domain::{locale::Locale, money};
use leptos::prelude::*;

/// Figures in a strip.
#[component]
pub(super) fn Head(detail: ImportDetail) -> impl IntoView {
    let words = &t().import;
    let i18n = use_i18n();
    let head = detail.head;
    let count = move |n: u32| i18n.locale.format_count(n.into());
    let days = head.first_date.zip(head.last_date).map(|(first, last)| {
        let (from, to) = (i18n.locale.format_date(first), i18n.locale.format_date(last));
        fill(words.date_range, &[("from", &from), ("to", &to)])
    });
    let accounts = detail.accounts.iter().map(|(name, known)| {
        let state = if known.is_some() { words.account_known } else { words.account_new };
        format!("{name} ({state})")
    });
    let accounts: Vec<String> = accounts.collect();
    view! {
        <Figures label=head.filename.clone()>
            <Figure label=words.rows value=count(head.rows) note=head.format.clone() />
            <Figure label=words.new value=count(head.added) />
            <Figure label=words.duplicates value=count(head.duplicates) note=words.duplicates_help />
            {(head.ignored > 0).then(|| view! { <Figure label=words.ignored value=count(head.ignored) note=words.ignored_help /> })}
            <Figure label=words.rejected value=count(head.rejected) over=head.rejected != 0 />
            <Figure label=words.sum value=sum(&head, i18n.locale) note=words.sum_help />
        </Figures>
        <p class="muted">
            {days}
            {(!accounts.is_empty()).then(|| format!(" · {}: {}", words.accounts, accounts.join(", ")))}
        </p>
    }
}

/// The signed sum: with its currency where there is one, else as a check sum.
fn sum(head: &ImportHead, locale: Locale) -> String {
    let exponent = match head.currency {
        Some(currency) => currency.exponent(),
        None => head.sum.split_once('.').map_or(0, |(_, decimals)| u8::try_from(decimals.len()).unwrap_or(3)),
    };
    match (money::parse_minor(&head.sum, exponent), head.currency) {
        (Ok(minor), Some(currency)) => locale.format_money(money::Money::new(minor, currency)),
        (Ok(minor), None) => locale.format_number(minor, exponent),
        (Err(_), _) => head.sum.clone(),
    }
}
