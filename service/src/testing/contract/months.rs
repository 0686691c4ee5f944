//! The months of budgets: what is kept of them, and what they come to by category and by subcategory.
use super::{TestStore, world};
use crate::{
    Error,
    ports::store::Store,
    testing::{FaultPoint, builders as make},
};
use domain::{
    Date,
    category::Category,
    expense::{Expense, Kind, Split, Status},
    ids::{BudgetId, MoveId, UserId},
    money::Money,
    months::{MonthEntry, Move},
    period::{Month, MonthStartDay, Period},
    spending::MonthSpent,
};
use jiff::civil::date;
use std::{collections::BTreeMap, sync::Arc};

const NOVEMBER: Month = Month { year: 2026, month: 11 };

fn next(entry: &MonthEntry, change: impl FnOnce(&mut MonthEntry)) -> MonthEntry {
    let mut next = MonthEntry { version: entry.version + 1, ..entry.clone() };
    change(&mut next);
    next
}

pub async fn kept_to_the_last_field(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    assert_eq!(t.store.months(ada, id).await.unwrap(), []);
    let first = make::month_entry(ada, id, 7);
    assert_eq!(t.store.keep_month(&make::write(ada, 1), &first).await.unwrap(), first);
    let changed = next(&first, |entry| {
        let (from, to, at) = (Category::Savings, Category::Miscellaneous, make::at(99));
        entry.moves.push(Move { id: MoveId(make::id(8)), from, to, amount: 1, by: ada, at });
        entry.planned_income = None;
        entry.received_income = Some(0);
        entry.copied_from = Some(NOVEMBER.previous());
    });
    assert_eq!(t.store.keep_month(&make::write(ada, 2), &changed).await.unwrap(), changed);
    let earlier = MonthEntry { month: Month { year: 1999, month: 12 }, ..make::month_entry(ada, id, 9) };
    t.store.keep_month(&make::write(ada, 3), &earlier).await.unwrap();
    assert_eq!(t.store.months(ada, id).await.unwrap(), [earlier, changed]);
}

pub async fn a_change_needs_the_next_version(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let first = make::month_entry(ada, id, 1);
    for (version, current) in [(0, 0), (2, 0), (7, 0)] {
        let wrong = t.store.keep_month(&make::write(ada, 1), &MonthEntry { version, ..first.clone() }).await;
        assert!(matches!(wrong, Err(Error::StaleVersion { current: now }) if now == current), "{version}: {wrong:?}");
    }
    t.store.keep_month(&make::write(ada, 1), &first).await.unwrap();
    for version in [1, 3] {
        let wrong = t.store.keep_month(&make::write(ada, 2), &MonthEntry { version, ..first.clone() }).await;
        assert!(matches!(wrong, Err(Error::StaleVersion { current: 1 })), "{version}: {wrong:?}");
    }
    let second = next(&first, |entry| entry.moves.clear());
    t.faults.arm(FaultPoint::Commit, 1);
    t.store.keep_month(&make::write(ada, 3), &second).await.unwrap_err();
    assert_eq!(t.store.months(ada, id).await.unwrap(), std::slice::from_ref(&first), "whole or nothing");
    let keyed = make::keyed(ada, 3, "move", 1);
    for _ in 0..2 {
        assert_eq!(t.store.keep_month(&keyed, &second).await.unwrap(), second, "once for its key");
    }
    assert_eq!(t.store.months(ada, id).await.unwrap(), [second]);
}

pub async fn of_twenty_first_moves_one_wins(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let store = Arc::clone(&t.store);
            tokio::spawn(
                async move { store.keep_month(&make::write(ada, n.into()), &make::month_entry(ada, id, n)).await },
            )
        })
        .collect();
    let mut won = Vec::new();
    for each in tries {
        match each.await.unwrap() {
            Ok(entry) => won.push(entry),
            Err(error) => assert!(matches!(error, Error::StaleVersion { current: 1 }), "{error:?}"),
        }
    }
    assert_eq!(t.store.months(ada, id).await.unwrap(), won);
    assert_eq!(won.len(), 1);
}

pub async fn they_go_with_their_budget(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let other = world::budget(&*t.store, ada, 2).await;
    for budget in [id, other] {
        t.store.keep_month(&make::write(ada, 1), &make::month_entry(ada, budget, 1)).await.unwrap();
    }
    t.store.set_budget_deleted(&make::write(ada, 10), id, true).await.unwrap();
    assert!(matches!(t.store.months(ada, id).await, Err(Error::NotFound)));
    let more = next(&make::month_entry(ada, id, 1), |_| {});
    assert!(matches!(t.store.keep_month(&make::write(ada, 11), &more).await, Err(Error::NotFound)));
    assert_eq!(t.store.budget_months(ada, id).await.unwrap().len(), 1, "they wait in the trash with it");
    let far = make::at(40 * 86_400);
    t.store.sweep(far, std::time::Duration::from_hours(24)).await.unwrap();
    assert_eq!(t.store.budget_months(ada, id).await.unwrap(), []);
    assert_eq!(t.store.months(ada, other).await.unwrap().len(), 1);
}

pub async fn nobody_else_sees_them(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let (bob, _) = world::owner(&*t.store, 2).await;
    t.store.keep_month(&make::write(ada, 1), &make::month_entry(ada, id, 1)).await.unwrap();
    let days = NOVEMBER.period(MonthStartDay::default());
    assert!(matches!(t.store.months(bob, id).await, Err(Error::NotFound)));
    let spent = t.store.spent_by_month(bob, id, days, MonthStartDay::default()).await;
    assert!(matches!(spent, Err(Error::NotFound)), "{spent:?}");
    assert!(matches!(t.store.spent_by_part(bob, id, days).await, Err(Error::NotFound)));
    let theirs = next(&make::month_entry(ada, id, 1), |entry| entry.moves.clear());
    assert!(matches!(t.store.keep_month(&make::write(bob, 2), &theirs).await, Err(Error::NotFound)));
    assert_eq!(t.store.months(ada, id).await.unwrap(), [make::month_entry(ada, id, 1)]);
}

async fn spend(store: &dyn Store, user: UserId, budget: BudgetId, n: u32, change: impl FnOnce(&mut Expense)) {
    let mut row = make::expense(user, Some(budget), n, 0);
    change(&mut row);
    row.base = Some(make::base(row.amount, row.date));
    row.derive();
    world::put(store, row).await;
}

fn euros(minor: i64) -> Money {
    Money::new(minor, domain::currency::Currency::EUR)
}

async fn by_month(t: &TestStore, who: (UserId, BudgetId), days: Period, start: u8) -> BTreeMap<(Month, Category), i64> {
    let start = MonthStartDay::new(start).unwrap();
    let mut sums = BTreeMap::new();
    for MonthSpent { month, category, minor } in t.store.spent_by_month(who.0, who.1, days, start).await.unwrap() {
        *sums.entry((month, category)).or_default() += minor;
    }
    sums
}

pub async fn spent_month_by_month(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let rows = [
        (date(2026, 10, 24), Kind::Expense, Some(Category::Food), 100),
        (date(2026, 10, 25), Kind::Expense, Some(Category::Food), 1_000),
        (date(2026, 11, 24), Kind::Refund, Some(Category::Food), 300),
        (date(2026, 11, 24), Kind::Expense, Some(Category::Housing), 7_000),
        (date(2026, 11, 25), Kind::Expense, Some(Category::Food), 50),
        (date(2026, 11, 10), Kind::Expense, None, 999),
        (date(2026, 11, 10), Kind::Income, None, 9_999),
        (date(2027, 1, 3), Kind::Expense, Some(Category::Food), 70),
        (date(2016, 2, 29), Kind::Expense, Some(Category::Food), 5),
    ];
    for (n, (day, kind, category, minor)) in (1..).zip(rows) {
        spend(&*t.store, ada, id, n, |row| {
            (row.date, row.kind, row.category, row.amount) = (day, kind, category, euros(minor));
        })
        .await;
    }
    let month = |year, month| Month { year, month };
    let ever = Period { start: Date::MIN, end: Date::MAX };
    let of_pay_day = BTreeMap::from([
        ((month(2016, 2), Category::Food), 5),
        ((month(2026, 9), Category::Food), 100),
        ((month(2026, 10), Category::Food), 700),
        ((month(2026, 10), Category::Housing), 7_000),
        ((month(2026, 11), Category::Food), 50),
        ((month(2026, 12), Category::Food), 70),
    ]);
    assert_eq!(by_month(&t, (ada, id), ever, 25).await, of_pay_day);
    let of_calendar = BTreeMap::from([
        ((month(2016, 2), Category::Food), 5),
        ((month(2026, 10), Category::Food), 1_100),
        ((month(2026, 11), Category::Food), -250),
        ((month(2026, 11), Category::Housing), 7_000),
        ((month(2027, 1), Category::Food), 70),
    ]);
    assert_eq!(by_month(&t, (ada, id), ever, 1).await, of_calendar);
    let some = Period { start: date(2026, 10, 25), end: date(2026, 11, 24) };
    let in_some = by_month(&t, (ada, id), some, 25).await;
    assert_eq!(
        in_some.keys().copied().collect::<Vec<_>>(),
        [(month(2026, 10), Category::Housing), (month(2026, 10), Category::Food)]
    );
}

pub async fn spent_by_subcategory(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    let part = |n: u32, name: &'static str, minor: i64, kind: Kind| {
        spend(store, ada, id, n, move |row| {
            (row.subcategory, row.amount, row.kind) = (Some(name.to_owned()), euros(minor), kind);
        })
    };
    part(1, "Groceries", 1_000, Kind::Expense).await;
    part(2, "groceries", 200, Kind::Refund).await;
    part(3, "Eating out", 500, Kind::Expense).await;
    spend(store, ada, id, 4, |row| row.amount = euros(77)).await;
    spend(store, ada, id, 5, |row| {
        row.amount = euros(100);
        let split = |category, name: Option<&str>, amount| Split {
            category: Some(category),
            subcategory: name.map(str::to_owned),
            amount,
            memo: None,
            member_id: None,
        };
        row.splits = vec![
            split(Category::Food, Some("Groceries"), 30),
            split(Category::Housing, Some("Cleaning"), 60),
            split(Category::Food, None, 10),
        ];
    })
    .await;
    // Of another month, not finished, in the trash.
    spend(store, ada, id, 6, |row| {
        (row.subcategory, row.amount, row.date) = (Some("Groceries".to_owned()), euros(9), date(2026, 12, 1));
    })
    .await;
    spend(store, ada, id, 7, |row| {
        (row.subcategory, row.amount, row.status) = (Some("Groceries".to_owned()), euros(9), Status::Draft);
    })
    .await;
    let mut thrown = make::expense(ada, Some(id), 8, 9);
    thrown.subcategory = Some("Groceries".to_owned());
    let thrown = world::put(store, thrown).await;
    world::change(store, &thrown, |row| row.deleted_at = Some(make::at(1))).await;
    let days = NOVEMBER.period(MonthStartDay::default());
    let found = store.spent_by_part(ada, id, days).await.unwrap();
    let told: Vec<_> =
        found.iter().map(|one| (one.category, one.name.to_lowercase(), one.total.minor, one.total.count)).collect();
    assert_eq!(
        told,
        [
            (Category::Housing, "cleaning".to_owned(), 60, 1),
            (Category::Food, "eating out".to_owned(), 500, 1),
            (Category::Food, "groceries".to_owned(), 830, 3),
        ]
    );
}
