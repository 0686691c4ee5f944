//! The collections with their validators and indexes. What is missing is made at each start.
use super::failure::{Failure, Outcome, code};
use mongodb::{
    Database, IndexModel,
    bson::{Document, doc},
    options::IndexOptions,
};
use std::collections::HashMap;

/// A collection: fields that each document must have with their BSON types, and its indexes.
struct Shape {
    name: &'static str,
    required: &'static [(&'static str, &'static str)],
    indexes: Vec<IndexModel>,
}

/// What the collections are called.
#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    shapes().into_iter().map(|shape| shape.name).collect()
}

/// Collections of earlier versions: the files of drafts are blobs now.
const GONE: [&str; 1] = ["importFiles"];

/// Makes what is missing, and drops what is not used any more.
pub(super) async fn prepare(database: &Database) -> Outcome<()> {
    let there = collections(database).await?;
    for name in GONE.into_iter().filter(|name| there.contains_key(*name)) {
        database.collection::<Document>(name).drop().await?;
    }
    let mut validates = true;
    for Shape { name, required, indexes } in shapes() {
        let validator = validator(required);
        let known = there.get(name);
        if known.is_none() {
            match database.create_collection(name).await.map_err(Failure::from) {
                // Another process that starts at this moment.
                Err(failure) if failure.code() == Some(code::NAMESPACE_EXISTS) => {}
                other => other?,
            }
        }
        if validates && known.is_none_or(|known| known.as_ref() != Some(&validator)) {
            let change = doc! { "collMod": name, "validator": validator, "validationLevel": "strict" };
            if let Err(error) = database.run_command(change).await {
                // They are a second look: what is written is right without them. Not all servers or users may do this.
                tracing::warn!(code = Failure::from(error).code(), "the database takes no validators");
                validates = false;
            }
        }
        if !indexes.is_empty() {
            database.collection::<Document>(name).create_indexes(indexes).await?;
        }
    }
    Ok(())
}

/// The collections that there are, with their validators.
async fn collections(database: &Database) -> Outcome<HashMap<String, Option<Document>>> {
    let mut found = HashMap::new();
    let mut cursor = database.list_collections().await?;
    while cursor.advance().await? {
        let collection = cursor.deserialize_current()?;
        found.insert(collection.name, collection.options.validator);
    }
    Ok(found)
}

fn validator(required: &[(&str, &str)]) -> Document {
    let names: Vec<&str> = required.iter().map(|(name, _)| *name).collect();
    let types: Document =
        required.iter().map(|(name, kind)| ((*name).to_owned(), doc! { "bsonType": *kind }.into())).collect();
    doc! { "$jsonSchema": { "bsonType": "object", "required": names, "properties": types } }
}

fn shapes() -> Vec<Shape> {
    let shape = |name, required, indexes| Shape { name, required, indexes };
    vec![
        shape(
            "users",
            &[("emailFolded", "string"), ("email", "string"), ("name", "string"), ("authEpoch", "long")],
            vec![
                unique("byEmail", doc! { "emailFolded": 1 }),
                sparse("byPicture", doc! { "standing.avatar": 1 }),
                // Only of those who have some: two empty lists would be taken for the same.
                IndexModel::builder()
                    .keys(doc! { "handles": 1 })
                    .options(IndexOptions::builder().name("byHandle".to_owned()).unique(true).sparse(true).build())
                    .build(),
            ],
        ),
        shape(
            "sessions",
            &[("userId", "objectId"), ("publicId", "objectId"), ("seenAt", "long"), ("expiresAt", "long")],
            vec![
                unique("byPublicId", doc! { "publicId": 1 }),
                index("byUser", doc! { "userId": 1, "seenAt": -1 }),
                index("byEnd", doc! { "expiresAt": 1 }),
                index("byUse", doc! { "seenAt": 1 }),
            ],
        ),
        shape(
            "flashes",
            &[("payload", "binData"), ("expiresAt", "long")],
            vec![index("byEnd", doc! { "expiresAt": 1 })],
        ),
        shape(
            "budgets",
            &[("userId", "objectId"), ("currency", "string"), ("plan", "object"), ("version", "long")],
            vec![
                index("byUser", doc! { "userId": 1, "deletedAt": 1, "createdAt": -1, "_id": -1 }),
                index("byMember", doc! { "collaborators.userId": 1, "deletedAt": 1 }),
                in_trash(),
            ],
        ),
        shape(
            "budgetVersions",
            &[("budgetId", "objectId"), ("version", "long"), ("effectiveFrom", "string"), ("plan", "object")],
            vec![unique("byBudget", doc! { "budgetId": 1, "version": 1 })],
        ),
        shape(
            "budgetInvites",
            &[
                ("budgetId", "objectId"),
                ("emailFolded", "string"),
                ("invitedBy", "objectId"),
                ("expiresAt", "long"),
                ("status", "string"),
            ],
            vec![
                IndexModel::builder()
                    .keys(doc! { "budgetId": 1, "emailFolded": 1 })
                    .options(
                        IndexOptions::builder()
                            .name("open".to_owned())
                            .unique(true)
                            .partial_filter_expression(doc! { "status": "open" })
                            .build(),
                    )
                    .build(),
                index("byEmail", doc! { "emailFolded": 1 }),
                unique("byToken", doc! { "tokenHash": 1 }),
                index("byEnd", doc! { "expiresAt": 1 }),
            ],
        ),
        shape(
            "budgetMonths",
            &[("budgetId", "objectId"), ("month", "string"), ("version", "long"), ("entry", "object")],
            vec![unique("byBudget", doc! { "budgetId": 1, "month": 1 })],
        ),
        shape(
            "accounts",
            &[("userId", "objectId"), ("name", "string"), ("currency", "string"), ("version", "long")],
            vec![index("byUser", doc! { "userId": 1 })],
        ),
        shape(
            "expenses",
            &[
                ("userId", "objectId"),
                ("place", "objectId"),
                ("kind", "string"),
                ("status", "string"),
                ("minor", "long"),
                ("currency", "string"),
                ("date", "string"),
                ("dedupeKey", "string"),
                ("version", "long"),
            ],
            expense_indexes(),
        ),
        shape(
            "recurring",
            &[("userId", "objectId"), ("version", "long"), ("details", "string")],
            vec![
                index("byUser", doc! { "userId": 1 }),
                sparse("byBudget", doc! { "budgetId": 1 }),
                sparse("byNextDate", doc! { "nextDate": 1 }),
            ],
        ),
        shape("ledgers", &[("writes", "long")], Vec::new()),
        shape(
            "spending",
            &[("budgetId", "objectId"), ("day", "string"), ("kind", "string"), ("minor", "long"), ("count", "long")],
            vec![index("byDay", doc! { "budgetId": 1, "day": 1 })],
        ),
        shape(
            "imports",
            &[("userId", "objectId"), ("status", "string"), ("details", "object")],
            vec![
                index("byUser", doc! { "userId": 1, "createdAt": -1, "_id": -1 }),
                index("byEnd", doc! { "status": 1, "expiresAt": 1 }),
                index("byFile", doc! { "details.sha256": 1, "status": 1 }),
            ],
        ),
        shape(
            "importRows",
            &[("importId", "objectId"), ("rows", "string")],
            vec![index("byImport", doc! { "importId": 1, "first": 1 })],
        ),
        shape(
            "importAbsorbed",
            &[("importId", "objectId"), ("expenseId", "objectId")],
            vec![index("byImport", doc! { "importId": 1 })],
        ),
        shape(
            "idempotency",
            &[("userId", "objectId"), ("requestHash", "binData"), ("answer", "string"), ("expiresAt", "long")],
            vec![index("byEnd", doc! { "expiresAt": 1 })],
        ),
        shape(
            "jobs",
            &[("kind", "string"), ("payload", "string"), ("runAt", "long"), ("status", "string"), ("attempts", "long")],
            vec![
                index("byTime", doc! { "status": 1, "runAt": 1, "_id": 1 }),
                IndexModel::builder()
                    .keys(doc! { "uniqueKey": 1 })
                    .options(
                        IndexOptions::builder()
                            .name("byKey".to_owned())
                            .unique(true)
                            .partial_filter_expression(doc! { "uniqueKey": { "$exists": true }, "status": "open" })
                            .build(),
                    )
                    .build(),
            ],
        ),
        shape(
            "activity",
            &[
                ("userId", "objectId"),
                ("subject", "objectId"),
                ("kind", "string"),
                ("at", "long"),
                ("details", "string"),
            ],
            vec![
                index("byBudget", doc! { "budgetId": 1, "at": -1, "_id": -1 }),
                sparse("byOther", doc! { "alsoIn": 1, "at": -1, "_id": -1 }),
                index("byUser", doc! { "userId": 1, "at": -1, "_id": -1 }),
                index("byTime", doc! { "at": 1 }),
                sparse("byEnd", doc! { "mayEnd": 1 }),
                sparse("byFile", doc! { "files": 1 }),
            ],
        ),
        shape(
            "rules",
            &[("userId", "objectId"), ("hits", "long"), ("details", "string")],
            vec![index("byUser", doc! { "userId": 1, "_id": 1 })],
        ),
        shape(
            "blobs.files",
            &[("filename", "string"), ("length", "long"), ("chunkSize", "int"), ("uploadDate", "date")],
            vec![unique("byName", doc! { "filename": 1 })],
        ),
        shape(
            "blobs.chunks",
            &[("files_id", "objectId"), ("n", "int"), ("data", "binData")],
            vec![unique("byFile", doc! { "files_id": 1, "n": 1 })],
        ),
    ]
}

/// Each order of lists has one; `byPlaceAndWord` serves the search.
fn expense_indexes() -> Vec<IndexModel> {
    let with_account = IndexOptions::builder()
        .name("byAccount".to_owned())
        .partial_filter_expression(doc! { "accountId": { "$exists": true } })
        .build();
    let with_receipt = IndexOptions::builder()
        .name("byReceipt".to_owned())
        .partial_filter_expression(doc! { "receipt.fileId": { "$exists": true } })
        .build();
    let of_series = IndexOptions::builder()
        .name("bySeries".to_owned())
        .unique(true)
        .partial_filter_expression(doc! { "seriesId": { "$exists": true } })
        .build();
    vec![
        index("byPlaceAndDate", doc! { "place": 1, "deletedAt": 1, "date": -1, "_id": -1 }),
        index("byPlaceAndAmount", doc! { "place": 1, "deletedAt": 1, "amountThousandths": -1, "_id": -1 }),
        index("byPlaceAndMerchant", doc! { "place": 1, "deletedAt": 1, "merchantKey": 1, "_id": 1 }),
        index("byPlaceAndWord", doc! { "place": 1, "words": 1 }),
        sparse("byDeleter", doc! { "deletedBy": 1, "deletedAt": -1, "_id": -1 }),
        index("byPrint", doc! { "userId": 1, "dedupeKey": 1, "_id": 1 }),
        index("byBudget", doc! { "budgetId": 1, "category": 1, "date": 1 }),
        sparse("byBudgetDay", doc! { "budgetId": 1, "date": 1 }),
        sparse("byImport", doc! { "importId": 1 }),
        sparse("byFile", doc! { "receipt.fileId": 1 }),
        sparse("byBlob", doc! { "receipt.sha256": 1 }),
        IndexModel::builder().keys(doc! { "userId": 1, "receipt.fileId": 1 }).options(with_receipt).build(),
        // Nothing is made twice of one day of a series.
        IndexModel::builder().keys(doc! { "seriesId": 1, "slot": 1 }).options(of_series).build(),
        IndexModel::builder().keys(doc! { "userId": 1, "accountId": 1 }).options(with_account).build(),
        in_trash(),
    ]
}

fn in_trash() -> IndexModel {
    sparse("inTrash", doc! { "deletedAt": 1 })
}

fn index(name: &str, keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().name(name.to_owned()).build()).build()
}

fn unique(name: &str, keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().name(name.to_owned()).unique(true).build()).build()
}

/// Only of documents that have the field.
fn sparse(name: &str, keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().name(name.to_owned()).sparse(true).build()).build()
}
