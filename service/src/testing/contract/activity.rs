//! What was done stands in the timeline, once, with what takes it back; and only for those whom it concerns.
use super::{TestStore, world};
use crate::{
    Error,
    error::Conflict,
    ports::{
        activity::{Activity, ActivityCursor, ActivityKind, ActivityQuery, Feed, Subject, Trace, Undoes},
        store::{Store, Write},
    },
    testing::builders as make,
};
use domain::{
    budget::Budget,
    currency::Currency,
    ids::{BudgetId, UserId},
    money::Money,
    version::VersionOrigin,
};
use std::time::Duration;

const DAY: i64 = 86_400;
const IDLE: Duration = Duration::from_hours(14 * 24);

pub(super) async fn own(store: &dyn Store, user: UserId) -> Vec<Activity> {
    store.activities(user, &ActivityQuery::newest(Feed::Own, 500)).await.unwrap().items
}

pub(super) async fn of_budget(store: &dyn Store, user: UserId, budget: BudgetId) -> Vec<Activity> {
    store.activities(user, &ActivityQuery::newest(Feed::Budget(budget), 500)).await.unwrap().items
}

fn kinds(activities: &[Activity]) -> Vec<ActivityKind> {
    activities.iter().map(|activity| activity.kind).collect()
}

/// A write that takes something back.
pub(super) fn undoing(user: UserId, seconds: i64, undone: &Activity) -> Write {
    let undoes = Some(Undoes { id: undone.id, backward: !undone.backward });
    let write = make::write(user, seconds);
    Write { trace: Trace { undoes, ..write.trace }, ..write }
}

pub async fn each_write_is_told_once(t: TestStore) {
    use ActivityKind::{Changed, Created, Deleted, Restored};
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    let (plan, _) = store.budget(ada, budget).await.unwrap().unwrap();
    let mut next = Budget { version: 2, ..plan };
    next.plan.name = "Home".to_owned();
    store.update_budget(&make::write(ada, 10), &next, &VersionOrigin::default()).await.unwrap();
    let row = world::put(store, make::expense(ada, Some(budget), 1, 1_200)).await;
    let row = world::change(store, &row, |row| row.amount = Money::new(1_450, Currency::EUR)).await;
    let row = world::change(store, &row, |_| ()).await;
    let row = world::change(store, &row, |row| row.deleted_at = Some(make::at(1))).await;
    world::change(store, &row, |row| row.deleted_at = None).await;
    let told = of_budget(store, ada, budget).await;
    // All rows were changed at one moment: those of one moment stand by their ids.
    assert_eq!(kinds(&told), [Restored, Deleted, Changed, Changed, Created, Created]);
    assert_eq!(own(store, ada).await, told);
    let changed = &told[2];
    assert_eq!((changed.user_id, changed.budget_id, changed.at), (ada, Some(budget), make::at(1_000)));
    let change = &changed.changes[0];
    assert_eq!((change.subject, change.title.as_str()), (Subject::Expense(row.id), "Corner Shop"));
    assert_eq!((change.version_after, change.amount), (2, Some(Money::new(-1_450, Currency::EUR))));
    assert_eq!(change.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["amount"]);
    assert_eq!(change.fields[0].before["minor"], 1_200);
    let renamed = &told[3].changes[0];
    assert_eq!((renamed.subject, renamed.fields[0].name.as_str()), (Subject::Budget(budget), "plan.name"));

    let (import, commit) = world::draft(store, ada, Some(budget), 7, 30).await;
    store.commit_import(&make::write(ada, 2_000), commit).await.unwrap();
    store.revert_import(&make::write(ada, 2_001), import.id).await.unwrap();
    let told = of_budget(store, ada, budget).await;
    assert_eq!(told.len(), 8, "one for all rows of a file");
    assert_eq!(kinds(&told[..2]), [ActivityKind::Reverted, ActivityKind::Imported]);
    assert_eq!((told[1].changes[0].rows, told[1].changes[0].subject), (Some(30), Subject::Import(import.id)));

    let again = make::keyed(ada, 3_000, "once", 1);
    for _ in 0..2 {
        store.create_expense(&again, &make::expense(ada, None, 9, 5)).await.unwrap();
    }
    assert_eq!(own(store, ada).await.len(), 9, "what is asked for twice is done and told once");
    let stale = store.update_budget(&make::write(ada, 3_001), &next, &VersionOrigin::default()).await;
    assert!(matches!(stale, Err(Error::StaleVersion { .. })));
    assert_eq!(own(store, ada).await.len(), 9, "what is refused is not told");
}

pub async fn what_comes_back_is_marked(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    store.set_budget_deleted(&make::write(ada, 10), budget, true).await.unwrap();
    store.set_budget_deleted(&make::write(ada, 11), budget, false).await.unwrap();
    let told = own(store, ada).await;
    assert_eq!((told[1].undone_by, told[1].undone_at), (Some(told[0].id), Some(make::at(11))));
    assert_eq!((told[0].undoes, told[0].backward, told[0].undone_by), (Some(told[1].id), true, None));
    store.set_budget_deleted(&make::write(ada, 12), budget, true).await.unwrap();
    store.set_budget_deleted(&make::write(ada, 13), budget, false).await.unwrap();
    let again = own(store, ada).await;
    assert_eq!((again[0].undoes, again[2..].to_vec()), (Some(again[1].id), told), "the last time it was thrown away");

    let row = world::put(store, make::expense(ada, None, 1, 500)).await;
    let away = world::change(store, &row, |row| row.deleted_at = Some(make::at(1))).await;
    world::change(store, &away, |row| row.deleted_at = None).await;
    let told = own(store, ada).await;
    assert_eq!((told[0].undoes, told[1].undone_by), (Some(told[1].id), Some(told[0].id)));
    let (import, commit) = world::draft(store, ada, None, 7, 3).await;
    store.commit_import(&make::write(ada, 2_000), commit).await.unwrap();
    store.revert_import(&make::write(ada, 2_001), import.id).await.unwrap();
    let told = own(store, ada).await;
    assert_eq!((told[0].undoes, told[1].undone_by), (Some(told[1].id), Some(told[0].id)));
}

pub async fn taken_back_once(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    let row = world::put(store, make::expense(ada, Some(budget), 1, 500)).await;
    let row = world::change(store, &row, |row| row.notes = Some("x".to_owned())).await;
    let told = own(store, ada).await;
    let back = |version: i64| {
        let mut back = make::changed(&row, 1_001, |row| row.notes = None);
        back.version = version;
        back
    };
    store.update_expense(&undoing(ada, 1_001, &told[0]), &back(3)).await.unwrap();
    let undone = store.activity(ada, told[0].id).await.unwrap().unwrap();
    let undo = own(store, ada).await.remove(0);
    assert_eq!((undone.undone_by, undone.undone_at), (Some(undo.id), Some(make::at(1_001))));
    assert_eq!((undo.undoes, undo.backward), (Some(undone.id), true));
    let made = told.last().unwrap();
    assert_eq!(
        (made.kind, undo.changes[0].left_as),
        (ActivityKind::Created, made.changes[0].left_as),
        "it is as it was"
    );

    // The second is refused, and nothing comes of it.
    let twice = store.update_expense(&undoing(ada, 1_002, &told[0]), &back(4)).await;
    assert!(matches!(twice, Err(Error::Conflict(Conflict::AlreadyUndone))), "{twice:?}");
    assert_eq!(store.expense(ada, row.id).await.unwrap().unwrap().version, 3);
    assert_eq!(own(store, ada).await[0], undo);
    // Taken back itself, it is done again.
    let mut again = back(4);
    again.notes = Some("x".to_owned());
    store.update_expense(&undoing(ada, 1_003, &undo), &again).await.unwrap();
    let redo = own(store, ada).await.remove(0);
    assert_eq!((redo.undoes, redo.backward, redo.undone_by), (Some(undo.id), false, None));
    assert_eq!(redo.changes[0].left_as, told[0].changes[0].left_as);
    world::check_totals(store, ada, &[budget]).await;
}

pub async fn newest_first_and_filtered(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    for n in 0..20_u32 {
        // Two at each moment.
        let mut row = make::expense(ada, (n % 4 > 0).then_some(budget), 100 + n, 500);
        row.merchant = Some(format!("Shop {n}"));
        store.create_expense(&make::write(ada, 100 + i64::from(n / 2)), &row).await.unwrap();
    }
    let all = own(store, ada).await;
    assert_eq!(all.len(), 21);
    assert!(all.windows(2).all(|pair| (pair[0].at, pair[0].id) > (pair[1].at, pair[1].id)));
    let (mut walked, mut query) = (Vec::new(), ActivityQuery::newest(Feed::Own, 3));
    loop {
        let page = store.activities(ada, &query).await.unwrap();
        assert_eq!(page.total, 21);
        query.cursor = page.items.last().map(|last| ActivityCursor { at: last.at, id: last.id });
        walked.extend(page.items);
        if !page.more {
            break;
        }
    }
    assert_eq!(walked, all);
    let feed = Feed::Budget(budget);
    let found = |query: ActivityQuery| async move { store.activities(ada, &query).await.unwrap() };
    assert_eq!(found(ActivityQuery::newest(feed, 500)).await.total, 16);
    let kind = |kind| ActivityQuery { kind: Some(kind), ..ActivityQuery::newest(feed, 500) };
    assert_eq!(
        (found(kind(ActivityKind::Created)).await.total, found(kind(ActivityKind::Deleted)).await.total),
        (16, 0)
    );
    let by = |by| ActivityQuery { by: Some(by), ..ActivityQuery::newest(feed, 500) };
    assert_eq!((found(by(ada)).await.total, found(by(UserId([9; 12]))).await.total), (16, 0));
    let subject = make::id(105);
    let one = found(ActivityQuery { subject: Some(subject), ..ActivityQuery::newest(feed, 500) }).await;
    assert_eq!((one.total, one.items[0].changes[0].title.as_str()), (1, "Shop 5"));
}

pub async fn seen_by_whom_it_concerns(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (bob, _) = world::owner(&*t.store, 2).await;
    let store = &*t.store;
    world::put(store, make::expense(ada, Some(budget), 5, 500)).await;
    world::put(store, make::expense(ada, None, 6, 500)).await;
    let told = own(store, ada).await;
    assert_eq!((told.len(), own(store, bob).await.len()), (3, 1));
    for activity in &told {
        assert_eq!(store.activity(bob, activity.id).await.unwrap(), None);
        assert_eq!(store.activity(ada, activity.id).await.unwrap().as_ref(), Some(activity));
    }
    let foreign = store.activities(bob, &ActivityQuery::newest(Feed::Budget(budget), 5)).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    store.set_budget_deleted(&make::write(ada, 10), budget, true).await.unwrap();
    let in_trash = store.activities(ada, &ActivityQuery::newest(Feed::Budget(budget), 5)).await;
    assert!(matches!(in_trash, Err(Error::NotFound)), "{in_trash:?}");
    assert_eq!(own(store, ada).await.len(), 4, "one's own are still there");
}

pub async fn forgotten_with_its_budget_and_after_two_years(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    let kept = world::budget(store, ada, 2).await;
    store.create_expense(&make::write(ada, 400 * DAY), &make::expense(ada, Some(kept), 3, 5)).await.unwrap();
    store.set_budget_deleted(&make::write(ada, 500 * DAY), budget, true).await.unwrap();
    assert_eq!(own(store, ada).await.len(), 4);
    store.sweep(make::at(530 * DAY), IDLE).await.unwrap();
    assert_eq!(kinds(&own(store, ada).await), [ActivityKind::Created, ActivityKind::Created]);
    assert_eq!(store.sweep(make::at(730 * DAY - 1), IDLE).await.unwrap(), 0);
    assert_eq!(store.sweep(make::at(731 * DAY), IDLE).await.unwrap(), 1);
    assert_eq!(of_budget(store, ada, kept).await.len(), 1);
}
