//! A word more on something, beside it: the browser's own popover, which needs no program, closes on Escape and on a
//! click elsewhere, and gives the focus back.
use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// A button with an “i”, and what it opens.
#[component]
pub fn Popover(
    /// Its element id; unique on the page.
    id: &'static str,
    /// What the button says to screen readers.
    #[prop(into)]
    label: String,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class="icon-button about" popovertarget=id aria-label=label>
            <Icon glyph=Glyph::Info />
        </button>
        <div id=id class="popover" popover="auto">
            {children()}
        </div>
    }
}
