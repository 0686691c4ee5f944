//! Counters in Redis: `PREFIX:limit:WHAT:LENGTH:WINDOW`.
//!
//! WHAT is a hash: what is counted by is an address or a name, which is nobody's business there.
use super::{Redis, hex};
use fred::interfaces::KeysInterface as _;
use jiff::Timestamp;
use service::{
    Result,
    ports::limits::{Counted, Limits, window_at},
};
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// A counter outlasts its window by so many milliseconds: the clocks of two processes differ a little.
const SLACK: u64 = 60_000;

const COUNT: &str = "
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return count";

/// Counters of all processes.
pub struct RedisLimits(Redis);

impl RedisLimits {
    /// In that server.
    pub fn new(redis: Redis) -> Self {
        Self(redis)
    }

    fn key(&self, key: &str, window: Duration, index: u64) -> String {
        let hash = hex::encode(&Sha256::digest(key.as_bytes())[..16]);
        self.0.key("limit", format_args!("{hash}:{}:{index}", window.as_millis()))
    }
}

#[async_trait::async_trait]
impl Limits for RedisLimits {
    async fn count(&self, key: &str, window: Duration, now: Timestamp) -> Result<Counted> {
        let (index, reset) = window_at(window, now);
        let keep = u64::try_from(reset.as_millis()).unwrap_or(u64::MAX).saturating_add(SLACK);
        let count = self.0.script(COUNT, vec![self.key(key, window, index)], vec![keep.to_string().into()]).await?;
        Ok(Counted { count, reset })
    }

    async fn clear(&self, key: &str, window: Duration, now: Timestamp) -> Result<()> {
        let (index, _) = window_at(window, now);
        let key = self.key(key, window, index);
        self.0.call(|client| async move { client.unlink(key).await }).await
    }
}
