//! Series of recurring expenses, and what they make.
use super::{
    TestStore,
    sharing::{House, house},
    world,
};
use crate::{
    Error,
    activity::series::{self, Step},
    ports::{
        activity::{ActivityKind, ActivityQuery, Feed, Subject},
        series::Due,
        store::Store,
    },
    testing::{FaultPoint, builders as make},
};
use domain::{
    Date,
    expense::{Expense, SeriesSlot, Status},
    filter::{Filter, Query},
    ids::{BudgetId, ExpenseId, UserId},
    recurrence::Series,
    sharing::MemberChange,
};
use jiff::civil::date;
use std::{sync::Arc, time::Duration};

/// Declares a series with its first expense.
async fn declare(store: &dyn Store, user: UserId, budget: Option<BudgetId>, n: u32) -> (Expense, Series) {
    let (expense, series) = make::series(user, budget, n);
    let kept = store.keep_with_series(&make::write(user, 5), &expense, &series).await.unwrap();
    assert_eq!(kept, expense);
    (expense, series)
}

/// The next expense of a series, and the series after it.
fn next(series: &Series, n: u32) -> (Expense, Series) {
    let due = series.next_occurrence().unwrap();
    let base = make::base(series.amount_of(&due), due.date);
    let expense = series.expense(&due, ExpenseId(make::id(n)), Some(base), make::at(9));
    let mut after = series.clone();
    after.version += 1;
    after.made(due.slot);
    (expense, after)
}

/// The next version of a series.
fn changed(series: &Series, change: impl FnOnce(&mut Series)) -> Series {
    let mut next = series.clone();
    next.version += 1;
    change(&mut next);
    next.settle();
    next
}

fn stale<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::StaleVersion { .. }))
}

async fn recurring(store: &dyn Store, user: UserId, is: bool) -> Vec<ExpenseId> {
    let filter = Filter { recurring: Some(is), ..Filter::default() };
    world::walk(store, user, Query { filter, limit: 2, ..Query::default() })
        .await
        .into_iter()
        .map(|row| row.id)
        .collect()
}

pub async fn kept_to_the_last_field_with_its_expense(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let (first, series) = declare(&*t.store, ada, Some(home), 7).await;
    world::put(&*t.store, make::expense(ada, Some(home), 50, 100)).await;
    let (second, after) = next(&series, 8);
    t.store.keep_with_series(&make::write(ada, 9), &second, &after).await.unwrap();
    let mut store = Arc::clone(&t.store);
    for _ in 0..2 {
        assert_eq!(store.series(ada, series.id).await.unwrap(), Some(after.clone()));
        assert_eq!(store.all_series(ada).await.unwrap(), std::slice::from_ref(&after));
        assert_eq!(store.expense(ada, second.id).await.unwrap(), Some(second.clone()));
        assert_eq!(second.recurring, Some(SeriesSlot { series_id: series.id, slot: second.date }));
        assert_eq!(recurring(&*store, ada, true).await, [second.id, first.id]);
        assert_eq!(recurring(&*store, ada, false).await, [ExpenseId(make::id(50))]);
        world::check_totals(&*store, ada, &[home]).await;
        let Some(reopen) = &t.reopen else { break };
        store = reopen(store).await;
    }
}

pub async fn an_update_needs_the_next_version(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let (_, series) = declare(&*t.store, ada, None, 7).await;
    let paused = changed(&series, |series| series.pattern.pause(date(2027, 1, 1)).unwrap());
    let kept = t.store.update_series(&make::write(ada, 6), &paused).await.unwrap();
    assert_eq!(t.store.series(ada, series.id).await.unwrap(), Some(kept));
    assert!(stale(&t.store.update_series(&make::write(ada, 7), &paused).await));
    let (late, after) = next(&series, 8);
    assert!(stale(&t.store.keep_with_series(&make::write(ada, 8), &late, &after).await), "it was paused meanwhile");
    assert_eq!(t.store.expense(ada, late.id).await.unwrap(), None);
    // The same proposal is answered once.
    let mut found = make::series(ada, None, 9).1;
    t.store.create_series(&make::write(ada, 9), &found).await.unwrap();
    found.dismissed = true;
    let again = t.store.create_series(&make::write(ada, 10), &found).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
}

pub async fn of_twenty_workers_one_makes_it(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let (_, series) = declare(&*t.store, ada, Some(home), 7).await;
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let (store, (expense, after)) = (Arc::clone(&t.store), next(&series, 100 + n));
            tokio::spawn(async move { store.keep_with_series(&make::write(ada, 9), &expense, &after).await })
        })
        .collect();
    let mut made = 0;
    for attempt in tries {
        match attempt.await.unwrap() {
            Ok(_) => made += 1,
            Err(Error::StaleVersion { current: 2 }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((made, recurring(&*t.store, ada, true).await.len()), (1, 2));
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn both_or_neither(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let (_, series) = declare(&*t.store, ada, Some(home), 7).await;
    let before = world::belongings(&*t.store, ada).await;
    let (expense, after) = next(&series, 8);
    let write = make::keyed(ada, 9, "once", 1);
    for point in [FaultPoint::Totals, FaultPoint::Answer, FaultPoint::Commit] {
        t.faults.arm(point, 1);
        let failed = t.store.keep_with_series(&write, &expense, &after).await;
        assert!(matches!(failed, Err(Error::Unavailable(_))), "{point:?}: {failed:?}");
        assert_eq!(world::belongings(&*t.store, ada).await, before, "{point:?}");
        assert_eq!(t.store.series(ada, series.id).await.unwrap(), Some(series.clone()), "{point:?}");
    }
    let made = t.store.keep_with_series(&write, &expense, &after).await.unwrap();
    assert_eq!(t.store.keep_with_series(&write, &expense, &after).await.unwrap(), made, "the same answer again");
    assert_eq!(t.store.series(ada, series.id).await.unwrap(), Some(after));
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn what_is_due_comes_first(t: TestStore) {
    let (ada, bob) = (world::person(&*t.store, 1).await, world::person(&*t.store, 2).await);
    for (n, user) in [(2, bob), (1, ada), (3, ada)] {
        declare(&*t.store, user, None, n).await;
    }
    let due = async |until: Date, limit| {
        let found: Vec<Due> = t.store.due_series(until, limit).await.unwrap();
        found.into_iter().map(|due| (due.user_id, due.next_date.to_string()[5..].to_owned())).collect::<Vec<_>>()
    };
    let all = [(ada, "12-02".to_owned()), (bob, "12-03".to_owned()), (ada, "12-04".to_owned())];
    assert_eq!(due(date(2027, 12, 31), 10).await, all);
    assert_eq!(due(date(2027, 12, 31), 2).await, all[..2]);
    assert_eq!(due(date(2026, 12, 2), 10).await, all[..1]);
    assert_eq!(due(date(2026, 12, 1), 10).await, []);
    let mine = t.store.all_series(ada).await.unwrap().remove(0);
    let ended = changed(&mine, |series| series.pattern.end_date = Some(date(2026, 11, 22)));
    t.store.update_series(&make::write(ada, 6), &ended).await.unwrap();
    assert_eq!(due(date(2027, 12, 31), 10).await.len(), 2, "what has ended is never due");
}

pub async fn seen_and_changed_by_whom_it_concerns(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, viewer, stranger, .. } = house(store).await;
    let (_, series) = declare(store, ada, Some(home), 7).await;
    let (_, own) = declare(store, ada, None, 8).await;
    assert_eq!(store.all_series(editor).await.unwrap(), std::slice::from_ref(&series));
    assert_eq!(store.series(viewer, series.id).await.unwrap(), Some(series.clone()));
    assert_eq!(store.all_series(stranger).await.unwrap(), []);
    for somebody in [editor, viewer, stranger] {
        assert_eq!(store.series(somebody, own.id).await.unwrap(), None, "a private one is its owner's alone");
    }
    let later = changed(&series, |series| series.pattern.end_date = Some(date(2027, 1, 1)));
    let refused = store.update_series(&make::write(viewer, 6), &later).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let refused = store.update_series(&make::write(stranger, 6), &later).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let later = store.update_series(&make::write(editor, 7), &later).await.unwrap();
    let taken = changed(&later, |series| series.budget_id = None);
    let refused = store.update_series(&make::write(editor, 8), &taken).await;
    assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
    store.update_series(&make::write(ada, 9), &taken).await.unwrap();
    assert_eq!(store.all_series(editor).await.unwrap(), []);
    // Another one's budget and account are no place for it.
    let (other, foreign) = (world::budget(store, stranger, 20).await, make::account(stranger, 4));
    store.create_account(&make::write(stranger, 9), &foreign).await.unwrap();
    let wrong = |change: fn(&mut Series, BudgetId)| changed(&own, |series| change(series, other));
    for wrong in [
        wrong(|series, other| series.budget_id = Some(other)),
        changed(&own, |series| series.template.account_id = Some(foreign.id)),
    ] {
        let refused = store.update_series(&make::write(ada, 10), &wrong).await;
        assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
    }
    let (expense, elsewhere) = make::series(ada, Some(other), 11);
    let refused = store.keep_with_series(&make::write(ada, 10), &expense, &elsewhere).await;
    assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
    let (expense, theirs) = make::series(stranger, None, 12);
    let refused = store.keep_with_series(&make::write(ada, 10), &expense, &theirs).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

pub async fn who_has_left_only_takes_theirs_out(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, .. } = house(store).await;
    let (_, series) = declare(store, editor, Some(home), 7).await;
    store.change_member(&make::write(ada, 6), home, editor, MemberChange::Remove).await.unwrap();
    let renamed = changed(&series, |series| series.template.merchant = Some("Elsewhere".to_owned()));
    let refused = store.update_series(&make::write(editor, 7), &renamed).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert_eq!(store.series(ada, series.id).await.unwrap(), Some(series.clone()));
    let taken = changed(&series, |series| series.budget_id = None);
    store.update_series(&make::write(editor, 8), &taken).await.unwrap();
    assert_eq!(store.series(ada, series.id).await.unwrap(), None);
}

pub async fn a_budget_that_goes_leaves_its_series(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let (_, series) = declare(&*t.store, ada, Some(home), 7).await;
    t.store.set_budget_deleted(&make::write(ada, 20), home, true).await.unwrap();
    assert_eq!(t.store.series(ada, series.id).await.unwrap(), Some(series.clone()));
    t.store.sweep(make::at(31 * 86_400), Duration::from_hours(24)).await.unwrap();
    let left = t.store.series(ada, series.id).await.unwrap().unwrap();
    assert_eq!((left.budget_id, left.next_date), (None, series.next_date));
    let rows = world::walk(&*t.store, ada, Query::default()).await;
    assert_eq!(rows[0].recurring.map(|of| of.series_id), Some(series.id), "its expense is still one of it");
}

pub async fn the_history_is_what_counts_and_is_of_none(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, .. } = house(store).await;
    let day = |n: u32, day: i8| {
        let mut row = make::expense(ada, Some(home), n, 900);
        row.date = date(2026, 10, day);
        row.derive();
        row
    };
    for n in 1..=3_u8 {
        world::put(store, day(u32::from(n), i8::try_from(n).unwrap() * 5)).await;
    }
    world::put(store, make::expense(editor, Some(home), 20, 900)).await;
    world::put(store, Expense { status: Status::Draft, ..day(21, 16) }).await;
    let mut nobody = day(22, 17);
    nobody.merchant = None;
    nobody.derive();
    world::put(store, nobody).await;
    let gone = world::put(store, day(23, 18)).await;
    world::change(store, &gone, |row| row.deleted_at = Some(make::at(0))).await;
    world::put(store, Expense { budget_id: None, ..day(24, 19) }).await;
    declare(store, ada, Some(home), 30).await;
    let rows = async |since, limit| {
        let rows = store.recurrence_history(ada, since, limit).await.unwrap();
        rows.into_iter().map(|row| (row.id, row.date.day())).collect::<Vec<_>>()
    };
    let id = |n| ExpenseId(make::id(n));
    assert_eq!(rows(date(2026, 10, 6), 10).await, [(id(24), 19), (id(3), 15), (id(2), 10)]);
    assert_eq!(rows(date(2026, 1, 1), 2).await, [(id(24), 19), (id(3), 15)]);
    let first = &store.recurrence_history(ada, date(2026, 1, 1), 10).await.unwrap()[3];
    let row = day(1, 5);
    assert_eq!((&first.merchant_key, first.kind, first.amount), (&row.merchant_key, row.kind, row.amount));
}

pub async fn what_is_done_to_it_is_told(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let (_, series) = declare(&*t.store, ada, Some(home), 7).await;
    let (second, made) = next(&series, 8);
    t.store.keep_with_series(&make::write(ada, 9), &second, &made).await.unwrap();
    let slot = made.next_occurrence().unwrap().slot;
    let mut now = made;
    let steps: [fn(&mut Series); 5] = [
        |series| series.pattern.skip(series.next_occurrence().unwrap().slot).unwrap(),
        |series| series.pattern.pause(date(2027, 6, 1)).unwrap(),
        |series| series.pattern.resume(date(2027, 8, 1)),
        |series| series.template.category = None,
        |series| series.end(date(2027, 12, 1)),
    ];
    for (n, step) in (20..).zip(steps) {
        now = t.store.update_series(&make::write(ada, n), &changed(&now, step)).await.unwrap();
    }
    let query = ActivityQuery { kind: Some(ActivityKind::Recurring), ..ActivityQuery::newest(Feed::Budget(home), 50) };
    let mut told = t.store.activities(ada, &query).await.unwrap().items;
    told.reverse();
    let steps: Vec<_> = told.iter().map(|activity| series::told(&activity.changes[0]).unwrap()).collect();
    let at = |step| (step, None);
    assert_eq!(
        steps,
        [
            at(Step::Declared),
            (Step::Skipped, Some(slot)),
            at(Step::Paused),
            at(Step::Resumed),
            at(Step::Changed),
            at(Step::Ended)
        ],
        "and nothing of what it makes"
    );
    assert!(told.iter().all(|activity| activity.changes[0].subject == Subject::Recurring(series.id)));
    let names: Vec<&str> = told[4].changes[0].fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["step", "category"]);
}
