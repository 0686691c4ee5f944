//! Real bank files: each OFX and QFX file of `../shared/statements` gives the expected count, sum and dates through the
//! API. Without that folder this says so and passes.
use crate::helpers::{TestApp, Value};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/statements")
}

#[tokio::test]
async fn ofx_files_of_real_banks() {
    let Ok(expected) = std::fs::read_to_string(folder().join("expected.json")) else {
        println!("skipped: ../shared/statements is not there");
        return;
    };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let (mut done, mut wrong) = (0, Vec::new());
    for (name, file) in expected["files"].as_object().unwrap() {
        if file["format"] != "ofx" {
            continue;
        }
        let bytes = std::fs::read(folder().join(name)).unwrap();
        let answer = client.upload("/api/expenses/bulk-import?dryRun=true", (name, &bytes), &[]).await;
        done += 1;
        if file["expect"].as_str().is_some_and(|expect| expect.starts_with("error message")) {
            if answer.status != 400 || !answer.json()["fields"]["file"].is_string() {
                wrong.push(format!("{name}: {} {}, expected the bank's own words", answer.status, answer.text()));
            }
            continue;
        }
        if answer.status != 201 {
            wrong.push(format!("{name}: {} {}", answer.status, answer.text()));
            continue;
        }
        let draft = answer.data();
        let all = draft["rows"].as_i64().unwrap_or(-1);
        if Some(all) != file["transactions"].as_i64() {
            wrong.push(format!("{name}: {all} rows, expected {}", file["transactions"]));
        }
        let bad = file["bad_transactions"].as_array().map_or(0, Vec::len);
        if draft["rejectedCount"] != bad {
            wrong.push(format!("{name}: {} rejected, expected {bad}", draft["rejectedCount"]));
        }
        for (ours, theirs) in [("firstDate", "first_date"), ("lastDate", "last_date")] {
            if draft[ours] != file[theirs] {
                wrong.push(format!("{name}: {ours} {}, expected {}", draft[ours], file[theirs]));
            }
        }
        let sum = |text: &str| text.trim_matches('"').parse::<f64>().unwrap_or(f64::NAN);
        if (sum(&draft["sum"].to_string()) - sum(&file["sum"].to_string())).abs() > 0.000_1 {
            wrong.push(format!("{name}: sum {}, expected {}", draft["sum"], file["sum"]));
        }
    }
    println!("{done} OFX files");
    assert!(done > 10, "the folder has OFX files");
    assert!(wrong.is_empty(), "{} of {done}:\n{}", wrong.len(), wrong.join("\n"));
}
