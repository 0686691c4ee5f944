//! `wealthwise migrate-store`: everything from the configured store to another one.
use crate::{
    config::{BlobPlace, Config, database_name},
    folder::{self, FolderLock},
    startup::blobs,
};
use jiff::Timestamp;
use service::ports::blobs::Blobs;
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{
    MongoOptions,
    transfer::{self, CopiedBlobs, Moved, Progress, Source, Target},
};

/// Where a store is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A database of a `MongoDB` server.
    MongoDb {
        /// The connection string; it may hold a password.
        uri: String,
        /// The database.
        database: String,
    },
    /// A data folder.
    Folder(PathBuf),
}

impl Place {
    /// Reads `mongodb://…/DATABASE`, `mongodb+srv://…/DATABASE` (without a database: `wealthwise`), `file:///FOLDER` or the
    /// path of a folder. What is said about a wrong one never quotes it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        match text.split_once("://") {
            Some(("mongodb" | "mongodb+srv", rest)) => {
                let path = rest.split_once('?').map_or(rest, |(path, _)| path);
                let name = path.split_once('/').map(|(_, name)| name).filter(|name| !name.is_empty());
                let database = database_name(name.unwrap_or("wealthwise"))?;
                Ok(Self::MongoDb { uri: text.to_owned(), database })
            }
            Some(("file", path)) if path.starts_with('/') && !path.contains('%') => Ok(Self::Folder(path.into())),
            Some(("file", _)) => Err("file:///FOLDER without % signs, or the folder's plain path"),
            Some(_) => Err("mongodb://…, mongodb+srv://…, file:///FOLDER or a folder"),
            None if text.is_empty() => Err("mongodb://…, mongodb+srv://…, file:///FOLDER or a folder"),
            None => Ok(Self::Folder(text.into())),
        }
    }
}

/// Without the address of a server, which may hold a password.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MongoDb { database, .. } => write!(f, "MongoDB, database {database}"),
            Self::Folder(folder) => write!(f, "the folder {}", folder.display()),
        }
    }
}

/// A store that is open, its own place for bytes of files, and the right to be there.
struct Opened<T: ?Sized> {
    store: Box<T>,
    blobs: Arc<dyn Blobs>,
    _lock: Option<FolderLock>,
}

/// What was done.
pub struct Done {
    /// Of the rows.
    pub moved: Moved,
    /// Of the bytes of files; none where they stay in the place that `BLOB_URL` names.
    pub files: Option<CopiedBlobs>,
}

/// Moves everything and checks it; `fresh` are two new ids. What goes wrong is told in words for the operator.
pub async fn migrate(
    config: &Config,
    to: &Place,
    fresh: [[u8; 12]; 2],
    now: Timestamp,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Done, String> {
    let from = match &config.mongodb {
        Some(mongo) => Place::MongoDb { uri: mongo.uri.clone(), database: mongo.database.clone() },
        None => Place::Folder(config.data_dir.clone()),
    };
    if let (Place::Folder(one), Place::Folder(other)) = (&from, to)
        && one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
    {
        return Err("source and target are the same folder".to_owned());
    }
    let source = open_source(&from).await.map_err(|what| format!("The source, {from}: {what}"))?;
    let target = open_target(to).await.map_err(|what| format!("The target, {to}: {what}"))?;
    // Before the rows that name them, as always.
    let files = if matches!(config.blobs, Some(BlobPlace::Folder(_) | BlobPlace::Bucket(_))) {
        None
    } else {
        let copied = transfer::copy_blobs(&*source.blobs, &*target.blobs).await;
        Some(copied.map_err(|error| format!("Files not copied from {from} to {to}: {error}."))?)
    };
    let moved = transfer::move_all(&*source.store, &*target.store, fresh, now, progress).await;
    let moved = moved.map_err(|refusal| format!("Not moved from {from} to {to}: {refusal}."))?;
    Ok(Done { moved, files })
}

async fn open_source(place: &Place) -> Result<Opened<dyn Source>, String> {
    match place {
        Place::MongoDb { uri, database } => {
            let store = store::mongo::open(options(uri, database)).await.map_err(|error| error.to_string())?;
            Ok(Opened { blobs: Arc::new(store.clone()), store: Box::new(store), _lock: None })
        }
        Place::Folder(folder) => {
            let database = folder::database(folder);
            if !database.is_file() {
                return Err("there is no embedded store in it".to_owned());
            }
            let lock = folder::lock(folder)?;
            let store = store::open(&database).map_err(|error| error.to_string())?;
            Ok(Opened { store: Box::new(store), blobs: files_in(folder)?, _lock: Some(lock) })
        }
    }
}

async fn open_target(place: &Place) -> Result<Opened<dyn Target>, String> {
    match place {
        Place::MongoDb { uri, database } => {
            let store = store::mongo::open_target(options(uri, database)).await.map_err(|error| error.to_string())?;
            Ok(Opened { blobs: Arc::new(store.clone()), store: Box::new(store), _lock: None })
        }
        Place::Folder(folder) => {
            folder::make(folder).map_err(|error| error.to_string())?;
            let lock = folder::lock(folder)?;
            let opened = store::open_target(&folder::database(folder), store::Options::default());
            let store = Box::new(opened.map_err(|error| error.to_string())?);
            Ok(Opened { store, blobs: files_in(folder)?, _lock: Some(lock) })
        }
    }
}

fn files_in(data: &Path) -> Result<Arc<dyn Blobs>, String> {
    blobs::folder(&data.join(folder::BLOBS), "its files")
}

fn options(uri: &str, database: &str) -> MongoOptions {
    MongoOptions { database: database.to_owned(), ..MongoOptions::new(uri) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let mongo = |uri: &str, database: &str| Place::MongoDb { uri: uri.to_owned(), database: database.to_owned() };
        for (text, place) in [
            ("mongodb://a:b@h:1,i/money?w=1", mongo("mongodb://a:b@h:1,i/money?w=1", "money")),
            ("mongodb+srv://h", mongo("mongodb+srv://h", "wealthwise")),
            ("mongodb://h/?replicaSet=a/b", mongo("mongodb://h/?replicaSet=a/b", "wealthwise")),
            ("file:///srv/data", Place::Folder("/srv/data".into())),
            ("../data", Place::Folder("../data".into())),
        ] {
            assert_eq!(Place::parse(text), Ok(place), "{text}");
        }
        for text in ["", "mongodb://h/a.b", "file://data", "file:///a%20b", "s3://bucket", "postgres://h/d"] {
            assert!(Place::parse(text).is_err(), "{text}");
        }
        assert!(!format!("{:?}", Place::parse("mongodb://ada:secret@h/x").unwrap()).contains("secret"));
    }
}
