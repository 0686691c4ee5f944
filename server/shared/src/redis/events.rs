//! Change events through Redis. Each user has a stream `PREFIX:events:USER` of what was told lately, and each event is
//! also sent to all processes at once, over the channel `PREFIX:changes:DATABASE` that each of them hears.
use super::{
    Redis,
    failure::text,
    hub::{Heard, Hub, Place, place},
    line::{Line, first_pause, rest},
};
use crate::{EVENTS_KEPT, EVENTS_KEPT_FOR};
use domain::ids::UserId;
use fred::{
    error::{Error as RedisError, ErrorKind},
    interfaces::{ClientLike as _, EventInterface as _, PubsubInterface as _, StreamsInterface as _},
    types::{Message, Value},
};
use service::{
    Error, Result,
    ports::events::{Change, Event, Events, Listening},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    task::JoinSet,
};

/// Of a stream so many entries are read at most. It is cut off roughly, and may be longer than what is kept for sure.
const MOST: u64 = 4 * EVENTS_KEPT as u64;

/// What an entry of a stream holds it under.
const FIELD: &str = "change";

const PUBLISH: &str = "
for i, stream in ipairs(KEYS) do
  local id = redis.call('XADD', stream, 'MAXLEN', '~', ARGV[3], '*', 'change', ARGV[1])
  redis.call('PEXPIRE', stream, ARGV[2])
  redis.call('PUBLISH', ARGV[4], ARGV[4 + i] .. ' ' .. id .. ' ' .. ARGV[1])
end
return 0";

/// Change events of all processes.
pub struct RedisEvents {
    redis: Redis,
    hub: Arc<Hub>,
    /// Hears what all processes tell; ends with this.
    _ear: JoinSet<()>,
}

impl RedisEvents {
    /// Through that server, from within a runtime. [`Error::Unavailable`] when there is no further connection to it.
    pub async fn new(redis: Redis) -> Result<Self> {
        let hub = Arc::<Hub>::default();
        let first = Ear::open(&redis).await.map_err(super::unavailable)?;
        hub.set_up(true);
        let mut ear = JoinSet::new();
        ear.spawn(hear(redis.clone(), Arc::clone(&hub), first));
        Ok(Self { redis, hub, _ear: ear })
    }

    async fn tell(&self, to: &[UserId], change: &Change) -> Result<()> {
        let json = serde_json::to_string(change).map_err(|error| Error::Internal(format!("an event: {error}")))?;
        let streams = to.iter().map(|user| self.redis.key("events", user)).collect();
        let keep = EVENTS_KEPT_FOR.as_millis().to_string();
        let mut arguments: Vec<Value> =
            vec![json.into(), keep.into(), EVENTS_KEPT.to_string().into(), channel(&self.redis).into()];
        arguments.extend(to.iter().map(|user| Value::from(user.to_string())));
        self.redis.script(PUBLISH, streams, arguments).await
    }

    /// What of a user's stream comes after an event, or that some is missing there, and the place of the last event
    /// that is told of with this: later ones are new.
    async fn read(&self, user: UserId, after: &str) -> Result<(VecDeque<Heard>, Place)> {
        // What is no id is none that Redis gave, and nothing to send to it.
        if let Some(known) = place(after) {
            let (stream, from) = (self.redis.key("events", user), format!("{}-{}", known.0, known.1));
            let entries: Vec<Entry> =
                self.redis.call(|c| async move { c.xrange_values(stream, from, "+", Some(MOST)).await }).await?;
            // If the event itself is not there any more, more may be gone.
            let complete = entries.first().is_some_and(|(id, _)| id == after) && (entries.len() as u64) < MOST;
            let heard: Option<VecDeque<Heard>> = entries.iter().skip(1).map(entry).collect();
            if let Some(heard) = heard.filter(|_| complete) {
                return Ok((heard, entries.last().and_then(|(id, _)| place(id)).unwrap_or(known)));
            }
        }
        Ok((VecDeque::from([Heard::Missed]), self.last(user).await?))
    }

    /// The place of the last event that a user was told of.
    async fn last(&self, user: UserId) -> Result<Place> {
        let stream = self.redis.key("events", user);
        let last: Vec<Entry> =
            self.redis.call(|c| async move { c.xrevrange_values(stream, "+", "-", Some(1)).await }).await?;
        Ok(last.first().and_then(|(id, _)| place(id)).unwrap_or_default())
    }
}

/// An entry of a stream: its id and its fields.
type Entry = (String, HashMap<String, String>);

fn entry((id, fields): &Entry) -> Option<Heard> {
    event(id, fields.get(FIELD)?)
}

fn event(id: &str, change: &str) -> Option<Heard> {
    let change = serde_json::from_str(change).ok()?;
    Some(Heard::Event(place(id)?, Event { id: id.to_owned(), change }))
}

/// Channels are the same in all databases of a server.
fn channel(redis: &Redis) -> String {
    redis.key("changes", redis.0.config.database.unwrap_or(0))
}

#[async_trait::async_trait]
impl Events for RedisEvents {
    async fn publish(&self, to: &[UserId], change: &Change) {
        if to.is_empty() {
            return;
        }
        if let Err(error) = self.tell(to, change).await {
            tracing::warn!(%error, "other processes were not told of a change");
            // Those who are connected here read again all the same.
            for user in to {
                self.hub.tell(*user, Heard::Missed);
            }
        }
    }

    async fn listen(&self, user: UserId, after: Option<&str>) -> Result<Box<dyn Listening>> {
        // First this, then what was told before: what comes in between is heard twice, and left out once.
        let heard = self.hub.join(user)?;
        let (first, last) = match after {
            Some(after) => self.read(user, after).await?,
            None => (VecDeque::new(), self.last(user).await?),
        };
        Ok(Box::new(Listener { first, last, heard }))
    }
}

struct Listener {
    /// What was read, and is heard before all else.
    first: VecDeque<Heard>,
    /// The last of what was read.
    last: Place,
    heard: Receiver<Heard>,
}

#[async_trait::async_trait]
impl Listening for Listener {
    async fn next(&mut self) -> Result<Option<Event>> {
        loop {
            let heard = match self.first.pop_front() {
                Some(heard) => return Ok(told(heard)),
                None => self.heard.recv().await,
            };
            match heard {
                Ok(Heard::Event(place, _)) if place <= self.last => {}
                Ok(heard) => return Ok(told(heard)),
                Err(RecvError::Lagged(_)) => return Ok(None),
                Err(RecvError::Closed) => return Err(Error::Unavailable("events: the server is stopping".to_owned())),
            }
        }
    }
}

fn told(heard: Heard) -> Option<Event> {
    match heard {
        Heard::Event(_, event) => Some(event),
        Heard::Missed => None,
    }
}

/// The connection that hears.
struct Ear {
    line: Line,
    messages: Receiver<Message>,
}

impl Ear {
    async fn open(redis: &Redis) -> std::result::Result<Self, RedisError> {
        let line = redis.line().await?;
        let messages = line.client.message_rx();
        line.client.subscribe(channel(redis)).await?;
        // The client says that it has subscribed once it has asked to. The next answer says that it is so.
        line.client.ping::<()>(None).await?;
        Ok(Self { line, messages })
    }

    /// Hands on what comes until the connection is lost, and says why it was.
    async fn pass_on(mut self, redis: &Redis, hub: &Hub) -> RedisError {
        let Self { line, messages } = &mut self;
        let passing = async {
            loop {
                match messages.recv().await {
                    Ok(message) => match message.value.as_str().as_deref().and_then(message_of) {
                        Some((user, heard)) => hub.tell(user, heard),
                        // Of another version of this program, perhaps.
                        None => hub.tell_all_missed(),
                    },
                    Err(RecvError::Lagged(_)) => hub.tell_all_missed(),
                    Err(RecvError::Closed) => return RedisError::new(ErrorKind::IO, "Connection closed."),
                }
            }
        };
        tokio::select! {
            why = line.watch(redis.0.options.timeouts) => why,
            why = passing => why,
        }
    }
}

/// What a message says: to whom, and what.
fn message_of(text: &str) -> Option<(UserId, Heard)> {
    let mut parts = text.splitn(3, ' ');
    let (user, id, change) = (parts.next()?, parts.next()?, parts.next()?);
    Some((user.parse().ok()?, event(id, change)?))
}

/// Hears for ever.
async fn hear(redis: Redis, hub: Arc<Hub>, first: Ear) {
    let mut ear = first;
    loop {
        let why = ear.pass_on(&redis, &hub).await;
        hub.set_up(false);
        tracing::warn!(error = text(&why), "the connection that events come over was lost");
        let mut pause = first_pause();
        ear = loop {
            pause = rest(pause, redis.0.options.timeouts).await;
            if let Ok(ear) = Ear::open(&redis).await {
                break ear;
            }
        };
        hub.set_up(true);
        hub.tell_all_missed();
    }
}
