//! All parts of the interface in all their states, for those who develop it: there in debug builds only. What it says is
//! for them, in English, and not in the catalogue.
mod data;
mod fields;
mod overlays;
mod surfaces;
mod words;

use super::status::NotFound;
use crate::{
    components::PageHeader,
    session::use_page,
    ui::{Crumb, Tab, Tabs},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/styleguide?part=…`
#[component]
pub fn Styleguide() -> impl IntoView {
    if !use_page().development {
        return view! { <NotFound /> }.into_any();
    }
    let query = use_query_map();
    let part = Memo::new(move |_| query.with(|query| query.get("part")).unwrap_or_default());
    let tabs = move || {
        words::PARTS
            .map(|(name, label)| Tab {
                label: label.to_owned(),
                href: format!("{}?part={name}", words::PATH),
                current: part.get() == name || (part.get().is_empty() && name == words::PARTS[0].0),
            })
            .to_vec()
    };
    let shown = move || match part.get().as_str() {
        "fields" => view! { <fields::FieldParts /> }.into_any(),
        "surfaces" => view! { <surfaces::Surfaces /> }.into_any(),
        "overlays" => view! { <overlays::Overlays /> }.into_any(),
        "data" => view! { <data::DataParts /> }.into_any(),
        _ => view! { <surfaces::Basics /> }.into_any(),
    };
    view! {
        <PageHeader title=words::TITLE lead=words::LEAD crumbs=vec![Crumb::new(words::HOME, crate::paths::DASHBOARD)] />
        <Tabs label=words::TITLE tabs=Signal::derive(tabs) />
        <div class="stack guide">{shown}</div>
    }
    .into_any()
}

/// A part under its name, with what the keyboard does to it.
#[component]
fn Part(
    /// Its name in the code.
    name: &'static str,
    /// What the keyboard does; nothing where it does nothing.
    #[prop(optional)]
    keys: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card guide-part" aria-label=name>
            <header class="card-head">
                <h2><code>{name}</code></h2>
                {(!keys.is_empty()).then(|| view! { <p class="help">{keys}</p> })}
            </header>
            {children()}
        </section>
    }
}
