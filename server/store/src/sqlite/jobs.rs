//! Work that is done later.
use super::{
    SqliteStore,
    codec::{Columns, all, each, first, instant, run},
    connection::Tx,
    failure::Outcome,
};
use domain::ids::{JobId, UserId};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use service::{
    Result,
    ports::jobs::{Job, JobStatus, JobStore, NewJob},
};

macro_rules! job_columns {
    () => {
        "id, kind, payload, run_at, unique_key, user_id, status, attempts, lease_until, lease_owner, last_error, \
         created_at, ended_at"
    };
}

#[async_trait::async_trait]
impl JobStore for SqliteStore {
    async fn enqueue(&self, jobs: &[NewJob], now: Timestamp) -> Result<()> {
        let jobs = jobs.to_vec();
        self.change(move |tx| keep(tx, &jobs, now)).await
    }

    async fn take_job(&self, owner: &str, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>> {
        let owner = owner.to_owned();
        self.change(move |tx| {
            first(
                tx,
                concat!(
                    "UPDATE jobs SET attempts = attempts + 1, lease_owner = ?1, lease_until = ?3 WHERE id = (
                         SELECT id FROM jobs
                         WHERE status = 'open' AND run_at <= ?2 AND (lease_until IS NULL OR lease_until <= ?2)
                         ORDER BY run_at, id LIMIT 1)
                     RETURNING ",
                    job_columns!()
                ),
                params![owner, instant(now), instant(lease_until)],
                read,
            )
        })
        .await
    }

    async fn renew_job(&self, id: JobId, owner: &str, lease_until: Timestamp) -> Result<bool> {
        let owner = owner.to_owned();
        self.change(move |tx| {
            let sql = "UPDATE jobs SET lease_until = ? WHERE id = ? AND lease_owner = ? AND status = 'open'";
            Ok(run(tx, sql, params![instant(lease_until), id.0, owner])? > 0)
        })
        .await
    }

    async fn finish_job(&self, id: JobId, owner: &str, now: Timestamp) -> Result<bool> {
        let owner = owner.to_owned();
        self.change(move |tx| {
            let sql = "UPDATE jobs SET status = 'done', ended_at = ?, lease_until = NULL, lease_owner = NULL,
                           payload = '', last_error = NULL
                       WHERE id = ? AND lease_owner = ? AND status = 'open'";
            Ok(run(tx, sql, params![instant(now), id.0, owner])? > 0)
        })
        .await
    }

    async fn fail_job(
        &self,
        id: JobId,
        owner: &str,
        error: &str,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool> {
        let (owner, error) = (owner.to_owned(), error.to_owned());
        self.change(move |tx| {
            let sql = "UPDATE jobs SET status = iif(?1 IS NULL, 'dead', 'open'), run_at = coalesce(?1, run_at),
                           ended_at = iif(?1 IS NULL, ?2, NULL), last_error = ?3, lease_until = NULL, lease_owner = NULL
                       WHERE id = ?4 AND lease_owner = ?5 AND status = 'open'";
            Ok(run(tx, sql, params![retry_at.map(instant), instant(now), error, id.0, owner])? > 0)
        })
        .await
    }

    async fn next_job_at(&self) -> Result<Option<Timestamp>> {
        self.read(|connection| {
            let sql = "SELECT min(max(run_at, coalesce(lease_until, run_at))) FROM jobs WHERE status = 'open'";
            Ok(first(connection, sql, [], |columns| columns.optional_instant())?.flatten())
        })
        .await
    }

    async fn job(&self, actor: UserId, id: JobId) -> Result<Option<Job>> {
        self.read(move |connection| {
            let sql = concat!("SELECT ", job_columns!(), " FROM jobs WHERE id = ? AND user_id = ?");
            first(connection, sql, params![id.0, actor.0], read)
        })
        .await
    }

    async fn jobs(&self, status: JobStatus) -> Result<Vec<Job>> {
        self.read(move |connection| {
            let sql =
                concat!("SELECT ", job_columns!(), " FROM jobs WHERE status = ? ORDER BY created_at, id LIMIT 1000");
            all(connection, sql, params![status.as_str()], read)
        })
        .await
    }

    async fn revive_job(&self, id: JobId, now: Timestamp) -> Result<bool> {
        self.change(move |tx| {
            let sql = "UPDATE OR IGNORE jobs SET status = 'open', attempts = 0, run_at = ?, ended_at = NULL
                       WHERE id = ? AND status = 'dead'";
            Ok(run(tx, sql, params![instant(now), id.0])? > 0)
        })
        .await
    }
}

/// New jobs; one whose key is open already is not kept again.
pub(super) fn keep(tx: &Tx<'_>, jobs: &[NewJob], now: Timestamp) -> Outcome<()> {
    jobs.iter().try_for_each(|job| insert(tx, &Job::new(job.clone(), now)))
}

pub(super) fn insert(tx: &Tx<'_>, job: &Job) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO jobs (id, kind, payload, run_at, unique_key, user_id, status, attempts, lease_until, lease_owner,
             last_error, created_at, ended_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (unique_key) WHERE status = 'open' AND unique_key IS NOT NULL DO NOTHING",
        params![
            job.job.id.0,
            job.job.kind,
            job.job.payload,
            instant(job.job.run_at),
            job.job.unique_key,
            job.job.user_id.map(|id| id.0),
            job.status.as_str(),
            job.attempts,
            job.lease_until.map(instant),
            job.lease_owner,
            job.last_error,
            instant(job.created_at),
            job.ended_at.map(instant),
        ],
    )
    .map(drop)
}

/// Each job there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Job) -> Outcome<()>) -> Outcome<()> {
    each(connection, concat!("SELECT ", job_columns!(), " FROM jobs ORDER BY id"), [], |columns| give(read(columns)?))
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Job> {
    let job = NewJob {
        id: columns.id(JobId)?,
        kind: columns.get()?,
        payload: columns.get()?,
        run_at: columns.instant()?,
        unique_key: columns.get()?,
        user_id: columns.optional_id(UserId)?,
    };
    Ok(Job {
        job,
        status: columns.word()?,
        attempts: columns.get()?,
        lease_until: columns.optional_instant()?,
        lease_owner: columns.get()?,
        last_error: columns.get()?,
        created_at: columns.instant()?,
        ended_at: columns.optional_instant()?,
    })
}
