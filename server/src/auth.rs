//! Passwords: argon2id, away from the async threads, at most two at a time.
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use service::{
    Error, Result,
    ports::{PasswordHasher, Random},
};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// So many at once: memory stays bounded, and the other requests keep a processor.
const AT_ONCE: usize = 2;
/// So many wait; who comes after that is told to come again.
const WAITING: usize = 200;

/// Hashes and checks passwords.
pub struct Argon2Hasher {
    random: Arc<dyn Random>,
    cost: Params,
    permits: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// A hash that no password has: checked where there is no account, so that it takes as long.
    dummy: String,
}

impl Argon2Hasher {
    /// With the cost for production.
    #[allow(clippy::missing_panics_doc, reason = "the parameters are constants that are valid")]
    pub fn new(random: Arc<dyn Random>) -> Self {
        Self::with_cost(random, Params::new(MEMORY_KIB, PASSES, 1, None).expect("OWASP's parameters are valid"))
    }

    /// With a small cost: for tests only, which sign in hundreds of times.
    #[allow(clippy::missing_panics_doc, reason = "the parameters are constants that are valid")]
    pub fn quick(random: Arc<dyn Random>) -> Self {
        Self::with_cost(random, Params::new(64, 1, 1, None).expect("small parameters are valid"))
    }

    fn with_cost(random: Arc<dyn Random>, cost: Params) -> Self {
        let zeros = |bytes: usize| "A".repeat(bytes);
        let dummy = format!(
            "$argon2id$v=19$m={},t={},p={}${}${}",
            cost.m_cost(),
            cost.t_cost(),
            cost.p_cost(),
            zeros(22),
            zeros(43)
        );
        Self {
            random,
            cost,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            dummy,
        }
    }

    /// A place in the queue, and then at the work. Both are given back when the work is done, even if the client left.
    async fn permits(&self) -> Result<(OwnedSemaphorePermit, OwnedSemaphorePermit)> {
        let busy = || Error::Unavailable("too many sign-ins at once".to_owned());
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let work = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| busy())?;
        Ok((place, work))
    }
}

#[async_trait::async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &str) -> Result<String> {
        let permits = self.permits().await?;
        let mut salt = [0; 16];
        self.random.fill(&mut salt);
        let (password, cost) = (password.to_owned(), self.cost.clone());
        away(move || {
            let _permits = permits;
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
            argon2.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error| Error::Internal(format!("hashing a password: {error}")))
    }

    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let permits = self.permits().await?;
        let known = hash.is_some();
        let password = password.to_owned();
        let hash = hash.unwrap_or(&self.dummy).to_owned();
        let right = away(move || {
            let _permits = permits;
            let parsed = PasswordHash::new(&hash)?;
            Ok::<_, argon2::password_hash::phc::Error>(
                Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok(),
            )
        })
        .await?
        .map_err(|error| Error::Internal(format!("a kept password hash: {error}")))?;
        Ok(right && known)
    }
}

async fn away<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(format!("password work: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    fn hasher() -> Argon2Hasher {
        Argon2Hasher::quick(Arc::new(SystemRandom))
    }

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let hasher = hasher();
        let password = "ä".repeat(128);
        let hash = hasher.hash(&password).await.unwrap();
        assert!(hasher.verify(&password, Some(&hash)).await.unwrap());
        assert!(!hasher.verify(&format!("{}a", "ä".repeat(127)), Some(&hash)).await.unwrap());
        assert_ne!(hash, hasher.hash(&password).await.unwrap(), "each has its own salt");
    }

    #[tokio::test]
    async fn without_an_account_the_same_work_is_done_and_the_answer_is_no() {
        let hasher = hasher();
        let kept = hasher.hash("anything").await.unwrap();
        let cost = |hash: &str| {
            let parsed = PasswordHash::new(hash).unwrap();
            let bytes = |output: Option<usize>| output.unwrap();
            let salt = bytes(parsed.salt.as_ref().map(|salt| salt.as_ref().len()));
            (parsed.algorithm, parsed.version, parsed.params.clone(), salt, bytes(parsed.hash.map(|hash| hash.len())))
        };
        assert_eq!(cost(&hasher.dummy), cost(&kept));
        assert!(!hasher.verify("anything", None).await.unwrap());
        assert!(hasher.verify("anything", Some("not a hash")).await.is_err());
    }

    #[test]
    fn the_cost_is_what_owasp_asks_for() {
        let hasher = Argon2Hasher::new(Arc::new(SystemRandom));
        assert!(hasher.dummy.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
