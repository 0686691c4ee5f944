//! The traits of CSV files, each in a file as small as can be.
use super::*;
use crate::money::format_minor;

mod banks;

/// Each row as `date amount`; what went wrong instead, if anything did.
fn rows_without_questions(text: &str) -> Vec<String> {
    match parse(text.as_bytes(), &Answers::default()) {
        Err(error) => vec![format!("{error:?}")],
        Ok(statement) => {
            let row = |row: &crate::import::Row| format!("{} {}", row.date, format_minor(row.amount, row.exponent));
            let mut all: Vec<String> = statement.rows.iter().map(row).collect();
            all.extend(statement.rejected.iter().map(|rejected| format!("{}: {}", rejected.line, rejected.reason)));
            all.extend(statement.questions.iter().map(|question| format!("{question:?}")));
            all
        }
    }
}
