//! The timeline as rows: written beside what it tells of, read by budget and by person.
use super::{
    SqliteStore, budgets,
    codec::{self, Columns, all, each, first, instant, run},
    connection::Tx,
    failure::Outcome,
};
use crate::limits::TOLD;
use domain::ids::{ActivityId, BudgetId, UserId};
use jiff::Timestamp;
use rusqlite::{Connection, ToSql, params};
use service::{
    Error, Result,
    error::Conflict,
    ports::{
        activity::{Activity, ActivityQuery, ActivityStore, Feed, Undoes},
        store::Page,
    },
};

/// Rows that one transaction forgets: others want to write, too.
const AT_ONCE: i64 = 2_000;

#[async_trait::async_trait]
impl ActivityStore for SqliteStore {
    async fn activity(&self, actor: UserId, id: ActivityId) -> Result<Option<Activity>> {
        self.read(move |connection| {
            let sql = "SELECT id, undone_by, undone_at, details FROM activity WHERE id = ?";
            let Some(found) = first(connection, sql, params![id.0], read)? else { return Ok(None) };
            let seen = seen(connection, actor, &found)?;
            Ok(Some(found).filter(|_| seen))
        })
        .await
    }

    async fn activities(&self, actor: UserId, query: &ActivityQuery) -> Result<Page<Activity>> {
        let query = *query;
        self.read(move |connection| page(connection, actor, &query)).await
    }
}

/// Keeps what a write tells; none: it changed nothing. What it takes back is marked, in the same transaction.
pub(super) fn keep(tx: &Tx<'_>, told: Option<Activity>) -> Outcome<()> {
    let Some(mut activity) = told else { return Ok(()) };
    if activity.undoes.is_none()
        && let Some(ended) = ended_by(tx, &activity)?
    {
        (activity.undoes, activity.backward) = (Some(ended.id), ended.backward);
    }
    insert(tx, &activity)?;
    let Some(undone) = activity.undoes else { return Ok(()) };
    let sql = "UPDATE activity SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_by IS NULL";
    match run(tx, sql, params![activity.id.0, instant(activity.at), undone.0])? {
        1 => Ok(()),
        _ => Err(Error::Conflict(Conflict::AlreadyUndone).into()),
    }
}

/// What comes back from the trash is no longer thrown away, whichever way it came; so it is with bank files.
fn ended_by(tx: &Tx<'_>, activity: &Activity) -> Outcome<Option<Undoes>> {
    let (Some(kind), [change]) = (activity.kind.ends(), activity.changes.as_slice()) else { return Ok(None) };
    let sql = "SELECT id, undone_by, undone_at, details FROM activity
               WHERE subject = ? AND kind IN ('deleted', 'imported') AND kind = ? AND undone_by IS NULL
               ORDER BY at DESC, id DESC LIMIT 1";
    let found = first(tx, sql, params![change.subject.id(), kind.as_str()], read)?;
    Ok(found.map(|ended| Undoes { id: ended.id, backward: !ended.backward }))
}

/// One row as it is.
pub(super) fn insert(tx: &Tx<'_>, activity: &Activity) -> Outcome<()> {
    let subject = activity.changes.first().map(|change| change.subject.id()).unwrap_or_default();
    run(
        tx,
        "INSERT INTO activity (id, user_id, budget_id, subject, kind, at, undone_by, undone_at, details)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            activity.id.0,
            activity.user_id.0,
            activity.budget_id.map(|id| id.0),
            subject,
            activity.kind.as_str(),
            instant(activity.at),
            activity.undone_by.map(|id| id.0),
            activity.undone_at.map(instant),
            codec::json(activity)?,
        ],
    )
    .map(drop)
}

/// Each one there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Activity) -> Outcome<()>) -> Outcome<()> {
    let sql = "SELECT id, undone_by, undone_at, details FROM activity ORDER BY id";
    each(connection, sql, [], |columns| give(read(columns)?))
}

/// Forgets some of what was done two years ago. How many.
pub(super) fn forget(tx: &Tx<'_>, now: Timestamp) -> Outcome<usize> {
    let before = now.checked_sub(TOLD).unwrap_or(Timestamp::MIN);
    // From person to person, each by their index.
    let sql = "DELETE FROM activity WHERE id IN (
                   SELECT told.id FROM users CROSS JOIN activity AS told INDEXED BY activity_by_user
                   ON told.user_id = users.id AND told.at <= ? LIMIT ?)";
    run(tx, sql, params![instant(before), AT_ONCE])
}

/// What was done in a budget is seen by who has part in it, and by who did it also while it is in the trash; all else
/// only by who did it.
fn seen(connection: &Connection, actor: UserId, told: &Activity) -> Outcome<bool> {
    let own = told.user_id == actor;
    match told.budget_id {
        Some(budget) if own => Ok(budgets::load(connection, actor, budget)?.is_some()),
        Some(budget) => in_sight(connection, actor, Some(budget)),
        None => Ok(own),
    }
}

fn in_sight(connection: &Connection, actor: UserId, budget: Option<BudgetId>) -> Outcome<bool> {
    match budget {
        Some(budget) => Ok(budgets::live(connection, actor, budget)?.is_some()),
        None => Ok(false),
    }
}

fn page(connection: &Connection, actor: UserId, query: &ActivityQuery) -> Outcome<Page<Activity>> {
    let (column, of) = match query.feed {
        Feed::Own => ("user_id", actor.0),
        Feed::Budget(budget) if in_sight(connection, actor, Some(budget))? => ("budget_id", budget.0),
        Feed::Budget(_) => return Err(Error::NotFound.into()),
    };
    let (by, kind) = (query.by.map(|by| by.0), query.kind.map(|kind| kind.as_str()));
    let mut filter = format!("{column} = ?1");
    if query.feed == Feed::Own {
        // Not what was done in budgets that they have no part in any more.
        filter.push_str(
            " AND (budget_id IS NULL OR EXISTS (
                 SELECT 1 FROM budgets WHERE budgets.id = activity.budget_id AND budgets.user_id = ?1
             ) OR EXISTS (
                 SELECT 1 FROM budget_members AS member WHERE member.budget_id = activity.budget_id AND member.user_id = ?1
             ))",
        );
    }
    let mut values: Vec<&dyn ToSql> = vec![&of];
    let mut add = |part: &str, value| {
        values.push(value);
        filter = format!("{filter} AND {part} = ?{}", values.len());
    };
    if let Some(by) = &by {
        add("user_id", by);
    }
    if let Some(kind) = &kind {
        add("kind", kind);
    }
    if let Some(subject) = &query.subject {
        add("subject", subject);
    }
    let count = format!("SELECT count(*) FROM activity WHERE {filter}");
    let total = first(connection, &count, values.as_slice(), |columns| columns.count())?.unwrap_or(0);
    let cursor = query.cursor.map(|cursor| (instant(cursor.at), cursor.id.0));
    if let Some((at, id)) = &cursor {
        values.extend([at as &dyn ToSql, id]);
        filter = format!("{filter} AND (at, id) < (?{}, ?{})", values.len() - 1, values.len());
    }
    let limit = i64::from(query.limit) + 1;
    values.push(&limit);
    let sql = format!(
        "SELECT id, undone_by, undone_at, details FROM activity WHERE {filter} ORDER BY at DESC, id DESC LIMIT ?{}",
        values.len()
    );
    let mut items = all(connection, &sql, values.as_slice(), read)?;
    let more = items.len() > query.limit as usize;
    items.truncate(query.limit as usize);
    Ok(Page { items, total, more })
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Activity> {
    let id = columns.id(ActivityId)?;
    let (undone_by, undone_at) = (columns.optional_id(ActivityId)?, columns.optional_instant()?);
    Ok(Activity { id, undone_by, undone_at, ..columns.json()? })
}
