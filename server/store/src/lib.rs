//! The embedded store: `SQLite` behind the ports of `service`. The only crate that names a database driver.
//!
//! One thread writes, a few read; each call of a port is one job for one of them. A write is acknowledged after its
//! transaction has reached the disk (WAL, `synchronous=FULL`): what was acknowledged survives a kill and a power cut.
//! Several writes that wait share one transaction, each in a savepoint of its own.
mod faults;
mod sqlite;

pub use faults::Faults;
pub use sqlite::{Options, SqliteStore, open, open_with};
