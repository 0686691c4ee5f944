//! CAMT: the cash management messages of ISO 20022, camt.052 (report), .053 (statement) and .054 (notification), in all
//! versions. After the Message Definition Reports of Bank-to-Customer Cash Management; one row is one entry (`Ntry`).
use super::{Answers, FileError, Format, Statement, decode, xml};

mod book;
mod rows;

/// Whether the first lines, in capitals, are those of such a message.
pub(super) fn recognise(upper: &str) -> bool {
    upper.contains("BKTOCSTMR") || upper.contains(":CAMT.05")
}

/// Reads the file. An error if it is cut short.
pub(super) fn parse(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let decoded = decode::declared(bytes)?;
    let mut book = book::Book::default();
    xml::walk(&decoded.text, &mut book)
        .map_err(|xml::Broken| FileError::Truncated { missing: "</Document>".to_owned() })?;
    let mut statement = Statement::empty(Format::Camt);
    statement.dialect = version(&decoded.text);
    rows::fill(&mut statement, &book, answers)?;
    Ok(statement)
}

/// The message and version that the namespace names: `camt.053.001.08`.
fn version(text: &str) -> Option<String> {
    let at = text.find(":camt.05")? + 1;
    let name = text.get(at..at + 15)?;
    name[5..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| name.to_owned())
}

#[cfg(test)]
mod tests;
