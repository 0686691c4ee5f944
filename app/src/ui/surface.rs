//! Surfaces that things stand on: cards, badges, notices.
use super::later::later;
use leptos::prelude::*;

/// What something means. Never told by colour alone: the words say it, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Just so.
    #[default]
    Neutral,
    /// In order.
    Good,
    /// Worth a look.
    Caution,
    /// Beyond the plan, or wrong.
    Over,
}

impl Tone {
    /// Its class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "good",
            Self::Caution => "caution",
            Self::Over => "over",
        }
    }
}

/// Holds what belongs together, with a heading where it has one.
#[component]
pub fn Card(
    /// Its heading (an `h2`).
    #[prop(optional, into)]
    title: Option<String>,
    /// What stands at the end of the heading's line: a link, a menu.
    #[prop(optional, into)]
    aside: Option<AnyView>,
    /// More classes.
    #[prop(optional, into)]
    class: String,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let head = (title.is_some() || aside.is_some()).then(|| {
        view! {
            <header class="card-head">
                {title.map(|title| view! { <h2>{title}</h2> })}
                {aside}
            </header>
        }
    });
    later(view! { <section class=format!("card {class}")></section> }, move || view! { {head} {children()} }.into_any())
}

/// A word in a pill.
#[component]
pub fn Badge(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("badge {}", tone.class())>{children()}</span> }
}

/// A sentence or two that matter on this page.
#[component]
pub fn Notice(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! { <div class=format!("notice {}", tone.class())>{children()}</div> }
}
