//! The way back up: the pages above this one.
use crate::i18n::t;
use leptos::prelude::*;

/// A page above this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Its address.
    pub href: String,
}

impl Crumb {
    /// `label` leads to `href`.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The pages above this one, the uppermost first; the page itself is named by its heading.
#[component]
pub fn Breadcrumb(
    /// The pages.
    crumbs: Vec<Crumb>,
) -> impl IntoView {
    let crumbs = crumbs.into_iter().map(|crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> });
    view! {
        <nav class="crumbs" aria-label=t().shell.breadcrumb>
            <ol>{crumbs.collect_view()}</ol>
        </nav>
    }
}
