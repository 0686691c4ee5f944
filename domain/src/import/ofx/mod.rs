//! OFX and QFX: 1.x, which is SGML with most closing tags left out, and 2.x, which is XML. One reader for both, since
//! banks mix them. Formats: OFX 1.6 and 2.3 of the Financial Data Exchange.
use super::{Answers, FileError, Format, Statement, decode};

mod amounts;
mod book;
mod rows;
mod scan;
mod transaction;

/// Whether the first bytes, in capitals, are those of an OFX file.
pub(super) fn recognise(upper: &str) -> bool {
    let start = upper.trim_start();
    start.starts_with("OFXHEADER")
        || start.contains("<OFX>")
        || start.contains("<?OFX")
        || start.contains(":OFX ")
        || start.contains("<OFX ")
}

/// Reads the file. Errors: what the bank says instead of a statement, and a file that is cut short.
pub(super) fn parse(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let decoded = decode::declared(bytes)?;
    let mut book = book::Book::default();
    let complete = scan::each(&decoded.text, |event| book.take(event));
    if !complete {
        return Err(FileError::Truncated { missing: "</OFX>".to_owned() });
    }
    let mut statement = Statement::empty(Format::Ofx);
    statement.dialect = dialect(&decoded.text);
    rows::fill(&mut statement, &book, answers)?;
    Ok(statement)
}

/// The version that the header names.
fn dialect(text: &str) -> Option<String> {
    let head = &text[..text.find("<OFX").unwrap_or(0)];
    let after = |mark: &str| head.find(mark).map(|at| head[at + mark.len()..].trim_start_matches(['"', ' ']));
    // The XML declaration has a version of its own before that of OFX.
    let named = match head.find("<?OFX") {
        Some(at) => head[at..].find("VERSION=").map(|from| head[at + from + 8..].trim_start_matches(['"', '\''])),
        None => after("VERSION:"),
    }?;
    let digits: String = named.chars().take_while(char::is_ascii_digit).take(4).collect();
    (digits.len() == 3).then(|| format!("OFX {}.{}", &digits[..1], &digits[1..]))
}

#[cfg(test)]
mod tests;
