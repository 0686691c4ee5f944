//! People with budgets to test on, and a look at all that a person has.
use super::model;
use crate::{
    ports::{
        activity::{Activity, ActivityQuery, Feed},
        store::{Import, ImportCommit, Page, StagedRow, Store, Trashed},
    },
    testing::builders as make,
};
use domain::{
    Date,
    account::Account,
    budget::Budget,
    expense::Expense,
    filter::{Cursor, Filter, Query},
    ids::{BudgetId, UserId},
    spending::DayTotal,
    user::User,
};

/// A new person; `n` tells them apart.
pub(super) async fn person(store: &dyn Store, n: u32) -> UserId {
    let person = make::person(n);
    let id = person.user.id;
    store.create_user(&make::write(id, 0), &person).await.unwrap();
    id
}

/// A new person with a budget.
pub(super) async fn owner(store: &dyn Store, n: u32) -> (UserId, BudgetId) {
    let user = person(store, n).await;
    (user, budget(store, user, n).await)
}

/// One more budget.
pub(super) async fn budget(store: &dyn Store, user: UserId, n: u32) -> BudgetId {
    store.create_budget(&make::write(user, n.into()), &make::budget(user, n)).await.unwrap().id
}

/// Puts a row in as it is.
pub(super) async fn put(store: &dyn Store, expense: Expense) -> Expense {
    store.create_expense(&make::write(expense.user_id, 0), &expense).await.unwrap()
}

/// Writes the next version of a row.
pub(super) async fn change(store: &dyn Store, before: &Expense, change: impl FnOnce(&mut Expense)) -> Expense {
    let next = make::changed(before, 1_000, change);
    store.update_expense(&make::write(before.user_id, 1_000), &next).await.unwrap()
}

/// A page of a list.
pub(super) async fn page(store: &dyn Store, user: UserId, query: &Query) -> Page<Expense> {
    store.expenses(user, query).await.unwrap()
}

/// All rows that are not in the trash, walked through by cursor.
pub(super) async fn walk(store: &dyn Store, user: UserId, query: Query) -> Vec<Expense> {
    let mut query = query;
    let mut found = Vec::new();
    loop {
        let page = page(store, user, &query).await;
        query.cursor = page.items.last().map(|last| Cursor::after(last, query.sort));
        found.extend(page.items);
        if !page.more {
            return found;
        }
    }
}

/// The kept totals of all days.
pub(super) async fn totals(store: &dyn Store, user: UserId, budget: BudgetId) -> Vec<DayTotal> {
    store.spending(user, budget, Date::MIN, Date::MAX).await.unwrap()
}

/// Checks that totals and counts are what the rows come to.
pub(super) async fn check_totals(store: &dyn Store, user: UserId, budgets: &[BudgetId]) {
    let rows = walk(store, user, Query { limit: 50, ..Query::default() }).await;
    assert_eq!(page(store, user, &Query { limit: 1, ..Query::default() }).await.total, rows.len() as u64);
    for &budget in budgets {
        assert_eq!(totals(store, user, budget).await, model::totals(&rows, budget), "totals of {budget}");
        let filter = Filter { budget_id: Some(budget), ..Filter::default() };
        let counted = page(store, user, &Query { filter, limit: 1, ..Query::default() }).await.total;
        assert_eq!(counted, rows.iter().filter(|row| row.budget_id == Some(budget)).count() as u64);
    }
}

/// All that a person has.
#[derive(Debug, PartialEq)]
pub(super) struct Belongings {
    pub(super) user: Option<User>,
    pub(super) budgets: Vec<Budget>,
    pub(super) expenses: Vec<Expense>,
    pub(super) accounts: Vec<Account>,
    pub(super) imports: Vec<(Import, Vec<StagedRow>)>,
    pub(super) trash: Vec<Trashed>,
    pub(super) totals: Vec<Vec<DayTotal>>,
    pub(super) activities: Vec<Activity>,
}

pub(super) async fn belongings(store: &dyn Store, user: UserId) -> Belongings {
    let budgets: Vec<Budget> = store.budgets(user).await.unwrap().into_iter().map(|(budget, _)| budget).collect();
    let mut all_totals = Vec::new();
    for budget in &budgets {
        all_totals.push(totals(store, user, budget.id).await);
    }
    let mut imports = Vec::new();
    for import in store.imports(user).await.unwrap() {
        let rows = store.staged_rows(user, import.id, 0, 10_000).await.unwrap();
        imports.push((import, rows));
    }
    Belongings {
        user: store.user(user).await.unwrap(),
        expenses: walk(store, user, Query::default()).await,
        accounts: store.accounts(user).await.unwrap(),
        trash: store.trash(user).await.unwrap(),
        activities: store.activities(user, &ActivityQuery::newest(Feed::Own, 500)).await.unwrap().items,
        budgets,
        imports,
        totals: all_totals,
    }
}

/// A staged import of `count` rows (numbers from 100 on, 10.00 and up), and what commits it.
pub(super) async fn draft(
    store: &dyn Store,
    user: UserId,
    budget: Option<BudgetId>,
    n: u32,
    count: u32,
) -> (Import, ImportCommit) {
    let mut import = make::import(user, budget, n);
    (import.rows, import.added) = (count, count);
    let staged: Vec<StagedRow> = (0..count).map(|line| make::staged(line, 1_000 + i64::from(line))).collect();
    let import = store.stage_import(&make::write(user, n.into()), &import, &staged).await.unwrap();
    let expenses = (0..count).map(|line| imported(&import, n, line)).collect();
    let commit = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses };
    (import, commit)
}

/// Line `line` of the file: the same row whatever the import, under an id of its own.
pub(super) fn imported(import: &Import, n: u32, line: u32) -> Expense {
    let mut row = make::imported(import, line, 1_000 + i64::from(line));
    row.id = domain::ids::ExpenseId(make::id(10_000 * n + line));
    row
}
