//! Imports that are taken back.
use super::{TestStore, world};
use crate::{
    Error,
    error::Conflict,
    ports::store::{ImportStatus, Store},
    testing::builders as make,
};
use domain::{
    account::Account,
    currency::Currency,
    expense::Expense,
    filter::Query,
    ids::{BudgetId, ImportId, UserId},
    money::Money,
};

/// A committed import of ten rows (12 with what was there), its account, one absorbed row.
async fn committed(store: &dyn Store, user: UserId, budget: BudgetId) -> ImportId {
    let (import, mut commit) = world::draft(store, user, Some(budget), 4, 10).await;
    let account = make::account(user, 8);
    commit.expenses.iter_mut().for_each(|row| row.account_id = Some(account.id));
    commit.accounts = vec![account];
    store.commit_import(&make::write(user, 60), commit).await.unwrap();
    import.id
}

pub async fn exactly_what_was_added_goes(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    world::put(&*t.store, make::expense(ada, Some(budget), 3, 1_003)).await;
    world::put(&*t.store, make::expense(ada, Some(budget), 5, 4_711)).await;
    let before = world::belongings(&*t.store, ada).await;
    let id = committed(&*t.store, ada, budget).await;
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await.len(), 11);
    let reverted = t.store.revert_import(&make::write(ada, 90), id).await.unwrap();
    assert_eq!((reverted.status, reverted.reverted_at), (ImportStatus::Reverted, Some(make::at(90))));
    assert_eq!(t.store.import(ada, id).await.unwrap(), Some(reverted));
    let mut after = world::belongings(&*t.store, ada).await;
    after.imports.clear();
    // The row that was entered by hand is as it was, in a newer version.
    for row in &mut after.expenses {
        let own = before.expenses.iter().find(|own| own.id == row.id).unwrap();
        (row.version, row.updated_at) = (own.version, own.updated_at);
    }
    // The timeline tells of it.
    after.activities.drain(..2);
    assert_eq!(after, before);
}

pub async fn changed_moved_and_trashed_rows_go_too(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let other = world::budget(&*t.store, ada, 2).await;
    let id = committed(&*t.store, ada, budget).await;
    let rows = world::walk(&*t.store, ada, Query::default()).await;
    world::change(&*t.store, &rows[0], |row| row.deleted_at = Some(make::at(70))).await;
    world::change(&*t.store, &rows[1], |row| row.budget_id = Some(other)).await;
    world::change(&*t.store, &rows[2], |row| row.budget_id = None).await;
    world::change(&*t.store, &rows[3], |row| {
        row.amount = Money::new(99, Currency::EUR);
        row.base = Some(make::base(row.amount, row.date));
    })
    .await;
    t.store.revert_import(&make::write(ada, 90), id).await.unwrap();
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, []);
    assert_eq!(t.store.trash(ada).await.unwrap(), []);
    assert_eq!(world::totals(&*t.store, ada, budget).await, []);
    assert_eq!(world::totals(&*t.store, ada, other).await, []);
    world::check_totals(&*t.store, ada, &[budget, other]).await;
}

pub async fn an_account_in_use_stays(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let id = committed(&*t.store, ada, budget).await;
    let account = t.store.accounts(ada).await.unwrap().remove(0);
    let own = Expense { account_id: Some(account.id), ..make::expense(ada, None, 40, 5) };
    let own = world::put(&*t.store, own).await;
    t.store.revert_import(&make::write(ada, 90), id).await.unwrap();
    assert_eq!(t.store.accounts(ada).await.unwrap(), std::slice::from_ref(&account));
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, [own]);
    // So does one that somebody has given a name.
    let (bob, budget) = world::owner(&*t.store, 2).await;
    let (import, mut commit) = world::draft(&*t.store, bob, Some(budget), 6, 2).await;
    commit.accounts = vec![make::account(bob, 9)];
    t.store.commit_import(&make::write(bob, 1), commit).await.unwrap();
    let named = Account { name: "Mine".to_owned(), version: 2, ..make::account(bob, 9) };
    t.store.update_account(&make::write(bob, 2), &named).await.unwrap();
    t.store.revert_import(&make::write(bob, 3), import.id).await.unwrap();
    assert_eq!(t.store.accounts(bob).await.unwrap(), [named]);
}

pub async fn only_committed_imports_are_reverted(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (import, commit) = world::draft(&*t.store, ada, Some(budget), 1, 3).await;
    let refused = async || {
        let result = t.store.revert_import(&make::write(ada, 5), import.id).await;
        assert!(matches!(result, Err(Error::Conflict(Conflict::ImportNotCommitted))), "{result:?}");
    };
    refused().await;
    t.store.commit_import(&make::write(ada, 3), commit).await.unwrap();
    t.store.revert_import(&make::write(ada, 4), import.id).await.unwrap();
    refused().await;
    let unknown = t.store.revert_import(&make::write(ada, 5), ImportId(make::id(99))).await;
    assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
}

pub async fn the_file_can_come_again(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    world::put(&*t.store, make::expense(ada, Some(budget), 3, 1_003)).await;
    let id = committed(&*t.store, ada, budget).await;
    t.store.revert_import(&make::write(ada, 90), id).await.unwrap();
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 7, 10).await;
    let done = t.store.commit_import(&make::write(ada, 91), commit).await.unwrap();
    assert_eq!((done.added, done.duplicates), (9, 1));
    world::check_totals(&*t.store, ada, &[budget]).await;
}
