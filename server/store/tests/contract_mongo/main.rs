//! The contract of all stores, stamped out for `MongoDB`, and what is the database's own: its start, several processes.
//!
//! `scripts/with-services` starts a server and says in `WEALTHWISE_TEST_MONGODB_URI` where; without one all fails.
#![allow(clippy::unwrap_used, reason = "a test")]
mod blobs;
mod lost;
mod processes;
mod server;
mod standalone;
mod start;

use domain::ids::UserId;
use mongodb::{
    Database,
    bson::{Document, RawDocumentBuf, doc},
};
use server::Scratch;
use service::{
    ports::store::Store,
    testing::{Faults, contract::TestStore},
};
use std::sync::Arc;

async fn fresh() -> TestStore {
    let scratch = Scratch::new().await;
    let faults = Faults::default();
    let store = scratch.open(&faults).await;
    let (looked_at, changed) = (scratch.raw().await, scratch.raw().await);
    let (kept, again, options) = (store.clone(), faults.clone(), scratch.options(&faults));
    TestStore {
        sessions: Arc::new(store.clone()),
        store: Arc::new(store),
        faults,
        reopen: Some(Box::new(move |_| {
            let (kept, options) = (kept.clone(), service_options(&options, &again));
            Box::pin(async move {
                kept.close().await;
                Arc::new(store::mongo::open(options).await.unwrap()) as Arc<dyn Store>
            })
        })),
        mentions: Box::new(move |user| {
            let database = looked_at.clone();
            Box::pin(async move { mentions(&database, user).await })
        }),
        forget_words: Box::new(move || {
            let database = changed.clone();
            Box::pin(async move {
                let rows = database.collection::<Document>("expenses");
                let forgotten = doc! { "$set": { "words": Vec::<String>::new() }, "$unset": { "tokens": "" } };
                rows.update_many(doc! {}, forgotten).await.unwrap();
            })
        }),
        keep: Box::new(scratch),
    }
}

/// The collections with a document that has the id in it, as bytes or in a text.
async fn mentions(database: &Database, user: UserId) -> Vec<String> {
    let hex = user.to_string();
    let mut found = Vec::new();
    for name in database.list_collection_names().await.unwrap() {
        let mut documents = database.collection::<RawDocumentBuf>(&name).find(doc! {}).await.unwrap();
        while documents.advance().await.unwrap() {
            let bytes = documents.current().as_bytes();
            let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            if has(&user.0) || has(hex.as_bytes()) {
                found.push(name);
                break;
            }
        }
    }
    found
}

fn service_options(options: &store::MongoOptions, faults: &Faults) -> store::MongoOptions {
    store::MongoOptions { faults: faults.clone(), ..options.clone() }
}

service::store_contract!("mongodb", fresh);
service::session_contract!("sessions in mongodb", fresh);
