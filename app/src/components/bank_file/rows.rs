//! The rows of a bank file, and what becomes of each.
use super::file::FileRows;
use crate::{
    api::{
        queries::IMPORT_ROWS_PER_PAGE,
        views::{ImportDetail, ImportRow, RowVerdict},
    },
    i18n::{fill, t, use_i18n},
    paths,
    ui::{Badge, Column, Pagination, Table, Tone},
};
use domain::{ids::ImportId, money::Money};
use leptos::prelude::*;

/// A page of rows; nothing once they are added or gone.
#[component]
pub(super) fn Rows(detail: ImportDetail) -> impl IntoView {
    let messages = t();
    let words = &messages.import;
    let ImportDetail { head, items, page, pages, .. } = detail;
    if items.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text(messages.expenses.date),
        Column::text(words.payee),
        Column::text(messages.categories.category).wide(),
        Column::text(words.verdict),
        Column::figure(messages.expenses.amount),
    ];
    let import = head.id;
    let to_page = |page: u32| format!("{}&page={page}", paths::import(head.id));
    let offset = (page.saturating_sub(1) * IMPORT_ROWS_PER_PAGE) as usize;
    let shown = items.len();
    let rows = items.into_iter().map(|row| view! { <Row row=row import=import page=page /> }).collect_view();
    view! {
        <h2 class="visually-hidden">{words.rows_title}</h2>
        <FileRows import=import page=page />
        <Table caption=words.rows_caption columns=columns class="expenses preview">{rows}</Table>
        {(pages > 1).then(|| view! {
            <Pagination
                offset=offset
                shown=shown
                total=head.rows as usize
                previous=(page > 1).then(|| to_page(page - 1))
                next=(page < pages).then(|| to_page(page + 1))
            />
        })}
    }
    .into_any()
}

#[component]
fn Row(row: ImportRow, import: ImportId, page: u32) -> impl IntoView {
    let messages = t();
    let words = &messages.import;
    let i18n = use_i18n();
    let (tone, verdict) = match row.verdict {
        RowVerdict::New => (Tone::Good, words.verdict_new),
        RowVerdict::Duplicate => (Tone::Neutral, words.verdict_duplicate),
        RowVerdict::Absorbed => (Tone::Neutral, words.verdict_absorbed),
        RowVerdict::Zero => (Tone::Neutral, words.verdict_zero),
    };
    let money_in = row.amount > 0;
    let amount = i18n.locale.format_money(Money::new(row.amount, row.currency));
    let amount = if money_in { format!("+{amount}") } else { amount };
    let payee = if row.payee.is_empty() { words.no_payee.to_owned() } else { row.payee };
    let own_name = row.merchant != payee && !row.merchant.is_empty();
    let (name, print) = if own_name { (row.merchant.clone(), payee) } else { (payee, String::new()) };
    let under: Vec<String> = [print, row.memo].into_iter().filter(|text| !text.is_empty()).collect();
    let under = under.join(" · ");
    let change = paths::import_filing(import, page, &row.merchant);
    let change_label = format!("{}: {}", words.change_category, row.merchant);
    let change = (!money_in && !row.merchant.is_empty()).then(|| {
        view! { <a class="under" href=change aria-label=change_label>{words.change_category}</a> }
    });
    let category = match (row.category, money_in) {
        (Some(category), _) => view! {
            <span class=format!("dotted hue-{}", category.index())>{messages.categories.name(category)}</span>
            <span class="under">{row.why}</span>
            {change}
        }
        .into_any(),
        (None, true) => ().into_any(),
        (None, false) => view! {
            <span class="dotted muted">{messages.categories.uncategorised}</span>
            {row.proposal.map(|maybe| view! {
                <span class="under">{fill(words.maybe, &[("category", messages.categories.name(maybe))])}</span>
            })}
            {change}
        }
        .into_any(),
    };
    view! {
        <tr class:left-out=row.verdict != RowVerdict::New>
            <td class="when"><time datetime=row.date.to_string()>{i18n.locale.format_date(row.date)}</time></td>
            <td class="what">
                <span>{name}</span>
                {(!under.is_empty()).then(|| view! { <span class="under">{under}</span> })}
            </td>
            <td class="wide category">{category}</td>
            <td class="verdict"><Badge tone=tone>{verdict}</Badge></td>
            <td class="figure amount"><span class:money-in=money_in>{amount}</span></td>
        </tr>
    }
}
