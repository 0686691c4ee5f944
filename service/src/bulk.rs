//! One action on many expenses: all of them or none, in one transaction, and one entry in the timeline that takes all of
//! it back.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, require, write},
    error::Conflict,
    expenses::{base_amount, base_currency, out_of_trash},
    ports::store::Written,
};
use domain::{
    bulk::{self, Action, Bulk},
    expense::Expense,
    ids::{BudgetId, ExpenseId, UserId},
    input::Value,
    problem::{Problem, Problems},
    role::Role,
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// So often the rows are read anew where somebody changes one between the look and the write, and no version was named.
const TRIES: u32 = 4;

/// Does it. `input`: {ids, versions?, action, …}; see [`bulk::read`]. The answer has the rows that it changed.
///
/// [`Error::Missing`] where a row isn't there (or isn't the actor's, or in the trash), [`Error::Forbidden`] where one is in a
/// budget that they may only look at, [`Error::StaleVersion`] where one has another version than was named.
pub async fn apply(services: &Services, actor: &Actor, key: Option<Idempotency>, input: &Value) -> Result<Written> {
    let asked = bulk::read(input)?;
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut tries = 1;
    loop {
        match attempt(services, actor, key.clone(), &asked).await {
            Err(Error::StaleVersion { .. }) if asked.versions.is_none() && tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

async fn attempt(services: &Services, actor: &Actor, key: Option<Idempotency>, asked: &Bulk) -> Result<Written> {
    let before = found(services, actor, asked).await?;
    may_edit(services, actor, &before).await?;
    let stale = asked.versions.iter().flatten().zip(&before).find(|(version, row)| **version != row.version);
    if let Some((_, row)) = stale {
        return Err(Error::StaleVersion { current: row.version });
    }
    let write = write(services, actor, key);
    let next = match &asked.action {
        Action::Merge => merged(&before, write.now)?,
        action => {
            let mut next = each(action, &before)?;
            place(services, actor, action, &before, &mut next, write.now).await?;
            next
        }
    };
    let next = changed(&before, next, write.now)?;
    let written = services.store.update_expenses(&write, &next).await?;
    services.expenses_changed(actor, &before, &written.expenses).await;
    Ok(written)
}

/// The rows in the order of the ids, each in the state that the action needs.
async fn found(services: &Services, actor: &Actor, asked: &Bulk) -> Result<Vec<Expense>> {
    let rows = services.store.some_expenses(actor.user.id, &asked.ids).await?;
    let mut rows: BTreeMap<ExpenseId, Expense> = rows.into_iter().map(|row| (row.id, row)).collect();
    let (mut found, mut missing) = (Vec::with_capacity(asked.ids.len()), Problems::default());
    for (place, id) in asked.ids.iter().enumerate() {
        match rows.remove(id).filter(|row| asked.action.is_restore() || row.deleted_at.is_none()) {
            Some(row) => found.push(row),
            None => missing.add(format!("ids.{place}"), Problem::NotFound),
        }
    }
    if !missing.is_empty() {
        return Err(Error::Missing(missing));
    }
    if asked.action.is_restore() && found.iter().any(|row| row.deleted_at.is_none()) {
        return Err(Error::Conflict(Conflict::NotInTrash));
    }
    Ok(found)
}

/// Refuses whoever may only look at the budget of one of the rows. (The store asks again, in its transaction.)
async fn may_edit(services: &Services, actor: &Actor, rows: &[Expense]) -> Result<()> {
    let budgets: BTreeSet<BudgetId> = rows.iter().filter_map(|row| row.budget_id).collect();
    for budget in budgets {
        if let Some((_, role)) = services.store.budget(actor.user.id, budget).await? {
            require(role, Role::Edit)?;
        }
    }
    Ok(())
}

/// What the action makes of each row by itself.
fn each(action: &Action, before: &[Expense]) -> Result<Vec<Expense>> {
    let mut problems = Problems::default();
    let mut next = before.to_vec();
    for (place, row) in next.iter_mut().enumerate() {
        if let Err(problem) = action.apply(row) {
            problems.add(format!("ids.{place}"), problem);
        }
    }
    Ok(problems.into_result(next)?)
}

/// Trash, budget and what follows from it.
async fn place(
    services: &Services,
    actor: &Actor,
    action: &Action,
    before: &[Expense],
    rows: &mut [Expense],
    now: Timestamp,
) -> Result<()> {
    match action {
        Action::Delete => rows.iter_mut().for_each(|row| row.deleted_at = Some(now)),
        Action::Restore => {
            for row in rows {
                *row = out_of_trash(services, actor, row.clone()).await?;
            }
        }
        Action::Move(budget) => {
            let currency = base_currency(services, actor, *budget).await?;
            let there = match budget {
                Some(id) => services.store.budget(actor.user.id, *id).await?.map(|(budget, _)| budget),
                None => None,
            };
            let moved = before.iter().zip(rows).filter(|(before, row)| before.budget_id != row.budget_id);
            for (_, row) in moved {
                row.base = base_amount(row.amount, currency, row.date);
                // Parts are nobody's where those they are of have no part.
                for split in &mut row.splits {
                    let known =
                        |member: &UserId| there.as_ref().is_some_and(|budget| budget.role_of(*member).is_some());
                    split.member_id = split.member_id.filter(known);
                }
            }
        }
        Action::Categorize { .. } | Action::Tag { .. } | Action::Merge => {}
    }
    Ok(())
}

/// One of them with what all say, the others in the trash.
fn merged(before: &[Expense], now: Timestamp) -> Result<Vec<Expense>> {
    let keeper = bulk::keeper(before)?;
    let others: Vec<Expense> =
        before.iter().enumerate().filter(|(place, _)| *place != keeper).map(|(_, row)| row.clone()).collect();
    let mut kept = before[keeper].clone();
    bulk::merge(&mut kept, &others);
    let away = others.into_iter().map(|row| Expense { deleted_at: Some(now), ..row });
    Ok(std::iter::once(kept).chain(away).collect())
}

/// The next versions of those that are others than before. What doesn't fit together is a problem of its row.
fn changed(before: &[Expense], next: Vec<Expense>, now: Timestamp) -> Result<Vec<Expense>> {
    let places: BTreeMap<ExpenseId, usize> = before.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
    let (mut rows, mut problems) = (Vec::with_capacity(next.len()), Problems::default());
    for mut row in next {
        let Some(place) = places.get(&row.id).copied() else { continue };
        if before[place] == row {
            continue;
        }
        if let Err(found) = row.check() {
            for problem in found.0.into_values() {
                problems.add(format!("ids.{place}"), problem);
            }
        }
        (row.version, row.updated_at) = (row.version + 1, now);
        rows.push(row);
    }
    Ok(problems.into_result(rows)?)
}
