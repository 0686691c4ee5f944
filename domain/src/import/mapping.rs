//! How the columns of a CSV file are understood, what has to be asked, and what was answered.
use super::{DateOrder, DecimalMark};
use crate::currency::Currency;
use serde::{Deserialize, Serialize};

/// How a CSV file or a sheet is read. Columns are counted from 0. What was recognised; can be sent back changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// Between two fields: `,` `;` `|` or a tab.
    pub delimiter: char,
    /// Label of the charset, such as `utf-8`, `windows-1250`, `gb18030`.
    pub encoding: String,
    /// Record that holds the columns' names, counted from 1; everything above is ignored. None: there is no header.
    pub header_row: Option<u32>,
    /// Where the date is.
    pub date_column: Option<u16>,
    /// In which order day, month and year stand.
    pub date_order: DateOrder,
    /// Where the amount is.
    pub amount: Option<AmountColumns>,
    /// What stands before the decimals.
    pub decimal_mark: DecimalMark,
    /// The file counts spending as positive (credit cards): every sign is turned.
    #[serde(default)]
    pub flip_sign: bool,
    /// Charged on top of the amount, in a column of its own that is taken away from it.
    #[serde(default)]
    pub fee_column: Option<u16>,
    /// Where the currency of each row is.
    #[serde(default)]
    pub currency_column: Option<u16>,
    /// The currency of all rows that don't say one.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// The other party.
    #[serde(default)]
    pub payee_column: Option<u16>,
    /// Texts, in the order in which they are joined.
    #[serde(default)]
    pub memo_columns: Vec<u16>,
    /// The category as the file names it.
    #[serde(default)]
    pub category_column: Option<u16>,
    /// The bank's own identification of the transaction.
    #[serde(default)]
    pub id_column: Option<u16>,
    /// The account that the row belongs to.
    #[serde(default)]
    pub account_column: Option<u16>,
    /// Number of the cheque.
    #[serde(default)]
    pub check_number_column: Option<u16>,
    /// Booked, pending, declined.
    #[serde(default)]
    pub state_column: Option<u16>,
}

/// Where the amount is, and what tells money in from money out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum AmountColumns {
    /// One column with a sign.
    Signed {
        /// the amount
        column: u16,
    },
    /// One column for money out, one for money in.
    #[serde(rename_all = "camelCase")]
    DebitCredit {
        /// money out
        debit: u16,
        /// money in
        credit: u16,
        /// money out is written with a minus already
        #[serde(default)]
        debit_is_negative: bool,
        /// money in is written with a minus (some cards)
        #[serde(default)]
        credit_is_negative: bool,
    },
    /// One column without a sign, and a word for the direction beside it.
    Directed {
        /// the amount
        column: u16,
        /// `C`/`D`, `Credit`/`Debit`, `Af`/`Bij` …
        direction: u16,
    },
}

/// What has to be answered before the rows of a file may be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Question {
    /// Every date of the file can be read in more than one way. Answered by [`Answers::date_order`].
    DateOrder {
        /// some of them, as written
        samples: Vec<String>,
        /// by which the rows are read meanwhile
        guess: DateOrder,
    },
    /// No amount of the file tells which of its marks is the decimal one. Answered by [`Answers::decimal_mark`].
    DecimalMark {
        /// some of them, as written
        samples: Vec<String>,
        /// by which the rows are read meanwhile
        guess: DecimalMark,
    },
    /// The file has a sign or code that is no currency known here. Answered by [`Answers::currency`].
    Currency {
        /// the sign or code, as written
        found: String,
        /// what it may stand for; empty: anything
        candidates: Vec<Currency>,
    },
    /// Nothing tells money in from money out. Answered by [`Answers::flip_sign`].
    #[serde(rename_all = "camelCase")]
    Sign {
        /// some amounts, as written
        samples: Vec<String>,
        /// the rows are read with every sign turned meanwhile
        guess_flip: bool,
    },
    /// It is not clear which column is the date or the amount. Answered by [`Answers::mapping`].
    Mapping {
        /// what there is to choose from
        columns: Vec<ColumnSample>,
    },
}

/// A column, for a person to say what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColumnSample {
    /// Counted from 0, as in [`Mapping`].
    pub column: u16,
    /// As the header names it; empty without a header.
    pub name: String,
    /// The first few values that are not blank.
    pub samples: Vec<String>,
}

/// Answers to the questions of an earlier reading, and what is known beforehand. All may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Answers {
    /// How to read the columns: taken as it is, instead of what would be recognised.
    pub mapping: Option<Mapping>,
    /// The order of day, month and year.
    pub date_order: Option<DateOrder>,
    /// What stands before the decimals.
    pub decimal_mark: Option<DecimalMark>,
    /// The currency of all rows that don't name one that is known here.
    pub currency: Option<Currency>,
    /// Whether the file counts spending as positive.
    pub flip_sign: Option<bool>,
    /// What the user counts in: decides what a sign that several countries share (`$`, `kr`, `¥`) stands for, and is a
    /// hint at the order of dates. It is never taken for the currency of a file that names none.
    pub home_currency: Option<Currency>,
}
