//! What the operator does now and then: plans of accounts, and work that was given up. All of it also while the server
//! runs: each is one small write, for which the embedded store's own lock is enough.
use super::fail;
use crate::{config::Config, folder, startup, system::SystemClock};
use domain::{Date, ids::JobId, user::Tariff};
use jiff::{Timestamp, tz::TimeZone};
use service::{
    Error,
    ports::{
        Clock as _,
        jobs::{Job, JobStatus},
        store::Store,
    },
    subscriptions,
};
use std::{fmt::Write as _, process::ExitCode, sync::Arc};

/// Gives an account a plan; `until` is its last day (UTC).
pub(super) fn set_plan(config: &Config, email: &str, plan: Tariff, until: Option<Date>) -> ExitCode {
    with_store(config, async |store| {
        let now = SystemClock.now();
        let end = until.map(end_of).transpose()?;
        if end.is_some_and(|end| end <= now) {
            return Err("--until: that day is over.".to_owned());
        }
        match subscriptions::set_plan(&*store, email, plan, end, now).await {
            Ok(user) => Ok(match (plan, until) {
                (Tariff::Premium, Some(day)) => format!("{} is premium until the end of {day} (UTC).\n", user.email),
                (Tariff::Premium, None) => format!("{} is premium until that is changed.\n", user.email),
                (Tariff::Free, _) => format!("{} is on the free plan.\n", user.email),
            }),
            Err(Error::NotFound) => Err(format!("No account has the address {email}.")),
            Err(error) => Err(error.to_string()),
        }
    })
}

fn end_of(day: Date) -> Result<Timestamp, String> {
    let end = day.tomorrow().and_then(|next| TimeZone::UTC.to_timestamp(next.at(0, 0, 0, 0)));
    end.map_err(|error| format!("--until: {error}"))
}

/// Lists what waits and what was given up. Payloads are private and stay where they are.
pub(super) fn jobs(config: &Config) -> ExitCode {
    with_store(config, async |store| {
        let list = async |status| store.jobs(status).await.map_err(|error| error.to_string());
        Ok(listed(&list(JobStatus::Open).await?, &list(JobStatus::Dead).await?, SystemClock.now()))
    })
}

/// Begins anew with one that was given up.
pub(super) fn retry(config: &Config, id: JobId) -> ExitCode {
    with_store(config, async |store| match store.revive_job(id, SystemClock.now()).await {
        Ok(true) => Ok("It is tried again.\n".to_owned()),
        Ok(false) => Err(format!("No job {id} was given up, or the same work waits already.")),
        Err(error) => Err(error.to_string()),
    })
}

fn listed(open: &[Job], dead: &[Job], now: Timestamp) -> String {
    let mut text = format!("{} open, {} given up\n", open.len(), dead.len());
    let at = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    for job in open.iter().chain(dead) {
        let state = match (job.status, job.lease_until) {
            (JobStatus::Open, Some(until)) if now < until => "is being done".to_owned(),
            (JobStatus::Open, _) => format!("due {}", at(job.job.run_at)),
            (_, _) => format!("given up {}", job.ended_at.map(at).unwrap_or_default()),
        };
        let tries = match job.attempts {
            0 => String::new(),
            1 => ", 1 try".to_owned(),
            more => format!(", {more} tries"),
        };
        let error = job.last_error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
        // Into a text it can't fail.
        let _ = writeln!(text, "  {}  {:<16} {state}{tries}{error}", job.job.id, job.job.kind);
    }
    text
}

fn with_store(config: &Config, work: impl AsyncFnOnce(Arc<dyn Store>) -> Result<String, String>) -> ExitCode {
    if config.mongodb.is_none() && !folder::database(&config.data_dir).exists() {
        return fail(&format!("There are no data in {}.", config.data_dir.display()));
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("can't start: {error}")),
    };
    let done = runtime.block_on(async {
        let opened = startup::open(config).await.map_err(|error| error.to_string())?;
        work(opened.store).await
    });
    match done {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use service::ports::jobs::NewJob;

    #[test]
    fn a_list_says_what_waits_and_what_was_given_up_and_nothing_private() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let new = |kind: &str| NewJob {
            id: JobId([7; 12]),
            kind: kind.to_owned(),
            payload: "secret".to_owned(),
            run_at: now,
            unique_key: None,
            user_id: None,
        };
        let open = Job::new(new("delete_account"), now);
        let dead = Job {
            status: JobStatus::Dead,
            attempts: 3,
            last_error: Some("a part did not answer".to_owned()),
            ended_at: Some(now),
            ..Job::new(new("send_email"), now)
        };
        assert_eq!(
            listed(&[open], &[dead], now),
            "1 open, 1 given up\n  \
             070707070707070707070707  delete_account   due 2026-11-22 12:00 UTC\n  \
             070707070707070707070707  send_email       given up 2026-11-22 12:00 UTC, 3 tries: a part did not answer\n"
        );
    }

    #[test]
    fn the_last_day_counts_whole() {
        assert_eq!(end_of(Date::constant(2026, 12, 31)).unwrap(), "2027-01-01T00:00:00Z".parse().unwrap());
    }
}
