//! What follows from the rows: the kept totals of spending, and how many rows there are. Changes are gathered in memory
//! and written once, in the transaction of the rows.
use super::{
    codec::{self, day, run},
    connection::Tx,
    failure::{Failure, Outcome},
};
use crate::faults::FaultPoint;
use domain::{
    expense::Expense,
    ids::{BudgetId, UserId},
    money::{MAX_MINOR, format_minor},
    problem::Problem,
    spending::{SpendingKey, Total, difference},
};
use rusqlite::params;
use service::Error;
use std::collections::BTreeMap;

/// Changes of totals and tallies that are not written yet.
#[derive(Default)]
pub(super) struct Ledger {
    totals: BTreeMap<SpendingKey, Total>,
    tallies: BTreeMap<Option<BudgetId>, i64>,
}

impl Ledger {
    /// Notes that `before` became `after` (none: is not there).
    pub(super) fn change(&mut self, before: Option<&Expense>, after: Option<&Expense>) -> Outcome<()> {
        for (key, change) in difference(before, after) {
            let total = self.totals.entry(key).or_default();
            total.minor = total.minor.checked_add(change.minor).ok_or_else(too_much)?;
            total.count += change.count;
        }
        let mut tally = |expense: Option<&Expense>, by: i64| {
            if let Some(live) = expense.filter(|expense| expense.deleted_at.is_none()) {
                *self.tallies.entry(live.budget_id).or_default() += by;
            }
        };
        tally(after, 1);
        tally(before, -1);
        Ok(())
    }

    /// Writes all of it; what comes to nothing is deleted.
    pub(super) fn write(self, tx: &Tx<'_>, user: UserId) -> Outcome<()> {
        tx.pass(FaultPoint::Totals)?;
        for (key, change) in self.totals {
            if change != Total::default() {
                add(tx, &key, change)?;
            }
        }
        for (budget, change) in self.tallies {
            tally(tx, user, budget, change)?;
        }
        Ok(())
    }
}

/// How private rows are counted in the tallies.
pub(super) fn tally_key(budget: Option<BudgetId>) -> Vec<u8> {
    budget.map(|id| id.0.to_vec()).unwrap_or_default()
}

/// Changes the number of live rows that a user has in a budget.
pub(super) fn tally(tx: &Tx<'_>, user: UserId, budget: Option<BudgetId>, change: i64) -> Outcome<()> {
    if change == 0 {
        return Ok(());
    }
    let key = tally_key(budget);
    run(
        tx,
        "INSERT INTO expense_tallies (user_id, budget_id, live) VALUES (?1, ?2, ?3)
         ON CONFLICT (user_id, budget_id) DO UPDATE SET live = live + excluded.live",
        params![user.0, key, change],
    )?;
    if change < 0 {
        run(tx, "DELETE FROM expense_tallies WHERE user_id = ? AND budget_id = ? AND live = 0", params![user.0, key])?;
    }
    Ok(())
}

fn add(tx: &Tx<'_>, key: &SpendingKey, change: Total) -> Outcome<()> {
    let category = key.category.map_or(-1, codec::category);
    let place = (key.budget_id.0, day(key.day), codec::kind(key.kind), category);
    let written = run(
        tx,
        "INSERT INTO spending (budget_id, day, kind, category, minor, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (budget_id, day, kind, category)
         DO UPDATE SET minor = minor + excluded.minor, count = count + excluded.count",
        params![place.0, place.1, place.2, place.3, change.minor, change.count],
    );
    match written {
        // A sum beyond 64 bits becomes a float, which a STRICT table refuses.
        Err(Failure::Sql(rusqlite::Error::SqliteFailure(error, _)))
            if error.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_DATATYPE =>
        {
            return Err(too_much());
        }
        other => other?,
    };
    if change.count < 0 {
        run(
            tx,
            "DELETE FROM spending WHERE budget_id = ? AND day = ? AND kind = ? AND category = ? AND count = 0 AND minor = 0",
            params![place.0, place.1, place.2, place.3],
        )?;
    }
    Ok(())
}

/// A total that can't be kept.
fn too_much() -> Failure {
    let max = format_minor(MAX_MINOR, 0);
    Failure::Service(Error::field("amount", Problem::OutOfRange { min: format!("-{max}"), max }))
}
