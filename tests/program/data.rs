//! The data as a whole, by the command line beside a running server: backup, restore, and the way to another store.
use super::program::{Person, Program, SECRET, all_rows, cents_of, expense, folder, mongodb_uri, remove_database};
use serde_json::Value;
use std::{
    path::Path,
    process::Output,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

fn run(data: &Path, words: &[&str]) -> Output {
    Program::bare(data).args(words).output().unwrap()
}

fn fine(data: &Path, words: &[&str]) -> String {
    let done = run(data, words);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{words:?}: {said}{}", String::from_utf8_lossy(&done.stderr));
    said
}

fn refused(data: &Path, words: &[&str], why: &str) {
    let done = run(data, words);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(!done.status.success() && said.contains(why), "{words:?}: {said}");
}

/// The rows that a person has, once it is sure that the totals are their sum.
fn rows(person: &Person, budget: &str) -> Vec<Value> {
    let rows = all_rows(person);
    let total = &person.get(&format!("/api/budgets/{budget}/analysis?month=2026-11"))["data"]["analysis"]["total"];
    let sum: u64 = rows.iter().map(|row| cents_of(&row["amount"])).sum();
    assert_eq!((cents_of(&total["spent"]), total["transactions"].as_u64()), (sum, Some(rows.len() as u64)));
    rows
}

/// The person's rows in another folder, whose program is stopped again.
fn rows_in(data: &Path, person: &Person, budget: &str) -> Vec<Value> {
    let program = Program::start(data);
    rows(&Person { port: program.port, ..person.clone() }, budget)
}

#[test]
fn backup_restore_and_migration_beside_a_server() {
    let root = folder("data");
    std::fs::create_dir_all(&root).unwrap();
    let (data, again, other) = (root.join("data"), root.join("again"), root.join("other"));
    let at = |name: &str| root.join(name).to_str().unwrap().to_owned();
    let program = Program::start(&data);
    let (person, budget) = program.owner();
    let (before, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let known = thread::scope(|scope| {
        for writer in 0..4 {
            let (person, budget, before, stop) = (person.clone(), &budget, &before, &stop);
            scope.spawn(move || {
                for number in 1_u64.. {
                    let key = format!("w{writer}n{number}");
                    let body = expense(&key, 100 + number, budget);
                    let (status, _, _) = person.json("POST", "/api/expenses", &key, &body).unwrap();
                    assert_eq!(status, 201);
                    before.lock().unwrap().push(key);
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
        }
        while before.lock().unwrap().len() < 100 {
            thread::yield_now();
        }
        let known = before.lock().unwrap().clone();
        fine(&data, &["backup", "--to", &at("a.tar.gz")]);
        stop.store(true, Ordering::Relaxed);
        known
    });
    refused(&data, &["backup", "--to", &at("a.tar.gz")], "is there already");
    refused(&data, &["serve"], "another WealthWise");
    refused(&data, &["migrate-store", "--to", &at("other")], "another WealthWise");

    let said = fine(&data, &["restore", &at("a.tar.gz"), "--into", &at("again")]);
    assert!(said.contains("checked"), "{said}");
    refused(&data, &["restore", &at("a.tar.gz"), "--into", &at("again")], "is not empty");
    let restored = rows_in(&again, &person, &budget);
    for key in known {
        assert!(restored.iter().any(|row| row["merchant"] == *key), "{key} was acknowledged before the backup began");
    }
    let all = rows(&person, &budget);
    assert!(restored.len() <= all.len() && restored.iter().all(|row| all.contains(row)));

    drop(program);
    let said = fine(&data, &["migrate-store", "--to", &at("other")]);
    assert!(said.contains(&format!("expenses: {}", all.len())), "{said}");
    refused(&data, &["migrate-store", "--to", &at("other")], "was finished before");
    refused(&data, &["migrate-store", "--to", data.to_str().unwrap()], "the same folder");
    refused(&data, &["migrate-store", "--to", &at("again")], "not empty");
    assert_eq!(rows_in(&other, &person, &budget), all);
    std::fs::remove_dir_all(root).unwrap();
}

#[test]
fn of_mongodb_other_programs_make_backups() {
    let root = folder("data-mongo");
    std::fs::create_dir_all(&root).unwrap();
    for (words, program) in
        [(&["backup", "--to", "a"][..], "mongodump"), (&["restore", "a", "--into", "b"], "mongorestore")]
    {
        let done = Program::bare(&root)
            .env("MONGODB_URI", "mongodb://ada:secret@nowhere.example.org")
            .env("ENCRYPTION_SECRET", SECRET)
            .current_dir(&root)
            .args(words)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && said.contains(program) && !said.contains("secret"), "{said}");
    }
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), 0);
    std::fs::remove_dir_all(root).unwrap();
}

/// Reads a draft again with another currency: for that its file has to be there.
fn reads_again(person: &Person, import: &str, currency: &str) {
    let body = serde_json::json!({ "currency": currency });
    let path = format!("/api/imports/{import}");
    let (status, _, answer) = person.json("PUT", &path, &format!("again-{currency}"), &body).unwrap();
    assert_eq!(status, 200, "{answer}");
}

#[test]
fn to_mongodb_and_back_with_sessions_and_files() {
    let root = folder("move");
    std::fs::create_dir_all(&root).unwrap();
    let (data, back) = (root.join("data"), root.join("back"));
    let uri = mongodb_uri();
    let database = format!("wealthwise_move_{}", std::process::id());
    let there = uri.replacen("/?", &format!("/{database}?"), 1);
    let program = Program::start(&data);
    let (person, budget) = program.owner();
    for n in 0..30 {
        let key = format!("n{n}");
        assert_eq!(person.json("POST", "/api/expenses", &key, &expense(&key, 100 + n, &budget)).unwrap().0, 201);
    }
    let file = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nDate,Payee,Amount\n\
         2026-11-01,Bakery,-3.50\n\r\n--b--\r\n";
    let headers = "content-type: multipart/form-data; boundary=b\r\n";
    let (_, _, draft) = person.ask("POST", "/api/expenses/bulk-import?dryRun=true", headers, file.as_bytes()).unwrap();
    let draft = draft["data"]["id"].as_str().unwrap_or_else(|| panic!("{draft}")).to_owned();
    let before = rows(&person, &budget);
    drop(program);

    let said = fine(&data, &["migrate-store", "--to", &there]);
    assert!(said.contains("expenses: 30") && said.contains("files: 1"), "{said}");
    let in_mongodb = |words: &[&str]| {
        let mut command = Program::bare(&root.join("elsewhere"));
        command.env("MONGODB_URI", &uri).env("MONGODB_DB_NAME", &database).env("ENCRYPTION_SECRET", SECRET).args(words);
        command
    };
    let mut program = Program::begin(in_mongodb(&["serve"]));
    program.wait_until_ready();
    // By the cookie from before.
    let moved = Person { port: program.port, ..person.clone() };
    assert_eq!(rows(&moved, &budget), before);
    reads_again(&moved, &draft, "USD");
    drop(program);

    let done = in_mongodb(&["migrate-store", "--to", back.to_str().unwrap()]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(rows_in(&back, &person, &budget), before);
    let program = Program::start(&back);
    reads_again(&Person { port: program.port, ..person }, &draft, "EUR");
    drop(program);
    remove_database(&uri, &database);
    std::fs::remove_dir_all(root).unwrap();
}
