//! Expenses one by one.
use super::{TestStore, world};
use crate::{Error, ports::store::Trashed, testing::builders as make};
use domain::{
    category::Category,
    currency::Currency,
    expense::{BaseAmount, Expense, Kind, Location, PaymentMethod, Point, Split, Status},
    filter::Query,
    ids::{AccountId, BudgetId, ExpenseId},
    money::Money,
    problem::{Problem, Problems},
    report::Unconverted,
};
use jiff::civil::date;
use std::sync::Arc;

/// A row that has something in every field.
fn full(user: domain::ids::UserId, budget: BudgetId, account: AccountId) -> Expense {
    let mut row = make::expense(user, Some(budget), 7, 12_345);
    row.account_id = Some(account);
    row.kind = Kind::Refund;
    row.status = Status::Reconciled;
    row.amount = Money::new(12_345, Currency::JPY);
    row.base = Some(BaseAmount {
        amount: Money::new(7_213, Currency::EUR),
        rate: "0.0058429".to_owned(),
        rate_date: date(2026, 11, 6),
    });
    row.subcategory = Some("Ramen \u{1F35C}".to_owned());
    row.notes = Some("two\nlines, 'quotes' \"and\" \u{202e}more; -- %_".to_owned());
    row.merchant = Some("Größe & Söhne № 7".to_owned());
    row.payment_method = Some(PaymentMethod::DirectDebit);
    row.tags = vec!["trip".to_owned(), "a\"b,]".to_owned(), "日本".to_owned()];
    row.splits = vec![
        Split {
            category: Some(Category::Food),
            subcategory: Some("Noodles".to_owned()),
            amount: 12_000,
            memo: None,
            member_id: Some(user),
        },
        Split { category: None, subcategory: None, amount: 345, memo: Some("tip".to_owned()), member_id: None },
    ];
    let point = Some(Point { lat: 35_680_959, lng: -139_767_306 });
    row.location = Some(Location { point, address: Some("丸の内 1-9, \"2F\"".to_owned()) });
    row.receipt = Some(make::receipt(8));
    row.derive();
    row
}

pub async fn kept_to_the_last_field(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let account = t.store.create_account(&make::write(ada, 1), &make::account(ada, 5)).await.unwrap();
    let row = full(ada, budget, account.id);
    assert_eq!(t.store.create_expense(&make::write(ada, 7), &row).await.unwrap(), row);
    assert_eq!(t.store.expense(ada, row.id).await.unwrap(), Some(row.clone()));
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, std::slice::from_ref(&row));
    let bare = Expense {
        category: None,
        description: None,
        date: date(1900, 1, 1),
        amount: Money::new(999_999_999_999_999, Currency::KWD),
        base: None,
        ..make::expense(ada, None, 8, 1)
    };
    world::put(&*t.store, bare.clone()).await;
    assert_eq!(t.store.expense(ada, bare.id).await.unwrap(), Some(bare));
    assert_eq!(t.store.expense(ada, ExpenseId(make::id(99))).await.unwrap(), None);
    // And when it is changed into that.
    let other = world::put(&*t.store, make::expense(ada, None, 9, 1)).await;
    let changed = Expense { id: other.id, version: 2, ..row };
    assert_eq!(t.store.update_expense(&make::write(ada, 9), &changed).await.unwrap(), changed);
    assert_eq!(t.store.expense(ada, other.id).await.unwrap(), Some(changed));
}

pub async fn an_update_needs_the_next_version(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let row = world::put(&*t.store, make::expense(ada, Some(budget), 1, 500)).await;
    let second = world::change(&*t.store, &row, |row| row.amount = Money::new(700, Currency::EUR)).await;
    for version in [1, 2, 4] {
        let stale = Expense { version, notes: Some("late".to_owned()), ..row.clone() };
        let refused = t.store.update_expense(&make::write(ada, 61), &stale).await;
        assert!(matches!(refused, Err(Error::StaleVersion { current: 2 })), "{version}: {refused:?}");
    }
    assert_eq!(t.store.expense(ada, row.id).await.unwrap(), Some(second));
    let unknown = make::changed(&make::expense(ada, None, 99, 5), 1, |_| ());
    assert!(matches!(t.store.update_expense(&make::write(ada, 1), &unknown).await, Err(Error::NotFound)));
    world::check_totals(&*t.store, ada, &[budget]).await;
}

pub async fn of_twenty_writers_one_wins(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let mut row = world::put(&*t.store, make::expense(ada, Some(budget), 1, 500)).await;
    for round in 0..3 {
        let tries: Vec<_> = (0..20)
            .map(|n| {
                let (store, row) = (Arc::clone(&t.store), row.clone());
                tokio::spawn(async move {
                    let amount = Money::new(1_000 + n, Currency::EUR);
                    let next = make::changed(&row, n, |row| {
                        row.amount = amount;
                        row.base = Some(make::base(amount, row.date));
                    });
                    store.update_expense(&make::write(ada, n), &next).await
                })
            })
            .collect();
        let mut won = Vec::new();
        for each in tries {
            match each.await.unwrap() {
                Ok(expense) => won.push(expense),
                Err(Error::StaleVersion { current }) => assert_eq!(current, round + 2),
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(won.len(), 1, "round {round}");
        row = won.remove(0);
        assert_eq!(t.store.expense(ada, row.id).await.unwrap().as_ref(), Some(&row));
        world::check_totals(&*t.store, ada, &[budget]).await;
    }
}

pub async fn into_the_trash_and_back(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let rows = [1, 2, 3].map(|n| make::expense(ada, Some(budget), n, 500));
    for row in &rows {
        world::put(&*t.store, row.clone()).await;
    }
    let mut gone = Vec::new();
    for (seconds, row) in [(10, &rows[1]), (20, &rows[0])] {
        let mut next = make::changed(row, seconds, |_| ());
        next.deleted_at = Some(make::at(seconds));
        gone.push(t.store.update_expense(&make::write(ada, seconds), &next).await.unwrap());
    }
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, [rows[2].clone()]);
    assert_eq!(t.store.expense(ada, rows[0].id).await.unwrap().as_ref(), Some(&gone[1]));
    let trash = t.store.trash(ada).await.unwrap();
    let expected: Vec<_> = gone.iter().rev().map(|row| Trashed::Expense { expense: Box::new(row.clone()) }).collect();
    assert_eq!(trash, expected);
    world::check_totals(&*t.store, ada, &[budget]).await;
    // Budgets stand in the same list.
    let other = world::budget(&*t.store, ada, 9).await;
    t.store.set_budget_deleted(&make::write(ada, 15), other, true).await.unwrap();
    let kinds: Vec<_> = t.store.trash(ada).await.unwrap().iter().map(|t| matches!(t, Trashed::Budget { .. })).collect();
    assert_eq!(kinds, [false, true, false]);

    world::change(&*t.store, &gone[1], |row| row.deleted_at = None).await;
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await.len(), 2);
    world::check_totals(&*t.store, ada, &[budget]).await;
}

pub async fn moved_with_its_totals(t: TestStore) {
    let (ada, first) = world::owner(&*t.store, 1).await;
    let second = world::budget(&*t.store, ada, 2).await;
    let row = world::put(&*t.store, make::expense(ada, Some(first), 1, 500)).await;
    let row = world::change(&*t.store, &row, |row| row.budget_id = Some(second)).await;
    assert_eq!(world::totals(&*t.store, ada, first).await, []);
    assert_eq!(world::totals(&*t.store, ada, second).await.len(), 1);
    let row = world::change(&*t.store, &row, |row| row.date = date(2027, 1, 31)).await;
    let row = world::change(&*t.store, &row, |row| row.category = None).await;
    let row = world::change(&*t.store, &row, |row| row.kind = Kind::Refund).await;
    let row = world::change(&*t.store, &row, |row| row.status = Status::NeedsReview).await;
    assert_eq!(world::totals(&*t.store, ada, second).await, []);
    let row = world::change(&*t.store, &row, |row| row.status = Status::Cleared).await;
    world::check_totals(&*t.store, ada, &[first, second]).await;
    world::change(&*t.store, &row, |row| row.budget_id = None).await;
    world::check_totals(&*t.store, ada, &[first, second]).await;
}

pub async fn foreign_budgets_and_accounts_are_refused(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (bob, foreign) = world::owner(&*t.store, 2).await;
    let account = t.store.create_account(&make::write(bob, 1), &make::account(bob, 5)).await.unwrap().id;
    let row = world::put(&*t.store, make::expense(ada, Some(budget), 1, 500)).await;
    let before = (world::belongings(&*t.store, ada).await, world::belongings(&*t.store, bob).await);
    let refuses = |result: crate::Result<Expense>, field: &str| {
        let expected = Problems::one(field, Problem::NotFound);
        assert!(matches!(&result, Err(Error::Validation(problems)) if *problems == expected), "{field}: {result:?}");
    };
    for wrong in [foreign, BudgetId(make::id(99))] {
        let new = make::expense(ada, Some(wrong), 2, 500);
        refuses(t.store.create_expense(&make::write(ada, 2), &new).await, "budgetId");
        let next = make::changed(&row, 2, |row| row.budget_id = Some(wrong));
        refuses(t.store.update_expense(&make::write(ada, 2), &next).await, "budgetId");
    }
    for wrong in [account, AccountId(make::id(99))] {
        let new = Expense { account_id: Some(wrong), ..make::expense(ada, None, 2, 500) };
        refuses(t.store.create_expense(&make::write(ada, 2), &new).await, "accountId");
        let next = make::changed(&row, 2, |row| row.account_id = Some(wrong));
        refuses(t.store.update_expense(&make::write(ada, 2), &next).await, "accountId");
    }
    assert_eq!((world::belongings(&*t.store, ada).await, world::belongings(&*t.store, bob).await), before);
}

pub async fn nothing_comes_into_a_budget_in_the_trash(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let row = world::put(&*t.store, make::expense(ada, Some(budget), 1, 500)).await;
    let private = world::put(&*t.store, make::expense(ada, None, 2, 500)).await;
    t.store.set_budget_deleted(&make::write(ada, 5), budget, true).await.unwrap();
    let gone = world::change(&*t.store, &row, |row| row.deleted_at = Some(make::at(6))).await;
    let attempts = [
        t.store.create_expense(&make::write(ada, 7), &make::expense(ada, Some(budget), 3, 500)).await,
        t.store.update_expense(&make::write(ada, 7), &make::changed(&private, 7, |p| p.budget_id = Some(budget))).await,
        t.store.update_expense(&make::write(ada, 7), &make::changed(&gone, 7, |row| row.deleted_at = None)).await,
    ];
    for attempt in attempts {
        assert!(matches!(attempt, Err(Error::Validation(_))), "{attempt:?}");
    }
    world::change(&*t.store, &gone, |row| (row.deleted_at, row.budget_id) = (None, None)).await;
}

pub async fn rows_without_a_rate_stand_apart(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let rows = [
        (1, Kind::Expense, Currency::BRL, Status::Cleared),
        (2, Kind::Expense, Currency::BRL, Status::Reconciled),
        (3, Kind::Refund, Currency::BRL, Status::Cleared),
        (4, Kind::Expense, Currency::JPY, Status::Cleared),
        (5, Kind::Income, Currency::USD, Status::Cleared),
        (6, Kind::Expense, Currency::BRL, Status::Draft),
    ];
    for (n, kind, currency, status) in rows {
        let mut row = make::expense(ada, Some(budget), n, 1_000 * i64::from(n));
        (row.kind, row.status, row.base) = (kind, status, None);
        row.amount = Money::new(row.amount.minor(), currency);
        row.derive();
        world::put(&*t.store, row).await;
    }
    world::put(&*t.store, make::expense(ada, Some(budget), 7, 5_000)).await;
    let waiting = |currency, count, minor| Unconverted { currency, count, minor };
    let found = t.store.unconverted(ada, budget, date(2026, 11, 1), date(2026, 11, 30)).await.unwrap();
    assert_eq!(found, [waiting(Currency::BRL, 3, 0), waiting(Currency::JPY, 1, 4_000), waiting(Currency::USD, 1, 0)]);
    let found = t.store.unconverted(ada, budget, date(2026, 11, 3), date(2026, 11, 3)).await.unwrap();
    assert_eq!(found, [waiting(Currency::BRL, 1, 2_000)]);
    assert_eq!(world::totals(&*t.store, ada, budget).await.len(), 1);
    world::check_totals(&*t.store, ada, &[budget]).await;
}
