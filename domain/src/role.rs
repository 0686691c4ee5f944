//! What a person may do with a budget.
use serde::{Deserialize, Serialize};
use std::str::FromStr;

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

impl Role {
    /// The words that a client may send: nobody is made the owner by a word.
    pub const GIVEN: [&'static str; 3] = ["view", "edit", "admin"];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Edit => "edit",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }
}

/// Of a role that can be given.
impl FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::View, Self::Edit, Self::Admin].into_iter().find(|role| role.as_str() == text).ok_or(())
    }
}
