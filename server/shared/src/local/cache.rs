//! A cache in the memory of this process. A scope is one entry of the map, so that it is forgotten at once.
use crate::{LARGEST_VALUE, VALUES_IN_SCOPE};
use moka::{ops::compute::Op, sync::Cache as Map};
use service::ports::cache::{Cache, KEEP, Looked, Ticket};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::time::Instant;

/// In bytes, keys included.
const CAPACITY: u64 = 64 << 20;

/// What an entry costs besides its bytes, roughly.
const OVERHEAD: usize = 128;

/// The cache of this process, 64 MiB at most.
pub struct LocalCache {
    scopes: Map<String, Arc<Scope>>,
    generations: AtomicU64,
}

#[derive(Clone)]
struct Scope {
    generation: u64,
    begun: Instant,
    values: HashMap<Arc<str>, Arc<[u8]>>,
    bytes: usize,
}

impl LocalCache {
    /// An empty one.
    pub fn new() -> Self {
        Self::of(CAPACITY)
    }

    fn of(capacity: u64) -> Self {
        let weight =
            |scope: &String, kept: &Arc<Scope>| u32::try_from(OVERHEAD + scope.len() + kept.bytes).unwrap_or(u32::MAX);
        // Each `put` makes a scope younger in the eyes of the map: how long it lasts is looked up in the scope.
        let scopes = Map::builder().max_capacity(capacity).weigher(weight).time_to_live(KEEP).build();
        Self { scopes, generations: AtomicU64::new(0) }
    }

    /// The generation of a scope that is begun now, if there is none that lasts.
    fn begin(&self, scope: &str) -> u64 {
        let number = self.generations.fetch_add(1, Ordering::Relaxed);
        let fresh = Scope { generation: number, begun: Instant::now(), values: HashMap::new(), bytes: 0 };
        let entry = self.scopes.entry_by_ref(scope).and_compute_with(|entry| match entry {
            Some(entry) if entry.value().lasts() => Op::Nop,
            _ => Op::Put(Arc::new(fresh)),
        });
        entry.into_entry().map_or(number, |entry| entry.value().generation)
    }
}

impl Default for LocalCache {
    fn default() -> Self {
        Self::new()
    }
}

impl Scope {
    fn lasts(&self) -> bool {
        self.begun.elapsed() < KEEP
    }

    fn with(&self, key: &str, value: &[u8]) -> Option<Self> {
        if !self.values.contains_key(key) && self.values.len() >= VALUES_IN_SCOPE {
            return None;
        }
        let mut next = self.clone();
        next.bytes += OVERHEAD + key.len() + value.len();
        if let Some(old) = next.values.insert(key.into(), value.into()) {
            next.bytes -= OVERHEAD + key.len() + old.len();
        }
        Some(next)
    }
}

#[async_trait::async_trait]
impl Cache for LocalCache {
    async fn look(&self, scope: &str, key: &str) -> Looked {
        let generation = match self.scopes.get(scope).filter(|found| found.lasts()) {
            Some(found) => match found.values.get(key) {
                Some(value) => return Looked::Hit(value.to_vec()),
                None => found.generation,
            },
            None => self.begin(scope),
        };
        Looked::Miss(Ticket::Generation(generation.to_string()))
    }

    async fn put(&self, scope: &str, key: &str, ticket: Ticket, value: &[u8]) {
        let Ticket::Generation(wanted) = ticket else { return };
        if value.len() > LARGEST_VALUE {
            return;
        }
        self.scopes.entry_by_ref(scope).and_compute_with(|entry| {
            let same = entry.filter(|entry| entry.value().generation.to_string() == wanted && entry.value().lasts());
            same.and_then(|entry| entry.value().with(key, value)).map_or(Op::Nop, |next| Op::Put(Arc::new(next)))
        });
    }

    async fn forget(&self, scope: &str) {
        // Not `invalidate`: that one does not wait for a `put` that is computing, which would bring the scope back.
        self.scopes.entry_by_ref(scope).and_compute_with(|entry| entry.map_or(Op::Nop, |_| Op::Remove));
    }

    async fn alive(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn keep(cache: &LocalCache, scope: &str, key: &str, value: &[u8]) {
        let Looked::Miss(ticket) = cache.look(scope, key).await else { panic!("{scope} {key} is there already") };
        cache.put(scope, key, ticket, value).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_scope_lasts_from_its_first_look_whatever_comes_into_it() {
        let cache = LocalCache::new();
        keep(&cache, "s", "first", b"1").await;
        tokio::time::advance(KEEP / 2).await;
        keep(&cache, "s", "second", b"2").await;
        assert_eq!(cache.look("s", "first").await, Looked::Hit(b"1".to_vec()));
        tokio::time::advance(KEEP / 2).await;
        for key in ["first", "second"] {
            assert!(matches!(cache.look("s", key).await, Looked::Miss(Ticket::Generation(_))), "{key}");
        }
    }

    #[tokio::test]
    async fn its_weight_is_bounded() {
        let cache = LocalCache::of(1 << 20);
        for scope in 0..200 {
            keep(&cache, &format!("scope {scope}"), "k", &vec![7; 20_000]).await;
        }
        cache.scopes.run_pending_tasks();
        let bytes = cache.scopes.weighted_size();
        assert!(bytes <= 1 << 20 && bytes > 100_000, "{bytes}");
    }

    #[tokio::test]
    async fn a_value_written_again_is_weighed_once() {
        let cache = LocalCache::new();
        let Looked::Miss(ticket) = cache.look("s", "k").await else { panic!("nothing was put") };
        for _ in 0..10 {
            cache.put("s", "k", ticket.clone(), &[1; 1_000]).await;
        }
        assert_eq!(cache.scopes.get("s").unwrap().bytes, OVERHEAD + 1 + 1_000);
    }
}
