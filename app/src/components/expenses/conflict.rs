//! Two people changed the same expense: says what it is now, and lets the second one choose.
use super::row::title;
use crate::{
    i18n::{fill, t, use_i18n},
    ui::{FormError, Notice, Tone, form::use_form},
};
use domain::{expense::Expense, money::Money};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The row as somebody else has left it.
pub(super) type Newer = RwSignal<Option<Expense>>;

const STALE: &str = "STALE_VERSION";

/// What went wrong with the form around it; where the row was changed in the meantime: how it is now, and what to do.
#[component]
pub(super) fn ConflictOr(
    /// The row that the form was made from. After a plain post that is the newer one already.
    row: Expense,
    /// Gets the newer one.
    newer: Newer,
) -> impl IntoView {
    let form = use_form();
    if form.came_back() && form.code().as_deref() == Some(STALE) {
        newer.set(Some(row.clone()));
    }
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let id = row.id.to_string();
        if form.code().as_deref() == Some(STALE) && !form.came_back() {
            leptos::task::spawn_local(async move {
                if let Ok(detail) = crate::api::queries::expense_detail(Some(id)).await {
                    let _ = newer.try_set(detail.expense);
                }
            });
        }
    });
    move || match newer.get().filter(|_| form.code().as_deref() == Some(STALE)) {
        Some(newer) => view! { <Conflict newer=newer /> }.into_any(),
        None => view! { <FormError /> }.into_any(),
    }
}

#[component]
fn Conflict(newer: Expense) -> impl IntoView {
    let messages = t();
    let words = &messages.expenses;
    let i18n = use_i18n();
    let location = use_location();
    // A full load: the form begins anew with what is there now.
    let here = move || format!("{}?{}", location.pathname.get(), location.search.get());
    let amount = Money::new(newer.signed_minor(), newer.amount.currency());
    let now = [
        title(&newer),
        i18n.locale.format_money(amount),
        i18n.locale.format_date_relative(newer.date, i18n.today),
        messages.categories.name_or_none(newer.category).to_owned(),
    ];
    view! {
        <div role="alert">
            <Notice tone=Tone::Caution>
                <p>{fill(words.conflict, &[("now", &now.join(" · "))])}</p>
                <p>{words.conflict_keep} " " <a href=here rel="external">{words.conflict_take}</a></p>
            </Notice>
        </div>
    }
}
