//! One file for each page.
pub mod auth;
pub mod landing;
pub mod legal;
pub mod status;
