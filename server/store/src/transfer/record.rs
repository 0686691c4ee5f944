//! What is copied, in a form that belongs to no store: one record for each row that does not follow from other rows.
use crate::booking::{Absorbed, Met};
use domain::{
    account::Account,
    budget::Budget,
    expense::Expense,
    ids::{AccountId, ExpenseId, ImportId, UserId},
    months::MonthEntry,
    recurrence::Series,
    rule::Rule,
    secrets::Secrets,
    session::Session,
    sharing::Invite,
    user::{Credentials, User},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
pub use service::ports::rights::BudgetVersion;
use service::ports::{
    activity::Activity,
    jobs::Job,
    store::{Import, StagedRow},
};
use std::fmt;

/// A row of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// Somebody, with what their password is checked against.
    User(Person),
    /// A signed-in device.
    Session(Session),
    /// A budget as it stands now, in the trash or not.
    Budget(Budget),
    /// What a budget was at some time.
    BudgetVersion(BudgetVersion),
    /// An invitation to a budget.
    Invite(Invite),
    /// What is kept of a month of a budget.
    BudgetMonth(MonthEntry),
    /// A place where money is.
    Account(Account),
    /// A series of recurring expenses.
    Recurring(Series),
    /// An expense, in the trash or not.
    Expense(Expense),
    /// A bank file, in whatever state.
    Import(BookedImport),
    /// Rows of a draft.
    StagedRows(StagedRows),
    /// What an import changed in a row that was entered by hand.
    Absorbed(AbsorbedRow),
    /// The answer under an idempotency key.
    Answer(Answer),
    /// Work that is done later.
    Job(Job),
    /// What was done.
    Activity(Activity),
    /// A rule that files expenses.
    Rule(Rule),
}

/// The kinds of records, in the order in which they are copied: what is named by others comes before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "those of `Record`")]
pub enum RecordKind {
    Users,
    Sessions,
    Budgets,
    BudgetVersions,
    Invites,
    BudgetMonths,
    Accounts,
    Recurring,
    Expenses,
    Imports,
    StagedRows,
    Absorbed,
    Answers,
    Jobs,
    Activities,
    Rules,
}

/// A user with what they prove who they are with.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub user: User,
    /// argon2id in PHC format.
    pub password_hash: Option<String>,
    /// Everything else.
    #[serde(default)]
    pub secrets: Secrets,
    /// Of all these.
    #[serde(default)]
    pub version: i64,
}

impl From<Credentials> for Person {
    fn from(person: Credentials) -> Self {
        let Credentials { user, password_hash, secrets, version } = person;
        Self { user, password_hash, secrets, version }
    }
}

impl From<Person> for Credentials {
    fn from(person: Person) -> Self {
        let Person { user, password_hash, secrets, version } = person;
        Self { user, password_hash, secrets, version }
    }
}

/// Without the hash: no log and no failing test may show it.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("user", &self.user).finish_non_exhaustive()
    }
}

/// An import, and what only its revert needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookedImport {
    /// The import.
    pub import: Import,
    /// Accounts that its commit made.
    pub made_accounts: Vec<AccountId>,
}

/// Some rows of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StagedRows {
    /// Of which import.
    pub import_id: ImportId,
    /// The number of the first of them.
    pub first: i64,
    /// In file order.
    pub rows: Vec<StagedRow>,
}

/// What an import changed in a row that was entered by hand, so that it can be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AbsorbedRow {
    /// By which import.
    pub import_id: ImportId,
    /// In which row.
    pub expense_id: ExpenseId,
    /// The account before.
    pub account_before: Option<AccountId>,
    /// The account that the import gave it.
    pub account_after: Option<AccountId>,
    /// The bank's id that the import gave it.
    pub external_after: Option<String>,
    /// Of one that a series had made: what it was, and what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<Box<Met>>,
}

/// An answer that is given again for the same key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Whose key.
    pub user_id: UserId,
    /// The key.
    pub key: String,
    /// SHA-256 of the request.
    pub request_hash: [u8; 32],
    /// JSON.
    pub answer: String,
    /// It is kept until then.
    pub expires_at: Timestamp,
}

impl Record {
    /// Of which kind it is.
    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::User(_) => RecordKind::Users,
            Self::Session(_) => RecordKind::Sessions,
            Self::Budget(_) => RecordKind::Budgets,
            Self::BudgetVersion(_) => RecordKind::BudgetVersions,
            Self::Invite(_) => RecordKind::Invites,
            Self::BudgetMonth(_) => RecordKind::BudgetMonths,
            Self::Account(_) => RecordKind::Accounts,
            Self::Recurring(_) => RecordKind::Recurring,
            Self::Expense(_) => RecordKind::Expenses,
            Self::Import(_) => RecordKind::Imports,
            Self::StagedRows(_) => RecordKind::StagedRows,
            Self::Absorbed(_) => RecordKind::Absorbed,
            Self::Answer(_) => RecordKind::Answers,
            Self::Job(_) => RecordKind::Jobs,
            Self::Activity(_) => RecordKind::Activities,
            Self::Rule(_) => RecordKind::Rules,
        }
    }
}

impl RecordKind {
    /// All, in the order in which they are copied.
    pub const ALL: [Self; 16] = [
        Self::Users,
        Self::Sessions,
        Self::Budgets,
        Self::BudgetVersions,
        Self::Invites,
        Self::BudgetMonths,
        Self::Accounts,
        Self::Recurring,
        Self::Expenses,
        Self::Imports,
        Self::StagedRows,
        Self::Absorbed,
        Self::Answers,
        Self::Jobs,
        Self::Activities,
        Self::Rules,
    ];

    /// For people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Sessions => "sessions",
            Self::Budgets => "budgets",
            Self::BudgetVersions => "versions of budgets",
            Self::Invites => "invitations",
            Self::BudgetMonths => "months of budgets",
            Self::Accounts => "accounts",
            Self::Recurring => "recurring expenses",
            Self::Expenses => "expenses",
            Self::Imports => "imports",
            Self::StagedRows => "pieces of drafts",
            Self::Absorbed => "rows that imports took over",
            Self::Answers => "kept answers",
            Self::Jobs => "work to be done",
            Self::Activities => "entries of the timeline",
            Self::Rules => "rules",
        }
    }

    /// How many are handed on together: staged rows come in pieces of some hundred.
    pub(crate) const fn together(self) -> usize {
        match self {
            Self::StagedRows => 16,
            _ => 500,
        }
    }
}

/// What a transfer does with a table or a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// Its rows are records of that kind.
    Copied(RecordKind),
    /// Made anew from the records.
    Derived,
    /// Stays behind: the reason. The target's own is emptied.
    Left(#[allow(dead_code, reason = "said where it is listed")] &'static str),
    /// The store's own book-keeping: neither copied nor emptied.
    Own,
}

impl AbsorbedRow {
    pub(crate) fn new(import_id: ImportId, absorbed: Absorbed) -> Self {
        let Absorbed { expense: expense_id, account_before, account_after, external_after, met } = absorbed;
        Self { import_id, expense_id, account_before, account_after, external_after, met }
    }
}

impl From<&AbsorbedRow> for Absorbed {
    fn from(row: &AbsorbedRow) -> Self {
        Self {
            expense: row.expense_id,
            account_before: row.account_before,
            account_after: row.account_after,
            external_after: row.external_after.clone(),
            met: row.met.clone(),
        }
    }
}
