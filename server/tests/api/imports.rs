//! `/api/expenses/bulk-import` and `/api/imports`.
use crate::helpers::{TestApp, budget, id, json};
use server::config::BlobPlace;
use std::{fmt::Write as _, path::PathBuf};

/// A small OFX file: day, amount, the bank's id, name.
pub fn ofx(rows: &[(&str, &str, &str, &str)]) -> String {
    let mut transactions = String::new();
    for (day, amount, fitid, name) in rows {
        let kind = if amount.starts_with('-') { "DEBIT" } else { "CREDIT" };
        let _ = write!(
            transactions,
            "<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{fitid}<NAME>{name}</STMTTRN>\r\n"
        );
    }
    format!(
        "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\
         COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1\
         <STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>12345<ACCTID>9876543210\
         <ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261130\r\n{transactions}\
         </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\r\n"
    )
}

const ROWS: [(&str, &str, &str, &str); 4] = [
    ("20261103", "-12.34", "a1", "Bakery"),
    ("20261104", "-100.00", "a2", "Landlord"),
    ("20261105", "2500.00", "a3", "Employer"),
    ("20261105", "0.00", "a4", "Notice"),
];

#[tokio::test]
async fn looked_at_then_booked_then_known() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let file = ofx(&ROWS);
    let preview = client
        .upload("/api/expenses/bulk-import?dryRun=true", ("march.qfx", file.as_bytes()), &[("budgetId", &home)])
        .await;
    assert_eq!(preview.status, 201);
    assert!(preview.text().contains("\"sum\":2387.66"), "{}", preview.text());
    let draft = preview.data();
    for (field, value) in [
        ("format", json!("ofx")),
        ("status", json!("draft")),
        ("rows", json!(4)),
        ("added", json!(3)),
        ("duplicates", json!(0)),
        ("ignored", json!(1)),
        ("rejected", json!([])),
        ("firstDate", json!("2026-11-03")),
        ("lastDate", json!("2026-11-05")),
        ("currency", json!("EUR")),
        ("questions", json!([])),
        ("filename", json!("march.qfx")),
    ] {
        assert_eq!(draft[field], value, "{field}");
    }
    assert_eq!(draft["sample"].as_array().map(Vec::len), Some(4));
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 0, "nothing is booked yet");
    let path = format!("/api/imports/{}", draft["importId"].as_str().unwrap());
    let rows = client.get(&format!("{path}/rows?offset=1&limit=2")).await;
    assert_eq!(rows.json()["meta"]["total"], 4);
    assert_eq!(
        rows.data().as_array().unwrap().iter().map(|row| row["payee"].as_str().unwrap()).collect::<Vec<_>>(),
        ["Landlord", "Employer"]
    );
    let committed = client.post(&format!("{path}/commit"), json!({})).await.data()["import"].clone();
    assert_eq!((committed["status"].as_str(), committed["added"].as_i64()), (Some("committed"), Some(3)));
    let analysis = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await.data()["analysis"].clone();
    assert_eq!(
        (analysis["total"]["spent"].as_f64(), analysis["receivedIncome"].as_f64()),
        (Some(112.34), Some(2500.0))
    );
    let twice = client.post(&format!("{path}/commit"), json!({})).await;
    assert_eq!((twice.status, twice.code().as_str()), (409, "CONFLICT"));
    let again =
        client.upload("/api/expenses/bulk-import", ("again.ofx", file.as_bytes()), &[("budgetId", &home)]).await.data();
    assert_eq!((again["added"].as_i64(), again["duplicates"].as_i64()), (Some(0), Some(3)));
    let reverted = client.post(&format!("{path}/revert"), json!({})).await.data()["import"].clone();
    assert_eq!(reverted["status"], "reverted");
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 0);
    let analysis = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await.data()["analysis"].clone();
    assert_eq!(analysis["total"]["spent"].as_f64(), Some(0.0));
    assert_eq!(client.post(&format!("{path}/revert"), json!({})).await.status, 409);
}

#[tokio::test]
async fn what_was_mended_by_hand_stays_known() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let without_ids =
        "Date,Description,Amount\n2026-11-03,Bakery,-12.34\n2026-11-04,Landlord,-100.00\n2026-11-05,Employer,2500.00\n";
    for (name, file) in [("a.ofx", ofx(&ROWS)), ("a.csv", without_ids.to_owned())] {
        let first = client.upload("/api/expenses/bulk-import", (name, file.as_bytes()), &[]).await.data();
        assert_eq!((first["status"].as_str(), first["added"].as_i64()), (Some("committed"), Some(3)), "{first}");
        let rows = format!("/api/expenses?importId={}", first["importId"].as_str().unwrap());
        for row in client.get(&rows).await.data().as_array().unwrap() {
            let mut change = match row["merchant"].as_str() {
                Some("Bakery") => json!({ "merchant": "The bakery", "amount": 12.35 }),
                Some("Landlord") => json!({ "date": "2026-10-30" }),
                _ => continue,
            };
            change["version"] = row["version"].clone();
            let changed = client.put(&format!("/api/expenses/{}", row["id"].as_str().unwrap()), change).await;
            assert_eq!(changed.status, 200, "{}", changed.text());
        }
        let again = client.upload("/api/expenses/bulk-import", (name, file.as_bytes()), &[]).await.data();
        assert_eq!((again["added"].as_i64(), again["duplicates"].as_i64()), (Some(0), Some(3)), "{name}: {again}");
        let reverted =
            client.post(&format!("/api/imports/{}/revert", first["importId"].as_str().unwrap()), json!({})).await;
        assert_eq!(reverted.status, 200);
    }
}

#[tokio::test]
async fn booked_at_once_when_nothing_is_open() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let answer = client.upload("/api/expenses/bulk-import", ("a.ofx", ofx(&ROWS).as_bytes()), &[]).await.data();
    assert_eq!((answer["status"].as_str(), answer["added"].as_i64()), (Some("committed"), Some(3)));
    let listed = client.get(&format!("/api/expenses?importId={}", answer["importId"].as_str().unwrap())).await;
    assert_eq!(listed.json()["meta"]["total"], 3);
    assert_eq!(client.get("/api/imports").await.data()[0]["id"], answer["importId"]);
}

#[tokio::test]
async fn rows_of_others_are_no_duplicates() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.person("anna").await, app.person("ben").await);
    let file = ofx(&ROWS);
    for client in [anna, ben] {
        let answer = client.upload("/api/expenses/bulk-import", ("a.ofx", file.as_bytes()), &[]).await.data();
        assert_eq!((answer["added"].as_i64(), answer["duplicates"].as_i64()), (Some(3), Some(0)));
    }
}

#[tokio::test]
async fn a_row_entered_by_hand_is_recognised() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let by_hand =
        json!({ "amount": 12.34, "currency": "EUR", "date": "2026-11-03", "merchant": "Bakery", "category": "food" });
    let by_hand = id(&client.post("/api/expenses", by_hand).await.data()["expense"]);
    let answer = client.upload("/api/expenses/bulk-import", ("a.ofx", ofx(&ROWS).as_bytes()), &[]).await.data();
    assert_eq!((answer["added"].as_i64(), answer["duplicates"].as_i64()), (Some(2), Some(1)));
    assert_eq!(client.get("/api/expenses").await.json()["meta"]["total"], 3);
    assert_eq!(client.get(&format!("/api/expenses/{by_hand}")).await.data()["expense"]["importId"], json!(null));
}

#[tokio::test]
async fn a_csv_with_bad_rows_says_which() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let file = "Date,Description,Amount\n2026-11-20,Bakery,-3.50\n2026-11-31,Cinema,-12.00\n2026-11-21,Shop,lots\n2026-11-22,Bank,-1.00\n";
    let answer = client.upload("/api/expenses/bulk-import?dryRun=true", ("a.csv", file.as_bytes()), &[]).await;
    let draft = answer.data();
    assert_eq!(
        (draft["format"].as_str(), draft["added"].as_i64(), draft["rejectedCount"].as_i64()),
        (Some("csv"), Some(2), Some(2))
    );
    let rejected = draft["rejected"].as_array().unwrap();
    assert_eq!(rejected.iter().map(|row| row["row"].as_i64().unwrap()).collect::<Vec<_>>(), [3, 4]);
    for row in rejected {
        assert!(row["reason"].as_str().is_some_and(|reason| reason.len() > 5) && row["raw"].is_string(), "{row}");
    }
    assert!(draft["mapping"].is_object());
    let mapping = draft["mapping"].to_string();
    let again = client
        .upload("/api/expenses/bulk-import?dryRun=true", ("a.csv", file.as_bytes()), &[("mapping", &mapping)])
        .await;
    assert_eq!(again.data()["added"], 2, "the mapping can be sent back");
}

#[tokio::test]
async fn what_is_open_must_be_answered_first() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let file = "Date,Description,Amount\n01/02/2026,Bakery,-3.50\n03/04/2026,Cinema,-12.00\n";
    let answer = client.upload("/api/expenses/bulk-import", ("a.csv", file.as_bytes()), &[]).await.data();
    assert_eq!(
        (answer["status"].as_str(), answer["questions"][0]["kind"].as_str()),
        (Some("draft"), Some("dateOrder")),
        "{answer}"
    );
    let path = format!("/api/imports/{}", answer["importId"].as_str().unwrap());
    let early = client.post(&format!("{path}/commit"), json!({})).await;
    assert_eq!((early.status, early.code().as_str()), (409, "CONFLICT"));
    assert_eq!(client.put(&path, json!({ "dateOrder": "sideways" })).await.status, 400);
    let answered = client.put(&path, json!({ "dateOrder": "dmy" })).await.data()["import"].clone();
    assert_eq!((answered["questions"].clone(), answered["firstDate"].as_str()), (json!([]), Some("2026-02-01")));
    assert_eq!(client.post(&format!("{path}/commit"), json!({})).await.status, 200);
}

/// Its file is a blob of its own, in the place that is configured.
#[tokio::test]
async fn a_draft_whose_file_is_gone_is_not_open_any_more() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("blobs-{}", std::process::id()));
    let place = folder.clone();
    let app = TestApp::start_with(move |config| config.blobs = Some(BlobPlace::Folder(place))).await;
    let client = app.person("anna").await;
    let file = "Date,Description,Amount\n01/02/2026,Bakery,-3.50\n03/04/2026,Cinema,-12.00\n";
    let answer = client.upload("/api/expenses/bulk-import", ("a.csv", file.as_bytes()), &[]).await.data();
    let path = format!("/api/imports/{}", answer["importId"].as_str().unwrap());
    let answered = client.put(&path, json!({ "dateOrder": "dmy" })).await.data()["import"].clone();
    assert_eq!(answered["firstDate"].as_str(), Some("2026-02-01"));
    std::fs::remove_dir_all(&folder).unwrap();
    let refused = client.put(&path, json!({ "dateOrder": "mdy" })).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "CONFLICT"), "{}", refused.text());
}
