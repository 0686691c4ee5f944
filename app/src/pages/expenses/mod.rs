//! All expenses: filters, table, and the sheets above it.
mod import;
mod review;

pub use import::Import;
pub use review::Review;

use crate::{
    api::{queries, views::ExpenseTablePage},
    components::{
        Load, PageHeader,
        expenses::{
            AddSheet, Address, Chips, EditSheet, ExpenseTable, ExportMenu, Filters, LineForm, Rows, Totals, use_address,
        },
    },
    i18n::{plural, t, use_i18n},
    paths,
    session::{use_page, use_refresh},
    ui::{ButtonLink, Empty, Glyph, Icon, Look, Picks},
};
use domain::{category::Category, currency::Currency, money::Money};
use leptos::prelude::*;

/// `/expenses`
#[component]
pub fn Expenses() -> impl IntoView {
    let words = &t().expenses;
    let refresh = use_refresh();
    let address = use_address();
    let query = Memo::new(move |_| address.with(|address| address.closed().query()));
    let picks = Picks::default();
    let rows = Rows::in_page(picks);
    // Read again: the page on which one is by now.
    let asked = move || (rows.query(&query.get()), refresh.track());
    let data = Resource::new(asked, |(query, _)| queries::expense_table(query));
    let known = Callback::new(move |()| data.get().and_then(Result::ok).map(|found| found.page));
    Effect::new(move |_| {
        query.track();
        picks.set_all(&[], false);
    });
    crate::components::live::follow(Signal::stored(String::new()));
    let ready = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    crate::components::expenses::listen(rows, picks, address, ready);
    view! {
        <PageHeader title=words.title>
            <div class="ways-on">
                <ButtonLink href=paths::REVIEW>{t().rules.review_link}</ButtonLink>
                <ButtonLink href=paths::RULES>{t().rules.title}</ButtonLink>
                <ButtonLink href=paths::RECURRING>{t().nav.recurring}</ButtonLink>
                <ButtonLink href=paths::IMPORT>
                    <Icon glyph=Glyph::Import />
                    {words.import}
                </ButtonLink>
            </div>
        </PageHeader>
        <LineForm key="page" />
        <AddSheet address=address />
        <EditSheet address=address />
        <Filters address=address data=known />
        <div class="expense-list" class:cells=ready>
            <Load
                data=data
                lines=10
                view=move |found: ExpenseTablePage| {
                    let address = address.get_untracked();
                    rows.take(&found.page, &address);
                    view! { <Listing address=address table=found rows=rows picks=picks /> }.into_any()
                }
            />
        </div>
    }
}

/// What the filters found.
#[component]
fn Listing(address: Address, table: ExpenseTablePage, rows: Rows, picks: Picks) -> impl IntoView {
    let ExpenseTablePage { page, export, sums } = table;
    let words = &t().expenses;
    let i18n = use_i18n();
    let filtered = address.filters().next().is_some();
    if page.items.is_empty() && !filtered {
        return view! { <NothingYet /> }.into_any();
    }
    let total = plural(i18n, words.total, usize::try_from(page.total).unwrap_or(usize::MAX));
    let found = !page.items.is_empty();
    view! {
        <div class="list-head">
            <p class="muted" role="status">{total}</p>
            <Totals sums=sums />
            <Chips address=address.clone() page=page.clone() />
            {found.then(|| view! { <ExportMenu filters=export /> })}
        </div>
        {if found {
            view! { <ExpenseTable address=address page=page rows=rows picks=picks /> }.into_any()
        } else {
            view! { <NoMatches /> }.into_any()
        }}
    }
    .into_any()
}

/// No expense so far: the two ways to some.
#[component]
fn NothingYet() -> impl IntoView {
    let words = &t().expenses;
    view! {
        <Empty title=words.empty_title text=words.empty_text picture=view! { <Sample /> }.into_any()>
            <ButtonLink href=paths::add_expense() look=Look::Primary>{words.add}</ButtonLink>
            <ButtonLink href=paths::IMPORT>{words.import}</ButtonLink>
        </Empty>
    }
}

/// The table as it will look.
#[component]
fn Sample() -> impl IntoView {
    let messages = t();
    let i18n = use_i18n();
    let currency = use_page().viewer.map_or(Currency::EUR, |viewer| viewer.currency);
    let unit = 10_i64.pow(u32::from(currency.exponent()));
    let rows = [(Category::Food, 4), (Category::Housing, 850), (Category::Transportation, 24)];
    let rows = rows.into_iter().zip(messages.expenses.samples).map(|((category, amount), merchant)| {
        view! {
            <li class="split">
                <span>{merchant}</span>
                <span class=format!("dotted hue-{}", category.index())>{messages.categories.name(category)}</span>
                <span class="figure">{i18n.locale.format_money(Money::new(-amount * unit, currency))}</span>
            </li>
        }
    });
    view! { <ul class="sample-rows">{rows.collect_view()}</ul> }
}

/// The filters leave nothing over.
#[component]
fn NoMatches() -> impl IntoView {
    let words = &t().expenses;
    view! {
        <Empty title=words.none_title text=words.none_text>
            <ButtonLink href=paths::EXPENSES look=Look::Primary>{words.clear}</ButtonLink>
        </Empty>
    }
}
