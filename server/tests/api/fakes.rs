//! Ports that tests look into: a clock that can be put forward, a counter of what passwords cost, a box for mails.
use crate::helpers::TestApp;
use server::{auth::Argon2Hasher, letters, system::SystemClock};
use service::{
    ports::{
        Clock, PasswordHasher, Random,
        mail::{Mailer, Message},
    },
    work::Worker,
};
use std::sync::{
    Arc, Mutex, OnceLock,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

/// The real clock, which a test can set forward.
#[derive(Default)]
pub struct TestClock {
    ahead: AtomicU64,
    stopped: OnceLock<jiff::Timestamp>,
}

impl TestClock {
    /// From now on time passes only when the test says so: codes of an authenticator stay what they are.
    pub fn stop(&self) {
        self.stopped.get_or_init(|| SystemClock.now());
    }

    pub fn pass(&self, days: u64) {
        self.pass_seconds(days * 86_400);
    }

    /// How many days were passed over.
    pub fn days(&self) -> u64 {
        self.ahead.load(Ordering::SeqCst) / 86_400
    }

    pub fn pass_seconds(&self, seconds: u64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }
}

#[async_trait::async_trait]
impl Clock for TestClock {
    fn now(&self) -> jiff::Timestamp {
        let ahead = std::time::Duration::from_secs(self.ahead.load(Ordering::SeqCst));
        self.stopped.get().copied().unwrap_or_else(|| SystemClock.now()).checked_add(ahead).unwrap()
    }

    /// Who guesses needn't wait in a test; what is longer outlasts it.
    async fn sleep(&self, time: std::time::Duration) {
        if time > std::time::Duration::from_secs(5) {
            std::future::pending::<()>().await;
        }
    }
}

/// Counts the work that passwords make.
pub struct CountingHasher {
    quick: Argon2Hasher,
    hashed: AtomicU32,
    verified: AtomicU32,
}

#[async_trait::async_trait]
impl PasswordHasher for CountingHasher {
    async fn hash(&self, password: &str) -> service::Result<String> {
        self.hashed.fetch_add(1, Ordering::SeqCst);
        self.quick.hash(password).await
    }

    async fn verify(&self, password: &str, hash: Option<&str>) -> service::Result<bool> {
        self.verified.fetch_add(1, Ordering::SeqCst);
        self.quick.verify(password, hash).await
    }
}

impl CountingHasher {
    pub fn new(random: Arc<dyn Random>) -> Self {
        Self { quick: Argon2Hasher::quick(random), hashed: AtomicU32::new(0), verified: AtomicU32::new(0) }
    }

    /// (hashed, verified) since it was asked last.
    pub fn taken(&self) -> (u32, u32) {
        (self.hashed.swap(0, Ordering::SeqCst), self.verified.swap(0, Ordering::SeqCst))
    }
}

/// Keeps mails instead of sending them.
#[derive(Default)]
pub struct Outbox(Mutex<Vec<Message>>);

impl Outbox {
    /// What came in so far.
    pub fn taken(&self) -> Vec<Message> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

#[async_trait::async_trait]
impl Mailer for Outbox {
    async fn send(&self, message: &Message) -> service::Result<()> {
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}

impl TestApp {
    /// Does all the work that is due, and gives the mails that it sent.
    pub async fn mails(&self) -> Vec<Message> {
        let outbox = Outbox::default();
        self.work("a test", &outbox).await;
        outbox.taken()
    }

    /// Does the work that is due, under that name, until none is left.
    pub async fn work(&self, name: &str, mailer: &dyn Mailer) {
        while self.step(name, mailer).await {}
    }

    /// Does one job, if one is due. Whether there was one.
    pub async fn step(&self, name: &str, mailer: &dyn Mailer) -> bool {
        let site = self.site.clone();
        let wording = move |mail: &service::mail::Mail, id: String| letters::worded(mail, id, &site);
        let worker = Worker { services: &self.services, name, mailer, wording: &wording };
        worker.step().await.unwrap()
    }
}
