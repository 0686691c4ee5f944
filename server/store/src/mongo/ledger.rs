//! The changes of a ledger as updates: kept totals, and how many rows there are.
//!
//! Each user and each budget has one document, which counts the live rows there (of a user the private ones) and is written
//! first in each of their transactions (see `transaction`).
use super::{
    failure::{Failure, Outcome, code},
    transaction::Tx,
    values::{category, oid},
};
use crate::{
    faults::FaultPoint,
    ledger::{Changes, Ledger, Place, too_much},
};
use domain::spending::{SpendingKey, Total};
use mongodb::bson::{Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
pub(super) struct LedgerDoc {
    /// A user or a budget.
    #[serde(rename = "_id")]
    place: ObjectId,
    /// Transactions so far.
    writes: i64,
    /// Live rows.
    #[serde(default)]
    rows: i64,
}

/// Writes all of it; what comes to nothing is deleted.
pub(super) async fn write(tx: &mut Tx, ledger: Ledger) -> Outcome<()> {
    tx.pass(FaultPoint::Totals)?;
    let Changes { totals, tallies } = ledger.changes();
    add(tx, &totals).await?;
    for (place, change) in tallies {
        tally(tx, place, change).await?;
    }
    Ok(())
}

/// Changes the number of live rows that a place has.
pub(super) async fn tally(tx: &mut Tx, place: Place, change: i64) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let change = doc! { "$inc": { "rows": change, "writes": 1_i64 } };
    tx.session.upsert(&tables.ledgers, doc! { "_id": oid(place.id()) }, change).await
}

/// A place that goes has no document any more.
pub(super) async fn forget(tx: &mut Tx, place: Place) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.ledgers, doc! { "_id": oid(place.id()) }).await.map(drop)
}

/// How many live rows places have together.
pub(super) async fn live(tx: &mut Tx, places: &[ObjectId]) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.all(&tables.ledgers, doc! { "_id": { "$in": places } }, <_>::default()).await?;
    u64::try_from(found.iter().map(|ledger| ledger.rows).sum::<i64>()).map_err(Failure::corrupt)
}

/// Each tally there is: of which place, and how many.
pub(super) async fn every_tally(tx: &mut Tx, mut give: impl FnMut([u8; 12], i64) + Send) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session
        .each(&tables.ledgers, doc! {}, <_>::default(), |ledger| {
            give(ledger.place.bytes(), ledger.rows);
            Ok(())
        })
        .await
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
