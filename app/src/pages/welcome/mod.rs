//! The way to a budget: what comes in, who lives on it, where it goes. Three plain steps, each with an address of its own.
pub(crate) mod draft;
mod household;
mod income;
mod new;
mod plan;

pub use new::NewBudget;

use crate::{
    api::wizard::{WizardPage, wizard as read_step},
    components::Load,
    i18n::wizard::wizard,
    ui::Stepper,
};
use draft::{Draft, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// `/welcome?step=…`
#[component]
pub fn Welcome() -> impl IntoView {
    let search = use_location().search;
    // Not read again after a change: what is typed stays.
    let data = Resource::new(move || search.get(), read_step);
    let typed = StoredValue::new(Draft::default());
    let seen = StoredValue::new(None::<Step>);
    let show = move |mut found: WizardPage| {
        // Back to the first step by the browser: its address knows nothing yet, this page does.
        if found.draft == Draft::default() {
            found.draft = typed.get_value();
        } else {
            typed.set_value(found.draft.clone());
        }
        let before = seen.get_value();
        seen.set_value(Some(found.step));
        if before.is_some_and(|before| before != found.step) {
            to_the_top();
        }
        match found.step {
            Step::Income => view! { <income::Income found=found /> }.into_any(),
            Step::Household => view! { <household::Household found=found /> }.into_any(),
            Step::Plan => view! { <plan::Plan found=found /> }.into_any(),
        }
    };
    view! { <Load data=data lines=12 view=show /> }
}

/// A step begins where a page would.
fn to_the_top() {
    #[cfg(feature = "hydrate")]
    request_animation_frame(|| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        crate::ui::client::focus_quietly(crate::components::frame::CONTENT);
    });
}

/// Where one is.
#[component]
fn Steps(step: Step) -> impl IntoView {
    view! { <Stepper steps=wizard().steps.to_vec() now=step as usize /> }
}

/// What was typed in the other steps, for the form of this one.
#[component]
fn Carried(
    draft: Draft,
    /// The fields that this step has itself.
    #[prop(optional)]
    own: &'static [&'static str],
) -> impl IntoView {
    let pairs = draft.pairs().into_iter().filter(|(name, _)| !own.contains(name));
    pairs.map(|(name, text)| view! { <input type="hidden" name=name value=text /> }).collect_view()
}
