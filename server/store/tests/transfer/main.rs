//! Everything from one store to another: between files, and by way of `MongoDB` and back.
//!
//! `scripts/with-services` starts a server and says in `WEALTHWISE_TEST_MONGODB_URI` where; without one those tests fail
//! that need it.
#![allow(clippy::unwrap_used, reason = "a test")]
mod between_files;
#[path = "../contract_mongo/server.rs"]
#[allow(dead_code, reason = "the contract's tests need more of it")]
mod server;
mod through_mongo;
mod world;

use service::testing::builders as make;
use store::transfer::{Moved, Refusal, Source, Survey, Surveyed, Target, move_all};

/// Two ids for stores that have none yet; the first stands for the store called `from`, the second for `to`.
fn fresh(from: u32, to: u32) -> [[u8; 12]; 2] {
    [make::id(from), make::id(to)]
}

async fn moved(source: &dyn Source, target: &dyn Target, fresh: [[u8; 12]; 2]) -> Result<Moved, Refusal> {
    move_all(source, target, fresh, make::at(5), &mut |_| {}).await
}

async fn survey(store: &dyn Source) -> Surveyed {
    Survey::of(store.records()).await.unwrap()
}

/// Both hold the same, in their rows and in what they keep besides.
async fn assert_same(one: &dyn Source, other: &dyn Source) {
    let (here, there) = (survey(one).await, survey(other).await);
    assert_eq!((here.difference(&there), &here.census), (None, &there.census));
    let kept = other.kept().await.unwrap();
    assert_eq!(one.kept().await.unwrap().difference(&kept), None);
    assert_eq!(kept.difference(&there.kept()), None);
}
