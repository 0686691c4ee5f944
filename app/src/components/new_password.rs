//! A password that is chosen: how soon it would be guessed stands under it while it is typed. The server judges, by the lists
//! that decide in the end, too: they are larger than the browser's whole program.
use crate::{api::views::Strength, ui::PasswordField};
use leptos::prelude::*;

/// How many marks the bar has.
const LEVELS: u8 = 4;

/// A field for a new password.
#[component]
pub fn NewPassword(
    /// Name in the form.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// A word of help.
    help: &'static str,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Strength>);
    #[cfg(feature = "hydrate")]
    judged_at_rest(text, found);
    let level = Signal::derive(move || found.with(|found| found.as_ref().map_or(0, |found| found.level)));
    let marks = (1..=LEVELS).map(|mark| view! { <i class:on=move || mark <= level.get()></i> }).collect_view();
    let under = view! {
        <div class="strength needs-js" data-level=move || level.get() hidden=move || text.with(String::is_empty)>
            <span class="strength-bar" aria-hidden="true">{marks}</span>
            <p class="help" role="status">{move || found.get().map(|found| found.text)}</p>
        </div>
    };
    view! { <PasswordField name=name label=label help=help new=true text=text under=under.into_any() /> }
}

/// Asks once typing rests. An answer that comes when something else stands there is dropped.
#[cfg(feature = "hydrate")]
fn judged_at_rest(text: RwSignal<String>, found: RwSignal<Option<Strength>>) {
    let rested = RwSignal::new(String::new());
    crate::ui::client::follows_at_rest(text, rested);
    Effect::new(move |_| {
        let password = rested.get();
        if password.is_empty() {
            found.set(None);
            return;
        }
        leptos::task::spawn_local(async move {
            let answer = crate::api::queries::password_strength(password.clone()).await.ok();
            if rested.try_get_untracked().as_ref() == Some(&password) {
                found.try_set(answer);
            }
        });
    });
}
