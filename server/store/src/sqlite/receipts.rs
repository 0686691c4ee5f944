//! Receipts: the rows that name them, and which bytes are needed by anything.
use super::{
    SqliteStore,
    codec::{all, exists, instant, run},
    connection::Tx,
    expenses,
    failure::Outcome,
};
use crate::limits::KEPT_BLOB;
use domain::{
    expense::{Expense, Receipt},
    ids::{ExpenseId, FileId, UserId},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use service::{
    Result,
    activity::blobs_of,
    ports::{activity::Activity, store::ReceiptStore},
};

#[async_trait::async_trait]
impl ReceiptStore for SqliteStore {
    async fn expense_of_file(&self, actor: UserId, id: FileId) -> Result<Option<Expense>> {
        self.read(move |connection| {
            // Of two that were merged, both name it: first the one that is not in the trash.
            let sql = "SELECT id FROM expenses INDEXED BY expenses_by_file
                       WHERE receipt IS NOT NULL AND receipt ->> 'fileId' = ? ORDER BY deleted_at IS NOT NULL";
            let found = all(connection, sql, params![id.to_string()], |columns| columns.id(ExpenseId))?;
            for row in found {
                if let Some(expense) = expenses::load(connection, actor, row)? {
                    return Ok(Some(expense));
                }
            }
            Ok(None)
        })
        .await
    }

    async fn receipts(&self, actor: UserId, after: Option<FileId>, limit: u32) -> Result<Vec<Receipt>> {
        self.read(move |connection| {
            let sql = "SELECT receipt FROM expenses INDEXED BY expenses_by_receipt
                       WHERE user_id = ? AND receipt IS NOT NULL AND receipt ->> 'fileId' > ?
                       GROUP BY receipt ->> 'fileId' ORDER BY receipt ->> 'fileId' LIMIT ?";
            let after = after.map(|id| id.to_string()).unwrap_or_default();
            let found = all(connection, sql, params![actor.0, after, limit], |columns| columns.optional_json())?;
            Ok(found.into_iter().flatten().collect())
        })
        .await
    }
}

/// Whether a row names those bytes, or may do so again.
pub(super) fn names(connection: &Connection, sha256: &str) -> Outcome<bool> {
    let row =
        "SELECT 1 FROM expenses INDEXED BY expenses_by_blob WHERE receipt IS NOT NULL AND receipt ->> 'sha256' = ?";
    let told = "SELECT 1 FROM kept_blobs WHERE sha256 = ?";
    Ok(exists(connection, row, [sha256])? || exists(connection, told, [sha256])?)
}

/// Notes the bytes that a change took away or brought, while it can be taken back.
pub(super) fn keep(tx: &Tx<'_>, told: &Activity) -> Outcome<()> {
    for blob in blobs_of(told) {
        let until = told.at.checked_add(KEPT_BLOB).unwrap_or(Timestamp::MAX);
        let sql = "INSERT INTO kept_blobs (sha256, activity, until) VALUES (?, ?, ?)";
        run(tx, sql, params![blob.to_string(), told.id.0, instant(until)])?;
    }
    Ok(())
}

/// Forgets those whose time is over. How many.
pub(super) fn forget(tx: &Tx<'_>, now: Timestamp) -> Outcome<usize> {
    run(tx, "DELETE FROM kept_blobs WHERE until <= ?", params![instant(now)])
}
