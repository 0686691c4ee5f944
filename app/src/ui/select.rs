//! A choice of one.
use super::field::Field;
use crate::i18n::t;
use leptos::prelude::*;

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// `value` is sent, `label` is read.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// The browser's own list: works everywhere, with every keyboard.
#[component]
pub fn Select(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// What is chosen at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// May be left on nothing: adds an empty choice with this text.
    #[prop(optional, into)]
    empty: Option<String>,
    /// The label is for screen readers only.
    #[prop(optional)]
    hide_label: bool,
    /// Called with the new value.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let optional = empty.is_some();
    view! {
        <Field name=name label=label help=help optional=false hide_label=hide_label control=move |control| {
            let changed = control.changed();
            let chosen = control.value(value);
            let nothing = chosen.as_deref().is_none_or(str::is_empty);
            let ask = (!optional && nothing).then(|| t().forms.choose.to_owned());
            view! {
                <select
                    id=control.id.clone()
                    name=control.name.clone()
                    required=!optional
                    aria-describedby=control.described_by.clone()
                    aria-invalid=control.invalid()
                    on:change=move |event| {
                        changed();
                        if let Some(on_change) = on_change {
                            on_change.run(event_target_value(&event));
                        }
                    }
                >
                    {ask.or(empty).map(|text| view! { <option value="" selected=nothing>{text}</option> })}
                    {choices
                        .into_iter()
                        .map(|choice| {
                            let selected = chosen.as_ref() == Some(&choice.value);
                            view! { <option value=choice.value selected=selected>{choice.label}</option> }
                        })
                        .collect_view()}
                </select>
            }
            .into_any()
        } />
    }
}
