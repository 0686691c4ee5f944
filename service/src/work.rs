//! The queue of jobs: what they need is sealed, for it is as private as what they follow from. They are done one after the
//! other: taken for a minute, renewed while they are done, tried again later when they fail, given up after a few tries.
use crate::{
    Error, Result, Services, leaving, mail,
    ports::{
        jobs::{ATTEMPTS_MAX, Job, NewJob},
        mail::{Mailer, Message},
    },
    recovery, recurring,
};
use domain::ids::{JobId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// A job is somebody's for so long, unless they renew it.
const LEASE: SignedDuration = SignedDuration::from_mins(1);
/// It is renewed so often.
const RENEW_EVERY: Duration = Duration::from_secs(20);
/// The first pause before another try.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// Each pause is so many times the one before: a mail server that doesn't know us yet takes nothing for some minutes
/// (greylisting, RFC 6647), and the third try is the last.
const LONGER: i32 = 15;
/// Why a job is given up that nobody has brought to an end.
const NEVER_ENDED: &str = "whoever did it was gone before it was done, each time";

/// Words a mail for whom it goes to.
pub type Wording = dyn Fn(&mail::Mail, String) -> Message + Send + Sync;

/// Whoever does jobs: a few for each process, each with a name of its own.
pub struct Worker<'a> {
    /// The use-cases.
    pub services: &'a Services,
    /// What its leases are called by: other than those of all other workers of all processes.
    pub name: &'a str,
    /// Sends mail.
    pub mailer: &'a dyn Mailer,
    /// Words mail: `(mail, id)`.
    pub wording: &'a Wording,
}

impl Services {
    /// A job that is due now. While one with the same key is open, another is not kept.
    pub(crate) fn job(
        &self,
        kind: &str,
        needs: &impl Serialize,
        user_id: Option<UserId>,
        unique_key: Option<String>,
    ) -> Result<NewJob> {
        let plain = serde_json::to_vec(needs).map_err(|error| Error::Internal(format!("a job {kind}: {error}")))?;
        let now = self.now();
        Ok(NewJob {
            id: JobId(self.random.id(now)),
            kind: kind.to_owned(),
            payload: self.sealer.seal(kind, &plain)?,
            run_at: now,
            unique_key,
            user_id,
        })
    }

    /// What a job of that kind needs.
    pub(crate) fn open_job<T: DeserializeOwned>(&self, kind: &str, payload: &str) -> Result<T> {
        let plain = self.sealer.open(kind, payload)?;
        serde_json::from_slice(&plain).map_err(|error| Error::Internal(format!("a job {kind}: {error}")))
    }

    /// There is work: not a promise, only quicker than the next look at the queue.
    pub(crate) fn wake(&self) {
        self.work.notify_one();
    }
}

impl Worker<'_> {
    /// Does one job, if one is due. Whether there was one.
    pub async fn step(&self) -> Result<bool> {
        let now = self.services.now();
        let store = &self.services.store;
        let Some(job) = store.take_job(self.name, now, until(now)).await? else { return Ok(false) };
        let (kind, attempts) = (job.job.kind.as_str(), job.attempts);
        if attempts > ATTEMPTS_MAX {
            // It may be the job that kills whoever does it.
            tracing::warn!(kind, attempts, "a job is given up: {NEVER_ENDED}");
            store.fail_job(job.job.id, self.name, NEVER_ENDED, None, now).await?;
            return Ok(true);
        }
        let done = tokio::select! {
            biased;
            done = self.perform(&job) => done,
            lost = self.renewed(&job) => Err(lost),
        };
        let (now, id) = (self.services.now(), job.job.id);
        match done {
            Ok(()) => drop(store.finish_job(id, self.name, now).await?),
            Err(error) => {
                let again = attempts < ATTEMPTS_MAX && may_work_later(&error);
                let retry = again.then(|| self.again_at(attempts, now));
                tracing::warn!(%error, kind, attempts, given_up = !again, "a job failed");
                store.fail_job(id, self.name, reason(&error), retry, now).await?;
            }
        }
        Ok(true)
    }

    /// What is to be done, by kind.
    async fn perform(&self, job: &Job) -> Result<()> {
        match job.job.kind.as_str() {
            mail::SEND => self.send(job, &self.services.open_job(mail::SEND, &job.job.payload)?).await,
            recovery::FORGOT => match recovery::reset_mail(self.services, &job.job.payload).await? {
                Some(mail) => self.send(job, &mail).await,
                None => Ok(()),
            },
            recurring::PROCESS => recurring::process(self.services, &job.job.payload).await,
            leaving::ERASE => leaving::erase(self.services, &job.job.payload).await,
            other => Err(Error::Internal(format!("a job of the unknown kind {other}"))),
        }
    }

    /// However often a job is tried, its mail has the same id: to the last server on its way it is one mail.
    async fn send(&self, job: &Job, mail: &mail::Mail) -> Result<()> {
        self.mailer.send(&(self.wording)(mail, job.job.id.to_string())).await
    }

    /// Renews the lease for as long as it can.
    async fn renewed(&self, job: &Job) -> Error {
        loop {
            self.services.clock.sleep(RENEW_EVERY).await;
            let until = until(self.services.now());
            match self.services.store.renew_job(job.job.id, self.name, until).await {
                Ok(true) => {}
                Ok(false) => return Error::Unavailable("the job was taken by another process".to_owned()),
                Err(error) => tracing::warn!(%error, "a job's lease is not renewed"),
            }
        }
    }

    fn again_at(&self, attempts: u32, now: Timestamp) -> Timestamp {
        let mut byte = [0];
        self.services.random.fill(&mut byte);
        now.checked_add(pause(attempts, byte[0])).unwrap_or(Timestamp::MAX)
    }
}

/// Longer each time, by up to a half more, so that what failed together is not tried together again.
fn pause(attempts: u32, chance: u8) -> SignedDuration {
    let pause = FIRST_PAUSE.saturating_mul(LONGER.saturating_pow(attempts.saturating_sub(1)));
    pause.saturating_add(pause / 2 * i32::from(chance) / 255)
}

fn until(now: Timestamp) -> Timestamp {
    now.checked_add(LEASE).unwrap_or(Timestamp::MAX)
}

/// Whether another try may work: what was refused is refused again.
fn may_work_later(error: &Error) -> bool {
    matches!(error, Error::Unavailable(_) | Error::StaleVersion { .. } | Error::StaleBudget(_))
}

/// Why a job failed, without anything personal.
fn reason(error: &Error) -> &'static str {
    match error {
        Error::Unavailable(_) => "a part did not answer",
        Error::StaleVersion { .. } | Error::StaleBudget(_) => "others were faster, each time",
        Error::Internal(_) => "it was refused, or the program is at fault",
        _ => "it can't be done any more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_longer_and_no_two_alike() {
        let seconds = |attempts, chance| pause(attempts, chance).as_secs();
        assert_eq!([seconds(1, 0), seconds(1, 128), seconds(1, 255)], [60, 75, 90]);
        assert_eq!([seconds(2, 0), seconds(2, 255)], [15 * 60, 15 * 90]);
        assert!(pause(u32::MAX, 255) > pause(3, 255), "and there is no overflow");
    }
}
