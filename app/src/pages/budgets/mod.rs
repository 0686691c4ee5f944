//! Budgets: the list, a month, the form that changes one.
mod card;
mod conflict;
mod edit;
mod list;
mod month;
mod table;

pub use edit::EditBudget;
pub use list::Budgets;
pub use month::Month;
