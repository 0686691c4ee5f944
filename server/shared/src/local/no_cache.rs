//! No cache: for a process that may not be alone, and hears nothing of what the others change.
use service::ports::cache::{Cache, Looked, Ticket};

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCache;

#[async_trait::async_trait]
impl Cache for NoCache {
    async fn look(&self, _: &str, _: &str) -> Looked {
        Looked::Miss(Ticket::None)
    }

    async fn put(&self, _: &str, _: &str, _: Ticket, _: &[u8]) {}

    async fn forget(&self, _: &str) {}

    async fn alive(&self) -> bool {
        true
    }
}
