//! Change events between the requests of one process.
//!
//! An id is `PROCESS-NUMBER`: the numbers of all users grow together, and the name of the process is random, so that an
//! id of an earlier run is not taken for one of this.
use crate::{EVENTS_KEPT, EVENTS_KEPT_FOR};
use domain::ids::UserId;
use service::{
    Error, Result,
    ports::{
        Random,
        events::{Change, Event, Events, Listening},
    },
};
use std::{
    collections::{HashMap, VecDeque},
    fmt::Write as _,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::Instant,
};

/// So many events of all users together are kept at most, about 20 MB.
const MOST: usize = 100_000;

/// Change events of this process.
pub struct LocalEvents {
    process: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The last number that was given.
    last: u64,
    /// The highest number of an event that was dropped together with all else of its user.
    dropped: u64,
    /// Events that are kept, of all users.
    kept: usize,
    users: HashMap<UserId, Line>,
    /// Users of whom nothing is left are looked for when there are so many.
    sweep_at: usize,
}

/// What one user hears.
struct Line {
    kept: VecDeque<(u64, Instant, Event)>,
    /// The highest number of an event that is not kept any more.
    dropped: u64,
    listeners: Option<broadcast::Sender<Event>>,
}

impl LocalEvents {
    /// Nobody has been told anything yet.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 8];
        random.fill(&mut bytes);
        let process = bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a text can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self { process, state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number in an id of this process.
    fn number(&self, id: &str) -> Option<u64> {
        id.strip_prefix(&self.process)?.strip_prefix('-')?.parse().ok()
    }
}

impl State {
    fn line(&mut self, user: UserId, now: Instant) -> &mut Line {
        if self.users.len() >= self.sweep_at.max(1_024) || self.kept >= MOST {
            self.sweep(now);
        }
        let dropped = self.dropped;
        let line = self.users.entry(user).or_insert_with(|| Line { kept: VecDeque::new(), dropped, listeners: None });
        self.kept -= line.drop_old(now);
        line
    }

    fn sweep(&mut self, now: Instant) {
        let all = self.kept >= MOST;
        let Self { kept, dropped, users, .. } = self;
        users.retain(|_, line| {
            *kept -= if all { line.drop_first(line.kept.len()) } else { line.drop_old(now) };
            let wanted = !line.kept.is_empty() || line.is_heard();
            if !wanted {
                *dropped = (*dropped).max(line.dropped);
            }
            wanted
        });
        self.sweep_at = self.users.len() * 2;
    }
}

impl Line {
    fn is_heard(&self) -> bool {
        self.listeners.as_ref().is_some_and(|listeners| listeners.receiver_count() > 0)
    }

    /// Drops what is too old, and says how many that were.
    fn drop_old(&mut self, now: Instant) -> usize {
        let old = self.kept.iter().take_while(|(_, at, _)| now.duration_since(*at) >= EVENTS_KEPT_FOR).count();
        self.drop_first(old)
    }

    fn drop_first(&mut self, count: usize) -> usize {
        for (number, ..) in self.kept.drain(..count) {
            self.dropped = number;
        }
        count
    }
}

#[async_trait::async_trait]
impl Events for LocalEvents {
    async fn publish(&self, to: &[UserId], change: &Change) {
        let now = Instant::now();
        let mut state = self.lock();
        for user in to {
            state.last += 1;
            let number = state.last;
            let event = Event { id: format!("{}-{number}", self.process), change: change.clone() };
            let line = state.line(*user, now);
            if line.is_heard()
                && let Some(listeners) = &line.listeners
            {
                // Fails only if the last listener has gone this moment.
                let _ = listeners.send(event.clone());
            }
            line.kept.push_back((number, now, event));
            let over = line.drop_first(line.kept.len().saturating_sub(EVENTS_KEPT));
            state.kept = state.kept + 1 - over;
        }
    }

    async fn listen(&self, user: UserId, after: Option<&str>) -> Result<Box<dyn Listening>> {
        let mut state = self.lock();
        let last = state.last;
        let line = state.line(user, Instant::now());
        // Under the same lock as `publish`: what is not kept yet will be heard.
        let heard = line.listeners.get_or_insert_with(|| broadcast::Sender::new(EVENTS_KEPT)).subscribe();
        let first = match after.map(|id| self.number(id)) {
            None => VecDeque::new(),
            Some(Some(number)) if (line.dropped..=last).contains(&number) => {
                line.kept.iter().filter(|(other, ..)| *other > number).map(|(.., event)| Some(event.clone())).collect()
            }
            Some(_) => VecDeque::from([None]),
        };
        Ok(Box::new(Listener { first, heard }))
    }
}

struct Listener {
    /// What is heard before all else.
    first: VecDeque<Option<Event>>,
    heard: broadcast::Receiver<Event>,
}

#[async_trait::async_trait]
impl Listening for Listener {
    async fn next(&mut self) -> Result<Option<Event>> {
        if let Some(first) = self.first.pop_front() {
            return Ok(first);
        }
        match self.heard.recv().await {
            Ok(event) => Ok(Some(event)),
            Err(RecvError::Lagged(_)) => Ok(None),
            Err(RecvError::Closed) => Err(Error::Unavailable("events: the server is stopping".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use service::{ports::events::Entity, testing::fakes::FakeRandom};

    fn change(n: usize) -> Change {
        Change { entity: Entity::Expense, id: n.to_string(), version: None, budget_id: None }
    }

    #[tokio::test(start_paused = true)]
    async fn events_are_kept_for_ten_minutes() {
        let (events, ada) = (LocalEvents::new(&FakeRandom::default()), UserId([1; 12]));
        let mut listening = events.listen(ada, None).await.unwrap();
        events.publish(&[ada], &change(1)).await;
        let first = listening.next().await.unwrap().unwrap().id;
        events.publish(&[ada], &change(2)).await;
        let second = listening.next().await.unwrap().unwrap().id;
        tokio::time::advance(EVENTS_KEPT_FOR).await;
        // Nothing was missed after the second one, but the second was missed after the first.
        let mut nothing = events.listen(ada, Some(&second)).await.unwrap();
        events.publish(&[ada], &change(3)).await;
        assert_eq!(nothing.next().await.unwrap().unwrap().change, change(3));
        assert_eq!(events.listen(ada, Some(&first)).await.unwrap().next().await.unwrap(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn users_of_whom_nothing_is_left_go_and_are_not_mistaken_for_new_ones() {
        let (events, ada) = (LocalEvents::new(&FakeRandom::default()), UserId([1; 12]));
        let mut listening = events.listen(ada, None).await.unwrap();
        events.publish(&[ada, ada], &change(1)).await;
        let first = listening.next().await.unwrap().unwrap().id;
        drop(listening);
        tokio::time::advance(EVENTS_KEPT_FOR).await;
        events.lock().sweep(Instant::now());
        let left = |state: &State| (state.users.len(), state.kept);
        assert_eq!(left(&events.lock()), (0, 0));
        assert_eq!(events.listen(ada, Some(&first)).await.unwrap().next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn however_many_users_there_are_the_events_kept_are_bounded() {
        let events = LocalEvents::new(&FakeRandom::default());
        let users: Vec<_> = (0..500_u16)
            .map(|n| UserId([n.to_be_bytes(), [0; 2], [0; 2], [0; 2], [0; 2], [0; 2]].concat().try_into().unwrap()))
            .collect();
        for n in 0..EVENTS_KEPT {
            events.publish(&users, &change(n)).await;
            assert!(events.lock().kept <= MOST);
        }
        let kept: usize = events.lock().users.values().map(|line| line.kept.len()).sum();
        assert_eq!(kept, events.lock().kept);
    }
}
