//! Rules, and many rows that are changed at once.
use super::{TestStore, world};
use crate::{
    Error, Result,
    error::Conflict,
    ports::{
        activity::{ActivityKind, ActivityQuery, Feed},
        rules::{FiledRow, Filing, Hits, MOST_RULES},
        store::Write,
    },
    testing::{FaultPoint, builders as make},
};
use domain::{
    category::Category,
    currency::Currency,
    expense::{Expense, Split, Status},
    ids::{AccountId, ExpenseId, ImportId, RuleId, UserId},
    rule::{Actions, Conditions, Direction, Rule},
};

/// A rule that says all that one can say.
fn full(user: UserId, n: u32) -> Rule {
    let conditions = Conditions {
        merchant_equals: Some("REWE".to_owned()),
        merchant_starts: Some("re".to_owned()),
        merchant_contains: Some("ew".to_owned()),
        description_contains: Some("größer".to_owned()),
        min_amount: Some(1),
        max_amount: Some(i64::MAX),
        currency: Some(Currency::EUR),
        direction: Some(Direction::Out),
        account_id: Some(AccountId(make::id(1))),
        import_id: Some(ImportId(make::id(2))),
    };
    let actions = Actions {
        category: Some(Category::Food),
        subcategory: Some("Groceries".to_owned()),
        tags: vec!["a".to_owned(), "b".to_owned()],
        rename: Some("Rewe".to_owned()),
    };
    let learned_from = Some(ExpenseId(make::id(3)));
    Rule { priority: -7, conditions, actions, learned_from, hits: 2, ..make::rule(user, n, "x") }
}

pub async fn rules_are_kept_to_the_last_field(t: TestStore) {
    let (ada, store) = (world::person(&*t.store, 1).await, &*t.store);
    let rule = full(ada, 1);
    assert_eq!(store.create_rule(&make::write(ada, 1), &rule).await.unwrap(), rule);
    assert_eq!(store.rule(ada, rule.id).await.unwrap(), Some(rule.clone()));
    let other = store.create_rule(&make::write(ada, 2), &make::rule(ada, 2, "Aldi")).await.unwrap();
    assert_eq!(store.rules(ada).await.unwrap(), [rule.clone(), other.clone()]);
    let hits = [Hits { rule: rule.id, more: 5 }, Hits { rule: RuleId(make::id(99)), more: 1 }];
    store.count_hits(&make::write(ada, 3), &hits).await.unwrap();
    assert_eq!(store.rule(ada, rule.id).await.unwrap(), Some(Rule { hits: 7, ..rule.clone() }));
    let next = Rule { version: 2, hits: 0, priority: 3, updated_at: make::at(9), ..other.clone() };
    let next = Rule { conditions: rule.conditions.clone(), created_at: make::at(9), ..next };
    let kept = Rule { created_at: other.created_at, ..next.clone() };
    assert_eq!(store.update_rule(&make::write(ada, 9), &next).await.unwrap(), kept);
    for version in [2, 4] {
        let wrong = Rule { version, ..next.clone() };
        let refused = store.update_rule(&make::write(ada, 9), &wrong).await;
        assert!(matches!(refused, Err(Error::StaleVersion { current: 2 })), "{refused:?}");
    }
    assert_eq!(store.rule(ada, other.id).await.unwrap(), Some(kept));
    store.delete_rule(&make::write(ada, 10), rule.id).await.unwrap();
    assert_eq!(store.rule(ada, rule.id).await.unwrap(), None);
    assert!(matches!(store.delete_rule(&make::write(ada, 11), rule.id).await, Err(Error::NotFound)));
}

pub async fn rules_are_their_owners_alone(t: TestStore) {
    let store = &*t.store;
    let (ada, bob) = (world::person(store, 1).await, world::person(store, 2).await);
    let rule = store.create_rule(&make::write(ada, 1), &full(ada, 1)).await.unwrap();
    assert_eq!((store.rule(bob, rule.id).await.unwrap(), store.rules(bob).await.unwrap()), (None, Vec::new()));
    let write: Write = make::write(bob, 2);
    let missing = |refused: Result<Rule>| assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    missing(store.create_rule(&write, &full(ada, 5)).await);
    for owner in [ada, bob] {
        missing(store.update_rule(&write, &Rule { user_id: owner, version: 2, ..rule.clone() }).await);
    }
    assert!(matches!(store.delete_rule(&write, rule.id).await, Err(Error::NotFound)));
    store.count_hits(&write, &[Hits { rule: rule.id, more: 5 }]).await.unwrap();
    assert_eq!(store.rules(ada).await.unwrap(), [rule]);
}

pub async fn there_is_an_end_to_rules(t: TestStore) {
    let (ada, store) = (world::person(&*t.store, 1).await, &*t.store);
    for n in 0..u32::try_from(MOST_RULES).unwrap() {
        store.create_rule(&make::write(ada, 1), &make::rule(ada, n, "Shop")).await.unwrap();
    }
    let refused = store.create_rule(&make::write(ada, 2), &make::rule(ada, 5_000, "Shop")).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::TooManyRules))), "{refused:?}");
    assert_eq!(store.rules(ada).await.unwrap().len(), MOST_RULES);
}

fn filed(row: &Expense, category: Category) -> Expense {
    make::changed(row, 50, |row| row.category = Some(category))
}

pub async fn many_rows_are_filed_at_once(t: TestStore) {
    let store = &*t.store;
    let (ada, budget) = world::owner(store, 1).await;
    let mut rows = Vec::new();
    for n in 0..30 {
        let place = (n % 3 != 0).then_some(budget);
        rows.push(world::put(store, make::expense(ada, place, 100 + n, 100 + i64::from(n))).await);
    }
    let rule = make::rule(ada, 1, "Corner Shop");
    let old = store.create_rule(&make::write(ada, 1), &make::rule(ada, 2, "x")).await.unwrap();
    let next: Vec<Expense> = rows.iter().map(|row| filed(row, Category::Housing)).collect();
    let hits = vec![Hits { rule: old.id, more: 30 }];
    let filing = Filing { rule: Some(rule.clone()), rows: next.clone(), hits };
    let write = make::keyed(ada, 50, "all", 1);
    let done = store.file_expenses(&write, &filing).await.unwrap();
    assert_eq!((done.rows, done.activity, done.rule.clone()), (30, Some(write.trace.id), Some(rule.clone())));
    assert_eq!(store.file_expenses(&write, &filing).await.unwrap(), done, "the same key, the same answer");
    for row in &next {
        assert_eq!(store.expense(ada, row.id).await.unwrap().as_ref(), Some(row));
    }
    world::check_totals(store, ada, &[budget]).await;
    assert_eq!(store.rules(ada).await.unwrap(), [rule, Rule { hits: old.hits + 30, ..old }]);
    let told = store.activities(ada, &ActivityQuery::newest(Feed::Own, 1)).await.unwrap().items.remove(0);
    assert_eq!((told.kind, told.changes.len(), told.budget_id), (ActivityKind::Changed, 30, None));
    assert!(told.changes.iter().all(|change| change.fields.len() == 1 && change.version_after == 2));
    // All of one budget: in its feed.
    let some: Vec<Expense> =
        next.iter().filter(|row| row.budget_id.is_some()).map(|row| filed(row, Category::Food)).collect();
    let filing = Filing { rows: some, ..Filing::default() };
    store.file_expenses(&make::write(ada, 51), &filing).await.unwrap();
    let told = store.activities(ada, &ActivityQuery::newest(Feed::Budget(budget), 1)).await.unwrap().items.remove(0);
    assert_eq!((told.changes.len(), told.budget_id), (20, Some(budget)));
    let nothing = store.file_expenses(&make::write(ada, 52), &Filing::default()).await.unwrap();
    assert_eq!((nothing.rows, nothing.activity), (0, None));
}

pub async fn of_many_rows_all_are_filed_or_none(t: TestStore) {
    let store = &*t.store;
    let (ada, budget) = world::owner(store, 1).await;
    let (bob, _) = world::owner(store, 2).await;
    let mine = world::put(store, make::expense(ada, Some(budget), 1, 100)).await;
    let other = world::put(store, make::expense(ada, None, 2, 100)).await;
    let theirs = world::put(store, make::expense(bob, None, 3, 100)).await;
    let before = (world::belongings(store, ada).await, world::belongings(store, bob).await);
    let file = async |rows: Vec<Expense>, actor: UserId| {
        let rule = Some(make::rule(actor, 7, "x"));
        store.file_expenses(&make::write(actor, 50), &Filing { rule, rows, ..Filing::default() }).await
    };
    let next = filed(&mine, Category::Savings);
    let stale = Expense { version: 1, ..filed(&other, Category::Savings) };
    assert!(matches!(file(vec![next.clone(), stale], ada).await, Err(Error::StaleVersion { current: 1 })));
    let foreign = filed(&theirs, Category::Savings);
    assert!(matches!(file(vec![next.clone(), foreign.clone()], ada).await, Err(Error::NotFound)));
    let taken = Expense { user_id: ada, ..foreign };
    assert!(matches!(file(vec![next.clone(), taken], ada).await, Err(Error::NotFound)));
    assert!(matches!(file(vec![next.clone()], bob).await, Err(Error::NotFound)));
    let moved = Expense { budget_id: None, ..next.clone() };
    assert!(file(vec![moved], ada).await.is_err(), "it stays where it is");
    for point in [FaultPoint::Totals, FaultPoint::Commit] {
        t.faults.arm(point, 1);
        assert!(matches!(file(vec![next.clone()], ada).await, Err(Error::Unavailable(_))), "{point:?}");
    }
    assert_eq!((world::belongings(store, ada).await, world::belongings(store, bob).await), before);
    assert_eq!((store.rules(ada).await.unwrap(), store.rules(bob).await.unwrap()), (Vec::new(), Vec::new()));
    world::check_totals(store, ada, &[budget]).await;
}

pub async fn where_rows_are_filed(t: TestStore) {
    let store = &*t.store;
    let (ada, budget) = world::owner(store, 1).await;
    let (bob, _) = world::owner(store, 2).await;
    let row = |n: u32, change: &dyn Fn(&mut Expense)| {
        let mut row = make::expense(ada, Some(budget), n, 100);
        row.merchant = Some(format!("SHOP {n}"));
        change(&mut row);
        row.derive();
        row
    };
    let sub = "Snacks".to_owned();
    let counted = world::put(store, row(1, &|row| row.subcategory = Some("Snacks".to_owned()))).await;
    for other in [
        row(2, &|row| row.category = None),
        row(3, &|row| row.status = Status::Draft),
        row(4, &|row| row.merchant = None),
        row(5, &|row| {
            row.splits = vec![Split { category: None, subcategory: None, amount: 100, memo: None, member_id: None }];
        }),
    ] {
        world::put(store, other).await;
    }
    let gone = world::put(store, row(6, &|_| ())).await;
    world::change(store, &gone, |row| row.deleted_at = Some(make::at(5))).await;
    let (_, mut commit) = world::draft(store, ada, None, 7, 1).await;
    commit.expenses[0].merchant = Some("BANK SHOP".to_owned());
    commit.expenses[0].derive();
    let booked = commit.expenses[0].clone();
    store.commit_import(&make::write(ada, 8), commit).await.unwrap();
    let mut found = store.filed_rows(ada).await.unwrap();
    found.sort_by(|one, other| one.merchant.cmp(&other.merchant));
    let expected = |row: &Expense, by_hand| FiledRow {
        merchant: row.merchant.clone().unwrap(),
        category: row.category.unwrap(),
        subcategory: row.subcategory.clone(),
        at: row.updated_at,
        by_hand,
    };
    assert_eq!(counted.subcategory, Some(sub));
    assert_eq!(found, [expected(&booked, false), expected(&counted, true)]);
    assert_eq!(store.filed_rows(bob).await.unwrap(), []);
}
