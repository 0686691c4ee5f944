//! Use-cases: everything the product can do, each once. Knows neither axum nor Leptos nor a database.
#![forbid(unsafe_code)]

pub mod accounts;
pub mod activity;
pub mod analytics;
pub mod api_keys;
pub mod auth;
pub mod blobs;
pub mod budgets;
pub mod bulk;
mod changes;
pub mod demo;
pub mod entry;
pub mod error;
pub mod expenses;
pub mod export;
pub mod identities;
pub mod imports;
pub mod jobs;
pub mod leaving;
pub mod mail;
pub mod months;
pub mod passwords;
mod people;
pub mod pictures;
pub mod ports;
pub mod proposals;
pub mod rates;
pub mod recovery;
pub mod recurring;
pub mod rules;
pub mod second_factor;
pub mod security;
pub mod sharing;
pub mod subscriptions;
#[cfg(feature = "testing")]
pub mod testing;
mod throttle;
pub mod transfers;
pub mod trash;
pub mod versions;
pub mod work;

pub use error::{Error, Result};

use domain::{Date, user::User};
use jiff::Timestamp;
use ports::{
    Clock, PasswordHasher, Random, TimeZones, blobs::Blobs, cache::Cache, events::Events, identities::IdentityProvider,
    limits::Limits, sealer::Sealer, sessions::SessionStore, store::Store,
};
use std::{sync::Arc, time::Duration};

/// What all use-cases work with.
#[derive(Clone)]
pub struct Services {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Signed-in devices.
    pub sessions: Arc<dyn SessionStore>,
    /// Results that are dear to compute.
    pub cache: Arc<dyn Cache>,
    /// What has changed, told to the devices that show it.
    pub events: Arc<dyn Events>,
    /// How often something was done lately.
    pub limits: Arc<dyn Limits>,
    /// Bytes of files.
    pub blobs: Arc<dyn Blobs>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and secrets.
    pub random: Arc<dyn Random>,
    /// Passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Secrets that are read again.
    pub sealer: Arc<dyn Sealer>,
    /// What day it is somewhere.
    pub zones: Arc<dyn TimeZones>,
    /// Places that vouch for people who sign in there.
    pub providers: Arc<[Arc<dyn IdentityProvider>]>,
    /// Wakes whoever does jobs in this process.
    pub work: Arc<tokio::sync::Notify>,
    /// What the operator has chosen.
    pub settings: Settings,
}

/// What the operator has chosen.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// A session ends after so long without use.
    pub session_idle: Duration,
    /// A session ends so long after it began.
    pub session_absolute: Duration,
    /// Tries to sign in, of one account from one address, in a window; 0 = as many as one likes.
    pub sign_in_limit: u64,
    /// How long they are counted.
    pub sign_in_window: Duration,
    /// Whether newcomers may sign up.
    pub registration_open: bool,
    /// Whether mail reaches people: then an address is verified before it counts.
    pub mail: bool,
    /// Whether example data are shown, which anybody may look around in.
    pub demo: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let day = Duration::from_hours(24);
        Self {
            session_idle: day * 14,
            session_absolute: day * 90,
            sign_in_limit: 10,
            sign_in_window: Duration::from_mins(15),
            registration_open: true,
            mail: false,
            demo: false,
        }
    }
}

/// Who acts. Every read and write of the store names them.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The person.
    pub user: User,
}

/// A key made by the client, with what it was sent with: the same twice does the thing once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// 1 to 128 characters
    pub key: String,
    /// SHA-256 of method, path and body
    pub request_hash: [u8; 32],
}

impl Services {
    /// The time, and the civil date where the actor is.
    pub fn today(&self, actor: &Actor) -> Date {
        self.zones.date_in(self.clock.now(), &actor.user.preferences.timezone)
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// 256 bits that nobody guesses, in base64url (RFC 4648, 5): 43 characters.
    pub(crate) fn secret(&self) -> String {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        auth::base64url(&bytes)
    }
}
