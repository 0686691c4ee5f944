//! Bytes of files, from one place to another.
use service::{Error, Result, ports::blobs::Blobs};

/// How many are listed at a time.
const LISTED: usize = 500;

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CopiedBlobs {
    /// How many.
    pub count: u64,
    /// Their bytes in all.
    pub bytes: u64,
}

/// Copies all blobs and reads each of them again where it came to. One that is swept meanwhile is left out; what the
/// target has already is put again, which renews its time. Can be run as often as one likes.
pub async fn copy_blobs(from: &dyn Blobs, to: &dyn Blobs) -> Result<CopiedBlobs> {
    let mut copied = CopiedBlobs::default();
    let mut after = None;
    loop {
        let listed = from.list(after, LISTED).await?;
        let Some(last) = listed.last() else { return Ok(copied) };
        after = Some(last.id);
        for blob in listed {
            let Some(bytes) = from.get(blob.id).await? else { continue };
            let size = bytes.len() as u64;
            let put = to.put(bytes).await?;
            // `get` checks the bytes against their id.
            let there = to.get(put).await?.map(|bytes| bytes.len() as u64);
            if put != blob.id || there != Some(size) {
                return Err(Error::Internal(format!("blob {} did not arrive", blob.id)));
            }
            copied.count += 1;
            copied.bytes += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use service::ports::blobs::{BlobId, StoredBlob};
    use std::{collections::BTreeMap, ops::Bound, sync::Mutex};

    /// Bytes in memory; one that is set to lose what it is given says that it has it.
    #[derive(Default)]
    struct Memory {
        kept: Mutex<BTreeMap<BlobId, Vec<u8>>>,
        loses: bool,
    }

    #[async_trait::async_trait]
    impl Blobs for Memory {
        async fn put(&self, bytes: Vec<u8>) -> Result<BlobId> {
            let id = BlobId::of(&bytes);
            if !self.loses {
                self.kept.lock().unwrap().insert(id, bytes);
            }
            Ok(id)
        }
        async fn get(&self, id: BlobId) -> Result<Option<Vec<u8>>> {
            Ok(self.kept.lock().unwrap().get(&id).cloned())
        }
        async fn contains(&self, id: BlobId) -> Result<bool> {
            Ok(self.kept.lock().unwrap().contains_key(&id))
        }
        async fn drop_unfinished(&self, _: Timestamp) -> Result<u64> {
            Ok(0)
        }
        async fn list(&self, after: Option<BlobId>, limit: usize) -> Result<Vec<StoredBlob>> {
            let kept = self.kept.lock().unwrap();
            let start = after.map_or(Bound::Unbounded, Bound::Excluded);
            let stored = |(id, bytes): (&BlobId, &Vec<u8>)| StoredBlob {
                id: *id,
                size: bytes.len() as u64,
                put_at: Timestamp::UNIX_EPOCH,
            };
            Ok(kept.range((start, Bound::Unbounded)).take(limit).map(stored).collect())
        }
        async fn delete_older(&self, id: BlobId, _: Timestamp) -> Result<bool> {
            Ok(self.kept.lock().unwrap().remove(&id).is_some())
        }
        async fn blobs_ready(&self) -> Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn all_arrive_and_a_lost_one_is_noticed() {
        let (from, to) = (Memory::default(), Memory::default());
        for number in 0..1_203_u32 {
            from.put(number.to_be_bytes().to_vec()).await.unwrap();
        }
        for _ in 0..2 {
            let copied = copy_blobs(&from, &to).await.unwrap();
            assert_eq!(copied, CopiedBlobs { count: 1_203, bytes: 4 * 1_203 });
        }
        assert_eq!(*from.kept.lock().unwrap(), *to.kept.lock().unwrap());
        let loses = Memory { loses: true, ..Memory::default() };
        assert!(matches!(copy_blobs(&from, &loses).await, Err(Error::Internal(_))));
    }
}
