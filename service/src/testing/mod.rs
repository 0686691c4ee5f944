//! For tests: fakes of the ports, builders of entities, faults, a proxy that fails as networks do, and the contract that
//! every store must pass.
pub mod builders;
pub mod contract;
pub mod fakes;
mod faults;
mod memory_blobs;
mod proxy;

pub use faults::{FaultPoint, Faults};
pub use proxy::Proxy;
