//! Results that are dear to compute, kept for a while. A cache that is down is a miss, never an error.
use std::time::Duration;

/// What a look into the cache brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// It is there.
    Hit(Vec<u8>),
    /// It is not; what is computed now may be kept under this ticket.
    Miss(Ticket),
}

/// Says when somebody looked. What was computed from data older than the last [`Cache::forget`] is not kept: its ticket
/// is of an older generation of the scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ticket {
    /// The scope's generation when somebody looked.
    Generation(String),
    /// Nothing can be kept now.
    None,
}

/// Entries stand in scopes (`budget:ID`), which are forgotten as a whole when something in them changes.
#[async_trait::async_trait]
pub trait Cache: Send + Sync {
    /// Looks for an entry. Call it before reading what the entry is computed from.
    async fn look(&self, scope: &str, key: &str) -> Looked;
    /// Keeps an entry, if its scope has not been forgotten since the look; for [`KEEP`] at most, counted from the
    /// scope's first look.
    async fn put(&self, scope: &str, key: &str, ticket: Ticket, value: &[u8]);
    /// Forgets all entries of a scope. When this returns no process finds them again; if the cache could not be reached,
    /// it goes on trying, and entries last for [`KEEP`] at most.
    async fn forget(&self, scope: &str);
    /// Whether it answers.
    async fn alive(&self) -> bool;
}

/// The longest time that anything is kept.
pub const KEEP: Duration = Duration::from_mins(5);
