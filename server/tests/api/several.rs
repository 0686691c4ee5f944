//! Several budgets of one person: the default, the archive, the trash.
use crate::helpers::{Client, TestApp, budget, id, json};

async fn named(client: &Client, name: &str) -> String {
    let body = json!({ "name": name, "monthlyIncome": 1000, "currency": "EUR" });
    id(&client.post("/api/budgets", body).await.data()["budget"])
}

async fn default(client: &Client) -> Option<String> {
    let me = client.get("/api/auth/me").await.data();
    me["user"]["preferences"]["defaultBudgetId"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn the_default_is_one_that_is_in_use() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let (first, second) = (named(&client, "First").await, named(&client, "Second").await);
    assert_eq!(default(&client).await.as_ref(), Some(&first));
    let third = named(&client, "Third").await;
    assert_eq!(client.form("budget-default", &[("id", &third)]).await.status, 303);
    assert_eq!(default(&client).await.as_ref(), Some(&third));
    assert_eq!(client.delete(&format!("/api/budgets/{third}")).await.status, 204);
    assert_eq!(default(&client).await.as_ref(), Some(&second), "the newest that is in use");
    let archived = client.put(&format!("/api/budgets/{second}"), json!({ "version": 1, "isActive": false })).await;
    assert_eq!(archived.status, 200, "{}", archived.text());
    assert_eq!(default(&client).await.as_ref(), Some(&first));
    let of_dashboard = client.get("/api/analytics/dashboard").await.data();
    assert!(of_dashboard.to_string().contains(&first), "{of_dashboard}");
    client.delete(&format!("/api/budgets/{first}")).await;
    assert_eq!(default(&client).await, None);
    // Only an archived one is left: there is something to see, and a next step.
    let list = client.get("/budgets").await.text();
    assert!(list.contains("No budget in use") && list.contains("One archived budget"), "{list}");
    client.post(&format!("/api/trash/{third}/restore"), json!({})).await;
    assert_eq!(default(&client).await.as_ref(), Some(&third));
}

#[tokio::test]
async fn undoing_the_end_of_the_default_makes_it_the_default_again() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let (first, _) = (named(&client, "First").await, named(&client, "Second").await);
    let gone = client.form_by_script("budget-delete", &[("id", &first)]).await.json();
    assert_ne!(default(&client).await.as_ref(), Some(&first));
    let undo = &gone["toast"]["undo"];
    let fields: Vec<(&str, &str)> = undo["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
        .collect();
    let back = client.form_by_script(undo["form"].as_str().unwrap(), &fields).await;
    assert_eq!(back.json()["ok"], true, "{}", back.text());
    assert_eq!(default(&client).await.as_ref(), Some(&first));
}

#[tokio::test]
async fn archived_ones_are_apart_and_not_offered() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let (old, new) = (named(&client, "Old flat").await, named(&client, "New flat").await);
    let fields = [("id", old.as_str()), ("version", "1"), ("isActive", "false")];
    let archived = client.form_by_script("budget-archive", &fields).await.json();
    assert_eq!((&archived["ok"], archived["toast"]["text"].as_str()), (&json!(true), Some("Old flat archived")));
    for (query, expected) in [("?active=true", vec![&new]), ("?active=false", vec![&old]), ("", vec![&new, &old])] {
        let list = client.get(&format!("/api/budgets{query}")).await.data();
        let ids: Vec<String> = list.as_array().unwrap().iter().map(id).collect();
        assert_eq!(ids.iter().collect::<Vec<_>>(), expected, "{query}");
    }
    let sheet = client.get("/expenses?add=1").await.text();
    let choice = sheet.split_once("expense-create.budgetId").unwrap().1.split("</select>").next().unwrap();
    assert!(choice.contains("New flat") && !choice.contains("Old flat"), "{choice}");
    let file = client.get("/expenses/import").await.text();
    let choice = file.split_once("import-upload.budgetId").unwrap().1.split("</select>").next().unwrap();
    assert!(choice.contains("New flat") && !choice.contains("Old flat"), "{choice}");
    // And back, by the toast's undo: the version is the next one by then.
    let again = [("id", old.as_str()), ("version", "2"), ("isActive", "true")];
    assert_eq!(client.form("budget-archive", &again).await.status, 303);
    assert_eq!(client.get("/api/budgets?active=true").await.json()["meta"]["total"], 2);
    let late = client.form_by_script("budget-archive", &fields).await;
    assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("STALE_VERSION")));
}

#[tokio::test]
async fn after_the_last_one_comes_the_next_step() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let gone = client.form("budget-delete", &[("id", &home)]).await;
    assert_eq!((gone.status, gone.header("location")), (303, "/budgets"));
    for path in ["/budgets", "/dashboard"] {
        let page = client.get(path).await;
        assert!(page.status == 200 && page.text().contains("href=\"/welcome\""), "{path}");
    }
    assert_eq!(default(&client).await, None);
    let trash = client.get("/settings/trash").await.text();
    assert!(trash.contains("Home") && trash.contains("trash-restore"), "{trash}");
    assert_eq!(client.form("trash-restore", &[("id", &home)]).await.status, 303);
    assert_eq!(default(&client).await, Some(home));
}

#[tokio::test]
async fn the_figures_of_a_month_are_honest() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let row = |amount: f64, currency: &str, kind: &str, category: &str| json!({ "amount": amount, "currency": currency, "kind": kind, "category": category, "date": "2024-03-15", "merchant": "Shop", "budgetId": home });
    for body in [
        row(10.0, "EUR", "expense", "miscellaneous"),
        row(30.0, "EUR", "expense", "food"),
        row(50.0, "EUR", "refund", "food"),
        row(20.0, "USD", "expense", "housing"),
        // No rate is known for it.
        row(5.0, "KWD", "expense", "housing"),
    ] {
        assert_eq!(client.post("/api/expenses", body).await.status, 201);
    }
    let analysis = client.get(&format!("/api/budgets/{home}/analysis?month=2024-03")).await.data()["analysis"].clone();
    let misc = &analysis["categories"]["miscellaneous"];
    assert_eq!((misc["allocated"].as_f64(), misc["spent"].as_f64()), (Some(0.0), Some(10.0)));
    assert!(misc["utilizationRate"].is_null(), "nothing allocated has no rate: {misc}");
    assert_eq!(analysis["categories"]["food"]["spent"].as_f64(), Some(-20.0), "more came back than was spent");
    let rows = client.get("/api/expenses").await.data();
    let of = |currency: &str| rows.as_array().unwrap().iter().find(|row| row["currency"] == currency).unwrap().clone();
    let (dollars, dinars) = (of("USD"), of("KWD"));
    assert!(dollars["rate"].is_number() && dollars["rateDate"].is_string() && dollars["baseAmount"].is_number());
    assert_eq!(analysis["categories"]["housing"]["spent"], dollars["baseAmount"]);
    assert!(dinars["baseAmount"].is_null() && dinars["rate"].is_null());
    let page = client.get(&format!("/budgets/{home}?month=2024-03")).await.text();
    assert!(
        page.contains("One expense isn’t converted")
            || page.contains("isn't converted")
            || page.contains("isn&#39;t converted"),
        "{page}"
    );
    let sheet = client.get(&format!("/expenses?edit={}", id(&dollars))).await.text();
    assert!(sheet.contains("Converted at 1"), "the rate stands in the sheet: {sheet}");
    let sheet = client.get(&format!("/expenses?edit={}", id(&dinars))).await.text();
    assert!(sheet.contains("No exchange rate is known"), "a missing rate is said: {sheet}");
}
