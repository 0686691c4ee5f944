//! `/api/expenses`.
use crate::helpers::{TestApp, budget, expense, id, json, lunch};
use std::collections::BTreeSet;

#[tokio::test]
async fn an_expense_from_its_making_to_the_trash() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let created = client.post("/api/expenses", lunch(Some(&home))).await;
    assert_eq!(created.status, 201);
    assert!(created.text().contains("\"amount\":12.34"), "{}", created.text());
    let made = created.data()["expense"].clone();
    assert_eq!(
        (made["kind"].as_str(), made["status"].as_str(), made["version"].as_i64()),
        (Some("expense"), Some("cleared"), Some(1))
    );
    assert_eq!(made["baseAmount"].as_f64(), Some(12.34));
    let path = format!("/api/expenses/{}", id(&made));
    let changed =
        client.put(&path, json!({ "version": 1, "amount": 5, "tags": ["team", "team"], "category": null })).await;
    let changed = changed.data()["expense"].clone();
    assert_eq!((changed["amount"].as_f64(), changed["version"].as_i64()), (Some(5.0), Some(2)));
    assert_eq!(changed["tags"], json!(["team"]));
    assert!(changed["category"].is_null() && changed["merchant"] == "Lunch bar");
    assert_eq!(client.put(&path, json!({ "version": 1, "amount": 6 })).await.code(), "STALE_VERSION");
    assert_eq!(client.delete(&format!("{path}?version=1")).await.status, 409);
    assert_eq!(client.delete(&format!("{path}?version=2")).await.status, 204);
    assert_eq!(client.get("/api/expenses").await.data(), json!([]));
    assert_eq!(client.delete(&path).await.status, 404, "it is in the trash already");
}

#[tokio::test]
async fn amounts_in_every_shape_of_currency() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for (currency, amount, shown) in [
        ("JPY", "1200", "1200"),
        ("KWD", "1.234", "1.234"),
        ("EUR", "388.6400", "388.64"),
        ("USD", "\"12.30\"", "12.30"),
    ] {
        let body =
            format!("{{\"amount\":{amount},\"currency\":\"{currency}\",\"date\":\"2026-11-20\",\"merchant\":\"x\"}}");
        let answer = client.raw_json(hyper::Method::POST, "/api/expenses", body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert!(answer.text().contains(&format!("\"amount\":{shown},")), "{}", answer.text());
    }
}

#[tokio::test]
async fn another_currency_is_converted_at_its_day() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let mut body = lunch(Some(&home));
    body["currency"] = "USD".into();
    body["date"] = "2024-03-15".into();
    let made = client.post("/api/expenses", body).await.data()["expense"].clone();
    assert_eq!(made["baseCurrency"], "EUR");
    assert_eq!(made["rateDate"], "2024-03-15");
    let (base, rate) = (made["baseAmount"].as_f64().unwrap(), made["rate"].as_f64().unwrap());
    assert!((base - 12.34 * rate).abs() <= 0.005, "{made}");
}

#[tokio::test]
async fn pages_of_a_list_hold_still_while_rows_arrive() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let mut made = BTreeSet::new();
    for day in 1..=25 {
        let mut body = lunch(None);
        body["date"] = format!("2026-10-{day:02}").into();
        made.insert(id(&client.post("/api/expenses", body).await.data()["expense"]));
    }
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let query = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let answer = client.get(&format!("/api/expenses?limit=7&sort=-date{query}")).await;
        let body = answer.json();
        seen.extend(body["data"].as_array().unwrap().iter().map(id));
        expense(&client, None).await;
        match body["meta"]["nextCursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(seen.len(), 25, "each once, although newer ones arrived");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), made);
}

#[tokio::test]
async fn filters_and_order() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    for (amount, merchant, category, date, budget, tags) in [
        (10.0, "Bakery", Some("food"), "2026-11-01", Some(&home), json!(["breakfast"])),
        (20.0, "Cinema", Some("entertainment"), "2026-11-02", Some(&home), json!([])),
        (30.0, "Café Zoë", Some("food"), "2026-11-03", None, json!(["breakfast", "treat"])),
        (40.0, "Unknown", None, "2026-12-04", None, json!([])),
    ] {
        let body = json!({ "amount": amount, "currency": "EUR", "date": date, "merchant": merchant, "category": category, "budgetId": budget, "tags": tags });
        assert_eq!(client.post("/api/expenses", body).await.status, 201);
    }
    let names = async |query: &str| {
        let answer = client.get(&format!("/api/expenses?{query}")).await;
        let data = answer.data();
        data.as_array().unwrap().iter().map(|row| row["merchant"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (query, expected) in [
        ("category=food", &["Café Zoë", "Bakery"][..]),
        ("category=none", &["Unknown"]),
        (&format!("budgetId={home}"), &["Cinema", "Bakery"]),
        ("startDate=2026-11-02&endDate=2026-11-03", &["Café Zoë", "Cinema"]),
        ("minAmount=20&maxAmount=30&sort=amount", &["Cinema", "Café Zoë"]),
        ("q=cafe", &["Café Zoë"]),
        ("q=break", &["Café Zoë", "Bakery"]),
        ("tags=breakfast,treat", &["Café Zoë"]),
        ("sort=merchant&limit=2", &["Bakery", "Café Zoë"]),
        ("kind=income", &[]),
        ("q=(a%2B)%2B%24", &[]),
    ] {
        assert_eq!(names(query).await, expected, "{query}");
    }
    for query in [
        "limit=0",
        "limit=501",
        "limit=1e9",
        "cursor=zzz",
        "sort=%24where",
        "category=fun",
        "startDate=2026-02-30",
        "endDate=2026-01-01&startDate=2026-02-01",
        "amount=3",
        "limit=1&limit=2",
    ] {
        let answer = client.get(&format!("/api/expenses?{query}")).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"), "{query}");
    }
}

#[tokio::test]
async fn texts_are_kept_verbatim_or_refused() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for text in [
        "O'Brien \"quoted\" \\ back",
        "</script><script>alert(1)</script>",
        "ünïcödé 😀 مرحبا",
        "=1+1",
        "a; DROP TABLE expenses; --",
    ] {
        let mut body = lunch(None);
        body["merchant"] = text.into();
        let made = client.post("/api/expenses", body).await.data()["expense"].clone();
        assert_eq!(client.get(&format!("/api/expenses/{}", id(&made))).await.data()["expense"]["merchant"], text);
    }
    let mut body = lunch(None);
    body["merchant"] = "nul\0byte".into();
    assert_eq!(client.post("/api/expenses", body).await.status, 400);
}
