//! `/api/analytics`.
use crate::helpers::{TestApp, budget, json, lunch};

#[tokio::test]
async fn the_first_look() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let empty = client.get("/api/analytics/dashboard").await.data()["dashboard"].clone();
    assert!(empty["analysis"].is_null() && empty["income"].is_null());
    assert_eq!(empty["budgets"], json!([]));
    let home = budget(&client).await;
    client.post("/api/expenses", lunch(Some(&home))).await;
    let mut pay = lunch(Some(&home));
    (pay["kind"], pay["amount"], pay["category"]) = ("income".into(), 49.36.into(), json!(null));
    client.post("/api/expenses", pay).await;
    let full = client.get("/api/analytics/dashboard?month=2026-11").await.data()["dashboard"].clone();
    assert_eq!(
        (full["income"].as_f64(), full["spent"].as_f64(), full["savingsRate"].as_f64()),
        (Some(49.36), Some(12.34), Some(75.0))
    );
    assert_eq!(full["analysis"]["categories"]["food"]["spent"].as_f64(), Some(12.34));
    assert_eq!(full["latest"].as_array().map(Vec::len), Some(2));
    let trend = full["trend"].as_array().unwrap();
    assert_eq!(trend.last().unwrap()["month"], "2026-11");
    assert_eq!(trend.last().unwrap()["spent"].as_f64(), Some(12.34));
    let by_id = client.get(&format!("/api/analytics/dashboard?budgetId={home}&month=2026-10")).await;
    assert_eq!(by_id.data()["dashboard"]["spent"].as_f64(), Some(0.0));
    for query in ["month=11", "budgetId=x", "day=1"] {
        assert_eq!(client.get(&format!("/api/analytics/dashboard?{query}")).await.status, 400, "{query}");
    }
    let foreign = app.person("other").await;
    assert_eq!(foreign.get(&format!("/api/analytics/dashboard?budgetId={home}")).await.status, 404);
}
