//! The end of an account, and work that was started.
use jiff::Timestamp;
use serde::Serialize;
use service::{
    leaving::Leaving,
    ports::jobs::{Job, JobStatus},
};
use utoipa::ToSchema;

/// An account that is about to go.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeavingView {
    /// Then; until then it can be kept.
    #[schema(value_type = String, format = DateTime)]
    delete_after: Timestamp,
    /// The work that will do it.
    job_id: String,
}

impl From<Leaving> for LeavingView {
    fn from(leaving: Leaving) -> Self {
        Self { delete_after: leaving.delete_after, job_id: leaving.job.to_string() }
    }
}

/// How work stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobView {
    id: String,
    kind: String,
    /// pending, running, done, failed (it is not tried again by itself)
    status: &'static str,
    /// In percent; null while that is not known.
    progress: Option<u8>,
    /// Why it did not work the last time.
    error: Option<String>,
}

impl JobView {
    /// As it stands now.
    pub fn new(job: Job, now: Timestamp) -> Self {
        let running = job.lease_until.is_some_and(|until| now < until);
        let (status, progress) = match job.status {
            JobStatus::Open if running => ("running", None),
            JobStatus::Open => ("pending", Some(0)),
            JobStatus::Done => ("done", Some(100)),
            JobStatus::Dead => ("failed", None),
        };
        Self { id: job.job.id.to_string(), kind: job.job.kind, status, progress, error: job.last_error }
    }
}
