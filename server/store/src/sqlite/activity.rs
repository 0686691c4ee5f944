//! The timeline as rows: written beside what it tells of, read by budget and by person.
use super::{
    SqliteStore, budgets,
    codec::{self, Columns, all, each, first, instant, run},
    connection::Tx,
    failure::Outcome,
    receipts,
};
use crate::limits::TOLD;
use domain::ids::{ActivityId, BudgetId, UserId};
use jiff::Timestamp;
use rusqlite::{Connection, ToSql, params};
use service::{
    Error, Result,
    activity::places::{narrowed, places},
    error::Conflict,
    ports::{
        activity::{Activity, ActivityQuery, ActivityStore, Feed, Undoes},
        store::Page,
    },
};
use std::collections::BTreeSet;

/// What [`read`] reads, in its order.
macro_rules! told {
    () => {
        "SELECT id, undone_by, undone_at, also_in, details FROM activity"
    };
}

/// Rows that one transaction forgets: others want to write, too.
const AT_ONCE: i64 = 2_000;

#[async_trait::async_trait]
impl ActivityStore for SqliteStore {
    async fn activity(&self, actor: UserId, id: ActivityId) -> Result<Option<Activity>> {
        self.read(move |connection| {
            let sql = concat!(told!(), " WHERE id = ?");
            let Some(found) = first(connection, sql, params![id.0], read)? else { return Ok(None) };
            if seen(connection, actor, &found)? { narrow(connection, actor, found).map(Some) } else { Ok(None) }
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
    let sql = concat!(
        told!(),
        " WHERE subject = ? AND kind IN ('deleted', 'imported') AND kind = ? AND undone_by IS NULL
          ORDER BY at DESC, id DESC LIMIT 1"
    );
    let found = first(tx, sql, params![change.subject.id(), kind.as_str()], read)?;
    Ok(found.map(|ended| Undoes { id: ended.id, backward: !ended.backward }))
}

/// One row as it is.
pub(super) fn insert(tx: &Tx<'_>, activity: &Activity) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO activity (id, user_id, budget_id, also_in, subject, kind, at, undone_by, undone_at, details)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            activity.id.0,
            activity.user_id.0,
            activity.budget_id.map(|id| id.0),
            activity.also_in.map(|id| id.0),
            activity.about(),
            activity.kind.as_str(),
            instant(activity.at),
            activity.undone_by.map(|id| id.0),
            activity.undone_at.map(instant),
            codec::json(activity)?,
        ],
    )?;
    receipts::keep(tx, activity)
}

/// Each one there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Activity) -> Outcome<()>) -> Outcome<()> {
    each(connection, concat!(told!(), " ORDER BY id"), [], |columns| give(read(columns)?))
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
    if told.budget_id.is_none() {
        return Ok(own);
    }
    for budget in told.budget_id.into_iter().chain(told.also_in) {
        let found =
            if own { budgets::load(connection, actor, budget)? } else { budgets::live(connection, actor, budget)? };
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Of something that went from one place to another, what the actor may know of it.
fn narrow(connection: &Connection, actor: UserId, told: Activity) -> Outcome<Activity> {
    let mut seen = BTreeSet::new();
    for place in places(&told) {
        let sees = match place {
            Some(budget) => budgets::load(connection, actor, budget)?.is_some(),
            None => told.user_id == actor,
        };
        if sees {
            seen.insert(place);
        }
    }
    Ok(narrowed(told, &seen))
}

fn in_sight(connection: &Connection, actor: UserId, budget: BudgetId) -> Outcome<bool> {
    Ok(budgets::live(connection, actor, budget)?.is_some())
}

fn page(connection: &Connection, actor: UserId, query: &ActivityQuery) -> Outcome<Page<Activity>> {
    let limit = query.limit as usize;
    let mut page = match query.feed {
        Feed::Own => part(connection, OWN, actor.0, query)?,
        Feed::Budget(budget) if in_sight(connection, actor, budget)? => {
            let mut here = part(connection, "budget_id = ?1", budget.0, query)?;
            // What went out of it stands by itself: each half is read in the order of its index.
            let gone = part(connection, "also_in = ?1", budget.0, query)?;
            here.total += gone.total;
            here.items.extend(gone.items);
            here.items.sort_by_key(|told| std::cmp::Reverse((told.at, told.id)));
            here
        }
        Feed::Budget(_) => return Err(Error::NotFound.into()),
    };
    page.more = page.items.len() > limit;
    page.items.truncate(limit);
    page.items = page.items.into_iter().map(|told| narrow(connection, actor, told)).collect::<Outcome<_>>()?;
    Ok(page)
}

/// Those of one person: not what was done in budgets that they have no part in any more.
const OWN: &str = "user_id = ?1 AND (budget_id IS NULL OR EXISTS (
        SELECT 1 FROM budgets WHERE budgets.id IN (activity.budget_id, activity.also_in) AND budgets.user_id = ?1
    ) OR EXISTS (
        SELECT 1 FROM budget_members AS member
        WHERE member.budget_id IN (activity.budget_id, activity.also_in) AND member.user_id = ?1
    ))";

/// What fits, the newest first, and one more than are asked for.
fn part(connection: &Connection, filter: &str, of: [u8; 12], query: &ActivityQuery) -> Outcome<Page<Activity>> {
    let (by, kind) = (query.by.map(|by| by.0), query.kind.map(|kind| kind.as_str()));
    let mut filter = filter.to_owned();
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
    let sql = format!(concat!(told!(), " WHERE {} ORDER BY at DESC, id DESC LIMIT ?{}"), filter, values.len());
    let items = all(connection, &sql, values.as_slice(), read)?;
    Ok(Page { items, total, more: false })
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Activity> {
    let id = columns.id(ActivityId)?;
    let (undone_by, undone_at) = (columns.optional_id(ActivityId)?, columns.optional_instant()?);
    let also_in = columns.optional_id(BudgetId)?;
    Ok(Activity { id, undone_by, undone_at, also_in, ..columns.json()? })
}
