//! Changes a budget: the same fields as the first one had, whether it is in use, and the way to the trash.
use super::{
    conflict::{Version, base_of_flash},
    detail::Details,
};
use crate::{
    api::history::{BudgetEdit, Conflict, budget_edit},
    components::{
        Load, PageHeader,
        budget_fields::{BudgetFields, BudgetStart},
    },
    i18n::{fill, t, wizard::wizard},
    paths,
    session::use_page,
    ui::{ButtonLink, Card, Choice, Crumb, Form, Glyph, Icon, Look, Notice, Select, Submit, TextField},
};
use domain::{budget::Budget, ids::BudgetId, role::Role};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/budgets/:id/edit`
#[component]
pub fn EditBudget() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id")).unwrap_or_default();
    // An edit that came back without JavaScript because somebody was faster says what it was made from.
    let flash = use_page().flash;
    // Not read again after a change: what is typed stays.
    let data = Resource::new(id, move |id| {
        let base = flash.as_ref().and_then(|flash| base_of_flash(flash, &id));
        budget_edit(id, base)
    });
    view! {
        <Load data=data lines=14 view=move |found: BudgetEdit| view! { <Edit found=found /> }.into_any() />
    }
}

#[component]
fn Edit(found: BudgetEdit) -> impl IntoView {
    let words = t();
    let BudgetEdit { budget, role, conflict } = found;
    let title = fill(words.plan.edit_of, &[("name", &budget.plan.name)]);
    if role < Role::Edit {
        return view! {
            <PageHeader title=title />
            <Notice>{words.plan.no_rights}</Notice>
            <ButtonLink href=paths::budget(budget.id)>{words.common.back}</ButtonLink>
        }
        .into_any();
    }
    let id = budget.id;
    let crumbs = vec![
        Crumb::new(words.shell.all_budgets, paths::BUDGETS),
        Crumb::new(budget.plan.name.clone(), paths::budget(id)),
    ];
    let delete = (role == Role::Owner).then(|| view! { <Delete id=id /> });
    view! {
        <PageHeader title=title lead=words.plan.edit_lead crumbs=crumbs>
            <ButtonLink href=paths::budget_proposal(id)>{wizard().see_proposal}</ButtonLink>
        </PageHeader>
        <Form name="budget-update" about=("id", id.to_string()) class="stack budget-form" summary=false>
            <Fields budget=budget conflict=conflict />
            <div class="actions">
                <Submit>{words.plan.save}</Submit>
                <ButtonLink href=paths::budget(id) look=Look::Quiet>{words.common.cancel}</ButtonLink>
            </div>
        </Form>
        {delete}
    }
    .into_any()
}

#[component]
fn Fields(budget: Budget, conflict: Option<Conflict>) -> impl IntoView {
    let words = &t().history;
    let start = BudgetStart::of(&budget);
    // Before the summary of what is wrong, which asks for the labels of all fields.
    let fields = view! {
        <BudgetFields start=start />
        <Details plan=budget.plan.clone() />
        <InUse active=budget.is_active />
        <Card>
            <TextField name="note" label=words.note help=words.note_help optional=true autocomplete="off" />
        </Card>
    }
    .into_any();
    view! {
        <Version budget=budget conflict=conflict />
        {fields}
    }
}

#[component]
fn InUse(active: bool) -> impl IntoView {
    let words = &t().plan;
    let choices = vec![Choice::new("true", words.active), Choice::new("false", words.archived)];
    view! {
        <Card>
            <Select
                name="isActive"
                label=words.state
                help=words.active_help
                choices=choices
                value=if active { "true" } else { "false" }
            />
        </Card>
    }
}

#[component]
fn Delete(id: BudgetId) -> impl IntoView {
    let words = &t().plan;
    view! {
        <Form name="budget-delete" about=("id", id.to_string()) class="danger-zone">
            <h2>{words.delete_title}</h2>
            <p class="help">{words.delete_text}</p>
            <Submit look=Look::Danger>
                <Icon glyph=Glyph::Trash />
                {words.delete}
            </Submit>
        </Form>
    }
}
