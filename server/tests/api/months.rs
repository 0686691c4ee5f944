//! `/api/budgets/{id}/move` and `/api/budgets/{id}/months/{month}`, and what carries on from month to month.
use crate::helpers::{Answer, Client, TestApp, Value, budget, json, lunch};

async fn spend(client: &Client, budget: &str, date: &str, amount: f64, category: &str) -> Value {
    let mut body = lunch(Some(budget));
    (body["date"], body["amount"], body["category"]) = (json!(date), json!(amount), json!(category));
    client.post("/api/expenses", body).await.data()["expense"].clone()
}

async fn analysis(client: &Client, budget: &str, month: &str) -> Value {
    client.get(&format!("/api/budgets/{budget}/analysis?month={month}")).await.data()["analysis"].clone()
}

/// A category's allocated, moved, carried in, spent, remaining.
async fn line(client: &Client, budget: &str, month: &str, category: &str) -> [f64; 5] {
    let line = analysis(client, budget, month).await["categories"][category].clone();
    ["allocated", "moved", "carriedIn", "spent", "remaining"].map(|field| line[field].as_f64().unwrap())
}

fn assert_near(found: [f64; 5], expected: [f64; 5]) {
    let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 0.001);
    assert!(near, "{found:?} instead of {expected:?}");
}

async fn moved(client: &Client, budget: &str, from: &str, to: &str, amount: f64) -> Answer {
    let body = json!({ "month": "2026-11", "from": from, "to": to, "amount": amount });
    client.post(&format!("/api/budgets/{budget}/move"), body).await
}

#[tokio::test]
async fn money_is_moved_and_goes_back() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    spend(&client, &home, "2026-11-05", 440.0, "food").await;
    let refused = moved(&client, &home, "food", "housing", 10.01).await;
    assert_eq!(refused.status, 400);
    assert!(refused.json()["fields"]["amount"].as_str().unwrap().contains("10.00"), "{}", refused.text());
    let made = moved(&client, &home, "housing", "food", 100.0).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let month = made.data()["month"].clone();
    assert_eq!((month["version"].as_i64(), month["moves"].as_array().map(Vec::len)), (Some(1), Some(1)));
    let first = &month["moves"][0];
    assert_eq!((first["from"].as_str(), first["to"].as_str()), (Some("housing"), Some("food")));
    assert!(first["at"].is_string() && first["by"].is_string() && first["id"].is_string(), "{first}");
    assert_near(line(&client, &home, "2026-11", "food").await, [550.0, 100.0, 0.0, 440.0, 110.0]);
    assert_near(line(&client, &home, "2026-11", "housing").await, [800.0, -100.0, 0.0, 0.0, 800.0]);
    let total = analysis(&client, &home, "2026-11").await["total"].clone();
    assert_eq!(total["allocated"].as_f64(), Some(3000.0), "moves change no sum");
    // Even when all of it is spent, it may go back where it came from, and no further.
    spend(&client, &home, "2026-11-06", 200.0, "food").await;
    assert_eq!(moved(&client, &home, "food", "savings", 1.0).await.status, 400);
    assert_eq!(moved(&client, &home, "food", "housing", 100.01).await.status, 400);
    assert_eq!(moved(&client, &home, "food", "housing", 100.0).await.status, 200);
    assert_near(line(&client, &home, "2026-11", "food").await, [450.0, 0.0, 0.0, 640.0, -190.0]);
    let kept = client.get(&format!("/api/budgets/{home}/months/2026-11")).await.data()["month"].clone();
    assert_eq!((kept["version"].as_i64(), kept["moves"].as_array().map(Vec::len)), (Some(2), Some(2)));
    let other = client.get(&format!("/api/budgets/{home}/months/2026-10")).await.data()["month"].clone();
    assert_eq!((other["version"].as_i64(), other["moves"].clone()), (Some(0), json!([])));
}

#[tokio::test]
async fn a_move_is_made_once_for_its_key() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let path = format!("/api/budgets/{home}/move");
    let body = json!({ "month": "2026-11", "from": "food", "to": "housing", "amount": 450 });
    for _ in 0..2 {
        let answer = client.post_once(&path, "once", &body).await;
        assert_eq!((answer.status, answer.data()["month"]["version"].as_i64()), (200, Some(1)), "{}", answer.text());
    }
    let other = client.post_once(&path, "twice", &body).await;
    assert_eq!(other.status, 400, "there is nothing left: {}", other.text());
}

#[tokio::test]
async fn of_many_moves_at_once_no_money_is_made() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let tries = ["housing", "savings", "utilities", "healthcare", "emergency", "investments"].map(|to| {
        let (client, home) = (client.twin(), home.clone());
        tokio::spawn(async move { moved(&client, &home, "food", to, 200.0).await.status })
    });
    let mut made = 0;
    for one in tries {
        let status = one.await.unwrap();
        assert!([200, 400, 409].contains(&status), "{status}");
        made += usize::from(status == 200);
    }
    assert_eq!(made, 2, "of 450 there are two times 200");
    assert_near(line(&client, &home, "2026-11", "food").await, [50.0, -400.0, 0.0, 0.0, 50.0]);
}

#[tokio::test]
async fn what_is_left_goes_on() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let path = format!("/api/budgets/{home}");
    let change = json!({ "version": 1, "rollover": { "food": "both", "housing": "surplus" } });
    let changed = client.put(&path, change).await.data()["budget"].clone();
    assert_eq!(
        (changed["rollover"]["food"].as_str(), changed["rollover"]["savings"].as_str()),
        (Some("both"), Some("none"))
    );
    let old = spend(&client, &home, "2026-11-05", 500.0, "food").await;
    spend(&client, &home, "2026-11-06", 700.0, "housing").await;
    assert_near(line(&client, &home, "2026-12", "food").await, [450.0, 0.0, -50.0, 0.0, 400.0]);
    assert_near(line(&client, &home, "2026-12", "housing").await, [900.0, 0.0, 200.0, 0.0, 1100.0]);
    assert_near(line(&client, &home, "2027-01", "food").await, [450.0, 0.0, 400.0, 0.0, 850.0]);
    assert_near(line(&client, &home, "2027-01", "savings").await, [300.0, 0.0, 0.0, 0.0, 300.0]);
    // A change to an old row moves all later months.
    let body = json!({ "version": 1, "amount": 100 });
    assert_eq!(client.put(&format!("/api/expenses/{}", old["id"].as_str().unwrap()), body).await.status, 200);
    assert_near(line(&client, &home, "2027-01", "food").await, [450.0, 0.0, 800.0, 0.0, 1250.0]);
    assert_eq!(analysis(&client, &home, "2026-12").await["total"]["carriedIn"].as_f64(), Some(550.0));
}

#[tokio::test]
async fn income_planned_and_received() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let mut salary = lunch(Some(&home));
    (salary["kind"], salary["category"], salary["amount"]) = (json!("income"), Value::Null, json!(2500));
    client.post("/api/expenses", salary).await.data();
    let path = format!("/api/budgets/{home}/months/2026-11");
    let incomes = async || {
        let month = analysis(&client, &home, "2026-11").await;
        [month["plannedIncome"].to_string(), month["receivedIncome"].to_string()]
    };
    assert_eq!(incomes().await, ["3000.0", "2500.0"]);
    let said = client.put(&path, json!({ "plannedIncome": 3200.5, "receivedIncome": 0, "version": 0 })).await;
    assert_eq!(said.data()["month"]["version"], 1, "{}", said.text());
    assert_eq!(incomes().await, ["3200.5", "0.0"]);
    assert_eq!(client.put(&path, json!({ "receivedIncome": null })).await.status, 200);
    assert_eq!(incomes().await, ["3200.5", "2500.0"], "null takes it back, what is left out stays");
    let stale = client.put(&path, json!({ "plannedIncome": 1, "version": 1 })).await;
    assert_eq!((stale.status, stale.code().as_str()), (409, "STALE_VERSION"));
}

#[tokio::test]
async fn last_month_once_more() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    moved(&client, &home, "food", "housing", 100.0).await.data();
    let month = |name: &str| format!("/api/budgets/{home}/months/{name}");
    client.put(&month("2026-11"), json!({ "plannedIncome": 3333 })).await.data();
    let copied = client.put(&month("2026-12"), json!({ "copyLast": true })).await.data()["month"].clone();
    assert_eq!(copied["copiedFrom"], "2026-11");
    assert_eq!((copied["plannedIncome"].as_f64(), copied["moves"][0]["amount"].as_f64()), (Some(3333.0), Some(100.0)));
    assert_near(line(&client, &home, "2026-12", "food").await, [350.0, -100.0, 0.0, 0.0, 350.0]);
    let again = client.put(&month("2026-12"), json!({ "copyLast": true })).await;
    assert_eq!((again.status, again.code().as_str()), (409, "CONFLICT"));
}

#[tokio::test]
async fn shares_by_amount_and_subcategories() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let path = format!("/api/budgets/{home}");
    let parts = json!([{ "name": "Groceries", "amount": 300.05 }, { "name": "Eating out" }]);
    let change = json!({ "version": 1, "allocations": {
        "food": { "amount": 400.10, "subcategories": parts },
        "housing": { "amount": 2599.90 },
    } });
    let changed = client.put(&path, change).await;
    assert!(changed.text().contains("\"amount\":400.10"), "to the cent: {}", changed.text());
    let food = changed.data()["budget"]["allocations"]["food"].clone();
    assert_eq!(
        (food["percentage"].as_f64(), food["subcategories"][0]["name"].as_str()),
        (Some(13.34), Some("Groceries"))
    );
    for (name, amount) in [("groceries", 20.0), ("Bakery", 5.0)] {
        let mut body = lunch(Some(&home));
        (body["subcategory"], body["amount"]) = (json!(name), json!(amount));
        client.post("/api/expenses", body).await.data();
    }
    let parts = analysis(&client, &home, "2026-11").await["categories"]["food"]["subcategories"].clone();
    let told: Vec<_> = parts
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["name"].as_str().unwrap(), part["spent"].as_f64().unwrap()))
        .collect();
    assert_eq!(told, [("Groceries", 20.0), ("Eating out", 0.0), ("Bakery", 5.0)]);
    let too_much = json!({ "version": 2, "allocations": {
        "food": { "percentage": 10, "subcategories": [{ "name": "A", "amount": 300.01 }] },
        "housing": { "percentage": 90 },
    } });
    let refused = client.put(&path, too_much).await;
    assert!(refused.json()["fields"]["allocations.food.subcategories"].is_string(), "{}", refused.text());
}

#[tokio::test]
async fn the_forms_of_the_page() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let page = format!("/budgets/{home}?month=2026-11");
    let mut pairs = vec![
        ("id", home.as_str()),
        ("month", "2026-11"),
        ("from", "food"),
        ("to", "housing"),
        ("amount", "1,000.00"),
        ("next", &page),
        ("back", &page),
    ];
    let refused = client.form_by_script("budget-move", &pairs).await;
    assert_eq!(
        (refused.status, refused.json()["problems"]["amount"]["notEnough"]["left"].clone()),
        (400, json!("450.00"))
    );
    pairs[4].1 = "50";
    let made = client.form("budget-move", &pairs).await;
    assert_eq!((made.status, made.header("location")), (303, page.as_str()), "{}", made.text());
    let shown = client.get(&page).await.text();
    for text in ["€50.00 from Food to Housing", "−50.00 moved", "+50.00 moved", "Take back"] {
        assert!(shown.contains(text), "{text}");
    }
    let back = [
        ("pair", "food-housing"),
        ("id", home.as_str()),
        ("month", "2026-11"),
        ("from", "housing"),
        ("to", "food"),
        ("amount", "50.00"),
        ("back", &page),
    ];
    assert_eq!(client.form("budget-move-back", &back).await.status, 303);
    assert_near(line(&client, &home, "2026-11", "food").await, [450.0, 0.0, 0.0, 0.0, 450.0]);
    let income = [
        ("id", home.as_str()),
        ("month", "2026-11"),
        ("version", "2"),
        ("receivedIncome", "1,234.50"),
        ("plannedIncome", ""),
        ("back", &page),
    ];
    assert_eq!(client.form("budget-month", &income).await.status, 303);
    assert_eq!(analysis(&client, &home, "2026-11").await["receivedIncome"].as_f64(), Some(1234.5));
    assert_eq!(
        client.form("budget-month-copy", &[("id", &home), ("month", "2026-12"), ("back", &page)]).await.status,
        303
    );
    let sheet = client.get(&format!("/budgets/{home}?month=2026-11&moveFrom=food")).await.text();
    assert!(sheet.contains("value=\"450.00\""), "all that is left stands in the sheet");
    let edit = client.get(&format!("/budgets/{home}/edit")).await.text();
    assert!(edit.contains("name=\"rollover.food\"") && edit.contains("name=\"allocations.food.subcategories.0.name\""));
}
