//! Bytes of files and the rows that name them: written in an order that loses none, and swept when no row names them.
//!
//! Bytes are written before the row. So a row never names bytes that were not there; what can be left over when something
//! fails in between is bytes without a row, and [`sweep`] removes those a day later. What could go wrong then:
//!
//! - *A row that is about to be written.* Its bytes are younger than [`GRACE`], and no request takes that long.
//! - *Bytes that have lain there without a row for long, and are put again for a new one while the sweep goes by.* The put
//!   gives them a new time, and [`delete_older`](Blobs::delete_older) looks at the time when it deletes, not at what
//!   the list said. A folder and `GridFS` do that in one step. A bucket looks and then deletes, and a put may come in between.
//! - *The clocks of the program and of what keeps the bytes are a day apart, or a request did take a day.* Then fresh
//!   bytes look old.
//!
//! For the last two [`kept_for`] looks once more after the row's commit. Who sweeps from now on sees the row and leaves the
//! bytes; if they went before that, they are put again.
use crate::{
    Result,
    ports::{
        blobs::{BlobId, Blobs},
        store::Upkeep,
    },
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Bytes that were put less long ago than this are left alone.
pub const GRACE: SignedDuration = SignedDuration::from_hours(24);
/// How many are looked at together.
const AT_ONCE: usize = 1_000;

/// Puts the bytes, has the row written that names them, and puts them again should they have gone meanwhile.
pub async fn kept_for<T>(blobs: &dyn Blobs, bytes: Vec<u8>, row: impl AsyncFnOnce(BlobId) -> Result<T>) -> Result<T> {
    let id = blobs.put(bytes.clone()).await?;
    let written = row(id).await?;
    if !blobs.contains(id).await? {
        tracing::warn!(blob = %id, "bytes went while their row was written; they are put again");
        blobs.put(bytes).await?;
    }
    Ok(written)
}

/// Removes the bytes that no row names, and what was left behind by puts that did not come to their end. How many went.
/// Why none goes that is needed: see the top of this file.
pub async fn sweep(blobs: &dyn Blobs, rows: &dyn Upkeep, now: Timestamp) -> Result<u64> {
    let before = now.checked_sub(GRACE).unwrap_or(Timestamp::MIN);
    let mut gone = blobs.drop_unfinished(before).await?;
    let mut after = None;
    loop {
        let listed = blobs.list(after, AT_ONCE).await?;
        let Some(last) = listed.last() else { return Ok(gone) };
        after = Some(last.id);
        let old: Vec<BlobId> = listed.iter().filter(|blob| blob.put_at < before).map(|blob| blob.id).collect();
        if old.is_empty() {
            continue;
        }
        let used: BTreeSet<BlobId> = rows.blobs_in_use(&old).await?.into_iter().collect();
        for id in old.into_iter().filter(|id| !used.contains(id)) {
            gone += u64::from(blobs.delete_older(id, before).await?);
        }
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests;
