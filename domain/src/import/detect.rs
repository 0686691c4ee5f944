//! Which format a file is in, by its content.
use super::{FileError, Format};

pub(super) fn format(_bytes: &[u8]) -> Result<Format, FileError> {
    Err(FileError::NotABankFile)
}
