//! What everybody has a right to: all that is kept of them in their own hands, and all of it gone.
//!
//! What others have part in is not theirs alone: as long as a budget has no members but its owner, it goes with them.
use crate::{
    Result,
    ports::store::{Import, Write},
};
use domain::{
    budget::{Budget, Plan},
    expense::Expense,
    ids::{BudgetId, ExpenseId, ImportId, UserId},
    months::MonthEntry,
    period::Month,
    version::Source,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One version of a budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetVersion {
    /// Of which budget.
    pub budget_id: BudgetId,
    /// From 1 on.
    pub version: i64,
    /// By whom.
    pub made_by: UserId,
    /// When, exact to a microsecond.
    pub made_at: Timestamp,
    /// What made it.
    pub source: Source,
    /// What was said about it; of a restored one the number of the version that it goes back to.
    pub note: Option<String>,
    /// The month from which on it counts.
    pub effective_from: Month,
    /// The plan.
    pub plan: Plan,
}

/// What lists leave out, and the end of an account.
#[async_trait::async_trait]
pub trait RightsStore: Send + Sync {
    /// All of the actor's own budgets, those in the trash too, the oldest first.
    async fn every_budget(&self, actor: UserId) -> Result<Vec<Budget>>;
    /// All versions of one of them, the oldest first. Of a budget that is not the actor's there are none.
    async fn budget_versions(&self, actor: UserId, id: BudgetId) -> Result<Vec<BudgetVersion>>;
    /// What is kept of the months of one of them, by month; also of one in the trash.
    async fn budget_months(&self, actor: UserId, id: BudgetId) -> Result<Vec<MonthEntry>>;
    /// The actor's expenses in the trash by id, those after that one, at most `limit`.
    async fn trashed_expenses(&self, actor: UserId, after: Option<ExpenseId>, limit: u32) -> Result<Vec<Expense>>;
    /// The actor's imports by id, those after that one, at most `limit`.
    async fn every_import(&self, actor: UserId, after: Option<ImportId>, limit: u32) -> Result<Vec<Import>>;
    /// Takes out some thousands of the actor's expenses for good, without a look at the totals: for an account that
    /// nobody can use any more. How many; 0: none is left.
    async fn erase_expenses(&self, actor: UserId) -> Result<u64>;
    /// Takes out all the rest of the actor's, themself last, in one step: nothing that is kept names them any more. What
    /// follows ([`Write::jobs`]) is kept in that step, so it must not name them either.
    async fn erase_person(&self, write: &Write) -> Result<()>;
}
