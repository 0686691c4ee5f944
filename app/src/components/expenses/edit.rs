//! The sheet in which an expense is changed or deleted.
use super::{
    address::{Address, EDIT},
    conflict::{ConflictOr, Newer},
    fields::ExpenseFields,
};
use crate::{
    api::{queries, views::ExpenseDetail},
    components::load::NotLoaded,
    error::ApiError,
    i18n::t,
    ui::{Dialog, Form, Glyph, Icon, Look, Notice, Skeleton, Submit, Tone},
};
use domain::expense::Expense;
use leptos::prelude::*;

/// Open while the address says `edit=` and an expense's id.
#[component]
pub fn EditSheet(
    /// The address of the table.
    address: Memo<Address>,
) -> impl IntoView {
    let id = Memo::new(move |_| address.with(|address| address.get(EDIT).map(str::to_owned)));
    let open = Signal::derive(move || id.with(Option::is_some));
    let close = Signal::derive(move || address.with(|address| address.closed().href()));
    view! {
        <Dialog id="edit" open=open close=close title=t().expenses.edit_title>
            <EditLoaded id=id close=close />
        </Dialog>
    }
}

#[component]
fn EditLoaded(id: Memo<Option<String>>, close: Signal<String>) -> impl IntoView {
    // Not read again after changes elsewhere: what has been typed here stays, and a newer version is a conflict.
    let data = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => queries::expense_detail(Some(id)).await,
                None => Err(ApiError::new("NOT_FOUND")),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=5 rows=true /> }>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(detail) => match detail.expense.clone() {
                        Some(row) if row.deleted_at.is_some() => view! { <InTrash row=row /> }.into_any(),
                        Some(row) => view! { <EditForm row=row detail=detail close=close /> }.into_any(),
                        None => view! { <Gone /> }.into_any(),
                    },
                    Err(error) if error.code == "NOT_FOUND" => view! { <Gone /> }.into_any(),
                    Err(error) => view! { <NotLoaded error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn EditForm(row: Expense, detail: ExpenseDetail, close: Signal<String>) -> impl IntoView {
    let words = &t().expenses;
    let id = row.id.to_string();
    let closed = close.get_untracked();
    // The version that a save would replace: the newer one, once the person has been told about it.
    let newer: Newer = RwSignal::new(None);
    let (first, before) = (row.version, row.clone());
    let version = move || newer.with(|newer| newer.as_ref().map_or(first, |newer| newer.version)).to_string();
    view! {
        <Form name="expense-update" about=("id", id.clone()) next=closed.clone() class="stack" summary=false>
            <ConflictOr row=before newer=newer />
            <input type="hidden" name="version" value=version />
            <ExpenseFields detail=detail date=row.date.to_string() />
            <div class="actions">
                <Submit>{words.save}</Submit>
            </div>
        </Form>
        <Form name="expense-delete" about=("id", id) next=closed class="delete">
            <input type="hidden" name="version" value=version />
            <Submit look=Look::Danger>
                <Icon glyph=Glyph::Trash />
                {t().common.delete}
            </Submit>
        </Form>
    }
}

#[component]
fn InTrash(row: Expense) -> impl IntoView {
    let words = &t().expenses;
    view! {
        <Notice tone=Tone::Caution><p>{words.in_trash}</p></Notice>
        <Form name="expense-restore" about=("id", row.id.to_string())>
            <Submit><Icon glyph=Glyph::Undo /> {words.restore}</Submit>
        </Form>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let words = &t().expenses;
    view! {
        <Notice tone=Tone::Caution>
            <p><strong>{words.gone_title}</strong></p>
            <p>{words.gone_text}</p>
        </Notice>
    }
}
