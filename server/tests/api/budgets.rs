//! `/api/budgets`.
use crate::helpers::{TestApp, budget, id, json, lunch};

#[tokio::test]
async fn a_budget_from_its_making_to_its_end() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let created =
        client.post("/api/budgets", json!({ "name": "Home", "monthlyIncome": 3333.33, "currency": "EUR" })).await;
    assert_eq!(created.status, 201);
    assert!(created.text().contains("\"monthlyIncome\":3333.33"), "exact, as a number: {}", created.text());
    let budget = created.data()["budget"].clone();
    assert_eq!(
        (budget["version"].as_i64(), budget["role"].as_str(), budget["type"].as_str()),
        (Some(1), Some("owner"), Some("personal"))
    );
    assert_eq!(sum(&budget, "percentage"), 10_000);
    assert_eq!(sum(&budget, "amount"), 333_333);
    let path = format!("/api/budgets/{}", id(&budget));
    let changed = client.put(&path, json!({ "version": 1, "monthlyIncome": 100, "allocations": { "food": { "percentage": 33.33 }, "housing": { "percentage": 66.67 } } })).await;
    let changed = changed.data()["budget"].clone();
    assert_eq!(changed["version"], 2);
    assert_eq!((sum(&changed, "percentage"), sum(&changed, "amount")), (10_000, 10_000));
    let stale = client.put(&path, json!({ "version": 1, "name": "Late" })).await;
    assert_eq!((stale.status, stale.code().as_str()), (409, "STALE_VERSION"));
    assert!(stale.json()["fields"]["version"].as_str().is_some_and(|words| words.contains('2')));
    assert_eq!(client.get("/api/budgets").await.json()["meta"]["total"], 1);
    assert_eq!(client.delete(&path).await.status, 204);
    assert_eq!(client.get(&path).await.status, 404);
    assert_eq!(client.get("/api/budgets").await.data(), json!([]));
}

/// The sum over the ten categories, in hundredths.
fn sum(budget: &serde_json::Value, field: &str) -> i64 {
    let allocations = budget["allocations"].as_object().unwrap();
    assert_eq!(allocations.len(), 10);
    let hundredths = |value: &serde_json::Value| {
        let text = value[field].to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
        whole.parse::<i64>().unwrap() * 100 + format!("{fraction:0<2}").parse::<i64>().unwrap()
    };
    allocations.values().map(hundredths).sum()
}

#[tokio::test]
async fn shares_must_sum_to_a_hundred() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let body = |food: f64| json!({ "name": "Home", "monthlyIncome": 100, "currency": "EUR", "allocations": { "food": { "percentage": food }, "housing": { "percentage": 50 } } });
    for (food, status) in [(50.0, 201), (50.01, 201), (49.99, 201), (50.02, 400), (40.0, 400)] {
        let answer = client.post("/api/budgets", body(food)).await;
        assert_eq!(answer.status, status, "{food}");
        if status == 400 {
            assert!(answer.json()["fields"]["allocations"].is_string());
        }
    }
}

#[tokio::test]
async fn the_list_is_filtered() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    client.put(&format!("/api/budgets/{home}"), json!({ "version": 1, "isActive": false })).await;
    client
        .post("/api/budgets", json!({ "name": "Flat", "monthlyIncome": 1, "currency": "JPY", "type": "shared" }))
        .await;
    for (query, count) in [("", 2), ("?active=true", 1), ("?active=false", 1), ("?type=shared", 1), ("?type=family", 0)]
    {
        let answer = client.get(&format!("/api/budgets{query}")).await;
        assert_eq!(answer.data().as_array().map(Vec::len), Some(count), "{query}");
    }
    for query in ["?type=big", "?active=maybe", "?activ=true"] {
        assert_eq!(client.get(&format!("/api/budgets{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn the_month_against_the_plan() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    for (amount, kind, category) in [
        ("12.34", "expense", Some("food")),
        ("2.34", "refund", Some("food")),
        ("500", "income", None),
        ("7", "expense", None),
    ] {
        let mut body = lunch(Some(&home));
        body["amount"] = serde_json::from_str(amount).unwrap();
        body["kind"] = kind.into();
        body["category"] = json!(category);
        assert_eq!(client.post("/api/expenses", body).await.status, 201);
    }
    let answer = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await;
    let analysis = answer.data()["analysis"].clone();
    let food = &analysis["categories"]["food"];
    assert_eq!(analysis["month"], "2026-11");
    assert_eq!(food["allocated"].to_string(), "450.0");
    assert!(answer.text().contains("\"spent\":10.00"), "{}", answer.text());
    assert_eq!((food["transactions"].as_i64(), food["remaining"].as_f64()), (Some(2), Some(440.0)));
    assert_eq!(analysis["uncategorised"]["spent"].as_f64(), Some(7.0));
    assert!(analysis["uncategorised"]["utilizationRate"].is_null());
    assert_eq!(analysis["total"]["spent"].as_f64(), Some(17.0));
    assert_eq!(analysis["receivedIncome"].as_f64(), Some(500.0));
    assert_eq!(analysis["categories"].as_object().map(serde_json::Map::len), Some(10));
    let other = client.get(&format!("/api/budgets/{home}/analysis?month=2026-10")).await;
    assert_eq!(other.data()["analysis"]["total"]["spent"].as_f64(), Some(0.0));
    assert_eq!(client.get(&format!("/api/budgets/{home}/analysis?month=2026-13")).await.status, 400);
}
