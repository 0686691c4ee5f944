//! Ports that do the same each time: a clock that stands still, random numbers that repeat, cheap passwords, zones
//! without daylight saving.
use crate::{
    Error, Result,
    ports::{Clock, PasswordHasher, Random, TimeZones, sealer::Sealer},
};
use domain::Date;
use jiff::{SignedDuration, Timestamp, civil::date, tz::Offset};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

pub use super::memory_blobs::MemoryBlobs;

/// A clock that moves only when it is told to.
#[derive(Debug)]
pub struct FakeClock(Mutex<Timestamp>);

impl FakeClock {
    /// Stands at `at`.
    pub const fn at(at: Timestamp) -> Self {
        Self(Mutex::new(at))
    }

    /// Stands at `at` from now on.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Moves on.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add(by).unwrap_or(Timestamp::MAX);
    }
}

/// 2026-11-22 at noon, UTC.
impl Default for FakeClock {
    fn default() -> Self {
        Self::at(super::builders::noon(date(2026, 11, 22)))
    }
}

#[async_trait::async_trait]
impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody waits in a test: the clock moves on.
    async fn sleep(&self, time: std::time::Duration) {
        self.advance(SignedDuration::try_from(time).unwrap_or_default());
    }
}

/// Seals by turning the bytes around and saying what for. Not for secrets.
#[derive(Debug, Default)]
pub struct FakeSealer;

impl Sealer for FakeSealer {
    fn seal(&self, purpose: &str, bytes: &[u8]) -> Result<String> {
        Ok(bytes.iter().rev().fold(format!("{purpose}:"), |sealed, byte| format!("{sealed}{byte:02x}")))
    }

    fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>> {
        let hex = sealed.strip_prefix(&format!("{purpose}:")).ok_or_else(|| Error::Internal(sealed.to_owned()))?;
        let bytes = (0..hex.len() / 2).rev().map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16));
        bytes.collect::<std::result::Result<_, _>>().map_err(|error| Error::Internal(error.to_string()))
    }
}

/// The same numbers in the same order (`SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>). Not for secrets.
#[derive(Debug, Default)]
pub struct FakeRandom(AtomicU64);

impl FakeRandom {
    /// Another order for each seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut mixed = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Random for FakeRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

/// Keeps passwords readable: for tests only. A hash is `fake:` and the password.
#[derive(Debug, Clone, Copy, Default)]
pub struct FakePasswords;

#[async_trait::async_trait]
impl PasswordHasher for FakePasswords {
    async fn hash(&self, password: &str) -> Result<String> {
        Ok(format!("fake:{password}"))
    }

    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        Ok(hash.and_then(|hash| hash.strip_prefix("fake:")) == Some(password))
    }
}

/// Five zones with a fixed offset each, winter time all year.
#[derive(Debug, Clone, Copy, Default)]
pub struct FakeZones;

const ZONES: [(&str, i8); 5] =
    [("UTC", 0), ("Europe/Berlin", 1), ("Europe/Vienna", 1), ("America/New_York", -5), ("Pacific/Auckland", 12)];

impl TimeZones for FakeZones {
    fn date_in(&self, at: Timestamp, zone: &str) -> Date {
        let hours = ZONES.iter().find(|(name, _)| *name == zone).map_or(0, |(_, hours)| *hours);
        Offset::from_hours(hours).unwrap_or(Offset::UTC).to_datetime(at).date()
    }

    fn exists(&self, zone: &str) -> bool {
        ZONES.iter().any(|(name, _)| *name == zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_until_it_is_moved() {
        let clock = FakeClock::default();
        let before = clock.now();
        assert_eq!(clock.now(), before);
        clock.advance(SignedDuration::from_hours(1));
        assert_eq!(clock.now().duration_since(before), SignedDuration::from_hours(1));
    }

    #[test]
    fn random_numbers_repeat_with_their_seed() {
        let ids = |seed| {
            let random = FakeRandom::seeded(seed);
            [(); 3].map(|()| random.id(Timestamp::UNIX_EPOCH))
        };
        assert_eq!(ids(1), ids(1));
        assert_ne!(ids(1), ids(2));
        assert_ne!(ids(1)[0], ids(1)[1]);
    }

    #[test]
    fn the_date_depends_on_the_zone() {
        let noon = super::super::builders::noon(date(2026, 11, 22));
        assert_eq!(FakeZones.date_in(noon, "Pacific/Auckland"), date(2026, 11, 23));
        assert_eq!(FakeZones.date_in(noon, "America/New_York"), date(2026, 11, 22));
        assert!(FakeZones.exists("UTC") && !FakeZones.exists("Mars/Olympus"));
    }
}
