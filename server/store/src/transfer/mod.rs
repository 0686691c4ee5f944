//! Moving all that is kept from one store to another, of whatever make.
//!
//! A store gives out its rows as [`Record`]s in an order that is the same in all stores, and takes such records in.
//! What follows from rows (totals, tallies, words for the search) is not copied: the target makes it anew, by the code
//! of single writes. What is short-lived (the notes between two pages) stays behind, and so do bytes of files, which are
//! in a store of their own ([`copy_blobs`]).
//!
//! A target says of itself that it is one ([`Marker`]) before its first row comes in, and that it is done after the last
//! check. In between a server refuses to open it, and the next try empties it and begins again: that costs time, but
//! there is nothing to be guessed about how far the last one came.
mod blobs;
mod census;
mod record;
mod run;

pub use blobs::{CopiedBlobs, copy_blobs};
pub(crate) use census::Books;
pub use census::{Census, Kept, Sum, Survey, Surveyed};
pub(crate) use record::Treatment;
pub use record::{AbsorbedRow, Answer, BookedImport, BudgetVersion, Person, Record, RecordKind, StagedRows};
pub use run::{Moved, Progress, Refusal, move_all};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use service::{Error, Result};
use std::{collections::BTreeMap, fmt::Write as _};
use tokio::sync::mpsc;

/// Records as they come, some hundred at a time; after an error nothing follows.
pub type Batches = mpsc::Receiver<Result<Vec<Record>>>;

/// Batches that wait to be taken.
pub(crate) const WAITING: usize = 2;

/// Says of a store that it is or was the target of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Marker {
    /// The [identity](Source::identity) of the store that it comes from.
    pub source: String,
    /// When it began.
    #[serde(with = "domain::wire::timestamp")]
    pub started_at: Timestamp,
    /// Whether all is there and was checked.
    pub done: bool,
}

/// A store that can be read as a whole.
#[async_trait::async_trait]
pub trait Source: Send + Sync {
    /// What tells this store from all others, whatever it is called: `fresh` from the first time on that it was asked.
    async fn identity(&self, fresh: [u8; 12]) -> Result<String>;
    /// How many rows there are, by kind; a kind without rows is not named.
    async fn counts(&self) -> Result<BTreeMap<RecordKind, u64>>;
    /// All records: kinds in the order of [`RecordKind::ALL`], those of a kind by their ids.
    fn records(&self) -> Batches;
    /// What is kept besides them.
    async fn kept(&self) -> Result<Kept>;
}

/// A store that can be filled.
#[async_trait::async_trait]
pub trait Target: Source {
    /// What it says of itself.
    async fn marker(&self) -> Result<Option<Marker>>;
    /// Says so durably; none: nothing any more.
    async fn mark(&self, marker: Option<&Marker>) -> Result<()>;
    /// Takes out everything but the marker and the identity.
    async fn clear(&self) -> Result<()>;
    /// Writes records, which come in the order of [`Source::records`], all of them or none.
    async fn put(&self, records: Vec<Record>) -> Result<()>;
    /// Makes what follows from the rows that `rows` is a survey of.
    async fn derive(&self, rows: Surveyed) -> Result<()>;
}

/// An identity as text: hexadecimal digits.
pub(crate) fn named(identity: [u8; 12]) -> String {
    identity.iter().fold(String::with_capacity(24), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a store answers that is the target of an unfinished transfer and is opened for something else.
pub(crate) fn unfinished(marker: &Marker) -> Error {
    Error::Internal(format!(
        "the store is only partly filled: `wealthwise migrate-store` into it began on {} and did not end. Run it again",
        marker.started_at.strftime("%Y-%m-%d at %H:%M UTC")
    ))
}
