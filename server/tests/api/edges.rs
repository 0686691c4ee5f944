//! What stands around every answer: headers, compression, caching, limits, graceful end.
use crate::helpers::{TestApp, budget, expense, lunch, ok};
use hyper::Method;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[tokio::test]
async fn every_answer_has_the_headers() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for path in [
        "/",
        "/dashboard",
        "/api/auth/me",
        "/api/nothing",
        "/nothing",
        "/favicon.svg",
        "/pkg/gone.css",
        "/_fn/nothing",
        "/api/budgets/x",
        "/api/openapi.json",
    ] {
        let answer = client.get(path).await;
        for (name, part) in [
            ("content-security-policy", "frame-ancestors 'none'"),
            ("content-security-policy", "base-uri 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("permissions-policy", "geolocation=(self)"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", ""),
        ] {
            assert!(
                answer.headers.contains_key(name) && answer.header(name).contains(part),
                "{path}: {name} is {}",
                answer.header(name)
            );
        }
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        assert!(answer.header("strict-transport-security").is_empty(), "plain http");
    }
    for path in ["/dashboard", "/api/auth/me", "/api/expenses", "/api/nothing"] {
        assert_eq!(client.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn files_are_cached_by_their_names() {
    let app = TestApp::start().await;
    let client = app.stranger();
    let css = client.send(Method::GET, "/pkg/app-0123456789ab.css", &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!(
        (css.status, css.header("content-encoding"), css.header("content-type")),
        (200, "br", "text/css; charset=utf-8")
    );
    assert!(css.header("cache-control").contains("immutable"));
    let plain = client.get("/pkg/app-0123456789ab.css").await;
    assert_eq!((plain.header("content-encoding"), plain.text().as_str()), ("", "body { color: black }"));
    let icon = client.get("/favicon.svg").await;
    let tag = icon.header("etag").to_owned();
    let again = client.send(Method::GET, "/favicon.svg", &[("if-none-match", &tag)], "").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let head = client.send(Method::HEAD, "/favicon.svg", &[], "").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    for path in ["/pkg/app-000000000000.css", "/.git/config", "/pkg/../Cargo.toml", "/.env"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn large_answers_are_compressed() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for _ in 0..20 {
        expense(&client, None).await;
    }
    let plain = client.get("/api/expenses").await;
    assert_eq!(plain.header("content-encoding"), "");
    for encoding in ["br", "gzip"] {
        let packed = client.send(Method::GET, "/api/expenses", &[("accept-encoding", encoding)], "").await;
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.header("vary").contains("accept-encoding"));
        assert!(packed.body.len() * 4 < plain.body.len(), "{encoding}: {} of {}", packed.body.len(), plain.body.len());
    }
    let small = client.send(Method::GET, "/api/auth/me", &[("accept-encoding", "br")], "").await;
    assert_eq!(small.header("content-encoding"), "");
}

#[tokio::test]
async fn an_end_lets_requests_in_flight_finish() {
    let mut app = TestApp::start().await;
    let client = app.person("anna").await;
    let body = lunch(None).to_string();
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let head = format!(
        "POST /api/expenses HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncookie: {1}\r\ncontent-type: application/json\r\n\
         content-length: {2}\r\n\r\n",
        app.address,
        client.cookie_line(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.stop();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(app.address).await.is_err(), "nobody new is let in");
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
}

#[tokio::test]
async fn heads_that_are_too_large_or_no_http() {
    let app = TestApp::start().await;
    for (head, status) in [
        (format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "y".repeat(100_000)), "431"),
        ("NONSENSE\r\n\r\n".to_owned(), "400"),
    ] {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
    assert!(ok(app.stranger().get("/api/health").await.status));
}

#[tokio::test]
async fn the_same_verdict_by_every_way() {
    let app = TestApp::start().await;
    let owner = app.person("anna").await;
    let stranger = app.person("ben").await;
    let home = budget(&owner).await;
    let by_rest = stranger.delete(&format!("/api/budgets/{home}")).await;
    let by_form = stranger.form_by_script("budget-delete", &[("id", &home)]).await;
    let by_function = stranger.get(&format!("/_fn/q/budget-month?id={home}")).await;
    assert_eq!((by_rest.status, by_form.status, by_function.status), (404, 404, 404));
    assert_eq!(owner.get(&format!("/api/budgets/{home}")).await.status, 200);
}

/// What was sent whole is done, though nobody waits for the answer; what was cut off leaves nothing.
#[tokio::test]
async fn a_client_that_leaves_has_sent_all_or_nothing() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    for n in 0..20 {
        let mut body = lunch(Some(&home));
        body["merchant"] = format!("Shop {n}").into();
        let body = body.to_string();
        let head = format!(
            "POST /api/expenses HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncookie: {1}\r\n\
             content-type: application/json\r\ncontent-length: {2}\r\n\r\n",
            app.address,
            client.cookie_line(),
            body.len()
        );
        let sent = if n % 2 == 0 { body.as_bytes() } else { &body.as_bytes()[..body.len() - 1] };
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(sent).await.unwrap();
        stream.shutdown().await.unwrap();
    }
    let listed = async || client.get("/api/expenses").await.json();
    let begin = std::time::Instant::now();
    while listed().await["meta"]["total"] != 10 {
        assert!(begin.elapsed() < Duration::from_secs(20), "{}", listed().await["meta"]);
    }
    let whole = |row: &serde_json::Value| {
        row["merchant"]
            .as_str()
            .and_then(|name| name.strip_prefix("Shop ")?.parse::<u32>().ok())
            .is_some_and(|n| n % 2 == 0)
    };
    assert!(listed().await["data"].as_array().unwrap().iter().all(whole));
    let month = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await.data();
    assert_eq!(month["analysis"]["total"]["transactions"], 10);
}

#[tokio::test]
async fn wrong_methods() {
    let app = TestApp::start().await;
    let client = app.person("owner").await;
    for (method, path) in [
        ("DELETE", "/api/budgets"),
        ("PATCH", "/api/budgets/00010203040506070809abff"),
        ("GET", "/api/auth/logout"),
        ("GET", "/api/auth/login"),
        ("POST", "/api/health"),
        ("GET", "/api/expenses/bulk-import/../../budgets/x/y"),
        ("TRACE", "/api/health"),
    ] {
        let answer = client.send(method.parse().unwrap(), path, &[], "").await;
        let expected = if path.contains("..") { (404, "NOT_FOUND") } else { (405, "METHOD_NOT_ALLOWED") };
        assert_eq!((answer.status, answer.code().as_str()), expected, "{method} {path}");
    }
    for path in ["/api", "/api/", "/api/nothing", "/api/budgets/", "/api/budgets/x/y/z"] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"), "{path}");
    }
}
