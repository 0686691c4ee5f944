//! The store's own care: kept answers, whether it lives, and what has had its time.
//!
//! The database could drop documents by itself when their time has come; but it would do so by its own clock, beside the
//! transactions, and tell nobody.
use super::{
    MongoStore, activity, budgets,
    failure::Outcome,
    idempotency, imports, jobs, members, receipts, row,
    transaction::{Tx, lock_budget},
    users,
    values::instant,
};
use crate::limits::{DONE, TRASH};
use domain::ids::{BudgetId, UserId};
use jiff::{SignedDuration, Timestamp};
use mongodb::{
    bson::{Document, doc},
    options::FindOptions,
};
use service::{
    Idempotency, Result,
    ports::{blobs::BlobId, store::Upkeep},
};
use std::{sync::Arc, time::Duration};

/// Rows that are taken out of the trash at a time.
const AT_ONCE: i64 = 2_000;

#[async_trait::async_trait]
impl Upkeep for MongoStore {
    async fn replay(&self, actor: UserId, idempotency: &Idempotency, now: Timestamp) -> Result<Option<String>> {
        self.plain((actor, idempotency, now), |tx, (actor, key, now)| {
            Box::pin(idempotency::find(tx, *actor, key, *now))
        })
        .await
    }

    async fn ping(&self) -> Result<()> {
        self.plain((), |tx, ()| {
            Box::pin(async move { Ok(tx.tables.database.run_command(doc! { "ping": 1 }).await.map(drop)?) })
        })
        .await
    }

    async fn sweep(&self, now: Timestamp, session_idle: Duration) -> Result<u64> {
        let unused = SignedDuration::try_from(session_idle).unwrap_or(SignedDuration::MAX);
        let unused_since = instant(now.checked_sub(unused).unwrap_or(Timestamp::MIN));
        let binned_before = instant(now.checked_sub(TRASH).unwrap_or(Timestamp::MIN));
        let mut gone = 0;
        gone +=
            self.plain((instant(now), unused_since), |tx, (now, unused)| Box::pin(expired(tx, *now, *unused))).await?;
        let done_before = instant(now.checked_sub(DONE).unwrap_or(Timestamp::MIN));
        gone += self.plain(done_before, |tx, before| Box::pin(jobs::forget_done(tx, *before))).await?;
        gone += self.plain(now, |tx, now| Box::pin(activity::forget_old(tx, *now))).await?;
        gone += self.plain(now, |tx, now| Box::pin(receipts::forget(tx, *now))).await?;
        gone += self.drop_drafts(instant(now)).await?;
        gone += self.empty_budgets(instant(now), binned_before).await?;
        loop {
            let step = self.plain(binned_before, |tx, before| Box::pin(purge(tx, *before))).await?;
            gone += step;
            if step == 0 {
                return Ok(gone);
            }
        }
    }

    async fn renew_words(&self, most: u32) -> Result<u64> {
        self.plain_heavy(most, |tx, most| Box::pin(row::renew_words(tx, *most))).await
    }

    async fn blobs_in_use(&self, ids: &[BlobId]) -> Result<Vec<BlobId>> {
        self.plain(ids, |tx, ids| {
            Box::pin(async move {
                let mut used = imports::files_in_use(tx, ids).await?;
                used.extend(users::pictures_in_use(tx, ids).await?);
                used.extend(receipts::in_use(tx, ids).await?);
                used.sort_unstable();
                used.dedup();
                Ok(used)
            })
        })
        .await
    }
}

impl MongoStore {
    async fn drop_drafts(&self, now: i64) -> Result<u64> {
        let mut gone = 0;
        for import in self.plain(now, |tx, now| Box::pin(imports::expired(tx, *now))).await? {
            let (user, input) = (import.user_id, (import.user_id, import.id, now));
            let work =
                self.tend(user, input, |tx, (user, id, now)| Box::pin(imports::drop_draft(tx, *user, *id, *now)));
            gone += u64::from(work.await?);
        }
        Ok(gone)
    }

    /// Budgets that go for good leave their expenses behind as private ones: what somebody has spent is not lost with a
    /// plan.
    async fn empty_budgets(&self, now: i64, before: i64) -> Result<u64> {
        let mut gone = 0;
        for budget in self.plain(before, |tx, before| Box::pin(budgets::binned(tx, *before))).await? {
            let (user, input) = (budget.user_id, (budget.user_id, budget.id, now, before));
            let work = self
                .tend(user, input, |tx, (user, id, now, before)| Box::pin(empty_budget(tx, *user, *id, *now, *before)));
            gone += u64::from(work.await?);
        }
        Ok(gone)
    }
}

async fn expired(tx: &mut Tx, now: i64, unused_since: i64) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let over = doc! { "expiresAt": { "$lte": now } };
    let sessions = doc! { "$or": [&over, { "seenAt": { "$lte": unused_since } }] };
    let mut gone = tx.session.delete(&tables.sessions, sessions).await?;
    gone += tx.session.delete(&tables.flashes, over.clone()).await?;
    gone += tx.session.delete(&tables.budget_invites, over.clone()).await?;
    gone += tx.session.delete(&tables.idempotency, over).await?;
    Ok(gone)
}

async fn empty_budget(tx: &mut Tx, user: UserId, id: BudgetId, now: i64, before: i64) -> Outcome<bool> {
    lock_budget(tx, id).await?;
    let Some(budget) = budgets::whoevers(tx, id).await? else { return Ok(false) };
    if !budgets::purge(tx, user, id, before).await? {
        return Ok(false);
    }
    members::scatter(tx, &budget, None, Some(now)).await?;
    Ok(true)
}

/// Some rows that went into the trash by then, if they are still there. How many went.
async fn purge(tx: &mut Tx, before: i64) -> Outcome<u64> {
    let ids = tx.tables.expenses.clone_with_type::<Document>();
    let binned = doc! { "deletedAt": { "$lte": before } };
    let some = FindOptions::builder().projection(doc! { "_id": 1 }).limit(AT_ONCE).build();
    let found = tx.session.all(&ids, binned, some).await?;
    let found: Vec<_> = found.iter().filter_map(|document| document.get("_id").cloned()).collect();
    if found.is_empty() {
        return Ok(0);
    }
    tx.session.delete(&ids, doc! { "_id": { "$in": found }, "deletedAt": { "$lte": before } }).await
}
