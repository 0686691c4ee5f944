//! Where one stands today: what is safe to spend, what needs a look, what was spent last, how the months went.
mod attention;
mod bills;
mod hero;
mod latest;

use crate::{
    api::{
        dashboard::{self as data, SeenMonth},
        queries,
    },
    components::{
        Load, MonthSwitcher, PageHeader, next_steps::NextSteps, trend::Trend, unconverted::UnconvertedNotice,
    },
    i18n::{plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    session::use_refresh,
    ui::{BarSize, BudgetBar, ButtonLink, Card, Empty, Glyph, Icon, Look, Menu, Notice, Spending},
};
use attention::Attention;
use bills::Bills;
use domain::{currency::Currency, ids::BudgetId, money::Money, period::Month};
use hero::Hero;
use latest::Latest;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/dashboard?budget=…&month=…`
#[component]
pub fn Dashboard() -> impl IntoView {
    let query = use_query_map();
    let refresh = use_refresh();
    let asked = move || query.with(|query| (query.get("budget"), query.get("month")));
    let data =
        Resource::new(move || (asked(), refresh.track()), |((budget, month), _)| queries::dashboard(budget, month));
    view! {
        <Load data=data lines=10 view=move |found: data::Dashboard| match found.month.clone() {
            Some(month) => view! { <Overview found=found month=month /> }.into_any(),
            None => view! { <NoBudget found=found /> }.into_any(),
        } />
    }
}

#[component]
fn Overview(found: data::Dashboard, month: SeenMonth) -> impl IntoView {
    let words = &t().dashboard;
    let (budget, seen) = (month.budget, month.analysis.month);
    let current = Month::of(found.today, month.start_day);
    let several = found.budgets.len() > 1;
    let chosen = several.then_some(budget);
    let href = move |month: Month| paths::dashboard_of(chosen, (month != current).then_some(month));
    let menu = several.then(|| view! { <BudgetMenu budgets=found.budgets here=budget name=month.name.clone() /> });
    let newcomer = found.latest.is_empty();
    let has_past = found.trend.iter().any(|month| month.spent != 0 || month.income != 0);
    view! {
        <PageHeader title=words.title>
            {menu}
            <MonthSwitcher month=Signal::stored(seen) current=current href=Callback::new(href) />
        </PageHeader>
        <div class="dashboard">
            <Invited count=found.invites />
            <Hero month=month.clone() />
            <UnconvertedNotice
                rows=month.unconverted.clone()
                href=paths::expenses_of(budget, seen, ExpenseFilter::Unconverted)
            />
            {newcomer.then(|| view! { <NextSteps budget=budget /> })}
            {(!newcomer).then(|| view! { <Attention month=month.clone() /> })}
            {(!newcomer).then(|| view! { <Latest rows=found.latest /> })}
            {found.bills.map(|bills| view! { <Bills bills=bills /> })}
            {has_past.then(|| view! {
                <Card title=words.trend class="trend-card">
                    <p class="help">{words.trend_lead}</p>
                    <Trend budget=budget months=found.trend currency=month.analysis.currency current=seen href=Callback::new(href) />
                </Card>
            })}
        </div>
    }
}

/// Somebody would like to share a budget.
#[component]
fn Invited(count: usize) -> impl IntoView {
    let i18n = use_i18n();
    (count > 0).then(|| {
        view! {
            <Notice>
                <p><a href=paths::INVITES>{plural(i18n, t().shell.invited, count)}</a></p>
            </Notice>
        }
    })
}

/// Which budget is seen; links, so that each has an address.
#[component]
fn BudgetMenu(budgets: Vec<(BudgetId, String)>, here: BudgetId, name: String) -> impl IntoView {
    let words = &t().dashboard;
    let button = view! {
        <span>{name.clone()}</span>
        <Icon glyph=Glyph::Down />
    };
    let links = budgets.into_iter().map(move |(id, name)| {
        view! {
            <a href=paths::dashboard_of(Some(id), None) aria-current=(id == here).then_some("true")>
                {name}
            </a>
        }
    });
    view! {
        <Menu label=format!("{}: {}", words.budget, name) button=button.into_any()>
            {links.collect_view()}
        </Menu>
    }
}

/// What the page will look like, and the way to it.
#[component]
fn NoBudget(found: data::Dashboard) -> impl IntoView {
    let words = &t().dashboard;
    view! {
        <PageHeader title=words.title />
        <Invited count=found.invites />
        <Empty title=words.no_budget_title text=words.no_budget_text picture=view! { <Picture /> }.into_any()>
            <ButtonLink href=paths::WELCOME look=Look::Primary>{words.no_budget_do}</ButtonLink>
        </Empty>
        {(!found.latest.is_empty()).then(|| view! { <Latest rows=found.latest /> })}
    }
}

/// The dashboard as it will be; no real figures.
#[component]
fn Picture() -> impl IntoView {
    let words = &t().dashboard;
    let money = |minor| Money::new(minor, Currency::EUR);
    let spending = Spending { spent: money(55), planned: money(100), projected: Some(money(88)), elapsed: Some(6_000) };
    view! {
        <div class="card">
            <p class="big-figure">
                <span class="label">{words.safe_today}</span>
                <strong class="figure">{t().plan.no_amount}</strong>
            </p>
            <BudgetBar of=Signal::stored(spending) size=BarSize::Large />
        </div>
    }
}
