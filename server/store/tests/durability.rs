//! What a store has acknowledged is there after a kill, and nothing is half there.
#![allow(clippy::unwrap_used, reason = "a test")]
mod writer;

use domain::{
    filter::{Filter, Query},
    ids::{ExpenseId, ImportId},
    spending::contributions,
};
use service::{
    Error,
    ports::{
        sessions::SessionStore as _,
        store::{ImportStatus, Store, UserStore as _},
    },
    testing::builders as make,
};
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};
use store::{SqliteStore, open};

const FILE: &str = "killed.db";
const IMPORTED: u32 = 400;
/// Set in the process that is killed.
const SERIES: &str = "DURABILITY_SERIES";

fn user() -> domain::ids::UserId {
    make::person(1).user.id
}

async fn furnish(store: &SqliteStore) {
    store.create_user(&make::write(user(), 0), &make::person(1)).await.unwrap();
    let store: &dyn Store = store;
    store.create_budget(&make::write(user(), 0), &make::budget(user(), 1)).await.unwrap();
}

fn budget() -> domain::ids::BudgetId {
    make::budget(user(), 1).id
}

async fn rows(store: &dyn Store) -> Vec<domain::expense::Expense> {
    let mut found = Vec::new();
    loop {
        let query = Query { offset: u32::try_from(found.len()).unwrap(), limit: 500, ..Query::default() };
        let page = store.expenses(user(), &query).await.unwrap();
        found.extend(page.items);
        if !page.more {
            return found;
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "tells the process that is killed from the one that looks on")]
fn a_kill_loses_nothing_acknowledged() {
    if let Some(series) = std::env::var(SERIES).ok().and_then(|series| series.parse().ok()) {
        writer::write_until_killed(Path::new(FILE), series, IMPORTED);
    }
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = open(&folder.path().join(FILE)).unwrap();
        furnish(&store).await;
        store.close().await;
    });
    let (mut expenses, mut imports) = (Vec::<ExpenseId>::new(), Vec::<ImportId>::new());
    for round in 0..4 {
        // This very test, which then takes the other part.
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["a_kill_loses_nothing_acknowledged", "--exact", "--nocapture"])
            .env(SERIES, (round + 1).to_string())
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut seen = 0;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            match line.unwrap().strip_prefix("ack ").and_then(|ack| ack.split_once(' ')) {
                Some(("expense", id)) => expenses.push(id.parse().unwrap()),
                Some(("import", id)) => imports.push(id.parse().unwrap()),
                _ => continue,
            }
            seen += 1;
            if seen == 60 + round * 7 {
                // SIGKILL; what was said before it arrives is still read.
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= 60, "the child came to {seen}");
        runtime.block_on(check(folder.path(), &expenses, &imports));
    }
    assert!(!imports.is_empty());
}

async fn check(folder: &Path, expenses: &[ExpenseId], imports: &[ImportId]) {
    let path = folder.join(FILE);
    let sqlite = open(&path).unwrap();
    let store: &dyn Store = &sqlite;
    for &id in expenses {
        assert!(store.expense(user(), id).await.unwrap().is_some(), "{id} was acknowledged");
    }
    for &id in imports {
        assert_eq!(store.import(user(), id).await.unwrap().unwrap().status, ImportStatus::Committed);
    }
    for import in store.imports(user()).await.unwrap() {
        let filter = Filter { import_id: Some(import.id), ..Filter::default() };
        let count = store.expenses(user(), &Query { filter, ..Query::default() }).await.unwrap().total;
        let whole = if import.status == ImportStatus::Committed { u64::from(IMPORTED) } else { 0 };
        assert_eq!(count, whole, "{:?}", import.status);
    }
    let all = rows(store).await;
    let mut sums = BTreeMap::new();
    for (key, total) in all.iter().flat_map(contributions) {
        *sums.entry((key.day, key.kind, key.category)).or_insert(0) += total.minor;
    }
    let (start, end) = (domain::Date::MIN, domain::Date::MAX);
    let kept = store.spending(user(), budget(), start, end).await.unwrap();
    let kept: BTreeMap<_, _> =
        kept.into_iter().map(|row| ((row.day, row.kind, row.category), row.total.minor)).collect();
    assert_eq!(kept, sums);
    assert_eq!(store.expenses(user(), &Query::default()).await.unwrap().total, all.len() as u64);
    sqlite.close().await;
    assert_eq!(integrity(&path), "ok");
}

fn integrity(path: &Path) -> String {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.db")).unwrap();
    furnish(&store).await;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let sqlite = open(&path).unwrap();
    furnish(&sqlite).await;
    sqlite.close().await;
    sqlite.close().await;
    let store: &dyn Store = &sqlite;
    assert!(matches!(store.ping().await, Err(Error::Unavailable(_))));
    assert!(matches!(sqlite.end_session(user(), make::session(user(), 1).id).await, Err(Error::Unavailable(_))));
    // All is in the one file.
    let alone = folder.path().join("b.db");
    std::fs::copy(&path, &alone).unwrap();
    let copy = open(&alone).unwrap();
    assert_eq!(copy.user(user()).await.unwrap().unwrap().name, "Person 1");
    assert_eq!(integrity(&alone), "ok");
}

#[test]
fn other_and_newer_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (x)").unwrap();
    let message = |path: &Path| open(path).err().unwrap().to_string();
    assert!(message(&other).contains("another program"), "{}", message(&other));

    let newer = folder.path().join("newer.db");
    drop(open(&newer).unwrap());
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 4_711).unwrap();
    assert!(message(&newer).contains("newer program"), "{}", message(&newer));

    let text = folder.path().join("text.db");
    std::fs::write(&text, "a long text that is no database. ".repeat(100)).unwrap();
    assert!(message(&text).contains("not a database"), "{}", message(&text));
    let nowhere = folder.path().join("missing").join("a.db");
    assert!(matches!(open(&nowhere), Err(Error::Unavailable(_))));
}
