//! The store's own care: kept answers, whether it lives, and what has had its time.
use super::{
    SqliteStore, activity,
    codec::{all, exists, instant, run},
    connection::Tx,
    encode,
    failure::Outcome,
    idempotency, imports, members, receipts,
};
use crate::limits::{DONE, TRASH};
use domain::ids::{BudgetId, UserId};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};
use service::{
    Error, Idempotency, Result,
    ports::{blobs::BlobId, store::Upkeep},
};
use std::time::Duration;

/// Rows that one transaction takes out of the trash: others want to write, too.
const AT_ONCE: i64 = 2_000;

#[async_trait::async_trait]
impl Upkeep for SqliteStore {
    async fn replay(&self, actor: UserId, idempotency: &Idempotency, now: Timestamp) -> Result<Option<String>> {
        let key = idempotency.clone();
        self.read(move |connection| idempotency::kept(connection, actor, &key, now)).await
    }

    async fn ping(&self) -> Result<()> {
        if !self.writer.is_open() {
            return Err(Error::Unavailable("the store does not write any more".to_owned()));
        }
        self.read(|connection: &Connection| exists(connection, "SELECT 1 FROM users LIMIT 1", []).map(drop)).await
    }

    async fn sweep(&self, now: Timestamp, session_idle: Duration) -> Result<u64> {
        let unused = SignedDuration::try_from(session_idle).unwrap_or(SignedDuration::MAX);
        let unused_since = now.checked_sub(unused).unwrap_or(Timestamp::MIN);
        let binned_before = now.checked_sub(TRASH).unwrap_or(Timestamp::MIN);
        let mut gone = 0;
        gone += self
            .change(move |tx| {
                let sql = "DELETE FROM sessions WHERE expires_at <= ? OR seen_at <= ?";
                run(tx, sql, params![instant(now), instant(unused_since)])
            })
            .await?;
        for sql in [
            "DELETE FROM flashes WHERE expires_at <= ?",
            "DELETE FROM idempotency WHERE expires_at <= ?",
            "DELETE FROM imports WHERE status = 'draft' AND expires_at <= ?",
            "DELETE FROM budget_invites WHERE expires_at <= ?",
        ] {
            gone += self.change(move |tx| run(tx, sql, params![instant(now)])).await?;
        }
        let done_before = now.checked_sub(DONE).unwrap_or(Timestamp::MIN);
        gone += self
            .change(move |tx| {
                run(tx, "DELETE FROM jobs WHERE status = 'done' AND ended_at <= ?", params![instant(done_before)])
            })
            .await?;
        gone += self.change(move |tx| receipts::forget(tx, now)).await?;
        gone += self.change(move |tx| empty_budgets(tx, now, binned_before)).await?;
        loop {
            let step = self.change(move |tx| activity::forget(tx, now)).await?;
            gone += step;
            if step == 0 {
                break;
            }
        }
        loop {
            let step = self
                .change(move |tx| {
                    run(
                        tx,
                        "DELETE FROM expenses WHERE row IN (
                             SELECT row FROM expenses INDEXED BY expenses_in_trash WHERE deleted_at <= ? LIMIT ?)",
                        params![instant(binned_before), AT_ONCE],
                    )
                })
                .await?;
            gone += step;
            if step == 0 {
                return Ok(gone as u64);
            }
        }
    }

    async fn renew_words(&self, most: u32) -> Result<u64> {
        self.change(move |tx| encode::renew_words(tx, most)).await.map(|renewed| renewed as u64)
    }

    async fn blobs_in_use(&self, ids: &[BlobId]) -> Result<Vec<BlobId>> {
        let ids = ids.to_vec();
        self.read(move |connection| imports::files_in_use(connection, &ids)).await
    }
}

/// Budgets that go for good leave their expenses behind as private ones: what somebody has spent is not lost with a plan.
fn empty_budgets(tx: &Tx<'_>, now: Timestamp, before: Timestamp) -> Outcome<usize> {
    let gone = all(
        tx,
        "SELECT id FROM budgets WHERE deleted_at IS NOT NULL AND deleted_at <= ?",
        params![instant(before)],
        |columns| columns.id(BudgetId),
    )?;
    for budget in &gone {
        members::scatter(tx, *budget, None, Some(now))?;
        // Its versions, totals, members and invitations go with it.
        run(tx, "DELETE FROM budgets WHERE id = ?", params![budget.0])?;
    }
    Ok(gone.len())
}
