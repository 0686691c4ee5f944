//! The newest rows of the ledger.
use crate::{
    api::dashboard::LatestRow,
    i18n::{t, use_i18n},
    paths,
    ui::{Card, CategoryIcon},
};
use domain::expense::Kind;
use leptos::prelude::*;

/// So many are seen at once.
const SHOWN: usize = 6;

#[component]
pub(super) fn Latest(rows: Vec<LatestRow>) -> impl IntoView {
    let words = &t().dashboard;
    let all = view! { <a href=paths::EXPENSES>{words.latest_all}</a> };
    view! {
        <Card title=words.latest aside=all.into_any() class="latest-card">
            {rows.is_empty().then(|| view! { <p>{words.latest_none}</p> })}
            <ul class="latest">
                {rows.into_iter().take(SHOWN).map(|expense| view! { <Row expense=expense /> }).collect_view()}
            </ul>
        </Card>
    }
}

#[component]
fn Row(expense: LatestRow) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let kind = match expense.kind {
        Kind::Expense => None,
        Kind::Refund => Some(words.dashboard.kind_refund),
        Kind::Income => Some(words.dashboard.kind_income),
        Kind::Transfer => Some(words.dashboard.kind_transfer),
    };
    let comes_in = matches!(expense.kind, Kind::Refund | Kind::Income);
    let amount = i18n.locale.format_money(expense.amount);
    let name = expense.name.unwrap_or_else(|| words.dashboard.untitled.to_owned());
    let day = i18n.locale.format_date_relative(expense.date, i18n.today);
    let what = kind.unwrap_or_else(|| words.categories.name_or_none(expense.category));
    view! {
        <li>
            <CategoryIcon category=expense.category />
            <span>
                <a class="name" href=paths::expense(expense.id)>{name}</a>
                <span class="help">{format!("{day} · {what}")}</span>
            </span>
            <span class=if comes_in { "figure money-in" } else { "figure" }>
                {if comes_in { format!("+{amount}") } else { amount }}
            </span>
        </li>
    }
}
