//! A further budget: one form, filled in but for the income.
use crate::{
    api::queries,
    components::{
        Load, PageHeader,
        budget_fields::{BudgetFields, BudgetStart},
    },
    i18n::t,
    paths,
    ui::{Crumb, Form, Submit},
};
use leptos::prelude::*;

/// `/budgets/new`
#[component]
pub fn NewBudget() -> impl IntoView {
    let words = &t().plan;
    view! {
        <PageHeader title=words.new_title lead=words.new_lead crumbs=vec![Crumb::new(t().shell.all_budgets, paths::BUDGETS)] />
        <Create />
    }
}

#[component]
fn Create() -> impl IntoView {
    let words = t();
    let settings = Resource::new(|| (), |()| queries::settings());
    view! {
        <Load data=settings lines=12 view=move |settings| {
            let start = BudgetStart {
                start_day: Some(settings.preferences.month_start_day),
                ..BudgetStart::new(words.plan.default_name, settings.preferences.currency)
            };
            view! {
                <Form name="budget-create" class="stack budget-form">
                    <BudgetFields start=start />
                    <div class="actions">
                        <Submit>{words.plan.create}</Submit>
                    </div>
                    <p class="help">{words.plan.create_note}</p>
                </Form>
            }
            .into_any()
        } />
    }
}
