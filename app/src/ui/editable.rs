//! A text in a table that can be changed where it stands: Enter or a click opens it, Enter saves, Escape gives it back.
use crate::i18n::{fill, t};
use leptos::{ev, prelude::*};

/// A cell whose text is a button until it is edited.
#[component]
pub fn Editable(
    /// What it is, for screen readers ("Merchant").
    #[prop(into)]
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// Called with a new text that is not empty.
    #[prop(into)]
    on_save: Callback<String>,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let input = NodeRef::<leptos::html::Input>::new();
    let button = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let finish = move |save: bool| {
        if !editing.get_untracked() {
            return;
        }
        let typed = input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        editing.set(false);
        if save && !typed.is_empty() && typed != value.get_untracked() {
            value.set(typed.clone());
            on_save.run(typed);
        }
    };
    let back = move || {
        request_animation_frame(move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        });
    };
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            finish(true);
            back();
        }
        "Escape" => {
            event.stop_propagation();
            finish(false);
            back();
        }
        _ => {}
    };
    let hint = fill(t().common.edit_of, &[("what", &label)]);
    view! {
        {move || {
            if editing.get() {
                view! {
                    <input
                        node_ref=input
                        type="text"
                        class="editable-input"
                        aria-label=label.clone()
                        value=value.get_untracked()
                        on:keydown=keys
                        on:blur=move |_| finish(true)
                    />
                }
                .into_any()
            } else {
                view! {
                    <button
                        type="button"
                        node_ref=button
                        class="editable"
                        aria-label=format!("{hint}: {}", value.get())
                        on:click=move |_| editing.set(true)
                    >
                        {value.get()}
                    </button>
                }
                .into_any()
            }
        }}
    }
}
