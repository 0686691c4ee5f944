//! `serve --demo`: two years of a made-up household, for whoever comes, gone with the program.
use super::program::{Person, Program, SECRET, all_rows, folder};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::Stdio,
};

const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

/// The program on example data, and what it said. Its folders are made in `place`.
fn example(data: &Path, place: &Path) -> (Program, String) {
    fs::create_dir_all(place).unwrap();
    let mut command = Program::bare(data);
    command.args(["serve", "--demo"]).env("TMPDIR", place);
    let mut program = Program::begin(command);
    let said = program.wait_until_ready();
    (program, said)
}

fn made_in(place: &Path) -> Vec<PathBuf> {
    fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Signs in as whom the line names.
fn sign_in(program: &Program, said: &str) -> Person {
    let email = said.split_whitespace().find(|word| word.contains('@')).unwrap();
    let password = said.split('"').nth(1).unwrap();
    let mut person = program.person();
    let body = json!({ "email": email, "password": password });
    let (status, head, answer) = person.json("POST", "/api/auth/login", "enter", &body).unwrap();
    assert_eq!(status, 200, "{answer}");
    person.keep_cookie(&head);
    person
}

/// In cents, whatever the sign.
fn cents(amount: &Value) -> i64 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let cents: i64 = format!("{fraction:0<2}").parse().unwrap();
    let whole_cents = whole.parse::<i64>().unwrap() * 100;
    if text.starts_with('-') { whole_cents - cents } else { whole_cents + cents }
}

#[test]
fn it_shows_two_years_and_leaves_nothing() {
    let (data, place) = (folder("demo-data"), folder("demo-place"));
    let (mut program, said) = example(&data, &place);
    let made = made_in(&place);
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(made[0].join("wealthwise.db").is_file(), "{made:?}");
    let person = sign_in(&program, &said);

    let dashboard = person.get("/api/analytics/dashboard")["data"]["dashboard"].clone();
    let today = dashboard["today"].as_str().unwrap();
    let budget = dashboard["analysis"]["budgetId"].as_str().unwrap();
    let safe = &dashboard["safeToSpendPerDay"];
    assert!(cents(safe) > 1_500, "{dashboard}");
    assert!(cents(&dashboard["analysis"]["categories"]["healthcare"]["remaining"]) < 0, "{dashboard}");
    let (status, page) = person.page("/dashboard", "text/html");
    let figure = format!("€{}.{:02}", cents(safe) / 100, cents(safe) % 100);
    assert!(status == 200 && page.contains(&figure), "{status}: no {figure}");

    let rows = all_rows(&person);
    let entered: Vec<&str> = rows.iter().map(|row| row["createdAt"].as_str().unwrap()).collect();
    assert!(entered.is_sorted_by(|newer, older| newer > older), "each has its place in the list");
    assert!(rows.len() >= 1_400, "{} rows", rows.len());
    let mut spent: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &rows {
        let date = row["date"].as_str().unwrap();
        assert!(date <= today, "{row}");
        let entered = row["createdAt"].as_str().unwrap();
        assert!(entered.starts_with(date) || date[..7] == today[..7], "entered on its day: {row}");
        let sign = match row["kind"].as_str().unwrap() {
            "expense" => 1,
            "refund" => -1,
            _ => 0,
        };
        *spent.entry(&date[..7]).or_default() += sign * cents(&row["baseAmount"]);
    }
    assert!(spent.len() >= 24, "{spent:?}");
    for (month, spent) in &spent {
        let path = format!("/api/budgets/{budget}/analysis?month={month}");
        let analysis = &person.get(&path)["data"]["analysis"];
        assert_eq!(cents(&analysis["total"]["spent"]), *spent, "{month}");
    }
    // The plan of the first year still counts in it.
    let income = |month: &str| {
        let path = format!("/api/budgets/{budget}/analysis?month={month}");
        cents(&person.get(&path)["data"]["analysis"]["plannedIncome"])
    };
    let months: Vec<&&str> = spent.keys().collect();
    assert_eq!([income(months[0]), income(months[11]), income(months[12])], [448_000, 448_000, 465_000]);

    program.signal("TERM");
    assert!(program.child.wait().unwrap().success(), "exit code 0");
    assert_eq!(made_in(&place), Vec::<PathBuf>::new(), "its folder is gone");
    assert!(!data.exists(), "one's own data are not touched");
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn a_visitor_looks_around_in_their_own_language() {
    let (data, place) = (folder("visitor-data"), folder("visitor-place"));
    let (program, _) = example(&data, &place);
    let mut visitor = program.person();
    let german = format!("{FORM}accept-language: de-AT\r\n");
    let (status, head, _) = visitor.ask("POST", "/_fn/form/demo-enter", &german, b"").unwrap();
    assert_eq!(status, 303);
    assert!(head.contains("location: /dashboard"), "{head}");
    visitor.keep_cookie(&head);
    let me = visitor.get("/api/auth/me")["data"]["user"].clone();
    assert_eq!(
        (me["email"].as_str(), me["preferences"]["language"].as_str()),
        (Some("mara@example.org"), Some("de-AT"))
    );
    assert_eq!(visitor.page("/dashboard", "text/html").0, 200);
    drop(program);
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn without_the_example_there_is_no_such_way_in() {
    let data = folder("no-demo");
    let program = Program::start(&data);
    let headers = format!("{FORM}accept: application/json\r\n");
    let (status, _, outcome) = program.person().ask("POST", "/_fn/form/demo-enter", &headers, b"").unwrap();
    assert_eq!((status, outcome["code"].as_str()), (404, Some("NOT_FOUND")), "{outcome}");
    drop(program);
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn it_is_refused_where_data_are_kept_elsewhere() {
    let data = folder("demo-elsewhere");
    for (name, value) in [
        ("MONGODB_URI", "mongodb://127.0.0.1:1"),
        ("REDIS_URL", "redis://127.0.0.1:1"),
        ("BLOB_URL", "file:///nowhere"),
    ] {
        let mut command = Program::bare(&data);
        command.args(["serve", "--demo"]).env("ENCRYPTION_SECRET", SECRET).env(name, value).stderr(Stdio::piped());
        let mut program = Program::begin(command);
        assert!(!program.child.wait().unwrap().success(), "{name}");
        let mut said = String::new();
        program.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(said.contains("--demo") && said.contains(name), "{said}");
    }
    assert!(!data.exists());
}
