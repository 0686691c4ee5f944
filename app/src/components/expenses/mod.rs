//! The expense table and the sheets above it.
pub mod add;
pub mod address;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod cells;
pub mod chips;
mod conflict;
pub mod edit;
mod fields;
pub mod filters;
mod frame;
pub mod line;
mod merchant;
mod parts;
mod place;
mod receipt;
mod repeats;
mod row;
mod rows;
#[cfg(feature = "hydrate")]
mod scroll;
mod selection;
mod start;
#[cfg(feature = "hydrate")]
mod swipe;
pub mod table;
mod totals;

pub use add::AddSheet;
pub use address::{Address, use_address};
#[cfg(feature = "hydrate")]
pub use browser::listen;
pub use chips::Chips;
pub use edit::EditSheet;
pub use filters::Filters;
pub use line::LineForm;
pub(crate) use repeats::frequencies;
pub use rows::Rows;
pub use table::ExpenseTable;
pub use totals::{ExportMenu, Totals};
