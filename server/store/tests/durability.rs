//! What a store has acknowledged is there after a kill, and nothing is half there.
#![allow(clippy::unwrap_used, reason = "a test")]
use domain::{
    filter::{Filter, Query},
    ids::{ExpenseId, ImportId},
    spending::contributions,
};
use service::{
    Error,
    ports::store::{ImportCommit, ImportStatus, Store, UserStore as _},
    testing::builders as make,
};
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};
use store::{SqliteStore, open};

const FILE: &str = "killed.db";
/// The child works only in a folder where this file is: `--ignored` alone starts nothing.
const GO: &str = "go";
const IMPORTED: u32 = 400;

fn user() -> domain::ids::UserId {
    make::person(1).user.id
}

async fn furnish(store: &SqliteStore) {
    store.create_user(&make::write(user(), 0), &make::person(1), &make::session(user(), 1)).await.unwrap();
    let store: &dyn Store = store;
    store.create_budget(&make::write(user(), 0), &make::budget(user(), 1)).await.unwrap();
}

fn budget() -> domain::ids::BudgetId {
    make::budget(user(), 1).id
}

/// Writes until it is killed; says on standard output what was acknowledged.
#[test]
#[ignore = "started by a_kill_loses_nothing_acknowledged"]
fn child() {
    if !Path::new(GO).exists() {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store: Arc<dyn Store> = Arc::new(open(Path::new(FILE)).unwrap());
        let first = 1 + u32::try_from(rows(&*store).await.len() + store.imports(user()).await.unwrap().len()).unwrap();
        for round in 0.. {
            let tasks: Vec<_> = (0..8)
                .map(|n| {
                    let (store, number) = (Arc::clone(&store), first * 10_000 + round * 10 + n);
                    tokio::spawn(async move {
                        let row = make::expense(user(), Some(budget()), number, i64::from(number));
                        store.create_expense(&make::write(user(), 1), &row).await.unwrap();
                        say(&format!("expense {}", row.id));
                    })
                })
                .collect();
            if round % 4 == 1 {
                let number = first * 10_000 + round * 10;
                let import = make::import(user(), Some(budget()), number);
                store.stage_import(&make::write(user(), 1), &import, b"file", &[]).await.unwrap();
                let row = |line| {
                    let mut row = make::imported(&import, line, 1 + i64::from(line));
                    row.id.0[..8].copy_from_slice(&(u64::from(number) << 32 | u64::from(line)).to_be_bytes());
                    // Another file each time: nothing is a duplicate.
                    row.external_id = Some(format!("{number}-{line}"));
                    row
                };
                let expenses = (0..IMPORTED).map(row).collect();
                let commit = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses };
                store.commit_import(&make::write(user(), 1), commit).await.unwrap();
                say(&format!("import {}", import.id));
            }
            for task in tasks {
                task.await.unwrap();
            }
        }
    });
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nack {line}").and_then(|()| out.flush()).unwrap();
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
fn a_kill_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    std::fs::write(folder.path().join(GO), "").unwrap();
    runtime.block_on(async {
        let store = open(&folder.path().join(FILE)).unwrap();
        furnish(&store).await;
        store.close().await;
    });
    let (mut expenses, mut imports) = (Vec::<ExpenseId>::new(), Vec::<ImportId>::new());
    for round in 0..4 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child", "--exact", "--ignored", "--nocapture"])
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
    assert!(matches!(store.end_session(user(), make::session(user(), 1).id).await, Err(Error::Unavailable(_))));
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
