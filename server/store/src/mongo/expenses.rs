//! Expenses one by one: written with their part in the totals, read, kept in the trash.
use super::{
    MongoStore, accounts, activity, budgets,
    failure::Outcome,
    ledger, legs, query, row,
    transaction::{Tx, lock_budget},
    values::oid,
};
use crate::{
    ledger::Ledger,
    limits::TRASH_SHOWN,
    sharing::{self, Seen},
};
use domain::{
    Date,
    expense::{Expense, Moved},
    filter::{Filter, Query},
    ids::{AccountId, BudgetId, ExpenseId, UserId},
    problem::Problem,
    role::Role,
};
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
use service::{
    Error, Result,
    activity::content::{of_expense, of_expenses},
    ports::store::{ExpenseStore, Page, Sum, Trashed, Write, Written},
};
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

#[async_trait::async_trait]
impl ExpenseStore for MongoStore {
    async fn create_expense(&self, write: &Write, expense: &Expense) -> Result<Expense> {
        self.write(write, expense, |tx, write, expense| Box::pin(create(tx, write, expense))).await
    }

    async fn expense(&self, actor: UserId, id: ExpenseId) -> Result<Option<Expense>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await
    }

    async fn update_expense(&self, write: &Write, expense: &Expense) -> Result<Expense> {
        self.write(write, expense, |tx, write, expense| Box::pin(update(tx, write, expense))).await
    }

    async fn update_expenses(&self, write: &Write, expenses: &[Expense]) -> Result<Written> {
        self.write_heavy(write, expenses, |tx, write, expenses| Box::pin(update_many(tx, write, expenses))).await
    }

    async fn keep_transfer(&self, write: &Write, legs: &[Expense; 2]) -> Result<Written> {
        self.write(write, legs, |tx, write, legs| Box::pin(legs::keep(tx, write, legs))).await
    }

    async fn unpaired(&self, actor: UserId, since: Date, limit: u32) -> Result<Vec<Moved>> {
        self.plain((actor, since, limit), |tx, (actor, since, limit)| {
            Box::pin(legs::unpaired(tx, *actor, *since, *limit))
        })
        .await
    }

    async fn some_expenses(&self, actor: UserId, ids: &[ExpenseId]) -> Result<Vec<Expense>> {
        self.snapshot((actor, ids), |tx, (actor, ids)| Box::pin(load_many(tx, *actor, ids))).await
    }

    async fn expense_sums(&self, actor: UserId, filter: &Filter) -> Result<Vec<Sum>> {
        self.plain((actor, filter), |tx, (actor, filter)| Box::pin(query::sums(tx, *actor, filter))).await
    }

    async fn expenses(&self, actor: UserId, query: &Query) -> Result<Page<Expense>> {
        self.snapshot((actor, query), |tx, (actor, query)| Box::pin(query::page(tx, *actor, query))).await
    }

    async fn trash(&self, actor: UserId) -> Result<Vec<Trashed>> {
        self.plain(actor, |tx, actor| Box::pin(trash(tx, *actor))).await
    }
}

pub(super) async fn create(tx: &mut Tx, write: &Write, expense: &Expense) -> Outcome<Expense> {
    if expense.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let expense = &sharing::with_deleter(write.actor, None, expense);
    if let Some(budget) = expense.budget_id {
        lock_budget(tx, budget).await?;
    }
    budgets::check_place(tx, write.actor, expense, true).await?;
    check_account(tx, write.actor, expense.account_id).await?;
    row::insert(tx, expense).await?;
    let mut ledger = Ledger::default();
    ledger.change(None, Some(expense))?;
    ledger::write(tx, ledger).await?;
    activity::keep(tx, of_expense(write, None, expense)?).await?;
    Ok(expense.clone())
}

pub(super) async fn update(tx: &mut Tx, write: &Write, expense: &Expense) -> Outcome<Expense> {
    let (before, expense) = change(tx, write, expense).await?;
    let mut ledger = Ledger::default();
    ledger.change(Some(&before), Some(&expense))?;
    legs::follow(tx, write, &before, &expense, &[], &mut ledger).await?;
    ledger::write(tx, ledger).await?;
    activity::keep(tx, of_expense(write, Some(&before), &expense)?).await?;
    Ok(expense)
}

/// Writes the next version of a row. As it was, and as it is.
pub(super) async fn change(tx: &mut Tx, write: &Write, expense: &Expense) -> Outcome<(Expense, Expense)> {
    let before = load(tx, write.actor, expense.id).await?.filter(|before| before.user_id == expense.user_id);
    let before = before.ok_or(Error::NotFound)?;
    let moved = expense.budget_id != before.budget_id;
    for budget in [before.budget_id, expense.budget_id.filter(|_| moved)].into_iter().flatten() {
        lock_budget(tx, budget).await?;
    }
    let place = match before.budget_id {
        Some(budget) => budgets::load(tx, write.actor, budget).await?,
        None => None,
    };
    sharing::may_change(write.actor, &before, place)?;
    if before.version + 1 != expense.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let expense = &sharing::with_deleter(write.actor, Some(&before), expense);
    // A row of a budget in the trash may be changed, moved out and thrown away; none comes into such a budget.
    if moved || (before.deleted_at.is_some() && expense.deleted_at.is_none()) {
        budgets::check_place(tx, write.actor, expense, moved).await?;
    }
    if expense.account_id != before.account_id {
        sharing::may_book(write.actor, expense)?;
        check_account(tx, write.actor, expense.account_id).await?;
    }
    row::replace(tx, expense).await?;
    let expense = expense.clone();
    Ok((before, expense))
}

async fn update_many(tx: &mut Tx, write: &Write, expenses: &[Expense]) -> Outcome<Written> {
    let ids: Vec<ExpenseId> = expenses.iter().map(|expense| expense.id).collect();
    let mut found: BTreeMap<ExpenseId, Expense> =
        load_many(tx, write.actor, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    // In one order, so that two of these don't wait for each other.
    let budgets: BTreeSet<BudgetId> = found.values().chain(expenses).filter_map(|row| row.budget_id).collect();
    let mut places: BTreeMap<BudgetId, Option<Seen>> = BTreeMap::new();
    for budget in budgets {
        lock_budget(tx, budget).await?;
        places.insert(budget, budgets::load(tx, write.actor, budget).await?);
    }
    let (mut rows, mut ledger) = (Vec::with_capacity(expenses.len()), Ledger::default());
    for expense in expenses {
        let before = found.remove(&expense.id).filter(|before| before.user_id == expense.user_id);
        let before = before.ok_or(Error::NotFound)?;
        let place = |budget: Option<BudgetId>| budget.and_then(|budget| places.get(&budget).cloned().flatten());
        sharing::may_change(write.actor, &before, place(before.budget_id))?;
        if before.version + 1 != expense.version {
            return Err(Error::StaleVersion { current: before.version }.into());
        }
        let after = sharing::with_deleter(write.actor, Some(&before), expense);
        let moved = after.budget_id != before.budget_id;
        if moved || (before.deleted_at.is_some() && after.deleted_at.is_none()) {
            sharing::may_come(write.actor, &after, sharing::live(place(after.budget_id)).as_ref(), moved)?;
        }
        if after.account_id != before.account_id {
            sharing::may_book(write.actor, &after)?;
            check_account(tx, write.actor, after.account_id).await?;
        }
        row::replace(tx, &after).await?;
        ledger.change(Some(&before), Some(&after))?;
        legs::follow(tx, write, &before, &after, &ids, &mut ledger).await?;
        rows.push((before, after));
    }
    ledger::write(tx, ledger).await?;
    let told = of_expenses(write, &rows)?;
    let activity = told.as_ref().map(|told| told.id);
    activity::keep(tx, told).await?;
    Ok(Written { expenses: rows.into_iter().map(|(_, after)| after).collect(), activity })
}

/// Those of them that the actor may see.
async fn load_many(tx: &mut Tx, actor: UserId, ids: &[ExpenseId]) -> Outcome<Vec<Expense>> {
    let tables = Arc::clone(&tx.tables);
    let ids: Vec<ObjectId> = ids.iter().map(|id| oid(id.0)).collect();
    let found = tx.session.all(&tables.expenses, doc! { "_id": { "$in": ids } }, <_>::default()).await?;
    let found: Vec<Expense> = found.into_iter().map(Expense::try_from).collect::<Outcome<_>>()?;
    let mut seen: BTreeMap<BudgetId, bool> = BTreeMap::new();
    for budget in found.iter().filter_map(|row| row.budget_id) {
        if let Entry::Vacant(place) = seen.entry(budget) {
            place.insert(budgets::load(tx, actor, budget).await?.is_some());
        }
    }
    let is_seen = |row: &Expense| match row.budget_id {
        None => row.user_id == actor,
        Some(budget) => seen.get(&budget) == Some(&true),
    };
    Ok(found.into_iter().filter(is_seen).collect())
}

/// One that the actor may see.
pub(super) async fn load(tx: &mut Tx, actor: UserId, id: ExpenseId) -> Outcome<Option<Expense>> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.first(&tables.expenses, doc! { "_id": oid(id.0) }).await?;
    let Some(row) = found.map(Expense::try_from).transpose()? else { return Ok(None) };
    let seen = match row.budget_id {
        None => row.user_id == actor,
        Some(budget) => budgets::load(tx, actor, budget).await?.is_some(),
    };
    Ok(seen.then_some(row))
}

/// The account, if one is named, is the actor's.
pub(super) async fn check_account(tx: &mut Tx, actor: UserId, account: Option<AccountId>) -> Outcome<()> {
    match account {
        Some(id) if !accounts::exists(tx, actor, id).await? => Err(Error::field("accountId", Problem::NotFound).into()),
        _ => Ok(()),
    }
}

/// Newest first; budgets before expenses of the same moment.
async fn trash(tx: &mut Tx, actor: UserId) -> Outcome<Vec<Trashed>> {
    let mut found = budgets::in_trash(tx, actor)
        .await?
        .into_iter()
        .map(|budget| (budget.deleted_at, Trashed::Budget { budget: Box::new(budget) }))
        .collect::<Vec<_>>();
    let tables = Arc::clone(&tx.tables);
    let places = budgets::places(tx, actor, Role::View).await?;
    let filter = doc! { "deletedBy": oid(actor.0), "place": { "$in": places } };
    let limit = i64::try_from(TRASH_SHOWN).unwrap_or(i64::MAX);
    let newest = FindOptions::builder().sort(doc! { "deletedAt": -1, "_id": -1 }).limit(limit).build();
    for stored in tx.session.all(&tables.expenses, filter, newest).await? {
        let expense = Expense::try_from(stored)?;
        found.push((expense.deleted_at, Trashed::Expense { expense: Box::new(expense) }));
    }
    found.sort_by_key(|(deleted_at, _)| std::cmp::Reverse(*deleted_at));
    found.truncate(TRASH_SHOWN);
    Ok(found.into_iter().map(|(_, trashed)| trashed).collect())
}
