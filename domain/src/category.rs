//! The ten built-in budget categories, in the order in which every table, bar and API answer lists them.
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How many categories a budget has.
pub const COUNT: usize = 10;

/// One of the ten built-in budget categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Category {
    Housing,
    Food,
    Transportation,
    Utilities,
    Healthcare,
    Entertainment,
    Savings,
    Emergency,
    Investments,
    Miscellaneous,
}

impl Category {
    /// Whether what is planned for it is put by, and not for spending.
    pub const fn is_put_by(self) -> bool {
        matches!(self, Self::Savings | Self::Emergency | Self::Investments)
    }

    /// All of them, in order.
    pub const ALL: [Self; COUNT] = [
        Self::Housing,
        Self::Food,
        Self::Transportation,
        Self::Utilities,
        Self::Healthcare,
        Self::Entertainment,
        Self::Savings,
        Self::Emergency,
        Self::Investments,
        Self::Miscellaneous,
    ];

    /// The name in JSON, URLs and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Housing => "housing",
            Self::Food => "food",
            Self::Transportation => "transportation",
            Self::Utilities => "utilities",
            Self::Healthcare => "healthcare",
            Self::Entertainment => "entertainment",
            Self::Savings => "savings",
            Self::Emergency => "emergency",
            Self::Investments => "investments",
            Self::Miscellaneous => "miscellaneous",
        }
    }

    /// Its place in [`Category::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names none of the ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of the ten categories")]
pub struct UnknownCategory;

impl FromStr for Category {
    type Err = UnknownCategory;
    fn from_str(text: &str) -> Result<Self, UnknownCategory> {
        Self::ALL.into_iter().find(|category| category.as_str() == text).ok_or(UnknownCategory)
    }
}
