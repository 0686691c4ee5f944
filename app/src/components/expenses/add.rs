//! The sheet for new expenses: Enter saves, and the form is ready for the next one.
use super::{
    address::{ADD, Address},
    fields::ExpenseFields,
};
use crate::{
    api::{queries, views::ExpenseDetail},
    components::Load,
    forms::Outcome,
    i18n::{t, use_i18n},
    session::use_page,
    ui::{Dialog, Form, Submit},
};
use leptos::prelude::*;

/// Name of the form, and its element id.
pub const FORM: &str = "expense-create";

/// Open while the address says `add=1`.
#[component]
pub fn AddSheet(
    /// The address of the table.
    address: Memo<Address>,
) -> impl IntoView {
    let open = Memo::new(move |_| address.with(|address| address.get(ADD).is_some()));
    let close = Signal::derive(move || address.with(|address| address.closed().href()));
    view! {
        <Dialog id="add" open=open close=close title=t().expenses.add_title>
            <AddForm />
        </Dialog>
    }
}

#[component]
fn AddForm() -> impl IntoView {
    // Not read again after each entry: what has been typed for the next one stays.
    let data = Resource::new(|| (), |()| queries::expense_detail(None));
    #[cfg(feature = "hydrate")]
    Effect::new(|_| super::browser::focus(&format!("{FORM}.amount")));
    view! { <Load data=data lines=5 view=move |detail: ExpenseDetail| view! { <NewExpense detail=detail /> }.into_any() /> }
}

#[component]
fn NewExpense(detail: ExpenseDetail) -> impl IntoView {
    let words = &t().expenses;
    let today = use_i18n().today.to_string();
    // Without JavaScript the form comes anew after each entry: it keeps the date of the one before.
    let before = use_page().flash.filter(|flash| flash.form == FORM && flash.outcome.ok);
    let date = before.and_then(|flash| flash.outcome.typed.get("date").cloned()).unwrap_or(today);
    let on_done = Callback::new(move |_: Outcome| {
        #[cfg(feature = "hydrate")]
        super::browser::ready_for_next(FORM);
    });
    view! {
        <Form name=FORM class="stack" on_done=on_done>
            <ExpenseFields detail=detail date=date />
            <div class="actions">
                <Submit>{words.add}</Submit>
            </div>
        </Form>
    }
}
