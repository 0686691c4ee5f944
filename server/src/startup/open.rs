//! What keeps data, opened as the configuration says; and opened later, when it does not answer yet.
use crate::config::{Config, Mongo};
use service::{
    Error,
    ports::{sessions::SessionStore, store::Store},
};
use std::{fmt, future::Future, io, path::Path, sync::Arc, time::Duration};
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

/// Opens what is configured: `MongoDB` where `MONGODB_URI` is set, else the embedded store.
pub async fn open(config: &Config) -> Result<Opened, NotOpen> {
    match &config.mongodb {
        Some(mongo) => open_mongodb(mongo).await,
        None => open_embedded(&config.data_dir),
    }
}

async fn open_mongodb(mongo: &Mongo) -> Result<Opened, NotOpen> {
    let options = MongoOptions {
        database: mongo.database.clone(),
        max_pool_size: mongo.max_pool_size,
        ..MongoOptions::new(&mongo.uri)
    };
    let store = store::mongo::open(options).await.map_err(|error| not_open("MONGODB_URI", true, error))?;
    Ok(Opened { sessions: Arc::new(store.clone()), store: Arc::new(store) })
}

/// In its folder, which is made if it is not there (for its owner's eyes only).
fn open_embedded(folder: &Path) -> Result<Opened, NotOpen> {
    let key = format!("WEALTHWISE_DATA_DIR {}", folder.display());
    make_folder(folder).map_err(|error| NotOpen::Never(format!("{key}: {error}")))?;
    let store = store::open(&folder.join("wealthwise.db")).map_err(|error| not_open(&key, false, error))?;
    Ok(Opened { sessions: Arc::new(store.clone()), store: Arc::new(store) })
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
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
