//! The store's own care, and data that outlive the process.
use super::{TestStore, world};
use crate::{
    ports::{blobs::BlobId, store::Store},
    testing::builders as make,
};
use domain::filter::{Filter, Query};
use jiff::SignedDuration;
use std::{sync::Arc, time::Duration};

const DAY: i64 = 86_400;
const IDLE: Duration = Duration::from_hours(14 * 24);

pub async fn what_has_had_its_time_goes(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    let sweep = async |days: i64| store.sweep(make::at(days * DAY), IDLE).await.unwrap();
    assert_eq!(sweep(0).await, 0);

    // Sessions: one unused, one used, one at its absolute end.
    let mut used = make::session(ada, 2);
    used.seen_at = make::at(10 * DAY);
    let mut short = make::session(ada, 3);
    (short.seen_at, short.expires_at) = (make::at(10 * DAY), make::at(13 * DAY));
    for session in [&make::session(ada, 1), &used, &short] {
        t.sessions.create_session(session).await.unwrap();
    }
    assert_eq!((sweep(12).await, sweep(13).await, sweep(14).await, sweep(15).await), (0, 1, 1, 0));
    assert_eq!(t.sessions.sessions(ada).await.unwrap(), [used]);

    t.sessions.put_flash([1; 32], b"x", make::at(15 * DAY + 60)).await.unwrap();
    let write = make::keyed(ada, 15 * DAY, "key", 1);
    let row = store.create_expense(&write, &make::expense(ada, Some(budget), 1, 5)).await.unwrap();
    let (import, _) = world::draft(store, ada, None, 2, 300).await;
    assert_eq!(store.sweep(make::at(15 * DAY + 61), IDLE).await.unwrap(), 2, "the flash, the draft of the first day");
    assert_eq!(store.import(ada, import.id).await.unwrap(), None);
    assert_eq!(t.sessions.take_flash([1; 32], make::at(0)).await.unwrap(), None);
    assert_eq!(sweep(16).await, 1, "the key");

    let mut gone = make::changed(&row, 1, |_| ());
    gone.deleted_at = Some(make::at(16 * DAY));
    store.update_expense(&make::write(ada, 16 * DAY), &gone).await.unwrap();
    t.sessions.end_session(ada, make::session(ada, 2).id).await.unwrap();
    assert_eq!((sweep(45).await, store.trash(ada).await.unwrap().len()), (0, 1));
    assert_eq!((sweep(46).await, store.trash(ada).await.unwrap().len()), (1, 0));
    assert_eq!(store.expense(ada, row.id).await.unwrap(), None);
    world::check_totals(store, ada, &[budget]).await;
}

pub async fn words_of_an_earlier_program_are_renewed(t: TestStore) {
    let store = &*t.store;
    let (ada, budget) = world::owner(store, 1).await;
    let mut rows = Vec::new();
    for n in 0..7 {
        let mut row = make::expense(ada, (n % 2 == 0).then_some(budget), n, 100);
        row.merchant = Some(format!("Bäckerei {n}"));
        row.derive();
        rows.push(world::put(store, row).await);
    }
    let gone = world::change(store, &rows[6], |row| row.deleted_at = Some(make::at(9))).await;
    let found = async |asked: &str| {
        let filter = Filter { words: domain::words::query(asked), ..Filter::default() };
        world::page(store, ada, &Query { filter, ..Query::default() }).await.total
    };
    assert_eq!((found("baeckerei").await, found("backerei 3 ").await), (6, 1));
    (t.forget_words)().await;
    assert_eq!(found("baeckerei").await, 0);
    assert_eq!((store.renew_words(5).await.unwrap(), store.renew_words(5).await.unwrap()), (5, 2));
    assert_eq!(store.renew_words(5).await.unwrap(), 0);
    assert_eq!((found("baeckerei").await, found("backerei 3 ").await), (6, 1));
    let all = world::walk(store, ada, Query::default()).await;
    assert!(all.iter().all(|row| rows.contains(row)), "nothing else is changed by it");
    world::change(store, &gone, |row| row.deleted_at = None).await;
    assert_eq!(found("baeckerei").await, 7);
    world::change(store, &rows[1], |row| row.merchant = Some("Shop".to_owned())).await;
    assert_eq!((found("baeckerei").await, found("shop").await), (6, 1));
}

pub async fn a_budget_that_goes_leaves_its_expenses(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    let kept = world::budget(store, ada, 2).await;
    let row = world::put(store, make::expense(ada, Some(budget), 1, 500)).await;
    let other = world::put(store, make::expense(ada, Some(kept), 2, 700)).await;
    store.set_budget_deleted(&make::write(ada, 0), budget, true).await.unwrap();
    assert_eq!(store.sweep(make::at(30 * DAY - 1), IDLE).await.unwrap(), 0);
    assert_eq!(store.sweep(make::at(30 * DAY), IDLE).await.unwrap(), 1);
    assert_eq!(store.trash(ada).await.unwrap(), []);
    let rows = world::walk(store, ada, Query::default()).await;
    assert_eq!(
        rows.iter().map(|row| (row.id, row.budget_id)).collect::<Vec<_>>(),
        [(other.id, Some(kept)), (row.id, None)]
    );
    assert_eq!((rows[1].version, rows[1].amount), (2, row.amount));
    world::check_totals(store, ada, &[kept]).await;
    assert_eq!(store.user(ada).await.unwrap().unwrap().preferences.default_budget_id, Some(kept));
}

pub async fn it_answers(t: TestStore) {
    t.store.ping().await.unwrap();
    let long = Duration::try_from(SignedDuration::MAX).unwrap();
    assert_eq!(t.store.sweep(jiff::Timestamp::MIN, long).await.unwrap(), 0);
}

pub async fn the_files_of_drafts_are_in_use(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (bob, _) = world::owner(&*t.store, 2).await;
    let id = |n: u32| make::import(ada, None, n).sha256.parse::<BlobId>().unwrap();
    let asked: Vec<BlobId> = (0..1_000).map(id).collect();
    let used = async || {
        let mut used = t.store.blobs_in_use(&asked).await.unwrap();
        used.sort();
        used
    };
    assert_eq!(used().await, []);
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 3, 2).await;
    world::draft(&*t.store, ada, None, 4, 2).await;
    // The same file, of two people.
    let mut other = make::import(bob, None, 5);
    other.sha256 = id(4).to_string();
    t.store.stage_import(&make::write(bob, 5), &other, &[]).await.unwrap();
    let (_, late) = world::draft(&*t.store, bob, None, 600, 2).await;
    assert_eq!(used().await, [id(3), id(4), id(600)]);
    t.store.commit_import(&make::write(ada, 6), commit.clone()).await.unwrap();
    t.store.commit_import(&make::write(bob, 700), late).await.unwrap();
    assert_eq!(used().await, [id(4)]);
    t.store.revert_import(&make::write(ada, 7), commit.import_id).await.unwrap();
    assert_eq!(used().await, [id(4)]);
    // Ada's draft ends first, then Bob's.
    t.store.sweep(make::at(DAY + 4), IDLE).await.unwrap();
    assert_eq!(used().await, [id(4)]);
    t.store.sweep(make::at(DAY + 5), IDLE).await.unwrap();
    assert_eq!(used().await, []);
    assert_eq!(t.store.blobs_in_use(&[]).await.unwrap(), []);
}

pub async fn data_outlive_the_process(t: TestStore) {
    let Some(reopen) = &t.reopen else { return };
    let (ada, budget) = world::owner(&*t.store, 1).await;
    world::put(&*t.store, make::expense(ada, Some(budget), 1, 500)).await;
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 2, 20).await;
    t.store.commit_import(&make::write(ada, 3), commit).await.unwrap();
    world::draft(&*t.store, ada, Some(budget), 3, 700).await;
    let before = world::belongings(&*t.store, ada).await;
    let again: Arc<dyn Store> = reopen(Arc::clone(&t.store)).await;
    assert_eq!(world::belongings(&*again, ada).await, before);
    world::check_totals(&*again, ada, &[budget]).await;
    let person = again.credentials("person1@example.org").await.unwrap().unwrap();
    assert_eq!(person.password_hash, make::person(1).password_hash);
}
