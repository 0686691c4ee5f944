//! What pages get besides the types of `domain`: data made ready to be shown.
use domain::{
    Date,
    account::Account,
    budget::Budget,
    category::Category,
    currency::Currency,
    expense::Expense,
    ids::{AccountId, BudgetId, ImportId},
    user::Preferences,
};
use serde::{Deserialize, Serialize};

/// A page of the expense table, with what its filters and its forms offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpensePage {
    /// The rows of this page.
    pub items: Vec<Expense>,
    /// How many rows fit the filters.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// The budgets that a row can go to.
    pub budgets: Vec<Budget>,
    /// The accounts that a row can come from.
    pub accounts: Vec<Account>,
    /// The budget that a new row goes to if nothing else is said.
    pub default_budget: Option<BudgetId>,
    /// What a new row is in if nothing else is said.
    pub currency: Currency,
    /// The filters as they were understood, to fill the filter form: name and text.
    pub filters: Vec<(String, String)>,
}

/// One expense to be looked at or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpenseDetail {
    /// The row; none for a new one.
    pub expense: Option<Expense>,
    /// The budgets that it can go to.
    pub budgets: Vec<Budget>,
    /// The accounts that it can come from.
    pub accounts: Vec<Account>,
    /// The budget that a new row goes to if nothing else is said.
    pub default_budget: Option<BudgetId>,
    /// What a new row is in if nothing else is said.
    pub currency: Currency,
    /// Merchants of the newest rows, the newest first: what is likely to be typed.
    pub merchants: Vec<String>,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum ImportState {
    Draft,
    Committed,
    Reverted,
    Expired,
}

/// A bank file, for the list of imports and the preview's head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportHead {
    /// Which.
    pub id: ImportId,
    /// As its owner called it.
    pub filename: String,
    /// `OFX`, `CSV` …
    pub format: String,
    /// Where it stands.
    pub state: ImportState,
    /// Transactions read.
    pub rows: u32,
    /// Added (draft: would be).
    pub added: u32,
    /// Known already.
    pub duplicates: u32,
    /// Of 0.00.
    pub ignored: u32,
    /// Can't be read.
    pub rejected: u32,
    /// Signed sum as a decimal, money in positive.
    pub sum: String,
    /// The one currency, if there is one.
    pub currency: Option<Currency>,
    /// Earliest date.
    #[serde(with = "domain::wire::date::optional", default)]
    pub first_date: Option<Date>,
    /// Latest date.
    #[serde(with = "domain::wire::date::optional", default)]
    pub last_date: Option<Date>,
    /// When it was read (civil date where the reader is).
    #[serde(with = "domain::wire::date")]
    pub on: Date,
    /// Where its rows go.
    pub budget_id: Option<BudgetId>,
}

/// The preview of a bank file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportDetail {
    /// The figures.
    pub head: ImportHead,
    /// The accounts that it names: shown name, and ours if there is one.
    pub accounts: Vec<(String, Option<AccountId>)>,
    /// Rows of the page asked for.
    pub items: Vec<ImportRow>,
    /// Which page of rows this is, from 1.
    pub page: u32,
    /// How many pages of rows there are, at least 1.
    pub pages: u32,
    /// Rows that can't be read: line, why (worded), as it stands in the file.
    pub rejected: Vec<(u32, String, String)>,
    /// What must be answered before it can be committed.
    pub questions: Vec<ImportQuestion>,
}

/// A row of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Number in the file.
    pub line: u32,
    /// Posting date.
    #[serde(with = "domain::wire::date")]
    pub date: Date,
    /// Signed minor units, money in positive.
    pub amount: i64,
    /// Of `amount`.
    pub currency: Currency,
    /// Who.
    pub payee: String,
    /// What the bank adds.
    pub memo: String,
    /// What it would be filed under.
    pub category: Option<Category>,
    /// New, or why not.
    pub verdict: RowVerdict,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum RowVerdict {
    New,
    Duplicate,
    Absorbed,
    Zero,
}

/// A question about a file: the field of the answer form, and what can be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportQuestion {
    /// `dateOrder`, `decimalMark`, `currency`, `flipSign`, `dateColumn`, `amountColumn`
    pub field: String,
    /// As written in the file.
    pub samples: Vec<String>,
    /// Value and (for columns and currencies) shown text of each choice.
    pub choices: Vec<(String, String)>,
    /// The value it is read by meanwhile.
    pub guess: Option<String>,
}

/// The settings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// What others and greetings call the person.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they have chosen.
    pub preferences: Preferences,
    /// To choose the default from.
    pub budgets: Vec<Budget>,
    /// Where money is.
    pub accounts: Vec<Account>,
}

/// The security page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Security {
    /// Whether a mail to the address was answered.
    pub verified: bool,
    /// Where one is signed in, the last used first.
    pub devices: Vec<Device>,
    /// Keys for programs, the newest first.
    pub keys: Vec<KeyRow>,
    /// The second step.
    pub second_step: SecondStep,
}

/// A signed-in device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// Its session.
    pub id: String,
    /// Browser and system; empty where they are not known.
    pub name: String,
    /// Where from.
    pub address: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Last use (civil date where the reader is).
    #[serde(with = "domain::wire::date")]
    pub seen_on: Date,
}

/// A key for a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyRow {
    /// Which.
    pub id: String,
    /// As its owner calls it.
    pub name: String,
    /// How it begins.
    pub shown: String,
    /// Whether it may change anything.
    pub may_write: bool,
    /// Last use.
    #[serde(with = "domain::wire::date::optional", default)]
    pub used_on: Option<Date>,
    /// Its end.
    #[serde(with = "domain::wire::date::optional", default)]
    pub ends_on: Option<Date>,
}

/// How the second step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecondStep {
    /// Whether sign-in asks for a code.
    pub on: bool,
    /// Recovery codes that are left.
    pub recovery_codes: usize,
    /// Begun, and no code has come yet.
    pub setup: Option<Setup>,
}

/// What an authenticator app needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Setup {
    /// The key, in groups.
    pub key: String,
    /// A QR code: the server's SVG.
    pub qr: String,
}

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrashItem {
    /// Its id.
    pub id: String,
    /// A budget, else an expense.
    pub is_budget: bool,
    /// What it is called.
    pub title: String,
    /// Signed minor units and currency of an expense.
    pub amount: Option<(i64, Currency)>,
    /// Since when (civil date where the reader is).
    #[serde(with = "domain::wire::date")]
    pub deleted_on: Date,
}
