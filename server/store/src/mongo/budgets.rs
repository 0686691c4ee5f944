//! Budgets as they stand now, and whether one may be named by a write.
use super::{
    MongoStore,
    failure::{Failure, Outcome},
    plans, spending,
    transaction::Tx,
    users,
    values::{Fields, instant, oid, optional_instant, to_instant},
};
use domain::{
    Date,
    budget::{Budget, BudgetType, Plan},
    currency::Currency,
    expense::Expense,
    ids::{BudgetId, UserId},
    period::{Month, MonthStartDay, Period},
    problem::Problem,
    report::Unconverted,
    role::Role,
    spending::{DayTotal, KindTotals},
};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    error::Conflict,
    ports::store::{BudgetStore, Write},
};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BudgetDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    kind: BudgetType,
    currency: Currency,
    plan: Plan,
    ai_generated: bool,
    month_start_day: MonthStartDay,
    version: i64,
    is_active: bool,
    created_at: i64,
    updated_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<i64>,
}

/// One of the actor's budgets, and some days.
type Days = (UserId, BudgetId, Date, Date);

#[async_trait::async_trait]
impl BudgetStore for MongoStore {
    async fn create_budget(&self, write: &Write, budget: &Budget) -> Result<Budget> {
        self.write(write, budget, |tx, write, budget| Box::pin(create(tx, write, budget))).await
    }

    async fn budget(&self, actor: UserId, id: BudgetId) -> Result<Option<(Budget, Role)>> {
        let found = self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await?;
        Ok(found.filter(|budget| budget.deleted_at.is_none()).map(|budget| (budget, Role::Owner)))
    }

    async fn budgets(&self, actor: UserId) -> Result<Vec<(Budget, Role)>> {
        self.plain(actor, |tx, actor| {
            Box::pin(async move {
                let filter = doc! { "userId": oid(actor.0), "deletedAt": null };
                let found = all(tx, filter, doc! { "createdAt": -1, "_id": -1 }).await?;
                Ok(found.into_iter().map(|budget| (budget, Role::Owner)).collect())
            })
        })
        .await
    }

    async fn update_budget(&self, write: &Write, budget: &Budget) -> Result<Budget> {
        self.write(write, budget, |tx, write, budget| Box::pin(update(tx, write, budget))).await
    }

    async fn set_budget_deleted(&self, write: &Write, id: BudgetId, deleted: bool) -> Result<Budget> {
        self.write(write, (id, deleted), |tx, write, (id, deleted)| Box::pin(set_deleted(tx, write, *id, *deleted)))
            .await
    }

    async fn plan(&self, actor: UserId, id: BudgetId, month: Month) -> Result<Option<Plan>> {
        self.plain((actor, id, month), |tx, (actor, id, month)| {
            Box::pin(async move {
                if live_currency(tx, *actor, *id).await?.is_none() {
                    return Ok(None);
                }
                plans::of_month(tx, *id, *month).await
            })
        })
        .await
    }

    async fn spending(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<DayTotal>> {
        let days: Days = (actor, id, start, end);
        self.plain(days, |tx, (actor, id, start, end)| {
            Box::pin(async move {
                live_currency(tx, *actor, *id).await?.ok_or(Error::NotFound)?;
                spending::totals(tx, *id, *start, *end).await
            })
        })
        .await
    }

    async fn spending_of(&self, actor: UserId, id: BudgetId, periods: &[Period]) -> Result<Vec<KindTotals>> {
        self.plain((actor, id, periods), |tx, (actor, id, periods)| {
            Box::pin(async move {
                live_currency(tx, *actor, *id).await?.ok_or(Error::NotFound)?;
                spending::of_periods(tx, *id, periods).await
            })
        })
        .await
    }

    async fn unconverted(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<Unconverted>> {
        let days: Days = (actor, id, start, end);
        self.plain(days, |tx, (actor, id, start, end)| {
            Box::pin(async move {
                live_currency(tx, *actor, *id).await?.ok_or(Error::NotFound)?;
                spending::unconverted(tx, *id, *start, *end).await
            })
        })
        .await
    }
}

async fn create(tx: &mut Tx, write: &Write, budget: &Budget) -> Outcome<Budget> {
    if budget.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let tables = Arc::clone(&tx.tables);
    tx.session.insert(&tables.budgets, &BudgetDoc::from(budget)).await?;
    plans::keep(tx, write, budget).await?;
    users::suggest_default(tx, write.actor, budget.id).await?;
    Ok(budget.clone())
}

async fn update(tx: &mut Tx, write: &Write, budget: &Budget) -> Outcome<Budget> {
    let before = load(tx, write.actor, budget.id).await?.filter(|before| before.deleted_at.is_none());
    let before = before.filter(|_| budget.user_id == write.actor).ok_or(Error::NotFound)?;
    if before.version + 1 != budget.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    if before.plan.currency != budget.plan.currency {
        return Err(Error::Internal("a budget's currency can't change: its totals are kept in it".to_owned()).into());
    }
    let budget = Budget { created_at: before.created_at, deleted_at: None, ..budget.clone() };
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(budget.id.0), "userId": oid(write.actor.0), "version": before.version };
    let found = tx.session.replace(&tables.budgets, filter, &BudgetDoc::from(&budget)).await?;
    if found != 1 {
        return Err(Failure::corrupt(format_args!("{found} documents of budget {}", budget.id)));
    }
    plans::keep(tx, write, &budget).await?;
    Ok(budget)
}

async fn set_deleted(tx: &mut Tx, write: &Write, id: BudgetId, deleted: bool) -> Outcome<Budget> {
    let mut budget = load(tx, write.actor, id).await?.ok_or(Error::NotFound)?;
    match (budget.deleted_at.is_some(), deleted) {
        (true, true) => return Err(Error::NotFound.into()),
        (false, false) => return Err(Error::Conflict(Conflict::NotInTrash).into()),
        _ => {}
    }
    budget.deleted_at = deleted.then_some(write.now);
    budget.updated_at = write.now;
    let tables = Arc::clone(&tx.tables);
    let fields = Fields::default()
        .optional("deletedAt", budget.deleted_at.map(instant))
        .set("updatedAt", instant(budget.updated_at));
    tx.session.update(&tables.budgets, own(write.actor, id), fields.update()).await?;
    Ok(budget)
}

fn own(actor: UserId, id: BudgetId) -> Document {
    doc! { "_id": oid(id.0), "userId": oid(actor.0) }
}

/// The actor's, in the trash or not.
async fn load(tx: &mut Tx, actor: UserId, id: BudgetId) -> Outcome<Option<Budget>> {
    let tables = Arc::clone(&tx.tables);
    tx.session.first(&tables.budgets, own(actor, id)).await?.map(Budget::try_from).transpose()
}

async fn all(tx: &mut Tx, filter: Document, order: Document) -> Outcome<Vec<Budget>> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.all(&tables.budgets, filter, FindOptions::builder().sort(order).build()).await?;
    found.into_iter().map(Budget::try_from).collect()
}

/// All of the actor's own, the oldest first.
pub(super) async fn own_ones(tx: &mut Tx, actor: UserId) -> Outcome<Vec<Budget>> {
    all(tx, doc! { "userId": oid(actor.0) }, doc! { "createdAt": 1, "_id": 1 }).await
}

pub(super) async fn in_trash(tx: &mut Tx, actor: UserId) -> Outcome<Vec<Budget>> {
    let filter = doc! { "userId": oid(actor.0), "deletedAt": { "$ne": null } };
    all(tx, filter, doc! { "deletedAt": -1, "_id": -1 }).await
}

/// Those of all users that went into the trash by then.
pub(super) async fn binned(tx: &mut Tx, before: i64) -> Outcome<Vec<Budget>> {
    all(tx, doc! { "deletedAt": { "$lte": before } }, doc! { "deletedAt": 1 }).await
}

/// Takes out a budget that went into the trash by then, its versions and totals with it. Whether there was one.
pub(super) async fn purge(tx: &mut Tx, owner: UserId, id: BudgetId, before: i64) -> Outcome<bool> {
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(id.0), "userId": oid(owner.0), "deletedAt": { "$lte": before } };
    if tx.session.delete(&tables.budgets, filter).await? == 0 {
        return Ok(false);
    }
    plans::forget(tx, id).await?;
    tx.session.delete(&tables.spending, doc! { "budgetId": oid(id.0) }).await?;
    Ok(true)
}

/// The currency of a budget that the actor may see and that is not in the trash.
pub(super) async fn live_currency(tx: &mut Tx, actor: UserId, id: BudgetId) -> Outcome<Option<Currency>> {
    let found = load(tx, actor, id).await?;
    Ok(found.filter(|budget| budget.deleted_at.is_none()).map(|budget| budget.plan.currency))
}

/// The budget that an expense names, if any, is its user's and not in the trash, and the base amount is in its currency.
pub(super) async fn check_base(tx: &mut Tx, expense: &Expense) -> Outcome<()> {
    let Some(budget) = expense.budget_id else { return Ok(()) };
    let Some(currency) = live_currency(tx, expense.user_id, budget).await? else {
        return Err(Error::field("budgetId", Problem::NotFound).into());
    };
    match &expense.base {
        Some(base) if base.amount.currency() != currency => Err(Failure::Service(Error::Internal(format!(
            "a base amount in {} for a budget in {currency}",
            base.amount.currency()
        )))),
        _ => Ok(()),
    }
}

impl From<&Budget> for BudgetDoc {
    fn from(budget: &Budget) -> Self {
        Self {
            id: oid(budget.id.0),
            user_id: oid(budget.user_id.0),
            kind: budget.kind,
            currency: budget.plan.currency,
            plan: budget.plan.clone(),
            ai_generated: budget.ai_generated,
            month_start_day: budget.month_start_day,
            version: budget.version,
            is_active: budget.is_active,
            created_at: instant(budget.created_at),
            updated_at: instant(budget.updated_at),
            deleted_at: budget.deleted_at.map(instant),
        }
    }
}

impl TryFrom<BudgetDoc> for Budget {
    type Error = Failure;
    fn try_from(stored: BudgetDoc) -> Outcome<Self> {
        Ok(Self {
            id: BudgetId(stored.id.bytes()),
            user_id: UserId(stored.user_id.bytes()),
            kind: stored.kind,
            plan: stored.plan,
            ai_generated: stored.ai_generated,
            month_start_day: stored.month_start_day,
            version: stored.version,
            is_active: stored.is_active,
            created_at: to_instant(stored.created_at)?,
            updated_at: to_instant(stored.updated_at)?,
            deleted_at: optional_instant(stored.deleted_at)?,
        })
    }
}
