//! A dialog on the desktop, a sheet from below on the phone.
//!
//! Whether it is open stands in the address (`?add=1`), so that it also opens and closes without JavaScript, can be
//! linked and gone back from.
use super::icon::{Glyph, Icon};
use crate::i18n::t;
use leptos::prelude::*;

/// A native `<dialog>`.
#[component]
pub fn Dialog(
    /// Whether it is open; usually read from the address.
    #[prop(into)]
    open: Signal<bool>,
    /// The address with the dialog closed.
    #[prop(into)]
    close: Signal<String>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Part of its element ids; unique on the page.
    id: &'static str,
    /// What it holds; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    super::client::shows_as_modal(node, open, close);
    let children = StoredValue::new(children);
    view! {
        <dialog node_ref=node id=id class="dialog" open=open.get_untracked() aria-labelledby=format!("{id}-title")>
            <header class="dialog-head">
                <h2 id=format!("{id}-title")>{move || title.get()}</h2>
                <a class="icon-button" href=move || close.get() data-noscroll="" aria-label=t().common.close>
                    <Icon glyph=Glyph::Close />
                </a>
            </header>
            {move || open.get().then(|| children.with_value(|children| children()))}
        </dialog>
    }
}
