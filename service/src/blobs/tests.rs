//! The sweep, and what happens beside it at the worst moment.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
use super::*;
use crate::{
    Error, Idempotency,
    ports::Clock as _,
    testing::fakes::{FakeClock, MemoryBlobs},
};
use domain::ids::UserId;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// Rows that name blobs; somebody may put one at the very moment that the sweep asks for them.
#[derive(Default)]
struct Rows {
    named: Vec<BlobId>,
    put_again: Option<(Arc<MemoryBlobs>, Vec<u8>)>,
    asked: Mutex<Vec<usize>>,
}

#[async_trait::async_trait]
impl Upkeep for Rows {
    async fn replay(&self, _: UserId, _: &Idempotency, _: Timestamp) -> Result<Option<String>> {
        Ok(None)
    }

    async fn ping(&self) -> Result<()> {
        Ok(())
    }

    async fn sweep(&self, _: Timestamp, _: Duration) -> Result<u64> {
        Ok(0)
    }

    async fn renew_words(&self, _: u32) -> Result<u64> {
        Ok(0)
    }

    async fn blobs_in_use(&self, ids: &[BlobId]) -> Result<Vec<BlobId>> {
        self.asked.lock().unwrap().push(ids.len());
        if let Some((blobs, bytes)) = &self.put_again {
            blobs.put(bytes.clone()).await?;
        }
        Ok(self.named.iter().copied().filter(|id| ids.contains(id)).collect())
    }
}

fn world() -> (Arc<FakeClock>, Arc<MemoryBlobs>) {
    let clock = Arc::<FakeClock>::default();
    (Arc::clone(&clock), Arc::new(MemoryBlobs::at(clock)))
}

async fn ids(blobs: &MemoryBlobs) -> BTreeSet<BlobId> {
    blobs.list(None, 10_000).await.unwrap().into_iter().map(|blob| blob.id).collect()
}

#[tokio::test]
async fn only_what_is_old_and_in_nobodys_use_goes() {
    let (clock, blobs) = world();
    let orphan = blobs.put(b"orphan".to_vec()).await.unwrap();
    let named = blobs.put(b"named".to_vec()).await.unwrap();
    clock.advance(GRACE);
    let young = blobs.put(b"young".to_vec()).await.unwrap();
    let rows = Rows { named: vec![named], ..Rows::default() };
    assert_eq!(sweep(&*blobs, &rows, clock.now()).await.unwrap(), 0, "a day old, and no older");
    assert_eq!(rows.asked.lock().unwrap().len(), 0, "what is young is not asked for");
    clock.advance(SignedDuration::from_secs(1));
    assert_eq!(sweep(&*blobs, &rows, clock.now()).await.unwrap(), 1);
    assert_eq!(ids(&blobs).await, BTreeSet::from([named, young]));
    assert_eq!(blobs.get(orphan).await.unwrap(), None);
    assert_eq!(sweep(&*blobs, &rows, clock.now()).await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_put_again_while_the_sweep_goes_by_stays() {
    let (clock, blobs) = world();
    let id = blobs.put(b"again".to_vec()).await.unwrap();
    clock.advance(GRACE * 2);
    // The list said that it is old; no row names it yet.
    let rows = Rows { put_again: Some((Arc::clone(&blobs), b"again".to_vec())), ..Rows::default() };
    assert_eq!(sweep(&*blobs, &rows, clock.now()).await.unwrap(), 0);
    assert_eq!(ids(&blobs).await, BTreeSet::from([id]));
}

#[tokio::test]
async fn thousands_are_walked_through() {
    let (clock, blobs) = world();
    for n in 0..2_500_u32 {
        blobs.put(n.to_be_bytes().to_vec()).await.unwrap();
    }
    clock.advance(GRACE * 2);
    let named: Vec<BlobId> = (0..2_500_u32).step_by(5).map(|n| BlobId::of(&n.to_be_bytes())).collect();
    let rows = Rows { named: named.clone(), ..Rows::default() };
    assert_eq!(sweep(&*blobs, &rows, clock.now()).await.unwrap(), 2_000);
    assert_eq!(ids(&blobs).await, named.into_iter().collect());
    assert_eq!(*rows.asked.lock().unwrap(), [1_000, 1_000, 500]);
}

#[tokio::test]
async fn bytes_are_there_before_their_row_and_after_it() {
    let (clock, blobs) = world();
    let written = kept_for(&*blobs, b"bytes".to_vec(), async |id| {
        assert!(blobs.contains(id).await.unwrap());
        // The worst that a sweep with another clock can do.
        assert!(blobs.delete_older(id, clock.now().checked_add(GRACE).unwrap()).await.unwrap());
        Ok(id)
    });
    let id = written.await.unwrap();
    assert_eq!(blobs.get(id).await.unwrap().as_deref(), Some(&b"bytes"[..]));
}

#[tokio::test]
async fn bytes_whose_row_was_refused_are_swept_later() {
    let (clock, blobs) = world();
    let refused: Result<()> = kept_for(&*blobs, b"bytes".to_vec(), async |_| Err(Error::NotFound)).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    clock.advance(GRACE * 2);
    assert_eq!(sweep(&*blobs, &Rows::default(), clock.now()).await.unwrap(), 1);
    assert_eq!(ids(&blobs).await, BTreeSet::new());
}
