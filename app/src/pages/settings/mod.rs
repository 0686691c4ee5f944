//! Settings: who one is, how things look, where money is, what was deleted.
mod account_row;
mod accounts;
mod data;
mod leaving;
mod preferences;
mod profile;
mod security;
mod switches;
mod timezone;
mod trash;

pub use accounts::Accounts;
pub use data::Data;
pub use leaving::Leaving;
pub use preferences::Preferences;
pub use profile::Profile;
pub use security::Security;
pub use trash::Trash;

use crate::{
    components::PageHeader,
    i18n::{rights::rights, t},
    paths,
    ui::{Tab, Tabs},
};
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// `/settings`: its first page.
#[component]
pub fn Settings() -> impl IntoView {
    view! { <Redirect path=paths::PROFILE /> }
}

/// The tabs of the settings, and one of their pages.
#[component]
fn Section(
    /// Which one, by its address.
    here: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] lead: String,
    children: Children,
) -> impl IntoView {
    let words = &t().settings;
    let tabs = [
        (paths::PROFILE, words.profile),
        (paths::PREFERENCES, words.preferences),
        (paths::SECURITY, t().security.title),
        (paths::ACCOUNTS, words.accounts),
        (paths::RULES, t().rules.title),
        (paths::TRASH, words.trash),
        (paths::DATA, rights().data),
    ];
    let tabs = tabs
        .map(|(href, label)| Tab { label: label.to_owned(), href: href.to_owned(), current: href == here })
        .to_vec();
    view! {
        <div class="settings">
            <Tabs label=words.sections tabs=Signal::stored(tabs) />
            <PageHeader title=title lead=lead />
            {children()}
        </div>
    }
}
