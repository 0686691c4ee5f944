//! What every field has: a label, a word of help, and what is wrong with it, all tied to the control for screen readers.
use super::form::{FormState, use_form};
use crate::i18n::t;
use leptos::prelude::*;

/// What a control needs to know to be part of its field.
#[derive(Clone)]
pub struct Control {
    /// Its element id.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// For `aria-describedby`.
    pub described_by: String,
    /// For `required`.
    pub required: bool,
    state: FormState,
}

impl Control {
    /// For `aria-invalid`.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + use<> {
        let (state, name) = (self.state, self.name.clone());
        move || state.message(&name).is_some().then_some("true")
    }

    /// For `on:input`: what was wrong is forgotten while it is being changed.
    pub fn changed(&self) -> impl Fn() + Clone + use<> {
        let (state, name) = (self.state, self.name.clone());
        move || state.clear(&name)
    }

    /// What to begin with: what was typed before the page came back, else `value`.
    pub fn value(&self, value: Option<String>) -> Option<String> {
        if self.state.came_back() { self.state.typed(&self.name) } else { value }
    }
}

/// A field: label, control, help, and what is wrong.
#[component]
pub fn Field<C>(
    /// Its name in the form (`allocations.food.percentage`).
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// A word of help under it.
    #[prop(optional_no_strip, into)]
    help: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// The label is there for screen readers only (in tables).
    #[prop(optional)]
    hide_label: bool,
    /// Makes the control.
    control: C,
) -> impl IntoView
where
    C: FnOnce(Control) -> AnyView + 'static,
{
    let state = use_form();
    let help = help.filter(|help| !help.is_empty());
    state.register(&name, &label);
    let id = state.field_id(&name);
    let control_parts = Control {
        id: id.clone(),
        name: name.clone(),
        described_by: match help {
            Some(_) => format!("{id}-help {id}-error"),
            None => format!("{id}-error"),
        },
        required: !optional,
        state,
    };
    let wrong = {
        let name = name.clone();
        Signal::derive(move || state.message(&name))
    };
    view! {
        <div class="field" class:invalid=move || wrong.get().is_some()>
            <label for=id.clone() class=if hide_label { "label visually-hidden" } else { "label" }>
                {label}
                {optional.then(|| view! { <span class="optional">{t().common.optional}</span> })}
            </label>
            {control(control_parts)}
            {help.map(|help| view! { <p class="help" id=format!("{id}-help")>{help}</p> })}
            <p class="error" id=format!("{id}-error") hidden=move || wrong.get().is_none()>
                {move || wrong.get()}
            </p>
        </div>
    }
}
