//! The first step: what comes in.
use super::{Carried, Steps, draft::Step};
use crate::{
    api::wizard::WizardPage,
    components::{CurrencySelect, PageHeader},
    i18n::{fill, plural, t, use_i18n, wizard::wizard},
    paths,
    session::use_page,
    ui::{ButtonLink, Card, Form, Look, MoneyField, Notice, Submit, use_form},
};
use domain::{currency::Currency, ids::BudgetId};
use leptos::prelude::*;

#[component]
pub(super) fn Income(found: WizardPage) -> impl IntoView {
    let words = wizard();
    let name = use_page().viewer.map(|viewer| viewer.name).unwrap_or_default();
    let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
    let WizardPage { draft, currency, budgets, .. } = found;
    let start = draft.currency.unwrap_or(currency);
    let income = draft.income;
    view! {
        <PageHeader title=fill(words.greeting, &[("name", &first_name)]) lead=words.greeting_lead />
        <Steps step=Step::Income />
        <Others budgets=budgets />
        <Form name="wizard-income" class="stack budget-form">
            <Fields income=income currency=start />
            <Carried draft=draft own=&["income", "currency"] />
            <div class="actions">
                <Submit>{words.next}</Submit>
                <Submit look=Look::Plain sends=("to", Step::Plan.as_str().to_owned())>{words.straight}</Submit>
                <ButtonLink href=paths::IMPORT.to_owned() look=Look::Quiet>{words.import_first}</ButtonLink>
            </div>
            <p class="help">{words.straight_help}</p>
        </Form>
    }
}

/// The budgets that there are already.
#[component]
fn Others(budgets: Vec<(BudgetId, String)>) -> impl IntoView {
    let words = wizard();
    let i18n = use_i18n();
    let count = budgets.len();
    (count > 0).then(|| {
        let links =
            budgets.into_iter().take(3).map(|(id, name)| view! { <li><a href=paths::budget(id)>{name}</a></li> });
        view! {
            <Notice>
                <p><strong>{plural(i18n, words.again, count)}</strong></p>
                <ul class="link-list">{links.collect_view()}</ul>
                <p>{words.again_text}</p>
            </Notice>
        }
    })
}

#[component]
fn Fields(income: Option<i64>, currency: Currency) -> impl IntoView {
    let words = &t().plan;
    let locale = use_i18n().locale;
    let known = use_form().typed("currency").and_then(|code| code.parse().ok()).unwrap_or(currency);
    let chosen = RwSignal::new(known);
    let written = income.map(|minor| locale.format_number(minor, currency.exponent())).unwrap_or_default();
    view! {
        <Card title=words.basics>
            <div class="fields">
                <MoneyField name="monthlyIncome" label=words.income help=words.income_help currency=chosen value=written />
                <CurrencySelect
                    name="currency"
                    label=words.currency
                    help=words.currency_help
                    value=known
                    on_change=move |code| chosen.set(code)
                />
            </div>
        </Card>
    }
}
