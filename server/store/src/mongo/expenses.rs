//! Expenses one by one: written with their part in the totals, read, kept in the trash.
use super::{MongoStore, accounts, budgets, failure::Outcome, ledger, query, row, transaction::Tx, values::oid};
use crate::{ledger::Ledger, limits::TRASH_SHOWN};
use domain::{
    category::Category,
    expense::Expense,
    filter::Query,
    ids::{AccountId, ExpenseId, UserId},
    problem::Problem,
};
use mongodb::{bson::doc, options::FindOptions};
use service::{
    Error, Result,
    ports::store::{ExpenseStore, Page, Trashed, Write},
};
use std::sync::Arc;

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

    async fn expenses(&self, actor: UserId, query: &Query) -> Result<Page<Expense>> {
        self.snapshot((actor, query), |tx, (actor, query)| Box::pin(query::page(tx, *actor, query))).await
    }

    async fn merchant_categories(&self, actor: UserId) -> Result<Vec<(String, Category)>> {
        self.plain(actor, |tx, actor| Box::pin(query::merchant_categories(tx, *actor))).await
    }

    async fn trash(&self, actor: UserId) -> Result<Vec<Trashed>> {
        self.plain(actor, |tx, actor| Box::pin(trash(tx, *actor))).await
    }
}

async fn create(tx: &mut Tx, write: &Write, expense: &Expense) -> Outcome<Expense> {
    if expense.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    budgets::check_base(tx, expense).await?;
    check_account(tx, write.actor, expense.account_id).await?;
    row::insert(tx, expense).await?;
    let mut ledger = Ledger::default();
    ledger.change(None, Some(expense))?;
    ledger::write(tx, write.actor, ledger).await?;
    Ok(expense.clone())
}

async fn update(tx: &mut Tx, write: &Write, expense: &Expense) -> Outcome<Expense> {
    let before = load(tx, write.actor, expense.id).await?.filter(|_| expense.user_id == write.actor);
    let before = before.ok_or(Error::NotFound)?;
    if before.version + 1 != expense.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    // A row of a budget in the trash may be changed, moved out and thrown away; none comes into such a budget.
    let stays = expense.budget_id == before.budget_id && (before.deleted_at.is_none() || expense.deleted_at.is_some());
    if !stays {
        budgets::check_base(tx, expense).await?;
    }
    if expense.account_id != before.account_id {
        check_account(tx, write.actor, expense.account_id).await?;
    }
    row::replace(tx, expense).await?;
    let mut ledger = Ledger::default();
    ledger.change(Some(&before), Some(expense))?;
    ledger::write(tx, write.actor, ledger).await?;
    Ok(expense.clone())
}

pub(super) async fn load(tx: &mut Tx, actor: UserId, id: ExpenseId) -> Outcome<Option<Expense>> {
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(id.0), "userId": oid(actor.0) };
    tx.session.first(&tables.expenses, filter).await?.map(Expense::try_from).transpose()
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
    let filter = doc! { "userId": oid(actor.0), "deletedAt": { "$ne": null } };
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
