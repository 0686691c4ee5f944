//! The changes of a ledger as SQL: kept totals, and how many rows there are.
use super::{
    codec::{self, day, each, run},
    connection::Tx,
    failure::{Failure, Outcome},
};
use crate::{
    faults::FaultPoint,
    ledger::{Changes, Ledger, Place, too_much},
};
use domain::spending::{SpendingKey, Total};
use rusqlite::{Connection, params};

/// Writes all of it; what comes to nothing is deleted.
pub(super) fn write(ledger: Ledger, tx: &Tx<'_>) -> Outcome<()> {
    tx.pass(FaultPoint::Totals)?;
    let Changes { totals, tallies } = ledger.changes();
    for (key, change) in totals {
        add(tx, &key, change)?;
    }
    for (place, change) in tallies {
        tally(tx, place, change)?;
    }
    Ok(())
}

/// Each tally there is: of which place, and how many.
pub(super) fn every_tally(connection: &Connection, mut give: impl FnMut([u8; 12], i64)) -> Outcome<()> {
    each(connection, "SELECT place, live FROM expense_tallies", [], |columns| {
        give(columns.get()?, columns.get()?);
        Ok(())
    })
}

/// Changes the number of live rows that a place has.
pub(super) fn tally(tx: &Tx<'_>, place: Place, change: i64) -> Outcome<()> {
    if change == 0 {
        return Ok(());
    }
    run(
        tx,
        "INSERT INTO expense_tallies (place, live) VALUES (?1, ?2)
         ON CONFLICT (place) DO UPDATE SET live = live + excluded.live",
        params![place.id(), change],
    )?;
    if change < 0 {
        run(tx, "DELETE FROM expense_tallies WHERE place = ? AND live = 0", params![place.id()])?;
    }
    Ok(())
}

/// A place that goes has no tally any more.
pub(super) fn forget(tx: &Tx<'_>, place: Place) -> Outcome<()> {
    run(tx, "DELETE FROM expense_tallies WHERE place = ?", params![place.id()]).map(drop)
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
