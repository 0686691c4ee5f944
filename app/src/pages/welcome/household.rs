//! The second step: who lives on it. All of it can be left out, and each field says why it is asked.
use super::{Carried, Steps, draft::Step};
use crate::{
    api::wizard::WizardPage,
    components::{PageHeader, household::HouseholdFields},
    i18n::wizard::wizard,
    ui::{ButtonLink, Card, Form, Look, Submit},
};
use leptos::prelude::*;

#[component]
pub(super) fn Household(found: WizardPage) -> impl IntoView {
    let words = wizard();
    let WizardPage { draft, profile, countries, .. } = found;
    let skip = draft.path(Step::Plan);
    let whys = [words.city_why, words.country_why, words.family_size_why, words.age_why, words.occupation_why];
    view! {
        <PageHeader title=words.household lead=words.household_lead />
        <Steps step=Step::Household />
        <Form name="wizard-household" class="stack budget-form">
            <Card title=words.about>
                <div class="fields">
                    <HouseholdFields profile=profile countries=countries whys=whys />
                </div>
            </Card>
            <Carried draft=draft />
            <div class="actions">
                <Submit>{words.next}</Submit>
                <Submit look=Look::Plain sends=("to", Step::Income.as_str().to_owned())>{words.back}</Submit>
                <ButtonLink href=skip look=Look::Quiet>{words.skip}</ButtonLink>
            </div>
            <p class="help">{words.kept}</p>
        </Form>
    }
}
