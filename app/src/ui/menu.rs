//! A menu that opens under its button. `<details>`, so that it works without JavaScript; with it, Escape and a click
//! elsewhere close it.
use super::later::later;
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
    /// Called each time it opens: for what is only then asked for.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// Links and forms.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Details>::new();
    #[cfg(feature = "hydrate")]
    super::client::closes_by_itself(node);
    let toggled = move |_| {
        if let (Some(on_open), Some(menu)) = (on_open, node.get_untracked())
            && menu.has_attribute("open")
        {
            on_open.run(());
        }
    };
    view! {
        <details on:toggle=toggled node_ref=node class=format!("menu {class}")>
            <summary aria-label=label>{button}</summary>
            {later(view! { <div class="menu-list"></div> }, children)}
        </details>
    }
}
