//! `GET /api/expenses/export`: what is listed as a file, harmless in a spreadsheet, and the same ledger again when it is
//! imported.
use crate::helpers::{Client, TestApp, Value, budget, expense, id, json};
use std::io::Read as _;

/// Rows with all that a row may say, in several currencies and kinds.
async fn ledger(client: &Client, home: &str) {
    let account = json!({ "name": "My purse, \"red\"", "kind": "cash", "currency": "EUR" });
    let account = id(&client.post("/api/accounts", account).await.data()["account"]);
    for mut body in [
        json!({ "amount": 12.34, "currency": "EUR", "merchant": "Joe's, \"Bar\",\"\"", "category": "food", "subcategory": "Lunch",
            "tags": ["work", "two words", "a,b"], "notes": "first line\nsecond; line", "paymentMethod": "card", "accountId": account,
            "description": "'=not a formula", "status": "reconciled" }),
        json!({ "amount": 100, "currency": "EUR", "merchant": "=HYPERLINK(\"http://evil.example\")", "description": "+49 30 1",
            "splits": [{ "category": "food", "subcategory": "a|b;c", "amount": 99.5, "memo": "=1+1, you" }, { "category": null, "amount": 0.5 }] }),
        json!({ "amount": 5, "currency": "EUR", "merchant": "@shop", "kind": "refund", "category": "housing" }),
        json!({ "amount": 1200, "currency": "JPY", "merchant": "Work <&>", "kind": "income" }),
        json!({ "amount": 1.234, "currency": "KWD", "description": "to savings", "kind": "transfer", "status": "draft" }),
        json!({ "amount": 9_999_999_999_999.99, "currency": "EUR", "merchant": "ünïcödé 😀", "category": null }),
    ] {
        body["budgetId"] = home.into();
        body["date"] = "2026-11-20".into();
        let made = client.post("/api/expenses", body).await;
        assert_eq!(made.status, 201, "{}", made.text());
    }
}

/// All that a row says, without what is another's in another ledger; accounts by their names.
async fn said(client: &Client) -> Vec<String> {
    let accounts = client.get("/api/accounts").await.data();
    let mut rows = client.get("/api/expenses?limit=500&sort=amount").await.data();
    let mut said: Vec<String> = rows
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .map(|row| {
            let account = accounts.as_array().unwrap().iter().find(|account| account["id"] == row["accountId"]);
            let name = account.map_or(Value::Null, |account| account["name"].clone());
            let row = row.as_object_mut().unwrap();
            row.insert("account".to_owned(), name);
            for name in ["id", "userId", "budgetId", "accountId", "importId", "version", "createdAt", "updatedAt"] {
                row.remove(name);
            }
            Value::Object(row.clone()).to_string()
        })
        .collect();
    said.sort();
    said
}

#[tokio::test]
async fn imported_again_it_is_the_same_ledger() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    ledger(&anna, &home).await;
    let before = said(&anna).await;
    for format in ["csv", "xlsx"] {
        let file = anna.get(&format!("/api/expenses/export?format={format}")).await;
        assert_eq!(file.status, 200);
        let name = format!("expenses.{format}");
        let other = app.person(&format!("other{format}")).await;
        let there = budget(&other).await;
        let upload = async |client: &Client, budget: &str| {
            let fields = [("budgetId", budget)];
            let answer = client.upload("/api/expenses/bulk-import", (name.as_str(), &file.body[..]), &fields).await;
            assert_eq!(answer.status, 201, "{format}: {}", answer.text());
            answer.data()
        };
        let import = upload(&other, &there).await;
        assert_eq!(
            (import["added"].as_u64(), import["questions"].as_array().map(Vec::len)),
            (Some(6), Some(0)),
            "{import}"
        );
        assert_eq!(said(&other).await, before, "{format}");
        // Taken in once more it adds nothing, here and there.
        assert_eq!(upload(&other, &there).await["added"], 0, "{format}");
        assert_eq!(upload(&anna, &home).await["added"], 0, "{format}");
        assert_eq!(said(&anna).await, before, "{format}");
    }
}

#[tokio::test]
async fn no_spreadsheet_computes_what_somebody_has_typed() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    ledger(&client, &home).await;
    let csv = client.get("/api/expenses/export").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("attachment; filename=\"expenses-"), "{:?}", csv.headers);
    let text = csv.text();
    assert!(text.starts_with("\u{feff}Date,Amount,Currency,Payee,"), "{text}");
    assert!(text.contains("\"'=HYPERLINK(") && text.contains(",'@shop,") && text.contains(",'+49 30 1,"), "{text}");
    assert!(text.contains(",-12.34,EUR,") && text.contains("1200,JPY"), "{text}");
    let xlsx = client.get("/api/expenses/export?format=xlsx").await;
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(xlsx.body.to_vec())).unwrap();
    let mut page = String::new();
    package.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut page).unwrap();
    assert!(page.contains("<t xml:space=\"preserve\">=HYPERLINK(") && !page.contains("<f>"), "{page}");
    assert!(page.contains("<v>-12.34</v>") && page.ends_with("</worksheet>"), "{page}");
    let json: Value = client.get("/api/expenses/export?format=json").await.json();
    let listed = client.get("/api/expenses").await.data();
    assert_eq!(json, listed, "the list as it is");
}

#[tokio::test]
async fn the_same_filters_and_no_limit() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    expense(&client, None).await;
    let lines = (1..=700).map(|n| format!("2026-10-{:02},Shop {n},-{n}.00", 1 + n % 28)).collect::<Vec<_>>();
    let file = format!("Date,Payee,Amount\n{}\n", lines.join("\n"));
    let import = client.upload("/api/expenses/bulk-import", ("a.csv", file.as_bytes()), &[]).await.data();
    assert_eq!(import["added"], 700, "{import}");
    for (query, rows) in [
        ("", 701),
        ("?sort=-amount", 701),
        ("?startDate=2026-11-01", 1),
        ("?minAmount=100&maxAmount=199", 100),
        ("?q=lunch", 1),
        ("?category=housing", 0),
        (&format!("?importId={}", id(&import)), 700),
    ] {
        let csv = client.get(&format!("/api/expenses/export{query}")).await.text();
        assert_eq!(csv.lines().count(), rows + 1, "{query}");
        let json = format!("/api/expenses/export{query}{}format=json", if query.is_empty() { "?" } else { "&" });
        assert_eq!(client.get(&json).await.json().as_array().unwrap().len(), rows, "{query}");
    }
    for query in ["format=pdf", "limit=5", "cursor=x", "startDate=soon", "budget=1"] {
        let answer = client.get(&format!("/api/expenses/export?{query}")).await;
        let field = query.split('=').next().unwrap();
        assert_eq!(
            (answer.status, answer.json()["fields"][field].is_string()),
            (400, true),
            "{query}: {}",
            answer.text()
        );
    }
    let nobodys = client.get("/api/expenses/export?budgetId=00010203040506070809abff").await;
    assert_eq!((nobodys.status, nobodys.code().as_str()), (404, "NOT_FOUND"));
}
