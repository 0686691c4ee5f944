//! What pages ask of the server: queries (server functions that read) and forms (named posts that change something).
//! Each reads who is asking, calls one use-case, and makes the answer ready to be shown.
pub mod codec;
pub mod dashboard;
pub mod entry;
pub mod history;
pub mod queries;
pub mod recurring;
pub mod rules;
pub mod sharing;
pub mod timeline;
pub mod views;
pub mod wizard;

#[cfg(feature = "ssr")]
mod caller;
#[cfg(feature = "ssr")]
mod charts;
#[cfg(feature = "ssr")]
pub mod errors;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
mod identities;
#[cfg(feature = "ssr")]
mod import_views;
#[cfg(feature = "ssr")]
mod security;

#[cfg(feature = "ssr")]
pub use caller::{Caller, Handled, SessionChange, Submitted, UploadedFile};

#[cfg(feature = "ssr")]
use crate::{
    context::{PageContext, Viewer},
    forms::Flash,
};

/// What a page knows before it asks, for this caller. `theme` is the cookie's, for the signed out.
#[cfg(feature = "ssr")]
pub fn page_context(caller: &Caller, theme: domain::user::Theme, flash: Option<Flash>, seed: String) -> PageContext {
    let user = caller.actor.as_ref().map(|actor| &actor.user);
    let zone = user.map_or("UTC", |user| user.preferences.timezone.as_str());
    PageContext {
        viewer: user.map(|user| Viewer {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            picture: user.standing.avatar.is_some(),
            currency: user.preferences.currency,
            default_budget: user.preferences.default_budget_id,
        }),
        locale: caller.locale.tag().to_owned(),
        currency: caller.currency,
        theme: user.map_or(theme, |user| user.preferences.theme),
        today: caller.services.zones.date_in(caller.now, zone),
        seed,
        flash,
        development: cfg!(debug_assertions),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: caller.services.settings.demo,
        mail: caller.services.settings.mail,
        places: if user.is_some() {
            Vec::new()
        } else {
            identities::places(&caller.services, caller.locale.language())
        },
    }
}
