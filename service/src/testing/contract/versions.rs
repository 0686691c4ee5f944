//! The history of a budget as it is read: who made which version, from what, and what was said about it.
use super::{TestStore, world};
use crate::{
    Error,
    ports::{rights::BudgetVersion, store::Store, versions::MadeVersion},
    testing::builders as make,
};
use domain::{
    budget::Budget,
    ids::{BudgetId, UserId},
    period::Month,
    version::{Source, VersionOrigin},
};

/// One more version, so many seconds after noon, with a name of its own.
async fn next(store: &dyn Store, user: UserId, id: BudgetId, origin: &VersionOrigin, seconds: i64) -> Budget {
    let (mut budget, _) = store.budget(user, id).await.unwrap().unwrap();
    budget.version += 1;
    budget.plan.name = format!("After {seconds}");
    budget.plan.effective_from = Month { year: 2027, month: 1 };
    store.update_budget(&make::write(user, seconds), &budget, origin).await.unwrap()
}

async fn page(store: &dyn Store, user: UserId, id: BudgetId, before: Option<i64>, limit: u32) -> (Vec<i64>, u64, bool) {
    let page = store.versions(user, id, before, limit).await.unwrap();
    (page.items.iter().map(|made| made.version.version).collect(), page.total, page.more)
}

pub async fn listed_newest_first_with_their_makers(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    world::owner(&*t.store, 2).await;
    for seconds in 10..14 {
        next(&*t.store, ada, id, &make::by_hand(), seconds).await;
    }
    let store = &*t.store;
    assert_eq!(page(store, ada, id, None, 10).await, (vec![5, 4, 3, 2, 1], 5, false));
    assert_eq!(page(store, ada, id, None, 2).await, (vec![5, 4], 5, true));
    assert_eq!(page(store, ada, id, Some(4), 2).await, (vec![3, 2], 5, true));
    assert_eq!(page(store, ada, id, Some(2), 2).await, (vec![1], 5, false));
    assert_eq!(page(store, ada, id, Some(1), 2).await, (vec![], 5, false));
    // A version that comes meanwhile shifts nothing.
    next(store, ada, id, &make::by_hand(), 14).await;
    assert_eq!(page(store, ada, id, Some(4), 2).await, (vec![3, 2], 6, true));
    let names = store.versions(ada, id, None, 10).await.unwrap().items;
    assert!(names.iter().all(|made| made.maker.as_deref() == Some("Person 1")), "{names:?}");
}

pub async fn one_says_what_made_it(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let first = BudgetVersion {
        budget_id: id,
        version: 1,
        made_by: ada,
        made_at: make::at(1),
        source: Source::User,
        note: None,
        effective_from: Month { year: 2026, month: 11 },
        plan: make::budget(ada, 1).plan,
    };
    let maker = Some("Person 1".to_owned());
    let expected = MadeVersion { version: first, maker: maker.clone() };
    assert_eq!(t.store.version(ada, id, 1).await.unwrap(), Some(expected));
    let said = Some("More for the garden \u{2013} \u{1f33b}".to_owned());
    let origins = [
        VersionOrigin::by_hand(said.clone()),
        VersionOrigin { source: Source::Rule, note: None },
        VersionOrigin { source: Source::Ai, note: said },
        VersionOrigin::back_to(1),
    ];
    for (version, origin) in (2..).zip(origins) {
        let budget = next(&*t.store, ada, id, &origin, 60 + version).await;
        let kept = t.store.version(ada, id, version).await.unwrap().unwrap();
        let expected = BudgetVersion {
            budget_id: id,
            version,
            made_by: ada,
            made_at: make::at(60 + version),
            source: origin.source,
            note: origin.note,
            effective_from: budget.plan.effective_from,
            plan: budget.plan,
        };
        assert_eq!(kept, MadeVersion { version: expected, maker: maker.clone() });
    }
    // Versions never change.
    assert_eq!(t.store.version(ada, id, 1).await.unwrap().unwrap().version.plan, make::budget(ada, 1).plan);
    for none in [0, 6, -1, i64::MAX] {
        assert_eq!(t.store.version(ada, id, none).await.unwrap(), None);
    }
}

pub async fn only_who_sees_the_budget_sees_them(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    let (bob, _) = world::owner(&*t.store, 2).await;
    let hidden = async |user, id| {
        assert_eq!(t.store.version(user, id, 1).await.unwrap(), None);
        let refused = t.store.versions(user, id, None, 10).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    };
    hidden(bob, id).await;
    hidden(ada, BudgetId(make::id(99))).await;
    t.store.set_budget_deleted(&make::write(ada, 5), id, true).await.unwrap();
    hidden(ada, id).await;
    t.store.set_budget_deleted(&make::write(ada, 6), id, false).await.unwrap();
    assert_eq!(page(&*t.store, ada, id, None, 10).await, (vec![1], 1, false));
}

pub async fn a_refused_update_leaves_none(t: TestStore) {
    let (ada, id) = world::owner(&*t.store, 1).await;
    next(&*t.store, ada, id, &make::by_hand(), 10).await;
    let stale = Budget { version: 2, ..make::budget(ada, 1) };
    let refused = t.store.update_budget(&make::write(ada, 11), &stale, &VersionOrigin::back_to(1)).await;
    assert!(matches!(refused, Err(Error::StaleVersion { current: 2 })), "{refused:?}");
    assert_eq!(page(&*t.store, ada, id, None, 10).await, (vec![2, 1], 2, false));
    assert_eq!(t.store.version(ada, id, 2).await.unwrap().unwrap().version.source, Source::User);
}
