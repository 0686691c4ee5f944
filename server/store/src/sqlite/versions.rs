//! The history of budgets as rows: one for each version, never changed.
use super::{
    codec::{self, Columns, all, each, instant, month, run},
    connection::Tx,
    failure::{Failure, Outcome},
};
use crate::transfer::BudgetVersion;
use domain::{
    ids::{BudgetId, UserId},
    period::Month,
};
use rusqlite::{Connection, params};

pub(super) fn insert(tx: &Tx<'_>, version: &BudgetVersion) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO budget_versions (budget_id, version, made_by, made_at, source, note, effective_from, plan)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            version.budget_id.0,
            version.version,
            version.made_by.0,
            instant(version.made_at),
            version.source,
            version.note,
            month(version.effective_from),
            codec::json(&version.plan)?,
        ],
    )
    .map(drop)
}

macro_rules! version_columns {
    () => {
        "SELECT budget_id, version, made_by, made_at, source, note, effective_from, plan FROM budget_versions"
    };
}

/// Each version there is, by budget and number.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(BudgetVersion) -> Outcome<()>) -> Outcome<()> {
    each(connection, concat!(version_columns!(), " ORDER BY budget_id, version"), [], |columns| give(read(columns)?))
}

/// Those of a budget, the oldest first.
pub(super) fn of_budget(connection: &Connection, id: BudgetId) -> Outcome<Vec<BudgetVersion>> {
    all(connection, concat!(version_columns!(), " WHERE budget_id = ? ORDER BY version"), params![id.0], read)
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<BudgetVersion> {
    Ok(BudgetVersion {
        budget_id: columns.id(BudgetId)?,
        version: columns.get()?,
        made_by: columns.id(UserId)?,
        made_at: columns.instant()?,
        source: columns.get()?,
        note: columns.get()?,
        effective_from: to_month(columns.get()?)?,
        plan: columns.json()?,
    })
}

/// From yyyymm.
fn to_month(number: i64) -> Outcome<Month> {
    let year = i16::try_from(number.div_euclid(100)).map_err(Failure::corrupt)?;
    let month = i8::try_from(number.rem_euclid(100)).map_err(Failure::corrupt)?;
    if (1..=12).contains(&month) {
        Ok(Month { year, month })
    } else {
        Err(Failure::corrupt(format_args!("month {number}")))
    }
}
