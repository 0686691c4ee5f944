//! Blobs: what was put comes back, and goes only when it is old.
use super::TestBlobs;
use crate::{
    Error,
    ports::blobs::{BlobId, Blobs, StoredBlob},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

/// So far do the clocks of servers divide time at the worst.
const TICK: SignedDuration = SignedDuration::from_secs(1);
/// A new time must have come by then.
const PATIENCE: Duration = Duration::from_secs(20);

async fn listed(blobs: &dyn Blobs) -> Vec<StoredBlob> {
    blobs.list(None, 1_000).await.unwrap()
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap()
}

/// Bytes that repeat after a prime, so that no two pieces of them are the same.
fn large(length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).collect()
}

pub async fn bytes_come_back_as_they_were(t: TestBlobs) {
    for bytes in [Vec::new(), b"\0\r\n\xff".to_vec(), large(300_000), large(20 << 20)] {
        let id = t.blobs.put(bytes.clone()).await.unwrap();
        assert_eq!(id, BlobId::of(&bytes));
        let found = t.blobs.get(id).await.unwrap().unwrap();
        // Not assert_eq: it would print 20 MiB.
        assert!(found == bytes, "{} bytes came back as {}", bytes.len(), found.len());
        assert!(t.blobs.contains(id).await.unwrap());
        let stored = listed(&*t.blobs).await.into_iter().find(|blob| blob.id == id).unwrap();
        assert_eq!(stored.size, bytes.len() as u64);
    }
}

pub async fn what_is_not_there_is_no_error(t: TestBlobs) {
    assert_eq!(listed(&*t.blobs).await, []);
    let id = BlobId::of(b"nobody has put this");
    for _ in 0..2 {
        assert_eq!(t.blobs.get(id).await.unwrap(), None);
        assert!(!t.blobs.contains(id).await.unwrap());
        assert!(!t.blobs.delete_older(id, Timestamp::MAX).await.unwrap());
        t.blobs.put(b"something else".to_vec()).await.unwrap();
    }
}

pub async fn the_same_bytes_are_kept_once_with_a_new_time(t: TestBlobs) {
    let id = t.blobs.put(b"twice".to_vec()).await.unwrap();
    let first = listed(&*t.blobs).await.remove(0);
    let begin = Instant::now();
    loop {
        (t.pass)();
        assert_eq!(t.blobs.put(b"twice".to_vec()).await.unwrap(), id);
        let now = listed(&*t.blobs).await;
        assert_eq!(now.iter().map(|blob| (blob.id, blob.size)).collect::<Vec<_>>(), [(id, 5)]);
        if now[0].put_at > first.put_at {
            break;
        }
        assert!(begin.elapsed() < PATIENCE, "no new time since {}", first.put_at);
    }
    // What the first listing said is not true any more.
    assert!(!t.blobs.delete_older(id, first.put_at).await.unwrap());
    assert_eq!(t.blobs.get(id).await.unwrap().as_deref(), Some(&b"twice"[..]));
}

pub async fn listed_in_the_order_of_ids(t: TestBlobs) {
    let mut ids = BTreeSet::new();
    for n in 0..40_u8 {
        ids.insert(t.blobs.put(vec![n]).await.unwrap());
    }
    let ids: Vec<BlobId> = ids.into_iter().collect();
    assert_eq!(listed(&*t.blobs).await.iter().map(|blob| blob.id).collect::<Vec<_>>(), ids);
    let mut walked = Vec::new();
    loop {
        let page = t.blobs.list(walked.last().copied(), 7).await.unwrap();
        if page.is_empty() {
            break;
        }
        assert_eq!(page.len(), 7.min(ids.len() - walked.len()));
        walked.extend(page.iter().map(|blob| blob.id));
    }
    assert_eq!(walked, ids);
    // After one that is not there.
    let mut gap = ids[20];
    gap.0[31] ^= 1;
    let page = t.blobs.list(Some(gap), 1).await.unwrap();
    assert_eq!(page[0].id, if gap < ids[20] { ids[20] } else { ids[21] });
    assert_eq!(t.blobs.list(None, 0).await.unwrap(), []);
}

pub async fn deleted_only_when_older(t: TestBlobs) {
    let (old, other) = (t.blobs.put(b"old".to_vec()).await.unwrap(), t.blobs.put(b"other".to_vec()).await.unwrap());
    let stored = listed(&*t.blobs).await.into_iter().find(|blob| blob.id == old).unwrap();
    assert!(!t.blobs.delete_older(old, Timestamp::UNIX_EPOCH).await.unwrap());
    assert!(!t.blobs.delete_older(old, stored.put_at).await.unwrap());
    assert!(t.blobs.contains(old).await.unwrap());
    assert!(t.blobs.delete_older(old, later(stored.put_at, TICK)).await.unwrap());
    assert!(!t.blobs.delete_older(old, later(stored.put_at, TICK)).await.unwrap());
    assert_eq!((t.blobs.get(old).await.unwrap(), t.blobs.contains(old).await.unwrap()), (None, false));
    assert_eq!(listed(&*t.blobs).await.iter().map(|blob| blob.id).collect::<Vec<_>>(), [other]);
    // It can come again.
    t.blobs.put(b"old".to_vec()).await.unwrap();
    assert_eq!(t.blobs.get(old).await.unwrap().as_deref(), Some(&b"old"[..]));
}

pub async fn twenty_puts_of_the_same_bytes(t: TestBlobs) {
    let bytes = large(700_000);
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (blobs, bytes) = (Arc::clone(&t.blobs), bytes.clone());
            tokio::spawn(async move { blobs.put(bytes).await })
        })
        .collect();
    let id = BlobId::of(&bytes);
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), id);
    }
    assert!(t.blobs.get(id).await.unwrap().unwrap() == bytes);
    assert_eq!(listed(&*t.blobs).await.len(), 1);
    // Nothing that was begun is left lying about.
    let end = later(listed(&*t.blobs).await[0].put_at, SignedDuration::from_hours(48));
    assert_eq!(t.blobs.drop_unfinished(end).await.unwrap(), 0);
    assert!(t.blobs.delete_older(id, end).await.unwrap());
    assert_eq!(t.blobs.get(id).await.unwrap(), None);
}

pub async fn damaged_bytes_are_said_and_mended(t: TestBlobs) {
    let bytes = large(400_000);
    let id = t.blobs.put(bytes.clone()).await.unwrap();
    let other = t.blobs.put(b"whole".to_vec()).await.unwrap();
    (t.damage)(id).await;
    let refused = t.blobs.get(id).await;
    assert!(matches!(refused, Err(Error::Internal(_))), "{:?}", refused.map(|bytes| bytes.map(|bytes| bytes.len())));
    assert_eq!(t.blobs.get(other).await.unwrap().as_deref(), Some(&b"whole"[..]));
    t.blobs.put(bytes.clone()).await.unwrap();
    assert!(t.blobs.get(id).await.unwrap().unwrap() == bytes);
    assert_eq!(listed(&*t.blobs).await.len(), 2);
}

pub async fn what_is_whole_is_not_unfinished(t: TestBlobs) {
    let id = t.blobs.put(large(600_000)).await.unwrap();
    let empty = t.blobs.put(Vec::new()).await.unwrap();
    let end = later(listed(&*t.blobs).await[0].put_at, SignedDuration::from_hours(48));
    assert_eq!(t.blobs.drop_unfinished(end).await.unwrap(), 0);
    assert_eq!(t.blobs.get(id).await.unwrap().map(|bytes| bytes.len()), Some(600_000));
    assert_eq!(t.blobs.get(empty).await.unwrap(), Some(Vec::new()));
}

pub async fn it_answers(t: TestBlobs) {
    t.blobs.blobs_ready().await.unwrap();
    t.blobs.put(b"x".to_vec()).await.unwrap();
    t.blobs.blobs_ready().await.unwrap();
    assert_eq!(listed(&*t.blobs).await.len(), 1);
}
