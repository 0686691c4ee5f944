//! What has changed, told to the devices that show it. Events carry ids and versions only: whoever hears one reads again,
//! with the rights that they have then.
use crate::Result;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};

/// Something that was changed, after its commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What it is.
    pub entity: Entity,
    /// Which one, 24 hex digits.
    pub id: String,
    /// Its version after the change, for what has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<i64>,
    /// The budget that it belongs to, if any, 24 hex digits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub budget_id: Option<String>,
}

/// Kinds of things that change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Entity {
    User,
    Session,
    Budget,
    Expense,
    Account,
    Import,
    Recurring,
}

/// A change with its place in the order in which a user hears them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Opaque to all but the adapter; grows. What a client names to hear what came after it.
    pub id: String,
    /// What it is about.
    pub change: Change,
}

/// A line on which one listener hears.
#[async_trait::async_trait]
pub trait Listening: Send {
    /// The next event. `Ok(None)`: some were missed (too many, or the connection was lost), so read everything again.
    /// [`Error::Unavailable`](crate::Error::Unavailable): nothing more will come; listen anew.
    async fn next(&mut self) -> Result<Option<Event>>;
}

/// How processes tell each other what has changed.
#[async_trait::async_trait]
pub trait Events: Send + Sync {
    /// Tells those users. After a commit: a failure is logged, never an error, since what is told of has happened.
    async fn publish(&self, to: &[UserId], change: &Change);
    /// Hears what is told to a user from now on, or from after the event of that id on. When that is too long ago the
    /// first thing heard is that some were missed.
    async fn listen(&self, user: UserId, after: Option<&str>) -> Result<Box<dyn Listening>>;
}
