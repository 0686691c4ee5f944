//! The contract of all stores, stamped out for the embedded one.
#![allow(clippy::unwrap_used, reason = "a test")]
use domain::ids::UserId;
use rusqlite::{Connection, OpenFlags, params};
use service::{
    ports::store::Store,
    testing::{Faults, contract::TestStore},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{Options, SqliteStore, open_with};

fn open(path: &Path, faults: &Faults) -> SqliteStore {
    open_with(path, Options { readers: Some(2), faults: faults.clone() }).unwrap()
}

/// The tables with a cell that has the id in it, as bytes or in a text.
fn mentions(path: &Path, user: UserId) -> Vec<String> {
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let column = |sql: &str| -> Vec<String> {
        let mut statement = file.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let has = |table: &String| {
        let columns = column(&format!("SELECT name FROM pragma_table_info('{table}')"));
        columns.iter().any(|name| {
            let sql = format!("SELECT 1 FROM {table} WHERE instr({name}, ?) > 0 OR instr({name}, ?) > 0");
            file.prepare(&sql).unwrap().exists(params![user.0, user.to_string()]).unwrap()
        })
    };
    let tables = column("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    tables.into_iter().filter(has).collect()
}

async fn fresh() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("wealthwise.db");
    let faults = Faults::default();
    let store = open(&path, &faults);
    let (looked_at, changed) = (path.clone(), path.clone());
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
        mentions: Box::new(move |user| {
            let path = looked_at.clone();
            Box::pin(async move { mentions(&path, user) })
        }),
        forget_words: Box::new(move || {
            let path = changed.clone();
            Box::pin(async move {
                let file = Connection::open(path).unwrap();
                file.execute_batch("UPDATE expenses SET words = '', tokens = 0").unwrap();
            })
        }),
        keep: Box::new(folder),
    }
}

service::store_contract!("sqlite", fresh);
service::session_contract!("sessions in sqlite", fresh);
