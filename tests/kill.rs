//! Nothing that was acknowledged is lost, and nothing is there by halves: the real program is killed (SIGKILL) while it is
//! written to, started again, and asked what it has. The last test asks it kindly (SIGTERM).
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

const ROUNDS: u64 = 5;
const WRITERS: u64 = 4;

/// The running program.
struct Program {
    child: Child,
    port: u16,
}

impl Program {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wealthwise"))
            .arg("serve")
            .env_clear()
            .envs([("PORT", "0"), ("APP_ENV", "test"), ("LOG_LEVEL", "error"), ("ADMIN_ADDR", "off")])
            .env("WEALTHWISE_DATA_DIR", folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("no port in {line:?}")) }
    }

    fn person(&self) -> Person {
        Person { port: self.port, cookie: String::new() }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client with a session.
#[derive(Clone)]
struct Person {
    port: u16,
    cookie: String,
}

impl Person {
    /// Status, head and body; `None` when the program is gone before it has answered.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<(u16, String, Value)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost:{0}\r\norigin: http://localhost:{0}\r\ncookie: {1}\r\n{headers}\
             content-length: {2}\r\nconnection: close\r\n\r\n",
            self.port,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let body = if body.is_empty() { Value::Null } else { serde_json::from_str(body).ok()? };
        Some((status, head.to_owned(), body))
    }

    fn json(&self, method: &str, path: &str, key: &str, body: &Value) -> Option<(u16, String, Value)> {
        let headers = format!("content-type: application/json\r\nidempotency-key: {key}\r\n");
        self.ask(method, path, &headers, body.to_string().as_bytes())
    }

    fn get(&self, path: &str) -> Value {
        let (status, _, body) = self.ask("GET", path, "", b"").expect("the program answers");
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Signs up or in.
    fn enter(&mut self, path: &str) {
        let body =
            json!({ "name": "Anna", "email": "anna@example.org", "password": "correct horse battery", "terms": true });
        let body = if path.ends_with("login") {
            json!({ "email": body["email"], "password": body["password"] })
        } else {
            body
        };
        let (status, head, answer) = self.json("POST", path, "enter", &body).expect("the program answers");
        assert!(status < 300, "{answer}");
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
    }

    /// Posts a bank file of ten rows of one euro.
    fn import(&self, key: &str, budget: &str) -> Option<(u16, String, Value)> {
        let mut rows = String::new();
        for row in 1..=10 {
            let _ = writeln!(rows, "2026-11-{row:02},{key}-{row},-1.00");
        }
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"budgetId\"\r\n\r\n{budget}\r\n--b\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nDate,Payee,Amount\n{rows}\r\n--b--\r\n"
        );
        let headers = format!("content-type: multipart/form-data; boundary=b\r\nidempotency-key: {key}\r\n");
        self.ask("POST", "/api/expenses/bulk-import", &headers, body.as_bytes())
    }
}

fn expense(key: &str, cents: u64, budget: &str) -> Value {
    let amount: Value = format!("{}.{:02}", cents / 100, cents % 100).into();
    json!({ "amount": amount, "currency": "EUR", "date": "2026-11-20", "merchant": key, "category": "food", "budgetId": budget })
}

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

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = folder("kill");
    let mut program = Program::start(&folder);
    let mut person = program.person();
    person.enter("/api/auth/register");
    let body = json!({ "name": "Home", "monthlyIncome": 3000, "currency": "EUR" });
    let (_, _, budget) = person.json("POST", "/api/budgets", "budget", &body).unwrap();
    let budget = budget["data"]["budget"]["id"].as_str().unwrap().to_owned();
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
        thread::sleep(Duration::from_millis(300 + 97 * round));
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

fn all_rows(person: &Person) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("/api/expenses?limit=500{cursor}"));
        rows.extend(page["data"].as_array().unwrap().iter().cloned());
        match page["meta"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return rows,
        }
    }
}

fn cents_of(amount: &Value) -> u64 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    whole.parse::<u64>().unwrap() * 100 + format!("{fraction:0<2}").parse::<u64>().unwrap()
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_ends_well() {
    let folder = folder("stop");
    let mut program = Program::start(&folder);
    let mut person = program.person();
    person.enter("/api/auth/register");
    let told = Command::new("kill").args(["-TERM", &program.child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(program.child.wait().unwrap().success(), "exit code 0");
    drop(program);
    let _ = std::fs::remove_dir_all(folder);
}
