//! Versions of the schema. The file's `user_version` counts the migrations it has had; each is one transaction, so that
//! one that fails leaves the file as it was. A file of a newer program is left alone.
use super::failure::{Failure, Outcome};
use rusqlite::Connection;
use service::Error;

/// In order; only ever added to at the end.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_foundation.sql"),
    include_str!("migrations/0002_prints.sql"),
    include_str!("migrations/0003_blobs.sql"),
    include_str!("migrations/0004_facts.sql"),
    include_str!("migrations/0005_trust.sql"),
    include_str!("migrations/0006_pictures.sql"),
    include_str!("migrations/0007_sharing.sql"),
    include_str!("migrations/0008_months.sql"),
    include_str!("migrations/0009_activity.sql"),
    include_str!("migrations/0010_places.sql"),
    include_str!("migrations/0011_rules.sql"),
    include_str!("migrations/0012_recurring.sql"),
    include_str!("migrations/0013_entry.sql"),
    include_str!("migrations/0014_transfers.sql"),
];

/// The schema that this program writes.
pub(super) fn latest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings the schema up to date.
pub(super) fn migrate(connection: &Connection) -> Outcome<()> {
    apply(connection, MIGRATIONS)
}

fn apply(connection: &Connection, migrations: &[&str]) -> Outcome<()> {
    loop {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let stepped = step(connection, migrations);
        connection.execute_batch(if stepped.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        if !stepped? {
            return Ok(());
        }
    }
}

/// The next migration, if there is one. Looked up inside the transaction: another process may have been faster.
fn step(connection: &Connection, migrations: &[&str]) -> Outcome<bool> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = migrations.len();
    let Some(next) = usize::try_from(version).ok().filter(|next| *next <= known) else {
        return Err(Failure::Service(Error::Internal(format!(
            "the store has schema {version}, this program knows those up to {known}: it was written by a newer program"
        ))));
    };
    let Some(sql) = migrations.get(next) else { return Ok(false) };
    tracing::info!(schema = next + 1, "bringing the store up to date");
    connection.execute_batch(sql).map_err(|error| {
        Failure::Service(Error::Internal(format!("bringing the store to schema {}: {error}", next + 1)))
    })?;
    connection.pragma_update(None, "user_version", version + 1)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(connection: &Connection) -> i64 {
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
    }

    fn tables(connection: &Connection) -> i64 {
        connection.query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn from_nothing_and_again() {
        let connection = Connection::open_in_memory().unwrap();
        migrate(&connection).unwrap();
        let made = tables(&connection);
        migrate(&connection).unwrap();
        assert_eq!((version(&connection), tables(&connection)), (i64::try_from(MIGRATIONS.len()).unwrap(), made));
    }

    #[test]
    fn drafts_that_have_lost_their_files_go() {
        let connection = Connection::open_in_memory().unwrap();
        apply(&connection, &MIGRATIONS[..2]).unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = OFF; -- their user is not looked for
                 INSERT INTO imports VALUES
                     (x'01', x'07', 'draft', 0, 0, '{}', NULL), (x'02', x'07', 'committed', 0, 0, '{}', NULL);
                 INSERT INTO import_rows VALUES (x'01', 0, '[]');
                 INSERT INTO import_files VALUES (x'01', x'00');
                 PRAGMA foreign_keys = ON;",
            )
            .unwrap();
        migrate(&connection).unwrap();
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!((count("SELECT count(*) FROM imports"), count("SELECT count(*) FROM import_rows")), (1, 0));
    }

    #[test]
    fn a_failed_migration_leaves_the_file_as_it_was() {
        let connection = Connection::open_in_memory().unwrap();
        let broken = ["CREATE TABLE a (x);", "CREATE TABLE b (x); CREATE TABLE a (y);"];
        let error = Error::from(apply(&connection, &broken).unwrap_err());
        assert!(error.to_string().contains("to schema 2"), "{error}");
        assert_eq!((version(&connection), tables(&connection)), (1, 1));
        apply(&connection, &["CREATE TABLE a (x);", "CREATE TABLE b (x);"]).unwrap();
        assert_eq!((version(&connection), tables(&connection)), (2, 2));
    }

    #[test]
    fn a_newer_file_is_refused() {
        let connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 999).unwrap();
        let error = Error::from(migrate(&connection).unwrap_err());
        assert!(error.to_string().contains("newer program"), "{error}");
        assert_eq!((version(&connection), tables(&connection)), (999, 0));
    }
}
