//! The timeline: what somebody did, kept in the transaction in which it was done, with what takes it back.
use crate::{Result, ports::store::Page};
use domain::{
    ids::{ActivityId, BudgetId, ExpenseId, ImportId, InviteId, SeriesId, UserId},
    money::Money,
    period::Month,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that was done: one for each write of a budget, its months or members, an expense or an import, however many
/// rows that wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// Which.
    pub id: ActivityId,
    /// Who did it.
    pub user_id: UserId,
    /// By whose hand.
    pub on_behalf: OnBehalf,
    /// In whose feed it stands: the budget's, where it is about one or about something that came into or went out of
    /// one. None: private.
    pub budget_id: Option<BudgetId>,
    /// The budget that something went out of, where it came into another: it stands in that one's feed, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also_in: Option<BudgetId>,
    /// What kind of thing was done.
    pub kind: ActivityKind,
    /// When, exact to a microsecond.
    #[serde(with = "domain::wire::timestamp")]
    pub at: Timestamp,
    /// What was done to each thing, and what takes it back; most often it is one.
    pub changes: Vec<EntityChange>,
    /// What this has taken back.
    pub undoes: Option<ActivityId>,
    /// Whether it leads back to what was before: an undo does, a redo doesn't.
    pub backward: bool,
    /// What has taken this back.
    pub undone_by: Option<ActivityId>,
    /// When that was.
    #[serde(with = "domain::wire::timestamp::optional", default)]
    pub undone_at: Option<Timestamp>,
}

impl Activity {
    /// By what it is looked up: the one thing that it was done to. What was done to many is found by itself alone, since
    /// none of them takes it back.
    pub fn about(&self) -> [u8; 12] {
        match self.changes.as_slice() {
            [change] => change.subject.id(),
            _ => self.id.0,
        }
    }
}

/// What was done to one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityChange {
    /// What it was done to.
    pub subject: Subject,
    /// What that was called then.
    pub title: String,
    /// What moves with an expense (money out below zero), what a budget has to plan with, or what was moved in a month.
    pub amount: Option<Money>,
    /// What it was before, where it stands in another place now: for those who see only that of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Was>,
    /// How many rows came with an import, or went with it.
    pub rows: Option<u32>,
    /// What it was changed from and to, where it was only changed.
    pub fields: Vec<FieldChange>,
    /// The version that it had afterwards; 0 for what has none.
    pub version_after: i64,
    /// A fingerprint of all that it said afterwards: as long as it is the same, nothing newer is overwritten by taking
    /// this back, whatever was done and taken back meanwhile.
    pub left_as: u64,
}

/// A thing as it was before it went to another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    /// What it was called.
    pub title: String,
    /// What moved with it.
    pub amount: Option<Money>,
}

/// A field as it was and as it is then, as the entity has it in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name in the entity; those of a plan begin with `plan.`.
    pub name: String,
    /// As it was.
    pub before: serde_json::Value,
    /// As it is then.
    pub after: serde_json::Value,
}

/// What something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Subject {
    Budget(BudgetId),
    Expense(ExpenseId),
    Import(ImportId),
    /// What is kept of a month of a budget.
    Month(BudgetId, Month),
    /// Somebody who has, had or gets part in a budget.
    Member(UserId),
    Invite(InviteId),
    /// A series of recurring expenses.
    Recurring(SeriesId),
}

impl Subject {
    /// The id, whatever it is of; of a month that of its budget.
    pub const fn id(self) -> [u8; 12] {
        match self {
            Self::Budget(BudgetId(id))
            | Self::Expense(ExpenseId(id))
            | Self::Import(ImportId(id))
            | Self::Month(BudgetId(id), _)
            | Self::Member(UserId(id))
            | Self::Invite(InviteId(id))
            | Self::Recurring(SeriesId(id)) => id,
        }
    }

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Budget(_) => "budget",
            Self::Expense(_) => "expense",
            Self::Import(_) => "import",
            Self::Month(..) => "month",
            Self::Member(_) => "member",
            Self::Invite(_) => "invite",
            Self::Recurring(_) => "recurring",
        }
    }
}

/// What kind of thing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActivityKind {
    /// Made.
    Created,
    /// Some fields are others.
    Changed,
    /// Into the trash.
    Deleted,
    /// Back from the trash.
    Restored,
    /// A bank file came in.
    Imported,
    /// A bank file was taken back.
    Reverted,
    /// Somebody was invited, came, has another role, or went.
    Shared,
    /// What repeats was declared, changed, paused, resumed or ended, or one of it was left out.
    Recurring,
}

impl ActivityKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Changed,
        Self::Deleted,
        Self::Restored,
        Self::Imported,
        Self::Reverted,
        Self::Shared,
        Self::Recurring,
    ];
    /// The words a client may send.
    pub const WORDS: [&'static str; 8] =
        ["created", "changed", "deleted", "restored", "imported", "reverted", "shared", "recurring"];

    /// The word in JSON and in stores.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// What this kind of thing takes back, whoever did that: what comes out of the trash is no longer thrown away.
    pub const fn ends(self) -> Option<Self> {
        match self {
            Self::Restored => Some(Self::Deleted),
            Self::Reverted => Some(Self::Imported),
            _ => None,
        }
    }

    /// Whether another kind may take it back without being told so.
    pub const fn may_end(self) -> bool {
        matches!(self, Self::Deleted | Self::Imported)
    }
}

impl std::str::FromStr for ActivityKind {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// By whose hand something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnBehalf {
    /// Their own.
    #[default]
    User,
    /// The assistant's, with their word.
    Assistant,
    /// The program's, by itself.
    Job,
}

impl OnBehalf {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Job => "job",
        }
    }
}

/// What a write leaves in the timeline, besides what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// The id that its activity gets.
    pub id: ActivityId,
    /// By whose hand.
    pub on_behalf: OnBehalf,
    /// What it takes back: refused with [`AlreadyUndone`](crate::error::Conflict::AlreadyUndone) if something else has.
    pub undoes: Option<Undoes>,
}

impl Trace {
    /// Nothing that a timeline tells of: a person's own settings, their account.
    pub const NONE: Self = Self::of(ActivityId([0; 12]));

    /// Something that a person does.
    pub const fn of(id: ActivityId) -> Self {
        Self { id, on_behalf: OnBehalf::User, undoes: None }
    }
}

/// What is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undoes {
    /// Which.
    pub id: ActivityId,
    /// Whether that leads back (an undo) or forward again (a redo).
    pub backward: bool,
}

/// Whose activities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// Those of all people in a budget that the actor may see.
    Budget(BudgetId),
    /// The actor's own, wherever they are.
    Own,
}

/// Where a list goes on: after the activity of that moment and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActivityCursor {
    /// When it was done.
    pub at: Timestamp,
    /// Which.
    pub id: ActivityId,
}

/// A page of a feed, the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActivityQuery {
    /// Whose.
    pub feed: Feed,
    /// Only what this person did.
    pub by: Option<UserId>,
    /// Only of this kind.
    pub kind: Option<ActivityKind>,
    /// Only what was done to this.
    pub subject: Option<[u8; 12]>,
    /// After which one; none: from the newest on.
    pub cursor: Option<ActivityCursor>,
    /// How many at most.
    pub limit: u32,
}

impl ActivityQuery {
    /// The newest ones.
    pub const fn newest(feed: Feed, limit: u32) -> Self {
        Self { feed, by: None, kind: None, subject: None, cursor: None, limit }
    }
}

/// The timeline. What is in it is written by the operations that it tells of.
#[async_trait::async_trait]
pub trait ActivityStore: Send + Sync {
    /// One that the actor did, or of a budget that they may see.
    async fn activity(&self, actor: UserId, id: ActivityId) -> Result<Option<Activity>>;
    /// A page of a feed, the newest first. [`Error::NotFound`](crate::Error::NotFound) for a budget that the actor can't
    /// see.
    async fn activities(&self, actor: UserId, query: &ActivityQuery) -> Result<Page<Activity>>;
}
