//! The changes of a ledger as SQL: kept totals, and how many rows there are.
use super::{
    codec::{self, day, each, run},
    connection::Tx,
    failure::{Failure, Outcome},
};
use crate::{
    faults::FaultPoint,
    ledger::{Changes, Ledger, too_much},
};
use domain::{
    ids::{BudgetId, UserId},
    spending::{SpendingKey, Total},
};
use rusqlite::{Connection, params};

/// Writes all of it; what comes to nothing is deleted.
pub(super) fn write(ledger: Ledger, tx: &Tx<'_>, user: UserId) -> Outcome<()> {
    tx.pass(FaultPoint::Totals)?;
    let Changes { totals, tallies } = ledger.changes();
    for (key, change) in totals {
        add(tx, &key, change)?;
    }
    for (budget, change) in tallies {
        tally(tx, user, budget, change)?;
    }
    Ok(())
}

/// How private rows are counted in the tallies.
pub(super) fn tally_key(budget: Option<BudgetId>) -> Vec<u8> {
    budget.map(|id| id.0.to_vec()).unwrap_or_default()
}

/// Each tally there is: whose rows in which budget (none: private ones), and how many.
pub(super) fn every_tally(connection: &Connection, mut give: impl FnMut(UserId, Option<BudgetId>, i64)) -> Outcome<()> {
    each(connection, "SELECT user_id, budget_id, live FROM expense_tallies", [], |columns| {
        let (user, budget) = (columns.id(UserId)?, columns.get::<Vec<u8>>()?);
        let budget = if budget.is_empty() { None } else { Some(BudgetId(budget.try_into().map_err(unreadable)?)) };
        give(user, budget, columns.get()?);
        Ok(())
    })
}

fn unreadable(id: Vec<u8>) -> Failure {
    Failure::corrupt(format_args!("an id of {} bytes", id.len()))
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
            return Err(too_much().into());
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
