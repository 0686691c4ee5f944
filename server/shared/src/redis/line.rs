//! One connection, and the task that keeps it up: it looks whether the server still answers, and connects anew when it
//! does not. The client's own way to reconnect is not used: it can wait for ever for a server that takes no more bytes.
use super::{
    failure::{text, unavailable},
    options::Timeouts,
};
use fred::{
    clients::Client,
    error::{Error as RedisError, ErrorKind},
    interfaces::ClientLike as _,
    types::{ConnectHandle, config::Config},
};
use service::{Error, Result};
use std::{
    pin::pin,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tokio::time::{sleep, timeout};

/// The first pause after a connection was lost; each further one is twice as long, up to a limit.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// A connection that is up.
pub(super) struct Line {
    pub(super) client: Client,
    task: Task,
}

/// Ends the connection when it is dropped.
struct Task(ConnectHandle);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Connects.
pub(super) async fn open(config: &Config, timeouts: Timeouts) -> std::result::Result<Line, RedisError> {
    let client = Client::new(config.clone(), Some(timeouts.performance()), Some(timeouts.connection()), None);
    let task = {
        let mut connected = pin!(client.wait_for_connect());
        let task = tokio::select! {
            biased;
            // Comes first, so that it listens before there is anything to hear.
            early = &mut connected => {
                early?;
                return Err(RedisError::new(ErrorKind::Unknown, "connected before it was asked to"));
            }
            task = async { Task(client.connect()) } => task,
        };
        let limit = timeouts.connect + timeouts.greeting();
        timeout(limit, connected).await.map_err(|_| RedisError::new(ErrorKind::Timeout, "no connection"))??;
        task
    };
    Ok(Line { client, task })
}

impl Line {
    /// Waits until the connection is lost, or the server does not answer any more, and says why.
    pub(super) async fn watch(&mut self, timeouts: Timeouts) -> RedisError {
        loop {
            tokio::select! {
                ended = &mut self.task.0 => return match ended {
                    Ok(Err(error)) => error,
                    Ok(Ok(())) | Err(_) => RedisError::new(ErrorKind::IO, "Connection closed."),
                },
                () = sleep(timeouts.heartbeat) => {
                    if let Err(error) = self.client.ping::<()>(None).await {
                        return error;
                    }
                }
            }
        }
    }
}

/// Where calls find a connection.
pub(super) struct Slot(RwLock<State>);

enum State {
    Up(Client),
    /// Why not.
    Down(String),
}

impl Slot {
    pub(super) fn new(line: Option<&Line>) -> Self {
        let down = || State::Down("not connected yet".to_owned());
        Self(RwLock::new(line.map_or_else(down, |line| State::Up(line.client.clone()))))
    }

    /// The connection, if it is up.
    pub(super) fn client(&self) -> Result<Client> {
        match &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            State::Up(client) => Ok(client.clone()),
            State::Down(why) => Err(Error::Unavailable(format!("redis: no connection: {why}"))),
        }
    }

    fn set(&self, state: State) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// Keeps a connection up for ever.
pub(super) async fn keep(slot: Arc<Slot>, config: Config, timeouts: Timeouts, mut first: Option<Line>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let opened = match first.take() {
            Some(line) => Ok(line),
            None => open(&config, timeouts).await,
        };
        match opened {
            Ok(mut line) => {
                slot.set(State::Up(line.client.clone()));
                let why = line.watch(timeouts).await;
                slot.set(State::Down(text(&why)));
                tracing::warn!(error = %unavailable(why), "a connection was lost");
                pause = FIRST_PAUSE;
            }
            Err(why) => slot.set(State::Down(text(&why))),
        }
        pause = rest(pause, timeouts).await;
    }
}

/// Sleeps, and says how long to sleep the next time.
pub(super) async fn rest(pause: Duration, timeouts: Timeouts) -> Duration {
    sleep(pause).await;
    (pause * 2).min(timeouts.pause)
}

/// The pause to begin with.
pub(super) const fn first_pause() -> Duration {
    FIRST_PAUSE
}
