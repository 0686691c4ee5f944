//! What a person may do with a budget.
use serde::{Deserialize, Serialize};

/// From least to most: each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May look.
    View,
    /// May change the budget and its expenses.
    Edit,
    /// May also invite and change roles.
    Admin,
    /// May also delete and hand over.
    Owner,
}
