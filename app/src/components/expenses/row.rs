//! One row of the expense table.
use super::{frame::Frame, rows::Line, table::in_base};
use crate::{
    i18n::{fill, t, table, use_i18n},
    ui::{Badge, Pick, Picks, Tone, later},
};
use domain::{
    expense::{Expense, Kind, Status},
    ids::UserId,
    money::Money,
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// A row; a link over it leads to the sheet in which all of it can be changed. Where cells open, the link is a small one at
/// its merchant.
#[component]
pub(super) fn Row(line: Line, href: String, frame: Arc<Frame>, picks: Picks) -> impl IntoView {
    let Line { place, row, .. } = line;
    // The head is the first one.
    let index = place + 1;
    let element = view! { <tr data-id=row.id.to_string() aria-rowindex=index></tr> };
    later(element, move || cells(&row, href, &frame, picks))
}

fn cells(expense: &Arc<Expense>, href: String, frame: &Arc<Frame>, picks: Picks) -> AnyView {
    let words = &t().expenses;
    let i18n = use_i18n();
    let title = title(expense);
    let note = expense.description.clone().filter(|description| *description != title);
    let tags: Vec<String> = expense.tags.iter().map(|tag| format!("#{tag}")).collect();
    let status = matches!(expense.status, Status::Draft | Status::NeedsReview).then(|| words.status(expense.status));
    let place = [
        // Where there is only one budget, it goes without saying.
        expense
            .budget_id
            .filter(|_| frame.budgets.len() > 1)
            .and_then(|id| frame.budgets.get(&id.to_string()).cloned()),
        account(expense, frame),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let date = expense.date;
    let pick = fill(table::words(i18n.locale.language()).select_row, &[("name", &title)]);
    let opens = |field: &'static str| frame.opens(expense, field).then_some(field);
    let by = who(expense.budget_id.is_some().then_some(expense.user_id), frame.me, &frame.people);
    view! {
        <td class="tools pick-cell">
            <label class="pick-place"><Pick picks=picks id=expense.id.to_string() label=pick /></label>
        </td>
        <td class="when" data-cell=opens("date")>
            <time datetime=date.to_string()>{i18n.locale.format_date_relative(date, i18n.today)}</time>
        </td>
        <td class="what" data-cell=opens("merchant")>
            <a class="row-link" href=href aria-label=title.clone() data-noscroll=""></a>
            <span class="row-title">{title}</span>
            {by.map(|who| view! { <span class="under">{who}</span> })}
            {(!tags.is_empty()).then(|| view! { <span class="under tags">{tags.join(" ")}</span> })}
            {status.map(|status| view! { <Badge tone=Tone::Caution>{status}</Badge> })}
        </td>
        <td class="note" data-cell=opens("description")>{note.map(|note| view! { <span class="under">{note}</span> })}</td>
        <td class="category" data-cell=opens("category")>{category(expense)}</td>
        {frame.places.then(|| view! { <td class="wide place">{place.join(" · ")}</td> })}
        <td class="figure amount" data-cell=opens("amount")>{amount(expense, frame)}</td>
    }
    .into_any()
}

/// The account, or the way that the money of a transfer goes.
fn account(expense: &Expense, frame: &Frame) -> Option<String> {
    let named = |id: &str| frame.accounts.get(id).cloned();
    let own = expense.account_id.and_then(|id| named(&id.to_string()));
    let Some((leg, other)) = expense.leg().zip(frame.others.get(&expense.id.to_string()).and_then(|id| named(id)))
    else {
        return own;
    };
    let own = own?;
    let (from, to) = if leg.incoming { (other, own) } else { (own, other) };
    Some(fill(t().expenses.way, &[("from", &from), ("to", &to)]))
}

/// Who has entered a row of a budget, where it was not who looks.
pub(super) fn who(
    entered: Option<UserId>,
    me: Option<UserId>,
    people: &BTreeMap<String, Option<String>>,
) -> Option<String> {
    let words = &t().expenses;
    entered.filter(|entered| Some(*entered) != me).map(|entered| match people.get(&entered.to_string()) {
        Some(Some(name)) => name.clone(),
        Some(None) => words.a_member.to_owned(),
        None => words.a_former_member.to_owned(),
    })
}

/// What stands for a row: its merchant, else what it was.
pub(super) fn title(expense: &Expense) -> String {
    expense.merchant.clone().or_else(|| expense.description.clone()).unwrap_or_default()
}

/// The category with its hue, or the kind of what has none.
fn category(expense: &Expense) -> AnyView {
    let messages = t();
    let words = &messages.expenses;
    if !expense.splits.is_empty() {
        let mut names: Vec<&str> = Vec::new();
        for name in expense.splits.iter().map(|split| messages.categories.name_or_none(split.category)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(2);
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let shown = names.into_iter().take(2).collect::<Vec<_>>().join(" · ");
        return view! { <span class="dotted">{format!("{}: {shown}{more}", words.split)}</span> }.into_any();
    }
    match (expense.kind, expense.category) {
        (kind @ (Kind::Income | Kind::Transfer), _) => {
            view! { <span class="dotted muted">{words.kind(kind)}</span> }.into_any()
        }
        (_, Some(category)) => view! {
            <span class=format!("dotted hue-{}", category.index())>{messages.categories.name(category)}</span>
        }
        .into_any(),
        (_, None) => view! { <span class="dotted muted">{messages.categories.uncategorised}</span> }.into_any(),
    }
}

/// What the row does to the money, with what it comes to in the budget's currency where that is another.
fn amount(expense: &Expense, frame: &Frame) -> AnyView {
    let words = &t().expenses;
    let locale = use_i18n().locale;
    let signed = Money::new(expense.signed_minor(), expense.amount.currency());
    let shown = match frame.currency {
        Some(currency) => locale.format_number(signed.minor(), currency.exponent()),
        None => locale.format_money(signed),
    };
    let money_in = signed.minor() > 0;
    let shown = if money_in { format!("+{shown}") } else { shown };
    let refund = (expense.kind == Kind::Refund).then(|| words.kind(Kind::Refund));
    let base = expense.base.as_ref().map(|base| base.amount);
    let note = match base {
        None if expense.is_unconverted() => Some(words.waits.to_owned()),
        Some(base) if base.currency() != expense.amount.currency() => {
            let sign = if money_in { 1 } else { -1 };
            Some(in_base(&locale.format_money(Money::new(sign * base.minor(), base.currency()))))
        }
        _ => None,
    };
    view! {
        <span class:money-in=money_in>{shown}</span>
        {refund.map(|refund| view! { <span class="under">{refund}</span> })}
        {note.map(|note| view! { <span class="under">{note}</span> })}
    }
    .into_any()
}
