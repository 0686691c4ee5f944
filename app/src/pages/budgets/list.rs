//! All budgets, each with its running month; the archived ones folded away.
use super::card::BudgetCard;
use crate::{
    api::queries,
    components::{Load, PageHeader},
    i18n::{plural, t, use_i18n},
    paths,
    session::{use_page, use_refresh},
    ui::{ButtonLink, Empty, Glyph, Icon, Look},
};
use domain::{budget::Budget, report::BudgetMonth};
use leptos::prelude::*;

/// `/budgets`
#[component]
pub fn Budgets() -> impl IntoView {
    let words = &t().budgets;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| queries::budget_cards());
    let show = |found: Vec<(Budget, Option<BudgetMonth>)>| view! { <List found=found /> }.into_any();
    view! {
        <PageHeader title=words.list_title>
            <ButtonLink href=paths::NEW_BUDGET>
                <Icon glyph=Glyph::Plus />
                {words.new}
            </ButtonLink>
        </PageHeader>
        <Load data=data view=show />
    }
}

#[component]
fn List(found: Vec<(Budget, Option<BudgetMonth>)>) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let default = use_page().viewer.and_then(|viewer| viewer.default_budget);
    if found.is_empty() {
        return view! {
            <Empty title=words.empty_title text=words.empty_text>
                <ButtonLink href=paths::WELCOME look=Look::Primary>{words.empty_do}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let (active, archived): (Vec<_>, Vec<_>) = found.into_iter().partition(|(budget, _)| budget.is_active);
    let cards = |list: Vec<(Budget, Option<BudgetMonth>)>| {
        list.into_iter()
            .map(|(budget, month)| {
                let is_default = default == Some(budget.id);
                view! { <BudgetCard budget=budget month=month is_default=is_default /> }
            })
            .collect_view()
    };
    let archived = (!archived.is_empty()).then(|| {
        view! {
            <details class="archived" open=active.is_empty()>
                <summary>{plural(i18n, words.archived, archived.len())}</summary>
                <div class="grid-2">{cards(archived)}</div>
            </details>
        }
    });
    view! {
        <div class="grid-2">{cards(active)}</div>
        {archived}
    }
    .into_any()
}
