//! Dates as banks write them.
use serde::{Deserialize, Serialize};

/// In which order day, month and year stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// `2026-11-22`, `20261122`, `2026.11.22`
    Ymd,
    /// `22.11.2026`, `22/11/26`, `22-Nov-2026`
    Dmy,
    /// `11/22/2026`, `Nov 22, 2026`
    Mdy,
}
