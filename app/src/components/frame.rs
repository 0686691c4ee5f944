//! What stands around every page. Which frame it is depends on who looks, not on the page: signing in and out load anew.
use super::{public::PublicFrame, signed_in::SignedInFrame};
use crate::{i18n::t, session::use_page, ui::ToastRegion};
use leptos::prelude::*;

/// Where "skip to content" leads.
pub(crate) const CONTENT: &str = "content";

/// On another page the focus is where that begins, as it would be had the page been loaded; not when only its query has
/// changed, as it does with filters and sheets.
#[cfg(feature = "hydrate")]
fn follow_with_focus() {
    let path = leptos_router::hooks::use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(|| crate::ui::client::focus_quietly(CONTENT));
        }
        now
    });
}

/// The frame around all pages.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let page = use_page();
    let signed_in = page.viewer.is_some();
    #[cfg(feature = "hydrate")]
    follow_with_focus();
    view! {
        <a class="skip" href=format!("#{CONTENT}") rel="external">{t().nav.skip}</a>
        {if signed_in {
            view! { <SignedInFrame>{children()}</SignedInFrame> }.into_any()
        } else {
            view! { <PublicFrame>{children()}</PublicFrame> }.into_any()
        }}
        {page.demo.then(|| view! { <p class="demo-note">{t().demo.notice}</p> })}
        <p class="offline-note" role="status">{t().shell.offline}</p>
        <ToastRegion />
    }
}
