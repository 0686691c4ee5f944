//! Opening the file: who may read it, how it is written, how much memory a connection takes.
use super::failure::{Failure, Outcome};
use crate::faults::{FaultPoint, Faults};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{ops::Deref, path::Path, time::Duration};

/// Marks the file as ours (`PRAGMA application_id`): `WWs1`.
const APPLICATION_ID: i64 = 0x5757_7331;
/// How long to wait for another process that holds the file.
const BUSY: Duration = Duration::from_secs(4);
/// Compiled statements that a connection keeps.
const STATEMENTS: usize = 96;
/// Page cache of the writer and of each reader, in KiB.
const WRITER_CACHE: i64 = 4 * 1024;
const READER_CACHE: i64 = 3 * 1024;
/// Page cache of the writer while it does something large.
const LARGE_CACHE: i64 = 64 * 1024;
/// The journal is cut to this length when it starts anew, in bytes.
const JOURNAL_LIMIT: i64 = 16 * 1024 * 1024;

/// A running transaction, as the functions that write see it.
pub(super) struct Tx<'a> {
    connection: &'a Connection,
    faults: &'a Faults,
}

impl<'a> Tx<'a> {
    pub(super) const fn new(connection: &'a Connection, faults: &'a Faults) -> Self {
        Self { connection, faults }
    }

    /// Fails where a test wants it to.
    pub(super) fn pass(&self, point: FaultPoint) -> Outcome<()> {
        Ok(self.faults.pass(point)?)
    }
}

impl Deref for Tx<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection
    }
}

/// The one connection that writes. Makes the file, readable by its owner only, where there is none.
pub(super) fn writer(path: &Path) -> Outcome<Connection> {
    create_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    claim(&connection)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(unusable(format!("its journal mode is {mode}, not WAL (a network file system?)")));
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA wal_autocheckpoint = 0;",
    )?;
    connection.pragma_update(None, "journal_size_limit", JOURNAL_LIMIT)?;
    common(&connection, WRITER_CACHE)?;
    Ok(connection)
}

/// A connection that can't write.
pub(super) fn reader(path: &Path) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    common(&connection, READER_CACHE)?;
    Ok(connection)
}

/// More page cache for a large write, so that pages needn't go to the journal more than once.
pub(super) fn widen(connection: &Connection) -> Outcome<()> {
    Ok(connection.pragma_update(None, "cache_size", -LARGE_CACHE)?)
}

/// Back to little memory after it.
pub(super) fn narrow(connection: &Connection) -> Outcome<()> {
    connection.pragma_update(None, "cache_size", -WRITER_CACHE)?;
    Ok(connection.release_memory()?)
}

/// Does something without the triggers, which does itself what they would do. They are back afterwards, whatever came of it.
pub(super) fn without_triggers<T>(tx: &Tx<'_>, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    struct Back<'a>(&'a Connection);
    impl Drop for Back<'_> {
        fn drop(&mut self) {
            if let Err(error) = self.0.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true) {
                tracing::error!(%error, "the store's triggers are not back");
            }
        }
    }
    let _back = Back(tx);
    tx.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    work()
}

fn common(connection: &Connection, cache: i64) -> Outcome<()> {
    connection.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;",
    )?;
    connection.pragma_update(None, "cache_size", -cache)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan once made stays: without this, a statement with a range is compiled anew whenever its bounds change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// A connection that looks on from another process than the one that writes, or at a file that nobody uses.
pub(super) fn onlooker(path: &Path) -> Outcome<Connection> {
    // Without a server, the journal's index beside the file may have to be made anew: it needs the right to write.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    if !is_ours(&connection)? {
        return Err(unusable("it is a database of another program".to_owned()));
    }
    common(&connection, READER_CACHE)?;
    Ok(connection)
}

fn is_ours(connection: &Connection) -> Outcome<bool> {
    let id: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok(id == APPLICATION_ID)
}

/// A database of something else is left alone; an empty file becomes ours.
fn claim(connection: &Connection) -> Outcome<()> {
    if is_ours(connection)? {
        return Ok(());
    }
    let id: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (id, tables) {
        (0, 0) => Ok(connection.pragma_update(None, "application_id", APPLICATION_ID)?),
        _ => Err(unusable("it is a database of another program".to_owned())),
    }
}

#[cfg(unix)]
fn create_private(path: &Path) -> Outcome<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    created(options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path))
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> Outcome<()> {
    created(std::fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path))
}

fn created(opened: std::io::Result<std::fs::File>) -> Outcome<()> {
    match opened {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::Service(service::Error::Unavailable(format!("the store's file: {error}")))),
    }
}

fn unusable(why: String) -> Failure {
    Failure::Service(service::Error::Internal(format!("the store can't be used: {why}")))
}
