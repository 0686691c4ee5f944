//! Between two embedded stores: what is refused, what is noticed, what a break leaves behind.
use super::{assert_same, fresh, moved, survey, world};
use service::{
    Error, Result,
    ports::store::{ExpenseStore as _, UserStore as _},
    testing::{FaultPoint, Faults, builders as make},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use store::{
    Options, SqliteStore, open, open_target,
    transfer::{Batches, Kept, RecordKind, Refusal, Source, Target as _, move_all},
};
use tempfile::TempDir;

/// Two files in a folder; the first has something of everything.
struct Pair {
    _folder: TempDir,
    source: SqliteStore,
    target_path: PathBuf,
    faults: Faults,
}

impl Pair {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = open(&folder.path().join("source.db")).unwrap();
        world::fill(&source).await;
        Self { target_path: folder.path().join("target.db"), _folder: folder, source, faults: Faults::default() }
    }

    fn target(&self) -> SqliteStore {
        open_target(&self.target_path, Options { readers: Some(1), faults: self.faults.clone() }).unwrap()
    }
}

fn refused_by_servers(path: &Path) {
    let refused = open(path).err();
    assert!(matches!(&refused, Some(Error::Internal(text)) if text.contains("migrate-store")), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_arrives_and_once_only() {
    let pair = Pair::new().await;
    let target = pair.target();
    let done = moved(&pair.source, &target, fresh(1, 2)).await.unwrap();
    assert!(!done.again && RecordKind::ALL.iter().all(|kind| done.census.rows.contains_key(kind)), "{done:?}");
    assert_same(&pair.source, &target).await;
    let before = survey(&target).await;
    let finished = moved(&pair.source, &target, fresh(1, 2)).await;
    assert!(matches!(finished, Err(Refusal::Finished(_))), "{finished:?}");
    assert_eq!(before.difference(&survey(&target).await), None);
    target.close().await;
    world::use_further(&open(&pair.target_path).unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_break_it_is_begun_anew() {
    let pair = Pair::new().await;
    let points = [(FaultPoint::Commit, 1), (FaultPoint::Commit, 6), (FaultPoint::Totals, 1), (FaultPoint::Totals, 3)];
    for (round, (point, nth)) in points.into_iter().enumerate() {
        pair.faults.arm(point, nth);
        let target = pair.target();
        let broken = moved(&pair.source, &target, fresh(1, 2)).await;
        assert!(matches!(broken, Err(Refusal::Store(Error::Unavailable(_)))), "{round}: {broken:?}");
        assert!(!pair.faults.is_armed());
        target.close().await;
        refused_by_servers(&pair.target_path);
    }
    let target = pair.target();
    assert!(moved(&pair.source, &target, fresh(1, 2)).await.unwrap().again);
    assert_same(&pair.source, &target).await;
    target.close().await;
    open(&pair.target_path).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn given_up_between_two_batches_it_is_begun_anew() {
    let pair = Pair::new().await;
    let target = pair.target();
    for batches in 1..=5 {
        let (enough, reached) = tokio::sync::oneshot::channel();
        let (mut enough, mut left) = (Some(enough), batches);
        let mut count = |_| {
            left -= 1;
            if left == 0 {
                let _ = enough.take().map(|enough| enough.send(()));
            }
        };
        tokio::select! {
            biased;
            _ = reached => {}
            ended = move_all(&pair.source, &target, fresh(1, 2), make::at(5), &mut count) => panic!("{ended:?}"),
        }
        refused_by_servers(&pair.target_path);
    }
    assert!(moved(&pair.source, &target, fresh(1, 2)).await.unwrap().again);
    assert_same(&pair.source, &target).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_data_is_left_alone() {
    let pair = Pair::new().await;
    let target = pair.target();
    target.create_user(&make::write(make::person(5).user.id, 0), &make::person(5)).await.unwrap();
    let before = survey(&target).await;
    let refused = moved(&pair.source, &target, fresh(1, 2)).await;
    assert!(matches!(&refused, Err(Refusal::NotEmpty(what)) if what == "1 users"), "{refused:?}");
    let same = moved(&pair.source, &pair.source, fresh(1, 2)).await;
    assert!(matches!(same, Err(Refusal::Same)), "{same:?}");
    assert_eq!((before.difference(&survey(&target).await), target.marker().await.unwrap()), (None, None));
    target.close().await;
    open(&pair.target_path).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_from_elsewhere_is_left_alone() {
    let pair = Pair::new().await;
    pair.faults.arm(FaultPoint::Commit, 4);
    let target = pair.target();
    moved(&pair.source, &target, fresh(1, 2)).await.unwrap_err();
    let (other, before) = (Pair::new().await, survey(&target).await);
    let refused = moved(&other.source, &target, fresh(3, 2)).await;
    assert!(matches!(refused, Err(Refusal::OtherSource(_))), "{refused:?}");
    assert_eq!(before.difference(&survey(&target).await), None);
    assert!(before.census.rows[&RecordKind::Users] > 0);
}

/// A store that somebody writes to after all was read for the first time.
struct Busy<'a> {
    store: &'a SqliteStore,
    reads: AtomicU32,
}

#[async_trait::async_trait]
impl Source for Busy<'_> {
    async fn identity(&self, fresh: [u8; 12]) -> Result<String> {
        self.store.identity(fresh).await
    }
    async fn counts(&self) -> Result<BTreeMap<RecordKind, u64>> {
        self.store.counts().await
    }
    fn records(&self) -> Batches {
        if self.reads.fetch_add(1, Ordering::Relaxed) == 0 {
            return self.store.records();
        }
        let (sender, batches) = tokio::sync::mpsc::channel(1);
        let store = self.store.clone();
        tokio::spawn(async move {
            let row = make::expense(world::banker(), None, 8_999_999, 1);
            store.create_expense(&make::write(world::banker(), 9), &row).await.unwrap();
            let mut all = store.records();
            while let Some(batch) = all.recv().await {
                sender.send(batch).await.unwrap();
            }
        });
        batches
    }
    async fn kept(&self) -> Result<Kept> {
        self.store.kept().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_changes_is_noticed() {
    let pair = Pair::new().await;
    let target = pair.target();
    let busy = Busy { store: &pair.source, reads: AtomicU32::new(0) };
    let refused = moved(&busy, &target, fresh(1, 2)).await.unwrap_err();
    assert!(matches!(refused, Refusal::Changed(_)), "{refused:?}");
    assert!(refused.to_string().contains("stop every server"), "{refused}");
    refused_by_servers(&pair.target_path);
    assert!(moved(&pair.source, &target, fresh(1, 2)).await.unwrap().again);
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_that_are_wrong_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("source.db");
    let source = open(&path).unwrap();
    world::fill(&source).await;
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE spending SET minor = minor + 1").unwrap();
    let target = open_target(&folder.path().join("target.db"), Options::default()).unwrap();
    let refused = moved(&source, &target, fresh(1, 2)).await.unwrap_err();
    assert!(matches!(refused, Refusal::Kept { whose: "source", .. }), "{refused:?}");
}
