//! What the use-cases need from the world, as traits. `server` has the real ones, `testing` has fakes.
pub mod activity;
pub mod blobs;
pub mod cache;
pub mod events;
pub mod identities;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod rights;
pub mod rules;
pub mod sealer;
pub mod series;
pub mod sessions;
pub mod sharing;
pub mod store;
pub mod versions;

use domain::Date;
use jiff::Timestamp;

/// What time it is.
#[async_trait::async_trait]
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now(&self) -> Timestamp;
    /// Until so much time has gone by.
    async fn sleep(&self, time: std::time::Duration);
}

/// What day it is somewhere.
pub trait TimeZones: Send + Sync {
    /// The civil date at `at` in an IANA zone; an unknown zone counts as UTC.
    fn date_in(&self, at: Timestamp, zone: &str) -> Date;
    /// Whether the zone is known.
    fn exists(&self, zone: &str) -> bool;
}

/// Ids and secrets.
pub trait Random: Send + Sync {
    /// Unguessable bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// A new id: four bytes of time in seconds, eight random ones, so that ids sort roughly by age.
    fn id(&self, now: Timestamp) -> [u8; 12] {
        let mut id = [0; 12];
        let seconds = u32::try_from(now.as_second().clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX);
        id[..4].copy_from_slice(&seconds.to_be_bytes());
        self.fill(&mut id[4..]);
        id
    }
}

/// Passwords: slow on purpose, away from the async threads, bounded in memory.
#[async_trait::async_trait]
pub trait PasswordHasher: Send + Sync {
    /// The hash to keep, in PHC format.
    async fn hash(&self, password: &str) -> crate::Result<String>;
    /// Whether the password is the one. Without a hash it takes as long and says no.
    async fn verify(&self, password: &str, hash: Option<&str>) -> crate::Result<bool>;
}
