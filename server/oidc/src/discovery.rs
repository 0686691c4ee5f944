//! What a provider says of itself, and its keys: asked for when needed, and kept for a while.
use crate::http::Http;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{DiscoveryError, IssuerUrl, core::CoreProviderMetadata};
use service::{Error, Result};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Kept so long.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// Not asked again sooner: neither for keys that a forged token names, nor for a provider that has just been silent.
const PAUSE: SignedDuration = SignedDuration::from_secs(20);

/// The document, when it was asked for.
#[derive(Default)]
struct Kept {
    found: Option<Arc<CoreProviderMetadata>>,
    asked: Option<Timestamp>,
}

/// The document of one provider.
pub(crate) struct Discovery {
    issuer: IssuerUrl,
    kept: Mutex<Kept>,
}

impl Discovery {
    pub(crate) fn new(issuer: IssuerUrl) -> Self {
        Self { issuer, kept: Mutex::default() }
    }

    /// The document, with the keys. [`Error::Unavailable`] while it can't be had.
    pub(crate) async fn document(&self, http: &Http, now: Timestamp) -> Result<Arc<CoreProviderMetadata>> {
        self.not_older_than(KEPT, http, now).await
    }

    /// The same after a token with a key that is not in it: keys change.
    pub(crate) async fn fresh(&self, http: &Http, now: Timestamp) -> Result<Arc<CoreProviderMetadata>> {
        self.not_older_than(PAUSE, http, now).await
    }

    async fn not_older_than(
        &self,
        age: SignedDuration,
        http: &Http,
        now: Timestamp,
    ) -> Result<Arc<CoreProviderMetadata>> {
        // One asks; the others wait for what it hears.
        let mut kept = self.kept.lock().await;
        let asked_within = |age| kept.asked.is_some_and(|asked| now.duration_since(asked).abs() < age);
        match &kept.found {
            Some(found) if asked_within(age) => return Ok(Arc::clone(found)),
            None if asked_within(PAUSE) => return Err(Error::Unavailable("discovery failed a moment ago".to_owned())),
            _ => {}
        }
        kept.asked = Some(now);
        kept.found = None;
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), http).await;
        let found = Arc::new(found.map_err(|error| Error::Unavailable(format!("discovery: {}", why(&error))))?);
        kept.found = Some(Arc::clone(&found));
        Ok(found)
    }
}

/// Without the body of an answer, which may be anything.
fn why(error: &DiscoveryError<crate::http::HttpError>) -> String {
    match error {
        DiscoveryError::Response(status, ..) => format!("status {status}"),
        DiscoveryError::Parse(error) => format!("not what the standard says: {error}"),
        DiscoveryError::Request(error) => error.to_string(),
        DiscoveryError::Validation(what) => what.clone(),
        _ => "failed".to_owned(),
    }
}
