//! Signed-in devices: in the store, or in a store of their own that all processes share.
use crate::Result;
use domain::{
    ids::{SessionId, UserId},
    session::Session,
    user::User,
};
use jiff::Timestamp;

/// Signed-in devices, and the one-time notes between two pages.
#[async_trait::async_trait]
pub trait SessionStore: Send + Sync {
    /// Whether it answers.
    async fn sessions_ready(&self) -> Result<()>;
    /// A new session.
    async fn create_session(&self, session: &Session) -> Result<()>;
    /// By the SHA-256 of the cookie's secret, with its user. Expiry, epoch and disabled users are the use-case's to judge.
    async fn session(&self, secret_hash: [u8; 32]) -> Result<Option<(Session, User)>>;
    /// Notes the use of a session. Update only: one that was ended stays ended.
    async fn touch_session(&self, secret_hash: [u8; 32], seen_at: Timestamp) -> Result<()>;
    /// Ends one of the user's sessions; none there is fine.
    async fn end_session(&self, user: UserId, session: SessionId) -> Result<()>;
    /// All of a user's.
    async fn sessions(&self, user: UserId) -> Result<Vec<Session>>;
    /// Keeps a note for the next page, found by the SHA-256 of its cookie.
    async fn put_flash(&self, token_hash: [u8; 32], payload: &[u8], expires_at: Timestamp) -> Result<()>;
    /// Takes the note: it is there once, until it expires.
    async fn take_flash(&self, token_hash: [u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>>;
}
