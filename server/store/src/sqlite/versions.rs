//! The history of budgets as rows: one for each version, never changed.
use super::{
    SqliteStore, budgets,
    codec::{self, Columns, all, each, first, instant, month, run},
    connection::Tx,
    failure::{Failure, Outcome},
};
use crate::transfer::BudgetVersion;
use domain::{
    budget::{Plan, counting},
    ids::{BudgetId, UserId},
    period::Month,
};
use rusqlite::{Connection, params};
use service::{
    Result,
    ports::{
        store::Page,
        versions::{MadeVersion, VersionStore},
    },
};

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
            version.source.as_str(),
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
        source: columns.word()?,
        note: columns.get()?,
        effective_from: to_month(columns.get()?)?,
        plan: columns.json()?,
    })
}

/// The plans of those that count in some month, in the order of versions. Only these are read from their JSON.
pub(super) fn counting_plans(connection: &Connection, id: BudgetId) -> Outcome<Vec<Plan>> {
    let sql = "SELECT effective_from FROM budget_versions WHERE budget_id = ? ORDER BY version DESC";
    let months = all(connection, sql, params![id.0], |columns| to_month(columns.get()?))?;
    let mut counts = counting(&months).into_iter().rev();
    let sql = "SELECT plan FROM budget_versions WHERE budget_id = ? ORDER BY version";
    let mut plans = Vec::new();
    each(connection, sql, params![id.0], |columns| {
        if counts.next().unwrap_or(true) {
            plans.push(columns.json()?);
        }
        Ok(())
    })?;
    Ok(plans)
}

/// What [`made`] reads, in its order, for ?1. A maker's name only where they let others see it.
macro_rules! made_columns {
    () => {
        "SELECT v.budget_id, v.version, v.made_by, v.made_at, v.source, v.note, v.effective_from, v.plan, u.name
         FROM budget_versions v LEFT JOIN users u ON u.id = v.made_by
             AND (u.id = ?1 OR coalesce(u.preferences ->> '$.privacy.shareData', 1))"
    };
}

fn made(columns: &mut Columns<'_, '_>) -> Outcome<MadeVersion> {
    Ok(MadeVersion { version: read(columns)?, maker: columns.get()? })
}

#[async_trait::async_trait]
impl VersionStore for SqliteStore {
    async fn versions(
        &self,
        actor: UserId,
        id: BudgetId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Page<MadeVersion>> {
        self.read(move |connection| {
            budgets::require_live(connection, actor, id)?;
            let sql =
                concat!(made_columns!(), " WHERE v.budget_id = ?2 AND v.version < ?3 ORDER BY v.version DESC LIMIT ?4");
            let mut items =
                all(connection, sql, params![actor.0, id.0, before.unwrap_or(i64::MAX), i64::from(limit) + 1], made)?;
            let more = items.len() > limit as usize;
            items.truncate(limit as usize);
            let count = "SELECT count(*) FROM budget_versions WHERE budget_id = ?";
            let total = first(connection, count, params![id.0], |columns| columns.count())?.unwrap_or_default();
            Ok(Page { items, total, more })
        })
        .await
    }

    async fn version(&self, actor: UserId, id: BudgetId, version: i64) -> Result<Option<MadeVersion>> {
        self.read(move |connection| {
            if budgets::live(connection, actor, id)?.is_none() {
                return Ok(None);
            }
            let sql = concat!(made_columns!(), " WHERE v.budget_id = ?2 AND v.version = ?3");
            first(connection, sql, params![actor.0, id.0, version], made)
        })
        .await
    }
}

/// From yyyymm.
pub(super) fn to_month(number: i64) -> Outcome<Month> {
    let year = i16::try_from(number.div_euclid(100)).map_err(Failure::corrupt)?;
    let month = i8::try_from(number.rem_euclid(100)).map_err(Failure::corrupt)?;
    if (1..=12).contains(&month) {
        Ok(Month { year, month })
    } else {
        Err(Failure::corrupt(format_args!("month {number}")))
    }
}
