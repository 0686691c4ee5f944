//! Expenses one by one: written with their part in the totals, read, kept in the trash.
use super::{
    SqliteStore, activity, budgets,
    codec::{all, exists, first},
    connection::Tx,
    encode::{self, columns},
    failure::Outcome,
    ledger, legs,
    members::places,
    query,
};
use crate::{
    ledger::Ledger,
    limits::{TRASH_SHOWN, only_budget},
    sharing,
};
use domain::{
    Date,
    expense::{Expense, Moved},
    filter::{Filter, Query},
    ids::{AccountId, ExpenseId, UserId},
    problem::Problem,
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    activity::content::{of_expense, of_expenses},
    ports::store::{ExpenseStore, Page, Sum, Trashed, Write, Written},
};

/// So many rows are read in a moment.
const GLANCE: u32 = 20;

#[async_trait::async_trait]
impl ExpenseStore for SqliteStore {
    async fn create_expense(&self, write: &Write, expense: &Expense) -> Result<Expense> {
        let expense = expense.clone();
        self.write(write, move |tx, write| create(tx, write, expense)).await
    }

    async fn expense(&self, actor: UserId, id: ExpenseId) -> Result<Option<Expense>> {
        self.read(move |connection| load(connection, actor, id)).await
    }

    async fn update_expense(&self, write: &Write, expense: &Expense) -> Result<Expense> {
        let expense = expense.clone();
        self.write(write, move |tx, write| update(tx, write, expense)).await
    }

    async fn update_expenses(&self, write: &Write, expenses: &[Expense]) -> Result<Written> {
        let expenses = expenses.to_vec();
        self.write_heavy(write, move |tx, write| update_many(tx, write, expenses)).await
    }

    async fn keep_transfer(&self, write: &Write, legs: &[Expense; 2]) -> Result<Written> {
        let legs = legs.clone();
        self.write(write, move |tx, write| legs::keep(tx, write, &legs)).await
    }

    async fn unpaired(&self, actor: UserId, since: Date, limit: u32) -> Result<Vec<Moved>> {
        self.read(move |connection| legs::unpaired(connection, actor, since, limit)).await
    }

    async fn some_expenses(&self, actor: UserId, ids: &[ExpenseId]) -> Result<Vec<Expense>> {
        let ids = ids.to_vec();
        self.read(move |connection| {
            let found = ids.into_iter().map(|id| load(connection, actor, id));
            found.filter_map(Outcome::transpose).collect()
        })
        .await
    }

    async fn expense_sums(&self, actor: UserId, filter: &Filter) -> Result<Vec<Sum>> {
        let filter = filter.clone();
        self.read(move |connection| query::sums(connection, actor, &filter)).await
    }

    async fn expenses(&self, actor: UserId, query: &Query) -> Result<Page<Expense>> {
        let query = query.clone();
        // The newest rows of a place are found by its index, and their number is kept; anything else may take a while.
        if only_budget(&query.filter) && query.offset == 0 && query.limit <= GLANCE {
            return self.glance(move |connection| query::page(connection, actor, &query)).await;
        }
        self.read(move |connection| query::page(connection, actor, &query)).await
    }

    async fn trash(&self, actor: UserId) -> Result<Vec<Trashed>> {
        self.read(move |connection| trash(connection, actor)).await
    }
}

pub(super) fn create(tx: &Tx<'_>, write: &Write, expense: Expense) -> Outcome<Expense> {
    if expense.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let expense = sharing::with_deleter(write.actor, None, &expense);
    budgets::check_place(tx, write.actor, &expense, true)?;
    check_account(tx, write.actor, expense.account_id)?;
    encode::insert(tx, &expense)?;
    let mut ledger = Ledger::default();
    ledger.change(None, Some(&expense))?;
    ledger::write(ledger, tx)?;
    activity::keep(tx, of_expense(write, None, &expense)?)?;
    Ok(expense)
}

pub(super) fn update(tx: &Tx<'_>, write: &Write, expense: Expense) -> Outcome<Expense> {
    let (before, expense) = change(tx, write, &expense)?;
    let mut ledger = Ledger::default();
    ledger.change(Some(&before), Some(&expense))?;
    legs::follow(tx, write, &before, &expense, &[], &mut ledger)?;
    ledger::write(ledger, tx)?;
    activity::keep(tx, of_expense(write, Some(&before), &expense)?)?;
    Ok(expense)
}

fn update_many(tx: &Tx<'_>, write: &Write, expenses: Vec<Expense>) -> Outcome<Written> {
    let (mut rows, mut ledger) = (Vec::with_capacity(expenses.len()), Ledger::default());
    let ids: Vec<ExpenseId> = expenses.iter().map(|row| row.id).collect();
    for expense in expenses {
        let (before, after) = change(tx, write, &expense)?;
        ledger.change(Some(&before), Some(&after))?;
        legs::follow(tx, write, &before, &after, &ids, &mut ledger)?;
        rows.push((before, after));
    }
    ledger::write(ledger, tx)?;
    let told = of_expenses(write, &rows)?;
    let activity = told.as_ref().map(|told| told.id);
    activity::keep(tx, told)?;
    Ok(Written { expenses: rows.into_iter().map(|(_, after)| after).collect(), activity })
}

/// Writes the next version of a row. As it was, and as it is.
pub(super) fn change(tx: &Tx<'_>, write: &Write, expense: &Expense) -> Outcome<(Expense, Expense)> {
    let before = load(tx, write.actor, expense.id)?.filter(|before| before.user_id == expense.user_id);
    let before = before.ok_or(Error::NotFound)?;
    let place = match before.budget_id {
        Some(budget) => budgets::load(tx, write.actor, budget)?,
        None => None,
    };
    sharing::may_change(write.actor, &before, place)?;
    if before.version + 1 != expense.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let expense = sharing::with_deleter(write.actor, Some(&before), expense);
    // A row of a budget in the trash may be changed, moved out and thrown away; none comes into such a budget.
    let moved = expense.budget_id != before.budget_id;
    if moved || (before.deleted_at.is_some() && expense.deleted_at.is_none()) {
        budgets::check_place(tx, write.actor, &expense, moved)?;
    }
    if expense.account_id != before.account_id {
        sharing::may_book(write.actor, &expense)?;
        check_account(tx, write.actor, expense.account_id)?;
    }
    encode::update(tx, &expense)?;
    Ok((before, expense))
}

/// One that the actor may see.
pub(super) fn load(connection: &Connection, actor: UserId, id: ExpenseId) -> Outcome<Option<Expense>> {
    first(
        connection,
        concat!("SELECT ", columns!(), " FROM expenses WHERE id = ?2 AND place IN (", places!(), ")"),
        params![actor.0, id.0],
        encode::read,
    )
}

/// The account, if one is named, is the actor's.
pub(super) fn check_account(tx: &Tx<'_>, actor: UserId, account: Option<AccountId>) -> Outcome<()> {
    let Some(id) = account else { return Ok(()) };
    if exists(tx, "SELECT 1 FROM accounts WHERE id = ? AND user_id = ?", params![id.0, actor.0])? {
        Ok(())
    } else {
        Err(Error::field("accountId", Problem::NotFound).into())
    }
}

/// Newest first; budgets before expenses of the same moment.
fn trash(connection: &Connection, actor: UserId) -> Outcome<Vec<Trashed>> {
    let mut found = budgets::in_trash(connection, actor)?
        .into_iter()
        .map(|budget| (budget.deleted_at, Trashed::Budget { budget: Box::new(budget) }))
        .collect::<Vec<_>>();
    let limit = i64::try_from(TRASH_SHOWN).unwrap_or(i64::MAX);
    let expenses = all(
        connection,
        concat!(
            "SELECT ",
            columns!(),
            " FROM expenses INDEXED BY expenses_by_deleter WHERE deleted_by = ?1 AND place IN (",
            places!(),
            ") ORDER BY deleted_at DESC, id DESC LIMIT ?2"
        ),
        params![actor.0, limit],
        encode::read,
    )?;
    found.extend(
        expenses.into_iter().map(|expense| (expense.deleted_at, Trashed::Expense { expense: Box::new(expense) })),
    );
    found.sort_by_key(|(deleted_at, _)| std::cmp::Reverse(*deleted_at));
    found.truncate(TRASH_SHOWN);
    Ok(found.into_iter().map(|(_, trashed)| trashed).collect())
}
