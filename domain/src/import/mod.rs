//! Reading bank files: bytes in; rows, what was refused with its reason, and what has to be asked come out.
//!
//! The format is recognised by content, never by the file's name. A reader never panics, whatever the bytes, and never
//! guesses in silence: what it can't decide it reads by its best guess and asks about in [`Statement::questions`].
//!
//! One module per format, each with `recognise` and `parse`; [`read`] is the only way in.

mod amount;
mod bundle;
mod camt;
mod codes;
mod csv;
mod date;
mod date_words;
mod decode;
mod detect;
mod entities;
mod ids;
mod mapping;
mod marks;
mod model;
mod money_sign;
mod mt940;
mod ofx;
mod order;
mod own;
mod problem;
mod qif;
mod sheets;
mod text;
mod xml;

pub use date::DateOrder;
pub use mapping::{AmountColumns, Answers, ColumnSample, Mapping, Question};
pub use marks::DecimalMark;
pub use model::{AccountKindHint, Format, OwnFields, Rejected, Row, Skipped, Statement, StatementAccount};
pub use problem::{FileError, RejectReason};

/// The most rows one file may have; a longer one has to be split.
pub const MAX_ROWS: usize = 200_000;

/// Reads a bank file of any format that is known here, or a ZIP archive of such files.
pub fn read(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    match detect::format(bytes) {
        Err(FileError::NotABankFile) if bytes.starts_with(b"PK") => bundle::read(bytes, answers),
        format => parse(format?, bytes, answers),
    }
}

fn parse(format: Format, bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    match format {
        Format::Ofx => ofx::parse(bytes, answers),
        Format::Csv => csv::parse(bytes, answers),
        Format::Qif => qif::parse(bytes, answers),
        Format::Camt => camt::parse(bytes, answers),
        Format::Mt940 => mt940::parse(bytes, answers),
        Format::Sheet => sheets::parse(bytes, answers),
    }
}
