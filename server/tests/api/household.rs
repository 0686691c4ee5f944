//! What members of a budget do together, in its timeline: months, members, and what goes from one budget to another.
use crate::helpers::{Answer, Client, TestApp, Value, budget, expense, id, json};

async fn user_id(client: &Client) -> String {
    id(&client.get("/api/auth/me").await.data()["user"])
}

/// Invited by the first, accepted by the second.
pub async fn join(owner: &Client, budget: &str, name: &str, client: &Client, role: &str) {
    let body = json!({ "email": format!("{name}@example.org"), "role": role });
    owner.post(&format!("/api/budgets/{budget}/share"), body).await.data();
    let invite = id(&client.get("/api/invites").await.data()[0]);
    client.post(&format!("/api/invites/{invite}/accept"), json!({})).await.data();
}

async fn feed(client: &Client, budget: &str) -> Vec<Value> {
    client.get(&format!("/api/budgets/{budget}/activity")).await.data().as_array().unwrap().clone()
}

async fn undo(client: &Client, activity: &Value) -> Answer {
    client.post(&format!("/api/activity/{}/undo", id(activity)), json!({})).await
}

async fn moved(client: &Client, budget: &str, from: &str, to: &str, amount: f64) -> Value {
    let body = json!({ "month": "2026-11", "from": from, "to": to, "amount": amount });
    client.post(&format!("/api/budgets/{budget}/move"), body).await.data()["month"].clone()
}

async fn month(client: &Client, budget: &str) -> Value {
    client.get(&format!("/api/budgets/{budget}/months/2026-11")).await.data()["month"].clone()
}

async fn left(client: &Client, budget: &str, category: &str) -> f64 {
    let found = client.get(&format!("/api/budgets/{budget}/analysis?month=2026-11")).await.data();
    found["analysis"]["categories"][category]["remaining"].as_f64().unwrap()
}

/// Parts are of members of the budget where the row stands, and of nobody else.
#[tokio::test]
async fn a_part_is_nobodys_where_its_member_has_no_part() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.person("anna").await, app.person("ben").await);
    let (home, own) = (budget(&anna).await, budget(&anna).await);
    join(&anna, &home, "ben", &ben, "edit").await;
    let theirs = user_id(&ben).await;
    let body = json!({ "amount": 10, "currency": "EUR", "date": "2026-11-02", "merchant": "Market",
        "budgetId": home, "splits": [
        { "amount": 6, "category": "food", "memberId": theirs }, { "amount": 4, "memo": "rest" } ] });
    let row = anna.post("/api/expenses", body).await.data()["expense"].clone();
    let path = format!("/api/expenses/{}", id(&row));
    let refused = anna.put(&path, json!({ "version": 1, "budgetId": own })).await;
    assert_eq!(refused.status, 400);
    assert!(refused.json()["fields"]["splits.0.memberId"].is_string(), "{}", refused.text());
    let moved = anna.post("/api/expenses/bulk", json!({ "ids": [id(&row)], "action": "move", "budgetId": own })).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let row = anna.get(&path).await.data()["expense"].clone();
    assert_eq!((&row["budgetId"], &row["splits"][0]["memberId"]), (&json!(own), &Value::Null));
    assert_eq!(row["splits"][0]["amount"].as_f64(), Some(6.0));
}

#[tokio::test]
async fn moves_go_back_and_forth() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.person("anna").await, app.person("ben").await);
    let home = budget(&anna).await;
    join(&anna, &home, "ben", &ben, "edit").await;
    let first = moved(&anna, &home, "food", "housing", 100.0).await["moves"][0].clone();
    let told = feed(&ben, &home).await[0].clone();
    let change = &told["changes"][0];
    assert_eq!(
        (told["kind"].as_str(), told["actor"]["name"].as_str(), told["undoable"].as_bool()),
        (Some("changed"), Some("anna"), Some(true))
    );
    assert_eq!(
        (change["entity"].as_str(), change["month"].as_str(), change["amount"].as_f64()),
        (Some("month"), Some("2026-11"), Some(100.0))
    );
    assert_eq!((change["before"]["moves"].clone(), change["after"]["moves"][0].clone()), (json!([]), first.clone()));

    // Another one's, whatever was moved after it.
    moved(&ben, &home, "housing", "savings", 900.0).await;
    let undone = undo(&ben, &told).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(undone.data()["entity"]["month"]["moves"].as_array().map(Vec::len), Some(1));
    assert_eq!((left(&anna, &home, "food").await, left(&anna, &home, "housing").await), (450.0, 0.0));
    assert_eq!(undo(&anna, &told).await.status, 409, "once");
    // Again: the same move, under its id.
    let again = undo(&anna, &undone.data()["activity"]).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let moves = month(&anna, &home).await["moves"].clone();
    assert_eq!(moves.as_array().unwrap().iter().filter(|one| **one == first).count(), 1, "{moves}");
    assert_eq!(undo(&anna, &again.data()["activity"]).await.status, 200);
    // Where there is not enough for it any more, it doesn't come again.
    let back = feed(&anna, &home).await[0].clone();
    moved(&anna, &home, "food", "savings", 400.0).await;
    let refused = undo(&anna, &back).await;
    assert_eq!((refused.status, refused.json()["fields"]["moves"].is_string()), (409, true), "{}", refused.text());
    let page = ben.get(&format!("/budgets/{home}/activity")).await.text();
    for text in ["anna moved €400.00 from Food to Savings in November 2026", "took back a move of €100.00"] {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[tokio::test]
async fn incomes_and_copies_go_back() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    let path = format!("/api/budgets/{home}/months");
    let put = async |month: &str, body: Value| anna.put(&format!("{path}/{month}"), body).await.data();
    put("2026-11", json!({ "plannedIncome": 3100 })).await;
    let planned = feed(&anna, &home).await[0].clone();
    put("2026-11", json!({ "plannedIncome": 3100 })).await;
    assert_eq!(feed(&anna, &home).await[0], planned, "no news");
    let change = &planned["changes"][0];
    assert_eq!(
        (change["before"].clone(), change["after"]["plannedIncome"].as_f64()),
        (json!({ "plannedIncome": null }), Some(3100.0))
    );
    put("2026-11", json!({ "plannedIncome": 3200, "receivedIncome": 3150 })).await;
    let refused = undo(&anna, &planned).await;
    assert_eq!(
        (refused.status, refused.json()["fields"].clone()),
        (409, json!({ "plannedIncome": "Changed since." })),
        "{}",
        refused.text()
    );
    let newer = feed(&anna, &home).await[0].clone();
    assert_eq!(undo(&anna, &newer).await.status, 200);
    assert_eq!(month(&anna, &home).await["plannedIncome"].as_f64(), Some(3100.0));
    assert_eq!(undo(&anna, &planned).await.status, 200);
    assert!(month(&anna, &home).await["plannedIncome"].is_null());

    // What was taken over from the month before goes as one.
    moved(&anna, &home, "food", "housing", 100.0).await;
    moved(&anna, &home, "food", "savings", 50.0).await;
    put("2026-12", json!({ "copyLast": true })).await;
    let copied = feed(&anna, &home).await[0].clone();
    assert_eq!(copied["changes"][0]["after"]["moves"].as_array().map(Vec::len), Some(2));
    assert_eq!(copied["changes"][0]["after"]["copiedFrom"], "2026-11");
    let undone = undo(&anna, &copied).await.data()["entity"]["month"].clone();
    assert_eq!((undone["moves"].clone(), undone["copiedFrom"].is_null()), (json!([]), true));
    let page = anna.get(&format!("/budgets/{home}/activity")).await.text();
    for text in ["anna filled December 2026 like the month before", "what December 2026 had from the month before"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(page.contains("Planned income"), "{page}");
}

#[tokio::test]
async fn a_key_takes_back_a_move() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    moved(&anna, &home, "food", "housing", 100.0).await;
    let press = async |fields: &[(&str, &str)]| anna.form_by_script("undo-last", fields).await.json()["toast"].clone();
    let toast = press(&[]).await;
    assert_eq!(
        (toast["text"].as_str(), left(&anna, &home, "food").await),
        (Some("Undone: November 2026 changed"), 450.0)
    );
    assert_eq!(press(&[("redo", "1")]).await["text"], "Done again: November 2026 changed");
    assert!((left(&anna, &home, "food").await - 350.0).abs() < 0.001);
    let told = feed(&anna, &home).await[0].clone();
    let path = format!("/budgets/{home}/activity");
    let answer = anna.form("activity-undo", &[("id", &id(&told)), ("back", &path)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, path.as_str()), "and with JavaScript off");
    // Under one key once.
    moved(&anna, &home, "food", "savings", 10.0).await;
    let undo = format!("/api/activity/{}/undo", id(&feed(&anna, &home).await[0]));
    let answers = [anna.post_once(&undo, "k", &json!({})).await, anna.post_once(&undo, "k", &json!({})).await];
    assert_eq!(answers.each_ref().map(|answer| answer.status), [200, 200], "{}", answers[1].text());
    assert_eq!(answers[0].data()["activity"]["id"], answers[1].data()["activity"]["id"]);
}

#[tokio::test]
async fn members_come_and_go_in_the_timeline() {
    let app = TestApp::start().await;
    let (anna, ben, cleo) = (app.person("anna").await, app.person("ben").await, app.person("cleo").await);
    let home = budget(&anna).await;
    join(&anna, &home, "ben", &ben, "edit").await;
    join(&anna, &home, "cleo", &cleo, "view").await;
    let path = format!("/api/budgets/{home}");
    let (bens, cleos) = (user_id(&ben).await, user_id(&cleo).await);
    anna.put(&format!("{path}/collaborate"), json!({ "userId": bens, "role": "admin" })).await.data();
    let raised = feed(&cleo, &home).await[0].clone();
    let change = &raised["changes"][0];
    assert_eq!(
        (raised["kind"].as_str(), change["entity"].as_str(), change["entityId"].as_str()),
        (Some("shared"), Some("member"), Some(bens.as_str()))
    );
    assert_eq!((&change["before"], &change["after"]), (&json!({ "role": "edit" }), &json!({ "role": "admin" })));
    assert_eq!(undo(&cleo, &raised).await.status, 403, "who may only look");
    // By another admin than who did it, judged by what they may now: the admin takes it back from themself.
    let undone = undo(&ben, &raised).await;
    assert_eq!(undone.data()["entity"]["budget"]["role"], "edit", "{}", undone.text());
    assert_eq!(undo(&ben, &undone.data()["activity"]).await.status, 403, "and is no admin any more");
    let again = undo(&anna, &undone.data()["activity"]).await;
    assert_eq!(again.status, 200, "{}", again.text());
    anna.put(&format!("{path}/collaborate"), json!({ "userId": bens, "role": "view" })).await.data();
    let refused = undo(&anna, &again.data()["activity"]).await;
    assert_eq!((refused.status, refused.json()["fields"].clone()), (409, json!({ "role": "Changed since." })));

    let body = json!({ "email": "dan@example.org", "role": "edit" });
    let invite = id(&anna.post(&format!("{path}/share"), body).await.data()["invite"]);
    assert_eq!(anna.delete(&format!("/api/invites/{invite}")).await.status, 204);
    anna.put(&format!("{path}/collaborate"), json!({ "userId": cleos, "remove": true })).await.data();
    anna.post(&format!("{path}/transfer-ownership"), json!({ "userId": bens })).await.data();
    let all = ben.get(&format!("{path}/activity?kind=shared")).await;
    assert!(!all.text().contains("example.org"), "addresses are for admins: {}", all.text());
    let all = all.data();
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 2 + 2 + 4 + 2 + 1 + 1);
    for told in &all[..4] {
        assert_eq!(told["undoable"], false, "{told}");
        let refused = undo(&ben, told).await;
        assert_eq!((refused.status, refused.text().contains("can't be taken back")), (409, true), "{}", refused.text());
    }
    assert_eq!(all[0]["changes"][0]["after"]["role"], "owner");
    let page = ben.get(&format!("/budgets/{home}/activity")).await.text();
    for text in [
        "anna handed this budget over to ben",
        "anna took cleo out of this budget",
        "anna took an invitation back",
        "anna gave ben another role: May look, before Admin",
        "cleo joined: May look",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert_eq!(ben.get(&format!("/budgets/{home}/activity?kind=shared")).await.status, 200);
    ben.put(&format!("{path}/collaborate"), json!({ "userId": user_id(&anna).await, "remove": true })).await.data();
    assert_eq!(anna.get("/api/activity").await.data(), json!([]), "who is out is told nothing of it");
}

#[tokio::test]
async fn what_goes_to_another_budget_is_told_in_both() {
    let app = TestApp::start().await;
    let (anna, ben, cleo) = (app.person("anna").await, app.person("ben").await, app.person("cleo").await);
    let (home, trip) = (budget(&anna).await, budget(&anna).await);
    join(&anna, &home, "ben", &ben, "edit").await;
    join(&anna, &trip, "cleo", &cleo, "edit").await;
    let row = expense(&anna, Some(&home)).await;
    let body = json!({ "version": 1, "budgetId": trip, "amount": 99.5, "merchant": "Hotel", "notes": "a secret" });
    anna.put(&format!("/api/expenses/{row}"), body).await.data();
    for place in [&home, &trip] {
        let told = feed(&anna, place).await[0].clone();
        assert_eq!((told["budgetId"].as_str(), told["undoable"].as_bool()), (Some(trip.as_str()), Some(true)));
    }
    let path = format!("/api/budgets/{home}/activity");
    let went = ben.get(&path).await;
    let told = went.data()[0].clone();
    for secret in ["Hotel", "a secret", "99.5", &trip] {
        assert!(!told.to_string().contains(secret), "{secret} in {told}");
    }
    let change = &told["changes"][0];
    assert_eq!(
        (told["budgetId"].as_str(), change["title"].as_str(), change["amount"].as_f64()),
        (Some(home.as_str()), Some("Lunch bar"), Some(-12.34))
    );
    assert_eq!(
        (&change["before"], &change["after"]),
        (&json!({ "budgetId": home }), &json!({ "budgetId": "elsewhere" }))
    );
    assert_eq!((told["undoable"].as_bool(), undo(&ben, &told).await.status), (Some(false), 403));
    assert!(ben.get(&format!("/budgets/{home}/activity")).await.text().contains("another one"));
    let came = feed(&cleo, &trip).await[0].clone();
    assert_eq!(came["changes"][0]["before"], json!({ "budgetId": "elsewhere" }));
    assert!(!came.to_string().contains("Lunch bar") && !came.to_string().contains(&home), "{came}");
    // One thing, with one way back.
    assert_eq!(undo(&anna, &told).await.status, 200);
    for (client, place) in [(&anna, &home), (&ben, &home), (&cleo, &trip)] {
        let told = feed(client, place).await;
        assert!(told[1]["undoneBy"].is_string(), "{told:?}");
    }
    assert_eq!(ben.get(&format!("/api/expenses/{row}")).await.data()["expense"]["merchant"], "Lunch bar");

    // What becomes private is told as gone, and no more.
    anna.put(&format!("/api/expenses/{row}"), json!({ "version": 3, "budgetId": null, "notes": "mine" })).await.data();
    let told = feed(&ben, &home).await[0].clone();
    assert!(!told.to_string().contains("mine"), "{told}");
    assert_eq!(
        (told["changes"][0]["after"]["budgetId"].as_str(), undo(&ben, &told).await.status),
        (Some("elsewhere"), 403)
    );
}

#[tokio::test]
async fn who_does_not_show_their_name_is_a_member() {
    let app = TestApp::start().await;
    let (anna, ben, cleo) = (app.person("anna").await, app.person("benedict").await, app.person("cleo").await);
    let home = budget(&anna).await;
    join(&anna, &home, "benedict", &ben, "edit").await;
    join(&anna, &home, "cleo", &cleo, "view").await;
    let hide = json!({ "preferences": { "privacy": { "shareData": false } } });
    for client in [&anna, &ben] {
        client.put("/api/auth/update-profile", hide.clone()).await.data();
    }
    expense(&ben, Some(&home)).await;
    ben.put(&format!("/api/budgets/{home}"), json!({ "version": 1, "name": "Nest" })).await.data();
    moved(&ben, &home, "food", "housing", 1.0).await;
    let api = format!("/api/budgets/{home}");
    let page = format!("/budgets/{home}");
    for path in [
        format!("{api}/activity"),
        format!("{api}/history"),
        format!("{api}/members"),
        format!("{api}/months/2026-11"),
        "/api/expenses".to_owned(),
        "/api/budgets".to_owned(),
        page.clone(),
        format!("{page}/activity"),
        format!("{page}/history"),
        format!("{page}/share"),
        "/expenses".to_owned(),
        "/budgets".to_owned(),
        "/dashboard".to_owned(),
    ] {
        let found = cleo.get(&path).await;
        assert_eq!(found.status, 200, "{path}");
        for name in ["benedict", "anna"] {
            assert!(!found.text().contains(name), "{name} in {path}: {}", found.text());
        }
    }
    assert!(cleo.get(&format!("{page}/activity")).await.text().contains("A member changed"));
    assert!(cleo.get(&format!("{page}/share")).await.text().contains("A member"));
    // Whoever invites has to know whom; and oneself one sees.
    assert!(anna.get(&format!("{api}/members")).await.text().contains("benedict"));
    assert!(ben.get(&format!("{api}/history")).await.text().contains("benedict"));
    assert!(ben.get(&format!("{page}/activity")).await.text().contains("benedict changed"));
    assert!(ben.get(&format!("{page}/activity")).await.text().contains("A member"));
}
