//! Two people changed the same budget: what is saved now, and the choice between it and what was typed.
use crate::{
    i18n::{fill, t, use_i18n},
    paths,
    ui::{FormError, Notice, Tone, use_form},
};
use domain::{budget::Budget, money::Money};
use leptos::prelude::*;

/// The code of an edit that was made from an old version.
const STALE: &str = "STALE_VERSION";

/// The version that the form carries, what is wrong with it, and what to do when somebody was quicker. Stands in the
/// form, which leaves its own summary out.
#[component]
pub(super) fn Version(
    /// As the page loaded it.
    budget: Budget,
) -> impl IntoView {
    let form = use_form();
    let stale = Memo::new(move |_| form.code().as_deref() == Some(STALE));
    let now = RwSignal::new(budget);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        // The code itself, not the memo: it is also told when it is stale once more.
        if form.code().as_deref() == Some(STALE) {
            let id = now.with_untracked(|budget| budget.id.to_string());
            leptos::task::spawn_local(async move {
                if let Ok(found) = crate::api::queries::budget_month(id, None).await {
                    let _ = now.try_set(found.budget);
                }
            });
        }
    });
    view! {
        <input type="hidden" name="version" value=move || now.with(|budget| budget.version).to_string() />
        {move || {
            if stale.get() {
                view! { <Conflict now=now /> }.into_any()
            } else {
                view! { <FormError /> }.into_any()
            }
        }}
    }
}

#[component]
fn Conflict(now: RwSignal<Budget>) -> impl IntoView {
    let words = &t().plan;
    let locale = use_i18n().locale;
    let saved = move || {
        now.with(|budget| {
            let income = locale.format_money(Money::new(budget.plan.monthly_income, budget.plan.currency));
            fill(words.conflict_now, &[("name", &budget.plan.name), ("income", &income)])
        })
    };
    let href = now.with_untracked(|budget| paths::budget_edit(budget.id));
    view! {
        <div role="alert" tabindex="-1">
            <Notice tone=Tone::Caution>
                <p><strong>{words.conflict_title}</strong></p>
                <p>{saved} " " {words.conflict_text}</p>
                <p><a href=href rel="external">{words.conflict_reload}</a></p>
            </Notice>
        </div>
    }
}
