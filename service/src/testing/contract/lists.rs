//! Lists of expenses: order, cursors, windows.
use super::{TestStore, model, world};
use crate::{Error, ports::store::Store, testing::builders as make};
use domain::{
    expense::Expense,
    filter::{Cursor, Filter, Query, Sort, SortKey},
    ids::{ExpenseId, UserId},
};
use jiff::civil::date;

/// Sixty rows with many equal dates, amounts and merchants.
async fn sixty(store: &dyn Store, user: UserId) -> Vec<Expense> {
    let mut rows = Vec::new();
    for n in 0..60_u32 {
        let mut row = make::expense(user, None, (n * 37) % 60, 100 * i64::from(n % 7 + 1));
        row.date = date(2026, 11, 1 + i8::try_from(n % 9).unwrap());
        row.merchant = ["Ärzte", "Zoo", "Bakery", "corner shop"].get(n as usize % 5).map(|&name| name.to_owned());
        row.derive();
        rows.push(world::put(store, row).await);
    }
    rows
}

fn sorts() -> [Sort; 6] {
    Sort::WORDS.map(|word| word.parse().unwrap())
}

pub async fn every_order_is_walked_without_gaps(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let rows = sixty(&*t.store, ada).await;
    for sort in sorts() {
        for limit in [1, 7, 500] {
            let found = world::walk(&*t.store, ada, Query { sort, limit, ..Query::default() }).await;
            assert_eq!(found, model::listed(&rows, &Filter::default(), sort), "{} by {limit}", sort.as_str());
        }
        // The same with a filter: another way through the store, perhaps.
        let filter = Filter { min_amount: Some(3_000), ..Filter::default() };
        let query = Query { sort, limit: 7, filter: filter.clone(), ..Query::default() };
        assert_eq!(world::walk(&*t.store, ada, query).await, model::listed(&rows, &filter, sort), "{}", sort.as_str());
    }
}

pub async fn inserts_do_not_shift_a_walk(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let mut rows = sixty(&*t.store, ada).await;
    for (round, sort) in sorts().into_iter().enumerate() {
        let mut query = Query { sort, limit: 20, ..Query::default() };
        let first = world::page(&*t.store, ada, &query).await;
        let last = first.items.last().unwrap();
        // Copies of the first and of the last row seen come in behind and before the place where the walk stands.
        let mut after = Vec::new();
        for (n, twin) in [(0, &first.items[0]), (1, last), (2, last)] {
            let mut row = twin.clone();
            row.id = ExpenseId(make::id(1_000 * (u32::try_from(round).unwrap() + 1) + n));
            if n == 2 {
                row.id = ExpenseId([if sort.descending { 0 } else { 0xfe }; 12]);
                row.id.0[11] = u8::try_from(round).unwrap();
            }
            world::put(&*t.store, row.clone()).await;
            if model::order(sort)(&row, last).is_gt() {
                after.push(row.id);
            }
            rows.push(row);
        }
        query.cursor = Some(Cursor::after(last, sort));
        let rest = world::walk(&*t.store, ada, query).await;
        let all = model::listed(&rows, &Filter::default(), sort);
        let place = all.iter().position(|row| row.id == last.id).unwrap();
        assert_eq!(rest, all[place + 1..], "{}", sort.as_str());
        assert!(after.iter().all(|id| rest.iter().any(|row| row.id == *id)) && !after.is_empty());
    }
}

pub async fn windows_by_offset(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let rows = sixty(&*t.store, ada).await;
    for sort in sorts() {
        let all = model::listed(&rows, &Filter::default(), sort);
        for (offset, limit) in [(0, 10), (10, 10), (55, 10), (59, 1), (60, 10), (1_000, 10)] {
            let page = world::page(&*t.store, ada, &Query { sort, limit, offset, ..Query::default() }).await;
            let start = (offset as usize).min(60);
            let end = (offset + limit).min(60) as usize;
            assert_eq!(page.items, all[start..end.max(start)], "{offset} {limit}");
            assert_eq!((page.total, page.more), (60, end < 60), "{offset} {limit}");
        }
    }
}

pub async fn totals_and_more(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let empty = world::page(&*t.store, ada, &Query::default()).await;
    assert_eq!((empty.items.len(), empty.total, empty.more), (0, 0, false));
    for n in 0..30 {
        world::put(&*t.store, make::expense(ada, (n % 3 == 0).then_some(budget), n, 100 + i64::from(n))).await;
    }
    let filters = [
        (Filter::default(), 30),
        (Filter { budget_id: Some(budget), ..Filter::default() }, 10),
        (Filter { min_amount: Some(1_200), ..Filter::default() }, 10),
        (Filter { budget_id: Some(budget), max_amount: Some(1_090), ..Filter::default() }, 4),
        (Filter { has_receipt: Some(true), ..Filter::default() }, 0),
        (Filter { has_receipt: Some(false), ..Filter::default() }, 30),
    ];
    for (filter, total) in filters {
        for limit in [3, 4, 10, 30, 100] {
            let query = Query { filter: filter.clone(), limit, ..Query::default() };
            let page = world::page(&*t.store, ada, &query).await;
            assert_eq!((page.total, page.more), (total, u64::from(limit) < total), "{filter:?} {limit}");
            let Some(last) = page.items.last() else { continue };
            // The number of all rows is the same on every page.
            let cursor = Some(Cursor::after(last, query.sort));
            let page = world::page(&*t.store, ada, &Query { cursor, ..query }).await;
            assert_eq!(page.total, total, "{filter:?} {limit}");
        }
    }
}

pub async fn cursors_fit_their_order(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let row = world::put(&*t.store, make::expense(ada, None, 1, 100)).await;
    let by_amount = Sort { key: SortKey::Amount, descending: false };
    let query = Query { cursor: Some(Cursor::after(&row, by_amount)), ..Query::default() };
    let refused = t.store.expenses(ada, &query).await;
    assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
}

pub async fn equal_values_are_told_apart_by_id(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let mut rows = Vec::new();
    for n in [3, 1, 4, 2, 5] {
        let mut row = make::expense(ada, None, n, 100);
        row.date = date(2026, 11, 1);
        row.derive();
        rows.push(world::put(&*t.store, row).await);
    }
    for sort in sorts() {
        let found = world::walk(&*t.store, ada, Query { sort, limit: 2, ..Query::default() }).await;
        let mut ids: Vec<_> = found.iter().map(|row| row.id).collect();
        if sort.descending {
            ids.reverse();
        }
        assert_eq!(ids, [1, 2, 3, 4, 5].map(|n| ExpenseId(make::id(n))), "{}", sort.as_str());
    }
}
