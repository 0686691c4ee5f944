//! Bank files: kept as drafts, committed.
use super::{TestStore, world};
use crate::{
    Error, Result,
    error::Conflict,
    ports::store::{Import, ImportAccount, ImportCommit, ImportStatus, StagedRow},
    testing::builders as make,
};
use domain::{
    account::Account,
    expense::Expense,
    filter::{Filter, Query},
    ids::{AccountId, BudgetId, ExpenseId, ImportId},
    words,
};
use jiff::civil::date;
use std::sync::Arc;

pub async fn a_draft_is_kept_with_its_rows(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let import = make::import(ada, Some(budget), 1);
    let rows: Vec<StagedRow> = (0..1_234).map(|line| make::staged(line, 100)).collect();
    assert_eq!(t.store.stage_import(&make::write(ada, 1), &import, &rows).await.unwrap(), import);
    assert_eq!(t.store.import(ada, import.id).await.unwrap(), Some(import.clone()));
    for (offset, limit) in [(0, 5_000), (0, 1), (249, 2), (250, 250), (1_000, 500), (1_233, 9), (1_234, 9), (9_999, 1)]
    {
        let found = t.store.staged_rows(ada, import.id, offset, limit).await.unwrap();
        let (start, end) = ((offset as usize).min(rows.len()), ((offset + limit) as usize).min(rows.len()));
        assert_eq!(found, rows[start..end], "{offset} {limit}");
    }
    let later = make::import(ada, None, 2);
    t.store.stage_import(&make::write(ada, 2), &later, &[]).await.unwrap();
    assert_eq!(t.store.imports(ada).await.unwrap(), [later, import]);
    // Nothing is booked by it.
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await, []);
}

pub async fn a_draft_can_be_read_again(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (import, commit) = world::draft(&*t.store, ada, Some(budget), 1, 300).await;
    let again = Import { added: 2, rows: 2, sum: "-3.00".to_owned(), revision: 1, ..import.clone() };
    let rows = [make::staged(1, 100), make::staged(2, 200)];
    assert_eq!(t.store.restage_import(&make::write(ada, 5), &again, &rows).await.unwrap(), again);
    assert_eq!(t.store.import(ada, import.id).await.unwrap(), Some(again.clone()));
    assert_eq!(t.store.staged_rows(ada, import.id, 0, 500).await.unwrap(), rows);
    // Of two who have seen the same draft one begins anew.
    let late = t.store.restage_import(&make::write(ada, 6), &again, &[]).await;
    assert!(matches!(late, Err(Error::StaleVersion { current: 1 })), "{late:?}");
    assert_eq!(t.store.staged_rows(ada, import.id, 0, 500).await.unwrap(), rows);
    t.store.commit_import(&make::write(ada, 6), commit).await.unwrap();
    not_open(t.store.restage_import(&make::write(ada, 7), &again, &rows).await);
}

fn not_open(result: Result<Import>) {
    assert!(matches!(result, Err(Error::Conflict(Conflict::ImportNotOpen))), "{result:?}");
}

pub async fn a_commit_books_what_is_new(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    world::put(&*t.store, make::expense(ada, Some(budget), 1, 77)).await;
    let (mut import, mut commit) = world::draft(&*t.store, ada, Some(budget), 2, 120).await;
    let account = make::account(ada, 5);
    import.accounts = vec![ImportAccount { found: make::found_account(5), account_id: None }];
    import.revision = 1;
    let rows = [make::staged(1, 5)];
    let mut import = t.store.restage_import(&make::write(ada, 2), &import, &rows).await.unwrap();
    commit.accounts = vec![account.clone()];
    commit.expenses.iter_mut().for_each(|row| row.account_id = Some(account.id));
    let expected = commit.expenses.clone();
    let done = t.store.commit_import(&make::write(ada, 60), commit).await.unwrap();
    // The file's account is the new one.
    import.accounts[0].account_id = Some(account.id);
    let committed = Import {
        added: 120,
        duplicates: 0,
        status: ImportStatus::Committed,
        committed_at: Some(make::at(60)),
        ..import.clone()
    };
    assert_eq!(done, committed);
    assert_eq!(t.store.import(ada, import.id).await.unwrap(), Some(committed));
    assert_eq!(t.store.accounts(ada).await.unwrap(), [account]);
    assert_eq!(t.store.staged_rows(ada, import.id, 0, 500).await.unwrap(), []);
    let filter = Filter { import_id: Some(import.id), ..Filter::default() };
    let mut booked = world::walk(&*t.store, ada, Query { filter, ..Query::default() }).await;
    booked.sort_by_key(|row| row.id);
    assert_eq!(booked, expected);
    world::check_totals(&*t.store, ada, &[budget]).await;
}

pub async fn a_file_is_booked_at_once(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let own = world::put(&*t.store, make::expense(ada, Some(budget), 3, 1_003)).await;
    let import = make::import(ada, Some(budget), 7);
    let account = make::account(ada, 5);
    let mut expenses: Vec<Expense> = (0..300).map(|line| world::imported(&import, 7, line)).collect();
    for row in &mut expenses {
        row.account_id = Some(account.id);
    }
    let commit = ImportCommit { import_id: import.id, accounts: vec![account.clone()], expenses: expenses.clone() };
    let done = t.store.book_import(&make::write(ada, 60), &import, commit.clone()).await.unwrap();
    let committed = Import {
        added: 299,
        duplicates: 1,
        status: ImportStatus::Committed,
        committed_at: Some(make::at(60)),
        ..import.clone()
    };
    assert_eq!(done, committed);
    assert_eq!(t.store.imports(ada).await.unwrap(), [committed]);
    assert_eq!(t.store.accounts(ada).await.unwrap(), std::slice::from_ref(&account));
    assert_eq!(t.store.expense(ada, own.id).await.unwrap().unwrap().account_id, Some(account.id));
    world::check_totals(&*t.store, ada, &[budget]).await;
    // Its rows are found by their words, each of them once, and no more once they are gone.
    let asked = words::query(&format!("{} ", expenses[0].merchant.as_deref().unwrap()));
    let filter = Filter { words: asked.clone(), ..Filter::default() };
    let query = Query { filter, ..Query::default() };
    let there = world::walk(&*t.store, ada, Query::default()).await;
    let named = there.iter().filter(|row| asked.iter().all(|term| term.is_in(&row.search_words()))).count();
    assert!(named > 0);
    assert_eq!(world::walk(&*t.store, ada, query.clone()).await.len(), named);
    not_open(t.store.commit_import(&make::write(ada, 61), commit).await);
    t.store.revert_import(&make::write(ada, 62), import.id).await.unwrap();
    let left = world::walk(&*t.store, ada, query).await;
    assert!(left.iter().all(|row| row.id == own.id), "{left:?}");
}

pub async fn of_ten_commits_one_wins(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 1, 40).await;
    let tries: Vec<_> = (0..10)
        .map(|n| {
            let (store, commit) = (Arc::clone(&t.store), commit.clone());
            tokio::spawn(async move { store.commit_import(&make::write(ada, n), commit).await })
        })
        .collect();
    let mut won = 0;
    for each in tries {
        match each.await.unwrap() {
            Ok(_) => won += 1,
            refused => not_open(refused),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await.len(), 40);
    world::check_totals(&*t.store, ada, &[budget]).await;
}

pub async fn the_same_file_again_adds_nothing(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (bob, other) = world::owner(&*t.store, 2).await;
    // Somebody else's rows are no duplicates.
    let (_, commit) = world::draft(&*t.store, bob, Some(other), 1, 30).await;
    t.store.commit_import(&make::write(bob, 1), commit).await.unwrap();
    for (n, added, duplicates) in [(2, 30, 0), (3, 0, 30)] {
        let (_, commit) = world::draft(&*t.store, ada, Some(budget), n, 30).await;
        let done = t.store.commit_import(&make::write(ada, n.into()), commit).await.unwrap();
        assert_eq!((done.added, done.duplicates), (added, duplicates));
    }
    // A longer file adds what is more; a row in the trash is not there.
    let rows = world::walk(&*t.store, ada, Query::default()).await;
    world::change(&*t.store, &rows[0], |row| row.deleted_at = Some(make::at(9))).await;
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 4, 33).await;
    let done = t.store.commit_import(&make::write(ada, 10), commit).await.unwrap();
    assert_eq!((done.added, done.duplicates), (4, 29));
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await.len(), 33);
    world::check_totals(&*t.store, ada, &[budget]).await;
}

pub async fn what_was_entered_by_hand_gets_no_twin(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let own = world::put(&*t.store, make::expense(ada, Some(budget), 3, 1_003)).await;
    for (n, added) in [(1, 9), (2, 0)] {
        let (_, mut commit) = world::draft(&*t.store, ada, Some(budget), n, 10).await;
        let account = Account { id: AccountId(make::id(70 + n)), ..make::account(ada, 5) };
        commit.expenses.iter_mut().for_each(|row| row.account_id = Some(account.id));
        commit.accounts = vec![account];
        let done = t.store.commit_import(&make::write(ada, 60), commit).await.unwrap();
        assert_eq!((done.added, done.duplicates), (added, 10 - added));
    }
    let accounts = t.store.accounts(ada).await.unwrap();
    let absorbed = Expense {
        account_id: Some(accounts[0].id),
        external_id: Some("FIT3".to_owned()),
        version: 2,
        updated_at: make::at(60),
        ..own.clone()
    };
    assert_eq!(t.store.expense(ada, own.id).await.unwrap(), Some(absorbed));
    assert_eq!(world::walk(&*t.store, ada, Query::default()).await.len(), 10);
    world::check_totals(&*t.store, ada, &[budget]).await;
}

pub async fn an_account_made_meanwhile_is_shared(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let mut commits = Vec::new();
    for n in [1, 2] {
        let (_, mut commit) = world::draft(&*t.store, ada, Some(budget), n, 5).await;
        // Both drafts were made before either was committed, and both name BANK/7 as new.
        let mut account = make::account(ada, 7);
        account.id = AccountId(make::id(70 + n));
        commit.expenses.iter_mut().for_each(|row| row.account_id = Some(account.id));
        commit.accounts = vec![account];
        commits.push(commit);
    }
    let second = commits.pop().unwrap();
    t.store.commit_import(&make::write(ada, 1), commits.remove(0)).await.unwrap();
    let done = t.store.commit_import(&make::write(ada, 2), second).await.unwrap();
    assert_eq!((done.added, done.duplicates), (0, 5));
    let accounts = t.store.accounts(ada).await.unwrap();
    assert_eq!(accounts.len(), 1);
    assert!(world::walk(&*t.store, ada, Query::default()).await.iter().all(|r| r.account_id == Some(accounts[0].id)));
}

pub async fn only_open_drafts_are_committed(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (import, commit) = world::draft(&*t.store, ada, Some(budget), 1, 3).await;
    let late = make::write(ada, 2 * 86_400);
    not_open(t.store.commit_import(&late, commit.clone()).await);
    not_open(t.store.restage_import(&late, &import, &[]).await);
    let unknown = ImportCommit { import_id: ImportId(make::id(99)), accounts: Vec::new(), expenses: Vec::new() };
    assert!(matches!(t.store.commit_import(&make::write(ada, 5), unknown).await, Err(Error::NotFound)));
    t.store.commit_import(&make::write(ada, 5), commit.clone()).await.unwrap();
    not_open(t.store.commit_import(&make::write(ada, 6), commit).await);
    t.store.revert_import(&make::write(ada, 7), import.id).await.unwrap();
    let again = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses: Vec::new() };
    not_open(t.store.commit_import(&make::write(ada, 8), again).await);
}

pub async fn foreign_references_are_refused(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (bob, foreign) = world::owner(&*t.store, 2).await;
    let account = t.store.create_account(&make::write(bob, 1), &make::account(bob, 5)).await.unwrap().id;
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 1, 5).await;
    let before = (world::belongings(&*t.store, ada).await, world::belongings(&*t.store, bob).await);
    let wrongs: [fn(&mut Expense, BudgetId, AccountId); 2] =
        [|row, budget, _| row.budget_id = Some(budget), |row, _, account| row.account_id = Some(account)];
    for wrong in wrongs {
        let mut commit = commit.clone();
        wrong(&mut commit.expenses[4], foreign, account);
        let refused = t.store.commit_import(&make::write(ada, 3), commit).await;
        assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
    }
    let import = make::import(ada, Some(foreign), 9);
    let refused = t.store.stage_import(&make::write(ada, 3), &import, &[]).await;
    assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
    assert_eq!((world::belongings(&*t.store, ada).await, world::belongings(&*t.store, bob).await), before);
}

pub async fn prints_are_those_of_the_days(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let (_, commit) = world::draft(&*t.store, ada, Some(budget), 2, 4).await;
    t.store.commit_import(&make::write(ada, 3), commit).await.unwrap();
    let own = world::put(&*t.store, make::expense(ada, None, 2, 50)).await;
    let gone = world::put(&*t.store, make::expense(ada, None, 1, 50)).await;
    world::change(&*t.store, &gone, |row| row.deleted_at = Some(make::at(9))).await;
    let found = t.store.prints(ada, date(2026, 11, 2), date(2026, 11, 3)).await.unwrap();
    // By the key: date, then amount as text, then merchant.
    let bank = [1, 2].map(|row| ExpenseId(make::id(20_000 + row)));
    let expected = [bank[0], bank[1], own.id];
    assert_eq!(found.iter().map(|print| print.id).collect::<Vec<_>>(), expected);
    assert_eq!((&found[2].dedupe_key, &found[2].external_id, found[2].import_id), (&own.dedupe_key, &None, None));
    assert_eq!((found[0].external_id.as_deref(), found[0].import_id), (Some("FIT1"), Some(ImportId(make::id(2)))));
    // Moved by hand to another day: for the bank they are where they were.
    for row in [bank[0], own.id] {
        let row = t.store.expense(ada, row).await.unwrap().unwrap();
        world::change(&*t.store, &row, |row| row.date = date(2026, 12, 24)).await;
    }
    let now = t.store.prints(ada, date(2026, 11, 2), date(2026, 11, 3)).await.unwrap();
    assert_eq!(now, found[..2]);
}
