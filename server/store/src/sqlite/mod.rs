//! The store itself: opened, written to through one thread, read through a few, closed.
#![allow(clippy::redundant_closure_for_method_calls, reason = "the methods of `Columns` are not general in lifetimes")]
mod accounts;
mod activity;
mod backup;
mod budgets;
mod codec;
mod connection;
mod encode;
mod expenses;
mod failure;
mod idempotency;
mod import_commit;
mod imports;
mod invites;
mod jobs;
mod ledger;
mod legs;
mod members;
mod migrate;
mod months;
mod new_rows;
mod query;
mod readers;
mod rights;
mod rules;
mod search;
mod series;
mod sessions;
mod spending;
mod transfer;
mod upkeep;
mod users;
mod versions;
mod writer;

pub use backup::{Inspected, inspect, snapshot};

use crate::Faults;
use connection::Tx;
use failure::Outcome;
use readers::Readers;
use rusqlite::Connection;
use serde::{Serialize, de::DeserializeOwned};
use service::{Error, Result, ports::store::Write};
use std::path::Path;
use writer::Writer;

/// How to open a store.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How many threads read; none = as many as there are processors, 2 to 4.
    pub readers: Option<usize>,
    /// What is to fail (tests only).
    pub faults: Faults,
}

/// A store in one file. Cheap to clone; the last one that goes ends the threads.
#[derive(Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

/// Opens the store in the file `path`, which is made where there is none (its folder must be there), and brings its
/// schema up to date. [`Error::Internal`] for a file of another program or a newer one, [`Error::Unavailable`] for one
/// that can't be opened.
pub fn open(path: &Path) -> Result<SqliteStore> {
    open_with(path, Options::default())
}

/// See [`open`].
pub fn open_with(path: &Path, options: Options) -> Result<SqliteStore> {
    start(path, options, false)
}

/// The same for a transfer, which alone may see a store that is only partly filled.
pub fn open_target(path: &Path, options: Options) -> Result<SqliteStore> {
    start(path, options, true)
}

fn start(path: &Path, options: Options, partly_filled: bool) -> Result<SqliteStore> {
    let writer = connection::writer(path)?;
    migrate::migrate(&writer)?;
    if !partly_filled {
        transfer::require_whole(&writer)?;
    }
    let threads = options
        .readers
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(2, 4));
    let connections = || (0..threads.max(1)).map(|_| connection::reader(path)).collect::<Outcome<Vec<_>>>();
    let (readers, at_hand) = (connections()?, connections()?);
    let no_thread = |error| Error::Unavailable(format!("starting the store's threads: {error}"));
    Ok(SqliteStore {
        readers: Readers::start(readers, at_hand).map_err(no_thread)?,
        writer: Writer::start(writer, options.faults).map_err(no_thread)?,
    })
}

impl SqliteStore {
    /// Finishes what was handed in, copies the journal into the file and ends the threads. Later calls are
    /// [`Error::Unavailable`].
    pub async fn close(&self) {
        self.readers.close();
        self.writer.close().await;
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        self.readers.read(work).await
    }

    /// The same of a few rows that an index finds: mostly without another thread.
    async fn glance<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        self.readers.glance(work).await
    }

    /// A write without a key.
    async fn change<T: Send + 'static>(&self, work: impl FnOnce(&Tx<'_>) -> Outcome<T> + Send + 'static) -> Result<T> {
        self.writer.write(false, work).await
    }

    /// A write that is done once for its key.
    async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        write: &Write,
        work: impl FnOnce(&Tx<'_>, &Write) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        let write = write.clone();
        self.writer.write(false, move |tx| idempotency::once(tx, &write, work)).await
    }

    /// The same for thousands of rows: a transaction of its own.
    async fn write_heavy<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        write: &Write,
        work: impl FnOnce(&Tx<'_>, &Write) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        let write = write.clone();
        self.writer.write(true, move |tx| idempotency::once(tx, &write, work)).await
    }
}
