//! The queue: what is done once however often it is tried, and what happens to whoever does it.
use crate::{
    fakes::Outbox,
    helpers::{TestApp, json, sign_up},
};
use server::config::MailWay;
use service::{
    Error,
    auth::hash_secret,
    ports::{
        jobs::JobStatus,
        mail::{Mailer, Message},
    },
};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Notify;

/// Never answers, and says when it was asked.
#[derive(Default)]
struct Silent(Notify);

#[async_trait::async_trait]
impl Mailer for Silent {
    async fn send(&self, _: &Message) -> service::Result<()> {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Always fails, with somebody's address in what it says.
#[derive(Default)]
struct Broken(AtomicU32);

#[async_trait::async_trait]
impl Mailer for Broken {
    async fn send(&self, message: &Message) -> service::Result<()> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Err(Error::Unavailable(format!("no such mailbox: {}", message.to)))
    }
}

/// Takes no mail.
struct Refusing;

#[async_trait::async_trait]
impl Mailer for Refusing {
    async fn send(&self, _: &Message) -> service::Result<()> {
        Err(Error::Internal("refused".to_owned()))
    }
}

/// A process that is gone while its mail is on the way.
async fn die_in_the_middle(app: &TestApp) {
    let silent = Silent::default();
    tokio::select! {
        _ = app.step("dying", &silent) => panic!("nobody answers"),
        () = silent.0.notified() => {}
    }
}

async fn with_a_mail() -> TestApp {
    let app = TestApp::start_with(|config| config.mail = MailWay::Smtp("smtp://localhost".to_owned())).await;
    assert_eq!(app.stranger().post("/api/auth/register", sign_up("anna")).await.status, 202);
    app
}

#[tokio::test]
async fn a_worker_that_dies_in_the_middle_loses_nothing() {
    let app = with_a_mail().await;
    die_in_the_middle(&app).await;
    assert!(app.mails().await.is_empty(), "until its lease ends the job is the dead one's");
    app.clock.pass(1);
    assert_eq!(app.mails().await.len(), 1);
    assert!(app.mails().await.is_empty(), "and it is done once");
    let done = app.services.store.jobs(JobStatus::Done).await.unwrap();
    assert_eq!((done.len(), done[0].attempts, done[0].job.payload.as_str()), (1, 2, ""));
}

#[tokio::test]
async fn a_forgotten_password_whose_worker_dies_has_one_link() {
    let app = TestApp::start().await;
    app.person("anna").await;
    app.stranger().post("/api/auth/forgot-password", json!({ "email": "anna@example.org" })).await;
    die_in_the_middle(&app).await;
    app.clock.pass(1);
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1);
    let anna = app.services.store.credentials("anna@example.org").await.unwrap().unwrap();
    assert_eq!(anna.secrets.tokens.len(), 1);
    let (_, link) = mails[0].text.split_once("?token=").unwrap();
    let token = link.split_whitespace().next().unwrap();
    assert_eq!(anna.secrets.tokens[0].hash, hash_secret(token), "only its hash is kept");
    let body = json!({ "token": token, "password": "another horse battery" });
    assert_eq!(app.stranger().post("/api/auth/reset-password", body).await.status, 204);
}

#[tokio::test]
async fn a_job_that_kills_whoever_does_it_is_given_up() {
    let app = with_a_mail().await;
    for _ in 0..3 {
        die_in_the_middle(&app).await;
        app.clock.pass(1);
    }
    assert!(app.mails().await.is_empty());
    let dead = app.services.store.jobs(JobStatus::Dead).await.unwrap();
    let reason = dead[0].last_error.as_deref();
    assert_eq!((dead.len(), reason), (1, Some("whoever did it was gone before it was done, each time")));
}

#[tokio::test]
async fn what_is_refused_for_good_is_not_tried_again() {
    let app = with_a_mail().await;
    app.work("me", &Refusing).await;
    app.clock.pass(1);
    assert!(app.mails().await.is_empty());
    let dead = app.services.store.jobs(JobStatus::Dead).await.unwrap();
    assert_eq!((dead.len(), dead[0].attempts), (1, 1));
}

#[tokio::test]
async fn several_workers_send_each_mail_once() {
    let app = with_a_mail().await;
    for n in 0..20 {
        let address = json!({ "email": format!("nobody{n}@example.org") });
        app.stranger().post("/api/auth/forgot-password", address).await;
        app.stranger().post("/api/auth/forgot-password", json!({ "email": "anna@example.org" })).await;
    }
    let outbox = Outbox::default();
    let workers: Vec<String> = (0..4).map(|n| format!("worker {n}")).collect();
    tokio::join!(
        app.work(&workers[0], &outbox),
        app.work(&workers[1], &outbox),
        app.work(&workers[2], &outbox),
        app.work(&workers[3], &outbox)
    );
    // Who changed the same person at the same time as too many others is tried again after a while.
    app.clock.pass_seconds(900);
    let mails = [outbox.taken(), app.mails().await].concat();
    let mut ids: Vec<_> = mails.iter().map(|mail| mail.id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((mails.len(), ids.len()), (21, 21));
}

#[tokio::test]
async fn what_always_fails_is_tried_three_times_and_kept() {
    let app = with_a_mail().await;
    let broken = Broken::default();
    for round in 1..=3 {
        assert!(app.step("me", &broken).await, "{round}");
        assert!(!app.step("me", &broken).await, "not again at once");
        assert_eq!(broken.0.load(Ordering::SeqCst), round);
        app.clock.pass(1);
    }
    assert!(!app.step("me", &broken).await);
    let dead = app.services.store.jobs(JobStatus::Dead).await.unwrap();
    let [job] = &dead[..] else { panic!("{dead:?}") };
    assert_eq!((job.attempts, job.last_error.as_deref()), (3, Some("a part did not answer")));
    assert!(!job.job.payload.contains("anna"), "what is kept says nothing of anybody");
    // The operator has mended it.
    assert!(app.services.store.revive_job(job.job.id, app.services.now()).await.unwrap());
    assert_eq!(app.mails().await.len(), 1);
}
