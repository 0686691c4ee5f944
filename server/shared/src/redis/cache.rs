//! A cache in Redis: one hash for each scope, `PREFIX:cache:SCOPE`, with a field `gen` (its generation, a random text made
//! at the first look) and a field `k:KEY` for each value.
use super::{Redis, forgets::Forgets, hex};
use crate::{LARGEST_VALUE, VALUES_IN_SCOPE};
use fred::{interfaces::KeysInterface as _, types::Value};
use service::ports::{
    Random,
    cache::{Cache, KEEP, Looked, Ticket},
};
use std::{sync::Arc, time::Duration};
use tokio::{task::JoinSet, time::sleep};

const LOOK: &str = "
if redis.call('HSETNX', KEYS[1], 'gen', ARGV[2]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return redis.call('HMGET', KEYS[1], 'gen', 'k:' .. ARGV[1])";

const PUT: &str = "
if redis.call('HGET', KEYS[1], 'gen') == ARGV[2] and redis.call('HLEN', KEYS[1]) <= tonumber(ARGV[4]) then
  redis.call('HSET', KEYS[1], 'k:' .. ARGV[1], ARGV[3])
end
return 0";

/// The pause between two tries to forget what could not be forgotten.
const AGAIN: Duration = Duration::from_millis(250);

/// So many scopes are forgotten with one command.
const BATCH: usize = 100;

/// The cache of all processes.
pub struct RedisCache {
    redis: Redis,
    random: Arc<dyn Random>,
    forgets: Arc<Forgets>,
    /// Does again what has failed; ends with this.
    _again: JoinSet<()>,
}

impl RedisCache {
    /// In that server. Call it from within a runtime.
    pub fn new(redis: Redis, random: Arc<dyn Random>) -> Self {
        let forgets = Arc::<Forgets>::default();
        let mut again = JoinSet::new();
        again.spawn(forget_later(redis.clone(), Arc::clone(&forgets)));
        Self { redis, random, forgets, _again: again }
    }

    async fn ask(&self, scope: &str, key: &str) -> service::Result<Looked> {
        let mut generation = [0; 12];
        self.random.fill(&mut generation);
        let keep = KEEP.as_millis().to_string();
        let arguments = vec![key.into(), hex::encode(&generation).into(), keep.into()];
        let found = self.redis.script(LOOK, vec![self.redis.key("cache", scope)], arguments).await?;
        let (generation, value): (String, Option<Vec<u8>>) = found;
        Ok(value.map_or(Looked::Miss(Ticket::Generation(generation)), Looked::Hit))
    }
}

#[async_trait::async_trait]
impl Cache for RedisCache {
    async fn look(&self, scope: &str, key: &str) -> Looked {
        if self.forgets.owes(scope) {
            return Looked::Miss(Ticket::None);
        }
        self.ask(scope, key).await.unwrap_or_else(|error| {
            tracing::debug!(%error, "the cache was not looked into");
            Looked::Miss(Ticket::None)
        })
    }

    async fn put(&self, scope: &str, key: &str, ticket: Ticket, value: &[u8]) {
        let Ticket::Generation(generation) = ticket else { return };
        if value.len() > LARGEST_VALUE || self.forgets.owes(scope) {
            return;
        }
        let most = VALUES_IN_SCOPE.to_string();
        let arguments: Vec<Value> = vec![key.into(), generation.into(), value.into(), most.into()];
        if let Err(error) = self.redis.script::<()>(PUT, vec![self.redis.key("cache", scope)], arguments).await {
            tracing::debug!(%error, "nothing was put into the cache");
        }
    }

    async fn forget(&self, scope: &str) {
        if let Err(error) = unlink(&self.redis, [scope]).await {
            tracing::warn!(%error, "the cache will forget later");
            self.forgets.note(scope);
        }
    }

    async fn alive(&self) -> bool {
        self.redis.ping().await.is_ok()
    }
}

async fn unlink(redis: &Redis, scopes: impl IntoIterator<Item = &str>) -> service::Result<()> {
    let keys: Vec<String> = scopes.into_iter().map(|scope| redis.key("cache", scope)).collect();
    redis.call(|client| async move { client.unlink(keys).await }).await
}

async fn forget_later(redis: Redis, forgets: Arc<Forgets>) {
    loop {
        let owed = forgets.owed(BATCH).await;
        match unlink(&redis, owed.iter().map(|(scope, _)| scope.as_str())).await {
            Ok(()) => forgets.done(&owed),
            Err(_) => sleep(AGAIN).await,
        }
    }
}
