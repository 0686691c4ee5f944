//! Rules that file expenses: the list, and the form of one.
mod edit;
mod list;

pub use edit::NewRule;
pub(in crate::pages) use edit::categories;
pub use list::Rules;
