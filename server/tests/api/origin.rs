//! Requests from other sites change nothing.
use crate::helpers::{TestApp, json, lunch, snapshot};
use hyper::Method;

#[tokio::test]
async fn other_sites_can_t_use_the_cookie() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let before = snapshot(&client).await;
    let json_type = ("content-type", "application/json");
    let mut foreign = client.clone();
    foreign.origin = None;
    for headers in [
        &[json_type][..],
        &[json_type, ("origin", "https://evil.example")],
        &[json_type, ("origin", "null")],
        &[json_type, ("sec-fetch-site", "cross-site")],
        &[json_type, ("sec-fetch-site", "same-site"), ("origin", "http://localhost:1")],
    ] {
        for (method, path) in [
            (Method::POST, "/api/expenses"),
            (Method::POST, "/api/auth/logout"),
            (Method::PUT, "/api/auth/update-profile"),
            (Method::DELETE, "/api/budgets/00010203040506070809abff"),
            (Method::POST, "/_fn/form/sign-out"),
        ] {
            let answer = foreign.send(method, path, headers, lunch(None).to_string()).await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN"), "{path} {headers:?}");
        }
    }
    assert_eq!(snapshot(&client).await, before);
    let fetched = [json_type, ("sec-fetch-site", "same-origin")];
    assert_eq!(foreign.send(Method::POST, "/api/expenses", &fetched, lunch(None).to_string()).await.status, 201);
}

#[tokio::test]
async fn programs_without_a_cookie_need_not_say_where_they_come_from() {
    let app = TestApp::start().await;
    let mut client = app.stranger();
    client.origin = None;
    assert_eq!(client.post("/api/auth/register", crate::helpers::sign_up("anna")).await.status, 201);
    client.cookies.lock().unwrap().clear();
    let sign_in = json!({ "email": "anna@example.org", "password": "correct horse battery" }).to_string();
    let foreign = [("content-type", "application/json"), ("origin", "https://evil.example")];
    assert_eq!(client.send(Method::POST, "/api/auth/login", &foreign, sign_in.clone()).await.status, 403);
    assert_eq!(client.raw_json(Method::POST, "/api/auth/login", sign_in).await.status, 200);
}

#[tokio::test]
async fn forms_say_where_they_come_from_also_signed_out() {
    let app = TestApp::start().await;
    app.person("anna").await;
    let mut client = app.stranger();
    client.origin = None;
    let fields = [("email", "anna@example.org"), ("password", "correct horse battery")];
    assert_eq!(client.form("sign-in", &fields).await.status, 403);
    assert_eq!(client.cookie("ww"), None);
    client.origin = Some("https://evil.example".to_owned());
    assert_eq!(client.form("sign-in", &fields).await.status, 403);
    client.origin = Some(format!("http://{}", app.address));
    assert_eq!(client.form("sign-in", &fields).await.status, 303, "the host that was asked is our own");
}

#[tokio::test]
async fn no_other_origin_is_let_in() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for method in [Method::GET, Method::OPTIONS] {
        let headers = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
        let answer = client.send(method, "/api/expenses", &headers, "").await;
        assert!(answer.header("access-control-allow-origin").is_empty());
        assert!(answer.header("access-control-allow-credentials").is_empty());
    }
}
