//! Both legs of a transfer: written together, and the one that follows the other.
use super::{
    activity, budgets,
    codec::{all, day, kind, status},
    connection::Tx,
    encode, expenses,
    failure::Outcome,
    ledger,
    members::places,
};
use crate::{ledger::Ledger, sharing};
use domain::{
    Date,
    expense::{Expense, Kind, Moved, Status},
    ids::{AccountId, ExpenseId, UserId},
};
use rusqlite::{Connection, params};
use service::{
    Error,
    activity::content::of_pair,
    ports::store::{Write, Written},
};

/// Both of them, each new with version 1, else changed.
pub(super) fn keep(tx: &Tx<'_>, write: &Write, legs: &[Expense; 2]) -> Outcome<Written> {
    let (mut rows, mut ledger) = (Vec::with_capacity(2), Ledger::default());
    for leg in legs {
        let (before, after) = if leg.version == 1 {
            if leg.user_id != write.actor {
                return Err(Error::NotFound.into());
            }
            budgets::check_place(tx, write.actor, leg, true)?;
            expenses::check_account(tx, write.actor, leg.account_id)?;
            encode::insert(tx, leg)?;
            (None, leg.clone())
        } else {
            let (before, after) = expenses::change(tx, write, leg)?;
            (Some(before), after)
        };
        ledger.change(before.as_ref(), Some(&after))?;
        rows.push((before, after));
    }
    ledger::write(ledger, tx)?;
    let told = of_pair(write, &rows)?;
    let activity = told.as_ref().map(|told| told.id);
    activity::keep(tx, told)?;
    Ok(Written { expenses: rows.into_iter().map(|(_, after)| after).collect(), activity })
}

/// The other leg goes along with one that is changed, unless it is changed itself (`written`).
pub(super) fn follow(
    tx: &Tx<'_>,
    write: &Write,
    before: &Expense,
    after: &Expense,
    written: &[ExpenseId],
    ledger: &mut Ledger,
) -> Outcome<()> {
    let Some(leg) = before.leg().filter(|leg| !written.contains(&leg.other)) else { return Ok(()) };
    let other = expenses::load(tx, write.actor, leg.other)?;
    let back = |row: &Expense| row.leg().is_some_and(|leg| leg.other == before.id);
    let Some(other) = other.filter(back) else {
        // It is gone for good, or where the actor has nothing to say.
        let moves = before.amount != after.amount
            || before.date != after.date
            || before.deleted_at.is_some() != after.deleted_at.is_some()
            || after.leg().is_none();
        let hidden = super::codec::exists(tx, "SELECT 1 FROM expenses WHERE id = ?", params![leg.other.0])?;
        return if moves && hidden { Err(Error::Forbidden.into()) } else { Ok(()) };
    };
    let Some(next) = other.follow(before, after) else { return Ok(()) };
    let place = match other.budget_id {
        Some(budget) => budgets::load(tx, write.actor, budget)?,
        None => None,
    };
    sharing::may_change(write.actor, &other, place)?;
    if other.deleted_at.is_some() && next.deleted_at.is_none() {
        budgets::check_place(tx, write.actor, &next, false)?;
    }
    let next = Expense { version: other.version + 1, updated_at: write.now, ..next };
    encode::update(tx, &next)?;
    Ok(ledger.change(Some(&other), Some(&next))?)
}

/// Rows that an import takes out again leave the other legs of their transfers behind, which stand by themselves then.
pub(super) fn left(tx: &Tx<'_>, write: &Write, gone: &[Expense], ledger: &mut Ledger) -> Outcome<()> {
    for row in gone {
        let Some(leg) = row.leg().filter(|leg| gone.iter().all(|other| other.id != leg.other)) else { continue };
        let Some(other) = expenses::load(tx, write.actor, leg.other)? else { continue };
        if other.leg().is_none_or(|back| back.other != row.id) {
            continue;
        }
        let mut next = Expense { version: other.version + 1, updated_at: write.now, ..other.clone() };
        next.part();
        encode::update(tx, &next)?;
        ledger.change(Some(&other), Some(&next))?;
    }
    Ok(())
}

/// What may be one leg of a transfer, the newest first.
pub(super) fn unpaired(connection: &Connection, actor: UserId, since: Date, limit: u32) -> Outcome<Vec<Moved>> {
    all(
        connection,
        concat!(
            "SELECT id, account_id, kind, minor, currency, date FROM expenses INDEXED BY expenses_by_date
             WHERE place IN (",
            places!(),
            ") AND deleted_at IS NULL AND date >= ?2 AND status IN (?3, ?4) AND user_id = ?1
                 AND account_id IS NOT NULL AND incoming IS NULL AND kind <> ?5
             ORDER BY date DESC, id DESC LIMIT ?6"
        ),
        params![actor.0, day(since), status(Status::Cleared), status(Status::Reconciled), kind(Kind::Refund), limit],
        |columns| {
            let (id, account_id) = (columns.id(ExpenseId)?, columns.id(AccountId)?);
            let (kind, minor): (Kind, i64) = (columns.coded(Kind::ALL)?, columns.get()?);
            let signed = if kind == Kind::Income { minor } else { -minor };
            Ok(Moved { id, account_id, signed, currency: columns.currency()?, date: columns.day()? })
        },
    )
}
