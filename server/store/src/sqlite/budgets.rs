//! Budgets, the history of their plans, and whether one may be named by a write.
use super::{
    SqliteStore, activity,
    codec::{self, Columns, all, each, first, instant, month, run},
    connection::Tx,
    failure::{Failure, Outcome},
    members, spending, users, versions,
};
use crate::{
    sharing::{self, Seen},
    transfer::BudgetVersion,
};
use domain::{
    Date,
    budget::{Budget, Plan},
    expense::Expense,
    ids::{BudgetId, UserId},
    period::{Month, MonthStartDay, Period},
    report::Unconverted,
    role::Role,
    sharing::Collaborator,
    spending::{DayTotal, KindTotals},
    version::VersionOrigin,
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    activity::content::of_budget,
    error::Conflict,
    ports::store::{BudgetStore, Write},
};

macro_rules! budget_columns {
    () => {
        "id, user_id, kind, plan, ai_generated, month_start_day, version, is_active, created_at, updated_at, deleted_at, \
         (SELECT json_group_array(json_array(lower(hex(m.user_id)), m.role, m.added_at)) FROM budget_members m \
          WHERE m.budget_id = budgets.id)"
    };
}

#[async_trait::async_trait]
impl BudgetStore for SqliteStore {
    async fn create_budget(&self, write: &Write, budget: &Budget) -> Result<Budget> {
        let budget = budget.clone();
        self.write(write, move |tx, write| create(tx, write, budget)).await
    }

    async fn budget(&self, actor: UserId, id: BudgetId) -> Result<Option<(Budget, Role)>> {
        self.glance(move |connection| live(connection, actor, id)).await
    }

    async fn budgets(&self, actor: UserId) -> Result<Vec<(Budget, Role)>> {
        self.glance(move |connection| {
            all(
                connection,
                concat!(
                    "SELECT ",
                    budget_columns!(),
                    " FROM budgets WHERE deleted_at IS NULL
                         AND (user_id = ?1 OR id IN (SELECT budget_id FROM budget_members WHERE user_id = ?1))
                     ORDER BY created_at DESC, id DESC"
                ),
                params![actor.0],
                |columns| seen(columns, actor),
            )
        })
        .await
    }

    async fn update_budget(&self, write: &Write, budget: &Budget, origin: &VersionOrigin) -> Result<Budget> {
        let (budget, origin) = (budget.clone(), origin.clone());
        self.write(write, move |tx, write| update(tx, write, budget, origin)).await
    }

    async fn set_budget_deleted(&self, write: &Write, id: BudgetId, deleted: bool) -> Result<Budget> {
        self.write(write, move |tx, write| set_deleted(tx, write, id, deleted)).await
    }

    async fn plan(&self, actor: UserId, id: BudgetId, month: Month) -> Result<Option<Plan>> {
        self.read(move |connection| plan(connection, actor, id, month)).await
    }

    async fn spending(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<DayTotal>> {
        self.read(move |connection| {
            require_live(connection, actor, id)?;
            spending::totals(connection, id, start, end)
        })
        .await
    }

    async fn spending_of(&self, actor: UserId, id: BudgetId, periods: &[Period]) -> Result<Vec<KindTotals>> {
        let periods = periods.to_vec();
        self.read(move |connection| {
            require_live(connection, actor, id)?;
            periods.iter().map(|period| spending::of_period(connection, id, *period)).collect()
        })
        .await
    }

    async fn unconverted(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<Unconverted>> {
        self.read(move |connection| {
            require_live(connection, actor, id)?;
            spending::unconverted(connection, id, start, end)
        })
        .await
    }
}

fn create(tx: &Tx<'_>, write: &Write, budget: Budget) -> Outcome<Budget> {
    if budget.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    insert(tx, &budget)?;
    keep_version(tx, write, &budget, VersionOrigin::default())?;
    users::suggest_default(tx, write.actor, budget.id)?;
    activity::keep(tx, of_budget(write, None, &budget)?)?;
    Ok(budget)
}

pub(super) fn insert(tx: &Tx<'_>, budget: &Budget) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO budgets (
             id, user_id, kind, currency, plan, ai_generated, month_start_day, version, is_active, created_at,
             updated_at, deleted_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            budget.id.0,
            budget.user_id.0,
            budget.kind.as_str(),
            budget.plan.currency.code(),
            codec::json(&budget.plan)?,
            budget.ai_generated,
            budget.month_start_day.get(),
            budget.version,
            budget.is_active,
            instant(budget.created_at),
            instant(budget.updated_at),
            budget.deleted_at.map(instant),
        ],
    )?;
    budget.collaborators.iter().try_for_each(|member| members::insert(tx, budget.id, member))
}

/// Each budget there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Budget) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", budget_columns!(), " FROM budgets ORDER BY id");
    each(connection, sql, [], |columns| give(read(columns)?))
}

fn update(tx: &Tx<'_>, write: &Write, budget: Budget, origin: VersionOrigin) -> Outcome<Budget> {
    let before = sharing::as_at_least(live(tx, write.actor, budget.id)?, Role::Edit)?;
    if before.version + 1 != budget.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    if before.plan.currency != budget.plan.currency {
        return Err(Error::Internal("a budget's currency can't change: its totals are kept in it".to_owned()).into());
    }
    // Whose it is was perhaps another's when it was read, and a handover makes no version.
    let budget = Budget {
        user_id: before.user_id,
        collaborators: before.collaborators.clone(),
        created_at: before.created_at,
        deleted_at: None,
        ..budget
    };
    run(
        tx,
        "UPDATE budgets SET
             kind = ?, plan = ?, ai_generated = ?, month_start_day = ?, version = ?, is_active = ?, updated_at = ?
         WHERE id = ?",
        params![
            budget.kind.as_str(),
            codec::json(&budget.plan)?,
            budget.ai_generated,
            budget.month_start_day.get(),
            budget.version,
            budget.is_active,
            instant(budget.updated_at),
            budget.id.0,
        ],
    )?;
    keep_version(tx, write, &budget, origin)?;
    if before.is_active != budget.is_active {
        keep_default(tx, budget.user_id, budget.id, budget.is_active)?;
    }
    activity::keep(tx, of_budget(write, Some(&before), &budget)?)?;
    Ok(budget)
}

/// The default moves on from a budget that is no longer in use, and comes to one that is, where there is none.
fn keep_default(tx: &Tx<'_>, owner: UserId, budget: BudgetId, in_use: bool) -> Outcome<()> {
    if in_use { users::suggest_default(tx, owner, budget) } else { users::leave_default(tx, owner, budget) }
}

fn keep_version(tx: &Tx<'_>, write: &Write, budget: &Budget, origin: VersionOrigin) -> Outcome<()> {
    versions::insert(
        tx,
        &BudgetVersion {
            budget_id: budget.id,
            version: budget.version,
            made_by: write.actor,
            made_at: write.now,
            source: origin.source,
            note: origin.note,
            effective_from: budget.plan.effective_from,
            plan: budget.plan.clone(),
        },
    )
}

fn set_deleted(tx: &Tx<'_>, write: &Write, id: BudgetId, deleted: bool) -> Outcome<Budget> {
    let mut budget = sharing::as_at_least(load(tx, write.actor, id)?, Role::Owner)?;
    match (budget.deleted_at.is_some(), deleted) {
        (true, true) => return Err(Error::NotFound.into()),
        (false, false) => return Err(Error::Conflict(Conflict::NotInTrash).into()),
        _ => {}
    }
    let before = budget.clone();
    budget.deleted_at = deleted.then_some(write.now);
    budget.updated_at = write.now;
    run(
        tx,
        "UPDATE budgets SET deleted_at = ?, updated_at = ? WHERE id = ? AND user_id = ?",
        params![budget.deleted_at.map(instant), instant(write.now), id.0, write.actor.0],
    )?;
    keep_default(tx, budget.user_id, id, !deleted && budget.is_active)?;
    activity::keep(tx, of_budget(write, Some(&before), &budget)?)?;
    Ok(budget)
}

fn plan(connection: &Connection, actor: UserId, id: BudgetId, wanted: Month) -> Outcome<Option<Plan>> {
    if live(connection, actor, id)?.is_none() {
        return Ok(None);
    }
    let counted = first(
        connection,
        "SELECT plan FROM budget_versions WHERE budget_id = ? AND effective_from <= ? ORDER BY version DESC LIMIT 1",
        params![id.0, month(wanted)],
        |columns| columns.json(),
    )?;
    if counted.is_some() {
        return Ok(counted);
    }
    let sql = "SELECT plan FROM budget_versions WHERE budget_id = ? ORDER BY version LIMIT 1";
    first(connection, sql, params![id.0], |columns| columns.json())
}

/// One that the actor has part in, in the trash or not.
pub(super) fn load(connection: &Connection, actor: UserId, id: BudgetId) -> Outcome<Option<Seen>> {
    Ok(sharing::seen(whoevers(connection, id)?, actor))
}

/// One, whoever's it is.
pub(super) fn whoevers(connection: &Connection, id: BudgetId) -> Outcome<Option<Budget>> {
    let sql = concat!("SELECT ", budget_columns!(), " FROM budgets WHERE id = ?");
    first(connection, sql, params![id.0], read)
}

/// One that the actor has part in and that is not in the trash.
pub(super) fn live(connection: &Connection, actor: UserId, id: BudgetId) -> Outcome<Option<Seen>> {
    Ok(sharing::live(load(connection, actor, id)?))
}

/// All of the actor's own, the oldest first.
pub(super) fn own(connection: &Connection, actor: UserId) -> Outcome<Vec<Budget>> {
    let sql = concat!("SELECT ", budget_columns!(), " FROM budgets WHERE user_id = ? ORDER BY created_at, id");
    all(connection, sql, params![actor.0], read)
}

pub(super) fn in_trash(connection: &Connection, actor: UserId) -> Outcome<Vec<Budget>> {
    let sql = concat!(
        "SELECT ",
        budget_columns!(),
        " FROM budgets INDEXED BY budgets_by_user WHERE user_id = ? AND deleted_at IS NOT NULL
         ORDER BY deleted_at DESC, id DESC"
    );
    all(connection, sql, params![actor.0], read)
}

/// A budget that the actor can't see, or that is in the trash, is not found.
pub(super) fn require_live(connection: &Connection, actor: UserId, id: BudgetId) -> Outcome<()> {
    let sql = "SELECT 1 FROM budgets WHERE id = ?2 AND deleted_at IS NULL AND (user_id = ?1
                   OR EXISTS (SELECT 1 FROM budget_members WHERE budget_id = ?2 AND user_id = ?1))";
    if codec::exists(connection, sql, params![actor.0, id.0])? { Ok(()) } else { Err(Error::NotFound.into()) }
}

/// The place that a row names is one that it may come to: see [`sharing::may_come`].
pub(super) fn check_place(connection: &Connection, actor: UserId, expense: &Expense, moved: bool) -> Outcome<()> {
    let place = match expense.budget_id {
        Some(budget) => live(connection, actor, budget)?,
        None => None,
    };
    Ok(sharing::may_come(actor, expense, place.as_ref(), moved)?)
}

fn seen(columns: &mut Columns<'_, '_>, actor: UserId) -> Outcome<Seen> {
    sharing::seen(Some(read(columns)?), actor)
        .ok_or_else(|| Failure::corrupt("a budget without the role of its member"))
}

/// Id, role and instant, as the sub-query of the columns gives them.
fn members(columns: &mut Columns<'_, '_>) -> Outcome<Vec<Collaborator>> {
    let found: Vec<(UserId, Role, i64)> = columns.json()?;
    let member = |(user_id, role, at)| Ok(Collaborator { user_id, role, added_at: codec::to_instant(at)? });
    found.into_iter().map(member).collect()
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Budget> {
    let mut budget = Budget {
        id: columns.id(BudgetId)?,
        user_id: columns.id(UserId)?,
        kind: columns.word()?,
        plan: columns.json()?,
        ai_generated: columns.get()?,
        month_start_day: {
            let day: u8 = columns.get()?;
            MonthStartDay::new(day).ok_or_else(|| Failure::corrupt(format_args!("month start day {day}")))?
        },
        version: columns.get()?,
        is_active: columns.get()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
        deleted_at: columns.optional_instant()?,
        collaborators: members(columns)?,
    };
    budget.sort_members();
    Ok(budget)
}
