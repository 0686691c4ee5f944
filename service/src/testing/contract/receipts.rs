//! Receipts: found by who may see their rows, and their bytes needed while anything names them or may name them again.
use super::{
    TestStore,
    sharing::{self, House},
    world,
};
use crate::{ports::blobs::BlobId, testing::builders as make};
use domain::{
    expense::{Expense, Receipt},
    ids::FileId,
};
use std::time::Duration;

const DAY: i64 = 86_400;
const IDLE: Duration = Duration::from_secs(u32::MAX as u64);

fn with(row: Expense, n: u32) -> Expense {
    Expense { receipt: Some(make::receipt(n)), ..row }
}

fn blob(receipt: &Receipt) -> BlobId {
    receipt.sha256.parse().unwrap()
}

pub async fn found_by_file_and_by_person(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, viewer, stranger, .. } = sharing::house(store).await;
    let own = world::put(store, with(make::expense(ada, None, 1, 100), 1)).await;
    let shared = world::put(store, with(make::expense(ada, Some(home), 2, 100), 2)).await;
    world::put(store, make::expense(ada, None, 3, 100)).await;
    let of = |n: u32| make::receipt(n).file_id;
    for (row, n) in [(&own, 1), (&shared, 2)] {
        assert_eq!(store.expense_of_file(ada, of(n)).await.unwrap().as_ref(), Some(row));
        assert_eq!(store.expense_of_file(stranger, of(n)).await.unwrap(), None);
    }
    assert_eq!(store.expense_of_file(ada, of(9)).await.unwrap(), None);
    assert_eq!(store.expense_of_file(viewer, of(1)).await.unwrap(), None);
    assert_eq!(store.expense_of_file(viewer, of(2)).await.unwrap().map(|row| row.id), Some(shared.id));
    // Of two rows with the same file, the one that is not in the trash.
    let gone = make::changed(&own, 9, |row| row.deleted_at = Some(make::at(9)));
    store.update_expense(&make::write(ada, 9), &gone).await.unwrap();
    assert!(store.expense_of_file(ada, of(1)).await.unwrap().unwrap().deleted_at.is_some());
    let kept = world::put(store, with(make::expense(ada, None, 4, 100), 1)).await;
    assert_eq!(store.expense_of_file(ada, of(1)).await.unwrap().map(|row| row.id), Some(kept.id));

    let all = async |after: Option<FileId>, limit| store.receipts(ada, after, limit).await.unwrap();
    assert_eq!(all(None, 10).await, [make::receipt(1), make::receipt(2)]);
    assert_eq!(all(None, 1).await, [make::receipt(1)]);
    assert_eq!(all(Some(of(1)), 10).await, [make::receipt(2)]);
    assert_eq!(all(Some(of(2)), 10).await, []);
    assert_eq!(store.receipts(viewer, None, 10).await.unwrap(), []);
}

pub async fn bytes_are_needed_as_long_as_they_can_come_back(t: TestStore) {
    let store = &*t.store;
    let (ada, _) = world::owner(store, 1).await;
    let (first, second) = (make::receipt(1), make::receipt(2));
    let asked = [blob(&first), blob(&second)];
    let used = async || {
        let mut used = store.blobs_in_use(&asked).await.unwrap();
        used.sort_by_key(|used| asked.iter().position(|blob| blob == used));
        used
    };
    assert_eq!(used().await, []);
    let row = world::put(store, with(make::expense(ada, None, 1, 100), 1)).await;
    assert_eq!(used().await, [asked[0]]);
    let other = make::changed(&row, 20, |row| row.receipt = Some(second.clone()));
    let other = store.update_expense(&make::write(ada, 20), &other).await.unwrap();
    assert_eq!(used().await, asked);
    let none = make::changed(&other, 30, |row| row.receipt = None);
    store.update_expense(&make::write(ada, 30), &none).await.unwrap();
    assert_eq!(used().await, asked, "either may come back");
    store.sweep(make::at(30 * DAY), IDLE).await.unwrap();
    assert_eq!(used().await, asked);
    store.sweep(make::at(31 * DAY + 20), IDLE).await.unwrap();
    assert_eq!(used().await, [asked[1]], "the second change can still be taken back");
    store.sweep(make::at(31 * DAY + 30), IDLE).await.unwrap();
    assert_eq!(used().await, []);
}
