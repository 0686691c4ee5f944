//! A menu that opens under its button. `<details>`, so that it works without JavaScript; with it, Escape and a click
//! elsewhere close it.
use leptos::prelude::*;

/// A button that opens a list of links and forms.
#[component]
pub fn Menu(
    /// Its name for screen readers, where the button has no words.
    #[prop(optional, into)]
    label: Option<String>,
    /// What the button shows.
    #[prop(into)]
    button: AnyView,
    /// More classes (`up` opens it upwards).
    #[prop(optional, into)]
    class: String,
    /// Links and forms.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Details>::new();
    #[cfg(feature = "hydrate")]
    super::client::closes_by_itself(node);
    view! {
        <details node_ref=node class=format!("menu {class}")>
            <summary aria-label=label>{button}</summary>
            <div class="menu-list">{children()}</div>
        </details>
    }
}
