//! The first budget, and each further one: one form, filled in but for the income.
use crate::{
    api::queries,
    components::{
        Load, PageHeader,
        budget_fields::{BudgetFields, BudgetStart},
    },
    i18n::{fill, t},
    paths,
    session::use_page,
    ui::{ButtonLink, Crumb, Form, Look, Submit},
};
use leptos::prelude::*;

/// `/welcome`
#[component]
pub fn Welcome() -> impl IntoView {
    let words = &t().plan;
    let name = use_page().viewer.map(|viewer| viewer.name).unwrap_or_default();
    let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
    view! {
        <PageHeader title=fill(words.welcome_greeting, &[("name", &first_name)]) lead=words.welcome_lead />
        <Create explain=true />
    }
}

/// `/budgets/new`
#[component]
pub fn NewBudget() -> impl IntoView {
    let words = &t().plan;
    view! {
        <PageHeader title=words.new_title lead=words.new_lead crumbs=vec![Crumb::new(t().shell.all_budgets, paths::BUDGETS)] />
        <Create explain=false />
    }
}

#[component]
fn Create(explain: bool) -> impl IntoView {
    let words = t();
    let settings = Resource::new(|| (), |()| queries::settings());
    view! {
        <Load data=settings lines=12 view=move |settings| {
            let start = BudgetStart {
                start_day: Some(settings.preferences.month_start_day),
                ..BudgetStart::new(words.plan.default_name, settings.preferences.currency)
            };
            let class = if explain { "stack budget-form welcome" } else { "stack budget-form" };
            view! {
                <Form name="budget-create" class=class>
                    <BudgetFields start=start explain=explain />
                    <div class="actions">
                        <Submit>{words.plan.create}</Submit>
                        {explain.then(|| view! {
                            <ButtonLink href=paths::IMPORT look=Look::Quiet>{words.plan.import_first}</ButtonLink>
                        })}
                    </div>
                    <p class="help">{words.plan.create_note}</p>
                </Form>
            }
            .into_any()
        } />
    }
}
