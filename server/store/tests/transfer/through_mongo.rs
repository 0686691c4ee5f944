//! From a file to `MongoDB` and back to another file.
use super::{assert_same, fresh, moved, server::Scratch, survey, world};
use mongodb::bson::{Document, doc};
use service::{
    Error,
    ports::store::UserStore as _,
    testing::{FaultPoint, Faults, builders as make},
};
use store::{
    Options, mongo, open, open_target,
    transfer::{Refusal, Source as _},
};

#[tokio::test(flavor = "multi_thread")]
async fn there_and_back_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(&folder.path().join("first.db")).unwrap();
    let users = world::fill(&first).await;
    let (scratch, faults) = (Scratch::new().await, Faults::default());
    let between = mongo::open_target(scratch.options(&faults)).await.unwrap();

    // Broken among the expenses, then among the totals, then to the end.
    for (point, nth) in [(FaultPoint::Commit, 6), (FaultPoint::Totals, 2)] {
        faults.arm(point, nth);
        let broken = moved(&first, &between, fresh(1, 2)).await;
        assert!(matches!(broken, Err(Refusal::Store(Error::Unavailable(_)))), "{broken:?}");
        let refused = mongo::open(scratch.options(&faults)).await.err();
        assert!(matches!(&refused, Some(Error::Internal(text)) if text.contains("migrate-store")), "{refused:?}");
    }
    let there = moved(&first, &between, fresh(1, 2)).await.unwrap();
    assert!(there.again);
    assert_same(&first, &between).await;
    let finished = moved(&first, &between, fresh(1, 2)).await;
    assert!(matches!(finished, Err(Refusal::Finished(_))), "{finished:?}");

    let path = folder.path().join("second.db");
    let second = open_target(&path, Options::default()).unwrap();
    let back = moved(&between, &second, fresh(2, 3)).await.unwrap();
    assert_eq!(back.census, there.census);
    assert_same(&first, &second).await;
    second.close().await;

    let (between, second) = (scratch.open(&faults).await, open(&path).unwrap());
    for user in users {
        let had = world::belongings(&first, user).await;
        assert_eq!(had, world::belongings(&between, user).await);
        assert_eq!(had, world::belongings(&second, user).await);
    }
    world::use_further(&between).await;
    world::use_further(&second).await;
    let after = survey(&between).await;
    assert_eq!(after.difference(&survey(&second).await), None, "both were used in the same way");
    assert_eq!(between.kept().await.unwrap().difference(&after.kept()), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_data_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let source = open(&folder.path().join("a.db")).unwrap();
    source.create_user(&make::write(make::person(1).user.id, 0), &make::person(1)).await.unwrap();
    let scratch = Scratch::new().await;
    let store = scratch.open(&Faults::default()).await;
    store.create_user(&make::write(make::person(2).user.id, 0), &make::person(2)).await.unwrap();
    let target = mongo::open_target(scratch.options(&Faults::default())).await.unwrap();
    let before = survey(&store).await;
    let refused = moved(&source, &target, fresh(1, 2)).await;
    assert!(matches!(&refused, Err(Refusal::NotEmpty(what)) if what == "1 users"), "{refused:?}");
    assert_eq!(before.difference(&survey(&store).await), None);
    scratch.open(&Faults::default()).await;
}

/// Another program may have a collection `users`, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_program_is_left_alone() {
    let scratch = Scratch::new().await;
    let raw = scratch.raw().await;
    raw.collection::<Document>("users").insert_one(doc! { "name": "Ada" }).await.unwrap();
    let refused = mongo::open_target(scratch.options(&Faults::default())).await.err();
    assert!(matches!(&refused, Some(Error::Internal(text)) if text.contains("another program")), "{refused:?}");
    assert_eq!(raw.list_collection_names().await.unwrap(), ["users"]);
}
