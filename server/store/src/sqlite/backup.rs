//! A copy of the whole file while the store is in use, and a look at such a copy.
use super::{
    connection,
    failure::{Failure, Outcome},
    migrate, transfer,
};
use crate::transfer::{Census, Survey};
use rusqlite::{Connection, params};
use service::{Error, Result};
use std::path::Path;

/// What a copy was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// The version of its schema.
    pub schema: i64,
    /// What is in it; none if an older program wrote it, whose tables this one can't count.
    pub census: Option<Census>,
}

/// Writes the store in the file `database` to the new file `to`, as it is at one moment.
///
/// By `VACUUM INTO`: one statement is one read transaction, which in the mode of a journal beside the file neither waits
/// for the process that writes nor keeps it from writing. The online backup API would copy pages, deleted rows among
/// them, and begins anew whenever another process has written between two of its steps; this copies what is there, in
/// order, and what was deleted stays behind.
pub fn snapshot(database: &Path, to: &Path) -> Result<()> {
    let Some(target) = to.to_str() else {
        return Err(Error::Internal("the name of the copy must be UTF-8".to_owned()));
    };
    let copied = || -> Outcome<()> {
        let connection = connection::onlooker(database)?;
        if version(&connection)? == migrate::latest() {
            transfer::require_whole(&connection)?;
        }
        Ok(connection.execute("VACUUM INTO ?", params![target]).map(drop)?)
    };
    Ok(copied()?)
}

/// Looks whether the file is whole: as a database, in what names what, and in its totals. [`Error::Internal`] says what is
/// wrong.
pub fn inspect(database: &Path) -> Result<Inspected> {
    Ok(look(&connection::onlooker(database)?)?)
}

fn look(connection: &Connection) -> Outcome<Inspected> {
    let schema = version(connection)?;
    if schema > migrate::latest() {
        return Err(wrong(&format!("schema {schema} is of a newer program")));
    }
    let whole: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(wrong(&whole));
    }
    if connection.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(wrong("a row names another one that is not there"));
    }
    let census = if schema == migrate::latest() { Some(census(connection)?) } else { None };
    Ok(Inspected { schema, census })
}

fn census(connection: &Connection) -> Outcome<Census> {
    transfer::require_whole(connection)?;
    let mut survey = Survey::default();
    transfer::records(connection, &mut |batch| Ok(survey.add(&batch)?))?;
    let surveyed = survey.finish();
    match transfer::kept(connection)?.difference(&surveyed.kept()) {
        Some(what) => Err(wrong(&format!("{what}: what is kept is not what the rows come to"))),
        None => Ok(surveyed.census),
    }
}

fn version(connection: &Connection) -> Outcome<i64> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn wrong(what: &str) -> Failure {
    Failure::Service(Error::Internal(format!("the database is not whole: {what}")))
}
