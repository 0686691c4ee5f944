//! Pages as a browser without JavaScript gets them.
use crate::helpers::{TestApp, budget};
use hyper::Method;

#[tokio::test]
async fn strangers_are_sent_to_sign_in_and_back() {
    let app = TestApp::start().await;
    let client = app.stranger();
    for (path, next) in [
        ("/dashboard", "/auth/signin?next=/dashboard"),
        ("/expenses?q=a&add=1", "/auth/signin?next=/expenses%3Fq%3Da%26add%3D1"),
        ("/budgets/00010203040506070809abff", "/auth/signin?next=/budgets/00010203040506070809abff"),
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (303, next), "{path}");
    }
    for path in ["/", "/auth/signin", "/auth/signup", "/terms", "/privacy"] {
        assert_eq!(client.get(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn those_who_are_signed_in_are_sent_in() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for path in ["/", "/auth/signin", "/auth/signup"] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/dashboard"), "{path}");
    }
    budget(&client).await;
    for path in ["/dashboard", "/budgets", "/expenses", "/settings/profile", "/terms"] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"));
    }
}

#[tokio::test]
async fn scripts_carry_a_fresh_nonce() {
    let app = TestApp::start().await;
    let client = app.stranger();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = client.get("/").await;
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
        assert!(nonce.len() >= 16);
        assert!(
            policy.contains("'wasm-unsafe-eval'")
                && !policy.contains("'unsafe-eval'")
                && !policy.contains("unsafe-inline")
        );
        let page = answer.text();
        let scripts = page.matches("<script").count();
        assert!(scripts > 0 && page.matches(&format!("nonce=\"{nonce}\"")).count() >= scripts, "{page}");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn what_is_no_page_is_404() {
    let app = TestApp::start().await;
    for client in [app.stranger(), app.person("anna").await] {
        let answer = client.get("/nothing/here").await;
        assert_eq!(answer.status, 404);
        assert!(answer.header("content-type").starts_with("text/html") && answer.text().contains("<html"));
        let post = client.send(Method::POST, "/nothing/here", &[], "").await;
        assert_eq!(post.status, 405);
    }
}

#[tokio::test]
async fn an_unknown_function_or_form_is_a_plain_404() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for path in ["/_fn/%3Cscript%3Ealert(1)%3C/script%3E", "/_fn/q/gone", "/_fn/form/gone"] {
        let method = if path.contains("form") { Method::POST } else { Method::GET };
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", "text/html"),
            ("referer", "https://evil.example/"),
        ];
        let answer = client.send(method, path, &headers, "").await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            !answer.text().contains("script")
                && !answer.text().contains("gone")
                && answer.header("location").is_empty(),
            "{}",
            answer.text()
        );
    }
    assert_eq!(client.get("/_fn/form/sign-out").await.status, 405);
    assert_eq!(client.post("/_fn/q/dashboard", crate::helpers::json!({})).await.status, 405);
}

#[tokio::test]
async fn functions_don_t_redirect_to_where_they_were_asked_from() {
    let app = TestApp::start().await;
    let headers = [("accept", "text/html"), ("referer", "https://evil.example/")];
    let answer = app.stranger().send(Method::GET, "/_fn/q/dashboard", &headers, "").await;
    assert_eq!((answer.status, answer.header("location")), (401, ""));
    let client = app.person("anna").await;
    let answer = client.send(Method::GET, "/_fn/q/dashboard", &headers, "").await;
    assert_eq!((answer.status, answer.header("location")), (200, ""));
}
