//! Budgets, the history of their plans, and whether one may be named by a write.
use super::{
    SqliteStore,
    codec::{self, Columns, all, each, first, instant, month, run},
    connection::Tx,
    failure::{Failure, Outcome},
    spending, users, versions,
};
use crate::transfer::BudgetVersion;
use domain::{
    Date,
    budget::{Budget, Plan},
    currency::Currency,
    expense::Expense,
    ids::{BudgetId, UserId},
    period::{Month, MonthStartDay, Period},
    problem::Problem,
    report::Unconverted,
    role::Role,
    spending::{DayTotal, KindTotals},
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    error::Conflict,
    ports::store::{BudgetStore, Write},
};

macro_rules! budget_columns {
    () => {
        "id, user_id, kind, plan, ai_generated, month_start_day, version, is_active, created_at, updated_at, deleted_at"
    };
}

#[async_trait::async_trait]
impl BudgetStore for SqliteStore {
    async fn create_budget(&self, write: &Write, budget: &Budget) -> Result<Budget> {
        let budget = budget.clone();
        self.write(write, move |tx, write| create(tx, write, budget)).await
    }

    async fn budget(&self, actor: UserId, id: BudgetId) -> Result<Option<(Budget, Role)>> {
        self.read(move |connection| {
            let found = load(connection, actor, id)?.filter(|budget| budget.deleted_at.is_none());
            Ok(found.map(|budget| (budget, Role::Owner)))
        })
        .await
    }

    async fn budgets(&self, actor: UserId) -> Result<Vec<(Budget, Role)>> {
        self.read(move |connection| {
            all(
                connection,
                concat!(
                    "SELECT ",
                    budget_columns!(),
                    " FROM budgets WHERE user_id = ? AND deleted_at IS NULL ORDER BY created_at DESC, id DESC"
                ),
                params![actor.0],
                |columns| Ok((read(columns)?, Role::Owner)),
            )
        })
        .await
    }

    async fn update_budget(&self, write: &Write, budget: &Budget) -> Result<Budget> {
        let budget = budget.clone();
        self.write(write, move |tx, write| update(tx, write, budget)).await
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
    keep_version(tx, write, &budget)?;
    users::suggest_default(tx, write.actor, budget.id)?;
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
    )
    .map(drop)
}

/// Each budget there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Budget) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", budget_columns!(), " FROM budgets ORDER BY id");
    each(connection, sql, [], |columns| give(read(columns)?))
}

fn update(tx: &Tx<'_>, write: &Write, budget: Budget) -> Outcome<Budget> {
    let before = load(tx, write.actor, budget.id)?.filter(|before| before.deleted_at.is_none());
    let before = before.filter(|_| budget.user_id == write.actor).ok_or(Error::NotFound)?;
    if before.version + 1 != budget.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    if before.plan.currency != budget.plan.currency {
        return Err(Error::Internal("a budget's currency can't change: its totals are kept in it".to_owned()).into());
    }
    run(
        tx,
        "UPDATE budgets SET
             kind = ?, plan = ?, ai_generated = ?, month_start_day = ?, version = ?, is_active = ?, updated_at = ?
         WHERE id = ? AND user_id = ?",
        params![
            budget.kind.as_str(),
            codec::json(&budget.plan)?,
            budget.ai_generated,
            budget.month_start_day.get(),
            budget.version,
            budget.is_active,
            instant(budget.updated_at),
            budget.id.0,
            write.actor.0,
        ],
    )?;
    keep_version(tx, write, &budget)?;
    Ok(Budget { created_at: before.created_at, deleted_at: None, ..budget })
}

fn keep_version(tx: &Tx<'_>, write: &Write, budget: &Budget) -> Outcome<()> {
    versions::insert(
        tx,
        &BudgetVersion {
            budget_id: budget.id,
            version: budget.version,
            made_by: write.actor,
            made_at: write.now,
            source: "user".to_owned(),
            note: None,
            effective_from: budget.plan.effective_from,
            plan: budget.plan.clone(),
        },
    )
}

fn set_deleted(tx: &Tx<'_>, write: &Write, id: BudgetId, deleted: bool) -> Outcome<Budget> {
    let mut budget = load(tx, write.actor, id)?.ok_or(Error::NotFound)?;
    match (budget.deleted_at.is_some(), deleted) {
        (true, true) => return Err(Error::NotFound.into()),
        (false, false) => return Err(Error::Conflict(Conflict::NotInTrash).into()),
        _ => {}
    }
    budget.deleted_at = deleted.then_some(write.now);
    budget.updated_at = write.now;
    run(
        tx,
        "UPDATE budgets SET deleted_at = ?, updated_at = ? WHERE id = ? AND user_id = ?",
        params![budget.deleted_at.map(instant), instant(write.now), id.0, write.actor.0],
    )?;
    Ok(budget)
}

fn plan(connection: &Connection, actor: UserId, id: BudgetId, wanted: Month) -> Outcome<Option<Plan>> {
    if live_currency(connection, actor, id)?.is_none() {
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

/// The actor's, in the trash or not.
fn load(connection: &Connection, actor: UserId, id: BudgetId) -> Outcome<Option<Budget>> {
    let sql = concat!("SELECT ", budget_columns!(), " FROM budgets WHERE id = ? AND user_id = ?");
    first(connection, sql, params![id.0, actor.0], read)
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

/// The currency of a budget that the actor may see and that is not in the trash.
pub(super) fn live_currency(connection: &Connection, actor: UserId, id: BudgetId) -> Outcome<Option<Currency>> {
    let sql = "SELECT currency FROM budgets WHERE id = ? AND user_id = ? AND deleted_at IS NULL";
    first(connection, sql, params![id.0, actor.0], |columns| columns.currency())
}

fn require_live(connection: &Connection, actor: UserId, id: BudgetId) -> Outcome<()> {
    live_currency(connection, actor, id)?.map(drop).ok_or_else(|| Error::NotFound.into())
}

/// The budget that an expense names, if any, is its user's and not in the trash, and the base amount is in its currency.
pub(super) fn check_base(connection: &Connection, expense: &Expense) -> Outcome<()> {
    let Some(budget) = expense.budget_id else { return Ok(()) };
    let Some(currency) = live_currency(connection, expense.user_id, budget)? else {
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

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Budget> {
    Ok(Budget {
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
    })
}
