//! The threads that read. Each job is one read transaction: what it sees does not change under it.
//!
//! What is a few rows, found by an index, takes less time than going to another thread and back: it is read on the thread that
//! asks, by a connection that is at hand.
use super::failure::Outcome;
use rusqlite::Connection;
use service::Error;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&Connection) + Send>;

enum Message {
    Job(Job),
    Close,
}

/// Where jobs are handed in.
#[derive(Clone)]
pub(super) struct Readers {
    queue: mpsc::Sender<Message>,
    threads: usize,
    /// Those at hand; none once it is closed.
    at_hand: Arc<[Mutex<Option<Connection>>]>,
}

impl Readers {
    /// Starts a thread for each connection, but for those that are kept at hand.
    pub(super) fn start(connections: Vec<Connection>, at_hand: Vec<Connection>) -> std::io::Result<Self> {
        let (queue, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let threads = connections.len();
        for connection in connections {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new().name("store-reader".to_owned()).spawn(move || serve(&connection, &jobs))?;
        }
        let at_hand = at_hand.into_iter().map(|connection| Mutex::new(Some(connection))).collect();
        Ok(Self { queue, threads, at_hand })
    }

    /// Does `work` in a read transaction.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> service::Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            if !reply.is_closed() {
                let _ = reply.send(caught(connection, work));
            }
        });
        self.queue.send(Message::Job(job)).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?.map_err(Error::from)
    }

    /// The same of what is a few rows, found by an index: at once, if a connection is at hand.
    pub(super) async fn glance<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> service::Result<T> {
        match self.at_once(work) {
            Ok(read) => read,
            Err(work) => self.read(work).await,
        }
    }

    /// Gives the work back if no connection is at hand.
    fn at_once<T, W: FnOnce(&Connection) -> Outcome<T>>(&self, work: W) -> Result<service::Result<T>, W> {
        let Some(place) = self.at_hand.iter().find_map(|place| place.try_lock().ok()) else { return Err(work) };
        let Some(connection) = place.as_ref() else { return Ok(Err(closed())) };
        let read = caught(connection, work);
        end(connection);
        Ok(read.map_err(Error::from))
    }

    /// Ends the threads once they are through with what was handed in before.
    pub(super) fn close(&self) {
        for place in &*self.at_hand {
            place.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        for _ in 0..self.threads {
            let _ = self.queue.send(Message::Close);
        }
    }
}

fn serve(connection: &Connection, jobs: &Mutex<mpsc::Receiver<Message>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Message::Job(job)) = next else { return };
        job(connection);
        end(connection);
    }
}

fn closed() -> Error {
    Error::Unavailable("the store is closed".to_owned())
}

/// A transaction that a panic has left open is ended.
fn end(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        tracing::error!(%error, "ending a read of the store");
    }
}

fn caught<T>(connection: &Connection, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
    let read = catch_unwind(AssertUnwindSafe(|| snapshot(connection, work)));
    read.unwrap_or_else(|_| Err(Error::Internal("a read panicked".to_owned()).into()))
}

fn snapshot<T>(connection: &Connection, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let result = work(connection);
    connection.prepare_cached("COMMIT")?.execute([])?;
    result
}

#[cfg(test)]
mod tests {
    use super::super::{codec, open};
    use service::Error;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_glance_is_a_read_like_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("a.db")).unwrap();
        for _ in 0..10 {
            let panicked = store.glance(|_| -> super::Outcome<()> { panic!("on purpose") }).await;
            assert!(matches!(panicked, Err(Error::Internal(_))), "{panicked:?}");
            let wrong = store.glance(|connection| codec::run(connection, "DELETE FROM users", [])).await;
            assert!(matches!(wrong, Err(Error::Unavailable(_))), "who looks can't write: {wrong:?}");
            assert!(store.glance(|connection| codec::exists(connection, "SELECT 1", [])).await.unwrap());
        }
        // Many at once find their way, at hand or not.
        let looks = (0..64).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.glance(|connection| codec::exists(connection, "SELECT 1", [])).await })
        });
        for look in looks.collect::<Vec<_>>() {
            assert!(look.await.unwrap().unwrap());
        }
        store.close().await;
        let late = store.glance(|connection| codec::exists(connection, "SELECT 1", [])).await;
        assert!(matches!(late, Err(Error::Unavailable(_))), "{late:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_panic_is_an_error_and_the_thread_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("a.db")).unwrap();
        for _ in 0..10 {
            let panicked = store.read(|_| -> super::Outcome<()> { panic!("on purpose") }).await;
            assert!(matches!(panicked, Err(Error::Internal(_))), "{panicked:?}");
            let wrong = store.read(|connection| codec::run(connection, "DELETE FROM users", [])).await;
            assert!(matches!(wrong, Err(Error::Unavailable(_))), "readers can't write: {wrong:?}");
            let right = store.read(|connection| codec::exists(connection, "SELECT 1", [])).await;
            assert!(right.unwrap());
        }
    }
}
