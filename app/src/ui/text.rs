//! Fields that are typed into.
use super::{
    field::{Control, Field},
    icon::{Glyph, Icon},
};
use crate::i18n::t;
use domain::currency::Currency;
use leptos::{ev, prelude::*};

/// The attributes in which typed fields differ.
#[derive(Debug, Clone, Copy, Default)]
struct Kind {
    input: &'static str,
    inputmode: Option<&'static str>,
    autocomplete: Option<&'static str>,
    maxlength: Option<&'static str>,
    class: &'static str,
}

/// One line; what `bind` holds and what stands in it stay the same.
fn input(
    control: &Control,
    kind: Kind,
    value: Option<String>,
    bind: Option<RwSignal<String>>,
    list: Option<String>,
) -> impl IntoView + use<> {
    let changed = control.changed();
    let invalid = control.invalid();
    let start = control.value(value.or_else(|| bind.map(|bind| bind.get_untracked())));
    if let (Some(bind), Some(start)) = (bind, &start)
        && bind.with_untracked(|now| now != start)
    {
        bind.set(start.clone());
    }
    let node = NodeRef::<leptos::html::Input>::new();
    #[cfg(feature = "hydrate")]
    if let Some(bind) = bind {
        super::client::keep_equal(node, bind);
    }
    view! {
        <input
            node_ref=node
            id=control.id.clone()
            name=control.name.clone()
            type=kind.input
            class=kind.class
            inputmode=kind.inputmode
            autocomplete=kind.autocomplete
            maxlength=kind.maxlength
            list=list
            required=control.required
            aria-describedby=control.described_by.clone()
            aria-invalid=invalid
            value=start
            on:input=move |event| {
                changed();
                if let Some(bind) = bind {
                    bind.set(event_target_value(&event));
                }
            }
        />
    }
}

/// A line of text.
#[component]
pub fn TextField(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// Kept equal to what stands in it.
    #[prop(optional, into)]
    bind: Option<RwSignal<String>>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// What the browser may fill in.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    /// Which keyboard a phone shows ("decimal", "numeric", "search").
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// Classes of the input.
    #[prop(optional)]
    class: &'static str,
    /// The id of a `<datalist>` with proposals.
    #[prop(optional, into)]
    list: Option<String>,
    /// The label is for screen readers only.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let kind = Kind { input: "text", inputmode, autocomplete, class, ..Kind::default() };
    view! {
        <Field name=name label=label help=help optional=optional hide_label=hide_label control=move |control| {
            input(&control, kind, value, bind, list).into_any()
        } />
    }
}

/// An e-mail address.
#[component]
pub fn EmailField(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let kind = Kind { input: "email", autocomplete: Some("email"), ..Kind::default() };
    view! { <Field name=name label=label help=help control=move |control| input(&control, kind, value, None, None).into_any() /> }
}

/// A password, with a button that shows it.
#[component]
pub fn PasswordField(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// A password to be chosen, not one to be remembered.
    #[prop(optional)]
    new: bool,
    /// Becomes what is typed.
    #[prop(optional)]
    text: Option<RwSignal<String>>,
    /// What stands under the field.
    #[prop(optional)]
    under: Option<AnyView>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let words = t();
    let typed = move |event: &ev::Event| {
        if let Some(text) = text {
            text.set(event_target_value(event));
        }
    };
    view! {
        <Field name=name label=label help=help control=move |control| {
            let changed = control.changed();
            view! {
                <div class="with-action">
                    <input
                        id=control.id.clone()
                        name=control.name.clone()
                        type=move || if shown.get() { "text" } else { "password" }
                        autocomplete=if new { "new-password" } else { "current-password" }
                        autocapitalize="none"
                        spellcheck="false"
                        required=true
                        aria-describedby=control.described_by.clone()
                        aria-invalid=control.invalid()
                        on:input=move |event| {
                            changed();
                            typed(&event);
                        }
                    />
                    <button
                        type="button"
                        class="icon-button needs-js"
                        aria-label=words.forms.show_password
                        aria-pressed=move || if shown.get() { "true" } else { "false" }
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        <Icon glyph=Glyph::Eye />
                    </button>
                </div>
                {under}
            }
            .into_any()
        } />
    }
}

/// An amount, with its currency behind it. Takes what people write (`12,50` or `12.50`, by locale); the server reads it.
#[component]
pub fn MoneyField(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// The currency that stands behind it.
    #[prop(into)]
    currency: Signal<Currency>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// Kept equal to what stands in it.
    #[prop(optional, into)]
    bind: Option<RwSignal<String>>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// The label is for screen readers only.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let kind = Kind {
        input: "text",
        inputmode: Some("decimal"),
        autocomplete: Some("off"),
        maxlength: Some("40"),
        class: "figure",
    };
    view! {
        <Field name=name label=label help=help optional=optional hide_label=hide_label control=move |control| {
            view! {
                <div class="with-suffix">
                    {input(&control, kind, value, bind, None)}
                    <span class="suffix">{move || currency.get().code()}</span>
                </div>
            }
            .into_any()
        } />
    }
}

/// A date, by the browser's own picker.
#[component]
pub fn DateField(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What stands in it at first (`2026-11-22`).
    #[prop(optional, into)]
    value: Option<String>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let kind = Kind { input: "date", ..Kind::default() };
    view! {
        <Field name=name label=label help=help optional=optional control=move |control| {
            input(&control, kind, value, None, None).into_any()
        } />
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// How many lines are seen at once.
    #[prop(default = 3)]
    rows: u8,
) -> impl IntoView {
    view! {
        <Field name=name label=label help=help optional=optional control=move |control| {
            let changed = control.changed();
            view! {
                <textarea
                    id=control.id.clone()
                    name=control.name.clone()
                    rows=rows.to_string()
                    required=control.required
                    aria-describedby=control.described_by.clone()
                    aria-invalid=control.invalid()
                    on:input=move |_| changed()
                >
                    {control.value(value).unwrap_or_default()}
                </textarea>
            }
            .into_any()
        } />
    }
}
