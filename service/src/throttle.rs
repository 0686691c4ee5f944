//! How often somebody may try to prove who they are: per account and address, and per address whatever the account.
//!
//! An account is never locked: whoever guesses at it from elsewhere uses up their own tries, not its owner's.
use crate::{
    Error, Result, Services,
    auth::{base64url, hash_secret},
};
use std::time::Duration;

/// One address may try so many times as many accounts: a household, an office.
const ACCOUNTS: u64 = 5;
/// From this try on each one is answered later than the last.
const SLOW_FROM: u64 = 4;
/// How much later, at most.
const SLOWEST: Duration = Duration::from_secs(2);

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// Signing in, with a password or a code.
    SignIn,
    /// A new account.
    SignUp,
    /// A mail that somebody gets.
    Mail,
    /// The current password, asked for by somebody who is signed in.
    Proof,
}

impl Attempt {
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignUp => "sign-up",
            Self::Mail => "mail",
            Self::Proof => "proof",
        }
    }
}

/// A try that may be made.
#[derive(Debug)]
pub(crate) struct Admitted {
    key: Option<String>,
    /// It is the so-many-eth lately.
    count: u64,
}

impl Services {
    /// Counts a try for an account from an address. [`Error::RateLimited`] where there were too many.
    pub(crate) async fn admit(&self, attempt: Attempt, account: &str, address: &str) -> Result<Admitted> {
        let limit = self.settings.sign_in_limit;
        if limit == 0 {
            return Ok(Admitted { key: None, count: 0 });
        }
        let name = attempt.name();
        // Hashed: no counter may tell who has an account here.
        let whose = base64url(&hash_secret(account)[..12]);
        let key = format!("{name}:{whose}:{address}");
        self.count_up_to(&format!("{name}:{address}"), limit.saturating_mul(ACCOUNTS)).await?;
        let count = self.count_up_to(&key, limit).await?;
        Ok(Admitted { key: Some(key), count })
    }

    /// Counts once more; how often it was lately.
    async fn count_up_to(&self, key: &str, limit: u64) -> Result<u64> {
        let counted = self.limits.count(key, self.settings.sign_in_window, self.now()).await?;
        if counted.count > limit {
            return Err(Error::RateLimited { retry_after: counted.reset });
        }
        Ok(counted.count)
    }

    /// It was right: the tries before it are forgotten.
    pub(crate) async fn admitted_rightly(&self, admitted: &Admitted) {
        let Some(key) = &admitted.key else { return };
        if let Err(error) = self.limits.clear(key, self.settings.sign_in_window, self.now()).await {
            tracing::warn!(%error, "tries of a sign-in are not forgotten");
        }
    }

    /// It was wrong: who guesses waits, longer each time.
    pub(crate) async fn admitted_wrongly(&self, admitted: &Admitted) {
        let delay = delay(admitted.count);
        if !delay.is_zero() {
            self.clock.sleep(delay).await;
        }
    }
}

/// Nothing for slips of the finger; then twice as long each time.
fn delay(count: u64) -> Duration {
    match count.checked_sub(SLOW_FROM) {
        None => Duration::ZERO,
        Some(more) => Duration::from_millis(100).saturating_mul(1 << more.min(10)).min(SLOWEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_cost_nothing_and_guesses_more_each_time() {
        let milliseconds = |count| delay(count).as_millis();
        assert_eq!([1, 2, 3].map(milliseconds), [0, 0, 0]);
        assert_eq!([4, 5, 6, 7, 8].map(milliseconds), [100, 200, 400, 800, 1_600]);
        assert_eq!([9, 10, 1_000].map(milliseconds), [2_000, 2_000, 2_000]);
    }
}
