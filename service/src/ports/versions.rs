//! The history of budgets: each version there ever was, and who made it.
use crate::{
    Result,
    ports::{rights::BudgetVersion, store::Page},
};
use domain::ids::{BudgetId, UserId};
use serde::{Deserialize, Serialize};

/// A version, and what its maker is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeVersion {
    /// The version.
    pub version: BudgetVersion,
    /// The name of who made it; none: their account is gone, or they don't show it to others.
    pub maker: Option<String>,
}

/// Versions as everybody sees them who may see the budget. They are made by the budget's own writes.
#[async_trait::async_trait]
pub trait VersionStore: Send + Sync {
    /// Versions of a budget, the newest first: those before that number (none: from the newest on), at most `limit`.
    /// [`Error::NotFound`](crate::Error::NotFound) for a budget that the actor can't see.
    async fn versions(&self, actor: UserId, id: BudgetId, before: Option<i64>, limit: u32)
    -> Result<Page<MadeVersion>>;
    /// One of them. None where there is no such version, or no such budget that the actor can see.
    async fn version(&self, actor: UserId, id: BudgetId, version: i64) -> Result<Option<MadeVersion>>;
}
