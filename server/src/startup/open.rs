//! What keeps data, opened as the configuration says; and opened later, when it does not answer yet.
use super::blobs;
use crate::{
    config::{Config, Mongo, RedisUrl},
    folder,
    system::SystemRandom,
};
use service::{
    Error,
    ports::{Random, blobs::Blobs, cache::Cache, events::Events, limits::Limits, sessions::SessionStore, store::Store},
};
use shared::{
    local::{LocalCache, LocalEvents, LocalLimits, NoCache},
    redis::{self, RedisCache, RedisEvents, RedisLimits, RedisOptions, RedisSessions},
};
use std::{fmt, future::Future, sync::Arc, time::Duration};
use store::MongoOptions;

/// The first pause between two tries, doubled up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(5);

/// What keeps data.
pub struct Opened {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Signed-in devices.
    pub sessions: Arc<dyn SessionStore>,
    /// Bytes of files.
    pub blobs: Arc<dyn Blobs>,
    /// Results that are dear to compute.
    pub cache: Arc<dyn Cache>,
    /// What has changed, told to the devices that show it.
    pub events: Arc<dyn Events>,
    /// How often something was done lately.
    pub limits: Arc<dyn Limits>,
}

/// Why it can't be opened.
#[derive(Debug)]
pub enum NotOpen {
    /// It does not answer: another try may find it well.
    Later(String),
    /// Something is set or made wrongly: trying again won't help.
    Never(String),
}

impl fmt::Display for NotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Later(what) | Self::Never(what)) = self;
        f.write_str(what)
    }
}

/// By the key that says where it is. Only a server elsewhere may come back by itself: a folder is there or not.
fn not_open(key: &str, elsewhere: bool, error: Error) -> NotOpen {
    match error {
        Error::Unavailable(what) if elsewhere => NotOpen::Later(format!("{key}: {what}")),
        error => NotOpen::Never(format!("{key}: {error}")),
    }
}

/// Opens what is configured: `MongoDB` where `MONGODB_URI` is set, else the embedded store; what processes share in
/// Redis where `REDIS_URL` is set, else in this process.
pub async fn open(config: &Config) -> Result<Opened, NotOpen> {
    let opened = match &config.mongodb {
        Some(mongo) => open_mongodb(config, mongo).await?,
        None => open_embedded(config)?,
    };
    match &config.redis {
        Some(url) => share(opened, url, config.session_idle).await,
        None => Ok(opened),
    }
}

async fn open_mongodb(config: &Config, mongo: &Mongo) -> Result<Opened, NotOpen> {
    let options = MongoOptions {
        database: mongo.database.clone(),
        max_pool_size: mongo.max_pool_size,
        timeouts: mongo.timeouts,
        ..MongoOptions::new(&mongo.uri)
    };
    let store = store::mongo::open(options).await.map_err(|error| not_open("MONGODB_URI", true, error))?;
    let blobs = blobs::open(config, || Ok(Arc::new(store.clone()))).map_err(NotOpen::Never)?;
    let sessions = Arc::new(store.clone());
    // There may be other processes, of whose changes this one would hear nothing: what is kept here could be old.
    Ok(alone(Arc::new(store), sessions, blobs, Arc::new(NoCache)))
}

/// In its folder, which is made if it is not there (for its owner's eyes only).
fn open_embedded(config: &Config) -> Result<Opened, NotOpen> {
    let data = &config.data_dir;
    let key = format!("WEALTHWISE_DATA_DIR {}", data.display());
    folder::make(data).map_err(|error| NotOpen::Never(format!("{key}: {error}")))?;
    let store = store::open(&folder::database(data)).map_err(|error| not_open(&key, false, error))?;
    let own = || blobs::folder(&data.join(folder::BLOBS), "WEALTHWISE_DATA_DIR");
    let blobs = blobs::open(config, own).map_err(NotOpen::Never)?;
    let sessions = Arc::new(store.clone());
    Ok(alone(Arc::new(store), sessions, blobs, Arc::new(LocalCache::new())))
}

/// Shared with nobody.
fn alone(
    store: Arc<dyn Store>,
    sessions: Arc<dyn SessionStore>,
    blobs: Arc<dyn Blobs>,
    cache: Arc<dyn Cache>,
) -> Opened {
    let events = Arc::new(LocalEvents::new(&SystemRandom));
    Opened { store, sessions, blobs, cache, events, limits: Arc::new(LocalLimits::default()) }
}

/// Shared with all processes that use the same Redis.
async fn share(opened: Opened, url: &RedisUrl, session_idle: Duration) -> Result<Opened, NotOpen> {
    let failed = |error| not_open("REDIS_URL", true, error);
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let options = RedisOptions { prefix: url.prefix.clone(), ..RedisOptions::new(&url.url) };
    let redis = redis::connect(options).await.map_err(failed)?;
    let users = Arc::clone(&opened.store);
    Ok(Opened {
        sessions: Arc::new(RedisSessions::new(redis.clone(), users, session_idle)),
        cache: Arc::new(RedisCache::new(redis.clone(), random)),
        events: Arc::new(RedisEvents::new(redis.clone()).await.map_err(failed)?),
        limits: Arc::new(RedisLimits::new(redis)),
        ..opened
    })
}

/// Opens as often as it takes, with growing pauses. An error is one that trying again won't help.
pub(super) async fn patiently<T, F>(mut open: impl FnMut() -> F) -> Result<T, String>
where
    F: Future<Output = Result<T, NotOpen>>,
{
    let mut pause = SHORTEST;
    loop {
        match open().await {
            Ok(opened) => return Ok(opened),
            Err(NotOpen::Never(what)) => return Err(what),
            Err(NotOpen::Later(what)) => {
                tracing::warn!(%what, again_in = ?pause, "not ready");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_does_not_answer_is_tried_again() {
        let mut tries = 0;
        let begin = tokio::time::Instant::now();
        let opened = patiently(|| {
            tries += 1;
            let outcome = if tries < 10 { Err(NotOpen::Later("nobody".to_owned())) } else { Ok(tries) };
            std::future::ready(outcome)
        });
        assert_eq!(opened.await, Ok(10));
        // 0.25 + 0.5 + 1 + 2 + 4 + 4 × 5
        assert_eq!(begin.elapsed(), Duration::from_millis(27_750));
    }

    #[tokio::test]
    async fn what_is_wrong_is_not() {
        let mut tries = 0;
        let opened = patiently(|| {
            tries += 1;
            std::future::ready(Err::<(), _>(NotOpen::Never("standalone".to_owned())))
        });
        assert_eq!(opened.await, Err("standalone".to_owned()));
        assert_eq!(tries, 1);
    }

    #[test]
    fn only_what_is_elsewhere_may_come_back() {
        let away = || Error::Unavailable("no answer".to_owned());
        assert!(matches!(not_open("MONGODB_URI", true, away()), NotOpen::Later(_)));
        assert!(matches!(not_open("WEALTHWISE_DATA_DIR", false, away()), NotOpen::Never(_)));
        let wrong = not_open("MONGODB_URI", true, Error::Internal("no transactions".to_owned()));
        assert!(matches!(&wrong, NotOpen::Never(what) if what.contains("MONGODB_URI")), "{wrong}");
    }
}
