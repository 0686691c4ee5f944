//! `/api/trash`.
use crate::helpers::{TestApp, budget, expense, json};

#[tokio::test]
async fn there_and_back() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let lunch = expense(&client, Some(&home)).await;
    let spent = async || {
        let answer = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await;
        answer.data()["analysis"]["total"]["spent"].as_f64()
    };
    assert_eq!(spent().await, Some(12.34));
    client.delete(&format!("/api/expenses/{lunch}")).await;
    assert_eq!(spent().await, Some(0.0));
    let trash = client.get("/api/trash").await.data();
    assert_eq!((trash[0]["id"].as_str(), trash[0]["kind"].as_str()), (Some(lunch.as_str()), Some("expense")));
    assert!(trash[0]["deletedAt"].is_string() && trash[0]["expense"]["merchant"] == "Lunch bar");
    let back = client.post(&format!("/api/trash/{lunch}/restore"), json!({})).await;
    assert_eq!((back.status, back.data()["expense"]["id"].as_str()), (200, Some(lunch.as_str())));
    assert_eq!(spent().await, Some(12.34));
    let twice = client.post(&format!("/api/trash/{lunch}/restore"), json!({})).await;
    assert_eq!((twice.status, twice.code().as_str()), (409, "CONFLICT"));
    client.delete(&format!("/api/budgets/{home}")).await;
    let trash = client.get("/api/trash").await.data();
    assert_eq!(trash[0]["budget"]["name"], "Home");
    assert_eq!(client.post(&format!("/api/trash/{home}/restore"), json!({})).await.data()["kind"], "budget");
    assert_eq!(spent().await, Some(12.34), "its expenses stayed with it");
    assert_eq!(client.get("/api/trash").await.data(), json!([]));
}
