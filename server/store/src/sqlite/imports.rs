//! Bank files on their way in: drafts with their rows, and what they are compared with.
use super::{
    SqliteStore, budgets,
    codec::{self, all, each, exists, first, instant, run},
    connection::Tx,
    failure::Outcome,
    import_commit,
};
use crate::{
    limits::{CHUNK, IMPORTS_LISTED},
    sharing,
};
use domain::{
    Date,
    ids::{AccountId, ExpenseId, ImportId, UserId},
    problem::Problem,
    recurrence::{Likeness, Series},
    role::Role,
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    error::Conflict,
    ports::{
        blobs::BlobId,
        store::{Import, ImportCommit, ImportStatus, ImportStore, Print, StagedRow, Write},
    },
};

/// Rows as JSON, each chunk with the number of its first row.
type Chunks = Vec<(i64, String)>;

#[async_trait::async_trait]
impl ImportStore for SqliteStore {
    async fn stage_import(&self, write: &Write, import: &Import, rows: &[StagedRow]) -> Result<Import> {
        let (import, chunks) = (import.clone(), chunked(rows).await?);
        self.write_heavy(write, move |tx, write| stage(tx, write, import, &chunks)).await
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

    async fn staged_rows(&self, actor: UserId, id: ImportId, offset: u32, limit: u32) -> Result<Vec<StagedRow>> {
        self.read(move |connection| staged(connection, actor, id, offset as usize, limit as usize)).await
    }

    async fn prints(&self, actor: UserId, start: Date, end: Date) -> Result<Vec<Print>> {
        self.read(move |connection| prints(connection, actor, start, end)).await
    }

    async fn commit_import(&self, write: &Write, commit: ImportCommit) -> Result<Import> {
        self.write_heavy(write, move |tx, write| import_commit::commit(tx, write, commit)).await
    }

    async fn book_import(&self, write: &Write, import: &Import, commit: ImportCommit) -> Result<Import> {
        let (import, commit) = (import.clone(), ImportCommit { import_id: import.id, ..commit });
        self.write_heavy(write, move |tx, write| {
            check(tx, write, &import)?;
            insert(tx, &import)?;
            import_commit::commit(tx, write, commit)
        })
        .await
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

fn stage(tx: &Tx<'_>, write: &Write, import: Import, chunks: &Chunks) -> Outcome<Import> {
    check(tx, write, &import)?;
    insert(tx, &import)?;
    insert_rows(tx, import.id, chunks)?;
    Ok(import)
}

fn restage(tx: &Tx<'_>, write: &Write, import: Import, chunks: &Chunks) -> Outcome<Import> {
    check(tx, write, &import)?;
    let before = open_draft(tx, write, import.id)?;
    sharing::next_draft(&before, &import)?;
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
    let Some(budget) = import.budget_id else { return Ok(()) };
    match budgets::live(tx, write.actor, budget)? {
        None => Err(Error::field("budgetId", Problem::NotFound).into()),
        Some((_, role)) if role < Role::Edit => Err(Error::Forbidden.into()),
        Some(_) => Ok(()),
    }
}

pub(super) fn insert(tx: &Tx<'_>, import: &Import) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO imports (id, user_id, status, created_at, expires_at, details) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            import.id.0,
            import.user_id.0,
            word(import.status),
            instant(import.created_at),
            instant(import.expires_at),
            codec::json(import)?,
        ],
    )
    .map(drop)
}

fn insert_rows(tx: &Tx<'_>, id: ImportId, chunks: &Chunks) -> Outcome<()> {
    chunks.iter().try_for_each(|(first, rows)| insert_chunk(tx, id, *first, rows))
}

/// Some rows of a draft as JSON; `first` is the number of the first of them.
pub(super) fn insert_chunk(tx: &Tx<'_>, id: ImportId, first: i64, rows: &str) -> Outcome<()> {
    let sql = "INSERT INTO import_rows (import_id, first, rows) VALUES (?, ?, ?)";
    run(tx, sql, params![id.0, first, rows]).map(drop)
}

/// Each import there is, by id, with the accounts that its commit made.
pub(super) fn every(
    connection: &Connection,
    mut give: impl FnMut(Import, Vec<AccountId>) -> Outcome<()>,
) -> Outcome<()> {
    let sql = "SELECT details, made_accounts FROM imports ORDER BY id";
    each(connection, sql, [], |columns| give(columns.json()?, columns.list()?))
}

/// Each chunk of rows there is, by import and place.
pub(super) fn every_chunk(
    connection: &Connection,
    mut give: impl FnMut(ImportId, i64, Vec<StagedRow>) -> Outcome<()>,
) -> Outcome<()> {
    let sql = "SELECT import_id, first, rows FROM import_rows ORDER BY import_id, first";
    each(connection, sql, [], |columns| give(columns.id(ImportId)?, columns.get()?, columns.json()?))
}

/// Notes the accounts that a commit has made.
pub(super) fn keep_made_accounts(tx: &Tx<'_>, id: ImportId, made: &[AccountId]) -> Outcome<()> {
    run(tx, "UPDATE imports SET made_accounts = ? WHERE id = ?", params![codec::json(made)?, id.0]).map(drop)
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

/// Those that are the file of a draft, or somebody's picture.
pub(super) fn files_in_use(connection: &Connection, ids: &[BlobId]) -> Outcome<Vec<BlobId>> {
    let sql = "SELECT 1 FROM imports INDEXED BY imports_by_blob WHERE status = 'draft' AND details ->> 'sha256' = ?";
    let picture = "SELECT 1 FROM users INDEXED BY users_by_picture WHERE standing ->> 'avatar' = ?";
    let mut used = Vec::new();
    for id in ids {
        let text = id.to_string();
        if exists(connection, sql, [&text])? || exists(connection, picture, [&text])? {
            used.push(*id);
        }
    }
    Ok(used)
}

/// In the order of the dedupe key, which begins with the date as the bank has it, then of the id.
pub(super) fn prints(connection: &Connection, actor: UserId, start: Date, end: Date) -> Outcome<Vec<Print>> {
    all(
        connection,
        "SELECT id, account_id, external_id, dedupe_key, import_id,
             CASE WHEN series_id IS NOT NULL AND import_id IS NULL AND external_id IS NULL
                 THEN (SELECT details FROM recurring WHERE id = series_id) END
         FROM expenses INDEXED BY expenses_by_print
         WHERE user_id = ?1 AND deleted_at IS NULL AND dedupe_key >= ?2 AND dedupe_key < ?3
             AND (place = ?1 OR place IN (SELECT id FROM budgets WHERE user_id = ?1 UNION ALL
                 SELECT budget_id FROM budget_members WHERE user_id = ?1 AND role <> 'view'))
         ORDER BY dedupe_key, id",
        // What follows the date in a key is a bar, and a brace follows the bar.
        params![actor.0, start.to_string(), format!("{end}}}")],
        |columns| {
            Ok(Print {
                id: columns.id(ExpenseId)?,
                account_id: columns.optional_id(AccountId)?,
                external_id: columns.get()?,
                dedupe_key: columns.get()?,
                import_id: columns.optional_id(ImportId)?,
                made: columns.optional_json::<Series>()?.as_ref().and_then(Likeness::of),
            })
        },
    )
}
