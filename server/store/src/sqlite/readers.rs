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
                let _ = reply.send(snapshot(connection, work));
            }
        });
        self.queue.send(Message::Job(job)).map_err(|_| Error::Unavailable("the store is closed".to_owned()))?;
        answer.await.map_err(|_| Error::Internal("a read was not done".to_owned()))?.map_err(Error::from)
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
        if catch_unwind(AssertUnwindSafe(|| job(connection))).is_err() {
            tracing::error!("a read of the store panicked");
        }
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
