//! Sign-in at other places: who comes in, who doesn't, and what belongs to whom.
use crate::{
    helpers::{Answer, Client, TestApp, Value, id, json},
    issuer::{Issuer, Person, Signed, asked, somebody},
};
use server::config::{Config, MailWay, Registration};

const PASSWORD: &str = "correct horse battery";
const CONTINUE: &str = "/auth/continue";

/// A program that trusts the issuer.
async fn trusting(change: impl FnOnce(&mut Config)) -> (TestApp, Issuer) {
    let issuer = Issuer::start().await;
    let settings = issuer.settings("oidc");
    let app = TestApp::start_with(|config| {
        config.identity_providers = vec![settings];
        change(config);
    })
    .await;
    (app, issuer)
}

/// To the issuer and back, as somebody. Where the browser ends.
async fn walk(client: &Client, issuer: &Issuer, person: &Person, query: &str) -> Answer {
    let sent = client.get(&format!("/api/auth/oidc{query}")).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    client.get(&issuer.approve(sent.header("location"), person)).await
}

async fn is_signed_in(client: &Client) -> bool {
    client.get("/api/auth/me").await.status == 200
}

/// Signs up by the issuer.
async fn newcomer(app: &TestApp, issuer: &Issuer, person: &Person) -> Client {
    let client = app.stranger();
    assert_eq!(walk(&client, issuer, person, "").await.header("location"), CONTINUE);
    let answer = client.form("identity-sign-up", &[("name", "Ida"), ("terms", "true")]).await;
    assert_eq!(answer.header("location"), "/welcome", "{}", answer.text());
    client
}

#[tokio::test]
async fn a_newcomer_accepts_the_terms_and_is_known_from_then_on() {
    let (app, issuer) = trusting(|_| {}).await;
    let (ida, person) = (app.stranger(), somebody());
    let way = ida.get("/api/auth/oidc?next=/expenses").await;
    let query = asked(way.header("location"));
    assert!(way.header("location").starts_with(&format!("{}/authorize?", issuer.address)));
    let back = format!("http://localhost:{}/api/auth/oidc/callback", app.address.port());
    assert_eq!((query["response_type"].as_str(), query["redirect_uri"].as_str()), ("code", back.as_str()));
    assert_eq!((query["code_challenge_method"].as_str(), query["code_challenge"].len()), ("S256", 43));
    assert_eq!((query["state"].len(), query["nonce"].len()), (43, 43));
    assert_eq!(query["scope"], "openid email profile");
    let cookie = way.header("set-cookie");
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Max-Age=600"), "{cookie}");
    let arrived = ida.get(&issuer.approve(way.header("location"), &person)).await;
    assert_eq!((arrived.status, arrived.header("location")), (303, CONTINUE));
    assert!(!is_signed_in(&ida).await);
    let page = ida.get(CONTINUE).await;
    assert!(page.text().contains("ida@example.org") && page.text().contains("Ida Example"), "{}", page.text());
    let refused = ida.form_by_script("identity-sign-up", &[("name", "Ida")]).await;
    assert_eq!((refused.status, refused.json()["problems"]["terms"].is_string()), (400, true), "{}", refused.text());
    let done = ida.form("identity-sign-up", &[("name", "Ida"), ("terms", "true")]).await;
    assert_eq!((done.status, done.header("location")), (303, "/expenses"));
    assert_eq!(ida.cookie("ww-arrival"), None, "what was said of her is not kept");
    let user = ida.get("/api/auth/me").await.data()["user"].clone();
    assert_eq!((&user["email"], &user["isEmailVerified"]), (&json!("ida@example.org"), &json!(true)));
    // By the same person at the issuer, whatever became of their address.
    let again = Person { email: "other@example.org", unverified: true, ..person.clone() };
    let phone = app.stranger();
    assert_eq!(walk(&phone, &issuer, &again, "?next=/settings/trash").await.header("location"), "/settings/trash");
    assert_eq!(phone.get("/api/auth/me").await.data()["user"]["id"], user["id"]);
    assert_eq!(issuer.discovered(), 1, "what the issuer says of itself is kept");
    let listed = ida.get("/api/auth/identities").await.data();
    assert_eq!((&listed[0]["provider"], &listed[0]["email"]), (&json!("The House"), &json!("ida@example.org")));
    // Sent twice, as by a double click: still one account.
    let twice = app.stranger();
    let other = Person { email: "twice@example.org", ..somebody() };
    walk(&twice, &issuer, &other, "").await;
    let held = twice.twin();
    for client in [&twice, &held] {
        let answer = client.form("identity-sign-up", &[("name", "Ida"), ("terms", "true")]).await;
        assert_eq!(answer.header("location"), "/welcome");
    }
    let me = async |client: &Client| client.get("/api/auth/me").await.data()["user"]["id"].clone();
    assert_eq!(me(&twice).await, me(&held).await);
}

#[tokio::test]
async fn an_address_may_be_told_only_when_asked_for() {
    let (app, issuer) = trusting(|_| {}).await;
    let ida = newcomer(&app, &issuer, &Person { reserved: true, ..somebody() }).await;
    assert_eq!(ida.get("/api/auth/me").await.data()["user"]["email"], "ida@example.org");
}

#[tokio::test]
async fn a_way_counts_once_in_its_browser_and_for_ten_minutes() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    newcomer(&app, &issuer, &person).await;
    let late = format!("{CONTINUE}?why=late&at=oidc");
    let begin = async |client: &Client| client.get("/api/auth/oidc").await.header("location").to_owned();
    // Without a state, with a wrong one, with another browser's.
    let client = app.stranger();
    let back = issuer.approve(&begin(&client).await, &person);
    let without = back.split('&').filter(|pair| !pair.starts_with("state=")).collect::<Vec<_>>().join("&");
    assert_eq!(client.get(&without).await.header("location"), late);
    assert_eq!(client.get(&back).await.header("location"), late, "it is used up");
    let back = issuer.approve(&begin(&client).await, &person);
    let wrong = back.replace("state=", "state=x");
    assert_eq!(client.get(&wrong).await.header("location"), late);
    let thief = app.stranger();
    let back = issuer.approve(&begin(&client).await, &person);
    assert_eq!(thief.get(&back).await.header("location"), late);
    begin(&thief).await;
    assert_eq!(thief.get(&back).await.header("location"), late);
    assert!(!is_signed_in(&thief).await && !is_signed_in(&client).await);
    // At the time it works, and only once.
    let held = client.twin();
    assert_eq!(client.get(&back).await.header("location"), "/dashboard");
    assert_eq!(held.get(&back).await.header("location"), late);
    assert!(is_signed_in(&client).await && !is_signed_in(&held).await);
    let slow = app.stranger();
    let back = issuer.approve(&begin(&slow).await, &person);
    app.clock.pass_seconds(601);
    assert_eq!(slow.get(&back).await.header("location"), late);
    let page = slow.get(&late).await;
    assert!(page.status == 200 && page.text().contains("That took too long"), "{}", page.text());
    assert!(page.text().contains("href=\"/api/auth/oidc\""), "it says how to go on");
}

#[tokio::test]
async fn tokens_that_do_not_pass_let_nobody_in() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    newcomer(&app, &issuer, &person).await;
    let with = |claims: Value| Person { claims: Some(claims), ..person.clone() };
    for (what, wrong) in [
        ("aud", with(json!({ "aud": "another client" }))),
        ("aud, one of two", with(json!({ "aud": ["wealthwise", "another client"] }))),
        ("azp", with(json!({ "azp": "another client" }))),
        ("iss", with(json!({ "iss": "https://accounts.google.com" }))),
        ("nonce", with(json!({ "nonce": "of another way" }))),
        ("no nonce", with(json!({ "nonce": null }))),
        ("exp", with(json!({ "exp": 1_700_000_000 }))),
        ("alg none", Person { signed: Signed::Not, ..person.clone() }),
        ("alg HS256", Person { signed: Signed::Shared, ..person.clone() }),
        ("another key", Person { signed: Signed::Forged, ..person.clone() }),
        ("no token", Person { silent: true, ..person.clone() }),
    ] {
        let client = app.stranger();
        let answer = walk(&client, &issuer, &wrong, "").await;
        assert_eq!(answer.header("location"), format!("{CONTINUE}?why=untrusted&at=oidc"), "{what}");
        assert!(!is_signed_in(&client).await && client.cookie("ww-arrival").is_none(), "{what}");
    }
    // In the name of another issuer (RFC 9207).
    let client = app.stranger();
    let way = client.get("/api/auth/oidc").await;
    let back = issuer.approve(way.header("location"), &person);
    let mixed = format!("{}&iss=https://other.example.org", back.split("&iss=").next().unwrap());
    assert_eq!(client.get(&mixed).await.header("location"), format!("{CONTINUE}?why=untrusted&at=oidc"));
    // A code that was used.
    let way = client.get("/api/auth/oidc").await;
    let back = issuer.approve(way.header("location"), &person);
    let spent = back.replace("code=code-", "code=other-");
    assert_eq!(client.get(&spent).await.header("location"), format!("{CONTINUE}?why=untrusted&at=oidc"));
    assert!(!is_signed_in(&client).await);
    let well = app.stranger();
    assert_eq!(walk(&well, &issuer, &person, "").await.header("location"), "/dashboard");
}

#[tokio::test]
async fn keys_change() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    newcomer(&app, &issuer, &person).await;
    issuer.change_key();
    let early = app.stranger();
    let refused = walk(&early, &issuer, &person, "").await;
    assert_eq!(refused.header("location"), format!("{CONTINUE}?why=untrusted&at=oidc"), "not asked again at once");
    app.clock.pass_seconds(30);
    assert_eq!(walk(&early, &issuer, &person, "").await.header("location"), "/dashboard");
    assert_eq!(issuer.discovered(), 2);
}

#[tokio::test]
async fn an_issuer_that_is_away_stops_nobody_else() {
    let nobody = |config: &mut Config| config.identity_providers[0].issuer = "http://127.0.0.1:1".to_owned();
    let (app, _issuer) = trusting(nobody).await;
    let (client, away) = (app.stranger(), format!("{CONTINUE}?why=away&at=oidc"));
    assert_eq!(client.get("/api/auth/oidc").await.header("location"), away);
    assert!(client.get(&away).await.text().contains("Nothing was changed. Try again in a minute"), "a page says so");
    assert_eq!(client.get("/api/auth/google").await.status, 404, "not configured");
    assert!(is_signed_in(&app.person("anna").await).await);
    // What somebody chose there.
    let (app, issuer) = trusting(|_| {}).await;
    for (error, why) in
        [("access_denied", "stopped"), ("temporarily_unavailable", "away"), ("invalid_scope", "untrusted")]
    {
        let client = app.stranger();
        let way = client.get("/api/auth/oidc").await;
        let state = &asked(way.header("location"))["state"];
        let answer = client.get(&format!("/api/auth/oidc/callback?error={error}&state={state}")).await;
        assert_eq!(answer.header("location"), format!("{CONTINUE}?why={why}&at=oidc"));
    }
    assert_eq!(issuer.discovered(), 1);
}

#[tokio::test]
async fn an_address_opens_no_account_that_has_it() {
    let (app, issuer) = trusting(|_| {}).await;
    let anna = app.person("anna").await;
    let stranger = Person { email: "Anna@example.org", ..somebody() };
    let client = app.stranger();
    assert_eq!(walk(&client, &issuer, &stranger, "").await.header("location"), CONTINUE);
    let page = client.get(CONTINUE).await;
    assert!(page.text().contains("You have an account already"), "{}", page.text());
    for form in ["identity-sign-up", "identity-link", "identity-code"] {
        let fields = [("name", "Ida"), ("terms", "true"), ("code", "123456"), ("currentPassword", PASSWORD)];
        let only = match form {
            "identity-sign-up" => &fields[..2],
            "identity-code" => &fields[2..3],
            _ => &fields[3..],
        };
        let refused = client.form_by_script(form, only).await;
        assert!(refused.status >= 400 && !is_signed_in(&client).await, "{form}: {}", refused.text());
    }
    assert_eq!(anna.get("/api/auth/identities").await.data(), json!([]));
    // Nor does an address that the issuer does not vouch for, whoever has it.
    for email in ["anna@example.org", "nobody@example.org", "not an address"] {
        let client = app.stranger();
        walk(&client, &issuer, &Person { email, unverified: email.contains('@'), ..somebody() }, "").await;
        let page = client.get(CONTINUE).await.text();
        assert!(page.contains("vouch for your address") && !page.contains("You have an account"), "{page}");
        let refused = client.form_by_script("identity-sign-up", &[("name", "Ida"), ("terms", "true")]).await;
        assert!(refused.status == 403 && !is_signed_in(&client).await, "{}", refused.text());
    }
}

/// Links what the issuer says of somebody.
async fn link(client: &Client, issuer: &Issuer, person: &Person, fields: &[(&str, &str)]) -> Answer {
    assert_eq!(walk(client, issuer, person, "?link=true").await.header("location"), CONTINUE);
    client.form_by_script("identity-link", fields).await
}

#[tokio::test]
async fn an_owner_links_with_the_password_and_unlinks() {
    let (app, issuer) = trusting(|_| {}).await;
    let anna = app.person("anna").await;
    let person = Person { email: "anna@example.org", ..somebody() };
    let signed_out = app.stranger().get("/api/auth/oidc?link=true").await;
    assert!(signed_out.header("location").starts_with("/auth/signin"), "{}", signed_out.header("location"));
    let wrong = link(&anna, &issuer, &person, &[("currentPassword", "another horse")]).await;
    assert_eq!((wrong.status, wrong.json()["problems"]["currentPassword"].is_string()), (400, true));
    let without = link(&anna, &issuer, &person, &[]).await;
    assert_eq!(without.status, 400, "{}", without.text());
    // Somebody else's, by their address or by who they are.
    let other = Person { email: "bob@example.org", ..somebody() };
    let differs = link(&anna, &issuer, &other, &[("currentPassword", PASSWORD)]).await;
    assert_eq!((differs.status, differs.json()["code"].as_str()), (409, Some("CONFLICT")), "{}", differs.text());
    let unproven = Person { unverified: true, ..person.clone() };
    assert_eq!(link(&anna, &issuer, &unproven, &[("currentPassword", PASSWORD)]).await.status, 409);
    assert_eq!(anna.get("/api/auth/identities").await.data(), json!([]));
    let before = anna.twin();
    let linked = link(&anna, &issuer, &person, &[("currentPassword", PASSWORD)]).await;
    assert_eq!((linked.status, &linked.json()["redirect"]), (200, &json!("/settings/security")), "{}", linked.text());
    assert!(is_signed_in(&anna).await && !is_signed_in(&before).await, "under another session");
    let phone = app.stranger();
    assert_eq!(walk(&phone, &issuer, &person, "").await.header("location"), "/dashboard");
    let known = anna.get("/api/auth/identities").await.data();
    let path = format!("/api/auth/identities/{}", id(&known[0]));
    let page = anna.get("/settings/security").await.text();
    assert!(page.contains("Unlink The House") && !page.contains("Link The House"), "{page}");
    assert_eq!(app.person("bob").await.delete(&path).await.status, 404);
    assert_eq!(anna.delete(&path).await.status, 204);
    assert_eq!(walk(&app.stranger(), &issuer, &person, "").await.header("location"), CONTINUE);
    assert!(is_signed_in(&phone).await, "devices stay signed in");
}

#[tokio::test]
async fn what_counts_for_one_account_counts_for_no_other() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    newcomer(&app, &issuer, &person).await;
    let anna = app.person("anna").await;
    let renamed = Person { email: "anna@example.org", ..person };
    assert_eq!(walk(&anna, &issuer, &renamed, "?link=true").await.header("location"), CONTINUE);
    assert!(anna.get(CONTINUE).await.text().contains("belongs to another account"));
    let refused = anna.form_by_script("identity-link", &[("currentPassword", PASSWORD)]).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (409, Some("CONFLICT")));
    // And what one has brought along links nothing for another.
    let own = Person { email: "bob@example.org", ..somebody() };
    let bob = app.person("bob").await;
    walk(&anna, &issuer, &own, "?link=true").await;
    bob.cookies.lock().unwrap().push(("ww-arrival".to_owned(), anna.cookie("ww-arrival").unwrap()));
    let refused = bob.form_by_script("identity-link", &[("currentPassword", PASSWORD)]).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (400, Some("TOKEN_EXPIRED")));
}

#[tokio::test]
async fn where_mail_is_sent_the_address_must_be_confirmed_here_first() {
    let (app, issuer) = trusting(|config| config.mail = MailWay::Smtp("smtp://localhost".to_owned())).await;
    let anna = app.stranger();
    assert_eq!(anna.post("/api/auth/register", crate::helpers::sign_up("anna")).await.status, 202);
    let sign_in = json!({ "email": "anna@example.org", "password": PASSWORD });
    assert_eq!(anna.post("/api/auth/login", sign_in).await.status, 200);
    let person = Person { email: "anna@example.org", ..somebody() };
    let refused = link(&anna, &issuer, &person, &[("currentPassword", PASSWORD)]).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(anna.get(CONTINUE).await.text().contains("confirmed here"));
    let mail = &app.mails().await[0];
    let token = mail.text.split_once("?token=").unwrap().1.split_whitespace().next().unwrap();
    assert_eq!(app.stranger().post("/api/auth/verify-email", json!({ "token": token })).await.status, 200);
    assert_eq!(link(&anna, &issuer, &person, &[("currentPassword", PASSWORD)]).await.status, 200);
    let told = app.mails().await;
    assert_eq!((told.len(), told[0].subject.as_str()), (1, "A sign-in was linked with your account"));
    // A newcomer whom the issuer vouches for needs no mail.
    newcomer(&app, &issuer, &somebody()).await;
    assert!(app.mails().await.is_empty());
}

#[tokio::test]
async fn the_last_way_in_stays_until_there_is_a_password() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    let ida = newcomer(&app, &issuer, &person).await;
    let listed = ida.get("/api/auth/identities").await.data();
    let path = format!("/api/auth/identities/{}", id(&listed[0]));
    let refused = ida.delete(&path).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "CONFLICT"));
    let by_form = ida.form_by_script("identity-unlink", &[("id", &id(&listed[0]))]).await;
    assert!(by_form.text().contains("only way into your account"), "{}", by_form.text());
    // What asks for a password says that there is none.
    for (method, path) in [("POST", "/api/auth/totp"), ("DELETE", "/api/auth/totp")] {
        let answer = ida.json(method.parse().unwrap(), path, &json!({ "currentPassword": PASSWORD })).await;
        let told = answer.json()["fields"]["currentPassword"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == 400 && told.contains("no password yet"), "{}", answer.text());
    }
    assert!(ida.get("/settings/security").await.text().contains("Set a password"));
    // A first one takes a sign-in of the last minutes, and a new session id is none.
    let first = json!({ "newPassword": PASSWORD });
    app.clock.pass_seconds(601);
    for _ in 0..2 {
        let late = ida.post("/api/auth/change-password", first.clone()).await;
        assert_eq!((late.status, late.code().as_str()), (409, "CONFLICT"), "{}", late.text());
        assert_eq!(ida.post("/api/auth/refresh-token", json!({})).await.status, 200);
    }
    assert_eq!(ida.post("/api/auth/logout", json!({})).await.status, 204);
    assert_eq!(walk(&ida, &issuer, &person, "").await.header("location"), "/dashboard");
    assert_eq!(ida.post("/api/auth/change-password", first.clone()).await.status, 204);
    let again = ida.post("/api/auth/change-password", json!({ "newPassword": "another horse battery" })).await;
    assert!(again.json()["fields"]["currentPassword"].is_string(), "now there is one: {}", again.text());
    assert_eq!(ida.delete(&path).await.status, 204);
    let sign_in = json!({ "email": "ida@example.org", "password": PASSWORD });
    assert_eq!(app.stranger().post("/api/auth/login", sign_in).await.status, 200);
}

#[tokio::test]
async fn a_forgotten_password_is_the_first_one_too() {
    let (app, issuer) = trusting(|_| {}).await;
    newcomer(&app, &issuer, &somebody()).await;
    let sign_in = json!({ "email": "ida@example.org", "password": PASSWORD });
    assert_eq!(app.stranger().post("/api/auth/login", sign_in.clone()).await.status, 401);
    app.stranger().post("/api/auth/forgot-password", json!({ "email": "ida@example.org" })).await;
    let mail = &app.mails().await[0];
    let token = mail.text.split_once("?token=").unwrap().1.split_whitespace().next().unwrap();
    let reset = json!({ "token": token, "password": PASSWORD });
    assert_eq!(app.stranger().post("/api/auth/reset-password", reset).await.status, 204);
    assert_eq!(app.stranger().post("/api/auth/login", sign_in).await.status, 200);
}

#[tokio::test]
async fn the_second_step_is_asked_for_here_too() {
    let (app, issuer) = trusting(|_| {}).await;
    let anna = app.person("anna").await;
    let person = Person { email: "anna@example.org", ..somebody() };
    assert_eq!(link(&anna, &issuer, &person, &[("currentPassword", PASSWORD)]).await.status, 200);
    let setup = anna.post("/api/auth/totp", json!({ "currentPassword": PASSWORD })).await.data();
    let key = totp_rs::Secret::try_from_base32(setup["totp"]["secret"].as_str().unwrap()).unwrap();
    let code = |ahead: i64| {
        let at = service::ports::Clock::now(&*app.clock).as_second() + ahead;
        let totp = totp_rs::Builder::new().with_secret(key.clone()).build().unwrap();
        totp.generate(u64::try_from(at).unwrap())
    };
    assert_eq!(anna.post("/api/auth/totp/confirm", json!({ "code": code(0).to_string() })).await.status, 200);
    let phone = app.stranger();
    assert_eq!(walk(&phone, &issuer, &person, "?next=/expenses").await.header("location"), CONTINUE);
    assert!(!is_signed_in(&phone).await);
    assert!(phone.get(CONTINUE).await.text().contains("asks for a code"));
    let wrong = phone.form_by_script("identity-code", &[("code", "000000")]).await;
    assert_eq!((wrong.status, wrong.json()["problems"]["code"].is_string()), (400, true), "{}", wrong.text());
    app.clock.pass_seconds(30);
    let right = phone.form("identity-code", &[("code", &code(0).to_string())]).await;
    assert_eq!(right.header("location"), "/expenses");
    assert!(is_signed_in(&phone).await);
    // Without the first step there is no second one.
    app.clock.pass_seconds(30);
    let nobody = app.stranger().form_by_script("identity-code", &[("code", &code(0).to_string())]).await;
    assert_eq!((nobody.status, nobody.json()["code"].as_str()), (400, Some("TOKEN_EXPIRED")));
}

#[tokio::test]
async fn who_is_switched_off_or_shut_out_stays_outside() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    let ida = newcomer(&app, &issuer, &person).await;
    let user = ida.get("/api/auth/me").await.data()["user"]["id"].as_str().unwrap().parse().unwrap();
    let mut kept = app.services.store.person(user).await.unwrap().unwrap();
    let now = app.services.now();
    kept.user.disabled_at = Some(now);
    kept.version += 1;
    let write = service::ports::store::Write {
        actor: user,
        now,
        idempotency: None,
        jobs: Vec::new(),
        trace: service::ports::activity::Trace::NONE,
    };
    app.services.store.save_person(&write, &kept).await.unwrap();
    let again = app.stranger();
    let answer = walk(&again, &issuer, &person, "").await;
    assert_eq!(answer.header("location"), format!("{CONTINUE}?why=disabled&at=oidc"));
    assert!(!is_signed_in(&again).await);
    let (app, issuer) = trusting(|config| config.registration = Registration::Closed).await;
    let client = app.stranger();
    walk(&client, &issuer, &somebody(), "").await;
    assert!(client.get(CONTINUE).await.text().contains("New accounts are switched off"));
    let refused = client.form_by_script("identity-sign-up", &[("name", "Ida"), ("terms", "true")]).await;
    assert_eq!((refused.status, is_signed_in(&client).await), (403, false));
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let (app, issuer) = trusting(|_| {}).await;
    let person = somebody();
    newcomer(&app, &issuer, &person).await;
    for next in ["//evil.example", "/%5Cevil.example", "javascript:alert(1)", "https://evil.example", "/%0Aevil"] {
        let answer = walk(&app.stranger(), &issuer, &person, &format!("?next={next}")).await;
        assert_eq!(answer.header("location"), "/dashboard", "{next}");
    }
    // A session that somebody has planted is not gone on with.
    let planted = app.stranger();
    planted.cookies.lock().unwrap().push(("ww".to_owned(), "A".repeat(43)));
    walk(&planted, &issuer, &person, "").await;
    assert_ne!(planted.cookie("ww"), Some("A".repeat(43)));
    assert!(is_signed_in(&planted).await);
}

#[tokio::test]
async fn pages_offer_the_places_that_there_are() {
    let (app, _issuer) = trusting(|_| {}).await;
    for path in ["/auth/signin?next=/expenses", "/auth/signup?next=/expenses"] {
        let page = app.stranger().get(path).await.text();
        assert!(page.contains("Continue with The House"), "{page}");
        assert!(page.contains("href=\"/api/auth/oidc?next=/expenses\""), "{page}");
    }
    let none = TestApp::start().await;
    assert!(!none.stranger().get("/auth/signin").await.text().contains("Continue with"));
    assert!(none.stranger().get(CONTINUE).await.text().contains("Begin anew"));
    // People get pages, also where the ways there and back fail.
    let headers = [("accept", "text/html")];
    let page = none.stranger().send(hyper::Method::GET, "/api/auth/google/callback", &headers, "").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
}
