//! What the filtered rows come to, all pages together, and the same rows as a file.
use crate::{
    api::views::ListSum,
    i18n::{fill, plural, table, use_i18n},
    paths,
    ui::{Glyph, Icon, Menu},
};
use domain::money::Money;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The sum of each currency, and of all of them in the base currency where that is one. Nothing without a filter.
#[component]
pub fn Totals(
    /// The sums as the server has added them up.
    sums: Vec<ListSum>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = table::words(i18n.locale.language());
    let mut own: BTreeMap<&'static str, Money> = BTreeMap::new();
    for sum in &sums {
        let entry = own.entry(sum.currency.code()).or_insert(Money::new(0, sum.currency));
        *entry = Money::new(entry.minor().saturating_add(sum.minor), sum.currency);
    }
    let amounts: Vec<String> = own.values().map(|sum| i18n.locale.format_money(*sum)).collect();
    let (converted, waiting): (Vec<&ListSum>, Vec<&ListSum>) = sums.iter().partition(|sum| sum.base_currency.is_some());
    let base = converted.first().and_then(|sum| sum.base_currency);
    let one_base = base.filter(|base| own.len() > 1 && converted.iter().all(|sum| sum.base_currency == Some(*base)));
    let in_base = one_base.map(|base| {
        let minor = converted.iter().fold(0_i64, |all, sum| all.saturating_add(sum.base_minor));
        fill(words.sum_in_base, &[("amount", &i18n.locale.format_money(Money::new(minor, base)))])
    });
    let waiting: u64 = waiting.iter().map(|sum| sum.count).sum();
    let waiting = (waiting > 0 && one_base.is_some())
        .then(|| plural(i18n, words.sum_waiting, usize::try_from(waiting).unwrap_or(usize::MAX)));
    let whole = fill(words.sum, &[("amount", &amounts.join(" · "))]);
    let text: Vec<String> = std::iter::once(whole).chain(in_base).chain(waiting).collect();
    (!sums.is_empty()).then(|| view! { <p class="figure list-sum">{text.join(", ")}</p> })
}

/// The rows that the filters leave as a file.
#[component]
pub fn ExportMenu(
    /// The filters and the order as the API has them.
    filters: String,
) -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let formats = [("csv", words.export_csv), ("xlsx", words.export_xlsx), ("json", words.export_json)];
    let links = formats.map(|(format, what)| {
        let filters = if filters.is_empty() { String::new() } else { format!("&{filters}") };
        let href = format!("{}?format={format}{filters}", paths::EXPENSES_AS_FILE);
        view! { <a href=href rel="external" download="">{what}</a> }
    });
    let button = view! { {words.export} <Icon glyph=Glyph::Down /> };
    view! { <Menu button=button.into_any() class="export">{links.into_iter().collect_view()}</Menu> }
}
