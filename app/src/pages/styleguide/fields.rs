//! Fields, as they are and with something wrong; and the shares of a budget.
use super::{Part, words};
use crate::{
    components::budget_fields::{BudgetFields, BudgetStart},
    i18n::use_i18n,
    ui::{
        Checkbox, Choice, Combobox, DateField, EmailField, FileDrop, Form, FormState, MoneyField, PasswordField,
        Radios, Select, Switch, TextArea, TextField,
    },
};
use domain::{
    currency::Currency,
    problem::{Problem, Problems},
};
use leptos::prelude::*;

/// The fields' names in the form.
const FIELDS: [&str; 12] =
    ["name", "email", "password", "amount", "date", "kind", "merchant", "notes", "terms", "digest", "period", "file"];

#[component]
pub(super) fn FieldParts() -> impl IntoView {
    view! {
        <div class="grid-2">
            <Part name=words::AS_IT_IS keys=words::KEYS_FIELDS>
                <Fields wrong=false />
            </Part>
            <Part name=words::WRONG>
                <Fields wrong=true />
            </Part>
        </div>
        <Part name="BudgetFields, AllocationEditor" keys=words::KEYS_SHARES>
            <Form name="guide-budget" class="stack" label=words::SHARES>
                <BudgetFields start=BudgetStart::new(words::NAME, Currency::EUR) />
            </Form>
        </Part>
    }
}

#[component]
fn Fields(wrong: bool) -> impl IntoView {
    let problems =
        Problems(FIELDS.iter().filter(|_| wrong).map(|&name| (name.to_owned(), Problem::Required)).collect());
    provide_context(FormState::with_problems(if wrong { "wrong" } else { "right" }, problems, use_i18n()));
    let choices = || words::CHOICES.map(|(value, label)| Choice::new(value, label)).to_vec();
    let merchants = Signal::stored(words::MERCHANTS.map(str::to_owned).to_vec());
    view! {
        <form class="stack" novalidate=true>
            <TextField name="name" label=words::NAME help=words::HELP />
            <EmailField name="email" label=words::EMAIL />
            <PasswordField name="password" label=words::PASSWORD />
            <MoneyField name="amount" label=words::AMOUNT currency=Signal::stored(Currency::EUR) />
            <DateField name="date" label=words::DATE />
            <Select name="kind" label=words::KIND choices=choices() />
            <Combobox name="merchant" label=words::MERCHANT options=merchants />
            <TextArea name="notes" label=words::NOTES optional=true />
            <Checkbox name="terms" label=words::TERMS />
            <Switch name="digest" label=words::DIGEST checked=true />
            <Radios name="period" label=words::PERIOD choices=choices() value="month".to_owned() help=None />
            <FileDrop name="file" label=words::FILE />
        </form>
    }
}
