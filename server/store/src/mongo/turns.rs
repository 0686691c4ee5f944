//! Writes of one user take turns within the process, so that they needn't fail against each other in the database.
use domain::ids::UserId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

type Turn = Arc<tokio::sync::Mutex<()>>;

/// Who is writing, and who waits for it.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<UserId, Turn>>);

impl Turns {
    /// Waits until nobody else writes for this user. The turn lasts as long as what is returned.
    pub(super) async fn take(&self, user: UserId) -> OwnedMutexGuard<()> {
        self.turn(user).lock_owned().await
    }

    fn turn(&self, user: UserId) -> Turn {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What nobody holds or waits for is forgotten.
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(turns.entry(user).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_at_a_time_for_each_user() {
        let turns = Turns::default();
        let (ada, bob) = (UserId([1; 12]), UserId([2; 12]));
        let first = turns.take(ada).await;
        let _other = turns.take(bob).await;
        assert!(turns.turn(ada).try_lock().is_err());
        drop(first);
        assert!(turns.turn(ada).try_lock().is_ok());
        assert_eq!(turns.0.lock().unwrap().len(), 2);
    }
}
