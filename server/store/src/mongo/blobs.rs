//! Blobs in `GridFS`, in the bucket `blobs`: a file's bytes are pieces in `blobs.chunks`, and one document in `blobs.files`
//! has its name, which is the blob's id, and its time by the database's clock. The format is that of
//! <https://github.com/mongodb/specifications/blob/master/source/gridfs/gridfs-spec.md>, so that other tools can read it.
//!
//! Each put writes pieces of its own, and then the file's document: of two that put the same bytes at once one makes the
//! document, the other one takes its pieces away again. What has no document is not there. A delete takes the document
//! first. Pieces that either leaves behind when it is cut off are removed by the sweep.
use super::{
    MongoStore, Tables,
    failure::{Failure, Outcome, code},
    transaction::Tx,
    values::binary,
};
use jiff::Timestamp;
use mongodb::{
    bson::{Binary, DateTime, Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    ports::blobs::{BlobId, Blobs, StoredBlob},
};
use std::sync::Arc;

/// Bytes in one document, far below the 16 MB that it may have.
const PIECE: usize = 2 * 1024 * 1024;
/// How often the document of a file is tried to be written while others write it, too.
const TRIES: usize = 5;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    filename: String,
    /// In bytes.
    length: i64,
    /// Bytes of each piece but the last one.
    chunk_size: i32,
    /// A BSON date, as the format wants it.
    upload_date: DateTime,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ChunkDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    files_id: ObjectId,
    n: i32,
    data: Binary,
}

/// The id of a file whose pieces are there and whose document isn't.
#[derive(Serialize, Deserialize)]
struct Orphan {
    #[serde(rename = "_id")]
    id: ObjectId,
}

#[async_trait::async_trait]
impl Blobs for MongoStore {
    async fn put(&self, bytes: Vec<u8>) -> Result<BlobId> {
        let id = BlobId::of(&bytes);
        self.plain_heavy((id, bytes), |tx, (id, bytes)| Box::pin(put(tx, *id, bytes))).await?;
        Ok(id)
    }

    async fn get(&self, id: BlobId) -> Result<Option<Vec<u8>>> {
        let found = self.snapshot_heavy(id, |tx, id| Box::pin(read(tx, *id))).await?;
        match found {
            Some((_, bytes)) if BlobId::of(&bytes) == id => Ok(Some(bytes)),
            Some(_) => Err(Error::Internal(format!("the blob {id} has other bytes than were put there"))),
            None => Ok(None),
        }
    }

    async fn contains(&self, id: BlobId) -> Result<bool> {
        self.plain(id, |tx, id| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                tx.session.exists(&tables.blob_files, named(*id)).await
            })
        })
        .await
    }

    async fn list(&self, after: Option<BlobId>, limit: usize) -> Result<Vec<StoredBlob>> {
        // None would be no limit.
        let Some(limit) = i64::try_from(limit).ok().filter(|limit| *limit > 0) else { return Ok(Vec::new()) };
        self.plain((after, limit), |tx, (after, limit)| Box::pin(list(tx, *after, *limit))).await
    }

    async fn delete_older(&self, id: BlobId, before: Timestamp) -> Result<bool> {
        self.plain((id, before), |tx, (id, before)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let Some(file) = tx.session.first(&tables.blob_files, named(*id)).await? else { return Ok(false) };
                // A date has milliseconds only: what is left out makes it earlier, and nothing goes too soon.
                let before = DateTime::from_millis(before.as_millisecond());
                remove(tx, &tables, doc! { "_id": file.id, "uploadDate": { "$lt": before } }, file.id).await
            })
        })
        .await
    }

    async fn drop_unfinished(&self, before: Timestamp) -> Result<u64> {
        self.plain_heavy(before, |tx, before| Box::pin(drop_unfinished(tx, *before))).await
    }

    async fn blobs_ready(&self) -> Result<()> {
        self.contains(BlobId([0; 32])).await.map(drop)
    }
}

fn named(id: BlobId) -> Document {
    doc! { "filename": id.to_string() }
}

async fn put(tx: &mut Tx, id: BlobId, bytes: &[u8]) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    if let Some((file, there)) = read(tx, id).await? {
        if there == bytes {
            let now = doc! { "$currentDate": { "uploadDate": true } };
            if tx.session.update(&tables.blob_files, doc! { "_id": file }, now).await? > 0 {
                return Ok(());
            }
        } else {
            // Damaged, or just about to be deleted.
            remove(tx, &tables, doc! { "_id": file }, file).await?;
        }
    }
    // Known to nobody outside: the driver may make it up.
    let file = ObjectId::new();
    for (number, piece) in bytes.chunks(PIECE).enumerate() {
        let n = i32::try_from(number).map_err(Failure::corrupt)?;
        let piece = ChunkDoc { id: ObjectId::new(), files_id: file, n, data: binary(piece) };
        tx.session.insert(&tables.blob_chunks, &piece).await?;
    }
    if !name(tx, &tables, id, file, bytes.len()).await? {
        tx.session.delete(&tables.blob_chunks, doc! { "files_id": file }).await?;
    }
    Ok(())
}

/// Writes the document of a file, whose pieces are there. Where another one of the name has come meanwhile, that one has
/// the same bytes and gets a new time instead. Whether it is ours.
async fn name(tx: &mut Tx, tables: &Tables, id: BlobId, file: ObjectId, length: usize) -> Outcome<bool> {
    let length = i64::try_from(length).map_err(Failure::corrupt)?;
    let chunk_size = i32::try_from(PIECE).map_err(Failure::corrupt)?;
    let document = doc! {
        "$setOnInsert": { "_id": file, "length": length, "chunkSize": chunk_size },
        "$currentDate": { "uploadDate": true },
    };
    let mut tries = 0;
    loop {
        tries += 1;
        match tx.session.upsert_found(&tables.blob_files, named(id), document.clone()).await {
            // Two first ones at once: now there is one to be found.
            Err(failure) if failure.code() == Some(code::DUPLICATE_KEY) && tries < TRIES => {}
            done => return done.map(|found| !found),
        }
    }
}

/// The file's id and its bytes, whatever they are.
async fn read(tx: &mut Tx, id: BlobId) -> Outcome<Option<(ObjectId, Vec<u8>)>> {
    let tables = Arc::clone(&tx.tables);
    let Some(file) = tx.session.first(&tables.blob_files, named(id)).await? else { return Ok(None) };
    let mut bytes = Vec::with_capacity(usize::try_from(file.length).unwrap_or_default());
    let order = FindOptions::builder().sort(doc! { "n": 1 }).build();
    tx.session
        .each(&tables.blob_chunks, doc! { "files_id": file.id }, order, |mut piece| {
            bytes.append(&mut piece.data.bytes);
            Ok(())
        })
        .await?;
    Ok(Some((file.id, bytes)))
}

async fn list(tx: &mut Tx, after: Option<BlobId>, limit: i64) -> Outcome<Vec<StoredBlob>> {
    let tables = Arc::clone(&tx.tables);
    let filter = after.map_or_else(Document::new, |after| doc! { "filename": { "$gt": after.to_string() } });
    let order = FindOptions::builder().sort(doc! { "filename": 1 }).limit(limit).build();
    let mut listed = Vec::new();
    tx.session
        .each(&tables.blob_files, filter, order, |file| {
            listed.push(StoredBlob {
                id: file.filename.parse().map_err(Failure::corrupt)?,
                size: u64::try_from(file.length).map_err(Failure::corrupt)?,
                put_at: Timestamp::from_millisecond(file.upload_date.timestamp_millis()).map_err(Failure::corrupt)?,
            });
            Ok(())
        })
        .await?;
    Ok(listed)
}

/// Deletes the file that the filter finds, then its pieces. Whether it found it.
async fn remove(tx: &mut Tx, tables: &Tables, filter: Document, file: ObjectId) -> Outcome<bool> {
    if tx.session.delete(&tables.blob_files, filter).await? == 0 {
        return Ok(false);
    }
    tx.session.delete(&tables.blob_chunks, doc! { "files_id": file }).await?;
    Ok(true)
}

/// Pieces without a document, of files that were begun before then: the id of a file has that time in it.
async fn drop_unfinished(tx: &mut Tx, before: Timestamp) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let seconds = u32::try_from(before.as_second().max(0)).unwrap_or(u32::MAX);
    let mut first = [0; 12];
    first[..4].copy_from_slice(&seconds.to_be_bytes());
    let pipeline = [
        doc! { "$match": { "files_id": { "$lt": ObjectId::from_bytes(first) } } },
        doc! { "$group": { "_id": "$files_id" } },
        doc! { "$lookup": { "from": "blobs.files", "localField": "_id", "foreignField": "_id", "as": "file" } },
        doc! { "$match": { "file": { "$size": 0 } } },
        doc! { "$project": { "_id": 1 } },
    ];
    let orphans: Vec<Orphan> = tx.session.aggregate(&tables.blob_chunks, pipeline).await?;
    for orphan in &orphans {
        tx.session.delete(&tables.blob_chunks, doc! { "files_id": orphan.id }).await?;
    }
    Ok(orphans.len() as u64)
}
