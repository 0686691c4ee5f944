//! Whoever asks for what is somebody else's finds nothing, and changes nothing.
use super::{TestStore, world};
use crate::{
    Error, Result,
    ports::store::{ImportCommit, Store, Write},
    testing::builders as make,
};
use domain::{
    Date,
    account::Account,
    budget::Budget,
    expense::Expense,
    filter::{Filter, Query},
    ids::{AccountId, BudgetId, UserId},
    period::{Month, Period},
};

/// What Ada has: one of everything.
struct Estate {
    ada: UserId,
    bob: UserId,
    budget: Budget,
    gone: BudgetId,
    account: Account,
    row: Expense,
    draft: ImportCommit,
    booked: ImportCommit,
}

async fn estate(store: &dyn Store) -> Estate {
    let (ada, id) = world::owner(store, 1).await;
    let (bob, _) = world::owner(store, 2).await;
    let gone = world::budget(store, ada, 3).await;
    store.set_budget_deleted(&make::write(ada, 3), gone, true).await.unwrap();
    let account = store.create_account(&make::write(ada, 1), &make::account(ada, 4)).await.unwrap();
    let mut row = make::expense(ada, Some(id), 5, 500);
    row.account_id = Some(account.id);
    let row = world::put(store, row).await;
    let thrown = world::put(store, make::expense(ada, Some(id), 6, 500)).await;
    world::change(store, &thrown, |row| row.deleted_at = Some(make::at(6))).await;
    let (_, booked) = world::draft(store, ada, Some(id), 7, 5).await;
    store.commit_import(&make::write(ada, 7), booked.clone()).await.unwrap();
    let (_, draft) = world::draft(store, ada, Some(id), 8, 7).await;
    let budget = store.budget(ada, id).await.unwrap().unwrap().0;
    Estate { ada, bob, budget, gone, account, row, draft, booked }
}

pub async fn nothing_is_seen(t: TestStore) {
    let Estate { ada, bob, budget, gone, account, row, draft, booked } = estate(&*t.store).await;
    let (store, month) = (&*t.store, Month { year: 2026, month: 11 });
    let (start, end) = (Date::MIN, Date::MAX);
    assert_eq!(store.budget(bob, budget.id).await.unwrap(), None);
    assert_eq!(store.budgets(bob).await.unwrap().len(), 1);
    assert_eq!(store.plan(bob, budget.id, month).await.unwrap(), None);
    assert!(matches!(store.spending(bob, budget.id, start, end).await, Err(Error::NotFound)));
    assert!(matches!(store.spending_of(bob, budget.id, &[Period { start, end }]).await, Err(Error::NotFound)));
    assert!(matches!(store.unconverted(bob, budget.id, start, end).await, Err(Error::NotFound)));
    assert!(matches!(store.plans(bob, budget.id).await, Err(Error::NotFound)));
    assert!(matches!(store.months(bob, budget.id).await, Err(Error::NotFound)));
    assert_eq!(store.expense(bob, row.id).await.unwrap(), None);
    let filters = [
        Filter::default(),
        Filter { budget_id: Some(budget.id), ..Filter::default() },
        Filter { account_id: Some(account.id), ..Filter::default() },
        Filter { import_id: Some(booked.import_id), ..Filter::default() },
        Filter { words: domain::words::query("corner"), ..Filter::default() },
    ];
    for filter in filters {
        let page = world::page(store, bob, &Query { filter, ..Query::default() }).await;
        assert_eq!((page.items.len(), page.total, page.more), (0, 0, false));
    }
    assert_eq!(store.trash(bob).await.unwrap(), []);
    assert_eq!(store.account(bob, account.id).await.unwrap(), None);
    assert_eq!(store.accounts(bob).await.unwrap(), []);
    for id in [draft.import_id, booked.import_id] {
        assert_eq!(store.import(bob, id).await.unwrap(), None);
        assert!(matches!(store.staged_rows(bob, id, 0, 10).await, Err(Error::NotFound)));
    }
    assert_eq!(store.imports(bob).await.unwrap(), []);
    assert_eq!(store.prints(bob, start, end).await.unwrap(), []);
    // Ada sees it all.
    assert_eq!(world::walk(store, ada, Query::default()).await.len(), 6);
    assert!(store.budget(ada, gone).await.unwrap().is_none());
}

fn refused<T: std::fmt::Debug>(what: &str, result: Result<T>) {
    assert!(matches!(result, Err(Error::NotFound | Error::Validation(_))), "{what}: {result:?}");
}

pub async fn nothing_is_changed(t: TestStore) {
    let Estate { ada, bob, budget, gone, account, row, draft, booked } = estate(&*t.store).await;
    let store = &*t.store;
    let before = (world::belongings(store, ada).await, world::belongings(store, bob).await);
    let write: Write = make::write(bob, 90);
    // As Ada's, and under her ids as if they were Bob's own.
    for owner in [ada, bob] {
        let next = Budget { user_id: owner, version: 2, is_active: false, ..budget.clone() };
        refused("update_budget", store.update_budget(&write, &next, &make::by_hand()).await);
        let next = Expense { user_id: owner, ..make::changed(&row, 90, |row| row.notes = Some("mine".to_owned())) };
        refused("update_expense", store.update_expense(&write, &next).await);
        let next = Expense { budget_id: None, account_id: None, ..next };
        refused("update_expense", store.update_expense(&write, &next).await);
        let next = Account { user_id: owner, version: 2, closed: true, ..account.clone() };
        refused("update_account", store.update_account(&write, &next).await);
        let import = crate::ports::store::Import { user_id: owner, ..make::import(owner, None, 8) };
        refused("restage_import", store.restage_import(&write, &import, &[]).await);
        let commit = ImportCommit { expenses: Vec::new(), ..draft.clone() };
        refused("commit_import", store.commit_import(&write, commit).await);
    }
    refused("create_budget", store.create_budget(&write, &make::budget(ada, 50)).await);
    refused("create_expense", store.create_expense(&write, &make::expense(ada, None, 50, 5)).await);
    refused("create_expense", store.create_expense(&write, &make::expense(bob, Some(budget.id), 50, 5)).await);
    refused("create_account", store.create_account(&write, &make::account(ada, 50)).await);
    refused("stage_import", store.stage_import(&write, &make::import(ada, None, 50), &[]).await);
    refused("stage_import", store.stage_import(&write, &make::import(bob, Some(budget.id), 50), &[]).await);
    refused("update_user", store.update_user(&write, &make::person(1).user).await);
    for id in [budget.id, gone] {
        refused("set_budget_deleted", store.set_budget_deleted(&write, id, true).await);
        refused("set_budget_deleted", store.set_budget_deleted(&write, id, false).await);
    }
    for id in [budget.id, gone] {
        refused("keep_month", store.keep_month(&write, &make::month_entry(bob, id, 1)).await);
    }
    refused("delete_account", store.delete_account(&write, account.id).await);
    refused("delete_account", store.delete_account(&write, AccountId(make::id(99))).await);
    for import in [make::import(ada, None, 50), make::import(bob, Some(budget.id), 50)] {
        let commit = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses: Vec::new() };
        refused("book_import", store.book_import(&write, &import, commit).await);
    }
    refused("commit_import", store.commit_import(&write, draft).await);
    refused("revert_import", store.revert_import(&write, booked.import_id).await);
    assert_eq!((world::belongings(store, ada).await, world::belongings(store, bob).await), before);
}

pub async fn same_ids_in_lists_never_mix(t: TestStore) {
    let (ada, first) = world::owner(&*t.store, 1).await;
    let (bob, second) = world::owner(&*t.store, 2).await;
    for n in 0..10 {
        world::put(&*t.store, make::expense(ada, Some(first), 100 + n, 500)).await;
        world::put(&*t.store, make::expense(bob, Some(second), 200 + n, 700)).await;
    }
    for (user, budget) in [(ada, first), (bob, second)] {
        let rows = world::walk(&*t.store, user, Query { limit: 3, ..Query::default() }).await;
        assert_eq!(rows.len(), 10);
        assert!(rows.iter().all(|row| row.user_id == user && row.budget_id == Some(budget)));
        world::check_totals(&*t.store, user, &[budget]).await;
    }
}
