//! A field for a file: a big target to drop on, and the browser's own chooser inside, which also works by keyboard and
//! without JavaScript (browsers let files be dropped on it).
use super::{
    field::Field,
    icon::{Glyph, Icon},
};
use crate::i18n::t;
use leptos::prelude::*;

/// A file to send; stands in a form with `upload=true`.
#[component]
pub fn FileDrop(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What kinds the chooser offers (`.csv,.ofx`).
    #[prop(optional, into)]
    accept: Option<&'static str>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// Sends the form as soon as a file was chosen.
    #[prop(optional)]
    send_at_once: bool,
) -> impl IntoView {
    let words = t();
    let chosen = RwSignal::new(None::<String>);
    let over = RwSignal::new(false);
    view! {
        <Field name=name label=label help=help control=move |control| {
            let changed = control.changed();
            view! {
                <div class="drop" class:over=move || over.get()>
                    <Icon glyph=Glyph::Upload />
                    <p aria-hidden="true">
                        <strong>{words.forms.choose_file}</strong>
                        " "
                        {words.forms.drop_file}
                    </p>
                    <p class="drop-name" aria-live="polite">{move || chosen.get()}</p>
                    <input
                        type="file"
                        id=control.id.clone()
                        name=control.name.clone()
                        accept=accept
                        required=true
                        aria-describedby=control.described_by.clone()
                        aria-invalid=control.invalid()
                        on:dragenter=move |_| over.set(true)
                        on:dragleave=move |_| over.set(false)
                        on:drop=move |_| over.set(false)
                        on:change=move |event| {
                            changed();
                            chosen.set(file_name(&event));
                            if send_at_once {
                                send_form(&event);
                            }
                        }
                    />
                </div>
            }
            .into_any()
        } />
    }
}

/// What the browser shows as the input's value is `C:\fakepath\` and the name.
fn file_name(event: &leptos::ev::Event) -> Option<String> {
    let value = event_target_value(event);
    let name = value.rsplit(['\\', '/']).next().unwrap_or_default();
    (!name.is_empty()).then(|| name.to_owned())
}

#[allow(unused_variables, reason = "only the browser sends")]
fn send_form(event: &leptos::ev::Event) {
    #[cfg(feature = "hydrate")]
    super::client::send_form_of(event);
}
