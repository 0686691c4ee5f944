//! Passwords, sessions, the second factor, keys for programs, and what becomes of guesses.
use crate::helpers::{Answer, Client, TestApp, Value, budget, expense, id, json, lunch};
use hyper::Method;
use service::ports::{Clock as _, store::Write};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "correct horse battery";
const OTHER: &str = "another horse battery";

async fn sign_in(app: &TestApp, body: Value) -> (Client, Answer) {
    let client = app.stranger();
    let answer = client.post("/api/auth/login", body).await;
    (client, answer)
}

fn with_password(password: &str) -> Value {
    json!({ "email": "anna@example.org", "password": password })
}

#[tokio::test]
async fn another_password_ends_everything_else() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let (phone, _) = sign_in(&app, with_password(PASSWORD)).await;
    let key = anna.post("/api/auth/api-keys", json!({ "name": "Script" })).await.data()["key"].clone();
    let key = key.as_str().unwrap();
    let before = anna.twin();
    for (body, field) in [
        (json!({ "currentPassword": OTHER, "newPassword": "yet another horse" }), "currentPassword"),
        (json!({ "currentPassword": PASSWORD, "newPassword": PASSWORD }), "newPassword"),
        (json!({ "currentPassword": PASSWORD, "newPassword": "password1" }), "newPassword"),
        (json!({ "currentPassword": PASSWORD, "newPassword": "anna@example.org" }), "newPassword"),
        (json!({ "newPassword": OTHER }), "currentPassword"),
    ] {
        let refused = anna.post("/api/auth/change-password", body).await;
        assert_eq!((refused.status, refused.json()["fields"][field].is_string()), (400, true), "{}", refused.text());
    }
    assert_eq!(phone.get("/api/auth/me").await.status, 200, "what was refused changed nothing");
    let changed = json!({ "currentPassword": PASSWORD, "newPassword": OTHER });
    assert_eq!(anna.post("/api/auth/change-password", changed).await.status, 204);
    assert_eq!(anna.get("/api/auth/me").await.status, 200, "who changed it goes on");
    assert_eq!(before.get("/api/auth/me").await.status, 401, "under another session");
    assert_eq!(phone.get("/api/auth/me").await.status, 401);
    assert_eq!(by_key(&app, key, Method::GET, "/api/budgets").await.status, 401);
    assert_eq!(anna.get("/api/auth/api-keys").await.data(), json!([]));
    assert_eq!(anna.get("/api/auth/sessions").await.data().as_array().unwrap().len(), 1);
    assert_eq!(sign_in(&app, with_password(PASSWORD)).await.1.status, 401);
    assert_eq!(sign_in(&app, with_password(OTHER)).await.1.status, 200);
}

#[tokio::test]
async fn devices_are_signed_out_one_by_one_or_all_others_at_once() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(sign_in(&app, with_password(PASSWORD)).await.0);
    }
    let own = others[0].get("/api/auth/sessions").await.data();
    let current = own.as_array().unwrap().iter().find(|session| session["current"] == true).map(id).unwrap();
    assert_eq!(anna.delete(&format!("/api/auth/sessions/{current}")).await.status, 204);
    assert_eq!(others[0].get("/api/auth/me").await.status, 401);
    assert_eq!(others[1].get("/api/auth/me").await.status, 200);
    assert_eq!(anna.delete(&format!("/api/auth/sessions/{current}")).await.status, 404);
    assert_eq!(anna.delete("/api/auth/sessions").await.status, 204);
    for other in &others {
        assert_eq!(other.get("/api/auth/me").await.status, 401);
    }
    assert_eq!(anna.get("/api/auth/sessions").await.data().as_array().unwrap().len(), 1);
    // A new secret for the same person; the old one is worth nothing.
    let before = anna.twin();
    let refreshed = anna.post("/api/auth/refresh-token", json!({})).await;
    assert!(refreshed.data()["expiresAt"].is_string());
    assert_eq!((anna.get("/api/auth/me").await.status, before.get("/api/auth/me").await.status), (200, 401));
}

async fn by_key(app: &TestApp, key: &str, method: Method, path: &str) -> Answer {
    let mut program = app.stranger();
    program.origin = None;
    program.send(method, path, &[("authorization", &format!("Bearer {key}"))], "").await
}

#[tokio::test]
async fn a_key_does_what_its_owner_may_but_proves_nothing() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let budget = budget(&anna).await;
    let made = anna.post("/api/auth/api-keys", json!({ "name": "Script", "scopes": ["read", "write"] })).await;
    assert_eq!(made.status, 201);
    let key = made.data()["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("ww_") && key.len() == 46, "{key}");
    let listed = anna.get("/api/auth/api-keys").await;
    assert!(!listed.text().contains(&key) && listed.data()[0]["prefix"].as_str().is_some_and(|p| key.starts_with(p)));
    // Neither cookie nor Origin.
    let mut program = app.stranger();
    program.origin = None;
    let header = [("content-type", "application/json"), ("x-api-key", key.as_str())];
    let added = program.send(Method::POST, "/api/expenses", &header, lunch(Some(&budget)).to_string()).await;
    assert_eq!(added.status, 201, "{}", added.text());
    assert_eq!(by_key(&app, &key, Method::GET, "/api/auth/me").await.data()["user"]["email"], "anna@example.org");
    assert!(anna.get("/api/auth/api-keys").await.data()[0]["lastUsedAt"].is_string());
    for (method, path) in [
        (Method::GET, "/api/auth/sessions"),
        (Method::DELETE, "/api/auth/sessions"),
        (Method::GET, "/api/auth/api-keys"),
        (Method::POST, "/api/auth/api-keys"),
        (Method::POST, "/api/auth/refresh-token"),
        (Method::POST, "/api/auth/change-password"),
        (Method::POST, "/api/auth/totp"),
        (Method::POST, "/api/auth/logout"),
    ] {
        let refused = by_key(&app, &key, method.clone(), path).await;
        assert_eq!((refused.status, refused.code().as_str()), (403, "FORBIDDEN"), "{method} {path}");
    }
    // Pages know no keys.
    assert_eq!(by_key(&app, &key, Method::GET, "/dashboard").await.status, 303);
    // A wrong key counts as nobody, even beside a cookie.
    let header = [("authorization", "Bearer ww_wrong")];
    assert_eq!(anna.send(Method::GET, "/api/budgets", &header, "").await.status, 401);
    let key_id = id(&listed.data()[0]);
    assert_eq!(anna.delete(&format!("/api/auth/api-keys/{key_id}")).await.status, 204);
    assert_eq!(by_key(&app, &key, Method::GET, "/api/budgets").await.status, 401);
}

#[tokio::test]
async fn whose_account_is_closed_gets_in_nowhere() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let key =
        anna.post("/api/auth/api-keys", json!({ "name": "Script" })).await.data()["key"].as_str().unwrap().to_owned();
    assert_eq!(by_key(&app, &key, Method::GET, "/api/budgets").await.status, 200);
    let store = &app.services.store;
    let mut person = store.credentials("anna@example.org").await.unwrap().unwrap();
    person.user.disabled_at = Some(app.clock.now());
    person.version += 1;
    let write = Write {
        actor: person.user.id,
        now: app.clock.now(),
        idempotency: None,
        jobs: Vec::new(),
        trace: service::ports::activity::Trace::NONE,
    };
    store.save_person(&write, &person).await.unwrap();
    assert_eq!(anna.get("/api/auth/me").await.status, 401);
    assert_eq!(anna.get("/dashboard").await.status, 303);
    assert_eq!(by_key(&app, &key, Method::GET, "/api/budgets").await.status, 401);
    assert_eq!(sign_in(&app, with_password(PASSWORD)).await.1.status, 401);
}

#[tokio::test]
async fn a_key_that_only_reads_and_one_that_ends() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let expense = expense(&anna, None).await;
    let wish = json!({ "name": "Backup", "expiresInDays": 2 });
    let key = anna.post("/api/auth/api-keys", wish).await.data()["key"].as_str().unwrap().to_owned();
    assert_eq!(by_key(&app, &key, Method::GET, "/api/expenses").await.status, 200);
    let path = format!("/api/expenses/{expense}");
    let refused = by_key(&app, &key, Method::DELETE, &path).await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "FORBIDDEN"));
    assert_eq!(anna.get(&path).await.status, 200);
    app.clock.pass(1);
    assert_eq!(by_key(&app, &key, Method::GET, "/api/expenses").await.status, 200);
    app.clock.pass(1);
    assert_eq!(by_key(&app, &key, Method::GET, "/api/expenses").await.status, 401);
    for wish in [json!({}), json!({ "name": "x", "scopes": ["all"] }), json!({ "name": "x", "expiresInDays": 0 })] {
        assert_eq!(anna.post("/api/auth/api-keys", wish).await.status, 400);
    }
    for n in 1..20 {
        assert_eq!(anna.post("/api/auth/api-keys", json!({ "name": format!("{n}") })).await.status, 201);
    }
    assert_eq!(anna.post("/api/auth/api-keys", json!({ "name": "one too many" })).await.status, 400);
}

/// The code that an authenticator shows so many seconds from now.
pub fn code(app: &TestApp, secret: &str, later: i64) -> String {
    let key = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(key).build().unwrap();
    totp.generate(u64::try_from(app.clock.now().as_second() + later).unwrap()).to_string()
}

#[tokio::test]
async fn a_second_factor_from_begin_to_end() {
    let app = TestApp::start().await;
    app.clock.stop();
    let anna = app.person("anna").await;
    let begin = |password: &str| json!({ "currentPassword": password });
    assert_eq!(anna.post("/api/auth/totp", begin(OTHER)).await.status, 400);
    let setup = anna.post("/api/auth/totp", begin(PASSWORD)).await.data()["totp"].clone();
    let secret = setup["secret"].as_str().unwrap().to_owned();
    assert!(setup["uri"].as_str().unwrap().starts_with("otpauth://totp/WealthWise:anna%40example.org?secret="));
    assert!(setup["qr"].as_str().unwrap().starts_with("<svg"));
    // It does not count before it is confirmed.
    assert_eq!(sign_in(&app, with_password(PASSWORD)).await.1.status, 200);
    let wrong = anna.post("/api/auth/totp/confirm", json!({ "code": code(&app, &secret, 600) })).await;
    assert_eq!((wrong.status, wrong.json()["fields"]["code"].is_string()), (400, true));
    let confirmed = anna.post("/api/auth/totp/confirm", json!({ "code": code(&app, &secret, 0) })).await;
    let codes: Vec<String> = serde_json::from_value(confirmed.data()["recoveryCodes"].clone()).unwrap();
    assert_eq!(codes.len(), 10);
    assert_eq!(anna.get("/api/auth/me").await.data()["user"]["twoFactor"], true);
    let again = anna.post("/api/auth/totp", begin(PASSWORD)).await;
    assert_eq!((again.status, again.code().as_str()), (409, "CONFLICT"));

    let (half, answer) = sign_in(&app, with_password(PASSWORD)).await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "TOTP_REQUIRED"));
    assert_eq!(half.get("/api/auth/me").await.status, 401, "half signed in is not signed in");
    let wrong = sign_in(&app, with_password(OTHER)).await.1;
    assert_eq!(wrong.code(), "UNAUTHORIZED", "whoever lacks the password learns nothing of a second factor");
    let with = |code: &str| json!({ "email": "anna@example.org", "password": PASSWORD, "totp": code });
    // The code that confirmed it has had its turn.
    assert_eq!(sign_in(&app, with(&code(&app, &secret, 0))).await.1.status, 400);
    let next = code(&app, &secret, 30);
    assert_eq!(sign_in(&app, with(&next)).await.1.status, 200);
    assert_eq!(sign_in(&app, with(&next)).await.1.status, 400, "a code counts once");
    // Each recovery code counts once, however it is typed.
    let typed = codes[3].to_uppercase().replace('-', " ");
    let tries = [(); 6].map(|()| {
        let (app, body) = (app.stranger(), with(&typed));
        tokio::spawn(async move { app.post("/api/auth/login", body).await.status })
    });
    let mut answers = Vec::new();
    for tried in tries {
        answers.push(tried.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [200, 400, 400, 400, 400, 400]);

    assert_eq!(anna.json(Method::DELETE, "/api/auth/totp", &begin(OTHER)).await.status, 400);
    assert_eq!(anna.json(Method::DELETE, "/api/auth/totp", &begin(PASSWORD)).await.status, 204);
    assert_eq!(sign_in(&app, with_password(PASSWORD)).await.1.status, 200);
}

#[tokio::test]
async fn guesses_run_out_and_the_owner_goes_on() {
    let app = TestApp::start_with(|config| {
        config.rate_limit_login = 10;
        config.trusted_proxies = vec![server::config::Network::parse("127.0.0.1").unwrap()];
    })
    .await;
    let anna = app.person("anna").await;
    let guess = async |address: &str, password: &str| {
        let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
        app.stranger().send(Method::POST, "/api/auth/login", &headers, with_password(password).to_string()).await
    };
    for _ in 0..10 {
        assert_eq!(guess("192.0.2.9", OTHER).await.status, 401);
    }
    let refused = guess("192.0.2.9", PASSWORD).await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    assert_eq!(anna.get("/api/auth/me").await.status, 200, "who is signed in stays so");
    assert_eq!(guess("192.0.2.77", PASSWORD).await.status, 200, "and signs in from where nobody guessed");
    // What was right is not counted against anybody.
    for _ in 0..12 {
        assert_eq!(guess("192.0.2.78", PASSWORD).await.status, 200);
    }
    // One address that tries many accounts.
    for n in 0..50 {
        let body = json!({ "email": format!("nobody{n}@example.org"), "password": OTHER }).to_string();
        let headers = [("content-type", "application/json"), ("x-forwarded-for", "192.0.2.10")];
        assert_eq!(app.stranger().send(Method::POST, "/api/auth/login", &headers, body).await.status, 401);
    }
    assert_eq!(guess("192.0.2.10", PASSWORD).await.status, 429);
    app.clock.pass(1);
    assert_eq!(guess("192.0.2.9", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn who_is_signed_in_can_not_guess_the_password_either() {
    let app = TestApp::start_with(|config| config.rate_limit_login = 3).await;
    let anna = app.person("anna").await;
    let change = |current: &str| json!({ "currentPassword": current, "newPassword": OTHER });
    for _ in 0..3 {
        assert_eq!(anna.post("/api/auth/change-password", change("a guess of mine")).await.status, 400);
    }
    assert_eq!(anna.post("/api/auth/change-password", change(PASSWORD)).await.status, 429);
    assert_eq!(anna.get("/api/auth/me").await.status, 200);
}

#[tokio::test]
async fn profile_and_switches() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let change = json!({
        "profile": { "city": "Graz", "country": "at", "familySize": 3, "ageRange": "35-44", "financialExperience": "beginner" },
        "preferences": { "notifications": { "push": false }, "privacy": { "aiConsent": true } },
    });
    let user = anna.put("/api/auth/update-profile", change).await.data()["user"].clone();
    assert_eq!((&user["profile"]["country"], &user["profile"]["familySize"]), (&json!("AT"), &json!(3)));
    assert_eq!(
        user["preferences"]["notifications"],
        json!({ "email": true, "push": false, "budgetAlerts": true, "goalReminders": true })
    );
    let less = json!({ "profile": { "city": null, "familySize": null } });
    let user = anna.put("/api/auth/update-profile", less).await.data()["user"].clone();
    assert_eq!((&user["profile"]["city"], &user["profile"]["country"]), (&Value::Null, &json!("AT")));
    assert_eq!(
        (&user["preferences"]["privacy"]["aiConsent"], &user["subscription"]["plan"]),
        (&json!(true), &json!("free"))
    );
    for (wrong, field) in [
        (json!({ "profile": { "familySize": 0 } }), "profile.familySize"),
        (json!({ "profile": { "country": "AUT" } }), "profile.country"),
        (json!({ "profile": { "ageRange": "old" } }), "profile.ageRange"),
        (json!({ "preferences": { "privacy": { "aiConsent": "yes" } } }), "preferences.privacy.aiConsent"),
        (json!({ "subscription": { "plan": "premium" } }), "subscription"),
        (json!({ "twoFactor": false }), "twoFactor"),
    ] {
        let refused = anna.put("/api/auth/update-profile", wrong).await;
        assert_eq!((refused.status, refused.json()["fields"][field].is_string()), (400, true), "{}", refused.text());
    }
}
