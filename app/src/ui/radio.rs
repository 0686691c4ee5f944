//! A choice of one where all choices are seen at once.
use super::{form::use_form, select::Choice};
use leptos::prelude::*;

/// A question with its answers under each other.
#[component]
pub fn Radios(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The answers.
    choices: Vec<Choice>,
    /// What is chosen at first.
    #[prop(optional_no_strip, into)]
    value: Option<String>,
    /// A word of help.
    #[prop(optional_no_strip, into)]
    help: Option<String>,
) -> impl IntoView {
    let state = use_form();
    state.register(&name, &label);
    let id = state.field_id(&name);
    let chosen = if state.came_back() { state.typed(&name) } else { value };
    let wrong = {
        let name = name.clone();
        Signal::derive(move || state.message(&name))
    };
    let described_by = match help {
        Some(_) => format!("{id}-help {id}-error"),
        None => format!("{id}-error"),
    };
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            // The first has the field's id: links from the summary of problems lead there.
            let option = if index == 0 { id.clone() } else { format!("{id}.{index}") };
            let checked = chosen.as_ref() == Some(&choice.value);
            let name = name.clone();
            view! {
                <div class="toggle-line">
                    <input
                        type="radio"
                        class="radio"
                        id=option.clone()
                        name=name.clone()
                        value=choice.value
                        checked=checked
                        aria-invalid=move || wrong.get().is_some().then_some("true")
                        on:change=move |_| state.clear(&name)
                    />
                    <label for=option>{choice.label}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field radios" class:invalid=move || wrong.get().is_some() aria-describedby=described_by>
            <legend class="label">{label}</legend>
            {help.map(|help| view! { <p class="help" id=format!("{id}-help")>{help}</p> })}
            {options}
            <p class="error" id=format!("{id}-error") hidden=move || wrong.get().is_none()>
                {move || wrong.get()}
            </p>
        </fieldset>
    }
}
