//! Where one is in something of several steps.
use super::icon::{Glyph, Icon};
use crate::i18n::{fill, t};
use leptos::prelude::*;

/// The steps, the one at hand marked, those before it ticked.
#[component]
pub fn Stepper(
    /// Their names, in order.
    steps: Vec<&'static str>,
    /// Which one is at hand, from 0; as many as there are steps: all are done.
    now: usize,
) -> impl IntoView {
    let total = steps.len();
    let label = fill(t().shell.step_of, &[("n", &(now + 1).min(total).to_string()), ("total", &total.to_string())]);
    let steps = steps.into_iter().enumerate().map(|(place, name)| {
        let mark = if place < now {
            view! { <Icon glyph=Glyph::Check /> }.into_any()
        } else {
            (place + 1).to_string().into_any()
        };
        view! {
            <li class:done=place < now aria-current=(place == now).then_some("step")>
                <span class="step-mark" aria-hidden="true">{mark}</span>
                <span class="step-name">{name}</span>
            </li>
        }
    });
    view! { <ol class="stepper" aria-label=label>{steps.collect_view()}</ol> }
}
