//! Where everything is kept. Operations are intention-level and atomic; each names the acting user, and nothing here
//! reaches another user's data: what is not the actor's is `None` or [`Error::NotFound`](crate::Error::NotFound). A
//! write that names another one's budget or account has a problem at that field.
//!
//! Every write takes a [`Write`]; with an idempotency key the answer is kept in the same transaction, and the same key
//! with the same request gives it again and does nothing.
use crate::{
    Idempotency, Result,
    ports::{
        activity::{ActivityStore, Trace},
        blobs::BlobId,
        jobs::{JobStore, NewJob},
        rights::RightsStore,
        rules::{Judged, RuleStore},
        series::SeriesStore,
        sharing::SharingStore,
        versions::VersionStore,
    },
};
use domain::{
    Date,
    account::Account,
    budget::{Budget, Plan},
    category::Category,
    currency::Currency,
    expense::{Expense, Moved},
    filter::{Filter, Query},
    ids::{AccountId, ActivityId, BudgetId, ExpenseId, ImportId, UserId},
    import::{Format, Mapping, Question, Rejected, Row, StatementAccount},
    months::MonthEntry,
    period::{Month, MonthStartDay, Period},
    recurrence::Likeness,
    report::Unconverted,
    role::Role,
    secrets::Hash,
    spending::{DayTotal, KindTotals, MonthSpent, PartTotal},
    user::{Credentials, User},
    version::VersionOrigin,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who writes, when, and under which key.
#[derive(Debug, Clone)]
pub struct Write {
    /// The acting user.
    pub actor: UserId,
    /// The time that the rows get.
    pub now: Timestamp,
    /// Done once for the same key.
    pub idempotency: Option<Idempotency>,
    /// What follows from it, kept in the same transaction; not again when the same key comes again.
    pub jobs: Vec<NewJob>,
    /// What it leaves in the timeline: each write of a budget, an expense or an import tells of itself there, in the same
    /// transaction.
    pub trace: Trace,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: u64,
    /// Whether there are rows after these.
    pub more: bool,
}

/// A bank file on its way in, or in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// Which.
    pub id: ImportId,
    /// Whose.
    pub user_id: UserId,
    /// The budget that its rows go to; none = private.
    pub budget_id: Option<BudgetId>,
    /// What the file is.
    pub format: Format,
    /// As the file was called, at most 255 characters.
    pub filename: String,
    /// SHA-256 of the file: of a draft the id of the blob that has its bytes.
    pub sha256: String,
    /// How its columns were read (CSV).
    pub mapping: Option<Mapping>,
    /// The accounts it names, and which of ours they are.
    pub accounts: Vec<ImportAccount>,
    /// Transactions read, those of 0.00 and duplicates included.
    pub rows: u32,
    /// Rows that are added (draft: that would be).
    pub added: u32,
    /// Rows that were known already.
    pub duplicates: u32,
    /// Transactions of 0.00, which move no money.
    pub ignored: u32,
    /// Rows that can't be read, with reasons (the first 500).
    pub rejected: Vec<Rejected>,
    /// How many can't be read.
    pub rejected_count: u32,
    /// Signed sum of the rows, money in positive, as a decimal.
    pub sum: String,
    /// Earliest date.
    pub first_date: Option<Date>,
    /// Latest date.
    pub last_date: Option<Date>,
    /// The one currency, if there is one.
    pub currency: Option<Currency>,
    /// What must be asked before it can be committed.
    pub questions: Vec<Question>,
    /// How often a draft has been staged anew; what is staged must be one more than what is stored.
    #[serde(default)]
    pub revision: i64,
    /// Where it stands.
    pub status: ImportStatus,
    /// Begin.
    pub created_at: Timestamp,
    /// A draft is dropped then.
    pub expires_at: Timestamp,
    /// When it came in.
    pub committed_at: Option<Timestamp>,
    /// When it was taken back.
    pub reverted_at: Option<Timestamp>,
}

/// An account that a file names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportAccount {
    /// As the file names it.
    pub found: StatementAccount,
    /// Ours, if there is one already.
    pub account_id: Option<AccountId>,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum ImportStatus {
    Draft,
    Committed,
    Reverted,
}

/// A row of a draft: what the file says, and whether it is known already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StagedRow {
    /// As read.
    pub row: Row,
    /// What became of it when the draft was made (the commit judges again).
    pub verdict: Verdict,
    /// The category it would get.
    pub category: Option<Category>,
    /// Why, and what else it would get.
    #[serde(default)]
    pub judged: Judged,
}

/// What becomes of a row of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Is added.
    New,
    /// Known from another file, or from this one committed before.
    Duplicate,
    /// Entered by hand before: that row takes over the bank's id instead of getting a twin.
    Absorbed(ExpenseId),
    /// 0.00: moves no money.
    Zero,
}

/// What is known of a row in the store when a file is compared with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Which row.
    pub id: ExpenseId,
    /// Its account.
    pub account_id: Option<AccountId>,
    /// The bank's id.
    pub external_id: Option<String>,
    /// See [`Expense::compute_dedupe_key`].
    pub dedupe_key: String,
    /// The file it came with; none = by hand.
    pub import_id: Option<ImportId>,
    /// Of a row that a series has made, and that came with no file: what the bank's row of it looks like.
    pub made: Option<Likeness>,
}

/// What a commit writes, all or nothing.
#[derive(Debug, Clone)]
pub struct ImportCommit {
    /// The import, still a draft in the store.
    pub import_id: ImportId,
    /// Accounts that the file names and that are new.
    pub accounts: Vec<Account>,
    /// One for each row that moves money, in file order. The store decides which are new (see
    /// [`crate::imports::judge`]), inside its transaction.
    pub expenses: Vec<Expense>,
}

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Trashed {
    Budget { budget: Box<Budget> },
    Expense { expense: Box<Expense> },
}

/// What a write of many expenses came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// The rows as they are now.
    pub expenses: Vec<Expense>,
    /// What tells of all of it, and takes all of it back; none: nothing was changed.
    pub activity: Option<ActivityId>,
}

/// What the rows of a list come to, those of one currency and one base currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sum {
    /// What they are in.
    pub currency: Currency,
    /// What they are converted into; none: for want of a rate they are not.
    pub base_currency: Option<Currency>,
    /// How many.
    pub count: u64,
    /// Minor units of `currency`; money out below zero, transfers left out.
    pub minor: i64,
    /// The same in `base_currency`.
    pub base_minor: i64,
}

/// People.
#[async_trait::async_trait]
pub trait UserStore: Send + Sync {
    /// A new person. [`Error::Duplicate`](crate::Error::Duplicate)`("email")` for a taken address (case-folded).
    async fn create_user(&self, write: &Write, person: &Credentials) -> Result<User>;
    /// By case-folded address.
    async fn credentials(&self, folded_email: &str) -> Result<Option<Credentials>>;
    /// By id.
    async fn user(&self, id: UserId) -> Result<Option<User>>;
    /// By id, with what they prove who they are with.
    async fn person(&self, id: UserId) -> Result<Option<Credentials>>;
    /// Whose key, link or identity this is, by its hash.
    async fn person_by_handle(&self, handle: Hash) -> Result<Option<Credentials>>;
    /// Name, preferences and profile; the password, address, standing and epoch stay.
    async fn update_user(&self, write: &Write, user: &User) -> Result<User>;
    /// Address, standing, epoch, `disabled_at`, password and secrets as given; name, preferences and profile stay. Its
    /// version is one more than the stored one ([`Error::StaleVersion`](crate::Error::StaleVersion) otherwise).
    /// [`Error::Duplicate`](crate::Error::Duplicate)`("email")` or `("identity")` where somebody else has it.
    async fn save_person(&self, write: &Write, person: &Credentials) -> Result<User>;
}

/// Budgets, their versions and their totals.
#[async_trait::async_trait]
pub trait BudgetStore: Send + Sync {
    /// A new budget, its version 1, and (where the user has none that is still there) its place as the user's default.
    async fn create_budget(&self, write: &Write, budget: &Budget) -> Result<Budget>;
    /// One that the actor may see, and as what; not the deleted ones.
    async fn budget(&self, actor: UserId, id: BudgetId) -> Result<Option<(Budget, Role)>>;
    /// All that the actor may see, newest first; not the deleted ones.
    async fn budgets(&self, actor: UserId) -> Result<Vec<(Budget, Role)>>;
    /// The budget as given, whose version is one more than the stored one
    /// ([`Error::StaleVersion`](crate::Error::StaleVersion) otherwise), and a row in its history that says what made it.
    /// Takes the role of an editor; owner and members stay as they are. One that is archived is its owner's default no
    /// longer: their newest one in use is, if there is one.
    async fn update_budget(&self, write: &Write, budget: &Budget, origin: &VersionOrigin) -> Result<Budget>;
    /// Into the trash (`deleted`: now) or back from it (none); owner only. Its expenses stay with it: they are listed
    /// as before, none comes in. When it goes for good they are left as private ones. The owner's default moves on as for one
    /// that is archived; one that comes back is the default where there is no other.
    async fn set_budget_deleted(&self, write: &Write, id: BudgetId, deleted: bool) -> Result<Budget>;
    /// The plan that counted in a month: the newest version from that month or before, else the oldest.
    async fn plan(&self, actor: UserId, id: BudgetId, month: Month) -> Result<Option<Plan>>;
    /// The kept totals of the days from `start` to `end`, both included, ordered by day, kind and category.
    /// [`Error::NotFound`](crate::Error::NotFound) for a budget that the actor can't see.
    async fn spending(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<DayTotal>>;
    /// What the kept totals of each of the periods sum to, in their order. [`Error::NotFound`](crate::Error::NotFound) as
    /// with the totals themselves.
    async fn spending_of(&self, actor: UserId, id: BudgetId, periods: &[Period]) -> Result<Vec<KindTotals>>;
    /// What of those days waits for a rate, by currency; rows of any kind are counted. As with the totals, a budget that
    /// the actor can't see is not found.
    async fn unconverted(&self, actor: UserId, id: BudgetId, start: Date, end: Date) -> Result<Vec<Unconverted>>;
}

/// What the months of budgets have besides their totals. A budget that the actor can't see is
/// [`Error::NotFound`](crate::Error::NotFound) in each.
#[async_trait::async_trait]
pub trait MonthStore: Send + Sync {
    /// The plans of all versions that count in some month, in the order of versions; the oldest is always there. See
    /// [`domain::budget::counting`].
    async fn plans(&self, actor: UserId, id: BudgetId) -> Result<Vec<Plan>>;
    /// What is kept of its months, by month.
    async fn months(&self, actor: UserId, id: BudgetId) -> Result<Vec<MonthEntry>>;
    /// What is kept of a month as given, whose version is one more than the stored one (0 where there is none yet;
    /// [`Error::StaleVersion`](crate::Error::StaleVersion) otherwise).
    async fn keep_month(&self, write: &Write, entry: &MonthEntry) -> Result<MonthEntry>;
    /// What was spent of each category in each of its months, by the kept totals of those days; the months begin on
    /// `start`. In any order, and what belongs together may come in parts.
    async fn spent_by_month(
        &self,
        actor: UserId,
        id: BudgetId,
        days: Period,
        start: MonthStartDay,
    ) -> Result<Vec<MonthSpent>>;
    /// What the rows of those days that count come to by subcategory, in the order of categories and names.
    async fn spent_by_part(&self, actor: UserId, id: BudgetId, days: Period) -> Result<Vec<PartTotal>>;
}

/// Expenses.
#[async_trait::async_trait]
pub trait ExpenseStore: Send + Sync {
    /// A new row, and its part in the totals.
    async fn create_expense(&self, write: &Write, expense: &Expense) -> Result<Expense>;
    /// One that the actor may see, also from the trash: a private one of theirs, or one of a budget that they have part
    /// in (be that in the trash, too).
    async fn expense(&self, actor: UserId, id: ExpenseId) -> Result<Option<Expense>>;
    /// The row as given, whose version is one more than the stored one
    /// ([`Error::StaleVersion`](crate::Error::StaleVersion) otherwise), and the totals with it. Into the trash and back
    /// goes this way too (`deleted_at`; the store says who). Editors change each other's rows: these can't leave for
    /// where who entered them would not see them, and get no account.
    async fn update_expense(&self, write: &Write, expense: &Expense) -> Result<Expense>;
    /// The same for many rows, all of them or none, told in the timeline as one thing. In the order in which they are
    /// given, each row once.
    async fn update_expenses(&self, write: &Write, expenses: &[Expense]) -> Result<Written>;
    /// Both legs of a transfer in one write, each new with version 1, else changed, told as one thing. Wherever one leg alone
    /// is changed, the other goes along ([`Expense::follow`]), which takes the right to change it, too.
    async fn keep_transfer(&self, write: &Write, legs: &[Expense; 2]) -> Result<Written>;
    /// What the actor has entered from that day on in an account, that counts and is of no transfer, and of which nobody has
    /// said that it is none: the newest first, at most `limit`.
    async fn unpaired(&self, actor: UserId, since: Date, limit: u32) -> Result<Vec<Moved>>;
    /// Those of these rows that the actor may see, also from the trash, in any order.
    async fn some_expenses(&self, actor: UserId, ids: &[ExpenseId]) -> Result<Vec<Expense>>;
    /// What all rows that a filter lets through come to, by currency and base currency; in the order of their codes.
    async fn expense_sums(&self, actor: UserId, filter: &Filter) -> Result<Vec<Sum>>;
    /// A page of the rows that the actor may see, not those in the trash.
    async fn expenses(&self, actor: UserId, query: &Query) -> Result<Page<Expense>>;
    /// What the actor has put into the trash, newest first, at most 1,000.
    async fn trash(&self, actor: UserId) -> Result<Vec<Trashed>>;
}

/// Places where money is.
#[async_trait::async_trait]
pub trait AccountStore: Send + Sync {
    /// A new account.
    async fn create_account(&self, write: &Write, account: &Account) -> Result<Account>;
    /// One of the actor's.
    async fn account(&self, actor: UserId, id: AccountId) -> Result<Option<Account>>;
    /// All of the actor's, by name.
    async fn accounts(&self, actor: UserId) -> Result<Vec<Account>>;
    /// As given; its version is one more than the stored one.
    async fn update_account(&self, write: &Write, account: &Account) -> Result<Account>;
    /// For good; [`crate::error::Conflict::AccountInUse`] while rows (also in the trash) name it.
    async fn delete_account(&self, write: &Write, id: AccountId) -> Result<()>;
}

/// Bank files.
#[async_trait::async_trait]
pub trait ImportStore: Send + Sync {
    /// Keeps a draft with its rows until it is committed or expires. The file's bytes are a blob already.
    async fn stage_import(&self, write: &Write, import: &Import, rows: &[StagedRow]) -> Result<Import>;
    /// The draft read again with other answers: replaces what was staged under its id.
    async fn restage_import(&self, write: &Write, import: &Import, rows: &[StagedRow]) -> Result<Import>;
    /// One of the actor's.
    async fn import(&self, actor: UserId, id: ImportId) -> Result<Option<Import>>;
    /// All of the actor's, newest first, at most 100.
    async fn imports(&self, actor: UserId) -> Result<Vec<Import>>;
    /// Rows of a draft from `offset` on, at most `limit`, in file order; none of one that is no draft any more.
    async fn staged_rows(&self, actor: UserId, id: ImportId, offset: u32, limit: u32) -> Result<Vec<StagedRow>>;
    /// What is known of the actor's rows whose dedupe keys are of these days (a bank's row may have been moved since), by
    /// dedupe key and id, not those in the trash.
    async fn prints(&self, actor: UserId, start: Date, end: Date) -> Result<Vec<Print>>;
    /// Writes accounts and new rows, absorbs hand-entered ones, keeps the totals, marks the import committed and drops the
    /// staged rows. All or nothing. [`crate::error::Conflict::ImportNotOpen`] when it is no draft. An account that
    /// another file has made meanwhile is used instead of a new one.
    async fn commit_import(&self, write: &Write, commit: ImportCommit) -> Result<Import>;
    /// The same of a file that leaves no question, which never was a draft: its rows are not staged, its bytes are no blob.
    async fn book_import(&self, write: &Write, import: &Import, commit: ImportCommit) -> Result<Import>;
    /// Takes back exactly what it added, its accounts too if nothing else names them, keeps the totals, marks it reverted.
    async fn revert_import(&self, write: &Write, id: ImportId) -> Result<Import>;
}

/// Answers that were given under a key, and the store's own care.
#[async_trait::async_trait]
pub trait Upkeep: Send + Sync {
    /// The answer to an earlier request under this key, as JSON. [`crate::error::Conflict::IdempotencyKeyReused`] when
    /// that request was another one.
    async fn replay(&self, actor: UserId, idempotency: &Idempotency, now: Timestamp) -> Result<Option<String>>;
    /// Whether it answers.
    async fn ping(&self) -> Result<()>;
    /// Drops what has expired: its own sessions and notes, keys, drafts, jobs that were done a day ago, invitations
    /// that have ended, and the trash of 30 days ago. Returns how many rows went.
    async fn sweep(&self, now: Timestamp, session_idle: std::time::Duration) -> Result<u64>;
    /// Writes the words by which search finds rows anew, where an earlier program has kept others; of at most so many rows.
    /// How many it were: none once all are done.
    async fn renew_words(&self, most: u32) -> Result<u64>;
    /// Those of these blobs that a row still names, whosever it is: the files of drafts, pictures of people. In any order.
    async fn blobs_in_use(&self, ids: &[BlobId]) -> Result<Vec<BlobId>>;
}

/// Everything that is kept.
pub trait Store:
    UserStore
    + BudgetStore
    + MonthStore
    + VersionStore
    + ExpenseStore
    + AccountStore
    + ImportStore
    + ActivityStore
    + JobStore
    + RightsStore
    + RuleStore
    + SeriesStore
    + SharingStore
    + Upkeep
{
}

impl<T> Store for T where
    T: UserStore
        + BudgetStore
        + MonthStore
        + VersionStore
        + ExpenseStore
        + AccountStore
        + ImportStore
        + ActivityStore
        + JobStore
        + RightsStore
        + RuleStore
        + SeriesStore
        + SharingStore
        + Upkeep
{
}
