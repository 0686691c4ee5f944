//! Pure rules of `WealthWise`: money, months, budgets, expenses, bank files. No IO, no clock, no randomness.
#![forbid(unsafe_code)]

pub mod account;
pub mod allocation;
pub mod analysis;
pub mod budget;
pub mod category;
pub mod currency;
pub mod expense;
pub mod filter;
pub mod ids;
#[cfg(feature = "import")]
pub mod import;
pub mod input;
pub mod locale;
pub mod merchant;
pub mod money;
pub mod period;
pub mod problem;
pub mod rates;
pub mod report;
pub mod role;
pub mod secrets;
pub mod session;
pub mod spending;
pub mod user;
pub mod wire;

pub use jiff::civil::Date;
