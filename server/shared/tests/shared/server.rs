//! The server that the tests use, and keys of its own for each of them.
use fred::{
    clients::Client,
    interfaces::{ClientLike as _, LuaInterface as _},
    types::{FromValue, config::Config},
};
use shared::redis::{Redis, RedisOptions, connect};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// Where the server is.
#[allow(clippy::disallowed_methods, reason = "what the script says that starts the server")]
pub fn url() -> String {
    let name = "WEALTHWISE_TEST_REDIS_URL";
    std::env::var(name).unwrap_or_else(|_| {
        panic!(
            "{name} is not set: run the tests by `make unit`, or behind `scripts/with-services`, which starts a server"
        )
    })
}

/// Its host and port.
pub fn host() -> String {
    let url = url();
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?']).next().unwrap().rsplit('@').next().unwrap();
    if host.contains(':') { host.to_owned() } else { format!("{host}:6379") }
}

/// The same server by way of another port of this machine.
pub fn url_by(port: u16) -> String {
    let url = url();
    let host = url.split_once("://").unwrap().1.split(['/', '?']).next().unwrap().rsplit('@').next().unwrap();
    url.replacen(host, &format!("127.0.0.1:{port}"), 1)
}

/// Keys that are deleted in the end.
pub struct Scratch {
    pub prefix: String,
}

impl Scratch {
    pub async fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let scratch = Self { prefix: format!("ww_test_{}_{number}", std::process::id()) };
        // What a test that was killed has left behind.
        remove(&scratch.prefix).await;
        scratch
    }

    pub fn options(&self) -> RedisOptions {
        RedisOptions { prefix: self.prefix.clone(), ..RedisOptions::new(url()) }
    }

    /// As one process more.
    pub async fn connect(&self) -> Redis {
        connect(self.options()).await.unwrap()
    }

    /// As a process on the other side of a proxy.
    pub async fn connect_by(&self, port: u16) -> Redis {
        connect(RedisOptions { url: url_by(port), ..self.options() }).await.unwrap()
    }

    /// All that the test has put there is gone, as after a `FLUSHALL`.
    pub async fn flush(&self) {
        remove(&self.prefix).await;
    }

    /// Asks the server itself; keys are named without their prefix.
    pub async fn ask<T: FromValue>(&self, script: &str, key: &str) -> T {
        run(script, format!("{}:{key}", self.prefix)).await
    }
}

async fn run<T: FromValue>(script: &str, key: String) -> T {
    let client = Client::new(Config::from_url(&url()).unwrap(), None, None, None);
    client.init().await.unwrap();
    let answer = client.eval(script.to_owned(), vec![key], ()).await.unwrap();
    client.quit().await.unwrap();
    answer
}

async fn remove(prefix: &str) {
    let script = "for _, key in ipairs(redis.call('KEYS', KEYS[1])) do redis.call('UNLINK', key) end return 0";
    run::<()>(script, format!("{prefix}:*")).await;
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let prefix = self.prefix.clone();
        let removed = std::thread::spawn(move || tokio::runtime::Runtime::new().unwrap().block_on(remove(&prefix)));
        let removed = removed.join().is_ok();
        assert!(removed || std::thread::panicking(), "the keys of {} could not be deleted", self.prefix);
    }
}

/// Tries until it is so, for half a minute at most.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let begin = Instant::now();
    while !so().await {
        assert!(begin.elapsed() < Duration::from_secs(30), "{what}: it does not come to that");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
