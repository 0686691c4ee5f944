//! Bad input: a clear 4xx that names what is wrong, all of it at once, and nothing has changed.
use crate::helpers::{Client, TestApp, budget, expense, id, json, snapshot};
use hyper::Method;

async fn refused(client: &Client, path: &str, body: String, status: u16, fields: &[&str]) {
    let start = body.chars().take(80).collect::<String>();
    let answer = client.raw_json(Method::POST, path, body).await;
    assert_eq!(answer.status, status, "{path} {start}: {}", answer.text());
    let json = answer.json();
    assert_eq!(json["error"], true);
    assert!(json["message"].as_str().is_some_and(|words| words.ends_with(['.', '?'])), "{json}");
    assert!(json["requestId"].as_str().is_some_and(|id| id.len() == 16), "{json}");
    for field in fields {
        assert!(json["fields"][field].is_string(), "{field} of {start}: {json}");
    }
}

/// An expense with one field as given, as JSON text.
fn with(field: &str, text: &str) -> String {
    let mut parts = vec![
        ("amount", "12.34".to_owned()),
        ("currency", "\"USD\"".to_owned()),
        ("date", "\"2026-11-20\"".to_owned()),
        ("merchant", "\"Lunch bar\"".to_owned()),
    ];
    parts.retain(|(name, _)| *name != field);
    parts.push((field, text.to_owned()));
    let fields: Vec<String> = parts.iter().map(|(name, text)| format!("\"{name}\":{text}")).collect();
    format!("{{{}}}", fields.join(","))
}

#[tokio::test]
async fn fields_of_an_expense() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let foreign = app.person("other").await;
    let (foreign_budget, foreign_account) = (budget(&foreign).await, {
        let body = json!({ "name": "Purse", "kind": "cash", "currency": "EUR" });
        id(&foreign.post("/api/accounts", body).await.data()["account"])
    });
    budget(&client).await;
    expense(&client, None).await;
    let before = snapshot(&client).await;
    let long = format!("\"{}\"", "x".repeat(256));
    let (foreign_budget, foreign_account) = (format!("\"{foreign_budget}\""), format!("\"{foreign_account}\""));
    for (field, text) in [
        ("amount", "NaN"),
        ("amount", "-Infinity"),
        ("amount", "1e400"),
        ("amount", "1e2"),
        ("amount", "12.345"),
        ("amount", "1.005"),
        ("amount", "-1"),
        ("amount", "0"),
        ("amount", "99999999999999999999"),
        ("amount", "\"\""),
        ("amount", "\"twelve\""),
        ("amount", "true"),
        ("amount", "null"),
        ("amount", "[1]"),
        ("amount", "{\"$gt\":0}"),
        ("currency", "\"usd\""),
        ("currency", "\"HRK\""),
        ("currency", "5"),
        ("date", "\"2026-02-30\""),
        ("date", "\"2025-02-29\""),
        ("date", "\"99999-01-01\""),
        ("date", "\"20.11.2026\""),
        ("date", "20261120"),
        ("merchant", long.as_str()),
        ("merchant", "\"a\\u0000b\""),
        ("merchant", "{\"$ne\":null}"),
        ("category", "\"fun\""),
        ("kind", "\"gift\""),
        ("status", "\"done\""),
        ("tags", "\"a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u\""),
        ("splits", "[{\"amount\":1}]"),
        ("budgetId", "\"x\""),
        ("budgetId", "\"00010203040506070809abff\""),
        ("budgetId", foreign_budget.as_str()),
        ("accountId", foreign_account.as_str()),
        ("toAccountId", "\"x\""),
        ("toAccountId", "\"00010203040506070809abff\""),
        ("toAccountId", "5"),
        ("userId", "\"00010203040506070809abff\""),
        ("id", "\"00010203040506070809abff\""),
        ("version", "7"),
        ("importId", "\"00010203040506070809abff\""),
        ("createdAt", "\"2026-01-01T00:00:00Z\""),
    ] {
        refused(&client, "/api/expenses", with(field, text), 400, &[field]).await;
    }
    for (field, text, wrong) in [
        ("splits", "[{\"amount\":12.34,\"memberId\":\"me\"}]", "splits.0.memberId"),
        ("splits", "[{\"amount\":12.34,\"memberId\":\"00010203040506070809abff\"}]", "splits.0.memberId"),
        ("splits", "[{\"amount\":12.34,\"subcategory\":\"Bread\"}]", "splits.0.subcategory"),
        ("splits", "[{\"amount\":\"12+0.34\"}]", "splits.0.amount"),
        ("location", "[]", "location"),
        ("location", "{\"lat\":1}", "location.lng"),
        ("location", "{\"lat\":91,\"lng\":0}", "location.lat"),
        ("location", "{\"lat\":\"north\",\"lng\":0}", "location.lat"),
        ("location", "{\"address\":\"x\",\"planet\":\"Mars\"}", "location.planet"),
        ("amount", "\"12+0.34\"", "amount"),
    ] {
        refused(&client, "/api/expenses", with(field, text), 400, &[wrong]).await;
    }
    let all = "{\"amount\":NaN,\"currency\":\"USD\",\"date\":\"2026-02-30\",\"kind\":\"gift\",\"extra\":1}";
    refused(&client, "/api/expenses", all.to_owned(), 400, &["amount", "date", "kind", "extra", "merchant"]).await;
    let twice = "{\"amount\":1,\"amount\":2,\"currency\":\"USD\",\"date\":\"2026-11-20\",\"merchant\":\"x\"}";
    refused(&client, "/api/expenses", twice.to_owned(), 400, &["amount"]).await;
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn lines_that_mean_nothing() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let before = snapshot(&client).await;
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(501));
    for (body, field) in [
        ("{}", "text"),
        ("{\"text\":\"\"}", "text"),
        ("{\"text\":\" ?! \"}", "text"),
        ("{\"text\":5}", "text"),
        ("{\"text\":[\"lunch 5\"]}", "text"),
        ("{\"text\":\"lunch\\u0000 5\"}", "text"),
        ("{\"text\":\"lunch 5\",\"currency\":\"EUR\"}", "currency"),
        (long.as_str(), "text"),
    ] {
        refused(&client, "/api/expenses/parse", body.to_owned(), 400, &[field]).await;
    }
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn bodies_that_are_none() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let before = snapshot(&client).await;
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for (body, status) in [
        (String::new(), 400),
        ("{".to_owned(), 400),
        ("{\"amount\":1,}".to_owned(), 400),
        ("{} {}".to_owned(), 400),
        ("{'amount':1}".to_owned(), 400),
        ("[]".to_owned(), 400),
        ("null".to_owned(), 400),
        ("\"text\"".to_owned(), 400),
        (deep(40), 400),
        (deep(10_000), 400),
        ("{\"a\":".repeat(10_000), 400),
        (with("merchant", &format!("\"{}\"", "x".repeat(10 << 20))), 413),
    ] {
        refused(&client, "/api/expenses", body, status, &[]).await;
    }
    let binary = client.raw_json(Method::POST, "/api/expenses", &b"{\"merchant\":\"\xff\xfe\"}"[..]).await;
    assert_eq!((binary.status, binary.code().as_str()), (400, "BAD_REQUEST"));
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
        let answer = client.send(Method::POST, "/api/expenses", &[("content-type", kind)], with("amount", "1")).await;
        assert_eq!((answer.status, answer.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{kind}");
    }
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn the_broken_place_is_named() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let answer = client.raw_json(Method::POST, "/api/budgets", "{\n  \"name\": oops\n}").await;
    assert_eq!(answer.code(), "BAD_REQUEST");
    assert!(
        answer.json()["message"].as_str().is_some_and(|words| words.contains("line 2, column 11")),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn fields_of_a_budget() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let before = snapshot(&client).await;
    for (body, fields) in [
        ("{}", &["name", "monthlyIncome", "currency"][..]),
        ("{\"name\":\"\",\"monthlyIncome\":0,\"currency\":\"XXX\"}", &["name", "monthlyIncome", "currency"]),
        ("{\"name\":\"a\",\"monthlyIncome\":1e400,\"currency\":\"EUR\"}", &["monthlyIncome"]),
        ("{\"name\":\"a\",\"monthlyIncome\":1.5,\"currency\":\"JPY\"}", &["monthlyIncome"]),
        ("{\"name\":\"a\",\"monthlyIncome\":1,\"currency\":\"EUR\",\"monthStartDay\":29}", &["monthStartDay"]),
        (
            "{\"name\":\"a\",\"monthlyIncome\":1,\"currency\":\"EUR\",\"allocations\":{\"food\":{\"percentage\":-5}}}",
            &["allocations.food.percentage"],
        ),
        (
            "{\"name\":\"a\",\"monthlyIncome\":1,\"currency\":\"EUR\",\"allocations\":{\"fun\":{\"percentage\":100}}}",
            &["allocations.fun"],
        ),
        ("{\"name\":\"a\",\"monthlyIncome\":1,\"currency\":\"EUR\",\"allocations\":[]}", &["allocations"]),
        (
            "{\"name\":\"a\",\"monthlyIncome\":1,\"currency\":\"EUR\",\"rollover\":{\"food\":\"all\"},\"allocations\":{\"food\":{\"amount\":0.001,\"subcategories\":[{\"name\":\"\"}]}}}",
            &["rollover.food", "allocations.food.amount", "allocations.food.subcategories.0.name"],
        ),
        (
            "{\"name\":\"a\",\"monthlyIncome\":1,\"currency\":\"EUR\",\"role\":\"owner\",\"userId\":\"x\"}",
            &["role", "userId"],
        ),
    ] {
        refused(&client, "/api/budgets", body.to_owned(), 400, fields).await;
    }
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn what_a_timeline_is_asked_for() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let told = id(&client.get("/api/activity").await.data()[0]);
    let before = snapshot(&client).await;
    for path in ["/api/activity".to_owned(), format!("/api/budgets/{home}/activity")] {
        for (field, value) in [
            ("limit", "0"),
            ("limit", "501"),
            ("limit", "many"),
            ("cursor", "x"),
            ("cursor", "1.x"),
            ("cursor", "99999999999999999999.00010203040506070809abff"),
            ("kind", "lost"),
            ("by", "me"),
            ("budgetId", "00010203040506070809abff"),
        ] {
            let answer = client.get(&format!("{path}?{field}={value}")).await;
            assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"), "{path} {field}={value}");
            assert!(answer.json()["fields"][field].is_string(), "{path} {field}={value}: {}", answer.text());
        }
    }
    let path = format!("/api/activity/{told}/undo");
    for (query, body, field) in
        [("?untouched=perhaps", "{}", "untouched"), ("", "{\"untouched\":true}", "untouched"), ("", "{\"id\":1}", "id")]
    {
        refused(&client, &format!("{path}{query}"), body.to_owned(), 400, &[field]).await;
    }
    refused(&client, &path, "{".to_owned(), 400, &[]).await;
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn fields_of_a_restore() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let path = format!("/api/budgets/{}/restore", budget(&client).await);
    let before = snapshot(&client).await;
    for (body, fields) in [
        ("{}", &["restore", "version"][..]),
        ("{\"restore\":0,\"version\":1}", &["restore"]),
        ("{\"restore\":1.5,\"version\":\"x\"}", &["restore", "version"]),
        ("{\"restore\":2,\"version\":1}", &["restore"]),
        ("{\"restore\":1,\"version\":1,\"note\":\"x\"}", &["note"]),
        ("{\"restore\":{\"$gt\":0},\"version\":null}", &["restore", "version"]),
    ] {
        refused(&client, &path, body.to_owned(), 400, fields).await;
    }
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn what_is_said_about_a_change() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let path = format!("/api/budgets/{}", budget(&client).await);
    let before = snapshot(&client).await;
    for note in [json!("x".repeat(256)), json!(5), json!(["x"]), json!("a\u{0}b")] {
        let answer = client.put(&path, json!({ "version": 1, "note": note })).await;
        assert!(answer.status == 400 && answer.json()["fields"]["note"].is_string(), "{}", answer.text());
    }
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn moves_and_months() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let before = (snapshot(&client).await, client.get(&format!("/api/budgets/{home}/months/2026-11")).await.data());
    let path = format!("/api/budgets/{home}/move");
    for (body, fields) in [
        ("{}", &["month", "from", "to", "amount"][..]),
        ("{\"month\":\"2026-13\",\"from\":\"fun\",\"to\":5,\"amount\":0}", &["month", "from", "to", "amount"]),
        ("{\"month\":\"2026-11\",\"from\":\"food\",\"to\":\"food\",\"amount\":1}", &["to"]),
        ("{\"month\":\"2026-11\",\"from\":\"food\",\"to\":\"housing\",\"amount\":-1}", &["amount"]),
        ("{\"month\":\"2026-11\",\"from\":\"food\",\"to\":\"housing\",\"amount\":1.001}", &["amount"]),
        ("{\"month\":\"2026-11\",\"from\":\"food\",\"to\":\"housing\",\"amount\":450.01}", &["amount"]),
        ("{\"month\":\"2026-11\",\"from\":\"food\",\"to\":\"housing\",\"amount\":1,\"by\":\"me\"}", &["by"]),
    ] {
        refused(&client, &path, body.to_owned(), 400, fields).await;
    }
    let path = format!("/api/budgets/{home}/months/2026-11");
    for (body, field) in [
        (json!({ "plannedIncome": -1 }), "plannedIncome"),
        (json!({ "receivedIncome": "much" }), "receivedIncome"),
        (json!({ "copyLast": "yes" }), "copyLast"),
        (json!({ "moves": [] }), "moves"),
        (json!({ "version": -1 }), "version"),
    ] {
        let answer = client.put(&path, body).await;
        assert!(answer.status == 400 && answer.json()["fields"][field].is_string(), "{field}: {}", answer.text());
    }
    for month in ["2026-13", "11-2026", "2026-1", "x"] {
        let answer = client.get(&format!("/api/budgets/{home}/months/{month}")).await;
        assert!(answer.status == 400 && answer.json()["fields"]["month"].is_string(), "{month}: {}", answer.text());
    }
    assert_eq!((snapshot(&client).await, client.get(&path).await.data()), before);
}

#[tokio::test]
async fn fields_of_a_rule() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let foreign = app.person("other").await;
    let body = json!({ "name": "Purse", "kind": "cash", "currency": "EUR" });
    let account = id(&foreign.post("/api/accounts", body).await.data()["account"]);
    expense(&client, None).await;
    let before = snapshot(&client).await;
    let foreign = format!("{{\"conditions\":{{\"accountId\":\"{account}\"}},\"actions\":{{\"category\":\"food\"}}}}");
    for path in ["/api/rules", "/api/rules/preview"] {
        for (body, fields) in [
            ("{}", &["conditions", "actions"][..]),
            ("{\"conditions\":{},\"actions\":{}}", &["conditions", "actions"]),
            ("{\"conditions\":[],\"actions\":5}", &["conditions", "actions"]),
            (
                "{\"conditions\":{\"merchantEquals\":\"--\",\"minAmount\":-1,\"maxAmount\":1e400},\"actions\":{\"category\":\"fun\"}}",
                &["conditions.merchantEquals", "conditions.minAmount", "conditions.maxAmount", "actions.category"],
            ),
            (
                "{\"conditions\":{\"merchantContains\":{\"$ne\":1},\"minAmount\":5,\"maxAmount\":4},\"actions\":{\"subcategory\":\"x\"}}",
                &["conditions.merchantContains", "conditions.maxAmount", "actions.subcategory"],
            ),
            (
                "{\"conditions\":{\"currency\":\"eur\",\"direction\":\"up\",\"accountId\":\"x\",\"regex\":\".*\"},\"actions\":{\"tags\":5,\"delete\":true},\"priority\":1001,\"apply\":\"maybe\",\"hits\":9}",
                &[
                    "conditions.currency",
                    "conditions.direction",
                    "conditions.accountId",
                    "conditions.regex",
                    "actions.tags",
                    "actions.delete",
                    "priority",
                    "apply",
                    "hits",
                ],
            ),
            (
                "{\"conditions\":{\"merchantEquals\":\"a\"},\"actions\":{\"category\":\"food\"},\"learnedFrom\":\"00010203040506070809abff\"}",
                &["learnedFrom"],
            ),
            (foreign.as_str(), &["conditions.accountId"]),
        ] {
            refused(&client, path, body.to_owned(), 400, fields).await;
        }
    }
    for (body, fields) in [
        ("{}", &["merchant", "category"][..]),
        ("{\"merchant\":\"a\",\"description\":\"b\",\"category\":\"food\"}", &["description"]),
        ("{\"description\":\"b\",\"category\":\"fun\",\"always\":true}", &["category", "always"]),
        ("{\"merchant\":{\"$gt\":0},\"category\":\"food\",\"rows\":1}", &["merchant", "rows"]),
    ] {
        refused(&client, "/api/expenses/review", body.to_owned(), 400, fields).await;
    }
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn operators_instead_of_texts() {
    let app = TestApp::start().await;
    app.person("anna").await;
    let client = app.stranger();
    for body in [
        "{\"email\":{\"$ne\":null},\"password\":{\"$ne\":null}}",
        "{\"email\":[\"anna@example.org\"],\"password\":true}",
    ] {
        refused(&client, "/api/auth/login", body.to_owned(), 400, &["email", "password"]).await;
    }
}

#[tokio::test]
async fn files_that_are_no_bank_files() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let before = snapshot(&client).await;
    let ofx = crate::imports::ofx(&[("20261103", "-12.34", "1", "Bakery")]);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec();
    let lie = format!("OFXHEADER:100\r\n{}", "x".repeat(5_000));
    for (name, bytes) in [
        ("empty.ofx", Vec::new()),
        ("picture.ofx", png),
        ("page.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec()),
        ("lie.ofx", lie.into_bytes()),
        ("cut.ofx", ofx.as_bytes()[..ofx.len() / 2].to_vec()),
        ("cut-late.ofx", ofx.as_bytes()[..ofx.len() - 10].to_vec()),
        ("noise.csv", (0..4_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect()),
    ] {
        for path in ["/api/expenses/bulk-import", "/api/expenses/bulk-import?dryRun=true"] {
            let answer = client.upload(path, (name, &bytes), &[]).await;
            assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"), "{name}: {}", answer.text());
            assert!(answer.json()["fields"]["file"].is_string(), "{name}: {}", answer.text());
        }
    }
    let wrong_budget = client
        .upload("/api/expenses/bulk-import", ("a.ofx", ofx.as_bytes()), &[("budgetId", "00010203040506070809abff")])
        .await;
    assert!(wrong_budget.status == 400 && wrong_budget.json()["fields"]["budgetId"].is_string());
    let fields = [("mapping", "{\"delimiter\":"), ("bogus", "1")];
    let wrong_fields = client.upload("/api/expenses/bulk-import", ("a.ofx", ofx.as_bytes()), &fields).await;
    assert_eq!(wrong_fields.status, 400);
    assert!(wrong_fields.json()["fields"]["mapping"].is_string() && wrong_fields.json()["fields"]["bogus"].is_string());
    let no_file = client
        .send(
            Method::POST,
            "/api/expenses/bulk-import",
            &[("content-type", "multipart/form-data; boundary=x")],
            "--x--\r\n",
        )
        .await;
    assert!(no_file.status == 400 && no_file.json()["fields"]["file"].is_string(), "{}", no_file.text());
    let no_parts = client.raw_json(Method::POST, "/api/expenses/bulk-import", "{}").await;
    assert_eq!(no_parts.code(), "UNSUPPORTED_MEDIA_TYPE");
    assert_eq!(snapshot(&client).await, before);
}

#[tokio::test]
async fn a_file_beyond_the_limit() {
    let app = TestApp::start_with(|config| config.max_import_size = 64 << 10).await;
    let client = app.person("anna").await;
    let answer = client.upload("/api/expenses/bulk-import", ("big.csv", &vec![b'x'; (64 << 10) + 1]), &[]).await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "TOO_LARGE"));
    let answer = client.upload("/api/expenses/bulk-import", ("huge.csv", &vec![b'x'; 4 << 20]), &[]).await;
    assert_eq!(answer.status, 413);
    assert_eq!(client.get("/api/imports").await.data(), json!([]));
}
