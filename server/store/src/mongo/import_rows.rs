//! What a draft keeps besides itself: the file's bytes and its rows, in pieces far below the 16 MB of a document.
use super::{
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{binary, oid},
};
use crate::limits::CHUNK;
use domain::ids::ImportId;
use mongodb::{
    bson::{Binary, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{Error, Result, ports::store::StagedRow};
use std::sync::Arc;

/// Bytes of a file in one document.
const PIECE: usize = 2 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileDoc {
    #[serde(rename = "_id")]
    id: String,
    import_id: ObjectId,
    number: i64,
    bytes: Binary,
}

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
        let first = place(index * CHUNK);
        let rows = serde_json::to_string(chunk).map_err(|error| Error::Internal(format!("a staged row: {error}")))?;
        chunks.push(RowsDoc { id: format!("{id}.{first}"), import_id: oid(id.0), first, rows });
        tokio::task::yield_now().await;
    }
    Ok(chunks)
}

pub(super) async fn insert_file(tx: &mut Tx, id: ImportId, file: &[u8]) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    // An empty file is one piece of nothing.
    for number in 0..file.len().div_ceil(PIECE).max(1) {
        let bytes = file.chunks(PIECE).nth(number).unwrap_or_default();
        let piece =
            FileDoc { id: format!("{id}.{number}"), import_id: oid(id.0), number: place(number), bytes: binary(bytes) };
        tx.session.insert(&tables.import_files, &piece).await?;
    }
    Ok(())
}

/// The bytes, if they are still kept; the import must have been found to be the actor's.
pub(super) async fn file(tx: &mut Tx, id: ImportId) -> Outcome<Option<Vec<u8>>> {
    let tables = Arc::clone(&tx.tables);
    let mut file: Option<Vec<u8>> = None;
    let order = FindOptions::builder().sort(doc! { "number": 1 }).build();
    tx.session
        .each(&tables.import_files, doc! { "importId": oid(id.0) }, order, |mut piece| {
            file.get_or_insert_default().append(&mut piece.bytes.bytes);
            Ok(())
        })
        .await?;
    Ok(file)
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

/// The rows and the file.
pub(super) async fn drop_all(tx: &mut Tx, id: ImportId) -> Outcome<()> {
    drop_rows(tx, id).await?;
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.import_files, doc! { "importId": oid(id.0) }).await.map(drop)
}
