//! Two stores on one database, as two server processes have them.
use super::server::Scratch;
use domain::{filter::Query, spending::Total};
use service::{
    ports::store::{BudgetStore as _, ExpenseStore as _, UserStore as _},
    testing::{Faults, builders as make},
};
use std::collections::BTreeSet;

fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test)
}

#[test]
fn writes_of_both_are_in_the_totals() {
    run(async {
        let scratch = Scratch::new().await;
        let stores = [scratch.open(&Faults::default()).await, scratch.open(&Faults::default()).await];
        let person = make::person(1);
        let ada = person.user.id;
        stores[0].create_user(&make::write(ada, 0), &person).await.unwrap();
        let budget = make::budget(ada, 1);
        stores[1].create_budget(&make::write(ada, 0), &budget).await.unwrap();
        let writes: Vec<_> = (0..24)
            .map(|n| {
                let store = stores[n as usize % 2].clone();
                // All of one day: they change the same total.
                let row = make::expense(ada, Some(budget.id), 100 + 28 * n, 500);
                tokio::spawn(async move { store.create_expense(&make::write(ada, 1), &row).await })
            })
            .collect();
        for write in writes {
            write.await.unwrap().unwrap();
        }
        let totals = stores[0].spending(ada, budget.id, domain::Date::MIN, domain::Date::MAX).await.unwrap();
        assert_eq!(totals.iter().map(|total| total.total).collect::<Vec<_>>(), [Total { minor: 12_000, count: 24 }]);
        let page = stores[1].expenses(ada, &Query { limit: 5, ..Query::default() }).await.unwrap();
        assert_eq!((page.total, page.more), (24, true));
    });
}

#[test]
fn the_same_key_at_both_makes_one_row() {
    run(async {
        let scratch = Scratch::new().await;
        let stores = [scratch.open(&Faults::default()).await, scratch.open(&Faults::default()).await];
        let person = make::person(1);
        let ada = person.user.id;
        stores[0].create_user(&make::write(ada, 0), &person).await.unwrap();
        let writes: Vec<_> = (0..12)
            .map(|n| {
                let store = stores[n as usize % 2].clone();
                let row = make::expense(ada, None, 100 + n, 500);
                tokio::spawn(async move { store.create_expense(&make::keyed(ada, 1, "key", 1), &row).await })
            })
            .collect();
        let mut answers = BTreeSet::new();
        for write in writes {
            answers.insert(write.await.unwrap().unwrap().id);
        }
        let rows = stores[0].expenses(ada, &Query::default()).await.unwrap().items;
        assert_eq!(rows.iter().map(|row| row.id).collect::<BTreeSet<_>>(), answers);
        assert_eq!(answers.len(), 1);
    });
}

#[test]
fn of_two_sign_ups_with_one_address_one_wins() {
    run(async {
        let scratch = Scratch::new().await;
        let stores = [scratch.open(&Faults::default()).await, scratch.open(&Faults::default()).await];
        let tries: Vec<_> = (0..8)
            .map(|n| {
                let store = stores[n as usize % 2].clone();
                let mut person = make::person(n);
                person.user.email = "ada@example.org".to_owned();
                let id = person.user.id;
                tokio::spawn(async move { store.create_user(&make::write(id, 0), &person).await })
            })
            .collect();
        let mut made = 0;
        for each in tries {
            match each.await.unwrap() {
                Ok(_) => made += 1,
                refused => assert!(matches!(refused, Err(service::Error::Duplicate("email"))), "{refused:?}"),
            }
        }
        assert_eq!(made, 1);
    });
}
