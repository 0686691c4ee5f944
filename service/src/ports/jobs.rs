//! Work that is done later: mails, and whatever outlives the request that asked for it. A job is kept in the same
//! transaction as what it follows from ([`Write::jobs`](super::store::Write)), is done by one process at a time, and is
//! taken up again when that one dies.
use crate::Result;
use domain::ids::{JobId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// So often a job is tried.
pub const ATTEMPTS_MAX: u32 = 3;

/// Work to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewJob {
    /// Which.
    pub id: JobId,
    /// What is to be done (`send_email`).
    pub kind: String,
    /// What it needs, as JSON. It may be as private as the ledger itself: never logged.
    pub payload: String,
    /// Not before.
    pub run_at: Timestamp,
    /// While one with the same key is open, another is not kept.
    pub unique_key: Option<String>,
    /// Who asked for it, and may ask how it stands.
    pub user_id: Option<UserId>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobStatus {
    /// Waits for its time, or is being done.
    Open,
    /// Done. Kept for a day, for whoever asks.
    Done,
    /// Tried too often. Kept until somebody looks.
    Dead,
}

impl JobStatus {
    /// The word in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

impl std::str::FromStr for JobStatus {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        [Self::Open, Self::Done, Self::Dead].into_iter().find(|status| status.as_str() == text).ok_or(())
    }
}

/// Work as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// What is to be done.
    pub job: NewJob,
    /// Where it stands.
    pub status: JobStatus,
    /// How often it was begun.
    pub attempts: u32,
    /// Whoever does it has it until then.
    pub lease_until: Option<Timestamp>,
    /// Who does it.
    pub lease_owner: Option<String>,
    /// Why it did not work the last time: for the operator, without anything personal.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was done, or given up.
    pub ended_at: Option<Timestamp>,
}

impl Job {
    /// One that nobody has begun.
    pub fn new(job: NewJob, created_at: Timestamp) -> Self {
        Self {
            job,
            status: JobStatus::Open,
            attempts: 0,
            lease_until: None,
            lease_owner: None,
            last_error: None,
            created_at,
            ended_at: None,
        }
    }
}

/// The queue. Several processes share it.
#[async_trait::async_trait]
pub trait JobStore: Send + Sync {
    /// Keeps jobs that follow from no other write.
    async fn enqueue(&self, jobs: &[NewJob], now: Timestamp) -> Result<()>;
    /// Takes the job that is due longest, if one is that nobody has: its attempt is counted, and it is `owner`'s until
    /// `lease_until`. One whose lease has run out is due again.
    async fn take_job(&self, owner: &str, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>>;
    /// Keeps it longer. False: it is no longer `owner`'s.
    async fn renew_job(&self, id: JobId, owner: &str, lease_until: Timestamp) -> Result<bool>;
    /// It is done. False: it is no longer `owner`'s.
    async fn finish_job(&self, id: JobId, owner: &str, now: Timestamp) -> Result<bool>;
    /// It did not work: again at `retry_at`, or never (none). False: it is no longer `owner`'s.
    async fn fail_job(
        &self,
        id: JobId,
        owner: &str,
        error: &str,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool>;
    /// When the next open job that nobody has is due; that may be in the past.
    async fn next_job_at(&self) -> Result<Option<Timestamp>>;
    /// One that `actor` asked for.
    async fn job(&self, actor: UserId, id: JobId) -> Result<Option<Job>>;
    /// Those of a status, the oldest first, at most 1,000: for the operator.
    async fn jobs(&self, status: JobStatus) -> Result<Vec<Job>>;
    /// A dead one begins anew. False: there is none.
    async fn revive_job(&self, id: JobId, now: Timestamp) -> Result<bool>;
}
