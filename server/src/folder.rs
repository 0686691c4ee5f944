//! The data folder of the embedded store: what is in it, and who may use it.
//!
//! `wealthwise.lock` is locked by whoever writes to the folder as a whole: by `serve` for as long as it runs, so that two
//! servers on one folder are refused, and by `migrate-store`, which must not have a server beside it. `backup` takes no
//! lock: it reads in one transaction of the database, which sees no half-done write. The system gives the lock up when
//! its process ends, however that happens; the file stays and means nothing by itself.
use base64::{Engine as _, engine::general_purpose::STANDARD};
use service::ports::Random;
use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The database.
pub const DATABASE: &str = "wealthwise.db";
/// Bytes of files.
pub const BLOBS: &str = "blobs";
/// What secrets at rest are encrypted with, in base64, unless `ENCRYPTION_SECRET` says it.
pub const ENCRYPTION_KEY: &str = "encryption.key";
const LOCK: &str = "wealthwise.lock";
/// What `SQLite` keeps beside the database while it is open.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The right to write to a folder, until it is dropped.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

/// Makes the folder if it is not there, for its owner's eyes only.
#[cfg(unix)]
pub fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes the folder if it is not there.
#[cfg(not(unix))]
pub fn make(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Takes the folder, which must be there, for this process. The text says who has it.
pub fn lock(folder: &Path) -> Result<FolderLock, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.join(LOCK).display());
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join(LOCK)).map_err(|error| failed(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(format!(
            "another WealthWise uses the folder {} (a server, or a migration): stop it first",
            folder.display()
        )),
        Err(TryLockError::Error(error)) => Err(failed(&error)),
    }
}

/// The 32 bytes in that file, made now if it is not there: whole or not at all, for its owner's eyes only.
pub fn secret(folder: &Path, name: &str, random: &dyn Random) -> io::Result<[u8; 32]> {
    let path = folder.join(name);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut key = [0; 32];
            random.fill(&mut key);
            // Readable by its owner alone, as all that this library makes.
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            io::Write::write_all(&mut file, STANDARD.encode(key).as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            sync(folder)?;
            return Ok(key);
        }
        read => read?,
    };
    let key = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, format!("{} is no key", path.display())))
}

/// The database in the folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// Whether a file of that name is the database or goes with it, or is the lock: what a copy of the folder leaves out.
pub fn is_in_use(name: &str) -> bool {
    name == LOCK || name.strip_prefix(DATABASE).is_some_and(|end| end.is_empty() || BESIDE.contains(&end))
}

/// Makes what was done to the names in a folder last.
pub fn sync(folder: &Path) -> io::Result<()> {
    // Only on Unix can a folder be opened; elsewhere the file system has no such call.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        let refused = lock(folder.path()).unwrap_err();
        assert!(refused.contains("another WealthWise"), "{refused}");
        drop(held);
        lock(folder.path()).unwrap();
    }

    #[test]
    fn secrets_are_no_part_of_the_database() {
        for name in ["wealthwise.db", "wealthwise.db-wal", "wealthwise.db-shm", "wealthwise.lock"] {
            assert!(is_in_use(name), "{name}");
        }
        for name in ["encryption.key", "wealthwise.dbx", "wealthwise.db-other"] {
            assert!(!is_in_use(name), "{name}");
        }
    }
}
