//! `/api/budgets/propose`, `/api/budgets/{id}/generate-ai`, and the way to a budget in three steps.
use crate::helpers::{Client, TestApp, Value, budget, id, json, lunch};
use domain::category::Category;
use hyper::Method;

/// The sum over the ten lines of a proposal, in hundredths.
fn sum(proposal: &Value, field: &str) -> i64 {
    let lines = proposal["allocations"].as_object().unwrap();
    assert_eq!(lines.len(), 10);
    lines.values().map(|line| hundredths(&line[field])).sum()
}

fn hundredths(value: &Value) -> i64 {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    whole.parse::<i64>().unwrap() * 100 + format!("{fraction:0<2}").parse::<i64>().unwrap()
}

#[tokio::test]
async fn a_proposal_without_a_budget() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for body in [
        json!({ "monthlyIncome": 3333.33, "currency": "EUR" }),
        json!({ "monthlyIncome": 0.01, "currency": "USD", "country": "us", "familySize": 6 }),
        json!({ "monthlyIncome": 250_000, "currency": "JPY", "country": "JP", "city": "Kobe", "ageRange": "65-plus", "occupation": "Nurse" }),
        json!({ "monthlyIncome": "1200.50", "currency": "GBP", "country": null }),
    ] {
        let answer = client.post("/api/budgets/propose", body.clone()).await;
        let proposal = answer.data()["proposal"].clone();
        assert_eq!((sum(&proposal, "percentage"), proposal["source"].as_str()), (10_000, Some("offline")), "{body}");
        let income = proposal["monthlyIncome"].clone();
        assert_eq!(sum(&proposal, "amount"), hundredths(&income), "{body}");
        for line in proposal["allocations"].as_object().unwrap().values() {
            assert!(line["rationale"].as_str().is_some_and(|words| words.ends_with('.')), "{line}");
            assert!(line["evidence"]["kind"].is_string() && line["diff"].is_null(), "{line}");
        }
    }
    assert_eq!(client.get("/api/budgets").await.data(), json!([]), "nothing was made");
    let german = json!({ "preferences": { "language": "de-DE" }, "profile": { "country": "IN", "familySize": 4 } });
    assert_eq!(client.put("/api/auth/update-profile", german).await.status, 200);
    let body = json!({ "monthlyIncome": 30_000, "currency": "INR" });
    let food = client.post("/api/budgets/propose", body).await.data()["proposal"]["allocations"]["food"].clone();
    assert_eq!((food["evidence"]["region"].as_str(), food["evidence"]["size"].as_i64()), (Some("india"), Some(4)));
    assert!(food["rationale"].as_str().is_some_and(|words| words.starts_with("Haushalte mit 4 Personen")), "{food}");
}

#[tokio::test]
async fn wrong_fields_of_a_proposal() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let generate = format!("/api/budgets/{home}/generate-ai");
    for (path, body, fields) in [
        ("/api/budgets/propose", "{}", &["monthlyIncome", "currency"][..]),
        ("/api/budgets/propose", "{\"monthlyIncome\":0,\"currency\":\"EUR\"}", &["monthlyIncome"]),
        ("/api/budgets/propose", "{\"monthlyIncome\":1.005,\"currency\":\"EUR\"}", &["monthlyIncome"]),
        ("/api/budgets/propose", "{\"monthlyIncome\":1e9,\"currency\":\"EUR\"}", &["monthlyIncome"]),
        (
            "/api/budgets/propose",
            "{\"monthlyIncome\":1,\"currency\":\"XXX\",\"familySize\":21,\"country\":\"Germany\",\"ageRange\":\"old\",\"pets\":1}",
            &["currency", "familySize", "country", "ageRange", "pets"],
        ),
        (
            generate.as_str(),
            "{\"familySize\":0,\"apply\":\"perhaps\",\"version\":1}",
            &["familySize", "apply", "version"],
        ),
        (generate.as_str(), "[]", &[]),
    ] {
        let answer = client.raw_json(Method::POST, path, body.to_owned()).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"), "{body}: {}", answer.text());
        for field in fields {
            assert!(answer.json()["fields"][field].is_string(), "{field} of {body}: {}", answer.text());
        }
    }
    assert_eq!(client.get(&format!("/api/budgets/{home}")).await.data()["budget"]["version"], 1);
}

#[tokio::test]
async fn nothing_changes_unless_asked() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let path = format!("/api/budgets/{home}");
    let generate = format!("{path}/generate-ai");
    let before = client.get(&path).await.data();
    let answer = client.post(&generate, json!({ "country": "DE", "familySize": 2 })).await.data();
    assert_eq!((&answer["budget"], answer["applied"].as_bool()), (&before["budget"], Some(false)));
    assert_eq!(client.get(&path).await.data(), before);
    let housing = &answer["proposal"]["allocations"]["housing"];
    assert_eq!(hundredths(&housing["diff"]["percentage"]), 3_000);
    let change = housing["diff"]["amountChange"].as_f64().unwrap();
    assert!((housing["amount"].as_f64().unwrap() - 900.0 - change).abs() < 0.001, "{housing}");

    let body = json!({ "country": "DE", "familySize": 2, "apply": true });
    for _ in 0..2 {
        let applied = client.post_once(&generate, "apply-1", &body).await.data();
        assert_eq!((applied["applied"].as_bool(), applied["budget"]["version"].as_i64()), (Some(true), Some(2)));
    }
    let after = client.get(&path).await.data()["budget"].clone();
    assert_eq!(after["version"], 2, "the same key does it once");
    let proposed = answer["proposal"]["allocations"].as_object().unwrap();
    for (category, line) in proposed {
        assert_eq!(after["allocations"][category]["percentage"], line["percentage"], "{category}");
        assert_eq!(after["allocations"][category]["amount"], line["amount"], "{category}");
    }
}

/// Rows of each of the last months (and the running one), far enough from their ends for any time zone.
async fn months_of_food(app: &TestApp, client: &Client, home: &str, amounts: &[&str]) {
    let today = app.services.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut day = jiff::civil::Date::new(today.year(), today.month(), 15).unwrap();
    for amount in amounts {
        day = jiff::civil::Date::new(day.year(), day.month(), 1).unwrap().yesterday().unwrap();
        day = jiff::civil::Date::new(day.year(), day.month(), 15).unwrap();
        let mut body = lunch(Some(home));
        body["amount"] = serde_json::from_str(amount).unwrap();
        body["date"] = day.to_string().into();
        assert_eq!(client.post("/api/expenses", body).await.status, 201);
    }
}

#[tokio::test]
async fn own_months_are_the_strongest_evidence() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let generate = format!("/api/budgets/{home}/generate-ai");
    months_of_food(&app, &client, &home, &["400", "412"]).await;
    let food = client.post(&generate, json!({})).await.data()["proposal"]["allocations"]["food"].clone();
    assert_eq!(food["evidence"]["kind"], "householdShare", "two months are no habit");
    months_of_food(&app, &client, &home, &["0.50", "1", "420", "4000", "415", "405"]).await;
    let answer = client.post(&generate, json!({})).await.data();
    let food = answer["proposal"]["allocations"]["food"].clone();
    assert_eq!((food["evidence"]["kind"].as_str(), food["evidence"]["months"].as_i64()), (Some("ownMedian"), Some(6)));
    assert!(food["evidence"]["amount"].as_f64().is_some_and(|amount| (400.0..=420.0).contains(&amount)), "{food}");
    assert!(food["rationale"].as_str().is_some_and(|words| words.contains("your last 6 months")), "{food}");
    assert_eq!(sum(&answer["proposal"], "percentage"), 10_000);
    let other = json!({ "monthlyIncome": 3000, "currency": "USD" });
    let other = client.post("/api/budgets/propose", other).await.data();
    assert!(other["proposal"]["months"].is_null(), "another currency, other habits");
}

/// The fields of the proposal's form, with these lines ticked.
fn ticked(answer: &Value, version: &str, home: &str, lines: &[Category]) -> Vec<(String, String)> {
    let mut fields = vec![("id".to_owned(), home.to_owned()), ("version".to_owned(), version.to_owned())];
    for (category, line) in answer["proposal"]["allocations"].as_object().unwrap() {
        fields.push((format!("allocations.{category}.percentage"), line["percentage"].to_string()));
    }
    fields.extend(lines.iter().map(|line| (format!("accept.{line}"), "true".to_owned())));
    fields
}

async fn send(client: &Client, form: &str, fields: &[(String, String)]) -> crate::helpers::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    client.form_by_script(form, &fields).await
}

#[tokio::test]
async fn some_lines_are_taken_over() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let path = format!("/api/budgets/{home}");
    let answer = client.post(&format!("{path}/generate-ai"), json!({ "country": "US" })).await.data();
    let mut once = ticked(&answer, "1", &home, &[Category::Housing]);
    once.push(("idempotencyKey".to_owned(), "accept-1".to_owned()));
    for _ in 0..2 {
        let outcome = send(&client, "proposal-accept", &once).await;
        assert_eq!(
            (outcome.status, outcome.json()["redirect"].as_str()),
            (200, Some(format!("/budgets/{home}").as_str()))
        );
    }
    let after = client.get(&path).await.data()["budget"].clone();
    assert_eq!(
        (after["version"].as_i64(), sum(&after, "percentage"), sum(&after, "amount")),
        (Some(2), 10_000, 300_000)
    );
    let proposed = &answer["proposal"]["allocations"]["housing"];
    assert_eq!(after["allocations"]["housing"]["percentage"], proposed["percentage"]);
    let (food, transport) = (&after["allocations"]["food"], &after["allocations"]["transportation"]);
    assert!(hundredths(&food["percentage"]).abs_diff(hundredths(&transport["percentage"])) <= 1, "15 and 15 before");

    let late = send(&client, "proposal-accept", &ticked(&answer, "1", &home, &[Category::Food])).await;
    assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("STALE_VERSION")));
    let none = send(&client, "proposal-accept", &ticked(&answer, "2", &home, &[])).await;
    assert_eq!((none.status, none.json()["problems"]["accept"].as_str()), (400, Some("required")), "{}", none.text());
    let other = app.person("other").await;
    let foreign = send(&other, "proposal-accept", &ticked(&answer, "2", &home, &[Category::Food])).await;
    assert_eq!(foreign.status, 404);
    assert_eq!(client.get(&path).await.data()["budget"]["version"], 2);
    let page = client.get(&format!("/budgets/{home}/proposal")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("A proposal for Home"), "{}", page.text());
}

#[tokio::test]
async fn three_steps_without_javascript() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let income = [("monthlyIncome", "4,000.50"), ("currency", "EUR"), ("back", "/welcome")];
    let answer = client.form("wizard-income", &income).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/welcome?step=household&income=4000.50&currency=EUR")
    );
    let page = client.get(answer.header("location")).await;
    assert!(page.text().contains("Who lives on it?") && page.text().contains("value=\"4000.50\""));
    let household = [
        ("income", "4000.50"),
        ("currency", "EUR"),
        ("profile.city", ""),
        ("profile.country", "DE"),
        ("profile.familySize", "3"),
        ("profile.ageRange", ""),
        ("profile.occupation", "Nurse"),
    ];
    let answer = client.form("wizard-household", &household).await;
    assert_eq!(answer.header("location"), "/welcome?step=plan&income=4000.50&currency=EUR");
    let me = client.get("/api/auth/me").await.data();
    assert_eq!(
        (me["user"]["profile"]["familySize"].as_i64(), me["user"]["profile"]["occupation"].as_str()),
        (Some(3), Some("Nurse"))
    );
    let page = client.get("/welcome?step=plan&income=4000.50&currency=EUR").await.text();
    assert!(page.contains("Households of 3 in the") && page.contains("€4,000.50 a month"), "{page}");

    let mut plan =
        vec![("income", "4000.50"), ("currency", "EUR"), ("name", "Ours"), ("type", "family"), ("monthStartDay", "25")];
    plan.extend([("allocations.housing.percentage", "60"), ("allocations.food.percentage", "39.5")]);
    let back = "/welcome?step=plan&income=4000.50&currency=EUR";
    plan.extend([("back", back), ("idempotencyKey", "wizard-1")]);
    let wrong = client.form("wizard-save", &plan).await;
    assert_eq!((wrong.status, wrong.header("location").starts_with(back)), (303, true), "{}", wrong.header("location"));
    let again = client.get(back).await.text();
    assert!(again.contains("value=\"39.5\"") && again.contains("value=\"Ours\""), "what was typed is there again");

    let mut earlier = plan.clone();
    earlier.extend([
        ("allocations.transportation.percentage", "0"),
        ("allocations.utilities.percentage", ""),
        ("allocations.healthcare.percentage", "0"),
        ("allocations.entertainment.percentage", "0"),
        ("allocations.savings.percentage", "0"),
        ("allocations.emergency.percentage", "0"),
        ("allocations.investments.percentage", "0"),
        ("allocations.miscellaneous.percentage", "0.5"),
        ("to", "household"),
    ]);
    let went = client.form("wizard-save", &earlier).await;
    assert_eq!(
        went.header("location"),
        "/welcome?step=household&income=4000.50&currency=EUR&shares=6000-3950-0-0-0-0-0-0-0-50&name=Ours&type=family&monthStartDay=25"
    );
    assert_eq!(client.get("/api/budgets").await.data(), json!([]), "nothing was made on the way");

    let saved: Vec<_> = earlier.into_iter().filter(|(name, _)| *name != "to").collect();
    let mut made = Vec::new();
    for _ in 0..2 {
        made.push(client.form("wizard-save", &saved).await.header("location").to_owned());
    }
    let budgets = client.get("/api/budgets").await.data();
    assert_eq!((budgets.as_array().map(Vec::len), made[0] == made[1]), (Some(1), true), "a double click makes one");
    assert_eq!(made[0], format!("/budgets/{}", id(&budgets[0])));
    assert_eq!((hundredths(&budgets[0]["monthlyIncome"]), budgets[0]["monthStartDay"].as_i64()), (400_050, Some(25)));
    assert!(client.get("/welcome").await.text().contains("You have a budget already"));
}

#[tokio::test]
async fn an_address_that_somebody_typed() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for query in ["?step=plan", "?step=plan&income=x&currency=EUR", "?step=nowhere", "?step=plan&income=5&currency=XXX"]
    {
        let page = client.get(&format!("/welcome{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert!(page.text().contains("What comes in each month?"), "{query} begins at the beginning");
    }
    let answer = client.form_by_script("wizard-income", &[("monthlyIncome", "-5"), ("currency", "EUR")]).await;
    assert_eq!((answer.status, answer.json()["problems"]["monthlyIncome"].as_str()), (400, Some("notPositive")));
    let stranger = app.stranger();
    let answer = stranger.form_by_script("wizard-income", &[("monthlyIncome", "5"), ("currency", "EUR")]).await;
    assert_eq!(answer.status, 401);
}
