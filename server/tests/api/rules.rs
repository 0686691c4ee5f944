//! `/api/rules`, `/api/expenses/review`, and who files the rows of a bank file: history, then rules, then what shops of a
//! name are.
use crate::helpers::{Client, TestApp, Value, budget, id, json};

/// An expense by hand.
async fn spend(client: &Client, merchant: &str, amount: f64, category: Option<&str>, place: Option<&str>) -> Value {
    let body = json!({
        "amount": amount, "currency": "EUR", "date": "2026-11-20", "merchant": merchant, "category": category,
        "budgetId": place,
    });
    client.post("/api/expenses", body).await.data()["expense"].clone()
}

fn equals(merchant: &str, category: &str) -> Value {
    json!({ "conditions": { "merchantEquals": merchant }, "actions": { "category": category } })
}

fn with(rule: &Value, more: &Value) -> Value {
    let mut rule = rule.clone();
    for (name, value) in more.as_object().unwrap() {
        rule[name] = value.clone();
    }
    rule
}

/// The rows of a CSV file of money out, looked at.
async fn looked_at(client: &Client, rows: &[&str]) -> Value {
    let lines: Vec<String> =
        rows.iter().enumerate().map(|(n, row)| format!("2026-11-{:02},{row},-{n}.50", n + 1)).collect();
    let file = format!("Date,Payee,Amount\n{}\n", lines.join("\n"));
    client.upload("/api/expenses/bulk-import?dryRun=true", ("a.csv", file.as_bytes()), &[]).await.data()
}

fn filed(row: &Value) -> (&str, Option<&str>, Option<&str>) {
    (row["merchant"].as_str().unwrap(), row["category"].as_str(), row["categorySource"].as_str())
}

async fn category_of(client: &Client, row: &Value) -> Value {
    client.get(&format!("/api/expenses/{}", id(row))).await.data()["expense"]["category"].clone()
}

#[tokio::test]
async fn made_changed_listed_and_deleted() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let starts = json!({
        "conditions": { "merchantStarts": "RE", "minAmount": 5, "direction": "out", "currency": "EUR" },
        "actions": { "category": "housing", "subcategory": "Things", "tags": ["a"], "rename": "Rewe" },
    });
    let general = client.post("/api/rules", starts).await.data()["rule"].clone();
    assert_eq!(general["conditions"]["minAmount"].as_f64(), Some(5.0));
    assert_eq!(general["actions"]["rename"], "Rewe");
    let made = client.post("/api/rules", equals("REWE", "food")).await;
    assert_eq!((made.status, made.data()["rows"].as_i64()), (201, Some(0)));
    let rule = made.data()["rule"].clone();
    let listed = client.get("/api/rules").await.data();
    let order: Vec<String> = listed.as_array().unwrap().iter().map(id).collect();
    assert_eq!(order, [id(&rule), id(&general)], "the more specific one decides");
    let path = format!("/api/rules/{}", id(&general));
    let changed = client.put(&path, json!({ "version": 1, "priority": 5 })).await.data()["rule"].clone();
    assert_eq!((changed["version"].as_i64(), changed["conditions"]["merchantStarts"].as_str()), (Some(2), Some("RE")));
    assert_eq!(client.put(&path, json!({ "version": 1, "priority": 6 })).await.code(), "STALE_VERSION");
    assert_eq!(id(&client.get("/api/rules").await.data()[0]), id(&general), "its rank comes first");
    assert_eq!(client.delete(&path).await.status, 204);
    assert_eq!(client.get(&path).await.status, 404);
    assert_eq!(client.get("/api/rules").await.json()["meta"]["total"], 1);
}

#[tokio::test]
async fn tried_applied_and_taken_back_as_one() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let loose = spend(&client, "REWE SAGT DANKE 4711 BERLIN", 10.0, None, Some(&home)).await;
    let private = spend(&client, "REWE 0815 KOELN", 20.0, None, None).await;
    let by_hand = spend(&client, "Rewe", 30.0, Some("housing"), Some(&home)).await;
    let other = spend(&client, "Landlord", 40.0, None, Some(&home)).await;
    let spent = async || {
        let analysis = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await.data();
        analysis["analysis"]["total"]["spent"].as_f64()
    };
    let before = spent().await;
    let rule = equals("REWE", "food");
    let preview = client.post("/api/rules/preview", rule.clone()).await.data();
    let figures = |preview: &Value| ["matched", "changes", "kept"].map(|name| preview[name].as_i64().unwrap());
    assert_eq!(figures(&preview), [3, 2, 1]);
    assert_eq!(preview["sample"][0]["before"]["category"], Value::Null);
    assert_eq!(preview["sample"][0]["after"]["category"], "food");
    let all = with(&rule, &json!({ "overwrite": true }));
    assert_eq!(figures(&client.post("/api/rules/preview", all).await.data()), [3, 3, 0]);
    assert_eq!(client.get("/api/rules").await.data(), json!([]), "nothing is kept by looking");
    assert_eq!(category_of(&client, &loose).await, Value::Null);

    let body = with(&rule, &json!({ "apply": true }));
    let done = client.post_once("/api/rules", "one", &body).await.data();
    assert_eq!((done["rows"].as_i64(), done["rule"]["hits"].as_i64()), (Some(2), Some(2)));
    assert_eq!(client.post_once("/api/rules", "one", &body).await.data(), done, "asked twice, done once");
    assert_eq!(client.get("/api/rules").await.json()["meta"]["total"], 1);
    for row in [&loose, &private] {
        assert_eq!(category_of(&client, row).await, "food");
    }
    assert_eq!(
        (category_of(&client, &by_hand).await, category_of(&client, &other).await),
        (json!("housing"), Value::Null)
    );
    assert_eq!(spent().await, before, "what was spent stays the same");

    let undo = format!("/api/activity/{}/undo", done["activityId"].as_str().unwrap());
    let undone = client.post(&undo, json!({})).await.data();
    assert_eq!(undone["entity"]["kind"], "expenses");
    assert_eq!(undone["entity"]["expenses"].as_array().map(Vec::len), Some(2));
    for row in [&loose, &private] {
        assert_eq!(category_of(&client, row).await, Value::Null);
    }
    assert_eq!(client.post(&undo, json!({})).await.code(), "CONFLICT", "once");
    let redo = format!("/api/activity/{}/undo", id(&undone["activity"]));
    client.post(&redo, json!({})).await.data();
    assert_eq!(category_of(&client, &private).await, "food");

    let apply = format!("/api/rules/{}/apply", done["rule"]["id"].as_str().unwrap());
    let nothing = client.post(&apply, json!({})).await.data();
    assert_eq!((nothing["rows"].as_i64(), nothing["activityId"].as_str()), (Some(0), None));
    let rest = client.post(&format!("{apply}?overwrite=true"), json!({})).await.data();
    assert_eq!((rest["rows"].as_i64(), category_of(&client, &by_hand).await), (Some(1), json!("food")));
    assert_eq!(client.get(&apply.replace("/apply", "")).await.data()["rule"]["hits"], 3);
}

#[tokio::test]
async fn a_newer_change_is_not_overwritten() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let rows = [
        spend(&client, "REWE 4711 BERLIN", 10.0, None, None).await,
        spend(&client, "REWE 0815 KOELN", 20.0, None, None).await,
    ];
    let body = with(&equals("REWE", "food"), &json!({ "apply": true }));
    let done = client.post("/api/rules", body).await.data();
    let path = format!("/api/expenses/{}", id(&rows[0]));
    client.put(&path, json!({ "version": 2, "category": "savings" })).await.data();
    let undo = format!("/api/activity/{}/undo", done["activityId"].as_str().unwrap());
    let refused = client.post(&undo, json!({})).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "CONFLICT"), "{}", refused.text());
    assert_eq!(category_of(&client, &rows[1]).await, "food", "all or nothing");
    client.post(&format!("{undo}?untouched=true"), json!({})).await.data();
    assert_eq!(
        (category_of(&client, &rows[0]).await, category_of(&client, &rows[1]).await),
        (json!("savings"), Value::Null)
    );
}

#[tokio::test]
async fn history_beats_rules_and_rules_beat_the_classifier() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let shops = ["PIZZERIA ROMA SAGT DANKE 4711 BERLIN", "Zed Quax 42", "Spotify AB P1234"];
    // Nobody has said anything: what shops of such names are, or nothing.
    let draft = looked_at(&client, &shops).await;
    let sum = draft["sum"].clone();
    let sample = draft["sample"].as_array().unwrap();
    assert_eq!(filed(&sample[0]), ("Pizzeria", Some("food"), Some("classifier")));
    assert!(sample[0]["confidence"].as_i64() > Some(50), "{}", sample[0]);
    for row in sample {
        assert_eq!(row["category"].is_null(), row["categorySource"].is_null(), "{row}");
    }
    // A rule says otherwise.
    let rule = client.post("/api/rules", equals("Pizzeria", "housing")).await.data()["rule"].clone();
    let again = looked_at(&client, &shops).await;
    assert_eq!(filed(&again["sample"][0]), ("Pizzeria", Some("housing"), Some("rule")));
    assert_eq!(again["sample"][0]["ruleId"], rule["id"]);
    assert_eq!(again["sum"], sum, "no sum depends on where rows are filed");
    // And the person's own rows since say something else again.
    for amount in [1.0, 2.0] {
        spend(&client, "Pizzeria", amount, Some("savings"), None).await;
    }
    let last = looked_at(&client, &shops).await;
    assert_eq!(filed(&last["sample"][0]), ("Pizzeria", Some("savings"), Some("history")));
    assert_eq!(last["sum"], sum);
    // What was shown is what is booked, and the rule's own name and tags come with it.
    let named =
        json!({ "conditions": { "merchantContains": "quax" }, "actions": { "rename": "Zed", "tags": ["odd"] } });
    let named = client.post("/api/rules", named).await.data()["rule"].clone();
    let last = looked_at(&client, &shops).await;
    assert_eq!(last["sample"][1]["merchant"], "Zed");
    client.post(&format!("/api/imports/{}/commit", id(&last)), json!({})).await.data();
    let rows = client.get(&format!("/api/expenses?importId={}&sort=date", id(&last))).await.data();
    assert_eq!((rows[0]["category"].as_str(), rows[0]["merchant"].as_str()), (Some("savings"), Some(shops[0])));
    assert_eq!(rows[0]["merchantName"], "Pizzeria");
    assert_eq!((rows[1]["merchant"].as_str(), &rows[1]["tags"]), (Some("Zed"), &json!(["odd"])));
    let hits =
        async |rule: &Value| client.get(&format!("/api/rules/{}", id(rule))).await.data()["rule"]["hits"].clone();
    assert_eq!(hits(&named).await, 1);
    let known = looked_at(&client, &shops).await;
    assert_eq!((known["added"].as_i64(), known["duplicates"].as_i64()), (Some(0), Some(3)), "a new name makes no twin");
}

#[tokio::test]
async fn a_correction_in_the_preview_teaches() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let draft = looked_at(&client, &["REWE 4711 BERLIN", "REWE 0815 KOELN", "Landlord"]).await;
    let path = format!("/api/imports/{}", id(&draft));
    let filed_so = client.put(&format!("{path}/rows"), json!({ "merchant": "Rewe", "category": "savings" })).await;
    let sample = filed_so.data()["import"]["sample"].clone();
    for n in [0_usize, 1] {
        assert_eq!(filed(&sample[n]), ("REWE", Some("savings"), Some("user")));
    }
    assert_eq!(filed_so.data()["import"]["sum"], draft["sum"]);
    let nobody = client.put(&format!("{path}/rows"), json!({ "merchant": "Nobody", "category": "food" })).await;
    assert!(nobody.status == 400 && nobody.json()["fields"]["merchant"].is_string(), "{}", nobody.text());
    client.post(&format!("{path}/commit"), json!({})).await.data();
    let next = looked_at(&client, &["REWE 4712 BERLIN"]).await;
    assert_eq!(filed(&next["sample"][0]), ("REWE", Some("savings"), Some("history")));
}

#[tokio::test]
async fn of_corrections_at_once_none_is_lost() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let draft = looked_at(&client, &["Landlord", "Zed Quax", "Corner Shop"]).await;
    let path = format!("/api/imports/{}/rows", id(&draft));
    let file = async |merchant, category| {
        client.put(&path, json!({ "merchant": merchant, "category": category })).await.data();
    };
    tokio::join!(file("Landlord", "housing"), file("Zed Quax", "savings"), file("Corner Shop", "food"));
    let rows = client.get(&format!("/api/imports/{}", id(&draft))).await.data()["import"]["sample"].clone();
    let found: Vec<_> = rows.as_array().unwrap().iter().map(|row| (filed(row).1, filed(row).2)).collect();
    assert_eq!(found, ["housing", "savings", "food"].map(|category| (Some(category), Some("user"))));
}

#[tokio::test]
async fn a_rule_of_an_account_files_what_its_bank_sends() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let statement = |row: (&str, &str, &str, &str)| crate::imports::ofx(&[row]);
    let send = async |path: &str, file: String| client.upload(path, ("a.ofx", file.as_bytes()), &[]).await.data();
    send("/api/expenses/bulk-import", statement(("20261103", "-12.34", "1", "Bakery"))).await;
    let account = id(&client.get("/api/accounts").await.data()[0]);
    let rule = json!({ "conditions": { "merchantEquals": "Zed Quax", "accountId": account }, "actions": { "category": "savings" } });
    assert_eq!(client.post("/api/rules", rule).await.status, 201);
    let draft = send("/api/expenses/bulk-import?dryRun=true", statement(("20261104", "-5.00", "2", "Zed Quax"))).await;
    assert_eq!(filed(&draft["sample"][0]), ("Zed Quax", Some("savings"), Some("rule")));
}

#[tokio::test]
async fn what_has_no_category_by_merchant() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    assert_eq!(client.get("/api/expenses/review").await.data(), json!({ "rows": 0, "total": 0, "groups": [] }));
    spend(&client, "PIZZERIA ROMA 4711 BERLIN", 10.0, None, None).await;
    spend(&client, "PIZZERIA ROMA 0815 KOELN", 15.0, None, None).await;
    let odd = spend(&client, "Zed Quax", 90.0, None, None).await;
    spend(&client, "Landlord", 800.0, Some("housing"), None).await;
    let note = json!({ "amount": 3, "currency": "EUR", "date": "2026-11-20", "description": "Kiosk round the corner" });
    client.post("/api/expenses", note).await.data();
    let review = client.get("/api/expenses/review").await.data();
    assert_eq!((review["rows"].as_i64(), review["total"].as_i64()), (Some(4), Some(3)));
    let groups = review["groups"].as_array().unwrap();
    let names: Vec<&str> = groups.iter().map(|group| group["merchant"].as_str().unwrap_or("-")).collect();
    assert_eq!(names, ["Zed Quax", "Pizzeria", "-"], "the biggest first");
    assert_eq!((groups[1]["rows"].as_i64(), groups[1]["sums"][0]["amount"].as_f64()), (Some(2), Some(25.0)));
    assert_eq!(
        (&groups[1]["proposal"]["category"], &groups[1]["proposal"]["source"]),
        (&json!("food"), &json!("classifier"))
    );
    assert_eq!(groups[2]["description"], "Kiosk round the corner");

    let body = json!({ "merchant": "Pizzeria", "category": "food", "always": true });
    let done = client.post("/api/expenses/review", body).await.data();
    assert_eq!(
        (done["rows"].as_i64(), done["rule"]["conditions"]["merchantEquals"].as_str()),
        (Some(2), Some("Pizzeria"))
    );
    assert_eq!(client.get("/api/expenses/review").await.data()["total"], 2);
    let nothing = client.post("/api/expenses/review", json!({ "merchant": "Pizzeria", "category": "food" })).await;
    assert_eq!(nothing.status, 404);
    let proposal = format!("/api/expenses/{}/proposal", id(&odd));
    let known = spend(&client, "Zed Quax", 5.0, Some("savings"), None).await;
    let asked = client.get(&proposal).await.data();
    assert_eq!((&asked["proposal"]["category"], &asked["proposal"]["source"]), (&json!("savings"), &json!("history")));
    let has_one = client.get(&format!("/api/expenses/{}/proposal", id(&known))).await.data();
    assert_eq!(has_one["proposal"], Value::Null);
    assert_eq!(category_of(&client, &odd).await, Value::Null, "proposed, not done");
}

/// An edit of a category offers a rule; the form works without JavaScript, and shows what it would do.
#[tokio::test]
async fn an_edit_offers_a_rule() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let row = spend(&client, "REWE SAGT DANKE 4711 BERLIN", 10.0, None, None).await;
    let second = spend(&client, "REWE 0815 KOELN", 20.0, None, None).await;
    let fields = [("id", id(&row)), ("version", "1".to_owned()), ("category", "food".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let edited = client.form_by_script("expense-update", &fields).await.json();
    let offer = &edited["toast"]["undo"];
    assert_eq!(
        (offer["form"].as_str(), offer["label"].as_str()),
        (Some("rule-offer"), Some("Always file REWE under Food?"))
    );
    let offered: Vec<(String, String)> = serde_json::from_value(offer["fields"].clone()).unwrap();
    let pairs: Vec<(&str, &str)> = offered.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = client.form("rule-offer", &pairs).await;
    assert_eq!(answer.status, 303);
    let place = answer.header("location").to_owned();
    assert!(place.starts_with("/rules/new?") && place.contains("actions.category=food"), "{place}");
    let page = client.get(&place).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("REWE 0815 KOELN") && page.text().contains("1 expense would change"),
        "{}",
        page.text()
    );

    let mut save = pairs.clone();
    save.push(("apply", "true"));
    let saved = client.form("rule-save", &save).await;
    assert_eq!((saved.status, saved.header("location")), (303, "/rules"), "{}", saved.text());
    assert_eq!(category_of(&client, &second).await, "food");
    let rule = client.get("/api/rules").await.data()[0].clone();
    assert_eq!((rule["learnedFrom"].as_str(), rule["hits"].as_i64()), (row["id"].as_str(), Some(1)));
    let list = client.get("/rules").await.text();
    assert!(list.contains("REWE") && list.contains("has filed 1 expense"), "{list}");

    let gone = client.form_by_script("rule-delete", &[("id", &id(&rule))]).await.json();
    assert_eq!(client.get("/api/rules").await.data(), json!([]));
    let back: Vec<(String, String)> = serde_json::from_value(gone["toast"]["undo"]["fields"].clone()).unwrap();
    let back: Vec<(&str, &str)> = back.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.form("rule-save", &back).await;
    assert_eq!(client.get("/api/rules").await.data()[0]["conditions"], rule["conditions"]);
}

#[tokio::test]
async fn pages_and_forms_without_javascript() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    for path in ["/rules", "/rules/new", "/expenses/review"] {
        assert_eq!(client.get(path).await.status, 200, "{path}");
    }
    let loose = client
        .form_by_script(
            "expense-create",
            &[
                ("amount", "12.50"),
                ("currency", "EUR"),
                ("date", "2026-11-20"),
                ("merchant", "PIZZERIA ROMA 4711 BERLIN"),
            ],
        )
        .await
        .json();
    assert_eq!(loose["toast"]["undo"]["label"], "File under Food", "{loose}");
    let page = client.get("/expenses/review").await.text();
    assert!(page.contains("Pizzeria") && page.contains("File 1 expense"), "{page}");
    let filed = client
        .form("review-file", &[("merchant", "Pizzeria"), ("category", "food"), ("back", "/expenses/review")])
        .await;
    assert_eq!((filed.status, filed.header("location")), (303, "/expenses/review"));
    let page = client.get("/expenses/review").await.text();
    assert!(page.contains("Everything has its category") && page.contains("1 expense filed under Food"), "{page}");
    let typed = [("conditions.merchantEquals", "Pizzeria"), ("conditions.minAmount", "10,5x"), ("back", "/rules/new")];
    let wrong = client.form("rule-save", &typed).await;
    assert_eq!((wrong.status, wrong.header("location")), (303, "/rules/new"));
    let page = client.get("/rules/new").await.text();
    assert!(page.contains("value=\"Pizzeria\"") && page.contains("10,5x"), "what was typed is still there: {page}");
    let tried = [("conditions.merchantEquals", "Pizzeria"), ("actions.category", "savings"), ("step", "preview")];
    let shown = client.form("rule-save", &tried).await;
    assert!(shown.header("location").starts_with("/rules/new?"), "{}", shown.header("location"));
    let page = client.get(shown.header("location")).await.text();
    assert!(page.contains("that you filed otherwise"), "{page}");
}

/// Members' rules are their own, and what they file in a shared budget is seen there.
#[tokio::test]
async fn in_a_shared_budget() {
    let app = TestApp::start().await;
    let (client, guest) = (app.person("anna").await, app.person("guest").await);
    let home = budget(&client).await;
    let share = json!({ "email": "guest@example.org", "role": "edit" });
    client.post(&format!("/api/budgets/{home}/share"), share).await.data();
    let invite = id(&guest.get("/api/invites").await.data()[0]);
    guest.post(&format!("/api/invites/{invite}/accept"), json!({})).await.data();
    let mine = spend(&client, "REWE 4711 BERLIN", 10.0, None, Some(&home)).await;
    let theirs = spend(&guest, "REWE 0815 KOELN", 20.0, None, Some(&home)).await;
    let body = with(&equals("REWE", "food"), &json!({ "apply": true }));
    let done = guest.post("/api/rules", body).await.data();
    assert_eq!(done["rows"], 1, "what others have entered is theirs to file");
    assert_eq!((category_of(&client, &theirs).await, category_of(&client, &mine).await), (json!("food"), Value::Null));
    let told = client.get(&format!("/api/budgets/{home}/activity")).await.data();
    assert_eq!((&told[0]["id"], &told[0]["kind"]), (&done["activityId"], &json!("changed")));
    assert_eq!(client.get("/api/rules").await.data(), json!([]));
}
