//! How an account stands: its plan, its picture, its end.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Tariff {
    #[default]
    Free,
    Premium,
}

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum SubscriptionStatus {
    #[default]
    Active,
    Cancelled,
    Expired,
}

/// What an account may do, and until when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Subscription {
    /// What.
    pub plan: Tariff,
    /// Where it stands.
    pub status: SubscriptionStatus,
    /// From then on.
    #[serde(with = "crate::wire::timestamp::optional")]
    pub start_date: Option<Timestamp>,
    /// Until then; none: without an end.
    #[serde(with = "crate::wire::timestamp::optional")]
    pub end_date: Option<Timestamp>,
}

impl Subscription {
    /// Premium counts while it is active and not past its end.
    pub fn is_premium(&self, now: Timestamp) -> bool {
        self.plan == Tariff::Premium
            && self.status == SubscriptionStatus::Active
            && self.end_date.is_none_or(|end| now < end)
    }
}

/// How an account stands: what only use-cases of their own change, never an edit of the profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Standing {
    /// The picture: the id of its blob.
    pub avatar: Option<String>,
    /// What the account may do.
    pub subscription: Subscription,
    /// The account goes for good then, unless its owner changes their mind.
    #[serde(with = "crate::wire::timestamp::optional")]
    pub delete_after: Option<Timestamp>,
    /// Whether a code is asked for at sign-in.
    pub two_factor: bool,
}
