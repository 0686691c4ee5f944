//! From earlier schemas to this program's. Each step may be begun again: what is done already it leaves as it is.
use super::failure::Outcome;
use mongodb::{
    Database,
    bson::{Document, doc},
};
use serde::{Deserialize, Serialize};

/// Indexes of rows by their user, whose place others have taken.
const GONE: [&str; 4] = ["byDate", "byAmount", "byMerchant", "byWord"];

/// How many live rows a place has.
#[derive(Serialize, Deserialize)]
struct Count {
    #[serde(rename = "_id")]
    place: mongodb::bson::oid::ObjectId,
    rows: i64,
}

/// Rows say where they stand (`place`: their budget, or their user) and who has put them into the trash; they are counted by
/// place instead of by user and budget.
pub(super) async fn to_places(database: &Database) -> Outcome<()> {
    let rows = database.collection::<Document>("expenses");
    let place = doc! { "$set": { "place": { "$ifNull": ["$budgetId", "$userId"] } } };
    rows.update_many(doc! { "place": null }, vec![place]).await?;
    let deleter = doc! { "$set": { "deletedBy": "$userId" } };
    rows.update_many(doc! { "deletedAt": { "$ne": null }, "deletedBy": null }, vec![deleter]).await?;
    let ledgers = database.collection::<Document>("ledgers");
    ledgers.update_many(doc! {}, doc! { "$unset": { "live": "" } }).await?;
    let live = doc! { "$match": { "deletedAt": null } };
    let by_place = doc! { "$group": { "_id": "$place", "rows": { "$sum": 1_i64 } } };
    let mut counts = rows.aggregate([live, by_place]).with_type::<Count>().await?;
    while counts.advance().await? {
        let Count { place, rows } = counts.deserialize_current()?;
        let count = doc! { "$set": { "rows": rows }, "$inc": { "writes": 1_i64 } };
        ledgers.update_one(doc! { "_id": place }, count).upsert(true).await?;
    }
    for name in rows.list_index_names().await.unwrap_or_default() {
        if GONE.contains(&name.as_str()) {
            rows.drop_index(name).await?;
        }
    }
    Ok(())
}
