//! Whether an expense repeats: a choice where it doesn't yet, and the way to its series where it does.
use crate::{
    i18n::{fill, t},
    paths,
    ui::{Choice, DateField, Select},
};
use leptos::prelude::*;

/// The fields of this group.
pub(super) const FIELDS: [&str; 2] = ["recurringPattern.frequency", "recurringPattern.endDate"];

/// How often something can be said to repeat here.
pub(crate) fn frequencies() -> Vec<Choice> {
    let words = &t().recurring;
    vec![
        Choice::new("weekly", words.weekly),
        Choice::new("biweekly", words.biweekly),
        Choice::new("monthly", words.monthly),
        Choice::new("yearly", words.yearly),
    ]
}

/// The group.
#[component]
pub(super) fn Repeats(
    /// By which rule it repeats already, in a sentence.
    rule: Option<String>,
) -> impl IntoView {
    let words = &t().recurring;
    match rule {
        Some(rule) => view! {
            <p class="help">
                {fill(words.part_of, &[("rule", &rule)])} " " <a href=paths::RECURRING>{words.to_series}</a>
            </p>
        }
        .into_any(),
        None => view! {
            <div class="fields close">
                <Select name=FIELDS[0] label=words.repeats choices=frequencies() empty=words.never />
                <DateField name=FIELDS[1] label=words.until help=words.until_help optional=true />
            </div>
        }
        .into_any(),
    }
}
