//! `/_fn/form/{name}`: with and without JavaScript.
use crate::helpers::{Client, TestApp, json};

const SIGN_IN: [(&str, &str); 2] = [("email", "anna@example.org"), ("password", "correct horse battery")];

async fn signed_up() -> (TestApp, Client) {
    let app = TestApp::start().await;
    app.person("anna").await;
    let client = app.stranger();
    (app, client)
}

#[tokio::test]
async fn signing_in_without_javascript() {
    let (_app, client) = signed_up().await;
    let answer = client.form("sign-in", &SIGN_IN).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/dashboard"));
    assert!(client.cookie("ww").is_some());
    assert_eq!(client.get("/dashboard").await.status, 200);
    let out = client.form("sign-out", &[]).await;
    assert_eq!((out.status, out.header("location")), (303, "/"));
    assert_eq!(client.cookie("ww"), None);
}

#[tokio::test]
async fn only_own_paths_are_gone_to() {
    let (_app, client) = signed_up().await;
    for (next, location) in [
        ("/expenses?q=1", "/expenses?q=1"),
        ("//evil.example", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
        ("https://evil.example", "/dashboard"),
        ("javascript:alert(1)", "/dashboard"),
        ("/a\r\nSet-Cookie: x=y", "/dashboard"),
    ] {
        let mut fields = SIGN_IN.to_vec();
        fields.push(("next", next));
        let answer = client.form("sign-in", &fields).await;
        assert_eq!((answer.status, answer.header("location")), (303, location), "{next:?}");
    }
    for back in ["//evil.example", "https://evil.example", "/\\evil"] {
        let answer = client.form("budget-create", &[("name", ""), ("back", back)]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{back}");
    }
}

#[tokio::test]
async fn a_failed_form_goes_back_with_a_note_that_is_shown_once() {
    let (_app, client) = signed_up().await;
    let fields = [("email", "anna@example.org"), ("password", "wrong horse battery"), ("back", "/auth/signin")];
    let answer = client.form("sign-in", &fields).await;
    assert_eq!(answer.status, 303);
    let token = client.cookie("ww-flash").expect("a note is waiting");
    let location = answer.header("location").to_owned();
    assert!(location.starts_with("/auth/signin"), "{location}");
    let page = client.get("/auth/signin").await.text();
    assert!(page.contains("anna@example.org"), "what was typed is there again");
    assert!(!page.contains("wrong horse battery"), "but never the password");
    assert_eq!(client.cookie("ww-flash"), None);
    client.cookies.lock().unwrap().push(("ww-flash".to_owned(), token));
    assert!(!client.get("/auth/signin").await.text().contains("anna@example.org"), "a note is there once");
}

#[tokio::test]
async fn fields_are_named_with_javascript() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let answer =
        client.form_by_script("budget-create", &[("name", ""), ("monthlyIncome", "-5"), ("currency", "EUR")]).await;
    assert_eq!(answer.status, 400);
    let outcome = answer.json();
    assert_eq!((outcome["ok"].as_bool(), outcome["code"].as_str()), (Some(false), Some("VALIDATION_ERROR")));
    assert_eq!(
        outcome["problems"],
        serde_json::json!({ "name": "required", "monthlyIncome": "notPositive" }),
        "{outcome}"
    );
    let fields = [("name", "Home"), ("monthlyIncome", "3000"), ("currency", "EUR"), ("idempotencyKey", "form-1")];
    for _ in 0..2 {
        let answer = client.form_by_script("budget-create", &fields).await;
        assert_eq!((answer.status, answer.json()["ok"].as_bool()), (200, Some(true)), "{}", answer.text());
    }
    assert_eq!(client.get("/api/budgets").await.json()["meta"]["total"], 1, "a double click makes one budget");
    let reused = client
        .form_by_script(
            "budget-create",
            &[("name", "Other"), ("monthlyIncome", "1"), ("currency", "EUR"), ("idempotencyKey", "form-1")],
        )
        .await;
    assert_eq!((reused.status, reused.json()["code"].as_str()), (409, Some("CONFLICT")));
}

#[tokio::test]
async fn signed_out_forms_lead_to_sign_in() {
    let app = TestApp::start().await;
    let client = app.stranger();
    let fields = [("name", "Home"), ("monthlyIncome", "3000"), ("currency", "EUR"), ("back", "/welcome")];
    let answer = client.form("budget-create", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/auth/signin?next=/welcome"));
    let by_script = client.form_by_script("budget-create", &fields).await;
    assert_eq!((by_script.status, by_script.json()["code"].as_str()), (401, Some("UNAUTHORIZED")));
}

#[tokio::test]
async fn a_sign_up_by_form_ends_an_older_session() {
    let (app, client) = signed_up().await;
    client.form("sign-in", &SIGN_IN).await;
    let before = client.twin();
    assert_eq!(before.get("/api/auth/me").await.status, 200);
    client.form("sign-in", &SIGN_IN).await;
    assert_eq!(before.get("/api/auth/me").await.status, 401, "the old id is dead");
    assert_eq!(client.get("/api/auth/me").await.status, 200);
    drop(app);
}

#[tokio::test]
async fn a_bank_file_without_javascript() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let file = crate::imports::ofx(&[("20261103", "-12.34", "1", "Bakery")]);
    let (kind, body) = crate::helpers::multipart(
        ("a.ofx", file.as_bytes()),
        &[("back", "/expenses/import"), ("idempotencyKey", "k1")],
    );
    let headers = [("content-type", kind.as_str()), ("accept", "text/html")];
    let answer = client.send(hyper::Method::POST, "/_fn/form/import-upload", &headers, body).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(answer.header("location").starts_with("/expenses/import?import="), "{}", answer.header("location"));
    let import = answer.header("location").split('=').nth(1).unwrap().to_owned();
    let committed = client.form("import-commit", &[("id", &import), ("back", "/expenses/import")]).await;
    assert_eq!(committed.status, 303);
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 1);
}

#[tokio::test]
async fn language_and_colours_of_the_signed_out() {
    let app = TestApp::start().await;
    let client = app.stranger();
    let answer = client.form("theme", &[("theme", "dark"), ("back", "/")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    assert!(client.cookie("ww-look").is_some_and(|value| value.contains(".dark")));
}

#[tokio::test]
async fn forms_that_are_too_large() {
    let app = TestApp::start_with(|config| config.max_import_size = 64 << 10).await;
    let client = app.person("anna").await;
    let large = "x".repeat(2 << 20);
    assert_eq!(client.form_by_script("budget-create", &[("name", &large)]).await.status, 413);
    let answer = client.form("budget-create", &[("name", &large)]).await;
    assert_eq!((answer.status, answer.header("content-type")), (413, "text/html; charset=utf-8"));
    let (kind, body) = crate::helpers::multipart(("a.csv", &vec![b'x'; 128 << 10]), &[]);
    let headers = [("content-type", kind.as_str()), ("accept", "application/json")];
    let answer = client.send(hyper::Method::POST, "/_fn/form/import-upload", &headers, body).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (413, json!("TOO_LARGE")));
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_says_what_was_done() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let saved = anna.form_by_script("preferences", &[("currency", "JPY"), ("back", "/settings/preferences")]).await;
    assert_eq!((saved.status, &saved.json()["reload"]), (200, &json!(true)), "{}", saved.text());
    let said = "Preferences saved";
    assert_eq!(saved.json()["toast"]["text"], said);
    assert!(anna.get("/settings/preferences").await.text().contains(said));
    assert!(!anna.get("/settings/preferences").await.text().contains(said), "once");
}
