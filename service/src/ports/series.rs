//! Where series of recurring expenses are kept, beside the expenses that they make.
use crate::{Result, ports::store::Write};
use domain::{
    Date,
    expense::Expense,
    ids::{SeriesId, UserId},
    recurrence::{Row, Series},
};

/// A series of which something has to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub id: SeriesId,
    /// Whose.
    pub user_id: UserId,
    /// The day of its next occurrence.
    pub next_date: Date,
}

/// Series of recurring expenses. Like an expense a series belongs to its budget, or to its owner alone: whoever sees the
/// budget sees it, editors change it.
#[async_trait::async_trait]
pub trait SeriesStore: Send + Sync {
    /// A new one without an expense: one that was found. [`Error::NotFound`](crate::Error::NotFound) where one with its id is
    /// there already.
    async fn create_series(&self, write: &Write, series: &Series) -> Result<Series>;
    /// One that the actor may see.
    async fn series(&self, actor: UserId, id: SeriesId) -> Result<Option<Series>>;
    /// All that the actor may see, by id.
    async fn all_series(&self, actor: UserId) -> Result<Vec<Series>>;
    /// As given, whose version is one more than the stored one
    /// ([`Error::StaleVersion`](crate::Error::StaleVersion) otherwise). Only its owner moves it to another budget or account.
    async fn update_series(&self, write: &Write, series: &Series) -> Result<Series>;
    /// An expense (new with version 1, else changed) together with its series (the same): both or neither. Nothing is made
    /// twice of one slot: [`Error::StaleVersion`](crate::Error::StaleVersion) where somebody was faster.
    async fn keep_with_series(&self, write: &Write, expense: &Expense, series: &Series) -> Result<Expense>;
    /// Those of everybody whose next day is not after `until`, the most overdue first, at most `limit`: for the queue of jobs.
    async fn due_series(&self, until: Date, limit: u32) -> Result<Vec<Due>>;
    /// What the actor has entered from that day on that counts, has a merchant and is of no series: the newest first, at most
    /// `limit`.
    async fn recurrence_history(&self, actor: UserId, since: Date, limit: u32) -> Result<Vec<Row>>;
}
