//! The threads that read. Each job is one read transaction: what it sees does not change under it.
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
}

impl Readers {
    /// Starts a thread for each connection.
    pub(super) fn start(connections: Vec<Connection>) -> std::io::Result<Self> {
        let (queue, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let threads = connections.len();
        for connection in connections {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new().name("store-reader".to_owned()).spawn(move || serve(&connection, &jobs))?;
        }
        Ok(Self { queue, threads })
    }

    /// Does `work` in a read transaction.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> service::Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            if !reply.is_closed() {
                let result = catch_unwind(AssertUnwindSafe(|| snapshot(connection, work)));
                let panicked = || Err(Error::Internal("a read panicked".to_owned()).into());
                let _ = reply.send(result.unwrap_or_else(|_| panicked()));
            }
        });
        let closed = || Error::Unavailable("the store is closed".to_owned());
        self.queue.send(Message::Job(job)).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?.map_err(Error::from)
    }

    /// Ends the threads once they are through with what was handed in before.
    pub(super) fn close(&self) {
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
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "ending a read of the store");
        }
    }
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
