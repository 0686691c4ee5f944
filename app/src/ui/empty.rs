//! A place where nothing is yet: shows what it will look like, and the one next step.
use leptos::prelude::*;

/// What stands where nothing is yet.
#[component]
pub fn Empty(
    /// What will be here.
    #[prop(into)]
    title: String,
    /// Why one would want it.
    #[prop(optional, into)]
    text: Option<String>,
    /// The thing as it will look, pale (hidden from screen readers).
    #[prop(optional, into)]
    picture: Option<AnyView>,
    /// The one next step.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            {picture.map(|picture| view! { <div class="empty-picture" aria-hidden="true" inert=true>{picture}</div> })}
            <h2>{title}</h2>
            {text.map(|text| view! { <p>{text}</p> })}
            <div class="actions">{children()}</div>
        </div>
    }
}
