//! The changes of a ledger as updates: kept totals, and how many rows there are.
//!
//! Each user has one document, which counts their live rows by budget and is written first in each of their transactions
//! (see `transaction`).
use super::{
    failure::{Failure, Outcome, code},
    transaction::Tx,
    values::{category, oid},
};
use crate::{
    faults::FaultPoint,
    ledger::{Changes, Ledger, too_much},
};
use domain::{
    ids::{BudgetId, UserId},
    spending::{SpendingKey, Total},
};
use mongodb::bson::{Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// Where private rows are counted.
const PRIVATE: &str = "private";

#[derive(Serialize, Deserialize)]
pub(super) struct LedgerDoc {
    #[serde(rename = "_id")]
    user_id: ObjectId,
    /// Transactions so far.
    writes: i64,
    /// Live rows by budget.
    #[serde(default)]
    live: BTreeMap<String, i64>,
}

/// Writes all of it; what comes to nothing is deleted.
pub(super) async fn write(tx: &mut Tx, user: UserId, ledger: Ledger) -> Outcome<()> {
    tx.pass(FaultPoint::Totals)?;
    let Changes { totals, tallies } = ledger.changes();
    add(tx, &totals).await?;
    tally(tx, user, &tallies).await
}

/// Changes the numbers of live rows that a user has.
pub(super) async fn tally(tx: &mut Tx, user: UserId, changes: &[(Option<BudgetId>, i64)]) -> Outcome<()> {
    let changes: Document = changes.iter().map(|(budget, change)| (field(*budget), (*change).into())).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let tables = Arc::clone(&tx.tables);
    tx.session.upsert(&tables.ledgers, doc! { "_id": oid(user.0) }, doc! { "$inc": changes }).await
}

/// A budget that goes for good has its rows counted as private ones.
pub(super) async fn forget(tx: &mut Tx, user: UserId, budget: BudgetId) -> Outcome<()> {
    let live = live(tx, user, Some(budget)).await?;
    tally(tx, user, &[(None, i64::try_from(live).unwrap_or(i64::MAX))]).await?;
    let tables = Arc::clone(&tx.tables);
    let unset = doc! { "$unset": { field(Some(budget)): "" } };
    tx.session.update(&tables.ledgers, doc! { "_id": oid(user.0) }, unset).await.map(drop)
}

/// How many live rows a user has in a budget; none: in all, private ones included.
pub(super) async fn live(tx: &mut Tx, user: UserId, budget: Option<BudgetId>) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let Some(ledger) = tx.session.first(&tables.ledgers, doc! { "_id": oid(user.0) }).await? else { return Ok(0) };
    let live = match budget {
        Some(budget) => ledger.live.get(&budget.to_string()).copied().unwrap_or(0),
        None => ledger.live.values().sum(),
    };
    u64::try_from(live).map_err(Failure::corrupt)
}

/// Each tally there is: whose rows in which budget (none: private ones), and how many.
pub(super) async fn every_tally(
    tx: &mut Tx,
    mut give: impl FnMut(UserId, Option<BudgetId>, i64) + Send,
) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session
        .each(&tables.ledgers, doc! {}, <_>::default(), |ledger| {
            for (budget, live) in ledger.live {
                let budget = if budget == PRIVATE { None } else { Some(budget.parse().map_err(Failure::corrupt)?) };
                give(UserId(ledger.user_id.bytes()), budget, live);
            }
            Ok(())
        })
        .await
}

fn field(budget: Option<BudgetId>) -> String {
    budget.map_or_else(|| format!("live.{PRIVATE}"), |budget| format!("live.{budget}"))
}

async fn add(tx: &mut Tx, totals: &[(SpendingKey, Total)]) -> Outcome<()> {
    let statements: Vec<Document> = totals.iter().map(|(key, change)| statement(key, *change)).collect();
    let tables = Arc::clone(&tx.tables);
    let spending = &tables.spending;
    match tx.session.update_each(&tables.database, spending.name(), &statements).await {
        // A sum beyond 64 bits is refused.
        Err(failure) if failure.code() == Some(code::BAD_VALUE) => return Err(too_much().into()),
        other => other?,
    }
    let fewer: Vec<String> = totals.iter().filter(|(_, change)| change.count < 0).map(|(key, _)| id(key)).collect();
    if !fewer.is_empty() {
        let zero = doc! { "_id": { "$in": fewer }, "count": 0_i64, "minor": 0_i64 };
        tx.session.delete(spending, zero).await?;
    }
    Ok(())
}

fn statement(key: &SpendingKey, change: Total) -> Document {
    let place = doc! {
        "budgetId": oid(key.budget_id.0),
        "day": key.day.to_string(),
        "kind": key.kind.as_str(),
        "category": category(key.category),
    };
    doc! {
        "q": { "_id": id(key) },
        "u": { "$inc": { "minor": change.minor, "count": change.count }, "$setOnInsert": place },
        "upsert": true,
    }
}

/// Unique for budget, day, kind and category.
fn id(key: &SpendingKey) -> String {
    format!("{}.{}.{}.{}", key.budget_id, key.day, key.kind.as_str(), category(key.category))
}
