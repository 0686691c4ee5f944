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
        keep: Box::new(scratch),
    }
}

fn service_options(options: &store::MongoOptions, faults: &Faults) -> store::MongoOptions {
    store::MongoOptions { faults: faults.clone(), ..options.clone() }
}

service::store_contract!("mongodb", fresh);
service::session_contract!("sessions in mongodb", fresh);
