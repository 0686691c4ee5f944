//! Faults that a test switches on inside a store, between the steps of an atomic operation.
use crate::{Error, Result};
use std::sync::{Arc, Mutex, PoisonError};

/// Where an operation can be made to fail. A store passes these points in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultPoint {
    /// The rows are written, the totals that follow from them are not.
    Totals,
    /// All is written but the answer under the idempotency key.
    Answer,
    /// All is written, nothing is committed.
    Commit,
}

/// What is to fail. Clones share one setting: the test holds one, the store another.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Option<(FaultPoint, u32)>>>);

impl Faults {
    /// The `nth` pass (from 1) of `point` fails, once.
    pub fn arm(&self, point: FaultPoint, nth: u32) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((point, nth.max(1)));
    }

    /// Whether a fault is still waiting to happen.
    pub fn is_armed(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// For stores: called at each point; `Unavailable` when it is to fail.
    pub fn pass(&self, point: FaultPoint) -> Result<()> {
        let mut armed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *armed {
            Some((wanted, 1)) if wanted == point => {
                *armed = None;
                Err(Error::Unavailable(format!("injected at {point:?}")))
            }
            Some((wanted, left)) if wanted == point => {
                *armed = Some((wanted, left - 1));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
