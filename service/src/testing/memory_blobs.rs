//! Blobs in memory, with the time of a clock that stands still until it is moved.
use super::fakes::FakeClock;
use crate::{
    Error, Result,
    ports::{
        Clock as _,
        blobs::{BlobId, Blobs, StoredBlob},
    },
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

struct Kept {
    bytes: Vec<u8>,
    put_at: Timestamp,
}

/// Blobs in memory.
#[derive(Default)]
pub struct MemoryBlobs {
    kept: Mutex<BTreeMap<BlobId, Kept>>,
    clock: Arc<FakeClock>,
}

impl MemoryBlobs {
    /// With the time of this clock.
    pub fn at(clock: Arc<FakeClock>) -> Self {
        Self { kept: Mutex::default(), clock }
    }

    /// Puts other bytes in the place of those that are kept.
    pub fn damage(&self, id: BlobId) {
        if let Some(kept) = self.kept().get_mut(&id) {
            kept.bytes.push(0);
        }
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<BlobId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Blobs for MemoryBlobs {
    async fn put(&self, bytes: Vec<u8>) -> Result<BlobId> {
        let id = BlobId::of(&bytes);
        self.kept().insert(id, Kept { bytes, put_at: self.clock.now() });
        Ok(id)
    }

    async fn get(&self, id: BlobId) -> Result<Option<Vec<u8>>> {
        match self.kept().get(&id) {
            Some(kept) if BlobId::of(&kept.bytes) == id => Ok(Some(kept.bytes.clone())),
            Some(_) => Err(Error::Internal(format!("the blob {id} has other bytes than were put there"))),
            None => Ok(None),
        }
    }

    async fn contains(&self, id: BlobId) -> Result<bool> {
        Ok(self.kept().contains_key(&id))
    }

    async fn list(&self, after: Option<BlobId>, limit: usize) -> Result<Vec<StoredBlob>> {
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let stored =
            |(id, kept): (&BlobId, &Kept)| StoredBlob { id: *id, size: kept.bytes.len() as u64, put_at: kept.put_at };
        Ok(self.kept().range((start, Bound::Unbounded)).take(limit).map(stored).collect())
    }

    async fn delete_older(&self, id: BlobId, before: Timestamp) -> Result<bool> {
        let mut kept = self.kept();
        let older = kept.get(&id).is_some_and(|kept| kept.put_at < before);
        Ok(older && kept.remove(&id).is_some())
    }

    async fn drop_unfinished(&self, _: Timestamp) -> Result<u64> {
        Ok(0)
    }

    async fn blobs_ready(&self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::contract::TestBlobs;
    use jiff::SignedDuration;

    async fn fresh() -> TestBlobs {
        let clock = Arc::<FakeClock>::default();
        let blobs = Arc::new(MemoryBlobs::at(Arc::clone(&clock)));
        let damaged = Arc::clone(&blobs);
        TestBlobs {
            blobs,
            pass: Box::new(move || clock.advance(SignedDuration::from_secs(1))),
            damage: Box::new(move |id| {
                damaged.damage(id);
                Box::pin(async {})
            }),
            keep: Box::new(()),
        }
    }

    crate::blobs_contract!("blobs in memory", fresh);
}
