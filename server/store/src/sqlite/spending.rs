//! Kept totals of a budget, and what is in none of them for want of a rate.
use super::{
    codec::{Columns, all, day, each, first, kind, status},
    failure::{Failure, Outcome},
};
use domain::{
    Date,
    category::Category,
    expense::{Kind, Status},
    ids::BudgetId,
    period::Period,
    report::Unconverted,
    spending::{DayTotal, KindTotals, SpendingKey, Total},
};
use rusqlite::{Connection, params};

/// The totals of the days from `start` to `end`; the budget must have been found to be the actor's.
pub(super) fn totals(connection: &Connection, id: BudgetId, start: Date, end: Date) -> Outcome<Vec<DayTotal>> {
    all(
        connection,
        "SELECT day, kind, category, minor, count FROM spending
         WHERE budget_id = ? AND day BETWEEN ? AND ? ORDER BY day, kind, category",
        params![id.0, day(start), day(end)],
        |columns| {
            Ok(DayTotal {
                day: columns.day()?,
                kind: columns.coded(Kind::ALL)?,
                category: read_category(columns)?,
                total: Total { minor: columns.get()?, count: columns.get()? },
            })
        },
    )
}

/// Each total there is.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(SpendingKey, Total)) -> Outcome<()> {
    let sql = "SELECT budget_id, day, kind, category, minor, count FROM spending";
    each(connection, sql, [], |columns| {
        let key = SpendingKey {
            budget_id: columns.id(BudgetId)?,
            day: columns.day()?,
            kind: columns.coded(Kind::ALL)?,
            category: read_category(columns)?,
        };
        give(key, Total { minor: columns.get()?, count: columns.get()? });
        Ok(())
    })
}

/// What the totals of a period sum to.
pub(super) fn of_period(connection: &Connection, id: BudgetId, period: Period) -> Outcome<KindTotals> {
    let sums = first(
        connection,
        "SELECT coalesce(sum(minor) FILTER (WHERE kind = ?1), 0), coalesce(sum(minor) FILTER (WHERE kind = ?2), 0),
             coalesce(sum(minor) FILTER (WHERE kind = ?3), 0)
         FROM spending WHERE budget_id = ?4 AND day BETWEEN ?5 AND ?6",
        params![kind(Kind::Expense), kind(Kind::Refund), kind(Kind::Income), id.0, day(period.start), day(period.end)],
        |columns| Ok(KindTotals { expense: columns.get()?, refund: columns.get()?, income: columns.get()? }),
    )?;
    Ok(sums.unwrap_or_default())
}

fn read_category(columns: &mut Columns<'_, '_>) -> Outcome<Option<Category>> {
    let code: i64 = columns.get()?;
    if code == -1 {
        return Ok(None);
    }
    let index = usize::try_from(code).map_err(Failure::corrupt)?;
    Category::ALL.get(index).copied().map(Some).ok_or_else(|| Failure::corrupt(format_args!("category {code}")))
}

/// Rows of those days without a base amount: how many, and expenses less refunds, by currency.
pub(super) fn unconverted(connection: &Connection, id: BudgetId, start: Date, end: Date) -> Outcome<Vec<Unconverted>> {
    all(
        connection,
        "SELECT currency, count(*), sum(CASE kind WHEN ?1 THEN minor WHEN ?2 THEN -minor ELSE 0 END)
         FROM expenses INDEXED BY expenses_unconverted
         WHERE budget_id = ?3 AND base_minor IS NULL AND deleted_at IS NULL AND date BETWEEN ?4 AND ?5
             AND status IN (?6, ?7)
         GROUP BY currency ORDER BY currency",
        params![
            kind(Kind::Expense),
            kind(Kind::Refund),
            id.0,
            day(start),
            day(end),
            status(Status::Cleared),
            status(Status::Reconciled)
        ],
        |columns| Ok(Unconverted { currency: columns.currency()?, count: columns.count()?, minor: columns.get()? }),
    )
}
