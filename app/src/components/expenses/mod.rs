//! The expense table and the sheets above it.
pub mod add;
pub mod address;
#[cfg(feature = "hydrate")]
mod browser;
pub mod chips;
mod conflict;
pub mod edit;
mod fields;
pub mod filters;
pub mod line;
mod merchant;
mod parts;
mod place;
mod repeats;
mod row;
mod selection;
mod start;
pub mod table;
mod totals;

pub use add::AddSheet;
pub use address::{Address, use_address};
#[cfg(feature = "hydrate")]
pub use browser::listen_to_keys;
pub use chips::Chips;
pub use edit::EditSheet;
pub use filters::Filters;
pub use line::LineForm;
pub(crate) use repeats::frequencies;
pub use table::ExpenseTable;
pub use totals::{ExportMenu, Totals};
