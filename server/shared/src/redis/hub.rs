//! Hands what comes over the one connection on to the listeners of this process.
use crate::EVENTS_KEPT;
use domain::ids::UserId;
use service::{Error, Result, ports::events::Event};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::broadcast;

/// Where an event stands in its stream: milliseconds, and a number for those of the same one.
pub(super) type Place = (u64, u64);

/// The place that an id of Redis' names.
pub(super) fn place(id: &str) -> Option<Place> {
    let (milliseconds, number) = id.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(milliseconds) && digits(number)).then_some(())?;
    Some((milliseconds.parse().ok()?, number.parse().ok()?))
}

/// What a listener hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    Event(Place, Event),
    Missed,
}

/// All listeners of this process.
#[derive(Default)]
pub(super) struct Hub(Mutex<State>);

#[derive(Default)]
struct State {
    /// Whether the connection is there that all is heard over.
    up: bool,
    users: HashMap<UserId, broadcast::Sender<Heard>>,
    /// Users to whom nobody listens any more are looked for when there are so many.
    sweep_at: usize,
}

impl Hub {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new listener hears what is handed on from now on. [`Error::Unavailable`] while there is nothing to hear over.
    pub(super) fn join(&self, user: UserId) -> Result<broadcast::Receiver<Heard>> {
        let mut state = self.lock();
        if !state.up {
            return Err(Error::Unavailable("redis: no connection that events come over".to_owned()));
        }
        if state.users.len() >= state.sweep_at.max(64) {
            state.users.retain(|_, listeners| listeners.receiver_count() > 0);
            state.sweep_at = state.users.len() * 2;
        }
        Ok(state.users.entry(user).or_insert_with(|| broadcast::Sender::new(EVENTS_KEPT)).subscribe())
    }

    /// Hands an event on.
    pub(super) fn tell(&self, user: UserId, heard: Heard) {
        if let Some(listeners) = self.lock().users.get(&user) {
            // Fails only when nobody listens any more.
            let _ = listeners.send(heard);
        }
    }

    /// All listeners may have missed something.
    pub(super) fn tell_all_missed(&self) {
        for listeners in self.lock().users.values() {
            let _ = listeners.send(Heard::Missed);
        }
    }

    /// Whether the connection is there.
    pub(super) fn set_up(&self, up: bool) {
        self.lock().up = up;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_order() {
        assert!(place("1-9") < place("1-10") && place("9-0") < place("10-0"));
        for wrong in ["", "1", "1-", "-1", "1-1-1", "+1-1", "a-1", "18446744073709551616-0"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn listeners_who_have_gone_are_forgotten() {
        let hub = Hub::default();
        assert!(matches!(hub.join(UserId([0; 12])), Err(Error::Unavailable(_))));
        hub.set_up(true);
        for n in 0..200 {
            hub.join(UserId([n; 12])).unwrap();
        }
        assert!(hub.lock().users.len() <= 64);
    }
}
