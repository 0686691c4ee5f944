//! A budget's history: its versions in a list, two of them side by side, and the way back to one.
mod compare;
mod list;
pub(super) mod words;

use crate::{
    api::history::{BudgetHistory, budget_history},
    components::{Load, PageHeader},
    i18n::{fill, t},
    paths,
    session::use_refresh,
    ui::{ButtonLink, Crumb, Notice},
};
use compare::{CompareForm, SideBySide};
use domain::{budget::Budget, role::Role};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use list::Versions;

/// `/budgets/:id/history?from=…&to=…&before=…`
#[component]
pub fn History() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let refresh = use_refresh();
    let asked = move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        let [before, from, to] = query.with(|query| ["before", "from", "to"].map(|name| query.get(name)));
        (id, before, from, to)
    };
    let data = Resource::new(
        move || (asked(), refresh.track()),
        |((id, before, from, to), _)| budget_history(id, before, from, to),
    );
    view! {
        <Load data=data lines=10 view=move |found: BudgetHistory| view! { <Page found=found /> }.into_any() />
    }
}

#[component]
fn Page(found: BudgetHistory) -> impl IntoView {
    let words = t();
    let BudgetHistory { budget, role, items, total, next, compared } = found;
    let id = budget.id;
    let crumbs = vec![
        Crumb::new(words.shell.all_budgets, paths::BUDGETS),
        Crumb::new(budget.plan.name.clone(), paths::budget(id)),
    ];
    let title = fill(words.history.title_of, &[("name", &budget.plan.name)]);
    let may_edit = role >= Role::Edit;
    let several = total > 1;
    let form = several.then(|| {
        let chosen = compared.as_ref().map(|two| (two.from.number, two.to.number));
        view! { <CompareForm budget=id items=items.clone() chosen=chosen newest=budget.version /> }
    });
    let side_by_side = compared.map(|two| view! { <SideBySide budget=budget.clone() two=two may_edit=may_edit /> });
    view! {
        <PageHeader title=title lead=words.history.lead crumbs=crumbs />
        <div class="stack history-page">
            {form}
            {side_by_side}
            {(!several).then(|| view! { <OnlyOne budget=budget.clone() may_edit=may_edit /> })}
            <Versions budget=budget items=items next=next may_edit=may_edit />
        </div>
    }
}

#[component]
fn OnlyOne(budget: Budget, may_edit: bool) -> impl IntoView {
    let words = &t().history;
    view! {
        <Notice>
            <p>{words.only_one}</p>
            {may_edit.then(|| view! { <ButtonLink href=paths::budget_edit(budget.id)>{words.edit}</ButtonLink> })}
        </Notice>
    }
}
