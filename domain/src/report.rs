//! What pages and the REST API show together: a month of a budget, the dashboard.
use crate::{
    Date,
    analysis::Analysis,
    budget::{Budget, Plan},
    currency::Currency,
    expense::Expense,
    months::MonthEntry,
    period::Month,
    recurrence::Bill,
    role::Role,
};
use serde::{Deserialize, Serialize};

/// Rows that could not be converted: kept, but in no total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unconverted {
    /// Their currency.
    pub currency: Currency,
    /// How many.
    pub count: u64,
    /// Their sum (expenses less refunds) in minor units.
    pub minor: i64,
}

/// A month of a budget, with what its reader may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetMonth {
    /// As it stands now.
    pub budget: Budget,
    /// What the reader may do.
    pub role: Role,
    /// What counted in that month.
    pub plan: Plan,
    /// What is kept of it besides.
    pub entry: MonthEntry,
    /// Whether the month before has something that could be taken over.
    pub can_copy: bool,
    /// The figures.
    pub analysis: Analysis,
    /// What is in no figure, for want of a rate.
    pub unconverted: Vec<Unconverted>,
}

/// A month in one line. Minor units of the budget's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MonthTotal {
    /// Which.
    pub month: Month,
    /// Expenses less refunds.
    pub spent: i64,
    /// What came in.
    pub income: i64,
}

/// What the dashboard shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dashboard {
    /// Where the reader is.
    #[serde(with = "crate::wire::date")]
    pub today: Date,
    /// The month of the chosen or default budget; none without a budget.
    pub month: Option<BudgetMonth>,
    /// All budgets that can be looked at, newest first.
    pub budgets: Vec<Budget>,
    /// The budget's newest rows (without a budget, the reader's).
    pub latest: Vec<Expense>,
    /// Oldest first, the month shown last.
    pub trend: Vec<MonthTotal>,
    /// What is still to be paid of what repeats in the budget: in the next 30 days, by day.
    #[serde(default)]
    pub bills: Vec<Bill>,
    /// Invitations that wait for the reader's answer.
    #[serde(default)]
    pub invites: usize,
}
