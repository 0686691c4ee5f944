//! Budgets as they stand now, and whether one may be named by a write.
use super::{
    MongoStore, activity,
    failure::{Failure, Outcome},
    plans, spending,
    transaction::{Tx, lock_budget},
    users,
    values::{Fields, instant, nested, oid, optional_instant, to_instant},
};
use crate::sharing::{self, Seen};
use domain::{
    Date,
    budget::{Budget, BudgetType, Plan},
    currency::Currency,
    expense::Expense,
    ids::{BudgetId, UserId},
    period::{Month, MonthStartDay, Period},
    report::Unconverted,
    role::Role,
    sharing::Collaborator,
    spending::{DayTotal, KindTotals},
    version::VersionOrigin,
};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    activity::content::of_budget,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    collaborators: Vec<MemberDoc>,
    version: i64,
    is_active: bool,
    created_at: i64,
    updated_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<i64>,
}

/// Somebody who has part in it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MemberDoc {
    user_id: ObjectId,
    role: Role,
    added_at: i64,
}

/// One of the actor's budgets, and some days.
type Days = (UserId, BudgetId, Date, Date);

#[async_trait::async_trait]
impl BudgetStore for MongoStore {
    async fn create_budget(&self, write: &Write, budget: &Budget) -> Result<Budget> {
        self.write(write, budget, |tx, write, budget| Box::pin(create(tx, write, budget))).await
    }

    async fn budget(&self, actor: UserId, id: BudgetId) -> Result<Option<(Budget, Role)>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(live(tx, *actor, *id))).await
    }

    async fn budgets(&self, actor: UserId) -> Result<Vec<(Budget, Role)>> {
        self.plain(actor, |tx, actor| {
            Box::pin(async move {
                let filter = doc! { "$and": [with(*actor), { "deletedAt": null }] };
                let found = all(tx, filter, doc! { "createdAt": -1, "_id": -1 }).await?;
                Ok(found.into_iter().filter_map(|budget| sharing::seen(Some(budget), *actor)).collect())
            })
        })
        .await
    }

    async fn update_budget(&self, write: &Write, budget: &Budget, origin: &VersionOrigin) -> Result<Budget> {
        self.write(write, (budget, origin), |tx, write, (budget, origin)| Box::pin(update(tx, write, budget, origin)))
            .await
    }

    async fn set_budget_deleted(&self, write: &Write, id: BudgetId, deleted: bool) -> Result<Budget> {
        self.write(write, (id, deleted), |tx, write, (id, deleted)| Box::pin(set_deleted(tx, write, *id, *deleted)))
            .await
    }

    async fn plan(&self, actor: UserId, id: BudgetId, month: Month) -> Result<Option<Plan>> {
        self.plain((actor, id, month), |tx, (actor, id, month)| {
            Box::pin(async move {
                if live(tx, *actor, *id).await?.is_none() {
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
                require_live(tx, *actor, *id).await?;
                spending::totals(tx, *id, *start, *end).await
            })
        })
        .await
    }

    async fn spending_of(&self, actor: UserId, id: BudgetId, periods: &[Period]) -> Result<Vec<KindTotals>> {
        self.plain((actor, id, periods), |tx, (actor, id, periods)| {
            Box::pin(async move {
                require_live(tx, *actor, *id).await?;
                spending::of_periods(tx, *id, periods).await
            })
        })
        .await
    }

    async fn unconverted(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<Unconverted>> {
        let days: Days = (actor, id, start, end);
        self.plain(days, |tx, (actor, id, start, end)| {
            Box::pin(async move {
                require_live(tx, *actor, *id).await?;
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
    plans::keep(tx, write, budget, &VersionOrigin::default()).await?;
    users::suggest_default(tx, write.actor, budget.id).await?;
    activity::keep(tx, of_budget(write, None, budget)?).await?;
    Ok(budget.clone())
}

async fn update(tx: &mut Tx, write: &Write, budget: &Budget, origin: &VersionOrigin) -> Outcome<Budget> {
    lock_budget(tx, budget.id).await?;
    let before = sharing::as_at_least(live(tx, write.actor, budget.id).await?, Role::Edit)?;
    if before.version + 1 != budget.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    if before.plan.currency != budget.plan.currency {
        return Err(Error::Internal("a budget's currency can't change: its totals are kept in it".to_owned()).into());
    }
    let Budget { user_id, created_at, version, .. } = before;
    let collaborators = before.collaborators.clone();
    let budget = Budget { user_id, collaborators, created_at, deleted_at: None, ..budget.clone() };
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(budget.id.0), "version": version };
    let found = tx.session.replace(&tables.budgets, filter, &BudgetDoc::from(&budget)).await?;
    if found != 1 {
        return Err(Failure::corrupt(format_args!("{found} documents of budget {}", budget.id)));
    }
    plans::keep(tx, write, &budget, origin).await?;
    if before.is_active != budget.is_active {
        keep_default(tx, budget.user_id, budget.id, budget.is_active).await?;
    }
    activity::keep(tx, of_budget(write, Some(&before), &budget)?).await?;
    Ok(budget)
}

/// The default moves on from a budget that is no longer in use, and comes to one that is, where there is none.
async fn keep_default(tx: &mut Tx, owner: UserId, budget: BudgetId, in_use: bool) -> Outcome<()> {
    if in_use { users::suggest_default(tx, owner, budget).await } else { users::leave_default(tx, owner, budget).await }
}

/// The newest one of the user's that is in use.
pub(super) async fn newest_in_use(tx: &mut Tx, user: UserId) -> Outcome<Option<BudgetId>> {
    let filter = doc! { "userId": oid(user.0), "deletedAt": null, "isActive": true };
    let found = all(tx, filter, doc! { "createdAt": -1, "_id": -1 }).await?;
    Ok(found.first().map(|budget| budget.id))
}

async fn set_deleted(tx: &mut Tx, write: &Write, id: BudgetId, deleted: bool) -> Outcome<Budget> {
    lock_budget(tx, id).await?;
    let mut budget = sharing::as_at_least(load(tx, write.actor, id).await?, Role::Owner)?;
    match (budget.deleted_at.is_some(), deleted) {
        (true, true) => return Err(Error::NotFound.into()),
        (false, false) => return Err(Error::Conflict(Conflict::NotInTrash).into()),
        _ => {}
    }
    let before = budget.clone();
    budget.deleted_at = deleted.then_some(write.now);
    budget.updated_at = write.now;
    let tables = Arc::clone(&tx.tables);
    let fields = Fields::default()
        .optional("deletedAt", budget.deleted_at.map(instant))
        .set("updatedAt", instant(budget.updated_at));
    tx.session.update(&tables.budgets, doc! { "_id": oid(id.0) }, fields.update()).await?;
    keep_default(tx, budget.user_id, id, !deleted && budget.is_active).await?;
    activity::keep(tx, of_budget(write, Some(&before), &budget)?).await?;
    Ok(budget)
}

/// Writes the owner and the members of a budget.
pub(super) async fn save_members(tx: &mut Tx, budget: &Budget) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let BudgetDoc { user_id, collaborators, .. } = BudgetDoc::from(budget);
    let members = doc! { "$set": { "userId": user_id, "collaborators": nested(&collaborators)? } };
    tx.session.update(&tables.budgets, doc! { "_id": oid(budget.id.0) }, members).await.map(drop)
}

/// Those that somebody has part in, in the trash or not.
pub(super) fn with(actor: UserId) -> Document {
    doc! { "$or": [{ "userId": oid(actor.0) }, { "collaborators.userId": oid(actor.0) }] }
}

/// The places of all rows that somebody may see: their private ones, and all budgets that they have part in, in the trash or
/// not; as at least `role`.
pub(super) async fn places(tx: &mut Tx, actor: UserId, role: Role) -> Outcome<Vec<ObjectId>> {
    let tables = Arc::clone(&tx.tables);
    let mut places = vec![oid(actor.0)];
    for stored in tx.session.all(&tables.budgets, with(actor), <_>::default()).await? {
        let budget = Budget::try_from(stored)?;
        places.extend(budget.role_of(actor).filter(|own| *own >= role).map(|_| oid(budget.id.0)));
    }
    Ok(places)
}

/// One that the actor has part in, in the trash or not.
pub(super) async fn load(tx: &mut Tx, actor: UserId, id: BudgetId) -> Outcome<Option<Seen>> {
    Ok(sharing::seen(whoevers(tx, id).await?, actor))
}

/// One, whoever's it is.
pub(super) async fn whoevers(tx: &mut Tx, id: BudgetId) -> Outcome<Option<Budget>> {
    let tables = Arc::clone(&tx.tables);
    tx.session.first(&tables.budgets, doc! { "_id": oid(id.0) }).await?.map(Budget::try_from).transpose()
}

/// One that the actor has part in and that is not in the trash.
pub(super) async fn live(tx: &mut Tx, actor: UserId, id: BudgetId) -> Outcome<Option<Seen>> {
    Ok(sharing::live(load(tx, actor, id).await?))
}

pub(super) async fn all(tx: &mut Tx, filter: Document, order: Document) -> Outcome<Vec<Budget>> {
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
    tx.session.delete(&tables.budget_invites, doc! { "budgetId": oid(id.0) }).await?;
    activity::forget_budgets(tx, &[oid(id.0).into()]).await?;
    tx.session.delete(&tables.spending, doc! { "budgetId": oid(id.0) }).await?;
    Ok(true)
}

/// A budget that the actor can't see, or that is in the trash, is not found.
pub(super) async fn require_live(tx: &mut Tx, actor: UserId, id: BudgetId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let seen = doc! { "$and": [{ "_id": oid(id.0), "deletedAt": null }, with(actor)] };
    if tx.session.exists(&tables.budgets, seen).await? { Ok(()) } else { Err(Error::NotFound.into()) }
}

/// The place that a row names is one that it may come to: see [`sharing::may_come`].
pub(super) async fn check_place(tx: &mut Tx, actor: UserId, expense: &Expense, moved: bool) -> Outcome<()> {
    let place = match expense.budget_id {
        Some(budget) => live(tx, actor, budget).await?,
        None => None,
    };
    Ok(sharing::may_come(actor, expense, place.as_ref(), moved)?)
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
            collaborators: budget.collaborators.iter().map(MemberDoc::from).collect(),
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
            collaborators: stored.collaborators.iter().map(Collaborator::try_from).collect::<Outcome<_>>()?,
            version: stored.version,
            is_active: stored.is_active,
            created_at: to_instant(stored.created_at)?,
            updated_at: to_instant(stored.updated_at)?,
            deleted_at: optional_instant(stored.deleted_at)?,
        })
    }
}

impl From<&Collaborator> for MemberDoc {
    fn from(member: &Collaborator) -> Self {
        Self { user_id: oid(member.user_id.0), role: member.role, added_at: instant(member.added_at) }
    }
}

impl TryFrom<&MemberDoc> for Collaborator {
    type Error = Failure;
    fn try_from(stored: &MemberDoc) -> Outcome<Self> {
        let user_id = UserId(stored.user_id.bytes());
        Ok(Self { user_id, role: stored.role, added_at: to_instant(stored.added_at)? })
    }
}
