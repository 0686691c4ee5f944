//! The program is killed (SIGKILL) while it is written to, started again, and asked what it has: nothing that was
//! acknowledged is lost, and nothing is there by halves.
use super::program::{Person, Program, all_rows, cents_of, expense, folder};
use std::{
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

const ROUNDS: u64 = 20;
const WRITERS: u64 = 4;

/// What was sent: key and cents; and the id, if it was acknowledged.
type Sent = Vec<(String, u64, Option<String>)>;

/// Writes until the program is gone.
fn write_on(person: &Person, budget: &str, round: u64, writer: u64, sent: &Mutex<Sent>) {
    for number in 1_u64.. {
        let key = format!("r{round}w{writer}n{number}");
        let cents = round * 10_000 + writer * 1_000 + number;
        let answer = person.json("POST", "/api/expenses", &key, &expense(&key, cents, budget));
        let id = answer.map(|(status, _, body)| {
            assert_eq!(status, 201, "{body}");
            body["data"]["expense"]["id"].as_str().unwrap().to_owned()
        });
        let gone = id.is_none();
        sent.lock().unwrap().push((key, cents, id));
        if gone {
            return;
        }
    }
}

/// Imports until the program is gone; the keys of what was acknowledged.
fn import_on(person: &Person, budget: &str, round: u64, acknowledged: &Mutex<Vec<String>>) {
    for number in 1_u64.. {
        let key = format!("r{round}i{number}");
        let Some((status, _, body)) = person.import(&key, budget) else { return };
        assert_eq!((status, body["data"]["status"].as_str()), (201, Some("committed")), "{body}");
        acknowledged.lock().unwrap().push(key);
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = folder("kill");
    let mut program = Program::start(&folder);
    let (mut person, budget) = program.owner();
    let sent: Arc<Mutex<Sent>> = Arc::default();
    let imports: Arc<Mutex<Vec<String>>> = Arc::default();
    for round in 1..=ROUNDS {
        let mut writers = Vec::new();
        for writer in 1..=WRITERS {
            let (person, budget, sent) = (person.clone(), budget.clone(), Arc::clone(&sent));
            writers.push(thread::spawn(move || write_on(&person, &budget, round, writer, &sent)));
        }
        let (writing, known, list) = (person.clone(), budget.clone(), Arc::clone(&imports));
        writers.push(thread::spawn(move || import_on(&writing, &known, round, &list)));
        thread::sleep(Duration::from_millis(120 + 31 * (round % 7)));
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        for writer in writers {
            writer.join().unwrap();
        }
        program = Program::start(&folder);
        person.port = program.port;
        verify(&person, &budget, &sent.lock().unwrap(), &imports.lock().unwrap());
    }
    let count = sent.lock().unwrap().iter().filter(|(_, _, id)| id.is_some()).count();
    println!("{ROUNDS} kills, {count} acknowledged expenses, {} acknowledged imports", imports.lock().unwrap().len());
    assert!(count > 50, "there was something to lose");
    retry(&person, &budget, &mut sent.lock().unwrap());
    program.person().enter("/api/auth/login");
    drop(program);
    let _ = std::fs::remove_dir_all(folder);
}

/// Each acknowledged write is there as it was sent, nothing is there twice or by halves, and the totals are the sum.
fn verify(person: &Person, budget: &str, sent: &Sent, imports: &[String]) {
    let rows = all_rows(person);
    let by_merchant = |name: &str| rows.iter().filter(|row| row["merchant"] == name).collect::<Vec<_>>();
    for (key, cents, id) in sent {
        let found = by_merchant(key);
        match (id, found.as_slice()) {
            (Some(id), [row]) => {
                assert_eq!(row["id"].as_str(), Some(id.as_str()), "{key}");
                assert_eq!(cents_of(&row["amount"]), *cents, "{key}");
            }
            // It may or may not have been written when the program was killed.
            (None, [] | [_]) => {}
            _ => panic!("{key}: acknowledged {}, there {}", id.is_some(), found.len()),
        }
    }
    for key in imports {
        for row in 1..=10 {
            assert_eq!(by_merchant(&format!("{key}-{row}")).len(), 1, "{key} was acknowledged");
        }
    }
    for import in person.get("/api/imports")["data"].as_array().unwrap() {
        let id = import["id"].as_str().unwrap();
        let there = rows.iter().filter(|row| row["importId"] == id).count();
        let expected = if import["status"] == "committed" { 10 } else { 0 };
        assert_eq!(there, expected, "an import is there whole or not at all");
    }
    let analysis = &person.get(&format!("/api/budgets/{budget}/analysis?month=2026-11"))["data"]["analysis"]["total"];
    let sum: u64 = rows.iter().map(|row| cents_of(&row["amount"])).sum();
    assert_eq!((cents_of(&analysis["spent"]), analysis["transactions"].as_u64()), (sum, Some(rows.len() as u64)));
}

/// What was not acknowledged is sent again under its key: afterwards each is there once.
fn retry(person: &Person, budget: &str, sent: &mut Sent) {
    for (key, cents, id) in sent.iter_mut().filter(|(_, _, id)| id.is_none()) {
        let (status, _, body) = person.json("POST", "/api/expenses", key, &expense(key, *cents, budget)).unwrap();
        assert_eq!(status, 201, "{body}");
        *id = body["data"]["expense"]["id"].as_str().map(str::to_owned);
    }
    verify(person, budget, sent, &[]);
}
