//! Budgets: the list, a month, the form that changes one, who has part in it, what was done and how it was.
mod actions;
mod activity;
mod card;
mod conflict;
mod detail;
mod edit;
mod history;
mod income;
mod invites;
mod list;
mod month;
mod moves;
mod proposal;
mod share;
mod table;

pub use activity::Activity;
pub use edit::EditBudget;
pub use history::History;
pub use invites::Invites;
pub use list::Budgets;
pub use month::Month;
pub use proposal::BudgetProposal;
pub use share::Share;
