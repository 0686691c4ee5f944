//! Backup and restore as a whole: what comes back, what is refused, what is noticed.
use super::{backup, manifest, read::unpack, restore, seal};
use crate::folder;
use jiff::Timestamp;
use proptest::prelude::*;
use service::{
    ports::store::{BudgetStore as _, ExpenseStore as _, UserStore as _},
    testing::builders as make,
};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use store::{SqliteStore, transfer::RecordKind};
use tempfile::TempDir;

/// A data folder with a store, a secret and two blobs, and a place for archives beside it.
struct World {
    root: TempDir,
    store: SqliteStore,
}

const BLOB: &str = "blobs/ab/cdef";

impl World {
    async fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        folder::make(&data.join("blobs/ab")).unwrap();
        std::fs::write(data.join("encryption.key"), "secret").unwrap();
        std::fs::write(data.join(BLOB), vec![7; 70_000]).unwrap();
        std::fs::write(data.join("blobs/empty"), "").unwrap();
        std::fs::write(data.join("wealthwise.lock"), "").unwrap();
        let store = store::open(&folder::database(&data)).unwrap();
        let ada = make::person(1).user.id;
        store.create_user(&make::write(ada, 0), &make::person(1)).await.unwrap();
        store.create_budget(&make::write(ada, 0), &make::budget(ada, 1)).await.unwrap();
        Self { root, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn backup(&self, name: &str) -> Result<manifest::Manifest, String> {
        backup(&self.path("data"), &self.path(name), Timestamp::UNIX_EPOCH)
    }

    /// What lies around in the folder of archives.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.root.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_comes_back() {
    let world = World::new().await;
    let ada = make::person(1).user.id;
    world.store.create_expense(&make::write(ada, 1), &make::expense(ada, None, 3, 999)).await.unwrap();
    let written = world.backup("a.tar.gz").unwrap();
    let names: Vec<&str> = written.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["wealthwise.db", BLOB, "blobs/empty", "encryption.key"]);
    assert_eq!(written.census.users[&ada].values().map(|sum| sum.minor).sum::<i128>(), 999);
    assert_eq!(restore(&world.path("a.tar.gz"), &world.path("again")).unwrap(), written);
    for name in ["encryption.key", BLOB, "blobs/empty"] {
        let read = |folder: &str| std::fs::read(world.path(folder).join(name)).unwrap();
        assert_eq!(read("data"), read("again"), "{name}");
    }
    let again = store::open(&folder::database(&world.path("again"))).unwrap();
    assert_eq!(again.expense(ada, make::expense(ada, None, 3, 999).id).await.unwrap().unwrap().amount.minor(), 999);
    assert_eq!(world.names(), ["a.tar.gz", "again", "data"], "nothing else is left");
    #[cfg(unix)]
    for (name, expected) in
        [("a.tar.gz", 0o600), ("again", 0o700), ("again/wealthwise.db", 0o600), ("again/blobs/ab", 0o700)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(world.path(name).metadata().unwrap().permissions().mode() & 0o777, expected, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_overwritten() {
    let world = World::new().await;
    std::fs::write(world.path("there"), "mine").unwrap();
    for (name, why) in [("there", "is there already"), ("data/a", "inside the data folder"), ("data/blobs/a", "inside")]
    {
        let refused = world.backup(name).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
    assert_eq!(std::fs::read(world.path("there")).unwrap(), b"mine");
    world.backup("a").unwrap();
    for into in ["data", "there"] {
        restore(&world.path("a"), &world.path(into)).unwrap_err();
    }
    std::fs::create_dir(world.path("empty")).unwrap();
    restore(&world.path("a"), &world.path("empty")).unwrap();
    let refused = restore(&world.path("a"), &world.path("empty")).unwrap_err();
    assert!(refused.contains("not empty"), "{refused}");
    let refused = backup(&world.path("nowhere"), &world.path("b"), Timestamp::UNIX_EPOCH).unwrap_err();
    assert!(refused.contains("no embedded store"), "{refused}");
    assert_eq!(world.names(), ["a", "data", "empty", "there"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn among_200_writers_nothing_acknowledged_is_missing() {
    let world = World::new().await;
    let ada = make::person(1).user.id;
    let budget = make::budget(ada, 1).id;
    let (say, mut acknowledged) = tokio::sync::mpsc::unbounded_channel();
    let mut writers = Vec::new();
    for writer in 1..=200_u32 {
        let (store, say) = (world.store.clone(), say.clone());
        writers.push(tokio::spawn(async move {
            for n in 0..5 {
                let row = make::expense(ada, Some(budget), writer * 10 + n, i64::from(writer));
                let row = store.create_expense(&make::write(ada, 1), &row).await.unwrap();
                say.send(row.id).unwrap();
            }
        }));
    }
    let mut before = Vec::new();
    while before.len() < 150 {
        before.push(acknowledged.recv().await.unwrap());
    }
    let (from, to) = (world.path("data"), world.path("a"));
    let written =
        tokio::task::spawn_blocking(move || backup(&from, &to, Timestamp::UNIX_EPOCH)).await.unwrap().unwrap();
    for writer in writers {
        writer.await.unwrap();
    }
    // Counts and totals are checked by it, and that the database is whole.
    restore(&world.path("a"), &world.path("again")).unwrap();
    let again = store::open(&folder::database(&world.path("again"))).unwrap();
    for id in &before {
        assert!(again.expense(ada, *id).await.unwrap().is_some(), "{id} was acknowledged before the backup began");
    }
    let rows = written.census.rows[&RecordKind::Expenses];
    assert!((150..=1_000).contains(&rows), "{rows}");
    let spent = again.spending(ada, budget, domain::Date::MIN, domain::Date::MAX).await.unwrap();
    let sum: i64 = spent.iter().map(|day| day.total.minor).sum();
    assert_eq!(written.census.users[&ada].values().map(|sum| sum.minor).sum::<i128>(), i128::from(sum));
}

/// The bytes of a good archive.
static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::new());
    world.backup("a").unwrap();
    std::fs::read(world.path("a")).unwrap()
});

/// What restoring these bytes comes to. Nothing may be left of it where it fails.
fn restored(bytes: &[u8]) -> Result<(), String> {
    let root = tempfile::tempdir().unwrap();
    let (archive, into) = (root.path().join("a"), root.path().join("into"));
    std::fs::write(&archive, bytes).unwrap();
    let outcome = restore(&archive, &into).map(drop);
    let left = std::fs::read_dir(root.path()).unwrap().count();
    assert_eq!((into.exists(), left), if outcome.is_ok() { (true, 2) } else { (false, 1) });
    outcome
}

#[test]
fn whole_it_is_taken() {
    assert_eq!(restored(&GOOD), Ok(()));
}

#[test]
fn any_change_of_the_head_or_the_end_is_noticed() {
    let last = GOOD.len() - 1;
    for place in (0..64).chain(last - 24..=last) {
        for bit in 0..8 {
            let mut bytes = GOOD.clone();
            bytes[place] ^= 1 << bit;
            assert!(restored(&bytes).is_err(), "bit {bit} of byte {place}");
        }
    }
    assert!(restored(&[&GOOD[..], b"\0"].concat()).is_err(), "something after it");
    assert!(restored(b"").is_err() && restored(&GOOD[..10]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_changed_byte_is_noticed(place in any::<prop::sample::Index>(), change in 1_u8..) {
        let mut bytes = GOOD.clone();
        *place.get_mut(&mut bytes) ^= change;
        prop_assert!(restored(&bytes).is_err());
    }

    #[test]
    fn a_missing_end_is_noticed(length in any::<prop::sample::Index>()) {
        prop_assert!(restored(&GOOD[..length.index(GOOD.len())]).is_err());
    }
}

/// An archive with a good seal around entries of the test's making.
fn forged(entries: impl FnOnce(&mut tar::Builder<flate2::write::GzEncoder<&File>>)) -> Vec<u8> {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("forged");
    let mut file = File::options().read(true).write(true).create_new(true).open(&path).unwrap();
    let mut tar = tar::Builder::new(seal::encoder(&file));
    entries(&mut tar);
    tar.into_inner().unwrap().finish().unwrap();
    seal::close(&mut file).unwrap();
    std::fs::read(&path).unwrap()
}

fn put(tar: &mut tar::Builder<impl std::io::Write>, name: &str, bytes: &[u8]) {
    tar.append(&entry(name, tar::EntryType::Regular, bytes.len() as u64), bytes).unwrap();
}

/// A header whose name is what it is, which the crate would not write.
fn entry(name: &str, kind: tar::EntryType, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

#[test]
fn names_and_kinds_that_do_harm_are_refused() {
    for name in ["../escaped", "/tmp/escaped", "blobs/../../escaped", "wealthwise.db-wal", "other/file"] {
        let bytes = forged(|tar| put(tar, name, b"abc"));
        let refused = restored(&bytes).unwrap_err();
        assert!(refused.contains("no name of a file of ours"), "{name}: {refused}");
    }
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Directory, tar::EntryType::Fifo] {
        let bytes = forged(|tar| {
            let mut header = entry("blobs/x", kind, 0);
            header.set_link_name("/etc").unwrap();
            header.set_cksum();
            tar.append(&header, &b""[..]).unwrap();
        });
        let refused = restored(&bytes).unwrap_err();
        assert!(refused.contains("no plain file"), "{kind:?}: {refused}");
    }
}

#[test]
fn what_the_manifest_does_not_say_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let good = root.path().join("good");
    std::fs::write(&good, &*GOOD).unwrap();
    let folder = root.path().join("data");
    let said = serde_json::to_value(unpack(&good, &folder).unwrap()).unwrap();
    let with = |said: &serde_json::Value, changed: Option<&str>, after: bool| {
        let json = serde_json::to_vec(said).unwrap();
        forged(|tar| {
            for name in ["wealthwise.db", BLOB, "blobs/empty", "encryption.key"] {
                let bytes = std::fs::read(folder.join(name)).unwrap();
                put(tar, name, if changed == Some(name) { b"other" } else { &bytes });
            }
            put(tar, manifest::NAME, &json);
            if after {
                put(tar, "more.key", b"");
            }
        })
    };
    assert_eq!(restored(&with(&said, None, false)), Ok(()), "made like this it is a good one");
    let refused = |bytes: &[u8], why: &str| {
        let refused = restored(bytes).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    };
    refused(&with(&said, Some(BLOB), false), "not those that its manifest names");
    refused(&with(&said, None, true), "after the manifest");
    let changed = |field: &str, value: serde_json::Value| {
        let mut said = said.clone();
        said[field] = value;
        with(&said, None, false)
    };
    refused(&changed("format", 2.into()), "newer program");
    refused(&changed("schema", 1.into()), "does not hold");
    refused(&changed("census", serde_json::json!({ "rows": {}, "budgets": {}, "users": {} })), "does not hold");
    refused(&changed("more", true.into()), "manifest");
    refused(&forged(|tar| put(tar, "wealthwise.db", b"")), "no manifest");
    let foreign = flate2::read::GzEncoder::new(&b"text"[..], flate2::Compression::fast());
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut { foreign }, &mut bytes).unwrap();
    bytes.resize(100, 0);
    refused(&bytes, "no backup of WealthWise");
}

#[test]
fn a_newer_schema_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let good = root.path().join("good");
    std::fs::write(&good, &*GOOD).unwrap();
    let mut bytes = std::fs::read(unpacked(&good, root.path())).unwrap();
    // The place of `user_version` in the head of a database (https://www.sqlite.org/fileformat2.html#user_version_number).
    bytes[60..64].copy_from_slice(&4_711_u32.to_be_bytes());
    let archive = forged(|tar| {
        put(tar, "wealthwise.db", &bytes);
        let sha256 = super::hex(&Sha256::digest(&bytes));
        let file = serde_json::json!({ "path": "wealthwise.db", "size": bytes.len(), "sha256": sha256 });
        let census = serde_json::json!({ "rows": {}, "budgets": {}, "users": {} });
        let said = serde_json::json!({
            "format": 1, "program": "9", "schema": 4_711, "created": "2030-01-01T00:00:00Z", "files": [file], "census": census
        });
        let json = serde_json::to_vec(&said).unwrap();
        put(tar, manifest::NAME, &json);
    });
    let refused = restored(&archive).unwrap_err();
    assert!(refused.contains("newer program"), "{refused}");
}

fn unpacked(archive: &Path, root: &Path) -> PathBuf {
    unpack(archive, &root.join("unpacked")).unwrap();
    folder::database(&root.join("unpacked"))
}
