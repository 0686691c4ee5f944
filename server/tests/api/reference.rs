//! `/api/currencies`, `/api/currencies/rates`, `/api/categories`, `/api/health`.
use crate::helpers::TestApp;

#[tokio::test]
async fn currencies() {
    let app = TestApp::start().await;
    let answer = app.stranger().get("/api/currencies").await;
    let all = answer.data();
    let find = |code: &str| all.as_array().unwrap().iter().find(|row| row["code"] == code).cloned().unwrap_or_default();
    assert!(all.as_array().unwrap().len() > 140);
    assert_eq!(
        (find("JPY")["exponent"].as_i64(), find("KWD")["exponent"].as_i64(), find("EUR")["symbol"].as_str()),
        (Some(0), Some(3), Some("€"))
    );
    assert!(find("HRK").is_null());
}

#[tokio::test]
async fn rates_name_their_day() {
    let app = TestApp::start().await;
    let client = app.stranger();
    let answer = client.get("/api/currencies/rates?base=EUR&date=2024-03-17").await;
    let rates = answer.data();
    assert_eq!(rates["date"], "2024-03-15", "a Sunday has Friday's");
    assert_eq!(rates["base"], "EUR");
    assert!(rates["rates"]["USD"].as_f64().is_some_and(|rate| (1.0..1.2).contains(&rate)), "{rates}");
    let today = client.get("/api/currencies/rates?base=USD").await.data();
    assert!(today["rates"]["EUR"].as_f64().is_some_and(|rate| rate > 0.5));
    for (query, status) in [("base=XXX", 400), ("date=yesterday", 400), ("date=1950-01-01", 404), ("from=EUR", 400)] {
        assert_eq!(client.get(&format!("/api/currencies/rates?{query}")).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn the_ten_categories() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for path in ["/api/categories", "/api/expenses/categories"] {
        let all = client.get(path).await.data();
        let ids: Vec<_> = all.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!((ids.len(), ids[0].as_str(), ids[9].as_str()), (10, "housing", "miscellaneous"));
    }
}

#[tokio::test]
async fn health() {
    let app = TestApp::start().await;
    let answer = app.stranger().get("/api/health").await;
    let health = answer.json();
    assert_eq!((answer.status, health["status"].as_str()), (200, Some("healthy")));
    assert_eq!(health["services"]["database"]["status"], "up");
    assert!(health["services"]["database"]["latencyMs"].is_u64() && health["uptime"].is_u64());
    assert!(health.get("success").is_none(), "not wrapped: {health}");
    assert_eq!(app.stranger().get("/api/health/live").await.status, 200);
}
