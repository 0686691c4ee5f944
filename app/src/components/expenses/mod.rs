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
pub mod keys;
mod row;
pub mod table;

pub use add::AddSheet;
pub use address::{Address, use_address};
pub use chips::Chips;
pub use edit::EditSheet;
pub use filters::Filters;
pub use keys::KeysSheet;
pub use table::ExpenseTable;
