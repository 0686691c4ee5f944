//! The filters in use, each with a way to take it away.
use super::address::{Address, PAGE};
use crate::{
    api::views::ExpensePage,
    i18n::{fill, t, table, use_i18n},
    ui::{Glyph, Icon},
};
use domain::{category::Category, input::parse_date, period::Month};
use leptos::prelude::*;

/// One line of filters in use; nothing without any.
#[component]
pub fn Chips(
    /// The address of the table.
    address: Address,
    /// For the names of budgets and accounts.
    page: ExpensePage,
) -> impl IntoView {
    let words = &t().expenses;
    let chips: Vec<_> = address
        .filters()
        .map(|(name, value)| {
            let text = worded(name, value, &page);
            let href = address.closed().without(&[name, PAGE]).href();
            let label = fill(words.remove_filter, &[("filter", &text)]);
            view! {
                <li>
                    <a class="chip" href=href data-noscroll="" aria-label=label>
                        {text} <Icon glyph=Glyph::Close />
                    </a>
                </li>
            }
        })
        .collect();
    (!chips.is_empty()).then(|| {
        let names: Vec<&str> = address.filters().map(|(name, _)| name).chain([PAGE]).collect();
        let cleared = address.closed().without(&names).href();
        view! {
            <ul class="chips" aria-label=words.active>
                {chips}
                <li><a class="button quiet" href=cleared data-noscroll="">{words.clear}</a></li>
            </ul>
        }
    })
}

/// A filter in words.
fn worded(name: &str, value: &str, page: &ExpensePage) -> String {
    let messages = t();
    let words = &messages.expenses;
    let locale = use_i18n().locale;
    let more = table::words(locale.language());
    let with = |pattern: &str, value: &str| fill(pattern, &[("value", value)]);
    let date = || parse_date(value).map_or_else(|_| value.to_owned(), |date| locale.format_date(date));
    match name {
        "q" => format!("“{value}”"),
        "category" if value == "none" => messages.categories.uncategorised.to_owned(),
        "category" => value.parse::<Category>().map_or(value, |category| messages.categories.name(category)).to_owned(),
        "kind" => value.parse().map_or(value, |kind| words.kind(kind)).to_owned(),
        "status" => value.parse().map_or(value, |status| words.status(status)).to_owned(),
        "month" => {
            let month = value.parse::<Month>();
            month.map_or_else(|_| value.to_owned(), |month| locale.format_month(month.year, month.month))
        }
        "startDate" => with(words.chip_from, &date()),
        "endDate" => with(words.chip_to, &date()),
        "minAmount" => with(words.chip_min, value),
        "maxAmount" => with(words.chip_max, value),
        "merchant" | "subcategory" | "currency" => value.to_owned(),
        "tags" => value.split(',').map(|tag| format!("#{}", tag.trim())).collect::<Vec<_>>().join(" "),
        "paymentMethod" => value.parse().map_or(value, |way| words.payment(way)).to_owned(),
        "hasReceipt" if value == "true" => more.with_receipt.to_owned(),
        "hasReceipt" => more.without_receipt.to_owned(),
        "recurring" if value == "true" => more.is_recurring.to_owned(),
        "recurring" => more.not_recurring.to_owned(),
        "budgetId" => {
            let budget = page.budgets.iter().find(|budget| budget.id.to_string() == value);
            budget.map_or_else(|| words.budget.to_owned(), |budget| budget.plan.name.clone())
        }
        "accountId" => {
            let account = page.accounts.iter().find(|account| account.id.to_string() == value);
            account.map_or_else(|| words.account.to_owned(), |account| account.name.clone())
        }
        "importId" => words.chip_import.to_owned(),
        "unconverted" => words.waits.to_owned(),
        _ => fill(words.chip_other, &[("name", name), ("value", value)]),
    }
}
