//! The month by category: a table on the desktop, a row of its own for each category on the phone.
use super::moves::giver;
use crate::{
    components::spending::{Phase, phase, spending},
    i18n::{fill, plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    ui::{BudgetBar, CategoryIcon, Column, Table, later},
};
use domain::{
    analysis::{Analysis, Line, Part},
    ids::BudgetId,
};
use leptos::prelude::*;

#[component]
pub(super) fn MonthTable(
    budget: BudgetId,
    analysis: Analysis,
    /// The page's address without a sheet, for whoever may move money.
    page: Option<String>,
) -> impl IntoView {
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
    columns.extend(page.is_some().then(|| Column::tools(t().months.tools)));
    let line =
        |line: &Line| view! { <CategoryRow budget=budget analysis=analysis.clone() line=*line page=page.clone() /> };
    let with_parts = |one: &Line| {
        let parts = one.category.map(|category| analysis.parts_of(category).cloned().collect::<Vec<_>>());
        let parts = parts.unwrap_or_default().into_iter().map(|part| {
            view! { <PartRow analysis=analysis.clone() part=part tools=page.is_some() /> }
        });
        view! {
            {line(one)}
            {parts.collect_view()}
        }
    };
    let rows = analysis.categories.iter().map(with_parts).collect_view();
    let loose = (analysis.uncategorised.transactions > 0).then(|| line(&analysis.uncategorised));
    let total = view! { <TotalRow analysis=analysis.clone() tools=page.is_some() /> };
    let class = if running { "month-table running" } else { "month-table" };
    view! {
        <Table caption=words.table columns=columns foot=total.into_any() class=class>
            {rows}
            {loose}
        </Table>
    }
}

#[component]
fn CategoryRow(budget: BudgetId, analysis: Analysis, line: Line, page: Option<String>) -> impl IntoView {
    let unused = line.allocated == 0 && line.carried_in == 0 && line.transactions == 0;
    let class = if unused { "unused" } else { "" };
    later(view! { <tr class=class></tr> }, move || cells(budget, analysis, line, page, unused))
}

fn cells(budget: BudgetId, analysis: Analysis, line: Line, page: Option<String>, unused: bool) -> AnyView {
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
    let tools = page.map(|page| view! { <td class="tools">{tools(&analysis, &line, &page)}</td> });
    view! {
        <th scope="row" class="what">
            <CategoryIcon category=line.category />
            <span>{name}</span>
            {line.category.is_some().then(|| view! { <small class="help">{share}</small> })}
        </th>
        <td class="progress-cell">
            {bar}
            {brought(&analysis, &line)}
        </td>
        <Amounts analysis=analysis line=line />
        <td class="figure count">{link}</td>
        {tools}
    }
    .into_any()
}

/// What came over from last month, and what was moved: with its sign, where there is any.
fn brought(analysis: &Analysis, line: &Line) -> Option<AnyView> {
    let words = &t().months;
    let locale = use_i18n().locale;
    let signed = |minor: i64| {
        let amount = locale.format_number(minor, analysis.currency.exponent());
        if minor > 0 { format!("+{amount}") } else { amount }
    };
    let texts = [(line.carried_in, words.carried_in), (line.moved, words.moved_in)];
    let texts = texts.into_iter().filter(|(minor, _)| *minor != 0);
    let texts: Vec<String> = texts.map(|(minor, text)| fill(text, &[("amount", &signed(minor))])).collect();
    (!texts.is_empty()).then(|| view! { <div class="brought help">{texts.join(" · ")}</div> }.into_any())
}

/// The way to move money out of a category that has some left, or into one that is over.
fn tools(analysis: &Analysis, line: &Line, page: &str) -> Option<AnyView> {
    let messages = t();
    let words = &messages.months;
    let category = line.category?;
    let name = messages.categories.name(category);
    if line.remaining > 0 {
        let label = fill(words.move_out_of, &[("category", name)]);
        let href = paths::with_move(page, Some(category), None);
        return Some(
            view! {
                <a class="button quiet" href=href aria-label=label data-noscroll="">{words.move_out}</a>
            }
            .into_any(),
        );
    }
    let from = giver(analysis, Some(category)).filter(|_| line.remaining < 0)?;
    let giving = messages.categories.name(from);
    let label = fill(words.cover_with, &[("category", name), ("from", giving)]);
    let href = paths::with_move(page, Some(from), Some(category));
    Some(
        view! {
            <a class="cover" href=href aria-label=label data-noscroll="">
                {fill(words.cover_from, &[("category", giving)])}
            </a>
        }
        .into_any(),
    )
}

/// A subcategory, under its category.
#[component]
fn PartRow(analysis: Analysis, part: Part, tools: bool) -> impl IntoView {
    later(view! { <tr class="part"></tr> }, move || {
        let i18n = use_i18n();
        let words = &t().budgets;
        let count = usize::try_from(part.transactions).unwrap_or_default();
        let line = Line {
            category: Some(part.category),
            allocated: part.allocated,
            spent: part.spent,
            remaining: part.allocated.saturating_sub(part.spent),
            transactions: part.transactions,
            projected: part.spent,
            ..analysis.uncategorised
        };
        let planned = part.allocated != 0;
        view! {
            <th scope="row" class="what">{part.name}</th>
            <td class="progress-cell"></td>
            <Amounts analysis=analysis line=line part=true planned=planned />
            <td class="figure count">
                {(count > 0).then(|| view! {
                    <span class="short">{i18n.locale.format_count(part.transactions)}</span>
                    <span class="long">{plural(i18n, words.transactions_count, count)}</span>
                })}
            </td>
            {tools.then(|| view! { <td class="tools"></td> })}
        }
        .into_any()
    })
}

#[component]
fn TotalRow(analysis: Analysis, tools: bool) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let total = analysis.total;
    view! {
        <tr>
            <th scope="row" class="what">{words.total}</th>
            <td class="progress-cell"></td>
            <Amounts analysis=analysis line=total />
            <td class="figure count">{i18n.locale.format_count(total.transactions)}</td>
            {tools.then(|| view! { <td class="tools"></td> })}
        </tr>
    }
}

/// Planned, spent, left, heading for.
#[component]
fn Amounts(
    analysis: Analysis,
    line: Line,
    /// Of a subcategory: nobody knows where it heads.
    #[prop(optional)]
    part: bool,
    /// Whether there is a plan to be over.
    #[prop(default = true)]
    planned: bool,
) -> impl IntoView {
    let common = &t().common;
    let words = &t().budgets;
    let i18n = use_i18n();
    let (locale, running) = (i18n.locale, phase(&analysis, i18n.today) == Phase::Running);
    let number = |minor| locale.format_number(minor, analysis.currency.exponent());
    let over = line.remaining < 0;
    // What has no category has no plan to be over.
    let loose = !planned || (line.category.is_none() && line.allocated == 0);
    let worded = fill(
        if over { common.amount_over } else { common.amount_left },
        &[("amount", &number(line.remaining.saturating_abs()))],
    );
    view! {
        <td class="figure planned">{planned.then(|| number(line.allocated.saturating_add(line.carried_in)))}</td>
        <td class="figure spent" data-label=words.spent>{number(line.spent)}</td>
        <td class="figure left" class:negative=over && !loose>
            {planned.then(|| view! {
                <span class="short">{number(line.remaining)}</span>
                <span class="long">{worded}</span>
            })}
        </td>
        {running.then(|| view! {
            <td class="figure heading-for">{(!part).then(|| number(line.projected))}</td>
        })}
    }
}
