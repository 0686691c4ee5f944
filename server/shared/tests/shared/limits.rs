//! Counters: exact, apart from each other, and from nothing in each window.
use super::server::Scratch;
use jiff::Timestamp;
use service::ports::limits::{Counted, Limits};
use shared::{
    local::LocalLimits,
    redis::{RedisLimits, connect},
};
use std::{
    any::Any,
    future::{Ready, ready},
    sync::Arc,
    time::Duration,
};

const MINUTE: Duration = Duration::from_mins(1);

/// The same counters, as two processes reach them.
struct Twin {
    one: Arc<dyn Limits>,
    other: Arc<dyn Limits>,
    _keep: Box<dyn Any + Send>,
}

fn local() -> Ready<Twin> {
    let one = Arc::new(LocalLimits::default());
    ready(Twin { other: one.clone(), one, _keep: Box::new(()) })
}

async fn redis() -> Twin {
    let scratch = Scratch::new().await;
    let limits = async || Arc::new(RedisLimits::new(connect(scratch.options()).await.unwrap()));
    Twin { one: limits().await, other: limits().await, _keep: Box::new(scratch) }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

async fn parallel_counts_are_exact(t: Twin) {
    let tasks: Vec<_> = (0..20)
        .map(|n| {
            let limits = Arc::clone(if n % 2 == 0 { &t.one } else { &t.other });
            tokio::spawn(async move {
                let mut counts = Vec::new();
                for _ in 0..10 {
                    counts.push(limits.count("key", MINUTE, at(1)).await.unwrap().count);
                }
                counts
            })
        })
        .collect();
    let mut counts = Vec::new();
    for task in tasks {
        counts.extend(task.await.unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=200).collect::<Vec<u64>>());
}

async fn each_window_begins_from_nothing(t: Twin) {
    let count = async |seconds| t.one.count("key", MINUTE, at(seconds)).await.unwrap();
    let counted = |count, seconds| Counted { count, reset: Duration::from_secs(seconds) };
    assert_eq!(count(0).await, counted(1, 60));
    assert_eq!(count(59).await, counted(2, 1));
    assert_eq!(count(60).await, counted(1, 60));
    // Another process' clock may be a little behind.
    assert_eq!(t.other.count("key", MINUTE, at(59)).await.unwrap(), counted(3, 1));
    assert_eq!(count(60).await, counted(2, 60));
}

async fn keys_and_lengths_do_not_mix(t: Twin) {
    let long = "k".repeat(10_000);
    let keys = ["", "a", "a:b", "a b", "a\r\nb", "A", "ä", "a\0", "a:60000", long.as_str()];
    for round in 1..=2 {
        for key in keys {
            for window in [MINUTE, MINUTE * 15] {
                let counted = t.one.count(key, window, at(0)).await.unwrap();
                assert_eq!(counted.count, round, "{key:?} {window:?}");
            }
        }
    }
}

async fn cleared_for_its_window_only(t: Twin) {
    for _ in 0..3 {
        t.one.count("key", MINUTE, at(0)).await.unwrap();
        t.one.count("key", MINUTE, at(60)).await.unwrap();
        t.one.count("other", MINUTE, at(0)).await.unwrap();
    }
    t.other.clear("key", MINUTE, at(30)).await.unwrap();
    t.other.clear("unknown", MINUTE, at(30)).await.unwrap();
    assert_eq!(t.one.count("key", MINUTE, at(30)).await.unwrap().count, 1);
    assert_eq!(t.one.count("key", MINUTE, at(61)).await.unwrap().count, 4);
    assert_eq!(t.one.count("other", MINUTE, at(1)).await.unwrap().count, 4);
}

twins!(local, redis; parallel_counts_are_exact, each_window_begins_from_nothing, keys_and_lengths_do_not_mix,
    cleared_for_its_window_only);
