//! Blobs in a folder.
use jiff::{SignedDuration, Timestamp};
use service::{
    Error,
    blobs::{GRACE, sweep},
    ports::{
        blobs::{BlobId, Blobs as _},
        store::Upkeep,
    },
    testing::contract::TestBlobs,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tempfile::TempDir;

async fn fresh() -> TestBlobs {
    let (keep, blobs) = folder();
    let root = keep.path().to_owned();
    TestBlobs {
        blobs: Arc::new(blobs),
        pass: Box::new(|| ()),
        damage: Box::new(move |id| {
            let path = place(&root, id);
            let mut bytes = fs::read(&path).unwrap();
            bytes[0] ^= 1;
            fs::write(path, bytes).unwrap();
            Box::pin(async {})
        }),
        keep: Box::new(keep),
    }
}

service::blobs_contract!("blobs in a folder", fresh);

fn folder() -> (TempDir, ::blobs::Folder) {
    let keep = tempfile::tempdir().unwrap();
    let blobs = ::blobs::folder(keep.path()).unwrap();
    (keep, blobs)
}

fn place(root: &Path, id: BlobId) -> PathBuf {
    let name = id.to_string();
    root.join(&name[..2]).join(&name[2..])
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// No row names anything.
pub struct NoRows;

#[async_trait::async_trait]
impl Upkeep for NoRows {
    async fn replay(
        &self,
        _: domain::ids::UserId,
        _: &service::Idempotency,
        _: Timestamp,
    ) -> service::Result<Option<String>> {
        Ok(None)
    }

    async fn ping(&self) -> service::Result<()> {
        Ok(())
    }

    async fn sweep(&self, _: Timestamp, _: Duration) -> service::Result<u64> {
        Ok(0)
    }

    async fn renew_words(&self, _: u32) -> service::Result<u64> {
        Ok(0)
    }

    async fn blobs_in_use(&self, _: &[BlobId]) -> service::Result<Vec<BlobId>> {
        Ok(Vec::new())
    }
}

#[tokio::test]
async fn what_a_killed_put_leaves_is_swept_after_its_day() {
    let (keep, blobs) = folder();
    let id = blobs.put(b"whole".to_vec()).await.unwrap();
    let half = keep.path().join("unfinished").join("4711-0");
    fs::write(&half, b"hal").unwrap();
    let begun = Timestamp::try_from(fs::metadata(&half).unwrap().modified().unwrap()).unwrap();
    let at = |hours| begun.checked_add(SignedDuration::from_hours(hours)).unwrap();
    assert_eq!(blobs.list(None, 10).await.unwrap().len(), 1, "it is no blob");
    assert_eq!(sweep(&blobs, &NoRows, at(23)).await.unwrap(), 0);
    assert!(half.exists() && blobs.contains(id).await.unwrap());
    assert_eq!(sweep(&blobs, &NoRows, at(25)).await.unwrap(), 2);
    assert!(!half.exists() && !blobs.contains(id).await.unwrap());
}

/// The names that a put would take next may be taken, by one that was killed under the same number of a process.
#[tokio::test]
async fn leftovers_are_in_nobodys_way() {
    let (keep, blobs) = folder();
    for number in 0..200 {
        fs::write(keep.path().join("unfinished").join(format!("{}-{number}", std::process::id())), b"old").unwrap();
    }
    let id = blobs.put(b"new".to_vec()).await.unwrap();
    assert_eq!(blobs.get(id).await.unwrap().as_deref(), Some(&b"new"[..]));
    assert_eq!(names(&keep.path().join("unfinished")).len(), 200);
}

#[tokio::test]
async fn other_files_are_left_alone() {
    let (keep, blobs) = folder();
    let id = blobs.put(b"ours".to_vec()).await.unwrap();
    let shard = keep.path().join(&id.to_string()[..2]);
    fs::write(shard.join("README"), b"not ours").unwrap();
    fs::write(keep.path().join("notes"), b"not ours").unwrap();
    assert_eq!(blobs.list(None, 10).await.unwrap().len(), 1);
    assert_eq!(sweep(&blobs, &NoRows, Timestamp::MAX).await.unwrap(), 1);
    assert!(shard.join("README").exists() && keep.path().join("notes").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn for_its_owners_eyes_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let keep = tempfile::tempdir().unwrap();
    let root = keep.path().join("a/b");
    let blobs = ::blobs::folder(&root).unwrap();
    let id = blobs.put(b"private".to_vec()).await.unwrap();
    let file = place(&root, id);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(&root.join("lock"))), (0o600, 0o600));
    for folder in [&root, &root.join("unfinished"), file.parent().unwrap()] {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
    }
    // What was put is where it belongs, and nothing besides.
    assert_eq!(names(&root.join("unfinished")), [""; 0]);
}

#[tokio::test]
async fn two_processes_share_a_folder() {
    let (keep, first) = folder();
    let second = ::blobs::folder(keep.path()).unwrap();
    let id = first.put(b"shared".to_vec()).await.unwrap();
    let old = first.list(None, 1).await.unwrap().remove(0).put_at;
    assert_eq!(second.get(id).await.unwrap().as_deref(), Some(&b"shared"[..]));
    let day = GRACE.checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(sweep(&second, &NoRows, old.checked_add(day).unwrap()).await.unwrap(), 1);
    assert_eq!(first.get(id).await.unwrap(), None);
}

#[tokio::test]
async fn a_folder_that_went_is_unavailable() {
    let (keep, blobs) = folder();
    blobs.blobs_ready().await.unwrap();
    fs::remove_dir_all(keep.path()).unwrap();
    for refused in [blobs.blobs_ready().await.err(), blobs.put(b"x".to_vec()).await.err()] {
        assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
    }
}
