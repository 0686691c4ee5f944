//! The month by category: a table on the desktop, a row of its own for each category on the phone.
use crate::{
    components::spending::{Phase, phase, spending},
    i18n::{fill, plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    ui::{BudgetBar, CategoryIcon, Column, Table, later},
};
use domain::{
    analysis::{Analysis, Line},
    ids::BudgetId,
};
use leptos::prelude::*;

#[component]
pub(super) fn MonthTable(budget: BudgetId, analysis: Analysis) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let running = phase(&analysis, i18n.today) == Phase::Running;
    let symbol = i18n.locale.symbol(analysis.currency);
    let amounts = |label: &str| Column::figure(format!("{label}, {symbol}"));
    let mut columns = vec![
        Column::text(words.category),
        Column::text(words.progress),
        amounts(words.allocated),
        amounts(words.spent),
        amounts(words.left),
    ];
    columns.extend(running.then(|| amounts(words.heading_for)));
    columns.push(Column::figure(words.transactions));
    let line =
        |line: &Line| view! { <CategoryRow budget=budget analysis=analysis.clone() line=*line running=running /> };
    let rows = analysis.categories.iter().map(line).collect_view();
    let loose = (analysis.uncategorised.transactions > 0).then(|| line(&analysis.uncategorised));
    let total = view! { <TotalRow analysis=analysis.clone() running=running /> };
    view! {
        <Table caption=words.table columns=columns foot=total.into_any() class="month-table">
            {rows}
            {loose}
        </Table>
    }
}

#[component]
fn CategoryRow(budget: BudgetId, analysis: Analysis, line: Line, running: bool) -> impl IntoView {
    let unused = line.allocated + line.carried_in == 0 && line.transactions == 0;
    let class = if unused { "unused" } else { "" };
    later(view! { <tr class=class></tr> }, move || cells(budget, analysis, line, running, unused))
}

fn cells(budget: BudgetId, analysis: Analysis, line: Line, running: bool, unused: bool) -> AnyView {
    let words = t();
    let i18n = use_i18n();
    let name = words.categories.name_or_none(line.category);
    let filter = line.category.map_or(ExpenseFilter::Uncategorised, ExpenseFilter::Category);
    let count = usize::try_from(line.transactions).unwrap_or_default();
    let label = fill(words.budgets.show_transactions, &[("category", name)]);
    let link = (count > 0).then(|| {
        view! {
            <a href=paths::expenses_of(budget, analysis.month, filter) aria-label=format!("{label}: {count}") title=label>
                <span class="short">{i18n.locale.format_count(line.transactions)}</span>
                <span class="long">{plural(i18n, words.budgets.transactions_count, count)}</span>
            </a>
        }
    });
    let share = i18n.locale.format_percent(line.percentage, if line.percentage % 100 == 0 { 0 } else { 2 });
    let bar = Signal::stored(spending(&analysis, &line, i18n.today));
    let bar = match line.category {
        _ if unused => ().into_any(),
        Some(category) => view! { <BudgetBar of=bar hue=category.index() /> }.into_any(),
        // Nothing is planned for these: there is nothing to be over.
        None => view! { <a class="sort-out" href=paths::expenses_of(budget, analysis.month, filter)>{words.budgets.sort_out}</a> }.into_any(),
    };
    view! {
        <th scope="row" class="what">
            <CategoryIcon category=line.category />
            <span>{name}</span>
            {line.category.is_some().then(|| view! { <small class="help">{share}</small> })}
        </th>
        <td class="progress-cell">{bar}</td>
        <Amounts analysis=analysis line=line running=running />
        <td class="figure count">{link}</td>
    }
    .into_any()
}

#[component]
fn TotalRow(analysis: Analysis, running: bool) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let total = analysis.total;
    view! {
        <tr>
            <th scope="row" class="what">{words.total}</th>
            <td class="progress-cell"></td>
            <Amounts analysis=analysis line=total running=running />
            <td class="figure count">{i18n.locale.format_count(total.transactions)}</td>
        </tr>
    }
}

/// Planned, spent, left, heading for.
#[component]
fn Amounts(analysis: Analysis, line: Line, running: bool) -> impl IntoView {
    let common = &t().common;
    let words = &t().budgets;
    let locale = use_i18n().locale;
    let number = |minor| locale.format_number(minor, analysis.currency.exponent());
    let over = line.remaining < 0;
    // What has no category has no plan to be over.
    let loose = line.category.is_none() && line.allocated == 0;
    let worded = fill(
        if over { common.amount_over } else { common.amount_left },
        &[("amount", &number(line.remaining.saturating_abs()))],
    );
    view! {
        <td class="figure planned">{number(line.allocated + line.carried_in)}</td>
        <td class="figure spent" data-label=words.spent>{number(line.spent)}</td>
        <td class="figure left" class:negative=over && !loose>
            <span class="short">{number(line.remaining)}</span>
            <span class="long">{worded}</span>
        </td>
        {running.then(|| view! {
            <td class="figure heading-for">{number(line.projected)}</td>
        })}
    }
}
