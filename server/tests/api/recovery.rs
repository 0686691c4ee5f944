//! Links that are sent by mail: they count once, for their time, for what they were sent for, and say nothing to others.
use crate::{
    helpers::{Answer, Client, TestApp, json, sign_up},
    trust::code,
};
use server::config::{MailWay, PublicUrl};
use service::ports::mail::Message;

const PASSWORD: &str = "correct horse battery";
const OTHER: &str = "another horse battery";

/// Where mail reaches people.
async fn with_mail() -> TestApp {
    TestApp::start_with(|config| config.mail = MailWay::Smtp("smtp://localhost".to_owned())).await
}

/// The secret of the link in a mail.
fn token(message: &Message) -> String {
    let (_, rest) = message.text.split_once("?token=").unwrap_or_else(|| panic!("no link in {}", message.text));
    rest.chars().take_while(|c| !c.is_whitespace()).collect()
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> (Client, Answer) {
    let client = app.stranger();
    let answer = client.post("/api/auth/login", json!({ "email": email, "password": password })).await;
    (client, answer)
}

#[tokio::test]
async fn a_sign_up_by_mail_tells_nobody_whether_the_address_is_known() {
    let app = with_mail().await;
    app.hasher.taken();
    let first = app.stranger().post("/api/auth/register", sign_up("anna")).await;
    let again = app.stranger().post("/api/auth/register", sign_up("Anna")).await;
    assert_eq!((first.status, first.body.len(), again.status, again.body.len()), (202, 0, 202, 0));
    assert_eq!(app.hasher.taken(), (2, 0), "the same work for each");
    assert!(first.header("set-cookie").is_empty() && again.header("set-cookie").is_empty());
    let mails = app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects, ["Confirm your address", "You already have an account"]);
    assert!(mails.iter().all(|mail| mail.to == "anna@example.org"));
    let link = token(&mails[0]);
    let confirmed = app.stranger().post("/api/auth/verify-email", json!({ "token": link })).await;
    assert_eq!(confirmed.data()["user"]["isEmailVerified"], true);
    let used = app.stranger().post("/api/auth/verify-email", json!({ "token": link })).await;
    assert_eq!((used.status, used.code().as_str()), (400, "INVALID_TOKEN"));
    assert_eq!(sign_in(&app, "anna@example.org", PASSWORD).await.1.status, 200);
}

#[tokio::test]
async fn a_forgotten_password_and_what_ends_with_it() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let key = anna.post("/api/auth/api-keys", json!({ "name": "Script" })).await.data()["key"].clone();
    let forgot = async |email: &str| app.stranger().post("/api/auth/forgot-password", json!({ "email": email })).await;
    let (known, unknown) = (forgot("ANNA@example.org").await, forgot("nobody@example.org").await);
    assert_eq!((known.status, known.body.len(), unknown.status, unknown.body.len()), (202, 0, 202, 0));
    let mails = app.mails().await;
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "anna@example.org"));
    let link = token(&mails[0]);
    // For nothing else.
    let verify = app.stranger().post("/api/auth/verify-email", json!({ "token": link })).await;
    assert_eq!(verify.code(), "INVALID_TOKEN");
    let weak = app.stranger().post("/api/auth/reset-password", json!({ "token": link, "password": "password" })).await;
    assert_eq!(weak.code(), "VALIDATION_ERROR", "and what was refused uses nothing up");
    let own = json!({ "token": link, "password": "anna@example.org" });
    assert_eq!(app.stranger().post("/api/auth/reset-password", own).await.code(), "VALIDATION_ERROR");
    let reset = json!({ "token": link, "password": OTHER });
    let tries = [(); 5].map(|()| {
        let (client, body) = (app.stranger(), reset.clone());
        tokio::spawn(async move { client.post("/api/auth/reset-password", body).await.status })
    });
    let mut statuses = Vec::new();
    for tried in tries {
        statuses.push(tried.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 400, 400, 400, 400]);
    assert_eq!(anna.get("/api/auth/me").await.status, 401);
    let header = [("x-api-key", key.as_str().unwrap())];
    assert_eq!(app.stranger().send(hyper::Method::GET, "/api/budgets", &header, "").await.status, 401);
    assert_eq!(sign_in(&app, "anna@example.org", PASSWORD).await.1.status, 401);
    assert_eq!(sign_in(&app, "anna@example.org", OTHER).await.1.status, 200);
    let told = app.mails().await;
    assert_eq!(told.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Your password was changed"]);
}

#[tokio::test]
async fn links_end() {
    let app = with_mail().await;
    app.stranger().post("/api/auth/register", sign_up("anna")).await;
    let verify = token(&app.mails().await[0]);
    app.stranger().post("/api/auth/forgot-password", json!({ "email": "anna@example.org" })).await;
    let reset = token(&app.mails().await[0]);
    app.clock.pass(1);
    for (path, body) in [
        ("/api/auth/verify-email", json!({ "token": verify })),
        ("/api/auth/reset-password", json!({ "token": reset, "password": OTHER })),
    ] {
        let late = app.stranger().post(path, body).await;
        assert_eq!((late.status, late.code().as_str()), (400, "TOKEN_EXPIRED"), "{path}");
    }
    assert_eq!(sign_in(&app, "anna@example.org", PASSWORD).await.1.status, 200);
}

#[tokio::test]
async fn another_address_counts_once_it_is_confirmed() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    app.person("bob").await;
    let ask = async |email: &str, password: &str| {
        anna.post("/api/auth/change-email", json!({ "newEmail": email, "currentPassword": password })).await
    };
    assert_eq!(ask("new@example.org", OTHER).await.status, 400);
    assert_eq!(ask("anna@example.org", PASSWORD).await.status, 400);
    let (free, taken) = (ask("new@example.org", PASSWORD).await, ask("bob@example.org", PASSWORD).await);
    assert_eq!((free.status, taken.status), (202, 202), "a taken address answers alike");
    let mails = app.mails().await;
    let to: Vec<_> = mails.iter().map(|mail| (mail.to.as_str(), mail.subject.as_str())).collect();
    assert_eq!(
        to,
        [("new@example.org", "Confirm your new address"), ("bob@example.org", "You already have an account")]
    );
    assert_eq!(anna.get("/api/auth/me").await.data()["user"]["email"], "anna@example.org");
    let link = token(&mails[0]);
    assert_eq!(app.stranger().post("/api/auth/verify-email", json!({ "token": link })).await.status, 200);
    assert_eq!(anna.get("/api/auth/me").await.data()["user"]["email"], "new@example.org");
    let told = app.mails().await;
    assert_eq!((told[0].to.as_str(), told[0].subject.as_str()), ("anna@example.org", "Your address was changed"));
    assert_eq!(sign_in(&app, "anna@example.org", PASSWORD).await.1.status, 401);
    assert_eq!(sign_in(&app, "new@example.org", PASSWORD).await.1.status, 200);
}

#[tokio::test]
async fn another_link_where_one_was_lost() {
    let app = with_mail().await;
    app.stranger().post("/api/auth/register", sign_up("anna")).await;
    assert_eq!(app.mails().await.len(), 1);
    let (anna, _) = sign_in(&app, "anna@example.org", PASSWORD).await;
    assert_eq!(anna.post("/api/auth/resend-verification", json!({})).await.status, 202);
    let mails = app.mails().await;
    assert_eq!(app.stranger().post("/api/auth/verify-email", json!({ "token": token(&mails[0]) })).await.status, 200);
    assert_eq!(anna.post("/api/auth/resend-verification", json!({})).await.status, 202);
    assert!(app.mails().await.is_empty(), "nothing is left to be confirmed");
}

#[tokio::test]
async fn links_lead_where_the_operator_says_whatever_host_was_asked() {
    let app =
        TestApp::start_with(|config| config.public_url = PublicUrl::parse("https://money.example.org").ok()).await;
    let mut visitor = app.stranger();
    visitor.origin = Some("https://money.example.org".to_owned());
    assert_eq!(visitor.post("/api/auth/register", sign_up("anna")).await.status, 201);
    let evil = [
        ("content-type", "application/json"),
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
    ];
    let body = json!({ "email": "anna@example.org" }).to_string();
    let asked = visitor.send(hyper::Method::POST, "/api/auth/forgot-password", &evil, body).await;
    assert_eq!(asked.status, 202, "{}", asked.text());
    let mails = app.mails().await;
    for form in [&mails[0].text, &mails[0].html] {
        assert!(form.contains("https://money.example.org/auth/reset-password?token="), "{form}");
        assert!(!form.contains("evil"), "{form}");
    }
}

#[tokio::test]
async fn another_password_ends_links_that_could_undo_it() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    app.stranger().post("/api/auth/forgot-password", json!({ "email": "anna@example.org" })).await;
    let change = json!({ "newEmail": "eve@example.org", "currentPassword": PASSWORD });
    assert_eq!(anna.post("/api/auth/change-email", change).await.status, 202);
    let mails = app.mails().await;
    let mut to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["anna@example.org", "eve@example.org"]);
    let changed = json!({ "currentPassword": PASSWORD, "newPassword": OTHER });
    assert_eq!(anna.post("/api/auth/change-password", changed).await.status, 204);
    let told = app.mails().await;
    assert_eq!((told.len(), told[0].subject.as_str()), (1, "Your password was changed"));
    for mail in &mails {
        let link = token(mail);
        let verify = app.stranger().post("/api/auth/verify-email", json!({ "token": link })).await;
        let reset = json!({ "token": link, "password": "yet another horse" });
        let reset = app.stranger().post("/api/auth/reset-password", reset).await;
        assert_eq!((verify.code().as_str(), reset.code().as_str()), ("INVALID_TOKEN", "INVALID_TOKEN"));
    }
}

#[tokio::test]
async fn whoever_took_an_address_before_its_owner_is_put_out() {
    let app = with_mail().await;
    app.stranger().post("/api/auth/register", sign_up("anna")).await;
    app.mails().await;
    let (eve, _) = sign_in(&app, "anna@example.org", PASSWORD).await;
    let setup = eve.post("/api/auth/totp", json!({ "currentPassword": PASSWORD })).await.data()["totp"].clone();
    let secret = setup["secret"].as_str().unwrap();
    let confirmed = eve.post("/api/auth/totp/confirm", json!({ "code": code(&app, secret, 0) })).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    app.stranger().post("/api/auth/forgot-password", json!({ "email": "anna@example.org" })).await;
    let reset = json!({ "token": token(&app.mails().await[0]), "password": OTHER });
    assert_eq!(app.stranger().post("/api/auth/reset-password", reset).await.status, 204);
    assert_eq!(eve.get("/api/auth/me").await.status, 401);
    let (_, answer) = sign_in(&app, "anna@example.org", OTHER).await;
    assert_eq!(answer.status, 200, "without eve's second factor");
    assert_eq!(answer.data()["user"]["isEmailVerified"], true);
}

#[tokio::test]
async fn a_second_factor_outlasts_a_forgotten_password() {
    let app = with_mail().await;
    app.stranger().post("/api/auth/register", sign_up("anna")).await;
    let verify = json!({ "token": token(&app.mails().await[0]) });
    assert_eq!(app.stranger().post("/api/auth/verify-email", verify).await.status, 200);
    let (anna, _) = sign_in(&app, "anna@example.org", PASSWORD).await;
    let setup = anna.post("/api/auth/totp", json!({ "currentPassword": PASSWORD })).await.data()["totp"].clone();
    let secret = setup["secret"].as_str().unwrap();
    anna.post("/api/auth/totp/confirm", json!({ "code": code(&app, secret, 0) })).await;
    app.stranger().post("/api/auth/forgot-password", json!({ "email": "anna@example.org" })).await;
    let reset = json!({ "token": token(&app.mails().await[0]), "password": OTHER });
    assert_eq!(app.stranger().post("/api/auth/reset-password", reset).await.status, 204);
    let (_, answer) = sign_in(&app, "anna@example.org", OTHER).await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "TOTP_REQUIRED"));
}
