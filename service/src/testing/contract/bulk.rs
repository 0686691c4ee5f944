//! Many expenses written at once: all of them or none, told once, and the totals with them.
use super::{TestStore, sharing::house, world};
use crate::{
    Error,
    error::Conflict,
    ports::{
        activity::{Activity, ActivityKind, ActivityQuery, Feed, Trace, Undoes},
        store::{Store, Write, Written},
    },
    testing::{FaultPoint, builders as make},
};
use domain::{
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, Status},
    filter::{Filter, Query},
    ids::{BudgetId, UserId},
    money::Money,
};

async fn newest(store: &dyn Store, user: UserId) -> Activity {
    store.activities(user, &ActivityQuery::newest(Feed::Own, 1)).await.unwrap().items.remove(0)
}

async fn told(store: &dyn Store, user: UserId) -> u64 {
    store.activities(user, &ActivityQuery::newest(Feed::Own, 1)).await.unwrap().total
}

fn all(rows: &[Expense], change: impl Fn(&mut Expense)) -> Vec<Expense> {
    rows.iter().map(|row| make::changed(row, 700, &change)).collect()
}

fn undoing(user: UserId, undone: &Activity) -> Write {
    let undoes = Some(Undoes { id: undone.id, backward: !undone.backward });
    let write = make::write(user, 800);
    Write { trace: Trace { undoes, ..write.trace }, ..write }
}

pub async fn all_of_them_told_once(t: TestStore) {
    let store = &*t.store;
    let (ada, home) = world::owner(store, 1).await;
    let mut rows = Vec::new();
    for n in 10..15 {
        rows.push(world::put(store, make::expense(ada, Some(home), n, 500)).await);
    }
    let before = told(store, ada).await;
    let next = all(&rows, |row| row.category = Some(Category::Housing));
    let write = make::write(ada, 700);
    let Written { expenses, activity } = store.update_expenses(&write, &next).await.unwrap();
    assert_eq!((expenses.clone(), activity), (next.clone(), Some(write.trace.id)));
    assert_eq!(told(store, ada).await, before + 1, "one for all");
    let changed = newest(store, ada).await;
    assert_eq!((changed.kind, changed.budget_id, changed.changes.len()), (ActivityKind::Changed, Some(home), 5));
    assert_eq!(store.activities(ada, &ActivityQuery::newest(Feed::Budget(home), 1)).await.unwrap().items, [changed]);
    world::check_totals(store, ada, &[home]).await;

    let away = all(&next, |row| row.deleted_at = Some(make::at(700)));
    store.update_expenses(&make::write(ada, 701), &away).await.unwrap();
    let deleted = newest(store, ada).await;
    assert_eq!((deleted.kind, deleted.changes[0].fields[0].name.as_str()), (ActivityKind::Deleted, "deletedAt"));
    assert_eq!(world::totals(store, ada, home).await, []);
    // One that comes back by itself doesn't take back all of it.
    let first = store.expense(ada, away[0].id).await.unwrap().unwrap();
    assert_eq!(first.deleted_by, Some(ada));
    world::change(store, &first, |row| row.deleted_at = None).await;
    assert_eq!(store.activity(ada, deleted.id).await.unwrap().unwrap().undone_by, None);

    let mut found = store.some_expenses(ada, &[away[1].id, away[0].id]).await.unwrap();
    found.sort_by_key(|row| row.id);
    assert_eq!(found.iter().map(|row| row.deleted_at.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(store.update_expenses(&make::write(ada, 702), &[]).await.unwrap().activity, None, "nothing was done");
}

pub async fn where_one_is_refused_none_is_written(t: TestStore) {
    let store = &*t.store;
    let house = house(store).await;
    let (ada, home, editor, viewer) = (house.ada, house.home, house.editor, house.viewer);
    let shared = world::put(store, make::expense(ada, Some(home), 10, 500)).await;
    let own = world::put(store, make::expense(ada, None, 11, 900)).await;
    let (both, before) = ([shared.clone(), own.clone()], world::belongings(store, ada).await);
    let noted = all(&both, |row| row.notes = Some("x".to_owned()));
    for (user, rows) in [(editor, &noted[..]), (house.stranger, &noted[..1])] {
        let refused = store.update_expenses(&make::write(user, 700), rows).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    let refused = store.update_expenses(&make::write(viewer, 700), &noted[..1]).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let stale = [noted[0].clone(), Expense { version: 9, ..noted[1].clone() }];
    let refused = store.update_expenses(&make::write(ada, 700), &stale).await;
    assert!(matches!(refused, Err(Error::StaleVersion { current: 1 })), "{refused:?}");
    // Another one's row can't become private.
    let private = all(&both[..1], |row| row.budget_id = None);
    let refused = store.update_expenses(&make::write(editor, 700), &private).await;
    assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
    for point in [FaultPoint::Totals, FaultPoint::Answer, FaultPoint::Commit] {
        t.faults.arm(point, 1);
        let failed = store.update_expenses(&make::keyed(ada, 700, "key", 1), &noted).await;
        assert!(matches!(failed, Err(Error::Unavailable(_))), "{point:?}: {failed:?}");
    }
    assert_eq!(world::belongings(store, ada).await, before);
    assert_eq!(store.some_expenses(house.stranger, &[shared.id, own.id]).await.unwrap(), []);
    assert_eq!(store.some_expenses(viewer, &[shared.id, own.id]).await.unwrap(), [shared]);

    let keyed = make::keyed(ada, 700, "key", 1);
    let first = store.update_expenses(&keyed, &noted).await.unwrap();
    assert_eq!(store.update_expenses(&keyed, &noted).await.unwrap(), first, "once for a key");
    let activity = newest(store, ada).await;
    assert_eq!(activity.budget_id, None, "what is private is not told to a household");
    store.update_expenses(&undoing(ada, &activity), &all(&first.expenses, |row| row.notes = None)).await.unwrap();
    let twice = store.update_expenses(&undoing(ada, &activity), &noted).await;
    assert!(matches!(twice, Err(Error::StaleVersion { .. })), "{twice:?}");
    let again = all(&all(&first.expenses, |row| row.notes = None), |row| row.notes = Some("y".to_owned()));
    let twice = store.update_expenses(&undoing(ada, &activity), &again).await;
    assert!(matches!(twice, Err(Error::Conflict(Conflict::AlreadyUndone))), "{twice:?}");
}

/// The same numbers each time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn any_row(dice: &mut Dice, user: UserId, budgets: [BudgetId; 2], n: u32) -> Expense {
    let budget = [None, Some(budgets[0]), Some(budgets[1])][usize::try_from(dice.throw(3)).unwrap()];
    let mut row = make::expense(user, budget, n, 1 + i64::try_from(dice.throw(9_000)).unwrap());
    row.kind = Kind::ALL[usize::try_from(dice.throw(4)).unwrap()];
    row.status = if dice.throw(4) == 0 { Status::Draft } else { Status::Cleared };
    if matches!(row.kind, Kind::Income | Kind::Transfer) {
        row.category = None;
    }
    if dice.throw(5) == 0 {
        row.base = None;
    }
    row.derive();
    row
}

fn any_change(dice: &mut Dice, budgets: [BudgetId; 2], rows: &[Expense]) -> Vec<Expense> {
    let (action, budget, category) =
        (dice.throw(4), dice.throw(3), Category::ALL[usize::try_from(dice.throw(10)).unwrap()]);
    let chosen: Vec<Expense> = rows.iter().filter(|_| dice.throw(2) == 0).cloned().collect();
    all(&chosen, |row| match action {
        0 if matches!(row.kind, Kind::Expense | Kind::Refund) => row.category = Some(category),
        1 => row.deleted_at = if row.deleted_at.is_some() { None } else { Some(make::at(700)) },
        2 => row.budget_id = [None, Some(budgets[0]), Some(budgets[1])][usize::try_from(budget).unwrap()],
        _ => row.tags = vec!["x".to_owned()],
    })
}

/// What the rows come to after any of these, and after each was taken back.
pub async fn totals_equal_the_sum_there_and_back(t: TestStore) {
    let store = &*t.store;
    let mut dice = Dice(0x5eed_cafe_f00d_1234);
    for person in 1..=4 {
        let (user, first) = world::owner(store, person * 100_000).await;
        let budgets = [first, world::budget(store, user, person * 100_000 + 1).await];
        let mut rows = Vec::new();
        for n in 0..15 {
            rows.push(world::put(store, any_row(&mut dice, user, budgets, person * 100_000 + 10 + n)).await);
        }
        for _ in 0..8 {
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            rows = store.some_expenses(user, &ids).await.unwrap();
            rows.sort_by_key(|row| row.id);
            let next = any_change(&mut dice, budgets, &rows);
            let written = store.update_expenses(&make::write(user, 700), &next).await.unwrap();
            world::check_totals(store, user, &budgets).await;
            let Some(activity) = written.activity.filter(|_| dice.throw(2) == 0) else { continue };
            let activity = store.activity(user, activity).await.unwrap().unwrap();
            let back: Vec<Expense> = next
                .iter()
                .map(|now| {
                    let was = rows.iter().find(|row| row.id == now.id).unwrap();
                    Expense { version: now.version + 1, ..was.clone() }
                })
                .collect();
            let undone = store.update_expenses(&undoing(user, &activity), &back).await.unwrap();
            world::check_totals(store, user, &budgets).await;
            let told = store.activity(user, activity.id).await.unwrap().unwrap();
            assert!(undone.activity.is_some() && told.undone_by == undone.activity);
        }
    }
}

pub async fn what_a_list_comes_to(t: TestStore) {
    let store = &*t.store;
    let (ada, home) = world::owner(store, 1).await;
    let (bob, _) = world::owner(store, 2).await;
    for (n, kind, budget) in [
        (10, Kind::Expense, Some(home)),
        (11, Kind::Refund, Some(home)),
        (12, Kind::Income, None),
        (13, Kind::Transfer, None),
    ] {
        let mut row = make::expense(ada, budget, n, 1_000 + i64::from(n));
        row.kind = kind;
        row.category = row.category.filter(|_| matches!(kind, Kind::Expense | Kind::Refund));
        world::put(store, row).await;
    }
    let mut dollars = make::expense(ada, Some(home), 14, 700);
    dollars.amount = Money::new(700, Currency::USD);
    let waiting = Expense { id: domain::ids::ExpenseId(make::id(15)), base: None, ..dollars.clone() };
    dollars.base = Some(make::base(Money::new(600, Currency::EUR), dollars.date));
    world::put(store, dollars).await;
    world::put(store, waiting).await;
    let sums = async |user, filter| {
        let found = store.expense_sums(user, &filter).await.unwrap();
        let base = |sum: &crate::ports::store::Sum| sum.base_currency.map(Currency::code);
        found
            .iter()
            .map(|sum| (sum.currency.code(), base(sum), sum.count, sum.minor, sum.base_minor))
            .collect::<Vec<_>>()
    };
    let euros = Some("EUR");
    let all = sums(ada, Filter::default()).await;
    assert_eq!(all, [("EUR", euros, 4, 1_013, 1_013), ("USD", None, 1, -700, 0), ("USD", euros, 1, -700, -600)]);
    let kind = Filter { kind: Some(Kind::Expense), budget_id: Some(home), ..Filter::default() };
    let spent = sums(ada, kind).await;
    assert_eq!(spent, [("EUR", euros, 1, -1_010, -1_010), ("USD", None, 1, -700, 0), ("USD", euros, 1, -700, -600)]);
    assert_eq!(sums(ada, Filter { words: domain::words::query("nowhere"), ..Filter::default() }).await, []);
    assert_eq!(sums(bob, Filter::default()).await, []);
    assert_eq!(world::page(store, ada, &Query::default()).await.total, 6);
}
