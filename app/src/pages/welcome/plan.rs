//! The third step: where it goes, with a reason for each category.
use super::{
    Carried, Steps,
    draft::{Draft, Step},
};
use crate::{
    api::wizard::WizardPage,
    components::{PageHeader, allocation::AllocationEditor, budget_fields::More, proposal::Basis},
    i18n::{fill, t, use_i18n, wizard::wizard},
    ui::{Card, Form, Look, Submit, TextField},
};
use domain::{
    allocation::BasisPoints,
    budget::BudgetType,
    category::{COUNT, Category},
    money::Money,
    period::MonthStartDay,
    propose::Proposal,
};
use leptos::prelude::*;

#[component]
pub(super) fn Plan(found: WizardPage) -> impl IntoView {
    let WizardPage { draft, start_day, proposal, .. } = found;
    // The server always proposes in this step.
    proposal.map(|proposal| view! { <Proposed draft=draft start_day=start_day proposal=proposal /> })
}

#[component]
fn Proposed(draft: Draft, start_day: MonthStartDay, proposal: Proposal) -> impl IntoView {
    let words = wizard();
    let plan = &t().plan;
    let locale = use_i18n().locale;
    let income = locale.format_money(Money::new(proposal.income, proposal.currency));
    let name = draft.name.clone().unwrap_or_else(|| plan.default_name.to_owned());
    let (kind, start_day) = (draft.kind.unwrap_or(BudgetType::Personal), draft.start_day.unwrap_or(start_day));
    let shares = draft.shares;
    view! {
        <PageHeader title=words.proposal lead=words.proposal_lead />
        <Steps step=Step::Plan />
        <Form name="wizard-save" class="stack budget-form welcome">
            <Card title=fill(words.of_income, &[("income", &income)]) class="basics">
                <div class="fields">
                    <TextField name="name" label=plan.name help=plan.name_help value=name autocomplete="off" />
                </div>
                <More kind=kind start_day=Some(start_day) />
            </Card>
            <Shares proposal=proposal.clone() start=shares />
            <Basis proposal=proposal />
            <Carried draft=draft own=&["shares", "name", "type", "monthStartDay"] />
            <div class="actions">
                <Submit>{words.create}</Submit>
                <Submit look=Look::Plain sends=("to", Step::Household.as_str().to_owned())>{words.back}</Submit>
            </div>
            <p class="help">{words.create_note}</p>
        </Form>
    }
}

#[component]
fn Shares(
    proposal: Proposal,
    /// As they were left, if this step was here before.
    start: Option<[BasisPoints; COUNT]>,
) -> impl IntoView {
    let words = wizard();
    let locale = use_i18n().locale;
    let proposed = proposal.allocations().percentages();
    let reason = |category: Category| {
        let line = proposal.lines.iter().find(|line| line.category == category);
        line.map(|line| words.rationale(locale, proposal.currency, line)).unwrap_or_default()
    };
    let reasons = Category::ALL.map(reason);
    let (income, currency) = (proposal.income, proposal.currency);
    view! {
        <Card title=t().plan.shares class="where-it-goes">
            <p class="help">
                <span class="needs-js">{words.move_shares}</span>
                <span class="no-js">{words.plain_shares}</span>
            </p>
            <AllocationEditor
                start=start.unwrap_or(proposed)
                home=proposed
                income=Signal::stored(Some(income))
                currency=Signal::stored(currency)
                reasons=reasons
            />
        </Card>
    }
}
