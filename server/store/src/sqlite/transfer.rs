//! The store as a whole: all its rows given out, or taken in from another store.
use super::{
    SqliteStore, accounts, activity, budgets,
    codec::{self, all, first, run},
    connection::Tx,
    encode,
    failure::{Failure, Outcome},
    idempotency, import_commit, imports, invites, jobs, ledger, months, rules, series, sessions, spending, users,
    versions,
};
use crate::{
    booking::Absorbed,
    faults::FaultPoint,
    transfer::{
        self, AbsorbedRow, Batches, BookedImport, Books, Kept, Marker, Person, Record, RecordKind, Source, StagedRows,
        Surveyed, Target, Treatment,
    },
};
use rusqlite::{Connection, params};
use service::{Error, Result};
use std::collections::BTreeMap;
use tokio::sync::mpsc;

/// Every table, and what a transfer does with it.
const TABLES: &[(&str, Treatment)] = &[
    ("users", Treatment::Copied(RecordKind::Users)),
    ("sessions", Treatment::Copied(RecordKind::Sessions)),
    ("flashes", Treatment::Left("they last a minute")),
    ("budgets", Treatment::Copied(RecordKind::Budgets)),
    ("budget_versions", Treatment::Copied(RecordKind::BudgetVersions)),
    ("budget_members", Treatment::Derived),
    ("budget_invites", Treatment::Copied(RecordKind::Invites)),
    ("budget_months", Treatment::Copied(RecordKind::BudgetMonths)),
    ("accounts", Treatment::Copied(RecordKind::Accounts)),
    ("recurring", Treatment::Copied(RecordKind::Recurring)),
    ("expenses", Treatment::Copied(RecordKind::Expenses)),
    ("expense_tallies", Treatment::Derived),
    ("expense_words", Treatment::Derived),
    ("spending", Treatment::Derived),
    ("imports", Treatment::Copied(RecordKind::Imports)),
    ("import_rows", Treatment::Copied(RecordKind::StagedRows)),
    ("import_absorbed", Treatment::Copied(RecordKind::Absorbed)),
    ("idempotency", Treatment::Copied(RecordKind::Answers)),
    ("handles", Treatment::Derived),
    ("jobs", Treatment::Copied(RecordKind::Jobs)),
    ("activity", Treatment::Copied(RecordKind::Activities)),
    ("kept_blobs", Treatment::Derived),
    ("rules", Treatment::Copied(RecordKind::Rules)),
    ("facts", Treatment::Own),
];

const IDENTITY: &str = "identity";
const TRANSFER: &str = "transfer";

#[async_trait::async_trait]
impl Source for SqliteStore {
    async fn identity(&self, fresh: [u8; 12]) -> Result<String> {
        let fresh = transfer::named(fresh);
        self.change(move |tx| {
            run(tx, "INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)", params![IDENTITY, fresh])?;
            fact(tx, IDENTITY)?.ok_or_else(|| Failure::corrupt("no identity"))
        })
        .await
    }

    async fn counts(&self) -> Result<BTreeMap<RecordKind, u64>> {
        self.read(counts).await
    }

    fn records(&self) -> Batches {
        let (sender, batches) = mpsc::channel(transfer::WAITING);
        let readers = self.readers.clone();
        tokio::spawn(async move {
            let rows = sender.clone();
            let gone = || Failure::Service(Error::Unavailable("nobody takes the records".to_owned()));
            // One read transaction for all kinds: what is given out is the store at one moment.
            let given = readers.read(move |connection| {
                records(connection, &mut |batch| rows.blocking_send(Ok(batch)).map_err(|_| gone()))
            });
            if let Err(error) = given.await {
                let _ = sender.send(Err(error)).await;
            }
        });
        batches
    }

    async fn kept(&self) -> Result<Kept> {
        self.read(kept).await
    }
}

#[async_trait::async_trait]
impl Target for SqliteStore {
    async fn marker(&self) -> Result<Option<Marker>> {
        self.read(marker).await
    }

    async fn mark(&self, marker: Option<&Marker>) -> Result<()> {
        let marker = marker.cloned();
        self.change(move |tx| {
            let Some(marker) = marker else {
                return run(tx, "DELETE FROM facts WHERE name = ?", params![TRANSFER]).map(drop);
            };
            let sql = "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)";
            run(tx, sql, params![TRANSFER, codec::json(&marker)?]).map(drop)
        })
        .await
    }

    async fn clear(&self) -> Result<()> {
        self.writer.write(true, clear).await
    }

    async fn put(&self, records: Vec<Record>) -> Result<()> {
        self.writer
            .write(true, move |tx| {
                records.iter().try_for_each(|record| put(tx, record))?;
                tx.pass(FaultPoint::Commit)
            })
            .await
    }

    async fn derive(&self, rows: Surveyed) -> Result<()> {
        self.writer.write(true, move |tx| derive(tx, rows.books)).await
    }
}

/// A store that is only partly filled is refused.
pub(super) fn require_whole(connection: &Connection) -> Outcome<()> {
    match marker(connection)? {
        Some(marker) if !marker.done => Err(transfer::unfinished(&marker).into()),
        _ => Ok(()),
    }
}

fn marker(connection: &Connection) -> Outcome<Option<Marker>> {
    Ok(fact(connection, TRANSFER)?.map(|text| serde_json::from_str(&text)).transpose()?)
}

fn fact(connection: &Connection, name: &str) -> Outcome<Option<String>> {
    first(connection, "SELECT value FROM facts WHERE name = ?", params![name], |columns| columns.get())
}

/// The tables there are, without those of `SQLite` itself.
fn tables(connection: &Connection) -> Outcome<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    all(connection, sql, [], |columns| columns.get())
}

fn treatment(table: &str) -> Outcome<Treatment> {
    let known = TABLES.iter().find(|(name, _)| *name == table).map(|(_, treatment)| *treatment);
    known.ok_or_else(|| Failure::corrupt(format_args!("no transfer knows the table {table}")))
}

fn counts(connection: &Connection) -> Outcome<BTreeMap<RecordKind, u64>> {
    let mut counts = BTreeMap::new();
    for table in tables(connection)? {
        if let Treatment::Copied(kind) = treatment(&table)? {
            let sql = format!("SELECT count(*) FROM {table}");
            let rows = first(connection, &sql, [], |columns| columns.count())?.unwrap_or(0);
            counts.extend(Some((kind, rows)).filter(|(_, rows)| *rows > 0));
        }
    }
    Ok(counts)
}

fn clear(tx: &Tx<'_>) -> Outcome<()> {
    // In whatever order: in the end nothing is left that could name something else.
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    for table in tables(tx)? {
        if treatment(&table)? != Treatment::Own {
            run(tx, &format!("DELETE FROM {table}"), [])?;
        }
    }
    Ok(())
}

/// Gathers records and hands them on some at a time.
struct Outlet<'a> {
    waiting: Vec<Record>,
    give: &'a mut dyn FnMut(Vec<Record>) -> Outcome<()>,
}

impl Outlet<'_> {
    fn push(&mut self, record: Record) -> Outcome<()> {
        let enough = record.kind().together();
        self.waiting.push(record);
        if self.waiting.len() >= enough { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Outcome<()> {
        if self.waiting.is_empty() { Ok(()) } else { (self.give)(std::mem::take(&mut self.waiting)) }
    }
}

/// All records there are, in the order of [`Source::records`].
pub(super) fn records(connection: &Connection, give: &mut dyn FnMut(Vec<Record>) -> Outcome<()>) -> Outcome<()> {
    let mut out = Outlet { waiting: Vec::new(), give };
    for kind in RecordKind::ALL {
        match kind {
            RecordKind::Users => users::every(connection, |person| out.push(Record::User(Person::from(person)))),
            RecordKind::Sessions => sessions::every(connection, |session| out.push(Record::Session(session))),
            RecordKind::Budgets => budgets::every(connection, |budget| out.push(Record::Budget(budget))),
            RecordKind::BudgetVersions => versions::every(connection, |row| out.push(Record::BudgetVersion(row))),
            RecordKind::Invites => invites::every(connection, |invite| out.push(Record::Invite(invite))),
            RecordKind::BudgetMonths => months::every(connection, |entry| out.push(Record::BudgetMonth(entry))),
            RecordKind::Accounts => accounts::every(connection, |account| out.push(Record::Account(account))),
            RecordKind::Recurring => series::every(connection, |series| out.push(Record::Recurring(series))),
            RecordKind::Expenses => encode::every(connection, |expense| out.push(Record::Expense(expense))),
            RecordKind::Imports => imports::every(connection, |import, made_accounts| {
                out.push(Record::Import(BookedImport { import, made_accounts }))
            }),
            RecordKind::StagedRows => imports::every_chunk(connection, |import_id, first, rows| {
                out.push(Record::StagedRows(StagedRows { import_id, first, rows }))
            }),
            RecordKind::Absorbed => import_commit::every_absorbed(connection, |import, absorbed| {
                out.push(Record::Absorbed(AbsorbedRow::new(import, absorbed)))
            }),
            RecordKind::Answers => idempotency::every(connection, |answer| out.push(Record::Answer(answer))),
            RecordKind::Jobs => jobs::every(connection, |job| out.push(Record::Job(job))),
            RecordKind::Activities => activity::every(connection, |told| out.push(Record::Activity(told))),
            RecordKind::Rules => rules::every(connection, |rule| out.push(Record::Rule(rule))),
        }?;
        out.flush()?;
    }
    Ok(())
}

/// The same statements as those of single writes.
fn put(tx: &Tx<'_>, record: &Record) -> Outcome<()> {
    match record {
        Record::User(person) => users::insert(tx, &person.clone().into()),
        Record::Session(session) => sessions::insert(tx, session),
        Record::Budget(budget) => budgets::insert(tx, budget),
        Record::BudgetVersion(version) => versions::insert(tx, version),
        Record::Invite(invite) => invites::insert(tx, invite),
        Record::BudgetMonth(entry) => months::insert(tx, entry),
        Record::Account(account) => accounts::insert(tx, account),
        Record::Recurring(series) => series::insert(tx, series),
        Record::Expense(expense) => encode::insert(tx, expense),
        Record::Import(BookedImport { import, made_accounts }) => {
            imports::insert(tx, import)?;
            if made_accounts.is_empty() {
                return Ok(());
            }
            imports::keep_made_accounts(tx, import.id, made_accounts)
        }
        Record::StagedRows(StagedRows { import_id, first, rows }) => {
            imports::insert_chunk(tx, *import_id, *first, &codec::json(rows)?)
        }
        Record::Absorbed(row) => import_commit::keep_absorbed(tx, row.import_id, &Absorbed::from(row)),
        Record::Answer(answer) => idempotency::put(tx, answer),
        Record::Job(job) => jobs::insert(tx, job),
        Record::Activity(activity) => activity::insert(tx, activity),
        Record::Rule(rule) => rules::insert(tx, rule),
    }
}

fn derive(tx: &Tx<'_>, books: Books) -> Outcome<()> {
    for ledger in books.into_values() {
        ledger::write(ledger, tx)?;
    }
    tx.pass(FaultPoint::Commit)
}

pub(super) fn kept(connection: &Connection) -> Outcome<Kept> {
    let mut kept = Kept::default();
    spending::every(connection, |key, total| kept.total(key, total))?;
    ledger::every_tally(connection, |place, live| kept.tally(place, live))?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that is added must be copied, or said not to be.
    #[test]
    fn every_table_has_its_treatment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(super::super::open(&path).unwrap());
        let connection = Connection::open(&path).unwrap();
        let there = tables(&connection).unwrap();
        assert!(there.len() > 10, "{there:?}");
        for table in there {
            assert!(treatment(&table).is_ok(), "say in TABLES what a transfer does with {table}");
        }
        for kind in RecordKind::ALL {
            assert_eq!(TABLES.iter().filter(|(_, treatment)| *treatment == Treatment::Copied(kind)).count(), 1);
        }
        connection.execute_batch("CREATE TABLE another (x)").unwrap();
        assert!(counts(&connection).is_err() && treatment("another").is_err());
    }
}
