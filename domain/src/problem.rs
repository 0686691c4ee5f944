//! What can be wrong with a field. A problem is data: the message catalogue words it, in each language, once.
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Problem {
    /// Nothing was given, and something must be.
    Required,
    /// The field is not known here (a typing error, or not for the caller to set).
    Unknown,
    /// The same field was given twice.
    Duplicate,
    /// Another JSON type was expected (`expected` is a plain word such as "text").
    WrongType {
        /// text, number, true or false, list, object
        expected: String,
    },
    /// Fewer than `min` characters.
    TooShort {
        /// in characters
        min: usize,
    },
    /// More than `max` characters (or list entries).
    TooLong {
        /// in characters or entries
        max: usize,
    },
    /// Contains control characters.
    ControlCharacters,
    /// Not an e-mail address.
    NotAnEmail,
    /// The password is one of those that are tried first.
    CommonPassword,
    /// Not the password that is theirs now.
    WrongPassword,
    /// A password is asked for, and they have none yet.
    NoPassword,
    /// A code of the second factor is asked for.
    CodeNeeded,
    /// Not a code that counts now.
    WrongCode,
    /// No picture of a kind that can be read, or not a whole one.
    NotAPicture,
    /// A picture of more pixels than are decoded.
    TooManyPixels {
        /// in millions
        max_megapixels: u64,
    },
    /// Not a number.
    NotANumber,
    /// More decimals than the currency (or a percentage) has.
    TooManyDecimals {
        /// the most that are allowed
        max: u8,
        /// the currency's code, or "%"
        unit: String,
    },
    /// Must be more than zero.
    NotPositive,
    /// Must not be negative.
    Negative,
    /// Outside of what can be kept (more than 15 significant digits, a day of 40, a year of 99999).
    OutOfRange {
        /// smallest allowed, as text
        min: String,
        /// largest allowed, as text
        max: String,
    },
    /// Not a calendar date written as `2026-11-22`.
    NotADate,
    /// Not a month written as `2026-11`.
    NotAMonth,
    /// Not 24 hexadecimal digits.
    NotAnId,
    /// No active ISO 4217 code.
    UnknownCurrency,
    /// Not one of the allowed words.
    NotOneOf {
        /// the allowed words
        allowed: Vec<String>,
    },
    /// The allocations' percentages don't sum to 100 (±0.01).
    SumNot100 {
        /// what they sum to, as text
        sum: String,
    },
    /// The splits don't sum to the amount.
    SplitsDontBalance {
        /// amount minus splits, as text
        difference: String,
    },
    /// The parts of something come to more than it has.
    PartsExceed {
        /// what they sum to, as text
        sum: String,
        /// what there is, as text
        whole: String,
    },
    /// There is not so much to give.
    NotEnough {
        /// what there is, as text
        left: String,
    },
    /// From a category to itself.
    SameCategory,
    /// Two rows that can't be one transfer, or an account to itself.
    NoPair,
    /// The start lies after the end.
    StartAfterEnd,
    /// What the id refers to does not exist, or is not yours.
    NotFound,
    /// Somebody has it already.
    Taken,
    /// The terms have to be accepted.
    TermsNotAccepted,
    /// Must be empty for this kind (an income has no category).
    MustBeEmpty,
    /// The cursor of another list, or not a cursor at all.
    BadCursor,
}

/// All that is wrong with an input, by the path of the field (`allocations.food.percentage`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems(pub BTreeMap<String, Problem>);

impl Problems {
    /// One field, one problem.
    pub fn one(field: impl Into<String>, problem: Problem) -> Self {
        let mut problems = Self::default();
        problems.add(field, problem);
        problems
    }

    /// Notes a problem; the first one for a field stands.
    pub fn add(&mut self, field: impl Into<String>, problem: Problem) {
        self.0.entry(field.into()).or_insert(problem);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` if nothing is wrong.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}
