//! A budget's month: what was planned, what is spent, what is left, and where it heads.
use super::table::MonthTable;
use crate::{
    api::queries,
    components::{
        Figure, Figures, Load, MonthSwitcher, PageHeader,
        next_steps::NextSteps,
        spending::{Phase, phase, spending},
        unconverted::UnconvertedNotice,
    },
    i18n::{fill, plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    session::use_refresh,
    ui::{BarSize, BudgetBar, ButtonLink, Card, Crumb, Glyph, Icon, Notice},
};
use domain::{analysis::Analysis, money::Money, period, report::BudgetMonth, role::Role};
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
    let BudgetMonth { budget, role, analysis, unconverted, plan } = found;
    let seen = analysis.month;
    let current = period::Month::of(i18n.today, budget.month_start_day);
    let id = budget.id;
    let href = move |month| if month == current { paths::budget(id) } else { paths::budget_month(id, month) };
    let loose = usize::try_from(analysis.uncategorised.transactions).unwrap_or_default();
    let quiet = analysis.total.transactions == 0 && analysis.received_income == 0;
    let may_edit = role >= Role::Edit;
    view! {
        <PageHeader title=plan.name lead=days(&analysis) crumbs=vec![Crumb::new(words.shell.all_budgets, paths::BUDGETS)]>
            <MonthSwitcher month=Signal::stored(seen) current=current href=Callback::new(href) />
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
                <MonthTable budget=id analysis=analysis.clone() />
            </Card>
            {(quiet && seen != current).then(|| view! { <p class="help">{words.budgets.quiet_month}</p> })}
            {(seen == current).then(|| view! { <p class="help">{words.budgets.legend}</p> })}
            <div class="actions">
                <ButtonLink href=paths::expenses_of(id, seen, ExpenseFilter::All)>{words.budgets.all_expenses}</ButtonLink>
            </div>
        </div>
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
    view! {
        <Card class="hero-card">
            <BudgetBar of=Signal::stored(spending(&analysis, &total, i18n.today)) size=BarSize::Large />
            <Figures label=words.summary>
                <Figure
                    label=words.spent
                    value=money(total.spent)
                    note=fill(words.of_plan, &[("amount", &money(total.allocated))])
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
