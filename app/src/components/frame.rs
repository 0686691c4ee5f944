//! What stands around every page. Which frame it is depends on who looks, not on the page: signing in and out load anew.
use super::{public::PublicFrame, signed_in::SignedInFrame};
use crate::{i18n::t, session::use_page, ui::ToastRegion};
use leptos::prelude::*;

/// Where "skip to content" leads.
pub(crate) const CONTENT: &str = "content";

/// The frame around all pages.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let signed_in = use_page().viewer.is_some();
    view! {
        <a class="skip" href=format!("#{CONTENT}") rel="external">{t().nav.skip}</a>
        {if signed_in {
            view! { <SignedInFrame>{children()}</SignedInFrame> }.into_any()
        } else {
            view! { <PublicFrame>{children()}</PublicFrame> }.into_any()
        }}
        <p class="offline-note" role="status">{t().shell.offline}</p>
        <ToastRegion />
    }
}
