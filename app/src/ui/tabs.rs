//! Tabs are links: each has an address, so they work without JavaScript and can be gone back to.
use leptos::prelude::*;

/// One of the tabs.
#[derive(Debug, Clone)]
pub struct Tab {
    /// What it is called.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one that is seen.
    pub current: bool,
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What they are tabs of, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Nav>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        tabs.track();
        if let Some(nav) = node.get() {
            crate::ui::client::scroll_to_current(&nav);
        }
    });
    view! {
        <nav class="tabs" aria-label=label node_ref=node>
            {move || {
                tabs.get()
                    .into_iter()
                    .map(|tab| {
                        view! {
                            <a href=tab.href aria-current=tab.current.then_some("page")>
                                {tab.label}
                            </a>
                        }
                    })
                    .collect_view()
            }}
        </nav>
    }
}
