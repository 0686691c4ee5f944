//! The sheet in which an expense is changed or deleted.
use super::{
    address::{Address, EDIT},
    conflict::{ConflictOr, Newer},
    fields::ExpenseFields,
    parts::MoreParts,
    row::who,
    start::Start,
};
use crate::{
    api::{queries, views::ExpenseDetail},
    components::load::NotLoaded,
    error::ApiError,
    i18n::{fill, t, use_i18n},
    session::use_page,
    ui::{Dialog, Form, Glyph, Icon, Look, Notice, Skeleton, Submit, Tone},
};
use domain::{expense::Expense, money::Money, role::Role};
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
                        Some(row) if only_looks(&row, &detail) => view! { <OnlyLook row=row detail=detail /> }.into_any(),
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
    let start = Start::new(&detail, None, row.date.to_string(), use_i18n().locale);
    let (first, before) = (row.version, row.clone());
    let joined = row.leg().is_some();
    let version = move || newer.with(|newer| newer.as_ref().map_or(first, |newer| newer.version)).to_string();
    view! {
        <Form name="expense-update" about=("id", id.clone()) next=closed.clone() class="stack" summary=false>
            <ConflictOr row=before newer=newer />
            <input type="hidden" name="version" value=version />
            <ExpenseFields detail=detail start=start />
            <RateUsed row=row />
            <div class="actions">
                <Submit>{words.save}</Submit>
                <MoreParts />
            </div>
        </Form>
        {joined.then(|| view! {
            <Form name="transfer-part" about=("id", id.clone()) next=closed.clone()>
                <Submit look=Look::Quiet>{words.part_transfer}</Submit>
            </Form>
        })}
        <Form name="expense-delete" about=("id", id) next=closed class="delete">
            <input type="hidden" name="version" value=version />
            <Submit look=Look::Danger>
                <Icon glyph=Glyph::Trash />
                {t().common.delete}
            </Submit>
        </Form>
    }
}

/// Whether the row stands in a budget that who looks may not change.
fn only_looks(row: &Expense, detail: &ExpenseDetail) -> bool {
    let me = use_page().viewer.map(|viewer| viewer.id);
    let budget = detail.budgets.iter().find(|budget| Some(budget.id) == row.budget_id);
    budget.zip(me).is_some_and(|(budget, me)| budget.role_of(me) < Some(Role::Edit))
}

/// The row as it stands, with nothing to be changed.
#[component]
fn OnlyLook(row: Expense, detail: ExpenseDetail) -> impl IntoView {
    let messages = t();
    let words = &messages.expenses;
    let locale = use_i18n().locale;
    let me = use_page().viewer.map(|viewer| viewer.id);
    let by = who(Some(row.user_id), me, &detail.people).map(|name| fill(words.entered_by, &[("name", &name)]));
    let category = row.category.map(|category| messages.categories.name(category).to_owned());
    let facts = [
        (words.amount, Some(locale.format_money(Money::new(row.signed_minor(), row.amount.currency())))),
        (words.merchant, row.merchant),
        (messages.categories.category, category),
        (words.date, Some(locale.format_date(row.date))),
        (words.description, row.description),
        (words.tags, Some(row.tags.join(", ")).filter(|tags| !tags.is_empty())),
        (words.notes, row.notes),
    ];
    let facts = facts.into_iter().filter_map(|(label, fact)| Some((label, fact?)));
    view! {
        <Notice><p>{words.only_looks} " " {by}</p></Notice>
        <dl class="facts">
            {facts.map(|(label, fact)| view! { <div><dt class="help">{label}</dt><dd>{fact}</dd></div> }).collect_view()}
        </dl>
    }
}

/// What another currency was converted at, or that it couldn't be.
#[component]
fn RateUsed(row: Expense) -> impl IntoView {
    let words = &t().expenses;
    let locale = use_i18n().locale;
    let own = row.amount.currency();
    match row.base.as_ref().filter(|base| base.amount.currency() != own) {
        Some(base) => {
            let rate = base.rate.replace('.', &locale.decimal_mark().to_string());
            let values = [
                ("currency", own.code()),
                ("rate", &rate),
                ("base", base.amount.currency().code()),
                ("date", &locale.format_date(base.rate_date)),
                ("amount", &locale.format_money(base.amount)),
            ];
            view! { <p class="help">{fill(words.rate_used, &values)}</p> }.into_any()
        }
        None if row.is_unconverted() => {
            view! { <Notice tone=Tone::Caution><p>{words.rate_missing}</p></Notice> }.into_any()
        }
        None => ().into_any(),
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
