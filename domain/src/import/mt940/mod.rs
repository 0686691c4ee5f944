//! MT940 (end of day) and MT942 (during the day): messages of SWIFT as banks hand them out, with and without their
//! envelope. Fields after SWIFT's Standards MT, category 9; what stands in `:86:` is each country's own.
use super::{Answers, FileError, Format, Statement, decode};

mod book;
mod details;
mod entry;
mod fields;
mod rows;

/// Whether the first lines are those of a message: a reference, and a balance or an entry.
pub(super) fn recognise(head: &str) -> bool {
    let head = fields::lines_of(head);
    let has = |tags: &[&str]| head.lines().any(|line| tags.iter().any(|tag| line.trim_start().starts_with(tag)));
    has(&[":20:", "{1:", ":25:", ":25P:", "{4::20:"])
        && has(&[":60F:", ":60M:", ":61:", ":62F:", ":62M:", ":34F:", ":90D:", ":90C:"])
}

/// Reads the file.
pub(super) fn parse(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let decoded = decode::guessed(bytes)?;
    let text = fields::lines_of(&decoded.text);
    let mut book = book::Book::default();
    fields::each(&text, |piece| book.take(piece));
    let mut statement = Statement::empty(Format::Mt940);
    rows::fill(&mut statement, &book, answers)?;
    Ok(statement)
}

#[cfg(test)]
mod tests;
