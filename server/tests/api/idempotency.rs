//! `Idempotency-Key`: the same request twice does its thing once.
use crate::helpers::{TestApp, budget, id, json, lunch, sign_up};
use hyper::Method;

#[tokio::test]
async fn the_same_key_gives_the_first_answer_again() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let body = lunch(Some(&home));
    let first = client.post_once("/api/expenses", "key-1", &body).await;
    let second = client.post_once("/api/expenses", "key-1", &body).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.data(), second.data());
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 1);
    let mut other = body.clone();
    other["amount"] = 99.into();
    let reused = client.post_once("/api/expenses", "key-1", &other).await;
    assert_eq!((reused.status, reused.code().as_str()), (409, "CONFLICT"));
    let elsewhere = client
        .post_once("/api/accounts", "key-1", &json!({ "name": "Purse", "kind": "cash", "currency": "EUR" }))
        .await;
    assert_eq!(elsewhere.status, 409, "a key belongs to one request");
    let stranger = app.person("ben").await;
    assert_eq!(stranger.post_once("/api/expenses", "key-1", &lunch(None)).await.status, 201, "and to one person");
    assert_eq!(client.post_once("/api/expenses", "key-2", &body).await.status, 201);
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 2);
}

#[tokio::test]
async fn twenty_at_once_make_one_row() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (client, body) = (client.clone(), lunch(Some(&home)));
            tokio::spawn(async move { client.post_once("/api/expenses", "double-submit", &body).await })
        })
        .collect();
    let mut ids = std::collections::BTreeSet::new();
    for attempt in tries {
        let answer = attempt.await.unwrap();
        assert_eq!(answer.status, 201, "{}", answer.text());
        ids.insert(id(&answer.data()["expense"]));
    }
    assert_eq!(ids.len(), 1);
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 1);
}

#[tokio::test]
async fn changes_under_a_key_are_not_stale_the_second_time() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let headers = [("content-type", "application/json"), ("idempotency-key", "put-1")];
    let body = json!({ "version": 1, "name": "New" }).to_string();
    for _ in 0..2 {
        let answer = client.send(Method::PUT, &format!("/api/budgets/{home}"), &headers, body.clone()).await;
        assert_eq!((answer.status, answer.data()["budget"]["version"].as_i64()), (200, Some(2)), "{}", answer.text());
    }
    for _ in 0..2 {
        let headers = [("idempotency-key", "delete-1")];
        assert_eq!(client.send(Method::DELETE, &format!("/api/budgets/{home}"), &headers, "").await.status, 204);
    }
}

#[tokio::test]
async fn a_file_sent_twice_is_one_import() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let (kind, body) = crate::helpers::multipart(
        ("a.ofx", crate::imports::ofx(&[("20261103", "-12.34", "1", "Bakery")]).as_bytes()),
        &[],
    );
    let headers = [("content-type", kind.as_str()), ("idempotency-key", "file-1")];
    let mut answers = Vec::new();
    for _ in 0..2 {
        answers.push(client.send(Method::POST, "/api/expenses/bulk-import", &headers, body.clone()).await.data());
    }
    assert_eq!(answers[0]["importId"], answers[1]["importId"]);
    assert_eq!(client.get("/api/imports").await.json()["meta"]["total"], 1);
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 1);
}

#[tokio::test]
async fn a_sign_up_sent_twice_is_one_account() {
    let app = TestApp::start().await;
    let (first, second) = (app.stranger(), app.stranger());
    let one = first.post_once("/api/auth/register", "sign-up-1", &sign_up("anna")).await;
    let two = second.post_once("/api/auth/register", "sign-up-1", &sign_up("anna")).await;
    assert_eq!((one.status, two.status), (201, 201));
    assert_eq!(one.data()["user"]["id"], two.data()["user"]["id"]);
    assert_eq!(second.get("/api/auth/me").await.status, 200);
    let mut guess = sign_up("anna");
    guess["password"] = "some other password".into();
    let thief = app.stranger().post_once("/api/auth/register", "sign-up-1", &guess).await;
    assert_eq!(thief.status, 409, "whoever knows the key still has to know the password");
}

#[tokio::test]
async fn keys_that_are_none() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for key in ["", "a b", &"x".repeat(129)] {
        let answer = client.post_once("/api/expenses", key, &lunch(None)).await;
        assert_eq!(answer.status, 400, "{key:?}");
        assert!(answer.json()["fields"]["Idempotency-Key"].is_string());
    }
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 0);
}
