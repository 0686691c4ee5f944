//! Parts of the page for bank files.
mod drop;
mod earlier;
mod file;
mod head;
mod preview;
mod questions;
mod rejected;
mod revert;
mod rows;

pub use drop::DropFile;
pub use earlier::Earlier;
pub use preview::Preview;
