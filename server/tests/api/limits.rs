//! How many requests there may be.
use crate::helpers::{Client, TestApp, Value, json};
use server::config::DefaultPlan;

fn left(answer: &crate::helpers::Answer) -> &str {
    answer.header("ratelimit").split(';').nth(1).unwrap_or_default()
}

async fn status(client: &Client) -> u16 {
    client.get("/api/budgets").await.status
}

#[tokio::test]
async fn a_person_has_so_many_requests_in_a_window() {
    let app = TestApp::start_with(|config| config.rate_limit_user = 5).await;
    let (anna, bob) = (app.person("anna").await, app.person("bob").await);
    for n in (0..5).rev() {
        let answer = anna.get("/api/budgets").await;
        assert_eq!((answer.status, left(&answer)), (200, format!("r={n}").as_str()));
        assert_eq!(answer.header("ratelimit-policy"), "\"default\";q=5;w=900");
    }
    let refused = anna.get("/api/budgets").await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    assert!((1..=900).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(anna.twin().post("/api/expenses", json!({})).await.status, 429, "on whatever device");
    let form = anna.form_by_script("profile", &[("name", "Ann")]).await;
    assert_eq!(form.status, 429, "what changes something on a page counts too");
    assert_eq!((anna.get("/dashboard").await.status, anna.get("/api/health").await.status), (200, 200));
    assert_eq!(status(&bob).await, 200, "another person has their own");
    app.clock.pass(1);
    assert_eq!(status(&anna).await, 200, "the next window");
}

#[tokio::test]
async fn an_address_has_fewer() {
    let app = TestApp::start_with(|config| config.rate_limit_anonymous = 3).await;
    let stranger = app.stranger();
    for _ in 0..3 {
        assert_eq!(stranger.get("/api/currencies").await.status, 200);
    }
    assert_eq!(stranger.get("/api/currencies").await.status, 429);
    // Whatever it says where it comes from.
    let told = stranger.send(hyper::Method::GET, "/api/currencies", &[("x-forwarded-for", "192.0.2.7")], "").await;
    assert_eq!(told.status, 429);
    assert_eq!(stranger.post("/api/auth/login", Value::Null).await.status, 429);
    assert_eq!(stranger.get("/").await.status, 200);
}

#[tokio::test]
async fn premium_has_no_limit() {
    let app = TestApp::start_with(|config| {
        config.rate_limit_user = 1;
        config.default_plan = DefaultPlan::Premium;
    })
    .await;
    let anna = app.person("anna").await;
    for _ in 0..3 {
        assert_eq!(status(&anna).await, 200);
    }
}
