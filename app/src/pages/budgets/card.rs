//! A budget in the list: its name, how its running month stands, and what can be done with it.
use super::actions::BudgetActions;
use crate::{
    api::views::BudgetListed,
    components::{Figure, Figures, spending::spending},
    i18n::{fill, t, use_i18n},
    paths,
    ui::{Badge, BudgetBar},
};
use domain::{money::Money, report::BudgetMonth, role::Role};
use leptos::prelude::*;

#[component]
pub(super) fn BudgetCard(listed: BudgetListed, is_default: bool) -> impl IntoView {
    let words = &t().budgets;
    let locale = use_i18n().locale;
    let BudgetListed { budget, role, month, owner } = listed;
    let sharing = &t().sharing;
    let mine = role == Role::Owner && budget.is_shared();
    let theirs = role != Role::Owner;
    let by = owner.map(|owner| format!(" · {}", fill(sharing.shared_by, &[("name", &owner)])));
    let income = locale.format_money(Money::new(budget.plan.monthly_income, budget.plan.currency));
    view! {
        <article class="card budget-card">
            <header class="card-head">
                <h2><a href=paths::budget(budget.id)>{budget.plan.name.clone()}</a></h2>
                {is_default.then(|| view! { <Badge>{words.is_default}</Badge> })}
                {mine.then(|| view! { <Badge>{words.shared_with_others}</Badge> })}
                {theirs.then(|| view! { <Badge>{sharing.role(role)}</Badge> })}
                <BudgetActions budget=budget role=role is_default=is_default />
            </header>
            <p class="help">{fill(words.a_month, &[("amount", &income)])} {by}</p>
            {month.map(|month| view! { <Standing month=month /> })}
        </article>
    }
}

#[component]
fn Standing(month: BudgetMonth) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let analysis = month.analysis;
    let (total, currency) = (analysis.total, analysis.currency);
    let money = move |minor| i18n.locale.format_money(Money::new(minor, currency));
    let left = if total.remaining < 0 { words.over_plan } else { words.left_of_plan };
    view! {
        <BudgetBar of=Signal::stored(spending(&analysis, &total, i18n.today)) />
        <Figures label=i18n.locale.format_month(analysis.month.year, analysis.month.month)>
            <Figure label=words.spent value=money(total.spent) />
            <Figure label=left value=money(total.remaining.abs()) over=total.remaining < 0 />
        </Figures>
    }
}
