//! Work that is done later.
use super::{
    MongoStore,
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{instant, oid, optional_instant, to_instant},
};
use domain::ids::{JobId, UserId};
use jiff::Timestamp;
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Result,
    ports::jobs::{Job, JobStatus, JobStore, NewJob},
};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JobDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    kind: String,
    payload: String,
    run_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<ObjectId>,
    status: JobStatus,
    attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lease_until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lease_owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<i64>,
}

#[async_trait::async_trait]
impl JobStore for MongoStore {
    async fn enqueue(&self, jobs: &[NewJob], now: Timestamp) -> Result<()> {
        self.plain((jobs, now), |tx, (jobs, now)| Box::pin(keep(tx, jobs, *now))).await
    }

    async fn take_job(&self, owner: &str, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>> {
        self.plain((owner, now, lease_until), |tx, (owner, now, lease_until)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let now = instant(*now);
                let due = doc! {
                    "status": JobStatus::Open.as_str(),
                    "runAt": { "$lte": now },
                    "$or": [{ "leaseUntil": { "$exists": false } }, { "leaseUntil": { "$lte": now } }],
                };
                let taken = doc! {
                    "$inc": { "attempts": 1_i64 },
                    "$set": { "leaseOwner": *owner, "leaseUntil": instant(*lease_until) },
                };
                let found = tx.session.change(&tables.jobs, due, taken, doc! { "runAt": 1, "_id": 1 }).await?;
                found.map(Job::try_from).transpose()
            })
        })
        .await
    }

    async fn renew_job(&self, id: JobId, owner: &str, lease_until: Timestamp) -> Result<bool> {
        let until = doc! { "$set": { "leaseUntil": instant(lease_until) } };
        self.plain((id, owner, until), |tx, (id, owner, until)| Box::pin(change_own(tx, *id, owner, until.clone())))
            .await
    }

    async fn finish_job(&self, id: JobId, owner: &str, now: Timestamp) -> Result<bool> {
        let done = doc! {
            "$set": { "status": JobStatus::Done.as_str(), "endedAt": instant(now), "payload": "" },
            "$unset": { "leaseUntil": "", "leaseOwner": "", "lastError": "" },
        };
        self.plain((id, owner, done), |tx, (id, owner, done)| Box::pin(change_own(tx, *id, owner, done.clone()))).await
    }

    async fn fail_job(
        &self,
        id: JobId,
        owner: &str,
        error: &str,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool> {
        let mut set = doc! { "lastError": error };
        if let Some(at) = retry_at {
            set.insert("runAt", instant(at));
        } else {
            set.extend(doc! { "status": JobStatus::Dead.as_str(), "endedAt": instant(now) });
        }
        let failed = doc! { "$set": set, "$unset": { "leaseUntil": "", "leaseOwner": "" } };
        self.plain((id, owner, failed), |tx, (id, owner, failed)| Box::pin(change_own(tx, *id, owner, failed.clone())))
            .await
    }

    async fn next_job_at(&self) -> Result<Option<Timestamp>> {
        self.plain((), |tx, ()| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let open = |leased: bool| doc! { "status": "open", "leaseUntil": { "$exists": leased } };
                let free = tx.session.first_by(&tables.jobs, open(false), doc! { "runAt": 1 }).await?;
                let leased = tx.session.first_by(&tables.jobs, open(true), doc! { "leaseUntil": 1 }).await?;
                let free = free.map(|job| job.run_at);
                let leased = leased.and_then(|job| job.lease_until);
                optional_instant(free.into_iter().chain(leased).min())
            })
        })
        .await
    }

    async fn job(&self, actor: UserId, id: JobId) -> Result<Option<Job>> {
        self.plain((actor, id), |tx, (actor, id)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let own = doc! { "_id": oid(id.0), "userId": oid(actor.0) };
                tx.session.first(&tables.jobs, own).await?.map(Job::try_from).transpose()
            })
        })
        .await
    }

    async fn jobs(&self, status: JobStatus) -> Result<Vec<Job>> {
        self.plain(status, |tx, status| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let oldest = FindOptions::builder().sort(doc! { "createdAt": 1, "_id": 1 }).limit(1_000).build();
                let found = tx.session.all(&tables.jobs, doc! { "status": status.as_str() }, oldest).await?;
                found.into_iter().map(Job::try_from).collect()
            })
        })
        .await
    }

    async fn revive_job(&self, id: JobId, now: Timestamp) -> Result<bool> {
        self.plain((id, now), |tx, (id, now)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let dead = doc! { "_id": oid(id.0), "status": JobStatus::Dead.as_str() };
                let Some(job) = tx.session.first(&tables.jobs, dead.clone()).await? else { return Ok(false) };
                if let Some(key) = &job.unique_key
                    && tx.session.exists(&tables.jobs, of_key(key)).await?
                {
                    return Ok(false);
                }
                let again = doc! {
                    "$set": { "status": JobStatus::Open.as_str(), "attempts": 0_i64, "runAt": instant(*now) },
                    "$unset": { "endedAt": "" },
                };
                Ok(tx.session.update(&tables.jobs, dead, again).await? > 0)
            })
        })
        .await
    }
}

/// The open one of a key.
fn of_key(key: &str) -> mongodb::bson::Document {
    doc! { "uniqueKey": key, "status": JobStatus::Open.as_str() }
}

/// Whether it still was the owner's.
async fn change_own(tx: &mut Tx, id: JobId, owner: &str, change: mongodb::bson::Document) -> Outcome<bool> {
    let tables = Arc::clone(&tx.tables);
    let own = doc! { "_id": oid(id.0), "leaseOwner": owner, "status": JobStatus::Open.as_str() };
    Ok(tx.session.update(&tables.jobs, own, change).await? > 0)
}

/// New jobs; one whose key is open already is not kept again.
pub(super) async fn keep(tx: &mut Tx, jobs: &[NewJob], now: Timestamp) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    for job in jobs {
        if let Some(key) = &job.unique_key
            && tx.session.exists(&tables.jobs, of_key(key)).await?
        {
            continue;
        }
        tx.session.insert(&tables.jobs, &JobDoc::from(&Job::new(job.clone(), now))).await?;
    }
    Ok(())
}

/// Those that were done by then. How many they were.
pub(super) async fn forget_done(tx: &mut Tx, before: i64) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.jobs, doc! { "status": JobStatus::Done.as_str(), "endedAt": { "$lte": before } }).await
}

impl From<&Job> for JobDoc {
    fn from(stored: &Job) -> Self {
        let job = &stored.job;
        Self {
            id: oid(job.id.0),
            kind: job.kind.clone(),
            payload: job.payload.clone(),
            run_at: instant(job.run_at),
            unique_key: job.unique_key.clone(),
            user_id: job.user_id.map(|id| oid(id.0)),
            status: stored.status,
            attempts: i64::from(stored.attempts),
            lease_until: stored.lease_until.map(instant),
            lease_owner: stored.lease_owner.clone(),
            last_error: stored.last_error.clone(),
            created_at: instant(stored.created_at),
            ended_at: stored.ended_at.map(instant),
        }
    }
}

impl TryFrom<JobDoc> for Job {
    type Error = Failure;
    fn try_from(stored: JobDoc) -> Outcome<Self> {
        let job = NewJob {
            id: JobId(stored.id.bytes()),
            kind: stored.kind,
            payload: stored.payload,
            run_at: to_instant(stored.run_at)?,
            unique_key: stored.unique_key,
            user_id: stored.user_id.map(|id| UserId(id.bytes())),
        };
        Ok(Self {
            job,
            status: stored.status,
            attempts: u32::try_from(stored.attempts).map_err(Failure::corrupt)?,
            lease_until: optional_instant(stored.lease_until)?,
            lease_owner: stored.lease_owner,
            last_error: stored.last_error,
            created_at: to_instant(stored.created_at)?,
            ended_at: optional_instant(stored.ended_at)?,
        })
    }
}
