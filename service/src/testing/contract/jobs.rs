//! Work that is done later.
use super::{TestStore, world};
use crate::{
    ports::jobs::{Job, JobStatus, NewJob},
    ports::store::Write,
    testing::builders as make,
};
use domain::ids::{JobId, UserId};
use std::sync::Arc;

/// A job that is due `n` seconds after noon.
fn job(n: u32) -> NewJob {
    NewJob {
        id: JobId(make::id(n)),
        kind: "send_email".to_owned(),
        payload: format!("{{\"n\":{n}}}"),
        run_at: make::at(i64::from(n)),
        unique_key: None,
        user_id: None,
    }
}

async fn take(t: &TestStore, owner: &str, now: i64) -> Option<Job> {
    t.store.take_job(owner, make::at(now), make::at(now + 60)).await.unwrap()
}

fn ids(jobs: &[Job]) -> Vec<JobId> {
    jobs.iter().map(|job| job.job.id).collect()
}

pub async fn kept_with_what_they_follow_from(t: TestStore) {
    let person = make::person(1);
    let id = person.user.id;
    let follow = NewJob { user_id: Some(id), unique_key: Some("verify:1".to_owned()), ..job(5) };
    let write = Write { jobs: vec![follow.clone()], ..make::write(id, 0) };
    t.store.create_user(&write, &person).await.unwrap();
    let expected = Job {
        job: follow,
        status: JobStatus::Open,
        attempts: 0,
        lease_until: None,
        lease_owner: None,
        last_error: None,
        created_at: make::at(0),
        ended_at: None,
    };
    assert_eq!(t.store.jobs(JobStatus::Open).await.unwrap(), [expected]);
    assert_eq!(t.store.next_job_at().await.unwrap(), Some(make::at(5)));
    // What is refused leaves no job.
    let mut twin = make::person(2);
    twin.user.email = person.user.email.clone();
    let write = Write { jobs: vec![job(6)], ..make::write(twin.user.id, 0) };
    t.store.create_user(&write, &twin).await.unwrap_err();
    assert_eq!(ids(&t.store.jobs(JobStatus::Open).await.unwrap()), [JobId(make::id(5))]);
}

pub async fn one_process_has_a_job_at_a_time(t: TestStore) {
    t.store.enqueue(&[job(3), job(1), job(2), job(99)], make::at(0)).await.unwrap();
    assert_eq!(take(&t, "early", 0).await, None);
    let takers: Vec<_> = (0..12)
        .map(|n| {
            let store = Arc::clone(&t.store);
            let owner = format!("process {n}");
            tokio::spawn(async move { store.take_job(&owner, make::at(10), make::at(70)).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for taker in takers {
        taken.extend(taker.await.unwrap());
    }
    taken.sort_by_key(|job| job.job.run_at);
    assert_eq!(ids(&taken), [1, 2, 3].map(|n| JobId(make::id(n))));
    assert!(taken.iter().all(|job| job.attempts == 1 && job.lease_until == Some(make::at(70))));
    assert_eq!(t.store.next_job_at().await.unwrap(), Some(make::at(70)));
    let owner = taken[0].lease_owner.clone().unwrap();
    assert!(!t.store.finish_job(taken[0].job.id, "somebody else", make::at(11)).await.unwrap());
    assert!(t.store.finish_job(taken[0].job.id, &owner, make::at(11)).await.unwrap());
    assert!(!t.store.finish_job(taken[0].job.id, &owner, make::at(11)).await.unwrap());
    let done = t.store.jobs(JobStatus::Done).await.unwrap();
    assert_eq!((ids(&done), done[0].ended_at), (vec![taken[0].job.id], Some(make::at(11))));
    assert_eq!(done[0].job.payload, "", "what it was about is not kept");
}

pub async fn a_lost_lease_is_taken_up_again(t: TestStore) {
    t.store.enqueue(&[job(1)], make::at(0)).await.unwrap();
    let first = take(&t, "first", 10).await.unwrap();
    assert!(t.store.renew_job(first.job.id, "first", make::at(100)).await.unwrap());
    assert_eq!(take(&t, "second", 99).await, None);
    let again = take(&t, "second", 100).await.unwrap();
    assert_eq!((again.job.id, again.attempts, again.lease_owner.as_deref()), (first.job.id, 2, Some("second")));
    // The first one comes back to life, too late.
    assert!(!t.store.renew_job(first.job.id, "first", make::at(200)).await.unwrap());
    assert!(!t.store.finish_job(first.job.id, "first", make::at(101)).await.unwrap());
    assert!(!t.store.fail_job(first.job.id, "first", "late", None, make::at(101)).await.unwrap());
    assert!(t.store.finish_job(first.job.id, "second", make::at(102)).await.unwrap());
}

pub async fn tried_again_and_given_up(t: TestStore) {
    t.store.enqueue(&[job(1)], make::at(0)).await.unwrap();
    let id = take(&t, "me", 10).await.unwrap().job.id;
    assert!(t.store.fail_job(id, "me", "no answer", Some(make::at(30)), make::at(11)).await.unwrap());
    assert_eq!(take(&t, "me", 29).await, None);
    let again = take(&t, "me", 30).await.unwrap();
    assert_eq!((again.attempts, again.last_error.as_deref()), (2, Some("no answer")));
    assert!(t.store.fail_job(id, "me", "still none", None, make::at(31)).await.unwrap());
    assert_eq!(take(&t, "me", 1_000).await, None);
    assert_eq!(t.store.next_job_at().await.unwrap(), None);
    let dead = t.store.jobs(JobStatus::Dead).await.unwrap();
    assert_eq!((dead[0].job.payload.as_str(), dead[0].last_error.as_deref()), ("{\"n\":1}", Some("still none")));
    // Dead ones stay until somebody looks at them; done ones go after a day.
    t.store.sweep(make::at(30 * 86_400), std::time::Duration::from_hours(24)).await.unwrap();
    assert!(t.store.revive_job(id, make::at(2_000)).await.unwrap());
    assert!(!t.store.revive_job(id, make::at(2_000)).await.unwrap());
    let revived = take(&t, "me", 2_000).await.unwrap();
    assert_eq!((revived.job.id, revived.attempts), (id, 1));
    assert!(t.store.finish_job(id, "me", make::at(2_001)).await.unwrap());
    t.store.sweep(make::at(2_001 + 86_400), std::time::Duration::from_hours(24)).await.unwrap();
    assert_eq!(t.store.jobs(JobStatus::Done).await.unwrap(), []);
}

pub async fn one_is_open_for_a_key(t: TestStore) {
    let keyed = |n| NewJob { unique_key: Some("digest:ada:47".to_owned()), ..job(n) };
    t.store.enqueue(&[keyed(1), keyed(2), job(3)], make::at(0)).await.unwrap();
    t.store.enqueue(&[keyed(4)], make::at(0)).await.unwrap();
    let mut open = ids(&t.store.jobs(JobStatus::Open).await.unwrap());
    open.sort();
    assert_eq!(open, [1, 3].map(|n| JobId(make::id(n))));
    let id = take(&t, "me", 10).await.unwrap().job.id;
    t.store.enqueue(&[keyed(5)], make::at(0)).await.unwrap();
    assert_eq!(t.store.jobs(JobStatus::Open).await.unwrap().len(), 2, "one that is being done is open");
    t.store.finish_job(id, "me", make::at(11)).await.unwrap();
    t.store.enqueue(&[keyed(6)], make::at(0)).await.unwrap();
    assert_eq!(t.store.jobs(JobStatus::Open).await.unwrap().len(), 2);
}

pub async fn seen_by_whom_it_was_asked(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let bob = world::person(&*t.store, 2).await;
    let asked = NewJob { user_id: Some(ada), ..job(1) };
    t.store.enqueue(&[asked.clone(), job(2)], make::at(0)).await.unwrap();
    let of = async |user: UserId, n| t.store.job(user, JobId(make::id(n))).await.unwrap().map(|job| job.job);
    assert_eq!(of(ada, 1).await, Some(asked));
    assert_eq!((of(bob, 1).await, of(ada, 2).await, of(ada, 3).await), (None, None, None));
}
