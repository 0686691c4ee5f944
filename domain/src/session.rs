//! A signed-in device.
use crate::ids::{SessionId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A session as the store keeps it: found by the SHA-256 of the cookie's secret, shown by its public id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// What the list of sessions shows.
    pub id: SessionId,
    /// SHA-256 of the secret in the cookie.
    pub secret_hash: [u8; 32],
    /// Whose.
    pub user_id: UserId,
    /// The user's epoch when it began; a raised one ends it.
    pub auth_epoch: i64,
    /// The browser as it names itself, shortened.
    pub device: String,
    /// Where from, as far as known.
    pub address: String,
    /// Begin; the absolute lifetime counts from here.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last use, exact to about five minutes; the idle lifetime counts from here.
    #[serde(with = "crate::wire::timestamp")]
    pub seen_at: Timestamp,
    /// The absolute end.
    #[serde(with = "crate::wire::timestamp")]
    pub expires_at: Timestamp,
}
