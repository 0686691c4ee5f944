//! What stands in Redis: nothing that could be read by whoever looks there, and nothing that stays for ever.
use super::{
    events::{ADA, change},
    server::Scratch,
    sessions::House,
};
use jiff::Timestamp;
use service::{
    ports::{
        cache::{Cache as _, KEEP, Looked},
        events::Events as _,
        limits::Limits as _,
    },
    testing::fakes::FakeRandom,
};
use shared::redis::{RedisCache, RedisEvents, RedisLimits};
use std::{sync::Arc, time::Duration};

#[tokio::test(flavor = "multi_thread")]
async fn all_keys_have_the_prefix_and_end_by_themselves() {
    let scratch = Scratch::new().await;
    let redis = scratch.connect().await;
    let house = House::new(redis.clone()).await;
    house.services.sessions.put_flash([1; 32], b"note", Timestamp::UNIX_EPOCH).await.unwrap();
    RedisLimits::new(redis.clone())
        .count("ada@example.org", Duration::from_mins(1), Timestamp::UNIX_EPOCH)
        .await
        .unwrap();
    RedisEvents::new(redis.clone()).await.unwrap().publish(&[ADA], &change(1)).await;
    let cache = RedisCache::new(redis, Arc::new(FakeRandom::default()));
    let Looked::Miss(ticket) = cache.look("budget:1", "key").await else { panic!("nothing was put") };
    cache.put("budget:1", "key", ticket, b"value").await;

    let script = "
        local found = {}
        for _, key in ipairs(redis.call('KEYS', KEYS[1])) do
          table.insert(found, key .. ' ' .. redis.call('PTTL', key))
        end
        return found";
    let found: Vec<String> = scratch.ask(script, "*").await;
    for kind in ["session", "sessions", "flash", "limit", "events", "cache"] {
        let begin = format!("{}:{kind}:", scratch.prefix);
        assert!(found.iter().any(|key| key.starts_with(&begin)), "{kind}: {found:?}");
    }
    for key in &found {
        let (key, left) = key.rsplit_once(' ').unwrap();
        assert!(left.parse::<i64>().unwrap() > 0, "{key} is kept for ever");
        assert!(!key.contains("example") && !key.contains(&house.ada.secret), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_lasts_from_its_first_look_whatever_comes_into_it() {
    let scratch = Scratch::new().await;
    let cache = RedisCache::new(scratch.connect().await, Arc::new(FakeRandom::default()));
    let Looked::Miss(ticket) = cache.look("scope", "key").await else { panic!("nothing was put") };
    let left = async || scratch.ask::<i64>("return redis.call('PTTL', KEYS[1])", "cache:scope").await;
    let longest = i64::try_from(KEEP.as_millis()).unwrap();
    assert!((longest - 60_000..=longest).contains(&left().await));
    scratch.ask::<()>("redis.call('PEXPIRE', KEYS[1], 9000) return 0", "cache:scope").await;
    cache.put("scope", "key", ticket, b"value").await;
    assert_eq!(cache.look("scope", "key").await, Looked::Hit(b"value".to_vec()));
    assert!(left().await <= 9_000);
}
