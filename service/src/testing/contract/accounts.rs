//! Places where money is.
use super::{TestStore, world};
use crate::{Error, error::Conflict, testing::builders as make};
use domain::{
    account::{Account, AccountKind},
    ids::AccountId,
};

pub async fn made_changed_and_listed_by_name(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let mut made = Vec::new();
    for (n, name) in [(1, "savings"), (2, "Österreich"), (3, "Cash"), (4, "zero")] {
        let account = Account { name: name.to_owned(), ..make::account(ada, n) };
        assert_eq!(t.store.create_account(&make::write(ada, 1), &account).await.unwrap(), account);
        assert_eq!(t.store.account(ada, account.id).await.unwrap(), Some(account.clone()));
        made.push(account);
    }
    let names = async || -> Vec<String> {
        t.store.accounts(ada).await.unwrap().into_iter().map(|account| account.name).collect()
    };
    assert_eq!(names().await, ["Cash", "Österreich", "savings", "zero"]);
    let changed = Account {
        name: "A first one".to_owned(),
        kind: AccountKind::Loan,
        external_ids: vec!["X/1".to_owned(), "Y/2".to_owned()],
        closed: true,
        version: 2,
        updated_at: make::at(60),
        ..made[3].clone()
    };
    assert_eq!(t.store.update_account(&make::write(ada, 60), &changed).await.unwrap(), changed);
    assert_eq!(t.store.account(ada, changed.id).await.unwrap(), Some(changed));
    assert_eq!(names().await, ["A first one", "Cash", "Österreich", "savings"]);
    assert_eq!(t.store.account(ada, AccountId(make::id(99))).await.unwrap(), None);
}

pub async fn an_update_needs_the_next_version(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let account = t.store.create_account(&make::write(ada, 1), &make::account(ada, 1)).await.unwrap();
    for version in [1, 3] {
        let wrong = Account { version, name: "Other".to_owned(), ..account.clone() };
        let refused = t.store.update_account(&make::write(ada, 2), &wrong).await;
        assert!(matches!(refused, Err(Error::StaleVersion { current: 1 })), "{refused:?}");
    }
    assert_eq!(t.store.account(ada, account.id).await.unwrap(), Some(account));
    let unknown = Account { version: 2, ..make::account(ada, 99) };
    assert!(matches!(t.store.update_account(&make::write(ada, 2), &unknown).await, Err(Error::NotFound)));
}

pub async fn deleted_only_when_unused(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let account = t.store.create_account(&make::write(ada, 1), &make::account(ada, 1)).await.unwrap();
    let mut row = make::expense(ada, None, 1, 100);
    row.account_id = Some(account.id);
    let row = world::put(&*t.store, row).await;
    let delete = async || t.store.delete_account(&make::write(ada, 5), account.id).await;
    assert!(matches!(delete().await, Err(Error::Conflict(Conflict::AccountInUse))));
    let row = world::change(&*t.store, &row, |row| row.deleted_at = Some(make::at(6))).await;
    assert!(matches!(delete().await, Err(Error::Conflict(Conflict::AccountInUse))));
    world::change(&*t.store, &row, |row| row.account_id = None).await;
    delete().await.unwrap();
    assert_eq!(t.store.accounts(ada).await.unwrap(), []);
    assert!(matches!(delete().await, Err(Error::NotFound)));
}
