//! The server that the tests use, and a database of its own for each of them.
use mongodb::Client;
use service::testing::Faults;
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use store::{
    MongoOptions, MongoStore,
    mongo::{Timeouts, open},
};

/// Where the server is.
pub fn uri() -> String {
    wanted("WEALTHWISE_TEST_MONGODB_URI")
}

#[allow(clippy::disallowed_methods, reason = "what the script says that starts the server")]
fn wanted(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!(
            "{name} is not set: run the tests by `make unit`, or behind `scripts/with-services`, which starts a server"
        )
    })
}

/// Its host and port; of several the first.
pub fn host() -> String {
    let uri = uri();
    let rest = uri.split_once("://").map_or(uri.as_str(), |(_, rest)| rest);
    let hosts = rest.split(['/', '?']).next().unwrap();
    hosts.rsplit('@').next().unwrap().split(',').next().unwrap().to_owned()
}

/// The same server by way of another port of this machine.
pub fn uri_by(port: u16) -> String {
    let uri = uri().replacen(&host(), &format!("127.0.0.1:{port}"), 1);
    if uri.contains("directConnection") {
        return uri;
    }
    // Else the driver would ask the server for its address, and go there.
    let option = if uri.contains('?') { "&directConnection=true" } else { "/?directConnection=true" };
    format!("{uri}{option}")
}

/// A database that is dropped in the end.
pub struct Scratch {
    database: String,
}

impl Scratch {
    pub async fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let scratch = Self { database: format!("wealthwise_test_{}_{number}", std::process::id()) };
        // What a test that was killed has left behind.
        remove(&scratch.database).await;
        scratch
    }

    pub fn options(&self, faults: &Faults) -> MongoOptions {
        let slow = Duration::from_secs(30);
        MongoOptions {
            database: self.database.clone(),
            timeouts: Timeouts { call: slow, ..Timeouts::default() },
            faults: faults.clone(),
            ..MongoOptions::new(uri())
        }
    }

    pub async fn open(&self, faults: &Faults) -> MongoStore {
        open(self.options(faults)).await.unwrap()
    }

    /// The database itself, past the store.
    pub async fn raw(&self) -> mongodb::Database {
        Client::with_uri_str(uri()).await.unwrap().database(&self.database)
    }
}

async fn remove(database: &str) {
    let client = Client::with_uri_str(uri()).await.unwrap();
    client.database(database).drop().await.unwrap();
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let database = self.database.clone();
        let removed = std::thread::spawn(move || tokio::runtime::Runtime::new().unwrap().block_on(remove(&database)));
        let removed = removed.join().is_ok();
        assert!(removed || std::thread::panicking(), "{} could not be dropped", self.database);
    }
}
