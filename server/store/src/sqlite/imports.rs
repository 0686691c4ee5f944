//! Bank files on their way in: drafts with their bytes and rows, and what they are compared with.
use super::{
    SqliteStore, budgets,
    codec::{self, all, each, first, instant, run},
    connection::Tx,
    failure::Outcome,
    import_commit,
};
use crate::limits::{CHUNK, IMPORTS_LISTED};
use domain::{
    Date,
    ids::{AccountId, ExpenseId, ImportId, UserId},
    problem::Problem,
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    error::Conflict,
    ports::store::{Import, ImportCommit, ImportStatus, ImportStore, Print, StagedRow, Write},
};

/// Rows as JSON, each chunk with the number of its first row.
type Chunks = Vec<(i64, String)>;

#[async_trait::async_trait]
impl ImportStore for SqliteStore {
    async fn stage_import(&self, write: &Write, import: &Import, file: &[u8], rows: &[StagedRow]) -> Result<Import> {
        let (import, file, chunks) = (import.clone(), file.to_vec(), chunked(rows).await?);
        self.write_heavy(write, move |tx, write| stage(tx, write, import, &file, &chunks)).await
    }

    async fn restage_import(&self, write: &Write, import: &Import, rows: &[StagedRow]) -> Result<Import> {
        let (import, chunks) = (import.clone(), chunked(rows).await?);
        self.write_heavy(write, move |tx, write| restage(tx, write, import, &chunks)).await
    }

    async fn import(&self, actor: UserId, id: ImportId) -> Result<Option<Import>> {
        self.read(move |connection| load(connection, actor, id)).await
    }

    async fn imports(&self, actor: UserId) -> Result<Vec<Import>> {
        self.read(move |connection| {
            all(
                connection,
                "SELECT details FROM imports WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                params![actor.0, IMPORTS_LISTED],
                |columns| columns.json(),
            )
        })
        .await
    }

    async fn import_file(&self, actor: UserId, id: ImportId) -> Result<Option<Vec<u8>>> {
        self.read(move |connection| {
            first(
                connection,
                "SELECT f.bytes FROM imports i JOIN import_files f ON f.import_id = i.id
                 WHERE i.id = ? AND i.user_id = ?",
                params![id.0, actor.0],
                |columns| columns.get(),
            )
        })
        .await
    }

    async fn staged_rows(&self, actor: UserId, id: ImportId, offset: u32, limit: u32) -> Result<Vec<StagedRow>> {
        self.read(move |connection| staged(connection, actor, id, offset as usize, limit as usize)).await
    }

    async fn prints(&self, actor: UserId, start: Date, end: Date) -> Result<Vec<Print>> {
        self.read(move |connection| prints(connection, actor, start, end)).await
    }

    async fn commit_import(&self, write: &Write, commit: ImportCommit) -> Result<Import> {
        self.write_heavy(write, move |tx, write| import_commit::commit(tx, write, commit)).await
    }

    async fn revert_import(&self, write: &Write, id: ImportId) -> Result<Import> {
        self.write_heavy(write, move |tx, write| import_commit::revert(tx, write, id)).await
    }
}

/// Writes the rows as JSON, letting other tasks run in between.
async fn chunked(rows: &[StagedRow]) -> Result<Chunks> {
    let mut chunks = Vec::with_capacity(rows.len().div_ceil(CHUNK));
    for (index, chunk) in rows.chunks(CHUNK).enumerate() {
        let first = i64::try_from(index * CHUNK).unwrap_or(i64::MAX);
        chunks.push((first, codec::json(chunk)?));
        tokio::task::yield_now().await;
    }
    Ok(chunks)
}

fn stage(tx: &Tx<'_>, write: &Write, import: Import, file: &[u8], chunks: &Chunks) -> Outcome<Import> {
    check(tx, write, &import)?;
    run(
        tx,
        "INSERT INTO imports (id, user_id, status, created_at, expires_at, details) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            import.id.0,
            write.actor.0,
            word(import.status),
            instant(import.created_at),
            instant(import.expires_at),
            codec::json(&import)?,
        ],
    )?;
    run(tx, "INSERT INTO import_files (import_id, bytes) VALUES (?, ?)", params![import.id.0, file])?;
    insert_rows(tx, import.id, chunks)?;
    Ok(import)
}

fn restage(tx: &Tx<'_>, write: &Write, import: Import, chunks: &Chunks) -> Outcome<Import> {
    check(tx, write, &import)?;
    open_draft(tx, write, import.id)?;
    run(tx, "DELETE FROM import_rows WHERE import_id = ?", params![import.id.0])?;
    insert_rows(tx, import.id, chunks)?;
    save(tx, &import)?;
    Ok(import)
}

/// It is the actor's, and so is the budget that it names.
fn check(tx: &Tx<'_>, write: &Write, import: &Import) -> Outcome<()> {
    if import.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    match import.budget_id {
        Some(budget) if budgets::live_currency(tx, write.actor, budget)?.is_none() => {
            Err(Error::field("budgetId", Problem::NotFound).into())
        }
        _ => Ok(()),
    }
}

fn insert_rows(tx: &Tx<'_>, id: ImportId, chunks: &Chunks) -> Outcome<()> {
    for (first, rows) in chunks {
        run(tx, "INSERT INTO import_rows (import_id, first, rows) VALUES (?, ?, ?)", params![id.0, first, rows])?;
    }
    Ok(())
}

/// Writes what has changed of an import.
pub(super) fn save(tx: &Tx<'_>, import: &Import) -> Outcome<()> {
    run(
        tx,
        "UPDATE imports SET status = ?, expires_at = ?, details = ? WHERE id = ? AND user_id = ?",
        params![word(import.status), instant(import.expires_at), codec::json(import)?, import.id.0, import.user_id.0],
    )
    .map(drop)
}

/// A draft of the actor's that has not expired.
pub(super) fn open_draft(tx: &Tx<'_>, write: &Write, id: ImportId) -> Outcome<Import> {
    let import = load(tx, write.actor, id)?.ok_or(Error::NotFound)?;
    if import.status != ImportStatus::Draft || import.expires_at <= write.now {
        return Err(Error::Conflict(Conflict::ImportNotOpen).into());
    }
    Ok(import)
}

pub(super) fn load(connection: &Connection, actor: UserId, id: ImportId) -> Outcome<Option<Import>> {
    let sql = "SELECT details FROM imports WHERE id = ? AND user_id = ?";
    first(connection, sql, params![id.0, actor.0], |columns| columns.json())
}

const fn word(status: ImportStatus) -> &'static str {
    match status {
        ImportStatus::Draft => "draft",
        ImportStatus::Committed => "committed",
        ImportStatus::Reverted => "reverted",
    }
}

fn staged(
    connection: &Connection,
    actor: UserId,
    id: ImportId,
    offset: usize,
    limit: usize,
) -> Outcome<Vec<StagedRow>> {
    load(connection, actor, id)?.ok_or(Error::NotFound)?;
    let place = |row: usize| i64::try_from(row).unwrap_or(i64::MAX);
    let start = offset / CHUNK * CHUNK;
    let mut rows: Vec<StagedRow> = Vec::new();
    each(
        connection,
        "SELECT rows FROM import_rows WHERE import_id = ? AND first >= ? AND first < ? ORDER BY first",
        params![id.0, place(start), place(offset.saturating_add(limit))],
        |columns| {
            rows.append(&mut columns.json::<Vec<StagedRow>>()?);
            Ok(())
        },
    )?;
    Ok(rows.into_iter().skip(offset - start).take(limit).collect())
}

/// In the order of the dedupe key, which begins with the date as the bank has it, then of the id.
pub(super) fn prints(connection: &Connection, actor: UserId, start: Date, end: Date) -> Outcome<Vec<Print>> {
    all(
        connection,
        "SELECT id, account_id, external_id, dedupe_key, import_id FROM expenses INDEXED BY expenses_by_print
         WHERE user_id = ? AND deleted_at IS NULL AND dedupe_key >= ? AND dedupe_key < ? ORDER BY dedupe_key, id",
        // What follows the date in a key is a bar, and a brace follows the bar.
        params![actor.0, start.to_string(), format!("{end}}}")],
        |columns| {
            Ok(Print {
                id: columns.id(ExpenseId)?,
                account_id: columns.optional_id(AccountId)?,
                external_id: columns.get()?,
                dedupe_key: columns.get()?,
                import_id: columns.optional_id(ImportId)?,
            })
        },
    )
}
