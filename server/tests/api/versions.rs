//! The history of a budget over REST: versions, differences, the way back, and edits that met.
use crate::helpers::{Client, TestApp, Value, budget, json};

/// A change of a budget from version `version` on.
async fn change(client: &Client, home: &str, version: i64, mut fields: Value) -> Value {
    fields["version"] = version.into();
    let answer = client.put(&format!("/api/budgets/{home}"), fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.data()["budget"].clone()
}

/// Version 1 at 3,000; 2 at 4,000; 3 is called House.
async fn three(client: &Client) -> String {
    let home = budget(client).await;
    change(client, &home, 1, json!({ "monthlyIncome": 4000, "note": "  A raise  " })).await;
    change(client, &home, 2, json!({ "name": "House" })).await;
    home
}

#[tokio::test]
async fn each_version_says_who_when_and_what() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = three(&client).await;
    let answer = client.get(&format!("/api/budgets/{home}/history")).await;
    let list = answer.data();
    let numbers: Vec<i64> = list.as_array().unwrap().iter().map(|one| one["version"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert_eq!(answer.json()["meta"], json!({ "total": 3, "limit": 100, "nextCursor": null }));
    let raise = &list[1];
    assert_eq!((raise["source"].as_str(), raise["note"].as_str()), (Some("user"), Some("A raise")));
    assert_eq!(raise["madeBy"]["name"], "anna");
    assert!(raise["madeAt"].is_string() && raise["effectiveFrom"].is_string());
    assert_eq!(raise["changes"][0], json!({ "field": "monthlyIncome", "before": 3000.0, "after": 4000.0 }));
    let food = raise["changes"].as_array().unwrap().iter().find(|one| one["field"] == "allocations.food").unwrap();
    assert_eq!(food["after"], json!({ "percentage": 15.0, "amount": 600.0 }));
    assert_eq!(list[0]["changes"], json!([{ "field": "name", "before": "Home", "after": "House" }]));
    assert_eq!(list[2]["changes"], json!([]));
    assert!(answer.text().contains("\"monthlyIncome\":4000.00"), "exact, as a number: {}", answer.text());

    let one = client.get(&format!("/api/budgets/{home}/history/2")).await.data()["version"].clone();
    assert_eq!(one, *raise);
    for (path, status) in [("history/4", 404), ("history/0", 404), ("history/-1", 404), ("history/x", 400)] {
        assert_eq!(client.get(&format!("/api/budgets/{home}/{path}")).await.status, status, "{path}");
    }
    let both = client.get("/api/budgets/x/history/y").await;
    let fields = both.json()["fields"].clone();
    assert!(both.status == 400 && fields["id"].is_string() && fields["version"].is_string(), "{fields}");
}

#[tokio::test]
async fn a_long_history_is_read_in_pages() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    for version in 1..6 {
        change(&client, &home, version, json!({ "name": format!("After {version}") })).await;
    }
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let answer = client.get(&format!("/api/budgets/{home}/history?limit=2{cursor}")).await;
        let list = answer.data();
        assert!(list.as_array().unwrap().len() <= 2);
        // Each knows what it changed, the last of a page too.
        for one in list.as_array().unwrap() {
            seen.push(one["version"].as_i64().unwrap());
            assert_eq!(one["changes"].as_array().unwrap().is_empty(), one["version"] == 1, "{one}");
        }
        match answer.json()["meta"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [6, 5, 4, 3, 2, 1]);
    for query in ["limit=0", "limit=501", "limit=x", "cursor=x", "cursor=-1", "bogus=1"] {
        let answer = client.get(&format!("/api/budgets/{home}/history?{query}")).await;
        let field = query.split('=').next().unwrap();
        assert!(answer.status == 400 && answer.json()["fields"][field].is_string(), "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn any_two_versions_side_by_side() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = three(&client).await;
    let diff = async |query: &str| client.get(&format!("/api/budgets/{home}/diff{query}")).await;
    let fields = |data: &Value| -> Vec<String> {
        data["changes"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect()
    };
    let last = diff("").await.data();
    assert_eq!((last["from"]["version"].as_i64(), last["to"]["version"].as_i64()), (Some(2), Some(3)));
    assert_eq!(fields(&last), ["name"]);
    let all = diff("?from=1&to=3").await.data();
    assert!(fields(&all).starts_with(&[
        "name".to_owned(),
        "monthlyIncome".to_owned(),
        "allocations.housing".to_owned()
    ]));
    let back = diff("?from=3&to=1").await.data();
    assert_eq!(fields(&back), fields(&all));
    assert_eq!((&back["changes"][0]["before"], &back["changes"][0]["after"]), (&json!("House"), &json!("Home")));
    assert_eq!(fields(&diff("?from=2&to=2").await.data()), Vec::<String>::new());
    for (query, status) in [("?from=1&to=9", 404), ("?from=9", 404), ("?from=0", 400), ("?to=x", 400)] {
        assert_eq!(diff(query).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn back_to_a_version_and_forth_again() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = three(&client).await;
    let path = format!("/api/budgets/{home}/restore");
    let restored = client.post(&path, json!({ "restore": 1, "version": 3 })).await.data()["budget"].clone();
    assert_eq!((restored["version"].as_i64(), restored["name"].as_str()), (Some(4), Some("Home")));
    assert_eq!(restored["monthlyIncome"].as_f64(), Some(3000.0));
    let made = client.get(&format!("/api/budgets/{home}/history/4")).await.data()["version"].clone();
    assert_eq!(
        (made["source"].as_str(), made["restoredVersion"].as_i64(), &made["note"]),
        (Some("restore"), Some(1), &Value::Null)
    );
    // Its undo is a restore of the one before.
    let forth = client.post(&path, json!({ "restore": 3, "version": 4 })).await.data()["budget"].clone();
    assert_eq!((forth["version"].as_i64(), forth["name"].as_str()), (Some(5), Some("House")));
    // Nothing is lost on the way.
    let kept = client.get(&format!("/api/budgets/{home}/history")).await;
    assert_eq!(kept.json()["meta"]["total"], 5);
    let late = client.post(&path, json!({ "restore": 1, "version": 3 })).await;
    assert_eq!((late.status, late.code().as_str()), (409, "STALE_VERSION"));
    assert_eq!(late.json()["details"]["current"]["version"], 5);
    // The same request under its key is done once.
    let body = json!({ "restore": 1, "version": 5 });
    for _ in 0..2 {
        let answer = client.post_once(&path, "back", &body).await;
        assert_eq!(answer.data()["budget"]["version"], 6, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_past_month_keeps_the_plan_it_had() {
    let app = TestApp::start().await;
    app.clock.stop();
    let client = app.person("anna").await;
    let home = three(&client).await;
    let month = client.get(&format!("/api/budgets/{home}")).await.data()["budget"]["effectiveFrom"].clone();
    let planned = async |month: &str| {
        let answer = client.get(&format!("/api/budgets/{home}/analysis?month={month}")).await;
        answer.data()["analysis"]["plannedIncome"].as_f64()
    };
    app.clock.pass(70);
    let sign_in = json!({ "email": "anna@example.org", "password": "correct horse battery" });
    assert_eq!(client.post("/api/auth/login", sign_in).await.status, 200);
    let restored = client.post(&format!("/api/budgets/{home}/restore"), json!({ "restore": 1, "version": 3 })).await;
    let restored = restored.data()["budget"].clone();
    assert!(restored["effectiveFrom"].as_str() > month.as_str(), "{restored}");
    assert_eq!(planned(month.as_str().unwrap()).await, Some(4000.0));
    assert_eq!(planned(restored["effectiveFrom"].as_str().unwrap()).await, Some(3000.0));
}

#[tokio::test]
async fn an_edit_that_comes_too_late_gets_both_versions() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = three(&client).await;
    let path = format!("/api/budgets/{home}");
    let late = client.put(&path, json!({ "version": 2, "monthlyIncome": 5000 })).await;
    assert_eq!((late.status, late.code().as_str()), (409, "STALE_VERSION"));
    let answer = late.json();
    assert!(answer["fields"]["version"].as_str().is_some_and(|words| words.contains('3')));
    let (base, current) = (&answer["details"]["base"], &answer["details"]["current"]);
    assert_eq!((base["version"].as_i64(), base["name"].as_str()), (Some(2), Some("Home")));
    assert_eq!((current["version"].as_i64(), current["name"].as_str()), (Some(3), Some("House")));
    assert_eq!(current["madeBy"]["name"], "anna");
    // One that there never was has no base.
    let never = client.put(&path, json!({ "version": 9, "name": "Late" })).await;
    assert_eq!((never.status, &never.json()["details"]["base"]), (409, &Value::Null));
    // Another failure has no details.
    assert_eq!(client.put(&path, json!({ "version": 3, "name": "" })).await.json().get("details"), None);
    assert_eq!(client.get(&path).await.data()["budget"]["version"], 3);
}

#[tokio::test]
async fn of_two_forms_the_second_is_merged_field_by_field() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = three(&client).await;
    let page = format!("/budgets/{home}/edit");
    let fields = |merge: &[(&'static str, &'static str)], version: &'static str| {
        let mut fields = vec![
            ("id", home.as_str()),
            ("back", page.as_str()),
            ("version", version),
            ("name", "Flat"),
            ("monthlyIncome", "5,000"),
        ];
        fields.extend(merge);
        fields.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect::<Vec<_>>()
    };
    let send = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        client.form("budget-update", &fields).await
    };
    let late = send(fields(&[], "2")).await;
    assert_eq!((late.status, late.header("location")), (303, page.as_str()));
    let asked = client.get(&page).await.text();
    for words in ["Keep mine: Flat", "Take theirs: House", "Take theirs: €4,000.00", "merge.monthlyIncome"] {
        assert!(asked.contains(words), "{words} of {asked}");
    }
    // Something else is wrong: the choice is there again.
    let wrong = send(fields(&[("merge.from", "2"), ("merge.name", "theirs"), ("monthStartDay", "99")], "3")).await;
    assert_eq!(wrong.header("location"), page);
    assert!(client.get(&page).await.text().contains("Keep mine: Flat"));
    let merged = send(fields(&[("merge.from", "2"), ("merge.name", "theirs"), ("merge.monthlyIncome", "mine")], "3"));
    assert_eq!(merged.await.header("location"), format!("/budgets/{home}"));
    let now = client.get(&format!("/api/budgets/{home}")).await.data()["budget"].clone();
    assert_eq!(
        (now["name"].as_str(), now["monthlyIncome"].as_f64(), now["version"].as_i64()),
        (Some("House"), Some(5000.0), Some(4))
    );
    // The note that told of it is gone, and so is the choice.
    client.get(&format!("/budgets/{home}")).await;
    assert!(!client.get(&page).await.text().contains("Keep mine"));
}

#[tokio::test]
async fn of_two_forms_what_only_one_touched_stays() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let food = |parts: Value| json!({ "percentage": 15, "subcategories": parts });
    let mut allocations = client.get(&format!("/api/budgets/{home}")).await.data()["budget"]["allocations"].clone();
    for share in allocations.as_object_mut().unwrap().values_mut() {
        share.as_object_mut().unwrap().retain(|name, _| name == "percentage");
    }
    allocations["food"] = food(json!([{ "name": "Market", "amount": 100 }]));
    change(
        &client,
        &home,
        1,
        json!({ "rollover": { "food": "surplus", "housing": "both" }, "allocations": allocations }),
    )
    .await;
    // Somebody changes what goes on and a part, while the form of version 1 is open and only its name is changed.
    let mut fields: Vec<(String, String)> = [
        ("id", home.as_str()),
        ("version", "2"),
        ("merge.from", "1"),
        ("merge.name", "mine"),
        ("name", "Flat"),
        ("rollover.food", "none"),
        ("rollover.housing", "none"),
        ("rollover.utilities", "surplus"),
        ("allocations.food.subcategories.0.name", ""),
        ("allocations.food.subcategories.0.amount", ""),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec();
    for (category, share) in allocations.as_object().unwrap() {
        fields.push((format!("allocations.{category}.percentage"), share["percentage"].to_string()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(client.form("budget-update", &fields).await.header("location"), format!("/budgets/{home}"));
    let now = client.get(&format!("/api/budgets/{home}")).await.data()["budget"].clone();
    let rollover = &now["rollover"];
    assert_eq!(
        (&now["name"], &rollover["food"], &rollover["housing"]),
        (&json!("Flat"), &json!("surplus"), &json!("both"))
    );
    assert_eq!(rollover["utilities"], "surplus", "what was changed in the form counts");
    assert_eq!(now["allocations"]["food"]["subcategories"], json!([{ "name": "Market", "amount": 100.0 }]));
}

#[tokio::test]
async fn the_page_of_the_history() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = three(&client).await;
    let page = client.get(&format!("/budgets/{home}/history?from=1&to=3")).await.text();
    for words in
        ["Version 3", "A raise", "called “House”", "Income €3,000.00 → €4,000.00", "Restore version 1", "Changed"]
    {
        assert!(page.contains(words), "{words} of {page}");
    }
    let fields = [("id", home.as_str()), ("version", "3"), ("restore", "1"), ("place", "list1")];
    let restored = client.form("budget-version-restore", &fields).await;
    assert_eq!((restored.status, restored.header("location").to_owned()), (303, format!("/budgets/{home}/history")));
    let page = client.get(&format!("/budgets/{home}/history")).await.text();
    assert!(page.contains("Home is back to version 1") && page.contains("Back to version 1"), "{page}");
    // What stands in an address by mistake is passed over.
    for query in ["?from=9&to=x", "?before=-1", "?from=1"] {
        assert_eq!(client.get(&format!("/budgets/{home}/history{query}")).await.status, 200, "{query}");
    }
    let stranger = app.person("bert").await;
    assert_eq!(stranger.get(&format!("/budgets/{home}/history")).await.status, 404);
}
