//! `/api/accounts`.
use crate::helpers::{TestApp, id, json, lunch};

#[tokio::test]
async fn an_account_by_hand() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let body = json!({ "name": "Purse", "kind": "cash", "currency": "EUR" });
    let account = client.post("/api/accounts", body).await.data()["account"].clone();
    let path = format!("/api/accounts/{}", id(&account));
    let changed = client.put(&path, json!({ "version": 1, "name": "Wallet", "closed": true })).await;
    let changed = changed.data()["account"].clone();
    assert_eq!(
        (changed["name"].as_str(), changed["closed"].as_bool(), changed["version"].as_i64()),
        (Some("Wallet"), Some(true), Some(2))
    );
    assert_eq!(client.put(&path, json!({ "version": 1, "name": "Late" })).await.code(), "STALE_VERSION");
    let mut spent = lunch(None);
    spent["accountId"] = account["id"].clone();
    let spent = id(&client.post("/api/expenses", spent).await.data()["expense"]);
    let in_use = client.delete(&path).await;
    assert_eq!((in_use.status, in_use.code().as_str()), (409, "CONFLICT"));
    client.put(&format!("/api/expenses/{spent}"), json!({ "version": 1, "accountId": null })).await;
    assert_eq!(client.delete(&path).await.status, 204);
    assert_eq!(client.get("/api/accounts").await.data(), json!([]));
}

#[tokio::test]
async fn accounts_of_a_bank_file_are_masked() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let file = crate::imports::ofx(&[("20261103", "-12.34", "1", "Bakery")]);
    assert_eq!(client.upload("/api/expenses/bulk-import", ("a.ofx", file.as_bytes()), &[]).await.status, 201);
    let answer = client.get("/api/accounts").await;
    let accounts = answer.data();
    assert_eq!(accounts.as_array().map(Vec::len), Some(1), "{accounts}");
    assert!(!answer.text().contains("9876543210") && answer.text().contains("3210"), "{accounts}");
}
