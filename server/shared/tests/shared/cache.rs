//! The cache: what is put is found, what is forgotten is not, and nothing comes back that was computed before.
use super::server::Scratch;
use service::{
    ports::cache::{Cache, Looked, Ticket},
    testing::fakes::FakeRandom,
};
use shared::{
    LARGEST_VALUE,
    local::LocalCache,
    redis::{RedisCache, connect},
};
use std::{
    any::Any,
    future::{Ready, ready},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use tokio::task::JoinHandle;

/// The same cache, as two processes reach it.
struct Twin {
    one: Arc<dyn Cache>,
    other: Arc<dyn Cache>,
    _keep: Box<dyn Any + Send>,
}

fn local() -> Ready<Twin> {
    let one = Arc::new(LocalCache::new());
    ready(Twin { other: one.clone(), one, _keep: Box::new(()) })
}

async fn redis() -> Twin {
    let scratch = Scratch::new().await;
    let cache = async |seed| {
        let random = Arc::new(FakeRandom::seeded(seed));
        Arc::new(RedisCache::new(connect(scratch.options()).await.unwrap(), random))
    };
    Twin { one: cache(1).await, other: cache(2).await, _keep: Box::new(scratch) }
}

async fn miss(cache: &dyn Cache, scope: &str, key: &str) -> Ticket {
    match cache.look(scope, key).await {
        Looked::Miss(ticket @ Ticket::Generation(_)) => ticket,
        other => panic!("{scope} {key}: {other:?}"),
    }
}

async fn keep(cache: &dyn Cache, scope: &str, key: &str, value: &[u8]) {
    let ticket = miss(cache, scope, key).await;
    cache.put(scope, key, ticket, value).await;
}

async fn what_is_put_is_found(t: Twin) {
    let values: [&[u8]; 5] = [b"", b"text", &[0xff, 0, b'\r', b'\n'], b"12", "ü".as_bytes()];
    for (n, value) in values.into_iter().enumerate() {
        let key = format!("key {n}:\r\n ü");
        keep(&*t.one, "scope", &key, value).await;
        assert_eq!(t.other.look("scope", &key).await, Looked::Hit(value.to_vec()));
    }
    miss(&*t.one, "scope", "another").await;
    // Not the field that the generation stands in.
    miss(&*t.one, "scope", "gen").await;
    assert!(t.one.alive().await);
}

async fn a_value_can_be_put_again(t: Twin) {
    let ticket = miss(&*t.one, "scope", "key").await;
    t.one.put("scope", "key", ticket.clone(), b"1").await;
    t.one.put("scope", "key", ticket, b"2").await;
    assert_eq!(t.one.look("scope", "key").await, Looked::Hit(b"2".to_vec()));
}

async fn what_one_process_forgets_no_process_finds(t: Twin) {
    for key in ["a", "b"] {
        keep(&*t.one, "scope", key, b"old").await;
        keep(&*t.one, "scope 2", key, b"stays").await;
    }
    t.other.forget("scope").await;
    for key in ["a", "b"] {
        miss(&*t.one, "scope", key).await;
        miss(&*t.other, "scope", key).await;
        assert_eq!(t.one.look("scope 2", key).await, Looked::Hit(b"stays".to_vec()));
    }
    t.other.forget("unknown").await;
}

async fn what_was_computed_before_is_not_kept(t: Twin) {
    let ticket = miss(&*t.one, "scope", "key").await;
    t.other.forget("scope").await;
    t.one.put("scope", "key", ticket.clone(), b"late").await;
    let newer = miss(&*t.one, "scope", "key").await;
    assert_ne!(ticket, newer);
    // Also when others have begun to use the scope again.
    t.one.put("scope", "key", ticket, b"late").await;
    miss(&*t.other, "scope", "key").await;
    t.other.put("scope", "key", newer, b"new").await;
    assert_eq!(t.one.look("scope", "key").await, Looked::Hit(b"new".to_vec()));
}

async fn without_a_right_ticket_nothing_is_kept(t: Twin) {
    let ticket = miss(&*t.one, "scope", "key").await;
    miss(&*t.one, "scope 2", "key").await;
    t.one.put("scope 2", "key", ticket.clone(), b"x").await;
    t.one.put("scope 3", "key", ticket, b"x").await;
    t.one.put("scope", "key", Ticket::None, b"x").await;
    t.one.put("scope", "key", Ticket::Generation(String::new()), b"x").await;
    for scope in ["scope", "scope 2", "scope 3"] {
        miss(&*t.one, scope, "key").await;
    }
}

async fn large_values_are_not_kept(t: Twin) {
    let largest = vec![7; LARGEST_VALUE];
    keep(&*t.one, "scope", "largest", &largest).await;
    assert_eq!(t.one.look("scope", "largest").await, Looked::Hit(largest.clone()));
    keep(&*t.one, "scope", "larger", &[largest, vec![7]].concat()).await;
    miss(&*t.one, "scope", "larger").await;
}

async fn a_scope_has_a_thousand_values_at_most(t: Twin) {
    let ticket = miss(&*t.one, "scope", "key").await;
    for key in 0..1_010 {
        t.one.put("scope", &key.to_string(), ticket.clone(), b"x").await;
    }
    assert_eq!(t.one.look("scope", "999").await, Looked::Hit(b"x".to_vec()));
    miss(&*t.one, "scope", "1000").await;
    t.one.forget("scope").await;
    keep(&*t.one, "scope", "1000", b"x").await;
    assert_eq!(t.one.look("scope", "1000").await, Looked::Hit(b"x".to_vec()));
}

/// A number is the truth; whoever changes it forgets the scope, and says so when that has returned. Nobody may find an
/// older number than the one that was said before they looked.
async fn nobody_finds_what_is_older_than_what_was_forgotten(t: Twin) {
    let (truth, said, done) = (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
    let hits = Arc::<AtomicU64>::default();
    let readers: Vec<_> = (0..8)
        .map(|n| {
            let cache = Arc::clone(if n % 2 == 0 { &t.one } else { &t.other });
            let (truth, said, done) = (Arc::clone(&truth), Arc::clone(&said), Arc::clone(&done));
            let hits = Arc::clone(&hits);
            tokio::spawn(async move {
                while !done.load(Ordering::SeqCst) {
                    let least = said.load(Ordering::SeqCst);
                    match cache.look("scope", "key").await {
                        Looked::Hit(value) => {
                            let found = u64::from_be_bytes(value.try_into().unwrap());
                            assert!(found >= least, "{found} was found after {least} was said");
                            hits.fetch_add(1, Ordering::SeqCst);
                        }
                        Looked::Miss(ticket) => {
                            let value = truth.load(Ordering::SeqCst);
                            tokio::task::yield_now().await;
                            cache.put("scope", "key", ticket, &value.to_be_bytes()).await;
                        }
                    }
                }
            })
        })
        .collect();
    for n in 1..=300_u64 {
        truth.store(n, Ordering::SeqCst);
        let cache = if n % 3 == 0 { &t.one } else { &t.other };
        cache.forget("scope").await;
        said.store(n, Ordering::SeqCst);
        for _ in 0..4 {
            cache.look("scope", "another").await;
            tokio::task::yield_now().await;
        }
    }
    // Now that nothing is forgotten any more, somebody finds something.
    while hits.load(Ordering::SeqCst) == 0 && !readers.iter().any(JoinHandle::is_finished) {
        tokio::task::yield_now().await;
    }
    done.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.await.unwrap();
    }
    assert!(hits.load(Ordering::SeqCst) > 0, "the test has looked at nothing");
}

twins!(local, redis; what_is_put_is_found, a_value_can_be_put_again, what_one_process_forgets_no_process_finds,
    what_was_computed_before_is_not_kept, without_a_right_ticket_nothing_is_kept, large_values_are_not_kept,
    a_scope_has_a_thousand_values_at_most, nobody_finds_what_is_older_than_what_was_forgotten);
