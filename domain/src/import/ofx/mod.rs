//! To be written.
use super::{Answers, FileError, Statement};

pub(super) fn parse(_bytes: &[u8], _answers: &Answers) -> Result<Statement, FileError> {
    Err(FileError::NotABankFile)
}
