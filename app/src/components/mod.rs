//! Parts of pages that know the product: frames, menus, the month switcher.
pub mod account;
pub mod frame;
pub mod month;
pub mod page;
pub mod public;
pub mod signed_in;

pub use month::MonthSwitcher;
pub use page::{PageHeader, Title};
