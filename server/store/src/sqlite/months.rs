//! What the months of a budget have besides their totals, and sums by month and by subcategory.
use super::{
    SqliteStore, activity, budgets,
    codec::{self, Columns, all, day, each, first, kind, month, run, status},
    connection::Tx,
    failure::{Failure, Outcome},
    versions,
};
use crate::sharing;
use domain::{
    budget::Plan,
    category::Category,
    expense::{Kind, Status},
    ids::{BudgetId, UserId},
    months::MonthEntry,
    period::{MonthStartDay, Period},
    role::Role,
    spending::{MonthSpent, PartRow, PartTotal, by_subcategory},
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    activity::together::of_month,
    ports::store::{MonthStore, Write},
};

#[async_trait::async_trait]
impl MonthStore for SqliteStore {
    async fn plans(&self, actor: UserId, id: BudgetId) -> Result<Vec<Plan>> {
        self.read(move |connection| {
            budgets::require_live(connection, actor, id)?;
            versions::counting_plans(connection, id)
        })
        .await
    }

    async fn months(&self, actor: UserId, id: BudgetId) -> Result<Vec<MonthEntry>> {
        self.read(move |connection| {
            budgets::require_live(connection, actor, id)?;
            of_budget(connection, id)
        })
        .await
    }

    async fn keep_month(&self, write: &Write, entry: &MonthEntry) -> Result<MonthEntry> {
        let entry = entry.clone();
        self.write(write, move |tx, write| keep(tx, write, entry)).await
    }

    async fn spent_by_month(
        &self,
        actor: UserId,
        id: BudgetId,
        days: Period,
        start: MonthStartDay,
    ) -> Result<Vec<MonthSpent>> {
        self.read(move |connection| {
            budgets::require_live(connection, actor, id)?;
            by_month(connection, id, days, start)
        })
        .await
    }

    async fn spent_by_part(&self, actor: UserId, id: BudgetId, days: Period) -> Result<Vec<PartTotal>> {
        self.read(move |connection| {
            budgets::require_live(connection, actor, id)?;
            by_part(connection, id, days)
        })
        .await
    }
}

/// Those of a budget, by month.
pub(super) fn of_budget(connection: &Connection, id: BudgetId) -> Outcome<Vec<MonthEntry>> {
    let sql = "SELECT entry FROM budget_months WHERE budget_id = ? ORDER BY month";
    all(connection, sql, params![id.0], |columns| columns.json())
}

/// Each there is, by budget and month.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(MonthEntry) -> Outcome<()>) -> Outcome<()> {
    let sql = "SELECT entry FROM budget_months ORDER BY budget_id, month";
    each(connection, sql, [], |columns| give(columns.json()?))
}

pub(super) fn insert(tx: &Tx<'_>, entry: &MonthEntry) -> Outcome<()> {
    run(
        tx,
        "INSERT OR REPLACE INTO budget_months (budget_id, month, version, entry) VALUES (?, ?, ?, ?)",
        params![entry.budget_id.0, month(entry.month), entry.version, codec::json(entry)?],
    )
    .map(drop)
}

fn keep(tx: &Tx<'_>, write: &Write, entry: MonthEntry) -> Outcome<MonthEntry> {
    let budget = sharing::as_at_least(budgets::live(tx, write.actor, entry.budget_id)?, Role::Edit)?;
    let sql = "SELECT entry FROM budget_months WHERE budget_id = ? AND month = ?";
    let month = params![entry.budget_id.0, month(entry.month)];
    let stored: Option<MonthEntry> = first(tx, sql, month, |columns| columns.json())?;
    let current = stored.as_ref().map_or(0, |stored| stored.version);
    if current + 1 != entry.version {
        return Err(Error::StaleVersion { current }.into());
    }
    insert(tx, &entry)?;
    activity::keep(tx, of_month(write, &budget, stored.as_ref(), &entry)?)?;
    Ok(entry)
}

/// A month of the budget is two halves of calendar months, which are summed apart.
fn by_month(connection: &Connection, id: BudgetId, days: Period, start: MonthStartDay) -> Outcome<Vec<MonthSpent>> {
    all(
        connection,
        // One number to group by: a quarter faster than three.
        "SELECT key / 32, key / 16 % 2, key % 16, total FROM (
             SELECT (day / 100 * 2 + (day % 100 < ?1)) * 16 + category AS key,
                 sum(CASE kind WHEN ?2 THEN minor ELSE -minor END) AS total
             FROM spending
             WHERE budget_id = ?3 AND day BETWEEN ?4 AND ?5 AND kind IN (?2, ?6) AND category >= 0
             GROUP BY key)",
        params![start.get(), kind(Kind::Expense), id.0, day(days.start), day(days.end), kind(Kind::Refund)],
        |columns| {
            let calendar = versions::to_month(columns.get()?)?;
            let before_start: bool = columns.get()?;
            Ok(MonthSpent {
                month: if before_start { calendar.previous() } else { calendar },
                category: columns.coded(&Category::ALL)?,
                minor: columns.get()?,
            })
        },
    )
}

fn by_part(connection: &Connection, id: BudgetId, days: Period) -> Outcome<Vec<PartTotal>> {
    let rows = all(
        connection,
        "SELECT kind, base_minor, category, subcategory, splits FROM expenses INDEXED BY expenses_by_part
         WHERE budget_id = ?1 AND date BETWEEN ?2 AND ?3 AND base_minor IS NOT NULL AND status IN (?4, ?5)
             AND deleted_at IS NULL AND (subcategory IS NOT NULL OR splits IS NOT NULL)",
        params![id.0, day(days.start), day(days.end), status(Status::Cleared), status(Status::Reconciled)],
        read_part,
    )?;
    Ok(by_subcategory(rows))
}

fn read_part(columns: &mut Columns<'_, '_>) -> Outcome<PartRow> {
    Ok(PartRow {
        kind: columns.coded(Kind::ALL)?,
        base: columns.get::<Option<i64>>()?.ok_or_else(|| Failure::corrupt("no base amount"))?,
        category: columns.optional_coded(&Category::ALL)?,
        subcategory: columns.get()?,
        splits: columns.list()?,
    })
}
