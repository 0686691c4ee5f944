//! The contract of all stores, stamped out for the embedded one.
#![allow(clippy::unwrap_used, reason = "a test")]
use service::{
    ports::store::Store,
    testing::{Faults, contract::TestStore},
};
use std::{path::PathBuf, sync::Arc};
use store::{Options, SqliteStore, open_with};

fn open(path: &std::path::Path, faults: &Faults) -> SqliteStore {
    open_with(path, Options { readers: Some(2), faults: faults.clone() }).unwrap()
}

async fn fresh() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("wealthwise.db");
    let faults = Faults::default();
    let store = open(&path, &faults);
    let (kept, again) = (store.clone(), faults.clone());
    TestStore {
        sessions: Arc::new(store.clone()),
        store: Arc::new(store),
        faults,
        reopen: Some(Box::new(move |_| {
            let (kept, path, faults) = (kept.clone(), path.clone(), again.clone());
            Box::pin(async move {
                kept.close().await;
                Arc::new(open(&path, &faults)) as Arc<dyn Store>
            })
        })),
        keep: Box::new(folder),
    }
}

service::store_contract!("sqlite", fresh);
service::session_contract!("sessions in sqlite", fresh);
