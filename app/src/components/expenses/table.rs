//! The expense table: dense rows on the desktop, cards on the phone, the same markup for both.
use super::{
    address::{Address, EDIT, PAGE, SORT},
    frame::Frame,
    row::Row,
    rows::{Line, Rows},
    selection::Bar,
};
use crate::{
    api::{queries::EXPENSES_PER_PAGE, views::ExpensePage},
    i18n::{fill, plural, t, table, use_i18n},
    ui::{Column, Form, Notice, Ordered, Pagination, Picks, Table, Tone},
};
use domain::filter::{Sort, SortKey};
use leptos::prelude::*;
use std::sync::Arc;

/// The rows, with links that order them and links to the pages around.
#[component]
pub fn ExpenseTable(
    /// The address of the table.
    address: Address,
    /// What was sent.
    page: ExpensePage,
    /// All rows that are known.
    rows: Rows,
    /// Which of them are picked.
    picks: Picks,
) -> impl IntoView {
    let table = address.closed();
    let to_page = |page: u32| match page {
        1 => table.without(&[PAGE]).href(),
        page => table.with(PAGE, &page.to_string()).href(),
    };
    let (before, after) = (page.page > 1, page.page < page.pages);
    let offset = (page.page.saturating_sub(1) * EXPENSES_PER_PAGE) as usize;
    let budgets = page.budgets.clone();
    view! {
        <Waiting page=page.clone() address=table.clone() />
        <Form name="expense-bulk" class="bulk" summary=false on_done=Callback::new(move |_| picks.set_all(&[], false))>
            <Bar picks=picks rows=rows budgets=budgets />
            {
                let address = address.clone();
                move || view! { <Lines address=address.clone() rows=rows frame=rows.frame() picks=picks /> }
            }
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

/// The table itself. In a browser, what stands in for the rows above and below is as high as they are.
#[component]
fn Lines(address: Address, rows: Rows, frame: Arc<Frame>, picks: Picks) -> impl IntoView {
    let columns = columns(&address, &frame);
    let across = columns.len();
    let sheet = StoredValue::new(address.closed().without(&[PAGE]));
    let gaps = rows.gaps();
    let one = move |line: Line| {
        let href = sheet.with_value(|sheet| sheet.with(EDIT, &line.row.id.to_string()).href());
        view! { <Row line=line href=href frame=Arc::clone(&frame) picks=picks /> }
    };
    view! {
        <Table caption=t().expenses.caption columns=columns class="expenses" count=rows.high()>
            {move || gap(gaps.get().0, across)}
            <For each=move || rows.lines() key=|line| line.edition children=one />
            {move || gap(gaps.get().1, across)}
        </Table>
    }
}

/// The place of rows that are not in the table just now.
fn gap(height: u32, across: usize) -> Option<impl IntoView> {
    (height > 0).then(|| {
        view! { <tr class="gap" aria-hidden="true"><td colspan=across style:height=format!("{height}px")></td></tr> }
    })
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
        Column::text(words.description).wide(),
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
