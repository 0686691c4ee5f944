//! Buttons, and links that look like buttons. A button says what it does.
use super::form::use_form;
use leptos::prelude::*;

/// How much a button weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one thing to do here.
    Primary,
    /// Beside it.
    #[default]
    Plain,
    /// Only words until it is pointed at.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// Sends the form around it; rests while the form is on its way.
#[component]
pub fn Submit(
    /// How much it weighs.
    #[prop(default = Look::Primary)]
    look: Look,
    /// Name and value that are sent with the form when this button was used.
    #[prop(optional, into)]
    sends: Option<(&'static str, String)>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let state = use_form();
    let (name, value) = sends.unzip();
    view! {
        <button
            type="submit"
            class=look.class()
            name=name
            value=value
            disabled=move || state.pending()
            aria-busy=move || state.pending().then_some("true")
        >
            {children()}
        </button>
    }
}

/// Does something on the page. Needs JavaScript: what has to work without is a [`Submit`] or a [`ButtonLink`].
#[component]
pub fn Button(
    /// How much it weighs.
    #[prop(optional)]
    look: Look,
    /// What it does.
    #[prop(into)]
    on_click: Callback<()>,
    /// Its name for screen readers, where it has no words.
    #[prop(optional, into)]
    label: Option<String>,
    /// Whether it rests.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=look.class()
            aria-label=label
            disabled=move || disabled.get()
            on:click=move |_| on_click.run(())
        >
            {children()}
        </button>
    }
}

/// Leads somewhere.
#[component]
pub fn ButtonLink(
    /// Where.
    #[prop(into)]
    href: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    look: Look,
    /// Its name for screen readers, where it has no words.
    #[prop(optional, into)]
    label: Option<String>,
    /// Comes whole from the server (downloads, changes of who is signed in).
    #[prop(optional)]
    external: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=look.class() href=move || href.get() aria-label=label rel=external.then_some("external")>
            {children()}
        </a>
    }
}
