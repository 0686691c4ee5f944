//! The real world behind three small ports: clock, randomness, time zones.
use domain::Date;
use jiff::{Timestamp, tz::TimeZone};
use service::ports::{Clock, Random, TimeZones};

/// The computer's clock, in whole microseconds: what stores keep comes back as it was.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

#[async_trait::async_trait]
impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the real clock behind the port")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    async fn sleep(&self, time: std::time::Duration) {
        tokio::time::sleep(time).await;
    }
}

/// The operating system's random numbers.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[allow(clippy::disallowed_methods, reason = "this is the real randomness behind the port")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no session and no id may be made; Linux can't fail here once it has booted.
        getrandom::fill(bytes).expect("the operating system gives random numbers");
    }
}

/// The time zone data inside the program: containers often have none.
#[derive(Debug, Default, Clone, Copy)]
pub struct BundledZones;

impl TimeZones for BundledZones {
    fn date_in(&self, at: Timestamp, zone: &str) -> Date {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        at.to_zoned(zone).date()
    }

    fn exists(&self, zone: &str) -> bool {
        zone.len() <= 64 && TimeZone::get(zone).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_zones() {
        let new_year: Timestamp = "2026-12-31T23:30:00Z".parse().unwrap();
        for (zone, day) in [
            ("UTC", "2026-12-31"),
            ("Europe/Vienna", "2027-01-01"),
            ("America/New_York", "2026-12-31"),
            ("Pacific/Kiritimati", "2027-01-01"),
            ("Nowhere/Here", "2026-12-31"),
            ("", "2026-12-31"),
        ] {
            assert_eq!(BundledZones.date_in(new_year, zone).to_string(), day, "{zone}");
        }
        assert!(BundledZones.exists("Europe/Berlin") && !BundledZones.exists("../../etc/passwd"));
    }

    #[test]
    fn random_bytes_differ() {
        let (mut a, mut b) = ([0; 32], [0; 32]);
        SystemRandom.fill(&mut a);
        SystemRandom.fill(&mut b);
        assert_ne!(a, b);
    }
}
