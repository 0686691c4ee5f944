//! The rows of a draft, in pieces far below the 16 MB of a document.
use super::{
    failure::{Failure, Outcome},
    transaction::Tx,
    values::oid,
};
use crate::{limits::CHUNK, transfer::StagedRows};
use domain::ids::ImportId;
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{Error, Result, ports::store::StagedRow};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RowsDoc {
    #[serde(rename = "_id")]
    id: String,
    import_id: ObjectId,
    /// The number of its first row.
    first: i64,
    /// JSON.
    rows: String,
}

fn place(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Writes the rows as JSON, letting other tasks run in between.
pub(super) async fn chunked(id: ImportId, rows: &[StagedRow]) -> Result<Vec<RowsDoc>> {
    let mut chunks = Vec::with_capacity(rows.len().div_ceil(CHUNK));
    for (index, chunk) in rows.chunks(CHUNK).enumerate() {
        chunks.push(RowsDoc::new(id, place(index * CHUNK), chunk)?);
        tokio::task::yield_now().await;
    }
    Ok(chunks)
}

/// Rows from `offset` on, at most `limit`; the import must have been found to be the actor's.
pub(super) async fn window(tx: &mut Tx, id: ImportId, offset: usize, limit: usize) -> Outcome<Vec<StagedRow>> {
    let tables = Arc::clone(&tx.tables);
    let start = offset / CHUNK * CHUNK;
    let wanted = doc! { "$gte": place(start), "$lt": place(offset.saturating_add(limit)) };
    let mut rows: Vec<StagedRow> = Vec::new();
    let order = FindOptions::builder().sort(doc! { "first": 1 }).build();
    tx.session
        .each(&tables.import_rows, doc! { "importId": oid(id.0), "first": wanted }, order, |chunk| {
            let mut chunk: Vec<StagedRow> = serde_json::from_str(&chunk.rows).map_err(Failure::corrupt)?;
            rows.append(&mut chunk);
            Ok(())
        })
        .await?;
    Ok(rows.into_iter().skip(offset - start).take(limit).collect())
}

pub(super) async fn drop_rows(tx: &mut Tx, id: ImportId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.import_rows, doc! { "importId": oid(id.0) }).await.map(drop)
}

impl RowsDoc {
    /// `first` is the number of the first of the rows.
    pub(super) fn new(id: ImportId, first: i64, rows: &[StagedRow]) -> Result<Self> {
        let rows = serde_json::to_string(rows).map_err(|error| Error::Internal(format!("a staged row: {error}")))?;
        Ok(Self { id: format!("{id}.{first}"), import_id: oid(id.0), first, rows })
    }
}

impl TryFrom<RowsDoc> for StagedRows {
    type Error = Failure;
    fn try_from(stored: RowsDoc) -> Outcome<Self> {
        let rows = serde_json::from_str(&stored.rows)?;
        Ok(Self { import_id: ImportId(stored.import_id.bytes()), first: stored.first, rows })
    }
}
