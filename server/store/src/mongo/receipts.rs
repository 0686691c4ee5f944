//! Receipts: the documents that name them, and which bytes are needed by anything.
use super::{
    MongoStore, expenses,
    failure::Outcome,
    transaction::Tx,
    values::{instant, oid},
};
use crate::limits::KEPT_BLOB;
use domain::{
    expense::{Expense, Receipt},
    ids::{ExpenseId, FileId, UserId},
};
use jiff::Timestamp;
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Result,
    ports::{blobs::BlobId, store::ReceiptStore},
};
use std::sync::Arc;

/// An expense, as far as it is read here.
#[derive(Serialize, Deserialize)]
struct Named {
    #[serde(rename = "_id")]
    id: ObjectId,
    receipt: Receipt,
}

/// An activity, as far as it is read here.
#[derive(Serialize, Deserialize)]
struct Told {
    files: Vec<String>,
}

#[async_trait::async_trait]
impl ReceiptStore for MongoStore {
    async fn expense_of_file(&self, actor: UserId, id: FileId) -> Result<Option<Expense>> {
        self.plain((actor, id), |tx, (actor, id)| {
            Box::pin(async move {
                let rows = tx.tables.expenses.clone_with_type::<Named>();
                // Of two that were merged, both name it: first the one that is not in the trash.
                let first = FindOptions::builder().sort(doc! { "deletedAt": 1 }).build();
                let found = tx.session.all(&rows, doc! { "receipt.fileId": id.to_string() }, first).await?;
                for row in found {
                    if let Some(expense) = expenses::load(tx, *actor, ExpenseId(row.id.bytes())).await? {
                        return Ok(Some(expense));
                    }
                }
                Ok(None)
            })
        })
        .await
    }

    async fn receipts(&self, actor: UserId, after: Option<FileId>, limit: u32) -> Result<Vec<Receipt>> {
        self.plain((actor, after, limit), |tx, (actor, after, limit)| {
            Box::pin(async move {
                let after = after.map(|id| id.to_string()).unwrap_or_default();
                let filter = doc! { "userId": oid(actor.0), "receipt.fileId": { "$gt": after } };
                let options = FindOptions::builder()
                    .sort(doc! { "receipt.fileId": 1 })
                    .projection(doc! { "receipt": 1 })
                    .limit(i64::from(*limit))
                    .build();
                let rows = tx.tables.expenses.clone_with_type::<Named>();
                let mut found: Vec<Receipt> =
                    tx.session.all(&rows, filter, options).await?.into_iter().map(|row| row.receipt).collect();
                found.dedup_by_key(|receipt| receipt.file_id);
                Ok(found)
            })
        })
        .await
    }
}

/// Those that a row names, or may name again.
pub(super) async fn in_use(tx: &mut Tx, ids: &[BlobId]) -> Outcome<Vec<BlobId>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = tx.tables.expenses.clone_with_type::<Named>();
    let named = FindOptions::builder().projection(doc! { "receipt": 1 }).build();
    let rows = tx.session.all(&rows, doc! { "receipt.sha256": { "$in": ids.clone() } }, named).await?;
    let told = tx.tables.activity.clone_with_type::<Told>();
    let files = FindOptions::builder().projection(doc! { "files": 1 }).build();
    let told = tx.session.all(&told, doc! { "files": { "$in": ids.clone() } }, files).await?;
    let named = rows.iter().map(|row| &row.receipt.sha256).chain(told.iter().flat_map(|told| &told.files));
    Ok(named.filter(|sha256| ids.contains(*sha256)).filter_map(|sha256| sha256.parse().ok()).collect())
}

/// Forgets the bytes of changes that can't be taken back any more. Of how many.
pub(super) async fn forget(tx: &mut Tx, now: Timestamp) -> Outcome<u64> {
    let before = now.checked_sub(KEPT_BLOB).unwrap_or(Timestamp::MIN);
    let tables = Arc::clone(&tx.tables);
    let old = doc! { "files": { "$exists": true }, "at": { "$lte": instant(before) } };
    tx.session.update_all(&tables.activity, old, doc! { "$unset": { "files": "" } }).await
}
