//! The stores behind the ports of `service`: `SQLite` in a file (the default), `MongoDB` for several processes. The only
//! crate that names a database driver.
//!
//! - `sqlite`: one thread writes, a few read; each call of a port is one job for one of them. A write is acknowledged
//!   after its transaction has reached the disk (WAL, `synchronous=FULL`): what was acknowledged survives a kill and a
//!   power cut. Several writes that wait share one transaction, each in a savepoint of its own.
//! - `mongo`: each write is a transaction, acknowledged when most members of the replica set have it in their journals.
//! - `booking`, `ledger`, `limits`, `sharing`: what is the same in both.
//! - `transfer`: everything from one to the other.
mod booking;
mod faults;
mod ledger;
mod limits;
pub mod mongo;
mod sharing;
mod sqlite;
pub mod transfer;

pub use faults::Faults;
pub use mongo::{MongoOptions, MongoStore};
pub use sqlite::{Inspected, Options, SqliteStore, inspect, open, open_target, open_with, snapshot};
