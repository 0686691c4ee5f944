//! Both legs of a transfer: written together, and the one that follows the other.
use super::{
    activity, budgets, expenses,
    failure::Outcome,
    ledger, row,
    transaction::{Tx, lock_budget},
    values::oid,
};
use crate::{ledger::Ledger, sharing};
use domain::{
    Date,
    currency::Currency,
    expense::{Expense, Kind, Moved, Status},
    ids::{AccountId, ExpenseId, UserId},
    role::Role,
};
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    activity::content::of_pair,
    ports::store::{Write, Written},
};
use std::sync::Arc;

/// Of an expense what may make it one leg of a transfer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MovedDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    account_id: ObjectId,
    kind: Kind,
    minor: i64,
    currency: Currency,
    #[serde(with = "domain::wire::date")]
    date: Date,
}

/// Both of them, each new with version 1, else changed.
pub(super) async fn keep(tx: &mut Tx, write: &Write, legs: &[Expense; 2]) -> Outcome<Written> {
    let (mut rows, mut ledger) = (Vec::with_capacity(2), Ledger::default());
    for leg in legs {
        let (before, after) = if leg.version == 1 {
            if leg.user_id != write.actor {
                return Err(Error::NotFound.into());
            }
            if let Some(budget) = leg.budget_id {
                lock_budget(tx, budget).await?;
            }
            budgets::check_place(tx, write.actor, leg, true).await?;
            expenses::check_account(tx, write.actor, leg.account_id).await?;
            row::insert(tx, leg).await?;
            (None, leg.clone())
        } else {
            let (before, after) = expenses::change(tx, write, leg).await?;
            (Some(before), after)
        };
        ledger.change(before.as_ref(), Some(&after))?;
        rows.push((before, after));
    }
    ledger::write(tx, ledger).await?;
    let told = of_pair(write, &rows)?;
    let activity = told.as_ref().map(|told| told.id);
    activity::keep(tx, told).await?;
    Ok(Written { expenses: rows.into_iter().map(|(_, after)| after).collect(), activity })
}

/// The other leg goes along with one that is changed, unless it is changed itself (`written`).
pub(super) async fn follow(
    tx: &mut Tx,
    write: &Write,
    before: &Expense,
    after: &Expense,
    written: &[ExpenseId],
    ledger: &mut Ledger,
) -> Outcome<()> {
    let Some(leg) = before.leg().filter(|leg| !written.contains(&leg.other)) else { return Ok(()) };
    let other = expenses::load(tx, write.actor, leg.other).await?;
    let back = |row: &Expense| row.leg().is_some_and(|leg| leg.other == before.id);
    let Some(other) = other.filter(back) else {
        // It is gone for good, or where the actor has nothing to say.
        let moves = before.amount != after.amount
            || before.date != after.date
            || before.deleted_at.is_some() != after.deleted_at.is_some()
            || after.leg().is_none();
        let tables = Arc::clone(&tx.tables);
        let hidden = tx.session.exists(&tables.expenses, doc! { "_id": oid(leg.other.0) }).await?;
        return if moves && hidden { Err(Error::Forbidden.into()) } else { Ok(()) };
    };
    let Some(next) = other.follow(before, after) else { return Ok(()) };
    let place = match other.budget_id {
        Some(budget) => {
            lock_budget(tx, budget).await?;
            budgets::load(tx, write.actor, budget).await?
        }
        None => None,
    };
    sharing::may_change(write.actor, &other, place)?;
    if other.deleted_at.is_some() && next.deleted_at.is_none() {
        budgets::check_place(tx, write.actor, &next, false).await?;
    }
    let next = Expense { version: other.version + 1, updated_at: write.now, ..next };
    row::replace(tx, &next).await?;
    Ok(ledger.change(Some(&other), Some(&next))?)
}

/// Rows that an import takes out again leave the other legs of their transfers behind, which stand by themselves then.
pub(super) async fn left(tx: &mut Tx, write: &Write, gone: &[Expense], ledger: &mut Ledger) -> Outcome<()> {
    for gone_row in gone {
        let other = gone_row.leg().map(|leg| leg.other).filter(|other| gone.iter().all(|row| row.id != *other));
        let Some(other) = other else { continue };
        let Some(other) = expenses::load(tx, write.actor, other).await? else { continue };
        if other.leg().is_none_or(|back| back.other != gone_row.id) {
            continue;
        }
        if let Some(budget) = other.budget_id {
            lock_budget(tx, budget).await?;
        }
        let mut next = Expense { version: other.version + 1, updated_at: write.now, ..other.clone() };
        next.part();
        row::replace(tx, &next).await?;
        ledger.change(Some(&other), Some(&next))?;
    }
    Ok(())
}

/// What may be one leg of a transfer, the newest first.
pub(super) async fn unpaired(tx: &mut Tx, actor: UserId, since: Date, limit: u32) -> Outcome<Vec<Moved>> {
    let places = budgets::places(tx, actor, Role::View).await?;
    let counts = [Status::Cleared, Status::Reconciled].map(Status::as_str);
    let filter = doc! {
        "place": { "$in": places }, "deletedAt": null, "date": { "$gte": since.to_string() },
        "status": { "$in": counts.to_vec() }, "userId": oid(actor.0), "accountId": { "$ne": null }, "pairing": null,
        "kind": { "$ne": Kind::Refund.as_str() },
    };
    let newest = FindOptions::builder().sort(doc! { "date": -1, "_id": -1 }).limit(i64::from(limit)).build();
    let rows = tx.tables.expenses.clone_with_type::<MovedDoc>();
    let found = tx.session.all(&rows, filter, newest).await?;
    let moved = |row: MovedDoc| Moved {
        id: ExpenseId(row.id.bytes()),
        account_id: AccountId(row.account_id.bytes()),
        signed: if row.kind == Kind::Income { row.minor } else { -row.minor },
        currency: row.currency,
        date: row.date,
    };
    Ok(found.into_iter().map(moved).collect())
}
