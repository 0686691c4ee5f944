//! Blobs as objects of a bucket: `prefix/abcdef…`. A put is one request, which the server does wholly or not at all, so
//! that there is nothing unfinished to remove.
use crate::options::BucketOptions;
use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::{SignedDuration, Timestamp};
use object_store::{
    BackoffConfig, ClientOptions, ObjectMeta, ObjectStore, ObjectStoreExt as _, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::HttpError,
    path::Path,
};
use service::{
    Error, Result,
    ports::blobs::{BlobId, Blobs, StoredBlob},
};
use std::{error::Error as _, sync::Arc, time::Duration};

/// How often a request is tried again.
const TRIES: usize = 3;

/// Blobs in a bucket. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Option<Path>,
}

/// Blobs in that bucket. Nothing is asked of it yet. [`Error::Internal`] for options that can't be used.
pub fn bucket(options: &BucketOptions) -> Result<Bucket> {
    // reqwest finds it there. Who was faster has set one, and that is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&options.bucket)
        .with_region(&options.region)
        .with_access_key_id(&options.access_key_id)
        .with_secret_access_key(&options.secret_access_key)
        // Not all servers know the request that deletes many.
        .with_disable_bulk_delete(true)
        .with_client_options(client(options))
        .with_retry(RetryConfig {
            backoff: BackoffConfig { max_backoff: Duration::from_secs(2), ..BackoffConfig::default() },
            max_retries: TRIES,
            retry_timeout: options.timeouts.tries,
        });
    if let Some(endpoint) = &options.endpoint {
        // The bucket is the first part of the path, not of the host's name: servers of one's own have no such names.
        builder = builder.with_endpoint(endpoint).with_virtual_hosted_style_request(false);
    }
    if let Some(token) = &options.session_token {
        builder = builder.with_token(token);
    }
    // What it says may quote an option.
    let unusable = "a bucket can't be reached so: with https the machine needs the certificates of authorities";
    let store = builder.build().map_err(|_| Error::Internal(unusable.to_owned()))?;
    let prefix = Some(Path::from(options.prefix.as_str())).filter(|prefix| !prefix.as_ref().is_empty());
    Ok(Bucket { store: Arc::new(store), prefix })
}

fn client(options: &BucketOptions) -> ClientOptions {
    let plain = options.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    ClientOptions::new()
        .with_allow_http(plain)
        // A machine without them can do without them then.
        .with_no_system_certificates(plain)
        .with_connect_timeout(options.timeouts.connect)
        .with_timeout(options.timeouts.request)
}

impl Bucket {
    fn place(&self, id: BlobId) -> Path {
        let name = id.to_string();
        self.prefix.as_ref().map_or_else(|| Path::from(name.as_str()), |prefix| prefix.clone().join(name.as_str()))
    }

    /// What is known of an object of ours; other people's objects are none.
    fn stored(&self, object: &ObjectMeta) -> Option<StoredBlob> {
        let id: BlobId = object.location.filename()?.parse().ok()?;
        let ours = object.location == self.place(id);
        ours.then_some(StoredBlob { id, size: object.size, put_at: put_at(object) })
    }
}

#[async_trait::async_trait]
impl Blobs for Bucket {
    /// Sends the bytes in any case: a bucket gives an object no new time without writing it again.
    async fn put(&self, bytes: Vec<u8>) -> Result<BlobId> {
        let id = BlobId::of(&bytes);
        self.store.put(&self.place(id), bytes.into()).await.map_err(unavailable)?;
        Ok(id)
    }

    async fn get(&self, id: BlobId) -> Result<Option<Vec<u8>>> {
        let Some(object) = found(self.store.get(&self.place(id)).await)? else { return Ok(None) };
        let bytes = object.bytes().await.map_err(unavailable)?;
        if BlobId::of(&bytes) != id {
            return Err(Error::Internal(format!("the blob {id} has other bytes than were put there")));
        }
        Ok(Some(bytes.into()))
    }

    async fn contains(&self, id: BlobId) -> Result<bool> {
        Ok(found(self.store.head(&self.place(id)).await)?.is_some())
    }

    async fn list(&self, after: Option<BlobId>, limit: usize) -> Result<Vec<StoredBlob>> {
        let prefix = self.prefix.as_ref();
        let objects = match after {
            Some(after) => self.store.list_with_offset(prefix, &self.place(after)),
            None => self.store.list(prefix),
        };
        let ours = objects.try_filter_map(async |object| Ok(self.stored(&object)));
        ours.take(limit).try_collect().await.map_err(unavailable)
    }

    /// The object's time, as it is asked for here, has no parts of a second: it counts as the end of its second.
    async fn delete_older(&self, id: BlobId, before: Timestamp) -> Result<bool> {
        let place = self.place(id);
        let Some(object) = found(self.store.head(&place).await)? else { return Ok(false) };
        let latest = put_at(&object).checked_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX);
        if latest > before {
            return Ok(false);
        }
        Ok(found(self.store.delete(&place).await)?.is_some())
    }

    async fn drop_unfinished(&self, _: Timestamp) -> Result<u64> {
        Ok(0)
    }

    async fn blobs_ready(&self) -> Result<()> {
        // One that is not there would not tell whether the bucket is.
        self.list(None, 1).await.map(drop)
    }
}

fn put_at(object: &ObjectMeta) -> Timestamp {
    Timestamp::from_microsecond(object.last_modified.timestamp_micros()).unwrap_or(Timestamp::MAX)
}

/// What is not there is nothing, and no error.
fn found<T>(result: object_store::Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(unavailable(error)),
    }
}

/// In our own words: what the server says quotes the request, with keys and tokens in it.
fn unavailable(error: object_store::Error) -> Error {
    use object_store::Error as E;
    let why = match &error {
        E::NotFound { .. } => "it is not there".to_owned(),
        E::PermissionDenied { .. } | E::Unauthenticated { .. } => "it does not let us in".to_owned(),
        other => cause(other),
    };
    Error::Unavailable(format!("bucket of blobs: {why}"))
}

/// The status of the answer, or what kept it from coming.
fn cause(error: &object_store::Error) -> String {
    // The type that has the status as a number is not public; its text is "… status code: 503 …".
    if let Some((_, status)) = error.to_string().split_once("status code: ") {
        return format!("it answers {}", status.chars().take(3).filter(char::is_ascii_digit).collect::<String>());
    }
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<HttpError>() {
            return format!("no answer ({:?})", error.kind());
        }
        next = error.source();
    }
    "its answer can't be understood".to_owned()
}
