//! Yes or no: a box for what is sent with a form, a switch for what counts at once.
use super::form::use_form;
use leptos::prelude::*;

#[component]
fn Toggle(
    name: String,
    label: String,
    checked: bool,
    help: Option<String>,
    switch: bool,
    value: String,
    on_change: Option<Callback<bool>>,
    children: Option<Children>,
) -> impl IntoView {
    let state = use_form();
    state.register(&name, &label);
    let id = if value == "true" { state.field_id(&name) } else { format!("{}.{value}", state.field_id(&name)) };
    let start = if state.came_back() {
        state.typed(&name).is_some_and(|typed| typed == value || typed == "on")
    } else {
        checked
    };
    let wrong = {
        let name = name.clone();
        Signal::derive(move || state.message(&name))
    };
    let described_by = match help {
        Some(_) => format!("{id}-help {id}-error"),
        None => format!("{id}-error"),
    };
    view! {
        <div class="field toggle" class:invalid=move || wrong.get().is_some()>
            <div class="toggle-line">
                <input
                    type="checkbox"
                    role=switch.then_some("switch")
                    class=if switch { "switch" } else { "check" }
                    id=id.clone()
                    name=name.clone()
                    value=value
                    checked=start
                    aria-describedby=described_by
                    aria-invalid=move || wrong.get().is_some().then_some("true")
                    on:change=move |event| {
                        state.clear(&name);
                        if let Some(on_change) = on_change {
                            on_change.run(event_target_checked(&event));
                        }
                    }
                />
                <label for=id.clone()>{label}</label>
            </div>
            {children.map(|children| view! { <div class="help">{children()}</div> })}
            {help.map(|help| view! { <p class="help" id=format!("{id}-help")>{help}</p> })}
            <p class="error" id=format!("{id}-error") hidden=move || wrong.get().is_none()>
                {move || wrong.get()}
            </p>
        </div>
    }
}

/// A box to tick; sent with the form as `true`, or as `value` where several boxes share a name.
#[component]
pub fn Checkbox(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it says.
    #[prop(into)]
    label: String,
    /// Whether it is ticked at first.
    #[prop(optional)]
    checked: bool,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is sent when it is ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    /// Called with the new state.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    /// Help with links in it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Toggle name=name label=label checked=checked help=help switch=false value=value on_change=on_change children=children />
    }
}

/// The same, drawn as a switch: for what is on or off.
#[component]
pub fn Switch(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it says.
    #[prop(into)]
    label: String,
    /// Whether it is on at first.
    #[prop(optional)]
    checked: bool,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// Called with the new state.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    view! {
        <Toggle name=name label=label checked=checked help=help switch=true value="true".to_owned() on_change=on_change children=None />
    }
}
