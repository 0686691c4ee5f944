//! Blobs as files of a folder: the bytes of `abcdef…` are in `ab/cdef…`.
//!
//! A put writes a file in `unfinished`, and once its bytes are on the disk it is renamed to its place; then the folders
//! are written to the disk, too. What is in place is therefore whole. A put that is killed leaves a file in `unfinished`.
//!
//! Whoever puts something in its place, or gives it a new time, holds the file `lock` together with others of the kind;
//! whoever deletes holds it alone. So nothing goes between the look at its time and its end, whichever process puts it.
use crate::disk::{self, Draft, Hold};
use jiff::Timestamp;
use service::{
    Error, Result,
    ports::blobs::{BlobId, Blobs, StoredBlob},
};
use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Files that are being written.
const UNFINISHED: &str = "unfinished";

/// Blobs in a folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Folder {
    root: Arc<Path>,
}

/// Blobs in that folder, which is made if it is not there, for its owner's eyes only.
pub fn folder(path: &Path) -> io::Result<Folder> {
    disk::make_folder(path)?;
    disk::make_folder(&path.join(UNFINISHED))?;
    Ok(Folder { root: path.into() })
}

impl Folder {
    /// Does it where it may take its time.
    async fn blocking<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let root = Arc::clone(&self.root);
        match tokio::task::spawn_blocking(move || work(&root)).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(Error::Unavailable(format!("folder of blobs: {what}: {error}"))),
            Err(error) => Err(Error::Internal(format!("folder of blobs: {what}: {error}"))),
        }
    }
}

#[async_trait::async_trait]
impl Blobs for Folder {
    async fn put(&self, bytes: Vec<u8>) -> Result<BlobId> {
        self.blocking("put", move |root| put(root, &bytes)).await
    }

    async fn get(&self, id: BlobId) -> Result<Option<Vec<u8>>> {
        let read = move |root: &Path| {
            Ok(found(fs::read(place(root, id)))?.map(|bytes| (BlobId::of(&bytes) == id).then_some(bytes)))
        };
        match self.blocking("get", read).await? {
            None => Ok(None),
            Some(Some(bytes)) => Ok(Some(bytes)),
            Some(None) => Err(Error::Internal(format!("the blob {id} has other bytes than were put there"))),
        }
    }

    async fn contains(&self, id: BlobId) -> Result<bool> {
        self.blocking("look", move |root| fs::exists(place(root, id))).await
    }

    async fn list(&self, after: Option<BlobId>, limit: usize) -> Result<Vec<StoredBlob>> {
        self.blocking("list", move |root| list(root, after, limit)).await
    }

    async fn delete_older(&self, id: BlobId, before: Timestamp) -> Result<bool> {
        self.blocking("delete", move |root| {
            let _alone = Hold::alone(root)?;
            remove_older(&place(root, id), before)
        })
        .await
    }

    async fn drop_unfinished(&self, before: Timestamp) -> Result<u64> {
        self.blocking("sweep", move |root| {
            let mut gone = 0;
            for entry in fs::read_dir(root.join(UNFINISHED))? {
                gone += u64::from(remove_older(&entry?.path(), before)?);
            }
            Ok(gone)
        })
        .await
    }

    async fn blobs_ready(&self) -> Result<()> {
        self.blocking("look", |root| Draft::new(&root.join(UNFINISHED)).map(drop)).await
    }
}

fn shard(root: &Path, first: u8) -> PathBuf {
    root.join(format!("{first:02x}"))
}

fn place(root: &Path, id: BlobId) -> PathBuf {
    let name = id.to_string();
    shard(root, id.0[0]).join(&name[2..])
}

/// What is not there is nothing, and no error.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn put(root: &Path, bytes: &[u8]) -> io::Result<BlobId> {
    let id = BlobId::of(bytes);
    let (folder, place) = (shard(root, id.0[0]), place(root, id));
    if !renew(root, &place, bytes)? {
        let draft = Draft::new(&root.join(UNFINISHED))?.filled(bytes)?;
        disk::make_folder(&folder)?;
        let _shared = Hold::shared(root)?;
        draft.rename(&place)?;
    }
    // Also if it was there: whoever put it there may not have come as far as this.
    disk::sync_folder(&folder)?;
    disk::sync_folder(root)?;
    Ok(id)
}

/// Gives what is there a new time. Whether it is there; a file with other bytes in it is not.
fn renew(root: &Path, place: &Path, bytes: &[u8]) -> io::Result<bool> {
    let hold = Hold::shared(root)?;
    if found(fs::read(place))?.is_none_or(|there| there != bytes) {
        return Ok(false);
    }
    disk::touch(place, hold.now()?)?;
    Ok(true)
}

fn list(root: &Path, after: Option<BlobId>, limit: usize) -> io::Result<Vec<StoredBlob>> {
    let mut listed = Vec::new();
    for first in after.map_or(0, |id| id.0[0])..=u8::MAX {
        if listed.len() >= limit {
            break;
        }
        let Some(entries) = found(fs::read_dir(shard(root, first)))? else { continue };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            // Other files are not ours.
            let id = name.to_str().and_then(|name| format!("{first:02x}{name}").parse::<BlobId>().ok());
            ids.extend(id.filter(|id| after.is_none_or(|after| *id > after)));
        }
        ids.sort_unstable();
        for id in ids.into_iter().take(limit - listed.len()) {
            // One that has gone meanwhile is left out.
            if let Some(data) = found(fs::metadata(place(root, id)))? {
                listed.push(StoredBlob { id, size: data.len(), put_at: disk::modified(&data)? });
            }
        }
    }
    Ok(listed)
}

/// Whether it was there and went.
fn remove_older(path: &Path, before: Timestamp) -> io::Result<bool> {
    let Some(data) = found(fs::metadata(path))? else { return Ok(false) };
    if disk::modified(&data)? >= before {
        return Ok(false);
    }
    Ok(found(fs::remove_file(path))?.is_some())
}
