//! How many connections there may be: fewer than the system has file descriptors for, so that the store, and whoever is
//! being answered, never lack one. Who comes when all places are taken is told to come again.
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// Descriptors for everything but connections: the store's files or connections, the log, the program's own.
const RESERVED: usize = 64;
/// Where the system does not say: many allow 256 files.
const OTHERWISE: usize = 190;
/// So many are told at once; more are cut off without a word.
const TOLD_AT_ONCE: usize = 16;
/// The most time for telling one.
const PATIENCE: Duration = Duration::from_secs(1);
const REFUSAL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// A connection's place, given back when it is dropped.
pub(super) struct Place(#[allow(dead_code, reason = "it is kept to be dropped")] OwnedSemaphorePermit);

pub(super) struct Places {
    free: Arc<Semaphore>,
    telling: Arc<Semaphore>,
}

impl Places {
    pub(super) fn new(count: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(count)), telling: Arc::new(Semaphore::new(TOLD_AT_ONCE)) }
    }

    /// A place, if one is free.
    pub(super) fn take(&self) -> Option<Place> {
        Arc::clone(&self.free).try_acquire_owned().ok().map(Place)
    }

    /// Tells a client to come again. It has to have asked before: what is closed unread is torn down, answer and all.
    pub(super) fn refuse(&self, mut stream: TcpStream) {
        let Ok(permit) = Arc::clone(&self.telling).try_acquire_owned() else { return };
        tokio::spawn(async move {
            let told = async {
                let _ = stream.read(&mut [0; 4_096]).await;
                let _ = stream.write_all(REFUSAL).await;
                let _ = stream.shutdown().await;
            };
            let _ = tokio::time::timeout(PATIENCE, told).await;
            drop(permit);
        });
    }
}

/// By the system's limit of open files, as far as it can be read.
pub(super) fn most_connections() -> usize {
    std::fs::read_to_string("/proc/self/limits").ok().and_then(|limits| by_limits(&limits)).unwrap_or(OTHERWISE)
}

/// From `/proc/self/limits` (proc(5)): the soft limit is the first figure of its line.
fn by_limits(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let soft = line.split_whitespace().next()?;
    let most = if soft == "unlimited" { usize::MAX } else { soft.parse().ok()? };
    Some(most.saturating_sub(RESERVED).clamp(8, 20_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_descriptors_are_left_for_the_rest() {
        let limits =
            |soft: &str| format!("Limit  Soft Limit  Hard Limit\nMax open files            {soft}  1048576  files\n");
        assert_eq!(by_limits(&limits("1024")), Some(960));
        assert_eq!(by_limits(&limits("20")), Some(8));
        assert_eq!(by_limits(&limits("unlimited")), Some(20_000));
        assert_eq!(by_limits("Max processes 7"), None);
    }

    #[tokio::test]
    async fn a_place_comes_back() {
        let places = Places::new(1);
        let place = places.take();
        assert!(place.is_some() && places.take().is_none());
        drop(place);
        assert!(places.take().is_some());
    }
}
