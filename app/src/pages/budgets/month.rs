//! A budget's month: what was planned, what is spent, what is left, and where it heads.
use super::{
    income::{CopyLast, Income},
    moves::{MoveSheet, Moves},
    table::MonthTable,
};
use crate::{
    api::queries,
    components::{
        Figure, Figures, Load, MonthSwitcher, PageHeader, live,
        next_steps::NextSteps,
        spending::{Phase, phase, spending},
        unconverted::UnconvertedNotice,
    },
    i18n::{fill, plural, t, use_i18n, wizard::wizard},
    paths::{self, ExpenseFilter},
    session::use_refresh,
    ui::{BarSize, BudgetBar, ButtonLink, Card, Crumb, Glyph, Icon, Notice},
};
use domain::{analysis::Analysis, money::Money, months::MonthEntry, period, report::BudgetMonth, role::Role};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/budgets/:id?month=…`
#[component]
pub fn Month() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let refresh = use_refresh();
    let asked = move || (params.with(|params| params.get("id")), query.with(|query| query.get("month")));
    let data = Resource::new(
        move || (asked(), refresh.track()),
        |((id, month), _)| queries::budget_month(id.unwrap_or_default(), month),
    );
    live::follow(Signal::derive(move || asked().0.unwrap_or_default()));
    view! {
        <Load data=data lines=14 view=move |found: BudgetMonth| view! { <MonthPage found=found /> }.into_any() />
    }
}

/// Which days it has, and where in them today is.
fn days(analysis: &Analysis) -> String {
    let words = &t().budgets;
    let i18n = use_i18n();
    let date = |date| i18n.locale.format_date(date);
    let span = fill(words.period, &[("from", &date(analysis.period.start)), ("to", &date(analysis.period.end))]);
    let place = match phase(analysis, i18n.today) {
        Phase::Past => words.is_over.to_owned(),
        Phase::Ahead => words.is_ahead.to_owned(),
        Phase::Running => {
            let day = i64::from(analysis.period.day_number(i18n.today));
            let total = i64::from(analysis.period.days());
            let count = |n| i18n.locale.format_count(n);
            fill(words.day_of, &[("n", &count(day)), ("total", &count(total))])
        }
    };
    format!("{span} · {place}")
}

#[component]
fn MonthPage(found: BudgetMonth) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let BudgetMonth { budget, role, analysis, unconverted, plan, entry, can_copy } = found;
    let seen = analysis.month;
    let current = period::Month::of(i18n.today, budget.month_start_day);
    let id = budget.id;
    let href = move |month| if month == current { paths::budget(id) } else { paths::budget_month(id, month) };
    let loose = usize::try_from(analysis.uncategorised.transactions).unwrap_or_default();
    let quiet = analysis.total.transactions == 0 && analysis.received_income == 0;
    let may_edit = role >= Role::Edit;
    let page = href(seen);
    let month = InMonth { analysis: analysis.clone(), entry, can_copy, plan: plan.monthly_income, may_edit, page };
    let table = view! { <MonthTable budget=id analysis=analysis.clone() page=may_edit.then(|| month.page.clone()) /> };
    let within = view! { <Within month=month /> };
    view! {
        <PageHeader title=plan.name lead=days(&analysis) crumbs=vec![Crumb::new(words.shell.all_budgets, paths::BUDGETS)]>
            <MonthSwitcher month=Signal::stored(seen) current=current href=Callback::new(href) />
            <ButtonLink href=paths::budget_share(id)>
                <Icon glyph=Glyph::Person />
                {words.sharing.open}
            </ButtonLink>
            {may_edit.then(|| view! {
                <ButtonLink href=paths::budget_edit(id)>
                    <Icon glyph=Glyph::Edit />
                    {words.budgets.edit}
                </ButtonLink>
            })}
        </PageHeader>
        <div class="stack month-page">
            {(quiet && seen == current && may_edit).then(|| view! { <NextSteps budget=id /> })}
            <Summary analysis=analysis.clone() />
            <UnconvertedNotice rows=unconverted href=paths::expenses_of(id, seen, ExpenseFilter::Unconverted) />
            {(loose > 0).then(|| view! {
                <Notice>
                    <p>
                        {plural(i18n, words.budgets.uncategorised_note, loose)} " "
                        <a href=paths::expenses_of(id, seen, ExpenseFilter::Uncategorised)>{words.budgets.sort_out}</a>
                    </p>
                </Notice>
            })}
            <Card class="month-card">
                {table}
            </Card>
            {(quiet && seen != current).then(|| view! { <p class="help">{words.budgets.quiet_month}</p> })}
            {(seen == current).then(|| view! { <p class="help">{words.budgets.legend}</p> })}
            <div class="actions">
                <ButtonLink href=paths::expenses_of(id, seen, ExpenseFilter::All)>{words.budgets.all_expenses}</ButtonLink>
                <ButtonLink href=paths::budget_history(id)>{words.history.link}</ButtonLink>
                <ButtonLink href=paths::budget_activity(id)>{words.timeline.title}</ButtonLink>
                {may_edit.then(|| view! { <ButtonLink href=paths::budget_proposal(id)>{wizard().see_proposal}</ButtonLink> })}
            </div>
            {within}
        </div>
    }
}

/// What can be done within a month, and by whom.
struct InMonth {
    analysis: Analysis,
    entry: MonthEntry,
    can_copy: bool,
    /// The plan's income.
    plan: i64,
    may_edit: bool,
    /// The page's address without a sheet.
    page: String,
}

/// What was moved, what comes in, last month once more; and the sheet in which money is moved.
#[component]
fn Within(month: InMonth) -> impl IntoView {
    let InMonth { analysis, entry, can_copy, plan, may_edit, page } = month;
    let (budget, seen) = (entry.budget_id, analysis.month);
    let moved = view! { <Moves entry=entry.clone() currency=analysis.currency may_edit=may_edit page=page.clone() /> };
    let more = may_edit.then(move || {
        let copy = can_copy.then(|| view! { <CopyLast budget=budget month=seen page=page.clone() /> });
        view! {
            <div class="grid-2">
                <Income entry=entry analysis=analysis.clone() plan=plan page=page.clone() />
                {copy}
            </div>
            <MoveSheet budget=budget analysis=analysis page=page />
        }
    });
    view! {
        {moved}
        {more}
    }
}

/// The month in one bar and four figures.
#[component]
fn Summary(analysis: Analysis) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let (total, currency) = (analysis.total, analysis.currency);
    let money = move |minor| i18n.locale.format_money(Money::new(minor, currency));
    let running = phase(&analysis, i18n.today) == Phase::Running;
    let safe = fill(words.safe_a_day, &[("amount", &money(analysis.safe_to_spend_per_day()))]);
    let left = if total.remaining < 0 { words.over_plan } else { words.left_of_plan };
    let note = if running && analysis.safe_to_spend() > 0 { safe } else { String::new() };
    let of_plan = fill(words.of_plan, &[("amount", &money(total.allocated))]);
    let planned = match total.carried_in {
        0 => of_plan,
        carried => format!("{of_plan} · {}", fill(t().months.carried_total, &[("amount", &money(carried))])),
    };
    view! {
        <Card class="hero-card">
            <BudgetBar of=Signal::stored(spending(&analysis, &total, i18n.today)) size=BarSize::Large />
            <Figures label=words.summary>
                <Figure
                    label=words.spent
                    value=money(total.spent)
                    note=planned
                />
                <Figure label=left value=money(total.remaining.abs()) note=note over=total.remaining < 0 />
                {running.then(|| view! { <Figure label=words.heading_for value=money(total.projected) /> })}
                <Figure
                    label=words.income
                    value=money(analysis.received_income)
                    note=fill(words.income_planned, &[("amount", &money(analysis.planned_income))])
                />
            </Figures>
        </Card>
    }
}
