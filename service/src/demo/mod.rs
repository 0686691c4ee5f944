//! The example that `wealthwise serve --demo` shows: two years of a made-up household of three, entered through the same
//! use-cases as everything else, so that every rule and every total holds.
//!
//! The Winters are Mara and Jonas, who both work, and Ida, who goes to kindergarten. `household` makes their rows: no clock
//! and no randomness, the same for the same day. [`seed()`] enters them, each at the time of its own day. No shop is meant
//! that there is.
mod bills;
mod calendar;
mod dice;
mod events;
mod food;
mod household;
mod living;
mod row;
mod seed;
#[cfg(test)]
mod tests;

pub use seed::seed;

use crate::{
    Actor, Error, Result, Services,
    auth::{self, Device, SignedIn},
};
use domain::{input::Value, locale::Locale};
use row::{object, text};

/// The address of the person whom visitors are signed in as.
pub const EMAIL: &str = "mara@example.org";
/// Their password. It protects nothing: the example is shown to whoever comes, and gone when the server stops.
pub const PASSWORD: &str = "have a look around";

/// Signs a visitor in as the person of the example, in the visitor's language. [`Error::NotFound`] where none is shown.
pub async fn enter(services: &Services, locale: Locale, device: Device) -> Result<SignedIn> {
    if !services.settings.demo {
        return Err(Error::NotFound);
    }
    let known = object(vec![("email", text(EMAIL)), ("password", text(PASSWORD))]);
    let mut signed_in = auth::login(services, &known, device).await?;
    if signed_in.user.preferences.language != locale.tag() {
        let preferences = object(vec![("language", text(locale.tag()))]);
        let change: Value = object(vec![("preferences", preferences)]);
        let actor = Actor { user: signed_in.user };
        signed_in.user = auth::update_profile(services, &actor, None, &change).await?;
    }
    Ok(signed_in)
}
