//! Budgets: made, changed, thrown away.
use super::{TestStore, world};
use crate::{Error, error::Conflict, testing::builders as make};
use domain::{
    allocation::Allocations,
    budget::Budget,
    ids::BudgetId,
    period::{Month, MonthStartDay},
    role::Role,
};
use std::sync::Arc;

pub async fn listed_newest_first(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    for n in [5, 9, 7] {
        let budget = make::budget(ada, n);
        assert_eq!(t.store.create_budget(&make::write(ada, n.into()), &budget).await.unwrap(), budget);
        assert_eq!(t.store.budget(ada, budget.id).await.unwrap(), Some((budget, Role::Owner)));
    }
    let listed = t.store.budgets(ada).await.unwrap();
    assert_eq!(listed, [9, 7, 5].map(|n| (make::budget(ada, n), Role::Owner)));
    assert_eq!(t.store.budget(ada, BudgetId(make::id(99))).await.unwrap(), None);
}

pub async fn the_first_becomes_the_default(t: TestStore) {
    let (ada, first) = world::owner(&*t.store, 1).await;
    let default = async || t.store.user(ada).await.unwrap().unwrap().preferences.default_budget_id;
    assert_eq!(default().await, Some(first));
    let second = world::budget(&*t.store, ada, 2).await;
    assert_eq!(default().await, Some(first));
    // Without any that is in use there is no default, and the next one is it.
    t.store.set_budget_deleted(&make::write(ada, 3), second, true).await.unwrap();
    t.store.set_budget_deleted(&make::write(ada, 3), first, true).await.unwrap();
    assert_eq!(default().await, None);
    let third = world::budget(&*t.store, ada, 3).await;
    assert_eq!(default().await, Some(third));
}

pub async fn the_default_moves_on(t: TestStore) {
    let (ada, first) = world::owner(&*t.store, 1).await;
    let bystander = world::owner(&*t.store, 9).await;
    let (second, third) = (world::budget(&*t.store, ada, 2).await, world::budget(&*t.store, ada, 3).await);
    let default = async |user| t.store.user(user).await.unwrap().unwrap().preferences.default_budget_id;
    // One that is not the default goes: nothing moves.
    t.store.set_budget_deleted(&make::write(ada, 4), third, true).await.unwrap();
    assert_eq!(default(ada).await, Some(first));
    t.store.set_budget_deleted(&make::write(ada, 5), third, false).await.unwrap();
    // To the newest that is in use.
    let archived = Budget { is_active: false, ..next(&make::budget(ada, 3), 6) };
    t.store.update_budget(&make::write(ada, 6), &archived, &make::by_hand()).await.unwrap();
    t.store.set_budget_deleted(&make::write(ada, 7), first, true).await.unwrap();
    assert_eq!(default(ada).await, Some(second));
    // An archived default is none.
    let archived = Budget { is_active: false, ..next(&make::budget(ada, 2), 8) };
    t.store.update_budget(&make::write(ada, 8), &archived, &make::by_hand()).await.unwrap();
    assert_eq!(default(ada).await, None);
    // What comes back into use, or out of the trash, is it where there is no other.
    let used = Budget { is_active: true, ..next(&archived, 9) };
    t.store.update_budget(&make::write(ada, 9), &used, &make::by_hand()).await.unwrap();
    assert_eq!(default(ada).await, Some(second));
    t.store.set_budget_deleted(&make::write(ada, 10), second, true).await.unwrap();
    assert_eq!(default(ada).await, None);
    t.store.set_budget_deleted(&make::write(ada, 11), first, false).await.unwrap();
    assert_eq!(default(ada).await, Some(first));
    assert_eq!(default(bystander.0).await, Some(bystander.1));
}

pub async fn an_update_needs_the_next_version(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let mut budget = next(&make::budget(ada, 1), 60);
    budget.plan.name = "Household".to_owned();
    budget.plan.monthly_income = 412_345;
    budget.plan.allocations = Allocations::standard(412_345);
    budget.month_start_day = MonthStartDay::new(25).unwrap();
    budget.is_active = false;
    assert_eq!(t.store.update_budget(&make::write(ada, 60), &budget, &make::by_hand()).await.unwrap(), budget);
    assert_eq!(t.store.budget(ada, id).await.unwrap(), Some((budget.clone(), Role::Owner)));
    for version in [1, 2, 4] {
        let wrong = Budget { version, ..budget.clone() };
        let refused = t.store.update_budget(&make::write(ada, 61), &wrong, &make::by_hand()).await;
        assert!(matches!(refused, Err(Error::StaleVersion { current: 2 })), "{version}: {refused:?}");
    }
    assert_eq!(t.store.budget(ada, id).await.unwrap(), Some((budget, Role::Owner)));
    let unknown = next(&make::budget(ada, 99), 1);
    assert!(matches!(
        t.store.update_budget(&make::write(ada, 61), &unknown, &make::by_hand()).await,
        Err(Error::NotFound)
    ));
}

pub async fn of_twenty_writers_one_wins(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let store = Arc::clone(&t.store);
            tokio::spawn(async move {
                let mut budget = next(&make::budget(ada, 1), n);
                budget.plan.name = format!("By writer {n}");
                store.update_budget(&make::write(ada, n), &budget, &make::by_hand()).await
            })
        })
        .collect();
    let mut won = Vec::new();
    for each in tries {
        match each.await.unwrap() {
            Ok(budget) => won.push(budget),
            Err(error) => assert!(matches!(error, Error::StaleVersion { current: 2 }), "{error:?}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(t.store.budget(ada, id).await.unwrap().unwrap().0, won[0]);
}

pub async fn into_the_trash_and_back(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    world::put(&*t.store, make::expense(ada, Some(id), 1, 500)).await;
    let before = world::belongings(&*t.store, ada).await;
    let restored = t.store.set_budget_deleted(&make::write(ada, 5), id, false).await;
    assert!(matches!(restored, Err(Error::Conflict(Conflict::NotInTrash))), "{restored:?}");

    let gone = t.store.set_budget_deleted(&make::write(ada, 10), id, true).await.unwrap();
    assert_eq!((gone.deleted_at, gone.version), (Some(make::at(10)), 1));
    assert_eq!(t.store.budget(ada, id).await.unwrap(), None);
    assert_eq!(t.store.budgets(ada).await.unwrap(), []);
    assert_eq!(t.store.plan(ada, id, Month { year: 2026, month: 11 }).await.unwrap(), None);
    let (start, end) = (domain::Date::MIN, domain::Date::MAX);
    assert!(matches!(t.store.spending(ada, id, start, end).await, Err(Error::NotFound)));
    assert!(matches!(t.store.unconverted(ada, id, start, end).await, Err(Error::NotFound)));
    let change = next(&make::budget(ada, 1), 11);
    assert!(matches!(
        t.store.update_budget(&make::write(ada, 11), &change, &make::by_hand()).await,
        Err(Error::NotFound)
    ));
    let again = t.store.set_budget_deleted(&make::write(ada, 12), id, true).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

    let back = t.store.set_budget_deleted(&make::write(ada, 20), id, false).await.unwrap();
    assert_eq!((back.deleted_at, back.updated_at), (None, make::at(20)));
    let mut after = world::belongings(&*t.store, ada).await;
    after.budgets[0].updated_at = before.budgets[0].updated_at;
    // The timeline tells of it.
    after.activities.drain(..2);
    assert_eq!(after.activities[..], before.activities[..]);
    assert_eq!(after, before);
}

pub async fn expenses_outlive_the_trash(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let row = world::put(&*t.store, make::expense(ada, Some(id), 1, 500)).await;
    t.store.set_budget_deleted(&make::write(ada, 10), id, true).await.unwrap();
    assert_eq!(world::walk(&*t.store, ada, domain::filter::Query::default()).await, std::slice::from_ref(&row));
    // It can be changed and moved out; its part of the totals goes with it.
    let row = world::change(&*t.store, &row, |row| row.notes = Some("kept".to_owned())).await;
    world::change(&*t.store, &row, |row| row.budget_id = None).await;
    t.store.set_budget_deleted(&make::write(ada, 20), id, false).await.unwrap();
    world::check_totals(&*t.store, ada, &[id]).await;
    assert_eq!(world::totals(&*t.store, ada, id).await, []);
}

fn next(budget: &Budget, seconds: i64) -> Budget {
    Budget { version: budget.version + 1, updated_at: make::at(seconds), ..budget.clone() }
}
