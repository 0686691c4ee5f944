//! Transfers with two legs: entered, changed and thrown away together; joined from bank rows and parted again.
use crate::helpers::{Client, TestApp, Value, budget, id, json};

/// Two accounts.
async fn accounts(client: &Client) -> [String; 2] {
    let mut ids = Vec::new();
    for name in ["Current", "Savings pot"] {
        let body = json!({ "name": name, "kind": "checking", "currency": "EUR" });
        ids.push(id(&client.post("/api/accounts", body).await.data()["account"]));
    }
    ids.try_into().unwrap()
}

fn body(home: Option<&str>, from: &str, to: &str) -> Value {
    json!({ "amount": 100, "currency": "EUR", "date": "2026-11-20", "description": "Put by", "kind": "transfer",
        "budgetId": home, "accountId": from, "toAccountId": to })
}

/// A transfer between two new accounts; the id of its first leg. For the tables of all routes.
pub async fn one(client: &Client, home: Option<&str>) -> String {
    let [from, to] = accounts(client).await;
    let made = client.post("/api/expenses", body(home, &from, &to)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    id(&made.data()["expense"])
}

async fn row(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/expenses/{id}")).await.data()["expense"].clone()
}

/// Takes back what was done last; the status.
async fn undo(client: &Client) -> u16 {
    let last = id(&client.get("/api/activity?limit=1").await.data()[0]);
    client.post(&format!("/api/activity/{last}/undo"), json!({})).await.status
}

async fn rows(client: &Client) -> i64 {
    client.get("/api/expenses").await.json()["meta"]["total"].as_i64().unwrap()
}

#[tokio::test]
async fn both_legs_go_together() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let [from, to] = accounts(&client).await;
    let made = client.post_once("/api/expenses", "once", &body(Some(&home), &from, &to)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let leg = made.data()["expense"].clone();
    let again =
        client.post_once("/api/expenses", "once", &body(Some(&home), &from, &to)).await.data()["expense"].clone();
    assert_eq!((again["id"].clone(), rows(&client).await), (leg["id"].clone(), 2), "once");
    let other = leg["otherLegId"].as_str().unwrap().to_owned();
    let one = id(&leg);
    let seen = row(&client, &other).await;
    assert_eq!((&seen["direction"], &leg["direction"]), (&json!("in"), &json!("out")));
    assert_eq!((&seen["transferId"], &leg["transferId"]), (&json!(one), &json!(one)));
    assert_eq!((&seen["accountId"], &leg["accountId"]), (&json!(to), &json!(from)));
    // None of it is spent.
    let analysis = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await.data()["analysis"].clone();
    assert_eq!((analysis["total"]["spent"].as_f64(), analysis["receivedIncome"].as_f64()), (Some(0.0), Some(0.0)));
    // Amount and day of one are those of both; one version is checked.
    let change = json!({ "version": 1, "amount": 120, "date": "2026-11-21" });
    assert_eq!(client.put(&format!("/api/expenses/{other}"), change.clone()).await.status, 200);
    assert_eq!(client.put(&format!("/api/expenses/{one}"), change).await.status, 409);
    let changed = row(&client, &one).await;
    assert_eq!((changed["amount"].as_f64(), changed["date"].as_str()), (Some(120.0), Some("2026-11-21")));
    // Undone together, thrown away together, back together.
    assert_eq!(undo(&client).await, 200);
    assert_eq!(
        (row(&client, &one).await["amount"].as_f64(), row(&client, &other).await["amount"].as_f64()),
        (Some(100.0), Some(100.0))
    );
    assert_eq!(client.delete(&format!("/api/expenses/{other}")).await.status, 204);
    assert_eq!(rows(&client).await, 0);
    assert_eq!(client.post(&format!("/api/trash/{one}/restore"), json!({})).await.status, 200);
    assert_eq!(rows(&client).await, 2);
    // A leg stays a transfer, of an account; it goes to another.
    let version = row(&client, &one).await["version"].clone();
    for (field, value) in [
        ("kind", json!("expense")),
        ("accountId", Value::Null),
        ("toAccountId", json!(from)),
        ("toAccountId", Value::Null),
    ] {
        let mut change = json!({ "version": version });
        change[field] = value;
        let refused = client.put(&format!("/api/expenses/{one}"), change).await;
        assert_eq!(refused.status, 400, "{field}");
        assert!(refused.json()["fields"][field].is_string(), "{}", refused.text());
    }
    let third = id(&client
        .post("/api/accounts", json!({ "name": "C", "kind": "cash", "currency": "EUR" }))
        .await
        .data()["account"]);
    let moved = client.put(&format!("/api/expenses/{one}"), json!({ "version": version, "toAccountId": third })).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(row(&client, &other).await["accountId"], json!(third));
}

#[tokio::test]
async fn a_row_becomes_a_transfer_later_and_back() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let [from, to] = accounts(&client).await;
    let mut single = body(None, &from, &to);
    single.as_object_mut().unwrap().remove("toAccountId");
    let single = id(&client.post("/api/expenses", single).await.data()["expense"]);
    let path = format!("/api/expenses/{single}");
    let joined = client.put(&path, json!({ "version": 1, "toAccountId": to })).await;
    assert_eq!((joined.status, rows(&client).await), (200, 2), "{}", joined.text());
    assert_eq!(undo(&client).await, 200);
    assert_eq!((rows(&client).await, row(&client, &single).await["transferId"].clone()), (1, Value::Null));
}

#[tokio::test]
async fn bank_rows_are_asked_about_joined_and_parted() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let [from, to] = accounts(&client).await;
    let enter = async |kind: &str, amount: f64, day: &str, account: &str| {
        let body = json!({ "amount": amount, "currency": "EUR", "date": day, "merchant": "Bank", "kind": kind,
            "accountId": account, "budgetId": home });
        id(&client.post("/api/expenses", body).await.data()["expense"])
    };
    let today = app.services.now().to_string()[..10].to_owned();
    let out = enter("expense", 250.0, &today, &from).await;
    let into = enter("income", 250.0, &today, &to).await;
    enter("income", 250.0, &today, &from).await;
    enter("expense", 7.0, &today, &from).await;
    let likely = client.get("/api/transfers").await.data();
    assert_eq!(likely.as_array().map(Vec::len), Some(1), "{likely}");
    assert_eq!((id(&likely[0]["from"]), id(&likely[0]["to"])), (out.clone(), into.clone()));
    let month = &today[..7];
    let income = async || {
        let path = format!("/api/budgets/{home}/analysis?month={month}");
        client.get(&path).await.data()["analysis"]["receivedIncome"].as_f64()
    };
    assert_eq!(income().await, Some(500.0));
    for (body, field) in [
        (json!({}), "otherId"),
        (json!({ "otherId": out }), "otherId"),
        (json!({ "otherId": "00010203040506070809abff" }), "otherId"),
        (json!({ "otherId": into, "more": 1 }), "more"),
    ] {
        let refused = client.post(&format!("/api/expenses/{out}/transfer"), body).await;
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(refused.json()["fields"][field].is_string(), "{}", refused.text());
    }
    let stale = json!({ "otherId": into, "otherVersion": 7 });
    assert_eq!(client.post(&format!("/api/expenses/{out}/transfer"), stale).await.status, 409);
    let joined = client.post(&format!("/api/expenses/{into}/transfer"), json!({ "otherId": out })).await;
    assert_eq!(joined.status, 200, "{}", joined.text());
    assert_eq!(joined.data()["transfer"]["from"]["id"], json!(out));
    assert_eq!((income().await, client.get("/api/transfers").await.data()), (Some(250.0), json!([])));
    let parted = client.delete(&format!("/api/expenses/{out}/transfer")).await;
    assert_eq!(parted.data()["transfer"]["to"]["kind"], "income", "{}", parted.text());
    assert_eq!(income().await, Some(500.0));
    assert_eq!(undo(&client).await, 200);
    assert_eq!((income().await, row(&client, &into).await["direction"].clone()), (Some(250.0), json!("in")));
    assert_eq!(client.delete(&format!("/api/expenses/{out}/transfer")).await.status, 200);
    let refused = client.send(hyper::Method::POST, &format!("/api/expenses/{out}/transfer/refuse"), &[], "").await;
    assert_eq!((refused.status, client.get("/api/transfers").await.data()), (200, json!([])));
}

#[tokio::test]
async fn a_file_keeps_both_legs_together() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.person("anna").await, app.person("ben").await);
    one(&anna, None).await;
    let file = anna.get("/api/expenses/export?format=csv").await.text();
    for (added, duplicates) in [(2, 0), (0, 2)] {
        let taken = ben.upload("/api/expenses/bulk-import", ("ours.csv", file.as_bytes()), &[]).await.data();
        assert_eq!((taken["added"].as_i64(), taken["duplicates"].as_i64()), (Some(added), Some(duplicates)), "{taken}");
    }
    let rows = ben.get("/api/expenses").await.data();
    let legs = rows.as_array().unwrap();
    assert_eq!(legs.iter().map(|leg| leg["kind"].clone()).collect::<Vec<_>>(), ["transfer", "transfer"]);
    assert!(legs[0]["transferId"].is_string() && legs[0]["transferId"] == legs[1]["transferId"], "{rows}");
    assert_ne!(legs[0]["direction"], legs[1]["direction"]);
    assert_eq!(legs[0]["otherLegId"], legs[1]["id"]);
}
