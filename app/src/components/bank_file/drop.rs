//! Where a bank file is dropped or chosen.
use crate::{
    api::views::ExpenseDetail,
    i18n::t,
    session::use_page,
    ui::{Choice, FileDrop, Form, Select, Submit},
};
use domain::role::Role;
use leptos::prelude::*;

/// What the chooser offers; any file is read by its content.
const KINDS: &str = ".ofx,.qfx,.qif,.csv,.tsv,.txt,.xml,.sta,.940,.942,.mt940,.xlsx,.xls,.ods,.zip,text/csv,application/x-ofx,application/vnd.intu.qfx";

/// The form for a file. The preview comes as soon as one was chosen; without JavaScript by the button.
#[component]
pub fn DropFile(
    /// The budgets that its rows can go to.
    offers: ExpenseDetail,
) -> impl IntoView {
    let words = &t().import;
    let me = use_page().viewer.map(|viewer| viewer.id);
    let choices: Vec<Choice> = offers
        .budgets
        .iter()
        .filter(|budget| budget.is_active && me.is_none_or(|me| budget.role_of(me) >= Some(Role::Edit)))
        .map(|budget| Choice::new(budget.id.to_string(), budget.plan.name.clone()))
        .collect();
    let value = offers.default_budget.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <Form name="import-upload" upload=true class="stack">
            {(!choices.is_empty()).then(|| view! {
                <Select name="budgetId" label=words.budget help=words.budget_help choices=choices value=value empty=words.no_budget />
            })}
            <FileDrop name="file" label=words.file help=words.file_help accept=KINDS send_at_once=true />
            <div class="actions no-js">
                <Submit>{words.read_file}</Submit>
            </div>
        </Form>
    }
}
