//! Bytes of files: where they are kept, and that those that nobody needs any more go.
use crate::config::{BlobPlace, Config};
use service::{Services, ports::blobs::Blobs};
use std::{path::Path, sync::Arc, time::Duration};

/// The time between two sweeps. What goes is at least a day old: there is no hurry, and a bucket's owner pays for lists.
const SWEEP_EVERY: Duration = Duration::from_hours(3);

/// Opens the place that is configured. `own` is where the store has them by itself.
pub(super) fn open(
    config: &Config,
    own: impl FnOnce() -> Result<Arc<dyn Blobs>, String>,
) -> Result<Arc<dyn Blobs>, String> {
    match &config.blobs {
        None | Some(BlobPlace::GridFs) => own(),
        Some(BlobPlace::Folder(path)) => folder(path, "BLOB_URL"),
        Some(BlobPlace::Bucket(options)) => match blobs::bucket(options) {
            Ok(bucket) => Ok(Arc::new(bucket)),
            Err(error) => Err(format!("BLOB_URL: {error}")),
        },
    }
}

/// A folder of this machine; `key` is what names it.
pub(crate) fn folder(path: &Path, key: &str) -> Result<Arc<dyn Blobs>, String> {
    match blobs::folder(path) {
        Ok(folder) => Ok(Arc::new(folder)),
        Err(error) => Err(format!("{key} {}: {error}", path.display())),
    }
}

/// Removes what nobody needs any more, now and then.
pub(super) async fn sweep(services: Services) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        match service::blobs::sweep(&*services.blobs, &*services.store, services.now()).await {
            Ok(0) => {}
            Ok(blobs) => tracing::debug!(blobs, "swept"),
            Err(error) => tracing::warn!(%error, "sweeping files that nobody needs any more"),
        }
    }
}
