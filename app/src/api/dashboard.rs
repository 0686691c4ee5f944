//! The dashboard as its page and the bell read it: only what they show, so that the first load needs to read no more.
use domain::{
    Date,
    analysis::Analysis,
    category::Category,
    expense::Kind,
    ids::{BudgetId, ExpenseId},
    money::Money,
    period::MonthStartDay,
    report::{MonthTotal, Unconverted},
};
use serde::{Deserialize, Serialize};

/// All that the dashboard shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Where the reader is.
    #[serde(with = "domain::wire::date")]
    pub today: Date,
    /// The month of the chosen or default budget; none without a budget.
    pub month: Option<SeenMonth>,
    /// All budgets in use, newest first.
    pub budgets: Vec<(BudgetId, String)>,
    /// The budget's newest rows (without a budget, the reader's).
    pub latest: Vec<LatestRow>,
    /// Oldest first, the month shown last.
    pub trend: Vec<MonthTotal>,
    /// Invitations that wait for the reader's answer.
    pub invites: usize,
}

/// A month of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMonth {
    /// Which budget.
    pub budget: BudgetId,
    /// What it is called.
    pub name: String,
    /// The day on which its months begin.
    pub start_day: MonthStartDay,
    /// The figures.
    pub analysis: Analysis,
    /// What is in no figure, for want of a rate.
    pub unconverted: Vec<Unconverted>,
}

/// An expense in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestRow {
    /// Which.
    pub id: ExpenseId,
    /// What kind of row it is.
    pub kind: Kind,
    /// In its own currency.
    pub amount: Money,
    /// The merchant, else what it was.
    pub name: Option<String>,
    /// None: uncategorised.
    pub category: Option<Category>,
    /// Its day.
    #[serde(with = "domain::wire::date")]
    pub date: Date,
}

#[cfg(feature = "ssr")]
impl From<domain::expense::Expense> for LatestRow {
    fn from(row: domain::expense::Expense) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            amount: row.amount,
            name: row.merchant.or(row.description),
            category: row.category,
            date: row.date,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<domain::report::Dashboard> for Dashboard {
    fn from(found: domain::report::Dashboard) -> Self {
        let month = found.month.map(|month| SeenMonth {
            budget: month.budget.id,
            name: month.budget.plan.name,
            start_day: month.budget.month_start_day,
            analysis: month.analysis,
            unconverted: month.unconverted,
        });
        let in_use = found.budgets.into_iter().filter(|budget| budget.is_active);
        Self {
            today: found.today,
            month,
            budgets: in_use.map(|budget| (budget.id, budget.plan.name)).collect(),
            latest: found.latest.into_iter().map(LatestRow::from).collect(),
            trend: found.trend,
            invites: found.invites,
        }
    }
}
