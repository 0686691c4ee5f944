//! `POST /api/expenses/bulk`: all or nothing, and one way back.
use crate::helpers::{Answer, Client, TestApp, Value, budget, expense, id, json, lunch, snapshot};

const NOBODYS: &str = "00010203040506070809abff";

async fn bulk(client: &Client, body: Value) -> Answer {
    client.post("/api/expenses/bulk", body).await
}

async fn row(client: &Client, row: &str) -> Value {
    client.get(&format!("/api/expenses/{row}")).await.data()["expense"].clone()
}

async fn undo(client: &Client, done: &Value) -> Answer {
    client.post(&format!("/api/activity/{}/undo", done["activityId"].as_str().unwrap()), json!({})).await
}

/// What the figures of a budget's month say.
async fn spent(client: &Client, budget: &str) -> Value {
    client.get(&format!("/api/budgets/{budget}/analysis?month=2026-11")).await.data()["analysis"].clone()
}

/// Rows without what each write changes.
fn said(mut row: Value) -> Value {
    for name in ["version", "updatedAt", "deletedAt"] {
        row.as_object_mut().unwrap().remove(name);
    }
    row
}

#[tokio::test]
async fn each_action_and_its_way_back() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let (home, other) = (budget(&client).await, budget(&client).await);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(expense(&client, Some(&home)).await);
    }
    let (before, figures) = (client.get("/api/expenses").await.data(), spent(&client, &home).await);
    for action in [
        json!({ "ids": ids, "action": "categorize", "category": "housing", "subcategory": "Rent" }),
        json!({ "ids": ids, "action": "categorize", "category": null }),
        json!({ "ids": ids, "action": "tag", "tags": ["work", "trip"] }),
        json!({ "ids": ids, "action": "move", "budgetId": other }),
        json!({ "ids": ids, "action": "move", "budgetId": null }),
        json!({ "ids": ids, "action": "delete" }),
        json!({ "ids": ids, "action": "merge" }),
    ] {
        let told = client.get("/api/activity").await.json()["meta"]["total"].as_u64().unwrap();
        let done = bulk(&client, action.clone()).await;
        assert_eq!(done.status, 200, "{action}: {}", done.text());
        assert_ne!(client.get("/api/expenses").await.data(), before, "{action}");
        let after = client.get("/api/activity").await.json()["meta"]["total"].as_u64().unwrap();
        assert_eq!(after, told + 1, "{action} is told once");
        let undone = undo(&client, &done.data()).await;
        assert_eq!(undone.status, 200, "{action}: {}", undone.text());
        assert_eq!(undone.data()["entity"]["kind"], "expenses");
        let now = client.get("/api/expenses").await.data();
        let rows = |list: &Value| list.as_array().unwrap().iter().cloned().map(said).collect::<Vec<_>>();
        assert_eq!(rows(&now), rows(&before), "{action} is taken back");
        assert_eq!(spent(&client, &home).await, figures, "{action}");
        // And done again, and taken back again.
        let again = undone.data()["activity"].clone();
        let redone = client.post(&format!("/api/activity/{}/undo", id(&again)), json!({})).await;
        assert_eq!(redone.status, 200, "{action} again: {}", redone.text());
        let last = client.post(&format!("/api/activity/{}/undo", id(&redone.data()["activity"])), json!({})).await;
        assert_eq!(last.status, 200, "{action} back again: {}", last.text());
        assert_eq!(rows(&client.get("/api/expenses").await.data()), rows(&before), "{action}");
    }
}

#[tokio::test]
async fn out_of_the_trash_together() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let ids = [expense(&client, Some(&home)).await, expense(&client, None).await];
    let deleted = bulk(&client, json!({ "ids": ids, "action": "delete" })).await.data();
    assert_eq!(deleted["expenses"].as_array().unwrap().len(), 2);
    let again = bulk(&client, json!({ "ids": ids, "action": "delete" })).await;
    assert_eq!((again.status, again.code().as_str()), (404, "NOT_FOUND"));
    let restored = bulk(&client, json!({ "ids": ids, "action": "restore" })).await;
    assert_eq!(restored.status, 200, "{}", restored.text());
    assert_eq!(client.get("/api/expenses").await.data().as_array().unwrap().len(), 2);
    let twice = bulk(&client, json!({ "ids": ids, "action": "restore" })).await;
    assert_eq!((twice.status, twice.code().as_str()), (409, "CONFLICT"));
    let late = undo(&client, &deleted).await;
    assert_eq!((late.status, late.code().as_str()), (409, "CONFLICT"), "they are back already");
    let back = undo(&client, &restored.data()).await;
    assert_eq!(back.status, 200, "{}", back.text());
    assert_eq!(client.get("/api/trash").await.data().as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn one_of_several_prints_stays() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let mut rich = lunch(Some(&home));
    (rich["notes"], rich["tags"], rich["category"]) = ("with Ada".into(), json!(["work"]), Value::Null);
    let rich = id(&client.post("/api/expenses", rich).await.data()["expense"]);
    let mut poor = lunch(None);
    (poor["merchant"], poor["description"]) = (Value::Null, "LUNCH BAR 0815".into());
    let poor = id(&client.post("/api/expenses", poor).await.data()["expense"]);
    let done = bulk(&client, json!({ "ids": [poor, rich], "action": "merge" })).await.data();
    let kept = &done["expenses"][0];
    assert_eq!(
        (id(kept), kept["category"].as_str(), kept["description"].as_str()),
        (rich.clone(), Some("food"), Some("LUNCH BAR 0815"))
    );
    assert!(row(&client, &poor).await["deletedAt"].is_string());
    let other = client
        .post("/api/expenses", json!({ "amount": 1, "currency": "EUR", "date": "2026-11-20", "merchant": "x" }))
        .await;
    let refused = bulk(&client, json!({ "ids": [rich, id(&other.data()["expense"])], "action": "merge" })).await;
    assert_eq!((refused.status, refused.json()["fields"]["ids.1"].is_string()), (400, true), "{}", refused.text());
    assert_eq!(undo(&client, &done).await.status, 200);
    assert!(row(&client, &rich).await["description"].is_null());
}

#[tokio::test]
async fn what_changed_since_stays() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let ids = [expense(&client, None).await, expense(&client, None).await];
    let done = bulk(&client, json!({ "ids": ids, "action": "categorize", "category": "housing" })).await.data();
    let change = json!({ "version": 2, "category": "utilities" });
    assert_eq!(client.put(&format!("/api/expenses/{}", ids[0]), change).await.status, 200);
    let refused = undo(&client, &done).await;
    assert_eq!((refused.status, refused.json()["fields"]["category"].is_string()), (409, true), "{}", refused.text());
    let path = format!("/api/activity/{}/undo?untouched=true", done["activityId"].as_str().unwrap());
    assert_eq!(client.post(&path, json!({})).await.status, 200);
    assert_eq!(row(&client, &ids[0]).await["category"], "utilities");
    assert_eq!(row(&client, &ids[1]).await["category"], "food");
    let twice = client.post(&path, json!({})).await;
    assert_eq!(twice.code(), "CONFLICT");
}

#[tokio::test]
async fn all_or_nothing() {
    let app = TestApp::start().await;
    let (client, other) = (app.person("anna").await, app.person("other").await);
    let home = budget(&client).await;
    let (lunch_id, foreign) = (expense(&client, Some(&home)).await, expense(&other, None).await);
    let income = json!({ "amount": 5, "currency": "EUR", "date": "2026-11-20", "merchant": "Work", "kind": "income" });
    let income = id(&client.post("/api/expenses", income).await.data()["expense"]);
    let before = snapshot(&client).await;
    let foreign_budget = budget(&other).await;
    for (body, status, field) in [
        (json!({}), 400, "ids"),
        (json!({ "ids": [], "action": "delete" }), 400, "ids"),
        (json!({ "ids": "x", "action": "delete" }), 400, "ids"),
        (json!({ "ids": [lunch_id, "x"], "action": "delete" }), 400, "ids"),
        (json!({ "ids": [lunch_id, lunch_id], "action": "delete" }), 400, "ids"),
        (json!({ "ids": vec![NOBODYS; 501], "action": "delete" }), 400, "ids"),
        (json!({ "ids": [lunch_id], "action": "burn" }), 400, "action"),
        (json!({ "ids": [lunch_id], "action": "categorize" }), 400, "category"),
        (json!({ "ids": [lunch_id], "action": "categorize", "category": "fun" }), 400, "category"),
        (
            json!({ "ids": [lunch_id], "action": "categorize", "category": null, "subcategory": "x" }),
            400,
            "subcategory",
        ),
        (json!({ "ids": [lunch_id], "action": "tag" }), 400, "tags"),
        (json!({ "ids": [lunch_id], "action": "tag", "tags": [1] }), 400, "tags"),
        (json!({ "ids": [lunch_id], "action": "move" }), 400, "budgetId"),
        (json!({ "ids": [lunch_id], "action": "move", "budgetId": foreign_budget }), 400, "budgetId"),
        (json!({ "ids": [lunch_id], "action": "delete", "category": "food" }), 400, "category"),
        (json!({ "ids": [lunch_id], "action": "merge" }), 400, "ids"),
        (json!({ "ids": [lunch_id], "action": "delete", "versions": [1, 2] }), 400, "versions"),
        (json!({ "ids": [lunch_id, income], "action": "categorize", "category": "food" }), 400, "ids.1"),
        (json!({ "ids": [lunch_id, NOBODYS], "action": "delete" }), 404, "ids.1"),
        (json!({ "ids": [foreign, lunch_id], "action": "delete" }), 404, "ids.0"),
    ] {
        let refused = bulk(&client, body.clone()).await;
        assert_eq!(
            (refused.status, refused.json()["fields"][field].is_string()),
            (status, true),
            "{body}: {}",
            refused.text()
        );
    }
    let stale = bulk(&client, json!({ "ids": [income, lunch_id], "versions": [1, 7], "action": "delete" })).await;
    assert_eq!((stale.status, stale.code().as_str()), (409, "STALE_VERSION"));
    assert_eq!(snapshot(&client).await, before);
    let body = json!({ "ids": [income, lunch_id], "versions": [1, 1], "action": "tag", "tags": ["x"] });
    let once = client.post_once("/api/expenses/bulk", "k1", &body).await;
    let again = client.post_once("/api/expenses/bulk", "k1", &body).await;
    assert_eq!((once.status, once.text()), (200, again.text()), "done once for a key");
    assert_eq!(row(&client, &lunch_id).await["version"], 2);
    let nothing = bulk(&client, json!({ "ids": [lunch_id], "action": "tag", "tags": ["x"] })).await.data();
    assert_eq!((nothing["expenses"].as_array().unwrap().len(), nothing["activityId"].is_null()), (0, true));
}

#[tokio::test]
async fn the_bar_above_the_table() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let ids = [expense(&client, Some(&home)).await, expense(&client, Some(&home)).await];
    let send = async |pairs: &[(&str, &str)]| {
        let mut all = vec![
            ("idempotencyKey", pairs[0].1),
            ("back", "/expenses"),
            ("id", ids[0].as_str()),
            ("id", ids[1].as_str()),
        ];
        all.extend(&pairs[1..]);
        client.form_by_script("expense-bulk", &all).await.json()
    };
    // All fields of the bar come with each button.
    let filed =
        send(&[("k", "1"), ("tags", ""), ("category", "housing"), ("budgetId", ""), ("action", "categorize")]).await;
    assert_eq!(
        (filed["ok"].as_bool(), filed["toast"]["text"].as_str()),
        (Some(true), Some("2 entries categorised")),
        "{filed}"
    );
    assert_eq!(
        (filed["toast"]["undo"]["form"].as_str(), row(&client, &ids[0]).await["category"].as_str()),
        (Some("activity-undo"), Some("housing"))
    );
    let undo = filed["toast"]["undo"]["fields"][0][1].as_str().unwrap();
    let undone = client.form_by_script("activity-undo", &[("id", undo)]).await.json();
    assert_eq!(undone["toast"]["text"], "Undone: 2 entries changed", "{undone}");
    assert_eq!(row(&client, &ids[1]).await["category"], "food");
    let none = send(&[("k", "2"), ("category", ""), ("action", "categorize")]).await;
    assert!(none["ok"] == false && none["error"] == "Choose a category", "{none}");
    let uncategorised = send(&[("k", "3"), ("category", "none"), ("action", "categorize")]).await;
    assert!(uncategorised["ok"] == true && row(&client, &ids[0]).await["category"].is_null(), "{uncategorised}");
    let private = send(&[("k", "4"), ("budgetId", "none"), ("action", "move")]).await;
    assert!(private["ok"] == true && row(&client, &ids[0]).await["budgetId"].is_null(), "{private}");
    let empty = client.form_by_script("expense-bulk", &[("action", "delete")]).await.json();
    assert_eq!(empty["error"], "Select at least one entry first.", "{empty}");
    let page = client.get("/expenses").await.text();
    assert!(page.contains("name=\"id\"") && page.contains(&ids[0]), "boxes that a form sends without a script");
    let plain = client
        .form("expense-bulk", &[("back", "/expenses"), ("id", &ids[0]), ("id", &ids[1]), ("action", "delete")])
        .await;
    assert_eq!((plain.status, plain.header("location")), (303, "/expenses"));
    assert_eq!(client.get("/api/trash").await.data().as_array().unwrap().len(), 2);
}
