//! Payments that a series has made ahead, and the bank's rows of them: one row, and the way back.
use super::{TestStore, world};
use crate::{
    ports::store::{Import, ImportCommit, Store},
    testing::builders as make,
};
use domain::{
    Date,
    currency::Currency,
    expense::{Expense, Status},
    filter::Query,
    ids::{BudgetId, ExpenseId, UserId},
    money::Money,
    recurrence::{Frequency, RecurringPattern, Series},
};
use jiff::{Span, civil::date};

/// A series of 900.00 EUR from 2026-11-08 on, each week or month, with the first `count` payments after the one that was
/// entered, which wait for a look.
async fn made(store: &dyn Store, user: UserId, home: BudgetId, frequency: Frequency, count: u32) -> Vec<Expense> {
    let (first, mut series) = make::series(user, Some(home), 7);
    series.pattern = RecurringPattern::new(frequency, 1, first.date);
    (series.last_slot, series.template.status) = (Some(first.date), Status::NeedsReview);
    series.settle();
    store.keep_with_series(&make::write(user, 5), &first, &series).await.unwrap();
    let mut rows = Vec::new();
    for n in 0..count {
        rows.push(make_next(store, user, &mut series, 100 + n).await);
    }
    rows
}

async fn make_next(store: &dyn Store, user: UserId, series: &mut Series, n: u32) -> Expense {
    let due = series.next_occurrence().unwrap();
    let base = make::base(series.amount_of(&due), due.date);
    let expense = series.expense(&due, ExpenseId(make::id(n)), Some(base), make::at(9));
    series.version += 1;
    series.made(due.slot);
    store.keep_with_series(&make::write(user, 9), &expense, series).await.unwrap()
}

/// A file with those rows: days and minor units.
async fn file(store: &dyn Store, user: UserId, home: BudgetId, n: u32, rows: &[(Date, i64)]) -> (Import, ImportCommit) {
    let (import, mut commit) = world::draft(store, user, Some(home), n, u32::try_from(rows.len()).unwrap()).await;
    for (row, (day, minor)) in commit.expenses.iter_mut().zip(rows) {
        row.date = *day;
        row.amount = Money::new(*minor, Currency::EUR);
        row.base = Some(make::base(row.amount, *day));
        row.external_id = Some(format!("BANK{day}{minor}"));
        row.dedupe_key = row.compute_dedupe_key();
    }
    (import, commit)
}

async fn look(store: &dyn Store, user: UserId, row: &Expense) -> Expense {
    store.expense(user, row.id).await.unwrap().unwrap()
}

/// As it was, but for its version.
fn same(now: &Expense, before: &Expense) {
    assert_eq!(now, &Expense { version: now.version, updated_at: now.updated_at, ..before.clone() });
}

pub async fn the_bank_has_the_last_word_until_it_is_taken_back(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let ahead = made(&*t.store, ada, home, Frequency::Monthly, 2).await;
    let rows = [(date(2026, 12, 10), 91_550), (date(2027, 1, 8), 90_000), (date(2027, 1, 19), 90_000)];
    let (import, commit) = file(&*t.store, ada, home, 1, &rows).await;
    let bank = commit.expenses[0].clone();
    let done = t.store.commit_import(&make::write(ada, 60), commit).await.unwrap();
    assert_eq!((done.added, done.duplicates), (1, 2), "the third is eleven days off");
    let met = look(&*t.store, ada, &ahead[0]).await;
    let expected = Expense {
        date: bank.date,
        amount: bank.amount,
        base: bank.base.clone(),
        status: Status::Cleared,
        import_id: Some(import.id),
        external_id: bank.external_id.clone(),
        dedupe_key: bank.dedupe_key.clone(),
        version: 2,
        updated_at: make::at(60),
        ..ahead[0].clone()
    };
    assert_eq!(met, expected);
    assert_eq!(look(&*t.store, ada, &ahead[1]).await.status, Status::Cleared, "on its day to the cent");
    world::check_totals(&*t.store, ada, &[home]).await;
    // The same rows again are known by now.
    let (_, commit) = file(&*t.store, ada, home, 2, &rows).await;
    let again = t.store.commit_import(&make::write(ada, 61), commit).await.unwrap();
    assert_eq!((again.added, again.duplicates), (0, 3));
    t.store.revert_import(&make::write(ada, 62), import.id).await.unwrap();
    for before in &ahead {
        same(&look(&*t.store, ada, before).await, before);
    }
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await.len(), 3);
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn the_nearest_first_and_each_once(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    // On 15, 22 and 29 November.
    let ahead = made(&*t.store, ada, home, Frequency::Weekly, 3).await;
    let day = |day| date(2026, 11, day);
    let rows = [(day(17), 90_000), (day(16), 90_000), (day(24), 80_000), (day(23), 200_000), (day(30), 90_100)];
    let (_, commit) = file(&*t.store, ada, home, 1, &rows).await;
    let done = t.store.commit_import(&make::write(ada, 60), commit).await.unwrap();
    assert_eq!(done.added, 2, "the second of a week, and one of another amount");
    let mut days = Vec::new();
    for row in &ahead {
        days.push(look(&*t.store, ada, row).await.date);
    }
    assert_eq!(days, [day(16), day(24), day(30)]);
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn what_somebody_changed_meanwhile_stays(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let ahead = made(&*t.store, ada, home, Frequency::Monthly, 2).await;
    let rows = [(date(2026, 12, 10), 91_550), (date(2027, 1, 11), 90_000)];
    let (import, commit) = file(&*t.store, ada, home, 1, &rows).await;
    t.store.commit_import(&make::write(ada, 60), commit).await.unwrap();
    let dearer = |row: &mut Expense| {
        row.amount = Money::new(95_000, Currency::EUR);
        row.base = Some(make::base(row.amount, row.date));
    };
    world::change(&*t.store, &look(&*t.store, ada, &ahead[0]).await, dearer).await;
    world::change(&*t.store, &look(&*t.store, ada, &ahead[1]).await, |row| row.deleted_at = Some(make::at(70))).await;
    t.store.revert_import(&make::write(ada, 80), import.id).await.unwrap();
    let kept = look(&*t.store, ada, &ahead[0]).await;
    assert_eq!((kept.amount.minor(), kept.date, kept.status), (95_000, ahead[0].date, ahead[0].status));
    assert_eq!((kept.import_id, kept.external_id), (None, None));
    let gone = look(&*t.store, ada, &ahead[1]).await;
    assert_eq!((gone.deleted_at.is_some(), gone.date), (true, ahead[1].date));
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn whatever_comes_a_revert_leaves_what_was_there(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    made(&*t.store, ada, home, Frequency::Weekly, 6).await;
    let mut before = world::walk(&*t.store, ada, Query::default()).await;
    before.sort_by_key(|row| row.id);
    // A small generator (Knuth's constants): the same rows in each run.
    let mut seed = 20_261_123_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    for n in 1..=12 {
        let rows: Vec<(Date, i64)> =
            (0..8).map(|_| (date(2026, 11, 10) + Span::new().days(random(50)), 60_000 + 1_000 * random(60))).collect();
        let (import, commit) = file(&*t.store, ada, home, n, &rows).await;
        let done = t.store.commit_import(&make::write(ada, 60), commit).await.unwrap();
        let there = world::walk(&*t.store, ada, Query::default()).await;
        assert_eq!(there.len(), before.len() + done.added as usize, "{rows:?}");
        assert!(done.duplicates <= 7, "each is met once: {rows:?}");
        world::check_totals(&*t.store, ada, &[home]).await;
        t.store.revert_import(&make::write(ada, 61), import.id).await.unwrap();
        let mut after = world::walk(&*t.store, ada, Query::default()).await;
        after.sort_by_key(|row| row.id);
        assert_eq!(after.len(), before.len(), "{rows:?}");
        for (now, before) in after.iter().zip(&before) {
            same(now, before);
        }
        world::check_totals(&*t.store, ada, &[home]).await;
    }
}
