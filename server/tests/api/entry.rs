//! What is typed: a line in plain language, amounts that are calculated, parts, places.
use crate::helpers::{Client, TestApp, Value, budget, id, json};

async fn settled() -> (TestApp, Client, String) {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    (app, client, home)
}

async fn parsed(client: &Client, text: &str) -> Value {
    let answer = client.post("/api/expenses/parse", json!({ "text": text })).await;
    assert_eq!(answer.status, 200, "{text}: {}", answer.text());
    answer.data()
}

#[tokio::test]
async fn a_line_becomes_a_draft() {
    let (_app, client, home) = settled().await;
    let found = parsed(&client, "lunch 12.50 at Joe's #work").await;
    let draft = &found["draft"];
    assert_eq!(draft["amount"].as_f64(), Some(12.5));
    assert_eq!((draft["currency"].as_str(), draft["kind"].as_str()), (Some("EUR"), Some("expense")), "the budget's");
    assert_eq!((draft["merchant"].as_str(), draft["category"].as_str()), (Some("Joe's"), Some("food")));
    assert_eq!((draft["tags"].clone(), draft["budgetId"].as_str()), (json!(["work"]), Some(home.as_str())));
    assert_eq!(found["ambiguous"], json!([]));
    let piece = &found["pieces"][0];
    assert!(piece["field"].is_string() && piece["start"].is_u64() && piece["end"].is_u64(), "{found}");
    assert_eq!(client.get("/api/expenses").await.data(), json!([]), "nothing is saved");
    // As it stands it can be entered.
    let made = client.post("/api/expenses", draft.clone()).await;
    assert_eq!(made.status, 201, "{}", made.text());
}

#[tokio::test]
async fn what_is_open_is_asked() {
    let (_app, client, _) = settled().await;
    let found = parsed(&client, "taxi 12 14").await;
    let asked = &found["ambiguous"][0];
    assert_eq!(asked["reason"], "severalAmounts", "{found}");
    let ways = asked["alternatives"].as_array().unwrap();
    assert!(ways.len() > 1 && ways.iter().all(|way| way["amount"].is_number()), "{found}");
    assert_eq!(ways[0]["amount"], found["draft"]["amount"], "the draft has the first");
    let bare = parsed(&client, "coffee").await;
    assert!(bare["draft"]["amount"].is_null());
}

#[tokio::test]
async fn a_line_knows_who_types_it() {
    let (app, client, _) = settled().await;
    for _ in 0..2 {
        let row = json!({ "amount": 3, "currency": "EUR", "date": "2026-11-01", "merchant": "Blue Door", "category": "entertainment",
            "subcategory": "Music", "paymentMethod": "card" });
        assert_eq!(client.post("/api/expenses", row).await.status, 201);
    }
    let draft = parsed(&client, "blue door 8").await["draft"].clone();
    assert_eq!(
        (draft["merchant"].as_str(), draft["category"].as_str()),
        (Some("Blue Door"), Some("entertainment")),
        "{draft}"
    );
    assert_eq!((draft["subcategory"].as_str(), draft["paymentMethod"].as_str()), (Some("Music"), Some("card")));
    // Somebody else's history is none of theirs.
    let other = app.person("ben").await;
    let draft = parsed(&other, "blue door 8").await["draft"].clone();
    assert!(draft["paymentMethod"].is_null() && draft["subcategory"].is_null(), "{draft}");
}

#[tokio::test]
async fn a_clear_line_is_saved_and_another_comes_into_the_form() {
    let (_app, client, _) = settled().await;
    let line = |text: &'static str| [("text", text), ("back", "/expenses")];
    let saved = client.form("expense-line", &line("Bakery 4.20 #breakfast")).await;
    assert_eq!((saved.status, saved.header("location")), (303, "/expenses"));
    let rows = client.get("/api/expenses").await.data();
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
    assert_eq!((rows[0]["amount"].as_f64(), rows[0]["tags"].clone()), (Some(4.2), json!(["breakfast"])));
    let open = client.form("expense-line", &line("coffee")).await;
    assert_eq!((open.status, open.header("location")), (303, "/expenses?add=1&line=coffee"));
    let page = client.get("/expenses?add=1&line=taxi%2012%2014").await;
    let html = page.text();
    assert!(page.status == 200 && html.contains("answers=0.1"), "the ways to read it are links");
    assert!(html.contains("value=\"14.00\""), "the form is filled");
    let chosen = client.get("/expenses?add=1&line=taxi%2012%2014&answers=0.1").await.text();
    assert!(chosen.contains("value=\"12.00\"") && !chosen.contains("answers=0.1-"), "what was chosen is asked no more");
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 1);
    let empty = client.form_by_script("expense-line", &[("text", " ")]).await;
    assert_eq!((empty.status, empty.json()["problems"].clone()), (400, json!({ "text": "required" })));
}

#[tokio::test]
async fn a_line_sent_twice_makes_one_row() {
    let (_app, client, _) = settled().await;
    let fields = [("text", "Bakery 4.20"), ("idempotencyKey", "line-1")];
    for _ in 0..2 {
        let answer = client.form_by_script("expense-line", &fields).await;
        assert_eq!((answer.status, answer.json()["ok"].as_bool()), (200, Some(true)), "{}", answer.text());
    }
    let both =
        tokio::join!(client.form_by_script("expense-line", &fields), client.form_by_script("expense-line", &fields));
    assert!(both.0.status == 200 && both.1.status == 200);
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 1);
}

#[tokio::test]
async fn amounts_are_calculated_in_forms_and_strict_elsewhere() {
    let (_app, client, _) = settled().await;
    let send = async |amount: &str| {
        let fields = [("amount", amount), ("currency", "EUR"), ("date", "2026-11-20"), ("merchant", "Shop")];
        client.form_by_script("expense-create", &fields).await
    };
    for (typed, amount) in [("16.99*1.1", "18.69"), ("3x4.99", "14.97"), ("12+3", "15.00"), ("100 + 19%", "119.00")] {
        assert_eq!(send(typed).await.status, 200, "{typed}");
        let row = client.get("/api/expenses?limit=1&sort=-date").await.text();
        let all = client.get("/api/expenses").await.text();
        assert!(all.contains(&format!("\"amount\":{amount},")), "{typed}: {row}");
    }
    for (typed, problem) in
        [("12+", "notANumber"), ("5/0", "notANumber"), ("5-8", "notPositive"), ("3-3", "notPositive")]
    {
        let answer = send(typed).await;
        assert_eq!((answer.status, answer.json()["problems"]["amount"].clone()), (400, json!(problem)), "{typed}");
        assert_eq!(answer.json()["typed"]["amount"], typed, "what was typed stays");
    }
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 4);
}

#[tokio::test]
async fn parts_in_a_form() {
    let (_app, client, home) = settled().await;
    let common = [
        ("amount", "20"),
        ("currency", "EUR"),
        ("date", "2026-11-20"),
        ("merchant", "Market"),
        ("budgetId", home.as_str()),
        ("splits.0.amount", "2x4.50"),
        ("splits.0.category", "food"),
        ("splits.1.amount", ""),
        ("splits.1.category", ""),
        ("splits.3.category", "housing"),
        ("splits.3.memo", "Lamp"),
        ("splits.end", ""),
    ];
    let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
        let mut fields: Vec<(&str, &str)> = common.to_vec();
        fields.extend(more);
        fields
    };
    let wrong = client.form_by_script("expense-create", &with(&[("splits.3.amount", "12")])).await;
    assert_eq!(
        (wrong.status, wrong.json()["problems"]["splits"]["splitsDontBalance"]["difference"].clone()),
        (400, json!("-1.00"))
    );
    let at_line = client.form_by_script("expense-create", &with(&[("splits.3.amount", "x")])).await;
    assert_eq!(at_line.json()["problems"]["splits.3.amount"], "notANumber", "{}", at_line.text());
    // Without JavaScript one line more is asked for, and nothing is saved.
    let mut more = with(&[("splits.3.amount", "")]);
    more.extend([("addPart", "1"), ("back", "/expenses?add=1")]);
    let answer = client.form("expense-create", &more).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/expenses?add=1"));
    let page = client.get("/expenses?add=1").await.text();
    assert!(
        page.contains("name=\"splits.4.amount\"") && page.contains("value=\"2x4.50\""),
        "typed texts and a new line"
    );
    assert_eq!(client.get("/api/expenses").await.data(), json!([]));

    let made = client.form_by_script("expense-create", &with(&[("splits.3.amount", "")])).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let row = client.get("/api/expenses").await.data()[0].clone();
    let parts: Vec<_> = row["splits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["category"].clone(), part["amount"].as_f64()))
        .collect();
    assert_eq!(parts, [(json!("food"), Some(9.0)), (json!("housing"), Some(11.0))]);
    let month = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await.text();
    assert!(month.contains("9.00") && month.contains("11.00"), "totals follow the parts: {month}");

    let version = row["version"].to_string();
    let id = id(&row);
    let change = |fields: &[(&'static str, &'static str)]| -> Vec<(String, String)> {
        let own = [("id".to_owned(), id.clone())];
        own.into_iter().chain(fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))).collect()
    };
    let fields = change(&[("kind", "income"), ("amount", "20"), ("currency", "EUR")]);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fields.push(("version", &version));
    let changed = client.form_by_script("expense-update", &fields).await;
    assert_eq!(changed.status, 200, "an income has no parts: {}", changed.text());
    assert_eq!(client.get(&format!("/api/expenses/{id}")).await.data()["expense"]["splits"], json!([]));
}

#[tokio::test]
async fn parts_are_somebodys() {
    let (_app, client, _) = settled().await;
    let me = client.get("/api/auth/me").await.data()["user"]["id"].clone();
    let row = json!({ "amount": 10, "currency": "EUR", "date": "2026-11-01", "merchant": "Shop", "splits": [
        { "amount": 6, "category": "food", "memberId": me }, { "amount": 4, "memo": "rest" } ] });
    let made = client.post("/api/expenses", row).await.data()["expense"].clone();
    assert_eq!((made["splits"][0]["memberId"].clone(), made["splits"][1]["memberId"].clone()), (me, Value::Null));
}

#[tokio::test]
async fn places_are_kept_changed_and_taken_away() {
    let (_app, client, _) = settled().await;
    let row = json!({ "amount": 10, "currency": "EUR", "date": "2026-11-01", "merchant": "Shop",
        "location": { "lat": 52.5, "lng": -13.123_456_7, "address": "Market 1" } });
    let answer = client.post("/api/expenses", row).await;
    assert!(
        answer.text().contains("\"lat\":52.500000") && answer.text().contains("\"lng\":-13.123456"),
        "{}",
        answer.text()
    );
    let path = format!("/api/expenses/{}", id(&answer.data()["expense"]));
    let moved = client.put(&path, json!({ "version": 1, "location": { "address": "Market 2" } })).await.data();
    assert_eq!(moved["expense"]["location"], json!({ "lat": null, "lng": null, "address": "Market 2" }));
    let kept = client.put(&path, json!({ "version": 2, "amount": 11 })).await.data();
    assert_eq!(kept["expense"]["location"]["address"], "Market 2");
    let gone = client.put(&path, json!({ "version": 3, "location": null })).await.data();
    assert!(gone["expense"]["location"].is_null());
}

/// One cell of the table: one field, calculated, by the version that was seen; the answer is the row as it stands then.
#[tokio::test]
async fn a_cell_changes_one_field() {
    let (app, client, home) = settled().await;
    let row = json!({ "amount": 10, "currency": "EUR", "date": "2026-11-01", "merchant": "Shop", "notes": "kept", "budgetId": home });
    let row = client.post("/api/expenses", row).await.data()["expense"].clone();
    let id = id(&row);
    let sent = async |client: &Client, version: &str, name: &str, text: &str| {
        let fields = [("id", id.as_str()), ("version", version), (name, text)];
        client.form_by_script("expense-cell", &fields).await
    };
    let changed = sent(&client, "1", "amount", "16.99*1.1").await.json();
    assert_eq!((changed["ok"].as_bool(), &changed["toast"]), (Some(true), &Value::Null), "{changed}");
    let now: Value = serde_json::from_str(changed["typed"]["row"].as_str().unwrap()).unwrap();
    assert_eq!((&now["version"], &now["notes"], &now["merchant"]), (&json!(2), &json!("kept"), &json!("Shop")));
    let kept = client.get(&format!("/api/expenses/{id}")).await.data()["expense"].clone();
    assert_eq!((kept["amount"].as_f64(), &kept["version"]), (Some(18.69), &json!(2)));

    for (version, name, text, code) in [
        ("1", "merchant", "Late", "STALE_VERSION"),
        ("2", "amount", "ten", "VALIDATION_ERROR"),
        ("2", "date", "", "VALIDATION_ERROR"),
        ("2", "colour", "red", "VALIDATION_ERROR"),
    ] {
        let refused = sent(&client, version, name, text).await.json();
        assert_eq!((refused["ok"].as_bool(), refused["code"].as_str()), (Some(false), Some(code)), "{name}: {refused}");
    }
    let stranger = app.person("ben").await;
    assert_eq!(sent(&stranger, "2", "merchant", "Mine").await.json()["code"], "NOT_FOUND");
    let filed = sent(&client, "2", "category", "food").await.json();
    assert_eq!(filed["ok"], true, "{filed}");
    let last = client.get(&format!("/api/expenses/{id}")).await.data()["expense"].clone();
    assert_eq!((&last["category"], &last["merchant"], &last["version"]), (&json!("food"), &json!("Shop"), &json!(3)));
}
