//! What several server processes share behind the ports of `service`, each in two versions: for a server that is one
//! process (`local`), and in Redis for as many as one likes (`redis`).
//!
//! | port | one process | several |
//! | --- | --- | --- |
//! | `limits` | [`local::LocalLimits`] | [`redis::RedisLimits`] |
//! | `cache` | [`local::LocalCache`] | [`redis::RedisCache`] |
//! | `events` | [`local::LocalEvents`] | [`redis::RedisEvents`] |
//! | `sessions` | the store itself | [`redis::RedisSessions`] |
pub mod local;
pub mod redis;

use std::time::Duration;

/// Values above this many bytes are not cached.
pub const LARGEST_VALUE: usize = 1 << 20;

/// At most so many values are cached in one scope.
const VALUES_IN_SCOPE: usize = 1_000;

/// So many of a user's events are kept for those who lost their connection for a moment.
const EVENTS_KEPT: usize = 256;

/// For so long they are kept.
const EVENTS_KEPT_FOR: Duration = Duration::from_mins(10);
