//! Who has part in which budget, and where the rows stand that somebody may see.
use super::{
    codec::{all, instant, run},
    connection::Tx,
    failure::Outcome,
    ledger,
};
use crate::ledger::Place;
use domain::{
    budget::Budget,
    ids::{BudgetId, UserId},
    sharing::Collaborator,
};
use jiff::Timestamp;
use rusqlite::params;

/// The places of all rows that ?1 may see: their private ones, and all budgets that they have part in, in the trash or not.
macro_rules! places {
    () => {
        "SELECT ?1 UNION ALL SELECT id FROM budgets WHERE user_id = ?1 \
         UNION ALL SELECT budget_id FROM budget_members WHERE user_id = ?1"
    };
}
pub(super) use places;

pub(super) fn insert(tx: &Tx<'_>, budget: BudgetId, member: &Collaborator) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO budget_members (budget_id, user_id, role, added_at) VALUES (?, ?, ?, ?)",
        params![budget.0, member.user_id.0, member.role.as_str(), instant(member.added_at)],
    )
    .map(drop)
}

/// Writes the owner and the members of a budget.
pub(super) fn save(tx: &Tx<'_>, budget: &Budget) -> Outcome<()> {
    run(tx, "UPDATE budgets SET user_id = ? WHERE id = ?", params![budget.user_id.0, budget.id.0])?;
    run(tx, "DELETE FROM budget_members WHERE budget_id = ?", params![budget.id.0])?;
    budget.collaborators.iter().try_for_each(|member| insert(tx, budget.id, member))
}

/// A budget that goes leaves its rows behind as private ones of those who entered them; not those of `but`, who goes, too.
pub(super) fn scatter(tx: &Tx<'_>, budget: BudgetId, but: Option<UserId>, now: Option<Timestamp>) -> Outcome<()> {
    let but = but.map_or(Vec::new(), |user| user.0.to_vec());
    let live = all(
        tx,
        "SELECT user_id, count(*) FROM expenses INDEXED BY expenses_by_date
         WHERE place = ? AND deleted_at IS NULL AND user_id <> ? GROUP BY user_id",
        params![budget.0, but],
        |columns| Ok((columns.id(UserId)?, columns.get::<i64>()?)),
    )?;
    for (user, live) in live {
        ledger::tally(tx, Place::Private(user), live)?;
    }
    ledger::forget(tx, Place::Budget(budget))?;
    run(
        tx,
        "UPDATE expenses SET budget_id = NULL, place = user_id, version = version + 1,
             deleted_by = iif(deleted_at IS NULL, NULL, user_id),
             updated_at = coalesce(?, updated_at)
         WHERE place = ? AND user_id <> ?",
        params![now.map(instant), budget.0, but],
    )?;
    run(
        tx,
        "UPDATE users SET default_budget_id = NULL WHERE default_budget_id = ?1 AND id IN (
             SELECT user_id FROM budgets WHERE id = ?1 UNION ALL SELECT user_id FROM budget_members WHERE budget_id = ?1)",
        params![budget.0],
    )
    .map(drop)
}
