//! What a bank file says once it is read: accounts, rows, and what was left out.
use super::{Mapping, Question, RejectReason};
use crate::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Kind, Location, PaymentMethod, Split, Status},
};
use serde::{Deserialize, Serialize};

/// A kind of bank file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// OFX and QFX, 1.x (SGML) and 2.x (XML).
    Ofx,
    /// Text in columns, with any delimiter: of banks and of other finance apps.
    Csv,
    /// Quicken Interchange Format.
    Qif,
    /// ISO 20022 camt.052, .053 and .054.
    Camt,
    /// SWIFT MT940 and MT942.
    Mt940,
    /// A spreadsheet: XLSX, XLS, ODS, the XML of Excel 2003, a web page with a table.
    Sheet,
}

/// A bank file, read. Nothing of it is stored yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// What kind of file it is.
    pub format: Format,
    /// Whose export it is, or which variant of the format, where that can be told.
    pub dialect: Option<String>,
    /// The accounts that the file names, in its order. Empty where it names none.
    pub accounts: Vec<StatementAccount>,
    /// The booked transactions, in the file's order. Rows of 0.00 are among them.
    pub rows: Vec<Row>,
    /// Transactions that could not be read.
    pub rejected: Vec<Rejected>,
    /// Records that are no booked transactions and are therefore not in `rows`.
    pub skipped: Skipped,
    /// What must be answered before the rows may be stored. The rows are read by the best guess meanwhile.
    pub questions: Vec<Question>,
    /// CSV and sheets: how the columns were understood. Can be sent back changed, in [`super::Answers::mapping`].
    pub mapping: Option<Mapping>,
    /// What a careful person would want to know (in English, for the log and the details of an import).
    pub notices: Vec<String>,
}

/// An account as the file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementAccount {
    /// The bank's number (BANKID, BROKERID).
    pub bank_id: Option<String>,
    /// The account's number or name.
    pub number: String,
    /// What kind of account the file says it is.
    pub kind: AccountKindHint,
    /// Its currency, where the file says it.
    pub currency: Option<Currency>,
    /// The balance that the file closes with, in minor units of `currency`.
    pub ledger_balance: Option<i64>,
}

/// What kind of account a file says it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountKindHint {
    /// A current account.
    Checking,
    /// Savings, money market.
    Savings,
    /// A credit card.
    Card,
    /// Notes and coins.
    Cash,
    /// A loan or credit line.
    Loan,
    /// Anything else, or not said.
    Other,
}

/// One booked transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Number of the record in the file, counted from 1 (CSV and sheets: blank lines and the
    /// header count; all others: the n-th transaction).
    pub line: u32,
    /// Index into [`Statement::accounts`].
    pub account: Option<u16>,
    /// The day it was booked, as the bank wrote it.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// Minor units of 10^-`exponent`, signed: money in is positive.
    pub amount: i64,
    /// None where the file does not say.
    pub currency: Option<Currency>,
    /// How many decimals `amount` has.
    pub exponent: u8,
    /// Who was paid or who paid.
    pub payee: Option<String>,
    /// What the bank adds to it.
    pub memo: Option<String>,
    /// The bank's own identification of the transaction (FITID, reference).
    pub external_id: Option<String>,
    /// The category as the file names it.
    pub category: Option<String>,
    /// Number of the cheque.
    pub check_number: Option<String>,
    /// The bank lists it among the booked ones but says that it is not settled yet.
    pub pending: bool,
    /// What only a file of ours says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Box<OwnFields>>,
}

/// What our own exports say of a row besides what banks do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "as in Expense")]
pub struct OwnFields {
    /// None: what the sign of the amount says.
    pub kind: Option<Kind>,
    pub status: Status,
    pub category: Option<Category>,
    pub subcategory: Option<String>,
    pub description: Option<String>,
    pub notes: Option<String>,
    pub payment_method: Option<PaymentMethod>,
    pub tags: Vec<String>,
    pub splits: Vec<Split>,
    /// Of a file of an earlier program: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What both legs of a transfer have in common.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<String>,
}

/// A transaction that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rejected {
    /// Number of the record in the file, counted as in [`Row::line`].
    pub line: u32,
    /// Why.
    pub reason: RejectReason,
    /// The record as it stands in the file, at most 200 characters.
    pub raw: String,
}

/// How many records are no booked transactions, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// Announced but not booked yet.
    pub pending: u32,
    /// Declined, closed, reversed before they were booked.
    pub cancelled: u32,
    /// Balances, turnovers, totals.
    pub balances: u32,
    /// More text for the transaction before (it is added to that one's memo).
    pub continuations: u32,
    /// Letterhead, section titles, legal text. Blank lines are not counted.
    pub other: u32,
}

impl Statement {
    /// A statement of that format with nothing in it yet.
    pub(super) fn empty(format: Format) -> Self {
        Self {
            format,
            dialect: None,
            accounts: Vec::new(),
            rows: Vec::new(),
            rejected: Vec::new(),
            skipped: Skipped::default(),
            questions: Vec::new(),
            mapping: None,
            notices: Vec::new(),
        }
    }

    /// The signed sum over all rows as a decimal, `-345.27`. Over several currencies it is a check sum only.
    pub fn sum_text(&self) -> String {
        let exponent = self.rows.iter().map(|row| row.exponent).max().unwrap_or(0);
        let sum = self.rows.iter().map(|row| i128::from(row.amount) * power_of_ten(exponent - row.exponent)).sum();
        decimal_text(sum, exponent)
    }

    /// The earliest day of a row.
    pub fn first_date(&self) -> Option<Date> {
        self.rows.iter().map(|row| row.date).min()
    }

    /// The latest day of a row.
    pub fn last_date(&self) -> Option<Date> {
        self.rows.iter().map(|row| row.date).max()
    }

    /// The currency of all rows, if all have one and it is the same. A file without rows has that of its accounts.
    pub fn single_currency(&self) -> Option<Currency> {
        let mut all = self.rows.iter().map(|row| row.currency);
        let first = match all.next() {
            Some(first) => first?,
            None => self.accounts.first()?.currency?,
        };
        all.all(|other| other == Some(first)).then_some(first)
    }
}

/// 10^`exponent`; exponents of amounts are small, larger ones are cut at what fits.
fn power_of_ten(exponent: u8) -> i128 {
    10_i128.pow(u32::from(exponent.min(18)))
}

fn decimal_text(value: i128, exponent: u8) -> String {
    let digits = usize::from(exponent);
    let sign = if value < 0 { "-" } else { "" };
    let text = format!("{:0>width$}", value.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(amount: i64, exponent: u8) -> Row {
        Row {
            own: None,
            line: 1,
            account: None,
            date: jiff::civil::date(2026, 11, 22),
            amount,
            currency: None,
            exponent,
            payee: None,
            memo: None,
            external_id: None,
            category: None,
            check_number: None,
            pending: false,
        }
    }

    #[test]
    fn sums_of_several_exponents() {
        let mut statement = Statement::empty(Format::Csv);
        assert_eq!(statement.sum_text(), "0");
        statement.rows = vec![row(-5, 2)];
        assert_eq!(statement.sum_text(), "-0.05");
        statement.rows.extend([row(7, 0), row(1_234, 3)]);
        assert_eq!(statement.sum_text(), "8.184");
        statement.rows = vec![row(-12, 0)];
        assert_eq!(statement.sum_text(), "-12");
    }
}
