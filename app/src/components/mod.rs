//! Parts of pages that know the product: frames, menus, the month switcher.
pub mod account;
pub mod allocation;
pub mod bank_file;
pub mod budget_fields;
pub mod currency;
pub mod expenses;
pub mod figures;
pub mod frame;
pub mod load;
pub mod month;
mod new_password;
pub mod next_steps;
pub mod notices;
pub mod page;
pub mod palette;
pub mod public;
pub mod shortcuts;
pub mod signed_in;
pub mod spending;
pub mod trend;
pub mod unconverted;

pub use currency::CurrencySelect;
pub use figures::{Figure, Figures};
pub use load::Load;
pub use month::MonthSwitcher;
pub use new_password::NewPassword;
pub use page::{PageHeader, Title};
