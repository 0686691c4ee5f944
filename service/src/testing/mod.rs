//! For tests: fakes of the ports, builders of entities, faults, and the contract that every store must pass.
pub mod builders;
pub mod contract;
pub mod fakes;
mod faults;

pub use faults::{FaultPoint, Faults};
