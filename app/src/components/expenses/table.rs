//! The expense table: dense rows on the desktop, cards on the phone, the same markup for both.
use super::{
    address::{Address, EDIT, PAGE, SORT},
    row::Row,
    selection::Bar,
};
use crate::{
    api::{queries::EXPENSES_PER_PAGE, views::ExpensePage},
    i18n::{fill, plural, t, table, use_i18n},
    session::use_page,
    ui::{Column, Form, Notice, Ordered, Pagination, Picks, Table, Tone},
};
use domain::{
    currency::Currency,
    filter::{Sort, SortKey},
    ids::UserId,
};
use leptos::prelude::*;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What the rows have in common, and the names of what they refer to.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The one currency of all rows: its sign stands in the head.
    pub currency: Option<Currency>,
    /// The column for budget and account is worth its place.
    pub places: bool,
    pub budgets: HashMap<String, String>,
    pub accounts: HashMap<String, String>,
    /// Of legs of transfers: the account of the other leg.
    pub others: Arc<BTreeMap<String, String>>,
    /// Members of shared budgets by id, and who looks.
    pub people: Arc<BTreeMap<String, Option<String>>>,
    pub me: Option<UserId>,
}

impl Frame {
    fn of(page: &ExpensePage) -> Self {
        let me = use_page().viewer.map(|viewer| viewer.id);
        let first = page.items.first().map(|first| first.amount.currency());
        Self {
            currency: first.filter(|first| page.items.iter().all(|row| row.amount.currency() == *first)),
            places: page.budgets.len() > 1 || page.items.iter().any(|row| row.account_id.is_some()),
            budgets: page.budgets.iter().map(|budget| (budget.id.to_string(), budget.plan.name.clone())).collect(),
            accounts: page.accounts.iter().map(|account| (account.id.to_string(), account.name.clone())).collect(),
            others: Arc::new(page.others.clone()),
            people: Arc::new(page.people.clone()),
            me,
        }
    }
}

/// A page of rows, with links that order them and links to the pages around.
#[component]
pub fn ExpenseTable(
    /// The address of the table.
    address: Address,
    /// The rows.
    page: ExpensePage,
    /// Which of them are picked.
    picks: Picks,
) -> impl IntoView {
    let words = &t().expenses;
    let frame = Frame::of(&page);
    let columns = columns(&address, &frame);
    let table = address.closed();
    let rows: Vec<_> = page
        .items
        .iter()
        .map(|expense| {
            let href = table.with(EDIT, &expense.id.to_string()).href();
            view! { <Row expense=expense.clone() href=href frame=frame.clone() picks=picks /> }
        })
        .collect();
    let to_page = |page: u32| match page {
        1 => table.without(&[PAGE]).href(),
        page => table.with(PAGE, &page.to_string()).href(),
    };
    let selectable = page.clone();
    let (before, after) = (page.page > 1, page.page < page.pages);
    let offset = (page.page.saturating_sub(1) * EXPENSES_PER_PAGE) as usize;
    view! {
        <Waiting page=page.clone() address=table.clone() />
        <Form name="expense-bulk" class="bulk" summary=false on_done=Callback::new(move |_| picks.set_all(&[], false))>
            <Bar picks=picks page=selectable />
            <Table caption=words.caption columns=columns class="expenses">{rows}</Table>
        </Form>
        {(before || after).then(|| view! {
            <Pagination
                offset=offset
                shown=page.items.len()
                total=usize::try_from(page.total).unwrap_or(usize::MAX)
                previous=before.then(|| to_page(page.page - 1))
                next=after.then(|| to_page(page.page + 1))
            />
        })}
    }
}

fn columns(address: &Address, frame: &Frame) -> Vec<Column> {
    let messages = t();
    let words = &messages.expenses;
    let locale = use_i18n().locale;
    let now: Sort = address.get(SORT).and_then(|sort| sort.parse().ok()).unwrap_or_default();
    let ordered = |column: Column, key: SortKey, first_down: bool| {
        let here = now.key == key;
        let descending = if here { !now.descending } else { first_down };
        let next = Sort { key, descending };
        let address = address.closed().without(&[PAGE]);
        let address =
            if next == Sort::default() { address.without(&[SORT]) } else { address.with(SORT, next.as_str()) };
        let hint = if descending { words.sort_down } else { words.sort_up };
        column.ordered(address.href(), hint, here.then_some(if now.descending { Ordered::Down } else { Ordered::Up }))
    };
    let amount = match frame.currency {
        Some(currency) => format!("{} {}", words.amount, locale.symbol(currency)),
        None => words.amount.to_owned(),
    };
    let mut columns = vec![
        Column::tools(table::words(locale.language()).bar),
        ordered(Column::text(words.date), SortKey::Date, true),
        ordered(Column::text(words.merchant), SortKey::Merchant, false),
        Column::text(messages.categories.category),
    ];
    if frame.places {
        columns.push(Column::text(words.place).wide());
    }
    columns.push(ordered(Column::figure(amount), SortKey::Amount, true));
    columns
}

/// Says how many of the rows wait for a rate, and leads to all of them.
#[component]
fn Waiting(page: ExpensePage, address: Address) -> impl IntoView {
    let words = &t().expenses;
    let i18n = use_i18n();
    let count = page.items.iter().filter(|row| row.is_unconverted()).count();
    let all = address.get("unconverted").is_some();
    (count > 0).then(|| {
        view! {
            <Notice tone=Tone::Caution>
                <p>
                    {plural(i18n, words.waiting, count)}
                    {(!all).then(|| view! { " " <a href=address.without(&[PAGE]).with("unconverted", "true").href()>{words.waiting_show}</a> })}
                </p>
            </Notice>
        }
    })
}

/// "≈ 11.20 €", or what an amount waits for.
pub(super) fn in_base(text: &str) -> String {
    fill(t().expenses.converted, &[("amount", text)])
}
