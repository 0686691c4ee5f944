//! `/api/events`: what changes, as it changes.
use crate::helpers::{Client, TestApp, Value, budget, expense, lunch};
use std::time::Duration;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    time::timeout,
};

/// Nothing here takes so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open stream of events.
struct Stream(BufReader<TcpStream>);

/// One event: its name, its id, what it says.
type Heard = (String, String, Value);

impl Stream {
    /// Opens it, and waits until it says that it listens.
    async fn open(client: &Client, after: &str) -> Self {
        let mut stream = TcpStream::connect(client.address).await.unwrap();
        let last = if after.is_empty() { String::new() } else { format!("last-event-id: {after}\r\n") };
        let head = format!(
            "GET /api/events HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nconnection: close\r\n{last}\r\n",
            client.address,
            client.cookie_line()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut stream = Self(BufReader::new(stream));
        assert!(stream.line().await.unwrap().starts_with("HTTP/1.1 200"));
        while stream.line().await.unwrap() != ": listening" {}
        stream
    }

    /// The next line without its end; none at the end of it all. (The lines of the transfer coding look like none of ours.)
    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.0.read_line(&mut line)).await.expect("it says something").unwrap_or(0);
        (read > 0).then(|| line.trim_end().to_owned())
    }

    async fn next(&mut self) -> Option<Heard> {
        let (mut name, mut id) = (String::new(), String::new());
        loop {
            let line = self.line().await?;
            if let Some(said) = line.strip_prefix("event: ") {
                said.clone_into(&mut name);
            } else if let Some(said) = line.strip_prefix("id: ") {
                said.clone_into(&mut id);
            } else if let Some(said) = line.strip_prefix("data: ") {
                let data = serde_json::from_str(said).unwrap();
                // The name may stand after the data.
                while let Some(line) = self.line().await.filter(|line| !line.is_empty()) {
                    if let Some(said) = line.strip_prefix("event: ") {
                        said.clone_into(&mut name);
                    } else if let Some(said) = line.strip_prefix("id: ") {
                        said.clone_into(&mut id);
                    }
                }
                return Some((name, id, data));
            }
        }
    }
}

#[tokio::test]
async fn ones_own_changes_are_heard_and_nobody_elses() {
    let app = TestApp::start().await;
    let (anna, bob) = (app.person("anna").await, app.person("bob").await);
    let home = budget(&anna).await;
    let (mut annas, mut bobs) = (Stream::open(&anna, "").await, Stream::open(&bob, "").await);
    let row = expense(&anna, Some(&home)).await;
    let (name, _, change) = annas.next().await.unwrap();
    assert_eq!(name, "change");
    assert_eq!(change, serde_json::json!({ "entity": "expense", "id": row, "version": 1, "budgetId": home }));
    anna.put(&format!("/api/expenses/{row}"), serde_json::json!({ "version": 1, "amount": 5 })).await.data();
    assert_eq!(annas.next().await.unwrap().2["version"], 2);
    let own = expense(&bob, None).await;
    assert_eq!(bobs.next().await.unwrap().2["id"], own, "the first that Bob hears is his own");
}

#[tokio::test]
async fn members_hear_each_other_and_who_is_out_nothing() {
    let app = TestApp::start().await;
    let (anna, bob) = (app.person("anna").await, app.person("bob").await);
    let home = budget(&anna).await;
    let body = serde_json::json!({ "email": "bob@example.org", "role": "edit" });
    let invite = anna.post(&format!("/api/budgets/{home}/share"), body).await.data();
    let invite = invite["invite"]["id"].as_str().unwrap().to_owned();
    bob.post(&format!("/api/invites/{invite}/accept"), serde_json::json!({})).await.data();
    let (mut annas, mut bobs) = (Stream::open(&anna, "").await, Stream::open(&bob, "").await);
    let row = expense(&bob, Some(&home)).await;
    for stream in [&mut annas, &mut bobs] {
        let (_, _, change) = stream.next().await.unwrap();
        assert_eq!(change, serde_json::json!({ "entity": "expense", "id": row, "version": 1, "budgetId": home }));
    }
    let who = bob.get("/api/auth/me").await.data()["user"]["id"].clone();
    let path = format!("/api/budgets/{home}/collaborate");
    anna.put(&path, serde_json::json!({ "userId": who, "remove": true })).await.data();
    assert_eq!(bobs.next().await.unwrap().2["entity"], "budget", "that they are out they hear");
    anna.put(&format!("/api/expenses/{row}"), serde_json::json!({ "version": 1, "amount": 5 })).await.data();
    let own = expense(&bob, None).await;
    assert_eq!(bobs.next().await.unwrap().2["id"], own, "and nothing more");
}

/// Pages follow a budget by its id: what goes from one to the other is heard under both.
#[tokio::test]
async fn a_row_that_moves_is_heard_in_both_budgets() {
    let app = TestApp::start().await;
    let (anna, bob) = (app.person("anna").await, app.person("bob").await);
    let (home, trip) = (budget(&anna).await, budget(&anna).await);
    let body = serde_json::json!({ "email": "bob@example.org", "role": "view" });
    let invite = anna.post(&format!("/api/budgets/{home}/share"), body).await.data();
    let invite = invite["invite"]["id"].as_str().unwrap().to_owned();
    bob.post(&format!("/api/invites/{invite}/accept"), serde_json::json!({})).await.data();
    let row = expense(&anna, Some(&home)).await;
    let (mut annas, mut bobs) = (Stream::open(&anna, "").await, Stream::open(&bob, "").await);
    let body = serde_json::json!({ "version": 1, "budgetId": trip });
    anna.put(&format!("/api/expenses/{row}"), body).await.data();
    let at = |budget: &str| serde_json::json!({ "entity": "expense", "id": row, "version": 2, "budgetId": budget });
    assert_eq!([annas.next().await.unwrap().2, annas.next().await.unwrap().2], [at(&trip), at(&home)]);
    assert_eq!(bobs.next().await.unwrap().2, at(&home), "not where to");
}

#[tokio::test]
async fn a_lost_connection_goes_on_where_it_was() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let mut stream = Stream::open(&anna, "").await;
    expense(&anna, None).await;
    let (_, last, _) = stream.next().await.unwrap();
    drop(stream);
    let missed = [expense(&anna, None).await, expense(&anna, None).await];
    let mut stream = Stream::open(&anna, &last).await;
    let next = expense(&anna, None).await;
    for expected in missed.iter().chain([&next]) {
        assert_eq!(stream.next().await.unwrap().2["id"], *expected);
    }
    // After what nobody knows, everything is to be read again.
    let mut stream = Stream::open(&anna, "12345-0").await;
    assert_eq!(stream.next().await.unwrap().0, "reset");
}

#[tokio::test]
async fn it_ends_with_the_session() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let twin = anna.twin();
    let mut stream = Stream::open(&anna, "").await;
    let other = app.stranger();
    let body = serde_json::json!({ "email": "anna@example.org", "password": "correct horse battery" });
    other.post("/api/auth/login", body).await.data();
    assert_eq!(twin.post("/api/auth/logout", serde_json::json!({})).await.status, 204);
    other.post("/api/expenses", lunch(None)).await.data();
    assert!(stream.next().await.is_none(), "who has signed out hears nothing more");
}

#[tokio::test]
async fn it_does_not_hold_up_the_end() {
    let mut app = TestApp::start().await;
    let mut stream = Stream::open(&app.person("anna").await, "").await;
    app.stop();
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn what_repeats_is_followed() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    let mut body = lunch(Some(&home));
    body["recurringPattern"] = serde_json::json!({ "frequency": "monthly" });
    let made = anna.post("/api/expenses", body).await.data()["expense"].clone();
    let series = made["recurringPattern"]["parentId"].as_str().unwrap().to_owned();
    let mut heard = Stream::open(&anna, "").await;
    for (nth, step) in ["skip", "pause", "resume", "end"].into_iter().enumerate() {
        anna.post(&format!("/api/recurring/{series}/{step}"), serde_json::json!({})).await.data();
        let expected = serde_json::json!({ "entity": "recurring", "id": series, "version": nth + 2, "budgetId": home });
        assert_eq!(heard.next().await.unwrap().2, expected, "{step}");
    }
    let told = anna.get(&format!("/api/budgets/{home}/activity?kind=recurring")).await.data();
    let steps: Vec<_> = told.as_array().unwrap().iter().map(|told| &told["changes"][0]["after"]["step"]).collect();
    assert_eq!(steps, ["ended", "resumed", "paused", "skipped", "declared"]);
    assert!(told.as_array().unwrap().iter().all(|told| told["undoable"] == false), "{told}");
    assert_eq!(told[0]["changes"][0]["entityId"], series.as_str());
}
