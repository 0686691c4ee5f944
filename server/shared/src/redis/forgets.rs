//! Scopes that could not be forgotten when they should have been, and so have to be forgotten yet.
use service::ports::cache::KEEP;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::{sync::Notify, time::Instant};

/// So many are remembered. With more nothing is looked for until all that was kept then is gone by itself.
const MOST: usize = 10_000;

/// What this process owes.
#[derive(Default)]
pub(super) struct Forgets {
    state: Mutex<State>,
    noted: Notify,
}

#[derive(Default)]
struct State {
    /// Each with the number of when it was noted last.
    scopes: HashMap<String, u64>,
    number: u64,
    /// Until then every scope counts as owed.
    all_until: Option<Instant>,
}

impl Forgets {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what is found in a scope may be too old.
    pub(super) fn owes(&self, scope: &str) -> bool {
        let state = self.lock();
        state.scopes.contains_key(scope) || state.all_until.is_some_and(|until| Instant::now() < until)
    }

    /// Remembers one.
    pub(super) fn note(&self, scope: &str) {
        let mut state = self.lock();
        if state.scopes.len() >= MOST && !state.scopes.contains_key(scope) {
            state.all_until = Some(Instant::now() + KEEP);
        } else {
            state.number += 1;
            let number = state.number;
            state.scopes.insert(scope.to_owned(), number);
        }
        drop(state);
        self.noted.notify_one();
    }

    /// Waits until there are some, and says which: at most `limit`.
    pub(super) async fn owed(&self, limit: usize) -> Vec<(String, u64)> {
        loop {
            let noted = self.noted.notified();
            let owed: Vec<_> =
                self.lock().scopes.iter().take(limit).map(|(scope, number)| (scope.clone(), *number)).collect();
            if !owed.is_empty() {
                return owed;
            }
            noted.await;
        }
    }

    /// These are forgotten, those excepted that were noted again since.
    pub(super) fn done(&self, owed: &[(String, u64)]) {
        let mut state = self.lock();
        for (scope, number) in owed {
            if state.scopes.get(scope) == Some(number) {
                state.scopes.remove(scope);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_that_is_noted_again_meanwhile_stays_owed() {
        let forgets = Forgets::default();
        forgets.note("a");
        forgets.note("b");
        let owed = forgets.owed(10).await;
        forgets.note("a");
        forgets.done(&owed);
        assert!(forgets.owes("a") && !forgets.owes("b"));
        forgets.done(&forgets.owed(10).await);
        assert!(!forgets.owes("a"));
    }

    #[tokio::test(start_paused = true)]
    async fn with_too_many_nothing_is_looked_for_until_all_is_gone() {
        let forgets = Forgets::default();
        for scope in 0..=MOST {
            forgets.note(&scope.to_string());
        }
        assert!(forgets.owes("any"));
        assert_eq!(forgets.lock().scopes.len(), MOST);
        tokio::time::advance(KEEP).await;
        assert!(!forgets.owes("any") && forgets.owes("0"));
    }
}
