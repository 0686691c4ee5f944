//! Reads the statement files that banks and other finance apps made, where they are beside this repository, and
//! compares with what is expected of them. A suite of its own: without the folder it says so and passes.
#![cfg(feature = "import")]

use domain::import::{Answers, FileError, Statement, read};
use serde_json::Value;
use std::{fmt::Write as _, path::PathBuf};

/// The folder of files, if it is there.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/statements");
    folder.is_dir().then_some(folder)
}

/// What came of one file.
enum Outcome {
    /// As expected, and nothing is asked.
    Right,
    /// As expected by the best guess; something is asked.
    RightButAsks,
    /// Not as expected; something is asked or the file is refused.
    WrongButSaid(String),
    /// Not as expected, and nothing says so.
    SilentlyWrong(String),
}

/// Reads all files of a kind (`ofx/`, `csv/`) and says what came of each.
fn outcomes(kind: &str) -> Option<Vec<(String, Outcome)>> {
    let folder = folder()?;
    let expected = std::fs::read_to_string(folder.join("expected.json")).expect("expected.json is there");
    let expected: Value = serde_json::from_str(&expected).expect("expected.json is JSON");
    let files = expected["files"].as_object().expect("files");
    let mut all = Vec::new();
    for (name, wanted) in files.iter().filter(|(name, _)| name.starts_with(kind)) {
        let bytes = std::fs::read(folder.join(name)).expect("the file is there");
        all.push((name.clone(), outcome(&read(&bytes, &Answers::default()), wanted)));
    }
    Some(all)
}

fn outcome(result: &Result<Statement, FileError>, wanted: &Value) -> Outcome {
    let statement = match result {
        Ok(statement) => statement,
        Err(FileError::BankSaid { .. }) if wanted["expect"].as_str().is_some_and(|text| text.starts_with("error")) => {
            return Outcome::Right;
        }
        Err(error) => return Outcome::WrongButSaid(format!("{error:?}")),
    };
    let differences = differences(statement, wanted);
    match (differences.is_empty(), statement.questions.is_empty()) {
        (true, true) => Outcome::Right,
        (true, false) => Outcome::RightButAsks,
        (false, false) => Outcome::WrongButSaid(format!("{differences} {:?}", statement.questions)),
        (false, true) => Outcome::SilentlyWrong(differences),
    }
}

fn differences(statement: &Statement, wanted: &Value) -> String {
    let mut out = String::new();
    let mut compare = |what: &str, got: String, wanted: String| {
        if got != wanted {
            let _ = write!(out, "{what} {got} instead of {wanted}; ");
        }
    };
    let date = |key: &str| wanted[key].as_str().unwrap_or("none").to_owned();
    let text = |date: Option<domain::Date>| date.map_or_else(|| "none".to_owned(), |date| date.to_string());
    compare("rows", statement.rows.len().to_string(), wanted["transactions"].to_string());
    compare("sum", plain(&statement.sum_text()), plain(wanted["sum"].as_str().unwrap_or_default()));
    compare("first date", text(statement.first_date()), date("first_date"));
    compare("last date", text(statement.last_date()), date("last_date"));
    let count = |key: &str| wanted[key].as_array().map_or(0, Vec::len);
    let bad = count("bad_rows") + count("bad_transactions") + count("bad_amounts");
    compare("rejected", statement.rejected.len().to_string(), bad.to_string());
    if let Some(rows) = wanted["rows"].as_array() {
        for (got, wanted) in statement.rows.iter().zip(rows) {
            compare("date", got.date.to_string(), wanted[0].as_str().unwrap_or_default().to_owned());
            let got = domain::money::format_minor(got.amount, got.exponent);
            compare("amount", plain(&got), plain(wanted[1].as_str().unwrap_or_default()));
        }
    }
    out
}

/// Compared as numbers: without zeros at the end.
fn plain(decimal: &str) -> String {
    let trimmed = if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal };
    if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
}

/// How many are right without a question, right with one, wrong with one, silently wrong.
fn report(kind: &str) -> Option<[usize; 4]> {
    let Some(all) = outcomes(kind) else {
        println!("no folder of statements beside the repository: nothing to compare for {kind}");
        return None;
    };
    let mut counts = [0; 4];
    for (name, outcome) in &all {
        let (index, word, detail) = match outcome {
            Outcome::Right => (0, "right", ""),
            Outcome::RightButAsks => (1, "right, asks", ""),
            Outcome::WrongButSaid(detail) => (2, "WRONG, said", detail.as_str()),
            Outcome::SilentlyWrong(detail) => (3, "WRONG, SILENT", detail.as_str()),
        };
        counts[index] += 1;
        println!("{word:14} {name} {}", detail.chars().take(400).collect::<String>());
    }
    println!(
        "{kind} {} files: {} right, {} right but asked, {} wrong but said, {} silently wrong",
        all.len(),
        counts[0],
        counts[1],
        counts[2],
        counts[3]
    );
    Some(counts)
}

#[test]
fn every_ofx_file() {
    if let Some([right, asks, said, silent]) = report("ofx/") {
        assert_eq!((asks, said, silent), (0, 0, 0), "{right} right");
    }
}

#[test]
fn every_qif_mt940_camt_file_and_spreadsheet() {
    for kind in ["qif/", "mt940/", "camt/", "sheets/"] {
        if let Some([right, asks, said, silent]) = report(kind) {
            // Some name a currency that has gone.
            assert_eq!((said, silent), (0, 0), "{kind} {right} right");
            assert!(asks <= 1, "{kind} {right} right");
        }
    }
}

#[test]
fn csv_of_banks_and_other_apps() {
    for kind in ["csv/", "peers/"] {
        if let Some([right, asks, said, silent]) = report(kind) {
            assert_eq!((said, silent), (0, 0), "{kind} {right} right");
            assert!(asks <= 1, "{kind} {right} right");
        }
    }
}
