//! The ports in Redis (version 6.2 or later, or Valkey): a few connections that many calls share, each kept up by a task
//! of its own.
//!
//! - A call waits for its answer for two seconds at most, and is refused at once while there is no connection: nothing is
//!   queued for later, and nothing is sent twice.
//! - What has to be atomic is a script. Scripts are sent with each call: they are a few lines, and a server that was
//!   restarted knows none.
//! - Keys begin with a prefix. Some scripts make keys out of others, so that it takes one server (with replicas, if one
//!   likes), not a cluster.
mod cache;
mod events;
mod failure;
mod forgets;
mod hex;
mod hub;
mod limits;
mod line;
mod options;
mod record;
mod sessions;

pub use cache::RedisCache;
pub use events::RedisEvents;
pub use limits::RedisLimits;
pub use options::{RedisOptions, Timeouts};
pub use sessions::RedisSessions;

use failure::unavailable;
use fred::{
    clients::Client,
    interfaces::{ClientLike as _, LuaInterface as _},
    types::{FromValue, Value, config::Config},
};
use line::{Line, Slot};
use service::Result;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::task::JoinSet;

/// A server that is reached. Cheap to clone; the connections end with the last one.
#[derive(Clone)]
pub struct Redis(Arc<Inner>);

struct Inner {
    options: RedisOptions,
    config: Config,
    slots: Vec<Arc<Slot>>,
    next: AtomicUsize,
    /// Keep the connections up; they end with this.
    _keepers: JoinSet<()>,
}

/// Connects, from within a runtime. [`Internal`](service::Error::Internal) for an address that is wrong,
/// [`Unavailable`](service::Error::Unavailable) after four seconds at most when nobody answers.
pub async fn connect(options: RedisOptions) -> Result<Redis> {
    let config = options.config()?;
    let mut first = Some(line::open(&config, options.timeouts).await.map_err(unavailable)?);
    let mut keepers = JoinSet::new();
    let slots = (0..options.connections.max(1))
        .map(|_| {
            let slot = Arc::new(Slot::new(first.as_ref()));
            keepers.spawn(line::keep(Arc::clone(&slot), config.clone(), options.timeouts, first.take()));
            slot
        })
        .collect();
    Ok(Redis(Arc::new(Inner { options, config, slots, next: AtomicUsize::new(0), _keepers: keepers })))
}

/// Removes everything under a prefix, as tests do when they are over.
#[cfg(feature = "testing")]
pub async fn remove(options: RedisOptions) -> Result<()> {
    let redis = connect(RedisOptions { connections: 1, ..options }).await?;
    let script = "for _, key in ipairs(redis.call('KEYS', ARGV[1] .. ':*')) do redis.call('UNLINK', key) end return 0";
    let prefix = redis.0.options.prefix.clone();
    redis.script(script, Vec::new(), vec![prefix.into()]).await
}

impl Redis {
    /// Whether it answers.
    pub async fn ping(&self) -> Result<()> {
        self.call(|client| async move { client.ping::<()>(None).await }).await
    }

    /// A connection of its own, for messages that come unasked.
    async fn line(&self) -> std::result::Result<Line, fred::error::Error> {
        line::open(&self.0.config, self.0.options.timeouts).await
    }

    fn key(&self, kind: &str, rest: impl std::fmt::Display) -> String {
        format!("{}:{kind}:{rest}", self.0.options.prefix)
    }

    /// A connection that is up, each time the next one.
    fn client(&self) -> Result<Client> {
        let Inner { slots, next, .. } = &*self.0;
        let begin = next.fetch_add(1, Ordering::Relaxed);
        let mut why = None;
        for step in 0..slots.len() {
            match slots[begin.wrapping_add(step) % slots.len()].client() {
                Ok(client) => return Ok(client),
                Err(error) => why = Some(error),
            }
        }
        Err(why.unwrap_or_else(|| service::Error::Unavailable("redis: no connection".to_owned())))
    }

    async fn call<T, A>(&self, ask: impl FnOnce(Client) -> A + Send) -> Result<T>
    where
        A: Future<Output = std::result::Result<T, fred::error::Error>> + Send,
    {
        ask(self.client()?).await.map_err(unavailable)
    }

    async fn script<T: FromValue>(&self, script: &'static str, keys: Vec<String>, arguments: Vec<Value>) -> Result<T> {
        self.client()?.eval(script, keys, arguments).await.map_err(unavailable)
    }
}
