//! QIF, the Quicken Interchange Format: records of lines whose first letter says what they are. It names no currency,
//! no charset and no order of dates; programs of thirty years write it. After Intuit's description of the format of
//! 1997, and what other programs made of it.
use super::{Answers, FileError, Format, Statement, decode};

mod records;
mod rows;

/// Whether the first lines, in capitals, are those of a QIF file: `!Type:Bank` and its like, or records of lines that
/// begin with a letter and end with `^`.
pub(super) fn recognise(upper: &str) -> bool {
    let mut lines = upper.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let is_header =
        |line: &str| ["!TYPE:", "!ACCOUNT", "!OPTION:", "!CLEAR:"].iter().any(|mark| line.starts_with(mark));
    let first = lines.clone().next().unwrap_or_default();
    if is_header(first) {
        return true;
    }
    let ends = lines.clone().any(|line| line.starts_with('^') && line.trim_matches('^').is_empty());
    let is_field =
        |line: &str| line.starts_with(['D', 'T', 'U', 'P', 'M', 'N', 'C', 'L']) && !line.contains([';', '\t']);
    ends && (lines.any(is_header) || is_field(first) && lines.take(3).all(is_field))
}

/// Reads the file.
pub(super) fn parse(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let decoded = decode::guessed(bytes)?;
    let book = records::Book::read(&decoded.text);
    let mut statement = Statement::empty(Format::Qif);
    rows::fill(&mut statement, &book, answers)?;
    Ok(statement)
}

#[cfg(test)]
mod tests;
