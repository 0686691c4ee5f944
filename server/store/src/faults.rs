//! Points between the steps of a write at which tests make it fail. Without the feature `testing` they are nothing.
#[cfg(feature = "testing")]
pub use service::testing::{FaultPoint, Faults};

/// Nothing to inject.
#[cfg(not(feature = "testing"))]
#[derive(Debug, Clone, Default)]
pub struct Faults {}

/// See `service::testing::FaultPoint`.
#[cfg(not(feature = "testing"))]
#[derive(Debug, Clone, Copy)]
pub enum FaultPoint {
    /// Between rows and totals.
    Totals,
    /// Before the answer is kept.
    Answer,
    /// Before the commit.
    Commit,
}

#[cfg(not(feature = "testing"))]
impl Faults {
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same signature as with the feature")]
    pub(crate) fn pass(&self, _: FaultPoint) -> service::Result<()> {
        Ok(())
    }
}
