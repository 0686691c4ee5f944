//! What pages get besides the types of `domain`: data made ready to be shown.
use domain::{
    Date,
    account::Account,
    budget::Budget,
    category::Category,
    currency::Currency,
    expense::Expense,
    habits::Habit,
    ids::{AccountId, BudgetId, ImportId},
    report::BudgetMonth,
    role::Role,
    user::{Preferences, Profile},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// All budgets that can be seen; a row can go to those that may be edited.
    pub budgets: Vec<Budget>,
    /// The accounts that a row can come from.
    pub accounts: Vec<Account>,
    /// The budget that a new row goes to if nothing else is said.
    pub default_budget: Option<BudgetId>,
    /// What a new row is in if nothing else is said.
    pub currency: Currency,
    /// The filters as they were understood, to fill the filter form: name and text.
    pub filters: Vec<(String, String)>,
    /// Members of shared budgets by id; none for those who don't want to be named.
    pub people: BTreeMap<String, Option<String>>,
    /// Of legs of transfers, by their ids: the account of the other leg.
    pub others: BTreeMap<String, String>,
}

/// The same with what only the table itself shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpenseTablePage {
    /// The page.
    pub page: ExpensePage,
    /// The filters and the order as the REST API has them: a query without `?`.
    pub export: String,
    /// What all rows that fit the filters come to; empty where nothing is filtered.
    pub sums: Vec<ListSum>,
}

/// What rows of one currency come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListSum {
    /// What they are in.
    pub currency: Currency,
    /// What they are converted into; none: they wait for a rate.
    pub base_currency: Option<Currency>,
    /// How many.
    pub count: u64,
    /// Minor units of `currency`; money out below zero.
    pub minor: i64,
    /// The same in `base_currency`.
    pub base_minor: i64,
}

/// The list of budgets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetList {
    /// The newest first.
    pub cards: Vec<BudgetListed>,
    /// The one that the dashboard opens on.
    pub default: Option<BudgetId>,
}

/// A budget in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetListed {
    /// As it stands now.
    pub budget: Budget,
    /// What the reader may do.
    pub role: Role,
    /// Its running month; none for an archived one.
    pub month: Option<BudgetMonth>,
    /// Whose it is; none: the reader's.
    pub owner: Option<String>,
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
    /// Merchants of the newest rows with what is usual of them, the newest first: what is likely to be typed.
    pub habits: Vec<Habit>,
    /// Members of shared budgets by id; none for those who don't want to be named.
    pub people: BTreeMap<String, Option<String>>,
    /// How the row repeats, in a sentence.
    pub repeats: Option<String>,
    /// Of a transfer: the account of the other leg.
    pub other_account: Option<String>,
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
    /// The merchant's own name, without what the bank prints around it.
    pub merchant: String,
    /// What it would be filed under.
    pub category: Option<Category>,
    /// Why, in words.
    pub why: String,
    /// What could be asked where it would be filed nowhere.
    pub proposal: Option<Category>,
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

/// Who the caller is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    /// What others and greetings call the person.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they say of themself.
    pub profile: Profile,
    /// The plan beyond the free one, if they have it.
    pub premium: Option<Premium>,
    /// Code and name of all countries, to choose from.
    pub countries: Vec<(String, String)>,
}

/// How soon a password would be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// 0: too short, 1: refused, 2 to 4: taken, the higher the longer it takes.
    pub level: u8,
    /// The same in words.
    pub text: String,
}

/// More than the free plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Premium {
    /// Its last day; none: without an end.
    #[serde(with = "domain::wire::date::optional", default)]
    pub until: Option<Date>,
}

/// The way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WayOut {
    /// Whether there is a password to ask for.
    pub has_password: bool,
}

/// An account that is about to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// On that day (civil date where the reader is).
    #[serde(with = "domain::wire::date")]
    pub on: Date,
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
    /// There is no password yet.
    pub first_password: Option<FirstPassword>,
    /// Sign-ins at other places; none where there is nothing to say of them.
    pub places: Option<OtherPlaces>,
}

/// How somebody without a password is asked for one, worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPassword {
    /// Why, and what follows.
    pub lead: String,
    /// The button.
    pub submit: String,
}

/// Sign-ins at other places, worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherPlaces {
    /// The heading.
    pub title: String,
    /// What they are for, or what unlinking does.
    pub lead: String,
    /// Those that are linked.
    pub rows: Vec<IdentityRow>,
    /// The button that unlinks.
    pub unlink: String,
    /// Those that can be linked: words and where it begins.
    pub links: Vec<(String, String)>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityRow {
    /// Which.
    pub id: String,
    /// The place.
    pub name: String,
    /// The address there, and since when.
    pub line: String,
    /// What unlinking it is called.
    pub unlink: String,
}

/// What is needed next of somebody who has come back from another place, worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContinueSignIn {
    /// The heading.
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// What is asked for.
    pub form: Option<ContinueForm>,
    /// Ways on: words and where they lead.
    pub links: Vec<(String, String)>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContinueForm {
    /// A name and the terms.
    SignUp {
        /// as the other place says
        name: String,
    },
    /// The code of the second step.
    Code {
        /// the button
        submit: String,
    },
    /// A word that it is to be linked.
    Link {
        /// the button
        submit: String,
        /// whether the password is asked for
        password: bool,
    },
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
