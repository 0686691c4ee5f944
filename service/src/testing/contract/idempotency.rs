//! The same key does a thing once and answers the same.
use super::{TestStore, world};
use crate::{
    Error,
    error::Conflict,
    ports::store::{ImportCommit, Write},
    testing::builders as make,
};
use domain::{account::Account, budget::Budget, expense::Expense, filter::Query};
use std::sync::Arc;

pub async fn twenty_in_parallel_make_one_row(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let store = Arc::clone(&t.store);
            // Each try comes with a new id, as a use-case would make it.
            let row = make::expense(ada, Some(budget), 100 + n, 500);
            tokio::spawn(async move { store.create_expense(&make::keyed(ada, 1, "key", 1), &row).await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for each in tries {
        answers.push(each.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, answers[..1]);
    world::check_totals(&*t.store, ada, &[budget]).await;
}

fn is_reused<T: std::fmt::Debug>(result: crate::Result<T>) {
    assert!(matches!(result, Err(Error::Conflict(Conflict::IdempotencyKeyReused))), "{result:?}");
}

pub async fn another_request_is_a_conflict(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let row = make::expense(ada, None, 1, 500);
    t.store.create_expense(&make::keyed(ada, 1, "key", 1), &row).await.unwrap();
    let before = world::belongings(&*t.store, ada).await;
    let other = make::keyed(ada, 2, "key", 2);
    is_reused(t.store.create_expense(&other, &make::expense(ada, None, 2, 500)).await);
    is_reused(t.store.create_account(&other, &make::account(ada, 2)).await);
    is_reused(t.store.replay(ada, &other.idempotency.unwrap(), make::at(2)).await);
    assert_eq!(world::belongings(&*t.store, ada).await, before);
}

pub async fn the_answer_stays_after_later_changes(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let write = make::keyed(ada, 1, "key", 1);
    let first = t.store.create_expense(&write, &make::expense(ada, Some(budget), 1, 500)).await.unwrap();
    let changed = world::change(&*t.store, &first, |row| row.notes = Some("changed".to_owned())).await;
    let again = t.store.create_expense(&write, &make::expense(ada, Some(budget), 2, 500)).await.unwrap();
    assert_eq!(again, first);
    world::change(&*t.store, &changed, |row| row.deleted_at = Some(make::at(9))).await;
    assert_eq!(t.store.create_expense(&write, &make::expense(ada, Some(budget), 3, 1)).await.unwrap(), first);
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, []);
    let answer = t.store.replay(ada, &write.idempotency.unwrap(), make::at(10)).await.unwrap().unwrap();
    assert_eq!(serde_json::from_str::<Expense>(&answer).unwrap(), first);
}

pub async fn keys_are_each_users_own(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let bob = world::person(&*t.store, 2).await;
    t.store.create_expense(&make::keyed(ada, 1, "key", 1), &make::expense(ada, None, 1, 1)).await.unwrap();
    let other = make::keyed(bob, 1, "key", 2);
    assert_eq!(t.store.replay(bob, other.idempotency.as_ref().unwrap(), make::at(1)).await.unwrap(), None);
    let row = make::expense(bob, None, 2, 2);
    assert_eq!(t.store.create_expense(&other, &row).await.unwrap(), row);
    let unknown = make::keyed(ada, 1, "other", 1).idempotency.unwrap();
    assert_eq!(t.store.replay(ada, &unknown, make::at(1)).await.unwrap(), None);
}

pub async fn a_refused_write_leaves_no_key(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let row = world::put(&*t.store, make::expense(ada, None, 1, 500)).await;
    let write = make::keyed(ada, 2, "key", 1);
    let stale = Expense { version: 9, ..row.clone() };
    assert!(matches!(t.store.update_expense(&write, &stale).await, Err(Error::StaleVersion { current: 1 })));
    assert_eq!(t.store.replay(ada, write.idempotency.as_ref().unwrap(), make::at(2)).await.unwrap(), None);
    let next = make::changed(&row, 3, |_| ());
    assert_eq!(t.store.update_expense(&write, &next).await.unwrap(), next);
    // Done once: the same again is the answer, not a stale version.
    assert_eq!(t.store.update_expense(&write, &next).await.unwrap(), next);
}

pub async fn an_answer_lasts_a_day(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let day = 24 * 3_600;
    let key = |seconds, request| make::keyed(ada, seconds, "key", request);
    t.store.create_expense(&key(0, 1), &make::expense(ada, None, 1, 1)).await.unwrap();
    let kept = async |seconds| {
        let idempotency = key(0, 1).idempotency.unwrap();
        t.store.replay(ada, &idempotency, make::at(seconds)).await.unwrap().is_some()
    };
    assert!(kept(day - 1).await);
    assert!(!kept(day).await);
    // Then the key is free for anything.
    let row = make::expense(ada, None, 2, 2);
    assert_eq!(t.store.create_expense(&key(day, 2), &row).await.unwrap(), row);
}

pub async fn every_write_answers_again(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let key = |name: &str| -> Write { make::keyed(ada, 50, name, 1) };
    macro_rules! twice {
        ($name:literal, |$write:ident| $call:expr) => {{
            let $write = key($name);
            let first = $call.await.unwrap();
            let between = world::belongings(&*t.store, ada).await;
            assert_eq!($call.await.unwrap(), first, $name);
            assert_eq!(world::belongings(&*t.store, ada).await, between, $name);
            first
        }};
    }
    let made = twice!("budget", |w| t.store.create_budget(&w, &make::budget(ada, 5)));
    let next = Budget { version: 2, is_active: false, ..made };
    twice!("budget update", |w| t.store.update_budget(&w, &next, &make::by_hand()));
    twice!("budget away", |w| t.store.set_budget_deleted(&w, next.id, true));
    twice!("budget back", |w| t.store.set_budget_deleted(&w, next.id, false));
    let account = twice!("account", |w| t.store.create_account(&w, &make::account(ada, 5)));
    let next = Account { version: 2, closed: true, ..account };
    twice!("account update", |w| t.store.update_account(&w, &next));
    twice!("account away", |w| t.store.delete_account(&w, next.id));
    let rule = twice!("rule", |w| t.store.create_rule(&w, &make::rule(ada, 5, "Shop")));
    let next = domain::rule::Rule { version: 2, priority: 1, ..rule };
    twice!("rule update", |w| t.store.update_rule(&w, &next));
    twice!("rule away", |w| t.store.delete_rule(&w, next.id));
    let row = twice!("expense", |w| t.store.create_expense(&w, &make::expense(ada, Some(budget), 5, 5)));
    let next = make::changed(&row, 60, |row| row.deleted_at = Some(make::at(60)));
    twice!("expense away", |w| t.store.update_expense(&w, &next));
    let user = t.store.user(ada).await.unwrap().unwrap();
    twice!("user", |w| t.store.update_user(&w, &user));
    let import = make::import(ada, Some(budget), 9);
    twice!("stage", |w| t.store.stage_import(&w, &import, &[make::staged(1, 5)]));
    let import = crate::ports::store::Import { revision: 1, ..import };
    twice!("restage", |w| t.store.restage_import(&w, &import, &[make::staged(1, 6)]));
    let (import, commit) = world::draft(&*t.store, ada, Some(budget), 8, 6).await;
    twice!("commit", |w| t.store.commit_import(&w, commit.clone()));
    let now = make::import(ada, Some(budget), 10);
    let rows = ImportCommit { import_id: now.id, accounts: Vec::new(), expenses: vec![make::imported(&now, 40, 7)] };
    twice!("book", |w| t.store.book_import(&w, &now, rows.clone()));
    twice!("revert", |w| t.store.revert_import(&w, import.id));
    // A sign-up has no user yet under whom the key could stand: it stands under nobody's.
    let nobody = Write { actor: domain::ids::UserId([0; 12]), ..key("sign-up") };
    for n in [20, 21] {
        let mut person = make::person(n);
        person.user.email = "twin@example.org".to_owned();
        let user = t.store.create_user(&nobody, &person).await.unwrap();
        assert_eq!(user.id, make::person(20).user.id);
    }
    assert_eq!(t.store.user(make::person(21).user.id).await.unwrap(), None);
}
