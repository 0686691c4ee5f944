//! One file for each page.
pub mod auth;
pub mod budgets;
pub mod dashboard;
pub mod expenses;
pub mod landing;
pub mod legal;
pub mod recurring;
pub mod rules;
pub mod settings;
pub mod status;
pub mod styleguide;
pub mod welcome;
