//! `/api/auth`: sign-up, sign-in, sign-out, and what a session is.
use crate::helpers::{TestApp, json, sign_up};
use hyper::Method;

#[tokio::test]
async fn from_sign_up_to_sign_out() {
    let app = TestApp::start().await;
    let client = app.stranger();
    assert_eq!(client.get("/api/auth/me").await.status, 401);
    let answer = client.post("/api/auth/register", sign_up("anna")).await;
    assert_eq!(answer.status, 201);
    let user = &answer.data()["user"];
    assert_eq!((user["email"].as_str(), user["name"].as_str()), (Some("anna@example.org"), Some("anna")));
    assert!(!answer.text().to_lowercase().contains("password") && !answer.text().contains("argon2"));
    assert_eq!(client.get("/api/auth/me").await.data()["user"]["id"], user["id"]);
    let other = client.twin();
    let out = client.post("/api/auth/logout", json!({})).await;
    assert_eq!((out.status, out.body.len()), (204, 0));
    assert_eq!(client.cookie("ww"), None, "the cookie is taken away");
    assert_eq!(other.get("/api/auth/me").await.status, 401, "and the session is gone on the server");
    let sign_in = json!({ "email": "ANNA@Example.org", "password": "correct horse battery" });
    assert_eq!(client.post("/api/auth/login", sign_in).await.status, 200);
    assert_eq!(client.get("/api/auth/me").await.status, 200);
}

#[tokio::test]
async fn newcomers_start_with_the_currency_of_their_country() {
    let app = TestApp::start().await;
    for (number, (languages, currency, language)) in
        [("fr-CA,fr;q=0.9", "CAD", "en-US"), ("de,en-US;q=0.7,en;q=0.3", "EUR", "de-DE"), ("en", "USD", "en-US")]
            .into_iter()
            .enumerate()
    {
        let headers = [("content-type", "application/json"), ("accept-language", languages)];
        let body = sign_up(&format!("anna{number}")).to_string();
        let answer = app.stranger().send(Method::POST, "/api/auth/register", &headers, body).await;
        let preferences = &answer.data()["user"]["preferences"];
        assert_eq!((&preferences["currency"], &preferences["language"]), (&json!(currency), &json!(language)));
    }
}

#[tokio::test]
async fn cookies_have_their_flags() {
    let app = TestApp::start().await;
    let answer = app.stranger().post("/api/auth/register", sign_up("anna")).await;
    let cookie = answer.header("set-cookie");
    for part in ["ww=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"));
    let secure = TestApp::start_with(|config| {
        config.public_url = server::config::PublicUrl::parse("https://money.example.org").ok();
    })
    .await;
    let mut client = secure.stranger();
    client.origin = Some("https://money.example.org".to_owned());
    let answer = client.post("/api/auth/register", sign_up("anna")).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-ww=") && cookie.contains("; Secure"), "{cookie}");
    assert!(!answer.header("strict-transport-security").is_empty());
    assert_eq!(client.get("/api/auth/me").await.status, 200);
}

#[tokio::test]
async fn a_planted_or_old_session_is_worth_nothing() {
    let app = TestApp::start().await;
    app.person("anna").await;
    let client = app.stranger();
    let planted = "A".repeat(43);
    client.cookies.lock().unwrap().push(("ww".to_owned(), planted.clone()));
    let sign_in = json!({ "email": "anna@example.org", "password": "correct horse battery" });
    assert_eq!(client.post("/api/auth/login", sign_in.clone()).await.status, 200);
    let first = client.cookie("ww").unwrap();
    assert_ne!(first, planted, "a planted id is never adopted");
    let before = client.twin();
    assert_eq!(client.post("/api/auth/login", sign_in).await.status, 200);
    assert_ne!(client.cookie("ww").unwrap(), first, "signing in again makes a new id");
    assert_eq!(before.get("/api/auth/me").await.status, 401, "and the old one is dead");
}

#[tokio::test]
async fn wrong_address_and_wrong_password_answer_alike() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    client.post("/api/auth/logout", json!({})).await;
    let mut answers = Vec::new();
    app.hasher.taken();
    for (email, password) in
        [("anna@example.org", "wrong horse battery"), ("nobody@example.org", "correct horse battery")]
    {
        let answer = client.post("/api/auth/login", json!({ "email": email, "password": password })).await;
        assert_eq!(answer.status, 401);
        // All but this takes no time to speak of.
        assert_eq!(app.hasher.taken(), (0, 1), "{email}: one password is verified, whether it exists or not");
        let mut body = answer.json();
        body["requestId"].take();
        answers.push(body);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["code"], "UNAUTHORIZED");
}

#[tokio::test]
async fn an_address_is_taken_in_any_case() {
    let app = TestApp::start().await;
    app.person("anna").await;
    let again = app.stranger().post("/api/auth/register", sign_up("ANNA")).await;
    assert_eq!((again.status, again.code().as_str()), (409, "DUPLICATE_KEY"));
    assert!(again.json()["fields"]["email"].is_string());
}

#[tokio::test]
async fn passwords_are_checked_before_they_are_hashed() {
    let app = TestApp::start().await;
    let client = app.stranger();
    for (password, status) in [
        ("short".to_owned(), 400),
        ("password123".to_owned(), 400),
        ("wealthwise1".to_owned(), 400),
        ("x".repeat(129), 400),
        ("y".repeat(2 << 20), 413),
        ("ü€😀a".repeat(32), 201),
    ] {
        let mut body = sign_up("anna");
        body["password"] = password.clone().into();
        let answer = client.post("/api/auth/register", body).await;
        assert_eq!(answer.status, status, "{} characters", password.len());
        if status == 400 {
            assert!(answer.json()["fields"]["password"].is_string());
        }
    }
    let mut one_off = "ü€😀a".repeat(32);
    one_off.pop();
    let answer = client.post("/api/auth/login", json!({ "email": "anna@example.org", "password": one_off })).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn all_wrong_fields_at_once() {
    let app = TestApp::start().await;
    let body = json!({ "name": "x", "email": "no", "password": "123", "terms": false, "admin": true });
    let answer = app.stranger().post("/api/auth/register", body).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"));
    let fields = answer.json()["fields"].clone();
    for field in ["name", "email", "password", "terms", "admin"] {
        assert!(fields[field].is_string(), "{field}: {fields}");
    }
    assert!(answer.json()["requestId"].as_str().is_some_and(|id| id == answer.header("x-request-id")));
}

#[tokio::test]
async fn closed_registration() {
    let app = TestApp::start_with(|config| config.registration = server::config::Registration::Closed).await;
    let answer = app.stranger().post("/api/auth/register", sign_up("anna")).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN"));
}

#[tokio::test]
async fn name_and_preferences() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let change = json!({ "name": "Anna B", "preferences": { "currency": "JPY", "language": "de-AT", "timezone": "Europe/Vienna", "theme": "dark" } });
    let user = client.put("/api/auth/update-profile", change).await.data()["user"].clone();
    assert_eq!(user["name"], "Anna B");
    let preferences = &client.get("/api/auth/me").await.data()["user"]["preferences"];
    assert_eq!(preferences["currency"], "JPY");
    assert_eq!(preferences["timezone"], "Europe/Vienna");
    let wrong = json!({ "email": "new@example.org", "preferences": { "currency": "EURO", "timezone": "Mars", "plan": "premium" } });
    let answer = client.put("/api/auth/update-profile", wrong).await;
    assert_eq!(answer.status, 400);
    for field in ["email", "preferences.currency", "preferences.plan"] {
        assert!(answer.json()["fields"][field].is_string(), "{field}: {}", answer.text());
    }
}

#[tokio::test]
async fn sessions_are_listed() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let second = app.stranger();
    let body = json!({ "email": "anna@example.org", "password": "correct horse battery" }).to_string();
    let headers = [("content-type", "application/json"), ("user-agent", "Phone/1.0")];
    second.send(Method::POST, "/api/auth/login", &headers, body).await;
    let sessions = client.get("/api/auth/sessions").await.data();
    assert_eq!(sessions.as_array().map(Vec::len), Some(2));
    assert_eq!(sessions.as_array().unwrap().iter().filter(|session| session["current"] == true).count(), 1);
    assert!(sessions.to_string().contains("Phone/1.0"));
    assert!(!sessions.to_string().contains("secret"));
}

#[tokio::test]
async fn fifty_sign_ins_at_once() {
    let app = TestApp::start().await;
    app.person("anna").await;
    let tries = (0..50).map(|_| {
        let client = app.stranger();
        tokio::spawn(async move {
            let body = json!({ "email": "anna@example.org", "password": "correct horse battery" });
            client.post("/api/auth/login", body).await.status
        })
    });
    let tries: Vec<_> = tries.collect();
    assert_eq!(app.stranger().get("/api/health").await.status, 200);
    for attempt in tries {
        assert_eq!(attempt.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn sessions_end_by_themselves() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    app.clock.pass(13);
    assert_eq!(client.get("/api/auth/me").await.status, 200, "13 days without use are fine");
    app.clock.pass(13);
    assert_eq!(client.get("/api/auth/me").await.status, 200, "since the last use");
    app.clock.pass(15);
    assert_eq!(client.get("/api/auth/me").await.status, 401, "15 days are not");
    let sign_in = json!({ "email": "anna@example.org", "password": "correct horse battery" });
    client.post("/api/auth/login", sign_in).await;
    for _ in 0..9 {
        app.clock.pass(10);
        client.get("/api/auth/me").await;
    }
    assert_eq!(client.get("/api/auth/me").await.status, 401, "after 90 days even one that is used each day ends");
}
