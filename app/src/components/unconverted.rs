//! What is in no figure, for want of an exchange rate: said wherever totals stand.
use crate::{
    i18n::{fill, plural, t, use_i18n},
    ui::{Notice, Tone},
};
use domain::{money::Money, report::Unconverted};
use leptos::prelude::*;

/// How many rows are not converted, what they come to in their own currencies, and the way to them. Nothing where there
/// are none.
#[component]
pub fn UnconvertedNotice(
    /// By currency.
    rows: Vec<Unconverted>,
    /// Where they are listed.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let count: u64 = rows.iter().map(|row| row.count).sum();
    if count == 0 {
        return ().into_any();
    }
    let words = &t().budgets;
    let i18n = use_i18n();
    let amounts: Vec<_> =
        rows.iter().map(|row| i18n.locale.format_money(Money::new(row.minor, row.currency))).collect();
    let text = plural(i18n, words.unconverted, usize::try_from(count).unwrap_or(usize::MAX));
    view! {
        <Notice tone=Tone::Caution>
            <p>
                {fill(&text, &[("amounts", &amounts.join(" · "))])} " " {words.unconverted_why} " "
                <a href=href>{words.show_them}</a>
            </p>
        </Notice>
    }
    .into_any()
}
