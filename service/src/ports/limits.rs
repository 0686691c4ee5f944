//! How often something was done lately, counted over all processes that share the counters.
use crate::Result;
use jiff::Timestamp;
use std::time::Duration;

/// What a count came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How often in this window, this time included.
    pub count: u64,
    /// Until the next window begins, when the count starts from nothing.
    pub reset: Duration,
}

/// Counters in fixed windows: window `n` of a length `w` lasts from `n·w` to `(n+1)·w` since 1970, so that all processes
/// agree on it without asking each other.
#[async_trait::async_trait]
pub trait Limits: Send + Sync {
    /// Counts once more under `key` in the window of that length (at least a second) that `now` is in.
    /// [`Error::Unavailable`](crate::Error::Unavailable) when the counters can't be reached: whoever asks decides what then.
    async fn count(&self, key: &str, window: Duration, now: Timestamp) -> Result<Counted>;
    /// Forgets the count of that window, as after a successful sign-in.
    async fn clear(&self, key: &str, window: Duration, now: Timestamp) -> Result<()>;
}

/// The number of the window of that length that `now` is in, and how long it still lasts.
pub fn window_at(window: Duration, now: Timestamp) -> (u64, Duration) {
    let length = u64::try_from(window.as_millis()).unwrap_or(u64::MAX).max(1_000);
    let at = u64::try_from(now.as_millisecond()).unwrap_or(0);
    (at / length, Duration::from_millis(length - at % length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_the_same_for_everybody() {
        let minute = Duration::from_mins(1);
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(window_at(minute, at(59)), (0, Duration::from_secs(1)));
        assert_eq!(window_at(minute, at(60)), (1, minute));
        assert_eq!(window_at(minute, at(119)), (1, Duration::from_secs(1)));
        assert_eq!(window_at(Duration::ZERO, at(1)), (1, Duration::from_secs(1)));
        assert_eq!(window_at(minute, at(-5)), (0, minute));
    }
}
