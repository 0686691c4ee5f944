//! Pure rules of `WealthWise`: money, months, budgets, expenses, bank files, repetition, what is typed. No IO, no clock, no randomness.
#![forbid(unsafe_code)]

pub mod account;
pub mod allocation;
pub mod analysis;
pub mod arithmetic;
pub mod budget;
pub mod bulk;
pub mod category;
pub mod classify;
pub mod currency;
pub mod entry;
pub mod expense;
pub mod filter;
pub mod habits;
pub mod ids;
#[cfg(feature = "import")]
pub mod import;
pub mod input;
pub mod ledger_file;
pub mod locale;
pub mod merchant;
pub mod money;
pub mod months;
pub mod period;
pub mod problem;
pub mod propose;
pub mod rates;
pub mod recurrence;
pub mod report;
pub mod role;
pub mod rule;
pub mod secrets;
pub mod session;
pub mod sharing;
pub mod spending;
pub mod split;
pub mod user;
pub mod version;
pub mod wire;
pub mod words;

pub use jiff::civil::Date;
