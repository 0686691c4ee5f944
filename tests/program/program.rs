//! The running program, and somebody who talks to it over plain sockets.
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// `ENCRYPTION_SECRET`: with MongoDB all processes have the same.
pub const SECRET: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// The running program.
pub struct Program {
    pub child: Child,
    pub port: u16,
}

impl Program {
    pub fn start(folder: &Path) -> Self {
        let mut program = Self::begin(Self::command(folder));
        program.wait_until_ready();
        program
    }

    /// `wealthwise serve` on any free port, with nothing of this process's environment.
    pub fn command(folder: &Path) -> Command {
        let mut command = Self::bare(folder);
        command.arg("serve");
        command
    }

    /// The program with that data folder, still without its words.
    pub fn bare(folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wealthwise"));
        Self::surroundings(&mut command, folder);
        command
    }

    /// The same by a shell, which sets something up first.
    pub fn command_after(setup: &str, folder: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{setup} && exec {} serve", env!("CARGO_BIN_EXE_wealthwise"))]);
        Self::surroundings(&mut command, folder);
        command
    }

    pub fn surroundings(command: &mut Command, folder: &Path) {
        command
            .env_clear()
            .envs([("PORT", "0"), ("APP_ENV", "test"), ("LOG_LEVEL", "error"), ("ADMIN_ADDR", "off")])
            .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            .env("WEALTHWISE_DATA_DIR", folder);
    }

    /// Starts it, and does not wait.
    pub fn begin(mut command: Command) -> Self {
        Self { child: command.stdout(Stdio::piped()).spawn().unwrap(), port: 0 }
    }

    /// Until it says where it listens; the whole of what it says.
    pub fn wait_until_ready(&mut self) -> String {
        let mut line = String::new();
        BufReader::new(self.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.split_whitespace().find_map(|word| word.rsplit(':').next()?.parse().ok());
        self.port = port.unwrap_or_else(|| panic!("no port in {line:?}"));
        line
    }

    pub fn person(&self) -> Person {
        Person { port: self.port, cookie: String::new() }
    }

    /// Somebody who has signed up, and the budget that they have made.
    pub fn owner(&self) -> (Person, String) {
        let mut person = self.person();
        person.enter("/api/auth/register");
        let body = json!({ "name": "Home", "monthlyIncome": 3000, "currency": "EUR" });
        let (_, _, budget) = person.json("POST", "/api/budgets", "budget", &body).unwrap();
        let budget = budget["data"]["budget"]["id"].as_str().unwrap().to_owned();
        (person, budget)
    }

    /// Sends it a signal, by the signal's name.
    pub fn signal(&self, name: &str) {
        let told = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
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
pub struct Person {
    pub port: u16,
    pub cookie: String,
}

impl Person {
    /// Status, head and body; `None` when the program is gone before it has answered.
    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<(u16, String, Value)> {
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

    /// The status alone, for whoever accepts that.
    pub fn status(&self, path: &str, accept: &str) -> u16 {
        self.page(path, accept).0
    }

    /// The status, and the answer as it came.
    pub fn page(&self, path: &str, accept: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let host = format!("localhost:{}", self.port);
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: {accept}\r\ncookie: {}\r\nconnection: close\r\n\r\n",
            self.cookie
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("{answer:?}")), answer)
    }

    pub fn json(&self, method: &str, path: &str, key: &str, body: &Value) -> Option<(u16, String, Value)> {
        let headers = format!("content-type: application/json\r\nidempotency-key: {key}\r\n");
        self.ask(method, path, &headers, body.to_string().as_bytes())
    }

    pub fn get(&self, path: &str) -> Value {
        let (status, _, body) = self.ask("GET", path, "", b"").expect("the program answers");
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Signs up or in.
    pub fn enter(&mut self, path: &str) {
        let body =
            json!({ "name": "Anna", "email": "anna@example.org", "password": "correct horse battery", "terms": true });
        let body = if path.ends_with("login") {
            json!({ "email": body["email"], "password": body["password"] })
        } else {
            body
        };
        let (status, head, answer) = self.json("POST", path, "enter", &body).expect("the program answers");
        assert!(status < 300, "{answer}");
        self.keep_cookie(&head);
    }

    /// The session that an answer began.
    pub fn keep_cookie(&mut self, head: &str) {
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
    }

    /// Posts a bank file of ten rows of one euro.
    pub fn import(&self, key: &str, budget: &str) -> Option<(u16, String, Value)> {
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

pub fn expense(key: &str, cents: u64, budget: &str) -> Value {
    let amount: Value = format!("{}.{:02}", cents / 100, cents % 100).into();
    json!({ "amount": amount, "currency": "EUR", "date": "2026-11-20", "merchant": key, "category": "food", "budgetId": budget })
}

pub fn all_rows(person: &Person) -> Vec<Value> {
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

pub fn cents_of(amount: &Value) -> u64 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    whole.parse::<u64>().unwrap() * 100 + format!("{fraction:0<2}").parse::<u64>().unwrap()
}

pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// The address of the `MongoDB` that tests use.
#[allow(clippy::disallowed_methods, reason = "scripts/with-services says where the server is")]
pub fn mongodb_uri() -> String {
    std::env::var("WEALTHWISE_TEST_MONGODB_URI").expect("scripts/with-services says where MongoDB is")
}

/// Removes a database of the server's.
pub fn remove_database(uri: &str, database: &str) {
    let options = store::MongoOptions { database: database.to_owned(), ..store::MongoOptions::new(uri) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store::mongo::remove(options)).unwrap();
}
