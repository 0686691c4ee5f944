//! The top of a page: its title in the window, its one heading, and what can be done here.
use crate::{
    i18n::{fill, t},
    ui::{Breadcrumb, Crumb},
};
use leptos::prelude::*;

/// The window's title: the page's name before the product's.
///
/// The server writes it into the document's head. In the browser an effect sets it, since the title component of
/// `leptos_meta` reads what belongs to pages that have gone already.
#[component]
pub fn Title(
    /// The page's name.
    #[prop(into)]
    page: Signal<String>,
) -> impl IntoView {
    let pattern = t().common.title;
    let title = move |page: &str| fill(pattern, &[("page", page)]);
    #[cfg(feature = "ssr")]
    let _ = leptos_meta::Title(leptos_meta::TitleProps::builder().text(title(&page.get_untracked())).build());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| document().set_title(&title(&page.get())));
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    let _ = (page, title);
}

/// The page's heading and its actions; sets the window's title, too.
#[component]
pub fn PageHeader(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The pages above it.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Buttons and links at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title page=title />
        <header class="page-head">
            <div>
                {(!crumbs.is_empty()).then(|| view! { <Breadcrumb crumbs=crumbs /> })}
                <h1>{move || title.get()}</h1>
                {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </header>
    }
}
