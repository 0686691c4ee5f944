//! The sheet for new expenses: Enter saves, and the form is ready for the next one.
use super::{
    address::{ADD, ANSWERS, Address, LINE},
    fields::ExpenseFields,
    line::{LineForm, Questions},
    parts::{Entries, MoreParts},
    start::Start,
};
use crate::{
    api::{
        entry::{LineStart, line_start},
        queries,
        views::ExpenseDetail,
    },
    components::Load,
    error::ApiError,
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
            <AddForm address=address />
        </Dialog>
    }
}

#[component]
fn AddForm(address: Memo<Address>) -> impl IntoView {
    let asked = Memo::new(move |_| {
        address.with(|address| (address.get(LINE).map(str::to_owned), address.get(ANSWERS).map(str::to_owned)))
    });
    // Not read again after each entry: what has been typed for the next one stays.
    let data = Resource::new(
        move || asked.get(),
        |(line, answers)| async move {
            let detail = queries::expense_detail(None).await?;
            let start = match line {
                Some(line) => Some(line_start(line, answers).await?),
                None => None,
            };
            Ok::<_, ApiError>((detail, start))
        },
    );
    view! {
        <Load data=data lines=5 view=move |(detail, line): (ExpenseDetail, Option<LineStart>)| {
            view! { <NewExpense detail=detail line=line address=address /> }.into_any()
        } />
    }
}

#[component]
fn NewExpense(detail: ExpenseDetail, line: Option<LineStart>, address: Memo<Address>) -> impl IntoView {
    let i18n = use_i18n();
    // Without JavaScript the form comes anew after each entry: it keeps the date of the one before.
    let before = use_page().flash.filter(|flash| flash.form == FORM && flash.outcome.ok);
    let date = before.and_then(|flash| flash.outcome.typed.get("date").cloned());
    let start = Start::new(&detail, line.clone(), date.unwrap_or_else(|| i18n.today.to_string()), i18n.locale);
    let entries = RwSignal::new(0);
    provide_context(Entries(entries));
    let on_done = Callback::new(move |_: Outcome| {
        entries.update(|entries| *entries += 1);
        #[cfg(feature = "hydrate")]
        super::browser::ready_for_next(FORM);
    });
    #[cfg(feature = "hydrate")]
    Effect::new(|_| super::browser::focus(&format!("{FORM}.amount")));
    // What a line has filled in is done with once it is saved.
    let next = line.as_ref().map(|_| address.with_untracked(Address::closed).with(ADD, "1").href());
    let text = line.as_ref().map(|line| line.text.clone()).unwrap_or_default();
    view! {
        <LineForm key="sheet" text=text />
        {line.map(|start| view! { <Questions start=start address=address /> })}
        {match next {
            Some(next) => view! {
                <Form name=FORM class="stack" on_done=on_done next=next>
                    <ExpenseFields detail=detail start=start />
                    <Buttons />
                </Form>
            }
            .into_any(),
            None => view! {
                <Form name=FORM class="stack" on_done=on_done>
                    <ExpenseFields detail=detail start=start />
                    <Buttons />
                </Form>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <div class="actions">
            <Submit>{t().expenses.add}</Submit>
            <MoreParts />
        </div>
    }
}
