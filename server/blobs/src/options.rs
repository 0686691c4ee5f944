//! How to reach a bucket.
use std::{fmt, time::Duration};

/// A bucket of a server that speaks S3, and who we are there.
#[derive(Clone, Default)]
pub struct BucketOptions {
    /// The bucket's name. It must be there.
    pub bucket: String,
    /// What the names of our objects begin with, before a slash; empty = nothing.
    pub prefix: String,
    /// `https://host:port` of a server of one's own; none = Amazon's. Without TLS only if it says `http://`.
    pub endpoint: Option<String>,
    /// The region, as requests are signed for it.
    pub region: String,
    /// The key's name.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: String,
    /// What comes with a key that lasts only some time.
    pub session_token: Option<String>,
    /// How long to wait.
    pub timeouts: Timeouts,
}

/// How long to wait before it is [`service::Error::Unavailable`].
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For a request with its answer, from which a large file must come through.
    pub request: Duration,
    /// After this time nothing is tried again.
    pub tries: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), request: Duration::from_secs(30), tries: Duration::from_secs(10) }
    }
}

/// Keys and tokens are never shown.
impl fmt::Debug for BucketOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BucketOptions")
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}
