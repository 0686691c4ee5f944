//! Why a whole file, or one record of it, could not be read.
use crate::money::AmountError;
use serde::{Deserialize, Serialize};

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", content = "detail", rename_all = "camelCase")]
pub enum FileError {
    /// No bytes, or only blanks.
    #[error("the file is empty")]
    Empty,
    /// A picture, a program, a web page, a text without columns.
    #[error("this is not a bank file that is known here")]
    NotABankFile,
    /// The file ends in the middle.
    #[error("the file is cut short: {missing} is missing")]
    Truncated {
        /// What should have come, such as `</OFX>`.
        missing: String,
    },
    /// The bytes are no text in the charset that the file begins with.
    #[error("the file's text can't be decoded")]
    Undecodable,
    /// The bank answered with an error instead of a statement (OFX).
    #[error("the bank answered: {message} ({code})")]
    BankSaid {
        /// The status code, `15500`.
        code: String,
        /// The bank's words; may be empty.
        message: String,
    },
    /// More rows than one file may have.
    #[error("more than {max} rows; please split the file")]
    TooManyRows {
        /// The most that are allowed.
        max: usize,
    },
}

/// Why one record is refused. `text` is what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "camelCase")]
#[allow(missing_docs, reason = "the messages say it, and `text` is what the file has")]
pub enum RejectReason {
    #[error("\"{text}\" is not a date")]
    BadDate { text: String },
    #[error("the date is missing")]
    MissingDate,
    #[error("\"{text}\" is not an amount")]
    BadAmount { text: String },
    #[error("the amount is missing")]
    MissingAmount,
    #[error("\"{text}\" can be read in two ways")]
    AmbiguousAmount { text: String },
    #[error("\"{text}\" has more than {max} decimals")]
    TooManyDecimals { text: String, max: u8 },
    #[error("\"{text}\" is too large")]
    AmountOutOfRange { text: String },
    #[error("\"{text}\" is no known currency")]
    UnknownCurrency { text: String },
    #[error("\"{text}\" says neither in nor out")]
    UnknownDirection { text: String },
    #[error("{found} columns instead of {expected}")]
    WrongColumnCount { found: u32, expected: u32 },
}

impl RejectReason {
    /// Why digits are no amount in a currency of that many decimals.
    pub(super) fn of_amount(error: AmountError, text: &str, max: u8) -> Self {
        let text = text.to_owned();
        match error {
            AmountError::NotANumber => Self::BadAmount { text },
            AmountError::TooManyDecimals => Self::TooManyDecimals { text, max },
            AmountError::OutOfRange => Self::AmountOutOfRange { text },
        }
    }

    /// A stable name for the catalogue of messages and the API.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadDate { .. } => "badDate",
            Self::MissingDate => "missingDate",
            Self::BadAmount { .. } => "badAmount",
            Self::MissingAmount => "missingAmount",
            Self::AmbiguousAmount { .. } => "ambiguousAmount",
            Self::TooManyDecimals { .. } => "tooManyDecimals",
            Self::AmountOutOfRange { .. } => "amountOutOfRange",
            Self::UnknownCurrency { .. } => "unknownCurrency",
            Self::UnknownDirection { .. } => "unknownDirection",
            Self::WrongColumnCount { .. } => "wrongColumnCount",
        }
    }

    /// What stands in the file at that place; empty where nothing does.
    pub fn text(&self) -> &str {
        match self {
            Self::BadDate { text }
            | Self::BadAmount { text }
            | Self::AmbiguousAmount { text }
            | Self::TooManyDecimals { text, .. }
            | Self::AmountOutOfRange { text }
            | Self::UnknownCurrency { text }
            | Self::UnknownDirection { text } => text,
            Self::MissingDate | Self::MissingAmount | Self::WrongColumnCount { .. } => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_in_json_is_the_code() {
        let reason = RejectReason::TooManyDecimals { text: "1.234".to_owned(), max: 2 };
        let json = serde_json::to_value(&reason).unwrap();
        assert_eq!(json["code"], reason.code());
        assert_eq!(json["text"], reason.text());
        assert_eq!(serde_json::to_value(RejectReason::MissingDate).unwrap()["code"], "missingDate");
    }
}
