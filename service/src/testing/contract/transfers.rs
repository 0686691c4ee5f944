//! Transfers with two legs: one goes where the other goes, in one write.
use super::{
    TestStore,
    sharing::{House, house},
    world,
};
use crate::{
    Error,
    ports::store::{Store, Written},
    testing::builders as make,
};
use domain::{
    currency::Currency,
    expense::{Expense, Kind, Pairing},
    filter::Query,
    ids::{AccountId, BudgetId, ExpenseId, UserId},
    money::Money,
};
use jiff::civil::date;

/// Two accounts of somebody's.
async fn accounts(store: &dyn Store, user: UserId) -> [AccountId; 2] {
    let mut ids = Vec::new();
    for n in [5, 6] {
        ids.push(store.create_account(&make::write(user, 1), &make::account(user, n)).await.unwrap().id);
    }
    ids.try_into().unwrap()
}

/// Both legs of a new transfer of 100.00 EUR.
fn legs(user: UserId, budget: Option<BudgetId>, accounts: [AccountId; 2], n: u32) -> [Expense; 2] {
    let mut from = make::expense(user, budget, n, 10_000);
    from.account_id = Some(accounts[0]);
    let other = ExpenseId(make::id(500 + n));
    from.join(other, false);
    let to = from.mirrored(other, accounts[1]);
    [from, to]
}

async fn both(store: &dyn Store, user: UserId, of: &[Expense; 2]) -> [Expense; 2] {
    let mut found = Vec::new();
    for leg in of {
        found.push(store.expense(user, leg.id).await.unwrap().unwrap());
    }
    found.try_into().unwrap()
}

async fn enter(store: &dyn Store, user: UserId, legs: &[Expense; 2]) -> Written {
    store.keep_transfer(&make::write(user, 5), legs).await.unwrap()
}

pub async fn both_legs_are_kept_to_the_last_field(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let accounts = accounts(&*t.store, ada).await;
    let legs = legs(ada, Some(home), accounts, 3);
    assert_eq!(legs.clone().map(|leg| leg.signed_minor()), [-10_000, 10_000]);
    let kept = enter(&*t.store, ada, &legs).await;
    assert_eq!(kept.expenses, legs);
    let told = t.store.activity(ada, kept.activity.unwrap()).await.unwrap().unwrap();
    assert_eq!(told.changes.len(), 1, "one thing");
    let mut store = t.store.clone();
    for _ in 0..2 {
        assert_eq!(both(&*store, ada, &legs).await, legs);
        world::check_totals(&*store, ada, &[home]).await;
        let Some(reopen) = &t.reopen else { break };
        store = reopen(store).await;
    }
    let mut refused = legs.clone();
    refused[0].id = ExpenseId(make::id(77));
    refused[1].account_id = Some(AccountId(make::id(99)));
    let before = world::belongings(&*store, ada).await;
    let result = store.keep_transfer(&make::write(ada, 6), &refused).await;
    assert!(matches!(result, Err(Error::Validation(_) | Error::Duplicate(_))), "{result:?}");
    assert_eq!(world::belongings(&*store, ada).await, before, "both or neither");
}

pub async fn one_goes_where_the_other_goes(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let accounts = accounts(&*t.store, ada).await;
    let legs = legs(ada, Some(home), accounts, 3);
    enter(&*t.store, ada, &legs).await;
    let dearer = |row: &mut Expense| {
        (row.amount, row.date) = (Money::new(12_000, Currency::EUR), date(2026, 11, 20));
        row.base = Some(make::base(row.amount, row.date));
    };
    let next = make::changed(&legs[1], 9, dearer);
    t.store.update_expense(&make::write(ada, 9), &next).await.unwrap();
    let [from, to] = both(&*t.store, ada, &legs).await;
    assert_eq!((from.amount, from.date, from.base.clone()), (to.amount, to.date, to.base.clone()));
    assert_eq!((from.amount.minor(), from.version, to.version), (12_000, 2, 2));
    // Another who knew the older one comes too late.
    let late = make::changed(&legs[0], 9, |row| row.notes = Some("late".to_owned()));
    assert!(matches!(t.store.update_expense(&make::write(ada, 9), &late).await, Err(Error::StaleVersion { .. })));
    // Notes are a leg's own.
    world::change(&*t.store, &from, |row| row.notes = Some("rent".to_owned())).await;
    let [from, to] = both(&*t.store, ada, &legs).await;
    assert_eq!((from.version, to.version, to.notes.as_deref()), (3, 2, None));
    // Into the trash and out of it, by one or by many.
    world::change(&*t.store, &from, |row| row.deleted_at = Some(make::at(30))).await;
    let gone = both(&*t.store, ada, &legs).await;
    assert!(gone.iter().all(|leg| leg.deleted_at.is_some()));
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, []);
    let back = make::changed(&gone[1], 40, |row| row.deleted_at = None);
    t.store.update_expenses(&make::write(ada, 40), &[back]).await.unwrap();
    assert!(both(&*t.store, ada, &legs).await.iter().all(|leg| leg.deleted_at.is_none()));
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn rows_are_joined_and_parted(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let accounts = accounts(&*t.store, ada).await;
    let mut rows = [make::expense(ada, Some(home), 3, 9_900), make::expense(ada, None, 4, 9_900)];
    rows[1].kind = Kind::Income;
    rows[1].category = None;
    for (row, account) in rows.iter_mut().zip(accounts) {
        row.account_id = Some(account);
        row.derive();
        *row = world::put(&*t.store, row.clone()).await;
    }
    let found = t.store.unpaired(ada, date(2026, 1, 1), 10).await.unwrap();
    let told: Vec<(ExpenseId, i64)> = found.iter().map(|row| (row.id, row.signed)).collect();
    assert_eq!(told, [(rows[1].id, 9_900), (rows[0].id, -9_900)]);
    assert_eq!(domain::expense::likely(&found).len(), 1);
    let ids = [rows[1].id, rows[0].id];
    let joined: Vec<Expense> = rows
        .iter()
        .zip(ids)
        .zip([false, true])
        .map(|((row, other), incoming)| make::changed(row, 9, |row| row.join(other, incoming)))
        .collect();
    let joined: [Expense; 2] = joined.try_into().unwrap();
    enter(&*t.store, ada, &joined).await;
    assert_eq!(both(&*t.store, ada, &rows).await, joined);
    assert_eq!(t.store.unpaired(ada, date(2026, 1, 1), 10).await.unwrap(), []);
    world::check_totals(&*t.store, ada, &[home]).await;
    // One alone that is parted sets the other free.
    world::change(&*t.store, &joined[0], Expense::part).await;
    let [from, to] = both(&*t.store, ada, &rows).await;
    assert_eq!((from.kind, from.pairing, to.kind, to.pairing), (Kind::Expense, None, Kind::Income, None));
    world::check_totals(&*t.store, ada, &[home]).await;
    world::change(&*t.store, &from, |row| row.pairing = Some(Pairing::Refused)).await;
    let left = t.store.unpaired(ada, date(2026, 1, 1), 10).await.unwrap();
    assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [to.id]);
}

pub async fn a_file_that_is_taken_back_leaves_no_half(t: TestStore) {
    let (ada, home) = world::owner(&*t.store, 1).await;
    let accounts = accounts(&*t.store, ada).await;
    let (import, mut commit) = world::draft(&*t.store, ada, Some(home), 1, 1).await;
    commit.expenses[0].account_id = Some(accounts[0]);
    let out = commit.expenses[0].clone();
    t.store.commit_import(&make::write(ada, 2), commit).await.unwrap();
    let mut income = make::expense(ada, Some(home), 40, out.amount.minor());
    (income.kind, income.category, income.account_id) = (Kind::Income, None, Some(accounts[1]));
    income.derive();
    let income = world::put(&*t.store, income).await;
    let legs = [
        make::changed(&out, 9, |row| row.join(income.id, false)),
        make::changed(&income, 9, |row| row.join(out.id, true)),
    ];
    enter(&*t.store, ada, &legs).await;
    t.store.revert_import(&make::write(ada, 10), import.id).await.unwrap();
    let left = world::walk(&*t.store, ada, Query::default()).await;
    assert_eq!(
        left.iter().map(|row| (row.id, row.kind, row.pairing)).collect::<Vec<_>>(),
        [(income.id, Kind::Income, None)]
    );
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn a_leg_that_one_does_not_see_stays(t: TestStore) {
    let House { ada: owner, editor, home: budget, .. } = house(&*t.store).await;
    let accounts = accounts(&*t.store, owner).await;
    let mut legs = legs(owner, Some(budget), accounts, 3);
    legs[1].budget_id = None;
    enter(&*t.store, owner, &legs).await;
    for change in [
        (|row: &mut Expense| row.amount = Money::new(1, Currency::EUR)) as fn(&mut Expense),
        |row| row.deleted_at = Some(make::at(9)),
        Expense::part,
    ] {
        let mut next = make::changed(&legs[0], 9, change);
        next.base = Some(make::base(next.amount, next.date));
        let refused = t.store.update_expense(&make::write(editor, 9), &next).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    }
    let noted = make::changed(&legs[0], 9, |row| row.notes = Some("seen".to_owned()));
    t.store.update_expense(&make::write(editor, 9), &noted).await.unwrap();
    assert_eq!(both(&*t.store, owner, &legs).await, [noted, legs[1].clone()]);
}
