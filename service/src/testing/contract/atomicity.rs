//! A fault in the middle of a write leaves nothing of it.
use super::{TestStore, world};
use crate::{
    Error, Result,
    ports::store::{ImportCommit, Store, Write},
    testing::{FaultPoint, builders as make},
};
use domain::{
    currency::Currency,
    expense::Expense,
    ids::{BudgetId, UserId},
    money::Money,
};

/// Changes a row; the budget is one to move it to.
type Change = fn(&mut Expense, BudgetId);

const POINTS: [FaultPoint; 3] = [FaultPoint::Totals, FaultPoint::Answer, FaultPoint::Commit];

/// Tries a write with a fault at each point; nothing may come of it, and without the fault all of it must. Points that
/// the write doesn't pass are left out.
async fn whole_or_nothing<T: std::fmt::Debug>(
    t: &TestStore,
    actor: UserId,
    name: &str,
    points: &[FaultPoint],
    write: impl AsyncFn(Write) -> Result<T>,
) {
    let before = world::belongings(&*t.store, actor).await;
    let keyed = make::keyed(actor, 70, name, 1);
    for &point in points {
        t.faults.arm(point, 1);
        let failed = write(keyed.clone()).await;
        assert!(matches!(failed, Err(Error::Unavailable(_))), "{name} at {point:?}: {failed:?}");
        assert!(!t.faults.is_armed());
        assert_eq!(world::belongings(&*t.store, actor).await, before, "{name} at {point:?}");
        let key = keyed.idempotency.as_ref().unwrap();
        assert_eq!(t.store.replay(actor, key, make::at(71)).await.unwrap(), None, "{name} at {point:?}");
    }
    write(keyed).await.unwrap();
    assert_ne!(world::belongings(&*t.store, actor).await, before, "{name}");
    check(&*t.store, actor).await;
}

async fn check(store: &dyn Store, actor: UserId) {
    let budgets: Vec<BudgetId> = store.budgets(actor).await.unwrap().into_iter().map(|(budget, _)| budget.id).collect();
    world::check_totals(store, actor, &budgets).await;
}

pub async fn single_writes_are_whole_or_nothing(t: TestStore) {
    let (ada, first) = world::owner(&*t.store, 1).await;
    let second = world::budget(&*t.store, ada, 2).await;
    let store = &*t.store;
    let row = make::expense(ada, Some(first), 1, 500);
    whole_or_nothing(&t, ada, "create", &POINTS, async |w| store.create_expense(&w, &row).await).await;
    let changes: [(&str, Change); 5] = [
        ("amount", |row, _| {
            row.amount = Money::new(999, Currency::EUR);
            row.base = Some(make::base(row.amount, row.date));
        }),
        ("move", |row, second| row.budget_id = Some(second)),
        ("away", |row, _| row.deleted_at = Some(make::at(70))),
        ("back", |row, _| row.deleted_at = None),
        ("private", |row, _| row.budget_id = None),
    ];
    let mut row = row;
    for (name, change) in changes {
        row = make::changed(&row, 70, |row| change(row, second));
        whole_or_nothing(&t, ada, name, &POINTS, async |w| store.update_expense(&w, &row).await).await;
    }
    let points = &POINTS[1..];
    let budget = make::budget(ada, 9);
    whole_or_nothing(&t, ada, "budget", points, async |w| store.create_budget(&w, &budget).await).await;
    let next = domain::budget::Budget { version: 2, is_active: false, ..budget };
    whole_or_nothing(&t, ada, "next budget", points, async |w| store.update_budget(&w, &next, &make::by_hand()).await)
        .await;
    whole_or_nothing(&t, ada, "no budget", points, async |w| store.set_budget_deleted(&w, next.id, true).await).await;
    let account = make::account(ada, 9);
    whole_or_nothing(&t, ada, "account", points, async |w| store.create_account(&w, &account).await).await;
    whole_or_nothing(&t, ada, "no account", points, async |w| store.delete_account(&w, account.id).await).await;
    let mut user = store.user(ada).await.unwrap().unwrap();
    user.name = "Another Name".to_owned();
    whole_or_nothing(&t, ada, "user", points, async |w| store.update_user(&w, &user).await).await;
    let person = make::person(30);
    let bob = person.user.id;
    whole_or_nothing(&t, bob, "sign-up", points, async |w| store.create_user(&w, &person).await).await;
}

pub async fn an_import_is_whole_or_nothing(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    // One row to be absorbed, one account to be made.
    world::put(store, make::expense(ada, Some(budget), 3, 1_003)).await;
    let import = make::import(ada, Some(budget), 2);
    let rows = [make::staged(1, 5)];
    let points = &POINTS[1..];
    whole_or_nothing(&t, ada, "stage", points, async |w| store.stage_import(&w, &import, &rows).await).await;
    let again = crate::ports::store::Import { sum: "7.00".to_owned(), revision: 1, ..import };
    whole_or_nothing(&t, ada, "restage", points, async |w| store.restage_import(&w, &again, &[]).await).await;
    let commit = prepared(store, ada, budget).await;
    whole_or_nothing(&t, ada, "commit", &POINTS, async |w| store.commit_import(&w, commit.clone()).await).await;
    let import = make::import(ada, Some(budget), 9);
    let expenses = (50..90).map(|line| world::imported(&import, 9, line)).collect();
    let commit = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses };
    whole_or_nothing(&t, ada, "book", &POINTS, async |w| store.book_import(&w, &import, commit.clone()).await).await;
}

pub async fn a_revert_is_whole_or_nothing(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let store = &*t.store;
    world::put(store, make::expense(ada, Some(budget), 3, 1_003)).await;
    let commit = prepared(store, ada, budget).await;
    let id = commit.import_id;
    store.commit_import(&make::write(ada, 60), commit).await.unwrap();
    whole_or_nothing(&t, ada, "revert", &POINTS, async |w| store.revert_import(&w, id).await).await;
}

/// Fifty rows of a new account.
async fn prepared(store: &dyn Store, user: UserId, budget: BudgetId) -> ImportCommit {
    let (_, mut commit) = world::draft(store, user, Some(budget), 5, 50).await;
    let account = make::account(user, 8);
    commit.expenses.iter_mut().for_each(|row| row.account_id = Some(account.id));
    commit.accounts = vec![account];
    commit
}
