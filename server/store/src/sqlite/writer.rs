//! The one thread that writes. Jobs that wait share a transaction, each in a savepoint of its own, and are answered
//! after the commit: one wait for the disk serves them all. A heavy job has a transaction for itself.
use super::{
    connection::{self, Tx},
    failure::{Failure, Outcome},
};
use crate::faults::Faults;
use rusqlite::Connection;
use service::Error;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};
use tokio::sync::{
    mpsc::{self, error::TryRecvError},
    oneshot,
};

/// Jobs that may wait; further callers wait for a place.
const QUEUE: usize = 256;
/// The most jobs of one transaction, and how long it collects them.
const GROUP: usize = 64;
const COLLECT: Duration = Duration::from_millis(2);
/// The journal is copied into the file after so many transactions (about 4 MB of journal).
const CHECKPOINT_AFTER: u32 = 100;

/// Where jobs are handed in.
#[derive(Clone)]
pub(super) struct Writer(mpsc::Sender<Message>);

enum Message {
    Job(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// Work for the thread.
trait Job: Send {
    fn is_heavy(&self) -> bool;
    /// Does it; whether what it wrote is to be kept.
    fn perform(&mut self, tx: &Tx<'_>) -> bool;
    /// Tells the caller: the result, or that the transaction was lost.
    fn answer(self: Box<Self>, lost: Option<&str>);
}

struct Pending<T, F> {
    heavy: bool,
    work: Option<F>,
    result: Option<Outcome<T>>,
    reply: oneshot::Sender<service::Result<T>>,
}

impl<T: Send, F: FnOnce(&Tx<'_>) -> Outcome<T> + Send> Job for Pending<T, F> {
    fn is_heavy(&self) -> bool {
        self.heavy
    }

    fn perform(&mut self, tx: &Tx<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = catch_unwind(AssertUnwindSafe(|| work(tx)))
            .unwrap_or_else(|_| Err(Failure::Service(Error::Internal("a write panicked".to_owned()))));
        self.result.insert(result).is_ok()
    }

    fn answer(self: Box<Self>, lost: Option<&str>) {
        let result = match (self.result, lost) {
            (Some(Err(own)), _) => Err(own.into()),
            (_, Some(why)) => Err(Error::Unavailable(format!("store: {why}"))),
            (Some(Ok(value)), None) => Ok(value),
            (None, None) => Err(Error::Internal("a write was not done".to_owned())),
        };
        // The caller may be gone; what it asked for is done all the same.
        let _ = self.reply.send(result);
    }
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection, faults: Faults) -> std::io::Result<Self> {
        let (sender, queue) = mpsc::channel(QUEUE);
        std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            Loop { connection, faults, queue, unchecked: 0 }.run();
        })?;
        Ok(Self(sender))
    }

    /// Does `work` in a transaction and waits until it is on the disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        heavy: bool,
        work: impl FnOnce(&Tx<'_>) -> Outcome<T> + Send + 'static,
    ) -> service::Result<T> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending { heavy, work: Some(work), result: None, reply });
        self.0.send(Message::Job(job)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// Whether the thread still takes jobs.
    pub(super) fn is_open(&self) -> bool {
        !self.0.is_closed()
    }

    /// Finishes what was handed in before, copies the journal into the file, ends the thread.
    pub(super) async fn close(&self) {
        let (reply, done) = oneshot::channel();
        if self.0.send(Message::Close(reply)).await.is_ok() {
            let _ = done.await;
        }
    }
}

fn closed() -> Error {
    Error::Unavailable("the store is closed".to_owned())
}

struct Loop {
    connection: Connection,
    faults: Faults,
    queue: mpsc::Receiver<Message>,
    /// Transactions since the journal was last copied.
    unchecked: u32,
}

impl Loop {
    fn run(mut self) {
        let mut waiting = None;
        let done = loop {
            match waiting.take().or_else(|| self.queue.blocking_recv()) {
                Some(Message::Job(job)) => waiting = self.group(job),
                Some(Message::Close(done)) => break Some(done),
                None => break None,
            }
        };
        self.queue.close();
        self.checkpoint("TRUNCATE");
        if let Err((_, error)) = self.connection.close() {
            tracing::warn!(%error, "closing the store");
        }
        if let Some(done) = done {
            let _ = done.send(());
        }
    }

    /// One transaction: `first` and what else waits. Gives back what doesn't belong in it.
    fn group(&mut self, first: Box<dyn Job>) -> Option<Message> {
        if let Err(error) = self.connection.execute_batch("BEGIN IMMEDIATE") {
            first.answer(Some(&error.to_string()));
            return None;
        }
        let heavy = first.is_heavy();
        let began = Instant::now();
        let (mut done, mut left, mut next) = (Vec::new(), None, Some(first));
        let mut lost = None;
        while let Some(mut job) = next.take() {
            lost = if heavy { self.alone(job.as_mut()) } else { self.in_savepoint(job.as_mut()) };
            done.push(job);
            if lost.is_none() && !heavy && done.len() < GROUP && began.elapsed() < COLLECT {
                match self.queue.try_recv() {
                    Ok(Message::Job(job)) if !job.is_heavy() => next = Some(job),
                    Ok(other) => left = Some(other),
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
                }
            }
        }
        let lost = lost.or_else(|| self.commit());
        for job in done {
            job.answer(lost.as_deref());
        }
        self.unchecked += 1;
        if heavy || self.unchecked >= CHECKPOINT_AFTER {
            self.checkpoint("PASSIVE");
        }
        left
    }

    /// A heavy job: the transaction is its own, without the cost of a savepoint.
    fn alone(&self, job: &mut dyn Job) -> Option<String> {
        let widened = connection::widen(&self.connection);
        let keep = job.perform(&Tx::new(&self.connection, &self.faults));
        let ended = match (keep, self.connection.is_autocommit()) {
            (true, true) => Some("the transaction was rolled back".to_owned()),
            (true, false) => self.commit(),
            (false, _) => self.rollback(),
        };
        if let Err(error) = widened.and_then(|()| connection::narrow(&self.connection)) {
            tracing::warn!(?error, "the store's page cache");
        }
        ended
    }

    /// A job among others. A text: the whole transaction is gone, as `SQLite` does when the disk is full.
    fn in_savepoint(&self, job: &mut dyn Job) -> Option<String> {
        let sql = |sql: &str| self.connection.execute_batch(sql).err();
        if let Some(error) = sql("SAVEPOINT job") {
            return self.rollback().or_else(|| Some(error.to_string()));
        }
        let keep = job.perform(&Tx::new(&self.connection, &self.faults));
        if self.connection.is_autocommit() {
            return Some("the transaction was rolled back".to_owned());
        }
        let error = sql(if keep { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" })?;
        self.rollback().or_else(|| Some(error.to_string()))
    }

    fn commit(&self) -> Option<String> {
        if self.connection.is_autocommit() {
            return None;
        }
        let error = self.connection.execute_batch("COMMIT").err()?;
        self.rollback();
        tracing::error!(%error, "the store could not commit");
        Some(error.to_string())
    }

    /// Ends the transaction if `SQLite` has not done so itself.
    fn rollback(&self) -> Option<String> {
        if self.connection.is_autocommit() {
            return None;
        }
        self.connection.execute_batch("ROLLBACK").err().map(|error| error.to_string())
    }

    /// Copies the journal into the file, as far as readers let it.
    fn checkpoint(&mut self, mode: &str) {
        self.unchecked = 0;
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        if let Err(error) = self.connection.query_row(&sql, [], |_| Ok(())) {
            tracing::warn!(%error, "copying the store's journal");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{codec, open};
    use service::Error;

    /// A panic, a wrong statement, a refusal: none of them hurts what comes after or beside it.
    #[tokio::test(flavor = "multi_thread")]
    async fn one_job_does_not_hurt_another() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("a.db")).unwrap();
        let put = |n: u8| {
            let store = store.clone();
            async move {
                let sql = "INSERT INTO flashes (token_hash, payload, expires_at) VALUES (?, x'', 0)";
                store.change(move |tx| codec::run(tx, sql, [[n; 32]])).await
            }
        };
        for heavy in [false, true] {
            let panicked = store.writer.write(heavy, |tx| -> super::Outcome<()> {
                codec::run(tx, "INSERT INTO flashes VALUES (x'00', x'', 0)", [])?;
                panic!("on purpose");
            });
            let wrong = store.writer.write(heavy, |tx| codec::run(tx, "INSERT INTO nowhere VALUES (1)", []));
            let refused = store.writer.write(heavy, |tx| -> super::Outcome<()> {
                codec::run(tx, "INSERT INTO flashes VALUES (x'01', x'', 0)", [])?;
                Err(Error::NotFound.into())
            });
            let n = u8::from(heavy) * 2;
            let (a, panicked, wrong, refused, b) = tokio::join!(put(n + 2), panicked, wrong, refused, put(n + 3));
            assert_eq!((a.unwrap(), b.unwrap()), (1, 1));
            assert!(matches!(panicked, Err(Error::Internal(_))), "{panicked:?}");
            assert!(matches!(wrong, Err(Error::Internal(_))), "{wrong:?}");
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        let there = store
            .read(|connection| {
                codec::all(connection, "SELECT token_hash FROM flashes ORDER BY 1", [], |columns| {
                    columns.get::<Vec<u8>>()
                })
            })
            .await;
        assert_eq!(there.unwrap(), [2, 3, 4, 5].map(|n| vec![n; 32]));
    }

    /// A full disk, played by a limit on the file's size: writes are refused, reads go on, and so do writes once there
    /// is room again.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_passes() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("a.db")).unwrap();
        let limit = |pages: i64| {
            let store = store.clone();
            async move {
                let sql = format!("PRAGMA max_page_count = {pages}");
                store.change(move |tx| Ok(tx.query_row(&sql, [], |row| row.get::<_, i64>(0))?)).await.unwrap()
            }
        };
        let put = |n: u8, heavy: bool| {
            let store = store.clone();
            async move {
                let sql = "INSERT INTO flashes (token_hash, payload, expires_at) VALUES (?, zeroblob(100000), 0)";
                store.writer.write(heavy, move |tx| codec::run(tx, sql, [[n; 32]])).await
            }
        };
        let count = async || {
            let sql = "SELECT count(*) FROM flashes";
            store.read(|connection| codec::first(connection, sql, [], |columns| columns.count())).await.unwrap()
        };
        put(1, false).await.unwrap();
        limit(1).await;
        for heavy in [false, true] {
            let (a, b) = tokio::join!(put(2, heavy), put(3, heavy));
            for refused in [a, b] {
                assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
            }
            assert_eq!(count().await, Some(1));
        }
        limit(1_000_000).await;
        put(4, false).await.unwrap();
        put(5, true).await.unwrap();
        assert_eq!(count().await, Some(3));
    }
}
