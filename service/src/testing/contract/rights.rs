//! All of somebody's data in their hands, and all of it gone.
use super::{TestStore, world};
use crate::{
    ports::{
        jobs::{JobStatus, NewJob},
        store::ImportStatus,
    },
    testing::{FaultPoint, builders as make},
};
use domain::{
    expense::Split,
    ids::{JobId, UserId},
};

/// So many expenses in the trash, after one that is alive.
async fn with_trash(t: &TestStore, user: UserId, count: u32) {
    let store = &*t.store;
    world::put(store, make::expense(user, None, 99, 100)).await;
    for n in 1..=count {
        let row = world::put(store, make::expense(user, None, n, 500)).await;
        world::change(store, &row, |row| row.deleted_at = Some(make::at(0))).await;
    }
}

pub async fn lists_that_leave_nothing_out(t: TestStore) {
    let store = &*t.store;
    let (ada, budget) = world::owner(store, 1).await;
    let binned = world::budget(store, ada, 2).await;
    let (bob, _) = world::owner(store, 3).await;
    store.set_budget_deleted(&make::write(ada, 5), binned, true).await.unwrap();
    let (mut changed, _) = store.budget(ada, budget).await.unwrap().unwrap();
    (changed.version, changed.plan.name) = (2, "Second".to_owned());
    store.update_budget(&make::write(ada, 6), &changed, &make::by_hand()).await.unwrap();
    let budgets = store.every_budget(ada).await.unwrap();
    assert_eq!(budgets.iter().map(|budget| budget.id).collect::<Vec<_>>(), [budget, binned]);
    assert_eq!(budgets[0], changed);
    let kept = make::month_entry(ada, budget, 1);
    store.keep_month(&make::write(ada, 6), &kept).await.unwrap();
    assert_eq!(store.budget_months(ada, budget).await.unwrap(), [kept]);
    assert_eq!(store.budget_months(ada, binned).await.unwrap(), []);
    assert_eq!(store.budget_months(bob, budget).await.unwrap(), [], "of another one's");
    let versions = store.budget_versions(ada, budget).await.unwrap();
    let told: Vec<_> = versions.iter().map(|version| (version.version, version.made_by, version.made_at)).collect();
    assert_eq!(told, [(1, ada, make::at(1)), (2, ada, make::at(6))]);
    assert_eq!(versions[1].plan.name, "Second");
    assert_eq!(store.budget_versions(bob, budget).await.unwrap(), [], "of another one's");

    with_trash(&t, ada, 5).await;
    let (mut after, mut walked) = (None, Vec::new());
    loop {
        let found = store.trashed_expenses(ada, after, 2).await.unwrap();
        let Some(last) = found.last() else { break };
        assert!(found.len() <= 2 && found.iter().all(|row| row.deleted_at.is_some()));
        after = Some(last.id);
        walked.extend(found.into_iter().map(|row| row.id));
    }
    assert!(walked.is_sorted() && walked.len() == 5, "{walked:?}");
    assert_eq!(store.trashed_expenses(bob, None, 10).await.unwrap(), []);

    let (_, commit) = world::draft(store, ada, None, 7, 3).await;
    store.commit_import(&make::write(ada, 8), commit).await.unwrap();
    world::draft(store, ada, None, 9, 2).await;
    let first = store.every_import(ada, None, 1).await.unwrap();
    let rest = store.every_import(ada, Some(first[0].id), 10).await.unwrap();
    let states: Vec<_> = first.iter().chain(&rest).map(|import| import.status).collect();
    assert_eq!(states, [ImportStatus::Committed, ImportStatus::Draft]);
    assert_eq!(store.every_import(bob, None, 10).await.unwrap(), []);
}

pub async fn nothing_is_left_of_somebody(t: TestStore) {
    let store = &*t.store;
    let (bob, _) = world::owner(store, 2).await;
    world::put(store, make::expense(bob, None, 5_000, 100)).await;
    let neighbour = world::belongings(store, bob).await;
    let (ada, budget) = world::owner(store, 1).await;
    world::put(store, make::expense(ada, Some(budget), 50, 700)).await;
    store.keep_month(&make::write(ada, 6), &make::month_entry(ada, budget, 1)).await.unwrap();
    with_trash(&t, ada, 3).await;
    let (_, commit) = world::draft(store, ada, Some(budget), 7, 30).await;
    store.commit_import(&make::write(ada, 8), commit).await.unwrap();
    world::draft(store, ada, None, 9, 600).await;
    store.create_account(&make::write(ada, 9), &make::account(ada, 4)).await.unwrap();
    store.create_rule(&make::write(ada, 9), &make::rule(ada, 4, "Corner Shop")).await.unwrap();
    store.create_expense(&make::keyed(ada, 9, "key", 1), &make::expense(ada, None, 60, 5)).await.unwrap();
    let (rent, series) = make::series(ada, Some(budget), 61);
    store.keep_with_series(&make::write(ada, 9), &rent, &series).await.unwrap();
    t.sessions.create_session(&make::session(ada, 1)).await.unwrap();
    let mut person = store.person(ada).await.unwrap().unwrap();
    person.version += 1;
    person.user.standing.avatar = Some("ab".repeat(32));
    store.save_person(&make::write(ada, 9), &person).await.unwrap();
    let job = |n: u32, user_id| NewJob {
        id: JobId(make::id(n)),
        kind: "test".to_owned(),
        payload: "{}".to_owned(),
        run_at: make::at(0),
        unique_key: None,
        user_id,
    };
    store.enqueue(&[job(1, Some(ada))], make::at(0)).await.unwrap();
    assert!((t.mentions)(ada).await.len() > 5, "the look finds what is there: {:?}", (t.mentions)(ada).await);

    let mut gone = 0;
    loop {
        match store.erase_expenses(ada).await.unwrap() {
            0 => break,
            some => gone += some,
        }
    }
    assert_eq!(gone, 1 + 4 + 30 + 1 + 1);
    let mut write = make::write(ada, 10);
    write.jobs = vec![job(2, None)];
    store.erase_person(&write).await.unwrap();
    assert_eq!((t.mentions)(ada).await, Vec::<String>::new());
    let jobs: Vec<_> = store.jobs(JobStatus::Open).await.unwrap().into_iter().map(|job| job.job.id).collect();
    assert_eq!(jobs, [JobId(make::id(2))], "what follows is kept");
    assert_eq!(store.credentials("person1@example.org").await.unwrap().map(|person| person.user), None);
    assert_eq!(world::belongings(store, bob).await, neighbour);
    // Once more, as a job does that was cut off after it.
    store.erase_person(&make::write(ada, 11)).await.unwrap();
    assert_eq!((t.mentions)(ada).await, Vec::<String>::new());
}

pub async fn an_end_is_whole_or_nothing(t: TestStore) {
    let store = &*t.store;
    let (ada, budget) = world::owner(store, 1).await;
    world::put(store, make::expense(ada, Some(budget), 50, 700)).await;
    world::draft(store, ada, None, 9, 10).await;
    let before = world::belongings(store, ada).await;
    t.faults.arm(FaultPoint::Commit, 1);
    store.erase_person(&make::write(ada, 10)).await.unwrap_err();
    assert_eq!(world::belongings(store, ada).await, before);
    store.erase_person(&make::write(ada, 11)).await.unwrap();
    assert_eq!((t.mentions)(ada).await, Vec::<String>::new());
}

pub async fn a_part_forgets_whose_it_was(t: TestStore) {
    let store = &*t.store;
    let (ada, bob) = (world::person(store, 1).await, world::person(store, 2).await);
    let split = |amount, member_id| Split { category: None, subcategory: None, amount, memo: None, member_id };
    let mut row = make::expense(bob, None, 3, 100);
    row.splits = vec![split(60, Some(ada)), split(30, Some(bob)), split(10, Some(ada))];
    let row = world::put(store, row).await;
    let other = world::put(store, make::expense(bob, None, 4, 100)).await;
    let (mut first, mut series) = make::series(bob, None, 7);
    first.splits = vec![split(first.amount.minor(), Some(ada))];
    series.template.splits.clone_from(&first.splits);
    store.keep_with_series(&make::write(bob, 5), &first, &series).await.unwrap();
    store.erase_person(&make::write(ada, 10)).await.unwrap();
    assert_eq!((t.mentions)(ada).await, Vec::<String>::new());
    let left = store.expense(bob, row.id).await.unwrap().unwrap();
    let members: Vec<_> = left.splits.iter().map(|split| (split.amount, split.member_id)).collect();
    assert_eq!((members, left.version), (vec![(60, None), (30, Some(bob)), (10, None)], 2));
    assert_eq!(store.expense(bob, other.id).await.unwrap(), Some(other));
    // What is made from now on is nobody's either.
    series.template.splits[0].member_id = None;
    assert_eq!(store.series(bob, series.id).await.unwrap(), Some(series));
}

pub async fn pictures_are_in_use(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let id = crate::ports::blobs::BlobId::of(b"a picture");
    assert_eq!(t.store.blobs_in_use(&[id]).await.unwrap(), []);
    let mut person = t.store.person(ada).await.unwrap().unwrap();
    person.version += 1;
    person.user.standing.avatar = Some(id.to_string());
    t.store.save_person(&make::write(ada, 1), &person).await.unwrap();
    assert_eq!(t.store.blobs_in_use(&[id]).await.unwrap(), [id]);
}
