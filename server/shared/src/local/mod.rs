//! The ports for a server that is one process: everything is in its memory, which is bounded, and ends with it.
mod cache;
mod events;
mod limits;
mod no_cache;

pub use cache::LocalCache;
pub use events::LocalEvents;
pub use limits::LocalLimits;
pub use no_cache::NoCache;
