//! The history of a budget: each month keeps the plan that it had.
use super::{TestStore, world};
use crate::{ports::store::Store, testing::builders as make};
use domain::{
    budget::Plans,
    ids::{BudgetId, UserId},
    period::Month,
};

const fn month(year: i16, month: i8) -> Month {
    Month { year, month }
}

/// One more version under the name of its number.
async fn version(store: &dyn Store, user: UserId, id: BudgetId, number: i64, from: Month) {
    let (mut budget, _) = store.budget(user, id).await.unwrap().unwrap();
    budget.version = number;
    budget.plan.name = number.to_string();
    budget.plan.effective_from = from;
    store.update_budget(&make::write(user, number), &budget, &make::by_hand()).await.unwrap();
}

async fn names(store: &dyn Store, user: UserId, id: BudgetId, months: &[Month]) -> Vec<String> {
    let mut names = Vec::new();
    for &month in months {
        names.push(store.plan(user, id, month).await.unwrap().unwrap().name);
    }
    names
}

pub async fn each_month_keeps_the_plan_it_had(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    version(&*t.store, ada, id, 2, month(2026, 12)).await;
    version(&*t.store, ada, id, 3, month(2027, 3)).await;
    let months = [month(1999, 1), month(2026, 11), month(2026, 12), month(2027, 2), month(2027, 3), month(2040, 1)];
    assert_eq!(names(&*t.store, ada, id, &months).await, ["Budget 1", "Budget 1", "2", "2", "3", "3"]);
    let plan = t.store.plan(ada, id, month(2026, 11)).await.unwrap();
    assert_eq!(plan, Some(make::budget(ada, 1).plan));
    assert_eq!(t.store.plan(ada, BudgetId(make::id(99)), month(2026, 11)).await.unwrap(), None);
}

pub async fn only_those_that_count(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let plans = async || t.store.plans(ada, id).await.unwrap();
    let names = async || plans().await.into_iter().map(|plan| plan.name).collect::<Vec<_>>();
    assert_eq!(plans().await, [make::budget(ada, 1).plan]);
    version(&*t.store, ada, id, 2, month(2026, 11)).await;
    version(&*t.store, ada, id, 3, month(2027, 6)).await;
    version(&*t.store, ada, id, 4, month(2027, 6)).await;
    version(&*t.store, ada, id, 5, month(2028, 1)).await;
    assert_eq!(names().await, ["Budget 1", "2", "4", "5"], "the oldest, and the last word on each month");
    version(&*t.store, ada, id, 6, month(2027, 1)).await;
    assert_eq!(names().await, ["Budget 1", "2", "6"], "it reaches back before two of them");
    let known = Plans::new(plans().await).unwrap();
    for month in [month(1999, 1), month(2026, 11), month(2026, 12), month(2027, 1), month(2027, 6), month(2040, 1)] {
        assert_eq!(t.store.plan(ada, id, month).await.unwrap().as_ref(), Some(known.of(month)), "{month}");
    }
    let unknown = t.store.plans(ada, BudgetId(make::id(99))).await;
    assert!(matches!(unknown, Err(crate::Error::NotFound)), "{unknown:?}");
}

pub async fn the_newest_version_counts(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    version(&*t.store, ada, id, 2, month(2027, 6)).await;
    // Twice in one month, and one that reaches further back than what was there.
    version(&*t.store, ada, id, 3, month(2027, 6)).await;
    version(&*t.store, ada, id, 4, month(2027, 1)).await;
    let months = [month(2026, 12), month(2027, 1), month(2027, 6)];
    assert_eq!(names(&*t.store, ada, id, &months).await, ["Budget 1", "4", "4"]);
}
