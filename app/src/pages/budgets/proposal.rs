//! A proposal for a budget, as a difference to what it is today: each line with its reason, taken over one by one.
use crate::{
    api::wizard::{ProposalPage, proposal as read_proposal},
    components::{Load, PageHeader, live, proposal::Basis},
    i18n::{
        fill, t, use_i18n,
        wizard::{percent, wizard},
    },
    paths,
    session::use_refresh,
    ui::{ButtonLink, Card, CategoryIcon, Checkbox, Crumb, Form, Look, Notice, Submit, later},
};
use domain::{
    allocation::{Allocation, Allocations, BasisPoints},
    budget::Budget,
    currency::Currency,
    money::Money,
    propose::{Line, Proposal},
    role::Role,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/budgets/:id/proposal`
#[component]
pub fn BudgetProposal() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let id = move || params.with(|params| params.get("id")).unwrap_or_default();
    let data = Resource::new(move || (id(), refresh.track()), |(id, _)| read_proposal(id));
    live::follow(Signal::derive(id));
    view! {
        <Load data=data lines=12 view=move |found: ProposalPage| view! { <Difference found=found /> }.into_any() />
    }
}

#[component]
fn Difference(found: ProposalPage) -> impl IntoView {
    let words = t();
    let own = wizard();
    let ProposalPage { budget, role, proposal } = found;
    let id = budget.id;
    let crumbs = vec![
        Crumb::new(words.shell.all_budgets, paths::BUDGETS),
        Crumb::new(budget.plan.name.clone(), paths::budget(id)),
    ];
    let title = fill(own.diff_of, &[("name", &budget.plan.name)]);
    let same = proposal.allocations().percentages() == budget.plan.allocations.percentages();
    let basis = proposal.clone();
    let lines = if role < Role::Edit {
        view! {
            <Notice>{words.plan.no_rights}</Notice>
            <Lines budget=budget proposal=proposal offered=false />
        }
        .into_any()
    } else if same {
        view! {
            <Notice>{own.diff_none}</Notice>
            <Lines budget=budget proposal=proposal offered=false />
        }
        .into_any()
    } else {
        view! { <Offer budget=budget proposal=proposal /> }.into_any()
    };
    view! {
        <PageHeader title=title lead=own.diff_lead crumbs=crumbs />
        <div class="stack budget-form">
            {lines}
            <Basis proposal=basis />
            <p class="help">
                {own.diff_profile} " " <a href=paths::PROFILE>{own.diff_to_profile}</a>
            </p>
        </div>
    }
}

/// The form around the lines.
#[component]
fn Offer(budget: Budget, proposal: Proposal) -> impl IntoView {
    let words = wizard();
    let (id, version) = (budget.id, budget.version);
    let shown = proposal.lines.iter().map(|line| {
        let name = format!("allocations.{}.percentage", line.category);
        view! { <input type="hidden" name=name value=line.allocation.percentage.to_string() /> }
    });
    let shown = shown.collect_view();
    view! {
        <Form name="proposal-accept" about=("id", id.to_string()) class="stack">
            <input type="hidden" name="version" value=version.to_string() />
            {shown}
            <Lines budget=budget proposal=proposal offered=true />
            <div class="actions">
                <Submit>{words.take_over}</Submit>
                <ButtonLink href=paths::budget(id) look=Look::Quiet>{t().common.cancel}</ButtonLink>
            </div>
            <p class="help">{words.diff_rest}</p>
        </Form>
    }
}

#[component]
fn Lines(
    budget: Budget,
    proposal: Proposal,
    /// Whether a line can be taken over.
    offered: bool,
) -> impl IntoView {
    let today = budget.plan.allocations;
    let currency = proposal.currency;
    let line = move |line: Line| view! { <OneLine line=line today=today currency=currency offered=offered /> };
    view! {
        <Card title=wizard().diff_lines>
            <ul class="proposal-lines">{proposal.lines.into_iter().map(line).collect_view()}</ul>
        </Card>
    }
}

#[component]
fn OneLine(line: Line, today: Allocations, currency: Currency, offered: bool) -> impl IntoView {
    let words = wizard();
    let locale = use_i18n().locale;
    let name = t().categories.name(line.category);
    let (now, then) = (today[line.category], line.allocation);
    let reason = words.rationale(locale, currency, &line);
    let share = |share: BasisPoints| percent(locale, share.0);
    let changed = now.percentage != then.percentage;
    let values = [("category", name), ("today", &share(now.percentage)), ("then", &share(then.percentage))];
    let label = if changed {
        fill(words.diff_line, &values)
    } else {
        fill(words.diff_same, &[("category", name), ("share", &share(now.percentage))])
    };
    let figures = changed.then(|| amounts(now, then, currency));
    let box_name = format!("accept.{}", line.category);
    let content = move || {
        let head = if offered && changed {
            view! { <Checkbox name=box_name label=label checked=true help=reason /> }.into_any()
        } else {
            view! { <div class="field"><p class="label">{label}</p><p class="help">{reason}</p></div> }.into_any()
        };
        view! {
            <CategoryIcon category=line.category />
            {head}
            {figures.map(|figures| view! { <p class="figure">{figures}</p> })}
        }
        .into_any()
    };
    later(view! { <li></li> }, content)
}

/// €450.00 → €405.00 (−€45.00)
fn amounts(now: Allocation, then: Allocation, currency: Currency) -> String {
    let locale = use_i18n().locale;
    let money = |minor| locale.format_money(Money::new(minor, currency));
    let change = then.amount - now.amount;
    let sign = if change > 0 { "+" } else { "" };
    let change = format!("{sign}{}", money(change));
    fill(wizard().diff_amounts, &[("today", &money(now.amount)), ("then", &money(then.amount)), ("change", &change)])
}
