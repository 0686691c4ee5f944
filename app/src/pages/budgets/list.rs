//! All budgets, each with its running month; the archived ones folded away.
use super::card::BudgetCard;
use crate::{
    api::{
        queries,
        views::{BudgetList, BudgetListed},
    },
    components::{Load, PageHeader},
    i18n::{plural, t, use_i18n},
    paths,
    session::use_refresh,
    ui::{ButtonLink, Empty, Glyph, Icon, Look},
};
use leptos::prelude::*;

/// `/budgets`
#[component]
pub fn Budgets() -> impl IntoView {
    let words = &t().budgets;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| queries::budget_cards());
    let show = |found: BudgetList| view! { <List found=found /> }.into_any();
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
fn List(found: BudgetList) -> impl IntoView {
    let words = &t().budgets;
    let i18n = use_i18n();
    let BudgetList { cards: found, default } = found;
    if found.is_empty() {
        return view! {
            <Empty title=words.empty_title text=words.empty_text>
                <ButtonLink href=paths::WELCOME look=Look::Primary>{words.empty_do}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let (active, archived): (Vec<_>, Vec<_>) = found.into_iter().partition(|listed| listed.budget.is_active);
    let cards = |list: Vec<BudgetListed>| {
        list.into_iter()
            .map(|listed| {
                let is_default = default == Some(listed.budget.id);
                view! { <BudgetCard listed=listed is_default=is_default /> }
            })
            .collect_view()
    };
    let none_in_use = active.is_empty().then(|| {
        let words = &t().history;
        view! {
            <Empty title=words.none_in_use text=words.none_in_use_text>
                <ButtonLink href=paths::NEW_BUDGET look=Look::Primary>{t().budgets.new}</ButtonLink>
            </Empty>
        }
    });
    let archived = (!archived.is_empty()).then(|| {
        view! {
            <details class="archived" open=active.is_empty()>
                <summary>{plural(i18n, words.archived, archived.len())}</summary>
                <div class="grid-2">{cards(archived)}</div>
            </details>
        }
    });
    view! {
        {none_in_use}
        <div class="grid-2">{cards(active)}</div>
        {archived}
    }
    .into_any()
}
