//! Counters in the memory of this process.
use jiff::Timestamp;
use service::{
    Result,
    ports::limits::{Counted, Limits, window_at},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many counters are kept at most, about 20 MB.
const MOST: usize = 200_000;

/// Fewer than these are not worth looking through for old ones.
const FEW: usize = 1_024;

/// Counters of this process.
#[derive(Default)]
pub struct LocalLimits(Mutex<Counters>);

#[derive(Default)]
struct Counters {
    counts: HashMap<Window, Count>,
    /// Old ones are looked for when there are so many.
    sweep_at: usize,
}

/// What is counted, the length of the window in milliseconds, and its number.
type Window = (Box<str>, u128, u64);

struct Count {
    count: u64,
    /// Milliseconds since 1970.
    ends: u64,
}

#[async_trait::async_trait]
impl Limits for LocalLimits {
    async fn count(&self, key: &str, window: Duration, now: Timestamp) -> Result<Counted> {
        let (index, reset) = window_at(window, now);
        let at = milliseconds(now);
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.counts.len() >= counters.sweep_at.max(FEW) {
            counters.sweep(at, MOST);
        }
        let ends = at.saturating_add(u64::try_from(reset.as_millis()).unwrap_or(u64::MAX));
        let entry = counters.counts.entry((key.into(), window.as_millis(), index)).or_insert(Count { count: 0, ends });
        entry.count += 1;
        Ok(Counted { count: entry.count, reset })
    }

    async fn clear(&self, key: &str, window: Duration, now: Timestamp) -> Result<()> {
        let (index, _) = window_at(window, now);
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counters.counts.remove(&(key.into(), window.as_millis(), index));
        Ok(())
    }
}

impl Counters {
    /// Drops what is of windows that are over. Should there be more than `most` all the same, somebody makes up keys:
    /// the smallest counts go, so that whoever is near a limit stays near it.
    fn sweep(&mut self, now: u64, most: usize) {
        self.counts.retain(|_, entry| entry.ends > now);
        let mut least = 1;
        while self.counts.len() >= most {
            self.counts.retain(|_, entry| entry.count > least);
            least *= 2;
        }
        self.sweep_at = (self.counts.len() * 2).clamp(FEW.min(most), most);
    }
}

fn milliseconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[tokio::test]
    async fn what_is_over_is_dropped() {
        let limits = LocalLimits::default();
        for key in 0..FEW {
            limits.count(&key.to_string(), MINUTE, at(0)).await.unwrap();
        }
        limits.count("late", MINUTE, at(60)).await.unwrap();
        assert_eq!(limits.0.lock().unwrap().counts.len(), 1);
    }

    #[tokio::test]
    async fn made_up_keys_push_out_the_small_counts_first() {
        let limits = LocalLimits::default();
        for _ in 0..5 {
            limits.count("attacked", MINUTE, at(0)).await.unwrap();
        }
        for key in 0..100 {
            limits.count(&key.to_string(), MINUTE, at(0)).await.unwrap();
        }
        limits.0.lock().unwrap().sweep(0, 50);
        assert_eq!(limits.0.lock().unwrap().counts.len(), 1);
        assert_eq!(limits.count("attacked", MINUTE, at(0)).await.unwrap().count, 6);
    }
}
