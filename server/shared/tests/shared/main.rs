//! What several processes share: one list of tests for each port, for its version in one process and the one in Redis;
//! and what is Redis' own: its faults, and who may be signed in then.
//!
//! `scripts/with-services` starts a server and says in `WEALTHWISE_TEST_REDIS_URL` where; without one all on Redis fails.
#![allow(clippy::unwrap_used, reason = "a test")]

/// Stamps out tests for both versions of a port: the functions that make a fresh one, and the tests.
macro_rules! twins {
    ($local:ident, $redis:ident; $($test:ident),+ $(,)?) => {
        mod in_process {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(super::$local().await).await;
            })+
        }
        mod in_redis {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(super::$redis().await).await;
            })+
        }
    };
}

mod cache;
mod events;
mod faults;
mod keys;
mod limits;
mod lost_events;
mod server;
mod sessions;
