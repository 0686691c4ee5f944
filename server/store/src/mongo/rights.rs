//! All that is kept of somebody: handed out, or taken out for good.
use super::{
    MongoStore, activity, budgets, failure::Outcome, members, months, plans, row, series, transaction::Tx, users,
    values::oid,
};
use crate::limits::ERASED_AT_ONCE;
use domain::{
    budget::Budget,
    expense::Expense,
    ids::{BudgetId, ExpenseId, ImportId, UserId},
    months::MonthEntry,
    role::Role,
};
use mongodb::{
    bson::{Bson, Document, doc},
    options::FindOptions,
};
use service::{
    Result,
    ports::{
        rights::{BudgetVersion, RightsStore},
        store::{Import, Write},
    },
};
use std::sync::Arc;

#[async_trait::async_trait]
impl RightsStore for MongoStore {
    async fn every_budget(&self, actor: UserId) -> Result<Vec<Budget>> {
        self.plain(actor, |tx, actor| Box::pin(budgets::own_ones(tx, *actor))).await
    }

    async fn budget_versions(&self, actor: UserId, id: BudgetId) -> Result<Vec<BudgetVersion>> {
        self.plain((actor, id), |tx, (actor, id)| {
            Box::pin(async move {
                match budgets::load(tx, *actor, *id).await? {
                    Some(_) => plans::of_budget(tx, *id).await,
                    None => Ok(Vec::new()),
                }
            })
        })
        .await
    }

    async fn budget_months(&self, actor: UserId, id: BudgetId) -> Result<Vec<MonthEntry>> {
        self.plain((actor, id), |tx, (actor, id)| {
            Box::pin(async move {
                if budgets::load(tx, *actor, *id).await?.is_some() {
                    months::of_budget(tx, *id).await
                } else {
                    Ok(Vec::new())
                }
            })
        })
        .await
    }

    async fn trashed_expenses(&self, actor: UserId, after: Option<ExpenseId>, limit: u32) -> Result<Vec<Expense>> {
        self.plain((actor, after, limit), |tx, (actor, after, limit)| {
            Box::pin(async move {
                let places = budgets::places(tx, *actor, Role::View).await?;
                let mut filter = after_id(*actor, after.map(|id| id.0));
                filter.remove("userId");
                filter.extend(doc! { "deletedBy": oid(actor.0), "place": { "$in": places } });
                let tables = Arc::clone(&tx.tables);
                let found = tx.session.all(&tables.expenses, filter, by_id(*limit)).await?;
                found.into_iter().map(Expense::try_from).collect()
            })
        })
        .await
    }

    async fn every_import(&self, actor: UserId, after: Option<ImportId>, limit: u32) -> Result<Vec<Import>> {
        self.plain((actor, after, limit), |tx, (actor, after, limit)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let filter = after_id(*actor, after.map(|id| id.0));
                let found = tx.session.all(&tables.imports, filter, by_id(*limit)).await?;
                Ok(found.into_iter().map(Import::from).collect())
            })
        })
        .await
    }

    async fn erase_expenses(&self, actor: UserId) -> Result<u64> {
        self.tend(actor, actor, |tx, actor| {
            Box::pin(async move {
                members::pass_on(tx, *actor).await?;
                erase_some(tx, *actor).await
            })
        })
        .await
    }

    async fn erase_person(&self, write: &Write) -> Result<()> {
        self.write_heavy(write, (), |tx, write, ()| Box::pin(erase(tx, write.actor))).await
    }
}

fn after_id(actor: UserId, after: Option<[u8; 12]>) -> Document {
    let mut filter = doc! { "userId": oid(actor.0) };
    if let Some(id) = after {
        filter.insert("_id", doc! { "$gt": oid(id) });
    }
    filter
}

fn by_id(limit: u32) -> FindOptions {
    FindOptions::builder().sort(doc! { "_id": 1 }).limit(i64::from(limit)).build()
}

/// The ids of a collection's documents that fit.
async fn ids(tx: &mut Tx, of: &str, filter: Document, limit: Option<i64>) -> Outcome<Vec<Bson>> {
    let of = tx.tables.database.collection::<Document>(of);
    let only = FindOptions::builder().projection(doc! { "_id": 1 }).limit(limit).build();
    let found = tx.session.all(&of, filter, only).await?;
    Ok(found.iter().filter_map(|document| document.get("_id").cloned()).collect())
}

async fn erase_some(tx: &mut Tx, user: UserId) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let of_user = doc! { "userId": oid(user.0) };
    let some = ids(tx, tables.expenses.name(), of_user, Some(ERASED_AT_ONCE)).await?;
    if some.is_empty() {
        return Ok(0);
    }
    tx.session.delete(&tables.expenses, doc! { "_id": { "$in": some }, "userId": oid(user.0) }).await
}

async fn erase(tx: &mut Tx, user: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    members::pass_on(tx, user).await?;
    row::forget_member(tx, user).await?;
    series::forget_member(tx, user).await?;
    row::forget_member_met(tx, user).await?;
    forget_invites(tx, user).await?;
    let of_user = doc! { "userId": oid(user.0) };
    let imports = ids(tx, tables.imports.name(), of_user.clone(), None).await?;
    let of_imports = doc! { "importId": { "$in": imports } };
    tx.session.delete(&tables.import_rows, of_imports.clone()).await?;
    tx.session.delete(&tables.import_absorbed, of_imports).await?;
    let budgets = ids(tx, tables.budgets.name(), of_user.clone(), None).await?;
    tx.session.delete(&tables.ledgers, doc! { "_id": { "$in": budgets.clone() } }).await?;
    let of_budgets = doc! { "budgetId": { "$in": budgets.clone() } };
    tx.session.delete(&tables.budget_invites, of_budgets.clone()).await?;
    tx.session.delete(&tables.budget_versions, of_budgets.clone()).await?;
    tx.session.delete(&tables.budget_months, of_budgets.clone()).await?;
    tx.session.delete(&tables.spending, of_budgets).await?;
    activity::forget_budgets(tx, &budgets).await?;
    tx.session.delete(&tables.activity, of_user.clone()).await?;
    tx.session.delete(&tables.expenses, of_user.clone()).await?;
    tx.session.delete(&tables.recurring, of_user.clone()).await?;
    tx.session.delete(&tables.imports, of_user.clone()).await?;
    tx.session.delete(&tables.budgets, of_user.clone()).await?;
    tx.session.delete(&tables.accounts, of_user.clone()).await?;
    tx.session.delete(&tables.rules, of_user.clone()).await?;
    tx.session.delete(&tables.sessions, of_user.clone()).await?;
    tx.session.delete(&tables.jobs, of_user.clone()).await?;
    tx.session.delete(&tables.idempotency, of_user).await?;
    // What others were told of them, too.
    tx.session.delete(&tables.activity, doc! { "details": { "$regex": user.to_string() } }).await?;
    tx.session.delete(&tables.idempotency, doc! { "answer": { "$regex": user.to_string() } }).await?;
    // The document that this transaction has begun with, too.
    tx.session.delete(&tables.ledgers, doc! { "_id": oid(user.0) }).await?;
    tx.session.delete(&tables.users, doc! { "_id": oid(user.0) }).await.map(drop)
}

/// Invitations by them and to them.
async fn forget_invites(tx: &mut Tx, user: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let Some(person) = users::load(tx, user).await? else { return Ok(()) };
    let named =
        doc! { "$or": [{ "invitedBy": oid(user.0) }, { "emailFolded": domain::user::fold_email(&person.email) }] };
    tx.session.delete(&tables.budget_invites, named).await.map(drop)
}
