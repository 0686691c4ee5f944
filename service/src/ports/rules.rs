//! The rules of each user, and what is asked of the rows that they file.
use crate::{Result, ports::store::Write};
use domain::{
    category::Category,
    classify::Guess,
    expense::Expense,
    ids::{ActivityId, RuleId, UserId},
    rule::Rule,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// So many rules somebody may have.
pub const MOST_RULES: usize = 1_000;
/// So many rows are filed at once.
pub const MOST_FILED: usize = 5_000;

/// How often a rule has filed something by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hits {
    /// Which rule.
    pub rule: RuleId,
    /// How many rows more.
    pub more: i64,
}

/// Rows that are changed together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filing {
    /// A rule that is made with it.
    pub rule: Option<Rule>,
    /// The rows as they are then, each with the version after the stored one.
    pub rows: Vec<Expense>,
    /// The rules that did it.
    pub hits: Vec<Hits>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// The rule that was made with it.
    pub rule: Option<Rule>,
    /// How many rows were changed.
    pub rows: u32,
    /// What tells of them in the timeline, and takes all of it back; none: nothing was changed.
    pub activity: Option<ActivityId>,
}

/// What was decided about a row of a draft, besides its category.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Judged {
    /// What the merchant is called, without what a bank prints around its name.
    pub merchant: String,
    /// Who says where it is filed; none: it is filed nowhere.
    pub by: Option<FiledBy>,
    /// How sure that is, 0 to 100.
    pub confidence: u8,
    /// The rule that files it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// A name under the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcategory: Option<String>,
    /// What a rule calls the merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rename: Option<String>,
    /// What rules add to its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The rules that did something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleId>,
    /// Of a row that is filed nowhere: what could be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Guess>,
}

/// Who says where a row of a file is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FiledBy {
    /// A person, in the preview.
    User,
    /// The file.
    Import,
    /// The person's earlier rows of this merchant.
    History,
    /// A rule.
    Rule,
    /// What shops of such a name are.
    Classifier,
}

impl FiledBy {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Import => "import",
            Self::History => "history",
            Self::Rule => "rule",
            Self::Classifier => "classifier",
        }
    }
}

/// Where a row is filed, as far as the history of its merchant needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledRow {
    /// As printed.
    pub merchant: String,
    /// Its category.
    pub category: Category,
    /// A name under it.
    pub subcategory: Option<String>,
    /// Its last change.
    pub at: Timestamp,
    /// See [`domain::rule::is_by_hand`].
    pub by_hand: bool,
}

/// Rules, and many rows at once.
#[async_trait::async_trait]
pub trait RuleStore: Send + Sync {
    /// A new rule of the actor's; [`crate::error::Conflict::TooManyRules`] beyond [`MOST_RULES`].
    async fn create_rule(&self, write: &Write, rule: &Rule) -> Result<Rule>;
    /// One of the actor's.
    async fn rule(&self, actor: UserId, id: RuleId) -> Result<Option<Rule>>;
    /// All of the actor's, by id.
    async fn rules(&self, actor: UserId) -> Result<Vec<Rule>>;
    /// As given; its version is one more than the stored one
    /// ([`Error::StaleVersion`](crate::Error::StaleVersion) otherwise). Its hits and its beginning stay.
    async fn update_rule(&self, write: &Write, rule: &Rule) -> Result<Rule>;
    /// For good.
    async fn delete_rule(&self, write: &Write, id: RuleId) -> Result<()>;
    /// Counts what rules of the actor's have filed; those that are not there any more are passed over.
    async fn count_hits(&self, write: &Write, hits: &[Hits]) -> Result<()>;
    /// Where the rows that the actor may see are filed: those that count, are not split, and have a merchant and a category.
    /// In any order.
    async fn filed_rows(&self, actor: UserId) -> Result<Vec<FiledRow>>;
    /// Changes many rows, all or none, as [`update_expense`](crate::ports::store::ExpenseStore::update_expense) changes
    /// one, with their totals and one activity for all; none moves to another budget or account, or into the trash. Makes
    /// the rule and counts hits in the same transaction.
    async fn file_expenses(&self, write: &Write, filing: &Filing) -> Result<Filed>;
}
