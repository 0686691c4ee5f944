//! Series of recurring expenses: one row each, written with the expenses that they make.
use super::{
    SqliteStore, activity, budgets,
    codec::{self, Columns, all, day, each, exists, first, run, status},
    connection::Tx,
    expenses,
    failure::Outcome,
    members::places,
};
use crate::sharing;
use domain::{
    Date,
    expense::{Expense, Kind, Status},
    ids::{BudgetId, ExpenseId, SeriesId, UserId},
    money::Money,
    recurrence::{Row, Series},
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    activity::series::of_series,
    ports::{
        series::{Due, SeriesStore},
        store::Write,
    },
};

#[async_trait::async_trait]
impl SeriesStore for SqliteStore {
    async fn create_series(&self, write: &Write, series: &Series) -> Result<Series> {
        let series = series.clone();
        self.write(write, move |tx, write| create(tx, write, series)).await
    }

    async fn series(&self, actor: UserId, id: SeriesId) -> Result<Option<Series>> {
        self.read(move |connection| load(connection, actor, id)).await
    }

    async fn all_series(&self, actor: UserId) -> Result<Vec<Series>> {
        self.read(move |connection| {
            let sql = concat!(
                "SELECT details, budget_id, next_date FROM recurring WHERE user_id = ?1 OR budget_id IN (",
                places!(),
                ") ORDER BY id"
            );
            all(connection, sql, params![actor.0], read)
        })
        .await
    }

    async fn update_series(&self, write: &Write, series: &Series) -> Result<Series> {
        let series = series.clone();
        self.write(write, move |tx, write| update(tx, write, series)).await
    }

    async fn keep_with_series(&self, write: &Write, expense: &Expense, series: &Series) -> Result<Expense> {
        let (expense, series) = (expense.clone(), series.clone());
        self.write(write, move |tx, write| {
            match series.version {
                1 => drop(create(tx, write, series)?),
                _ => drop(update(tx, write, series)?),
            }
            match expense.version {
                1 => expenses::create(tx, write, expense),
                _ => expenses::update(tx, write, expense),
            }
        })
        .await
    }

    async fn due_series(&self, until: Date, limit: u32) -> Result<Vec<Due>> {
        self.read(move |connection| {
            all(
                connection,
                "SELECT id, user_id, next_date FROM recurring WHERE next_date <= ? ORDER BY next_date, id LIMIT ?",
                params![day(until), limit],
                |columns| {
                    Ok(Due { id: columns.id(SeriesId)?, user_id: columns.id(UserId)?, next_date: columns.day()? })
                },
            )
        })
        .await
    }

    async fn recurrence_history(&self, actor: UserId, since: Date, limit: u32) -> Result<Vec<Row>> {
        self.read(move |connection| history(connection, actor, since, limit)).await
    }
}

fn create(tx: &Tx<'_>, write: &Write, series: Series) -> Outcome<Series> {
    let taken = exists(tx, "SELECT 1 FROM recurring WHERE id = ?", params![series.id.0])?;
    if taken || series.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let sample = series.sample();
    budgets::check_place(tx, write.actor, &sample, true)?;
    expenses::check_account(tx, write.actor, sample.account_id)?;
    insert(tx, &series)?;
    activity::keep(tx, of_series(write, None, &series)?)?;
    Ok(series)
}

fn update(tx: &Tx<'_>, write: &Write, series: Series) -> Outcome<Series> {
    let before = load(tx, write.actor, series.id)?.filter(|before| before.user_id == series.user_id);
    let before = before.ok_or(Error::NotFound)?;
    let place = match before.budget_id {
        Some(budget) => budgets::load(tx, write.actor, budget)?,
        None => None,
    };
    sharing::may_change_series(write.actor, &before, &series, place)?;
    if before.version + 1 != series.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let sample = series.sample();
    if series.budget_id != before.budget_id {
        sharing::may_move_series(write.actor, &series)?;
        budgets::check_place(tx, write.actor, &sample, true)?;
    }
    if series.template.account_id.is_some() && series.template.account_id != before.template.account_id {
        sharing::may_book(write.actor, &sample)?;
        expenses::check_account(tx, write.actor, sample.account_id)?;
    }
    run(
        tx,
        "UPDATE recurring SET budget_id = ?, next_date = ?, version = ?, details = ? WHERE id = ?",
        params![
            series.budget_id.map(|id| id.0),
            series.next_date.map(day),
            series.version,
            codec::json(&series)?,
            series.id.0
        ],
    )?;
    activity::keep(tx, of_series(write, Some(&before), &series)?)?;
    Ok(series)
}

pub(super) fn insert(tx: &Tx<'_>, series: &Series) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO recurring (id, user_id, budget_id, next_date, version, details) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            series.id.0,
            series.user_id.0,
            series.budget_id.map(|id| id.0),
            series.next_date.map(day),
            series.version,
            codec::json(series)?
        ],
    )
    .map(drop)
}

/// One that the actor may see: their own, or one of a budget that they have part in.
fn load(connection: &Connection, actor: UserId, id: SeriesId) -> Outcome<Option<Series>> {
    let sql = concat!(
        "SELECT details, budget_id, next_date FROM recurring WHERE id = ?2 AND (user_id = ?1 OR budget_id IN (",
        places!(),
        "))"
    );
    first(connection, sql, params![actor.0, id.0], read)
}

/// Each series there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Series) -> Outcome<()>) -> Outcome<()> {
    let sql = "SELECT details, budget_id, next_date FROM recurring ORDER BY id";
    each(connection, sql, [], |columns| give(read(columns)?))
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Series> {
    let series: Series = columns.json()?;
    // Its budget may have gone since.
    Ok(Series { budget_id: columns.optional_id(BudgetId)?, next_date: columns.optional_day()?, ..series })
}

fn history(connection: &Connection, actor: UserId, since: Date, limit: u32) -> Outcome<Vec<Row>> {
    all(
        connection,
        concat!(
            "SELECT id, merchant_key, kind, minor, currency, date FROM expenses INDEXED BY expenses_by_date
             WHERE place IN (",
            places!(),
            ") AND deleted_at IS NULL AND date >= ?2 AND status IN (?3, ?4) AND merchant_key > '' AND user_id = ?1
                 AND series_id IS NULL
             ORDER BY date DESC, id DESC LIMIT ?5"
        ),
        params![actor.0, day(since), status(Status::Cleared), status(Status::Reconciled), limit],
        |columns| {
            Ok(Row {
                id: columns.id(ExpenseId)?,
                merchant_key: columns.get()?,
                kind: columns.coded(Kind::ALL)?,
                amount: Money::new(columns.get()?, columns.currency()?),
                date: columns.day()?,
            })
        },
    )
}
