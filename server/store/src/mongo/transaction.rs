//! Calls of the ports as reads and transactions: in turn, with a time limit, tried again when another was in the way.
//!
//! A transaction sees one snapshot and nothing of those beside it, so two that read the same and write different things
//! could both go through. Therefore each one first writes to the document of its user in `ledgers`: of two transactions
//! of one user one waits or is tried again, as if there were one writer for each user. What is written in a budget first
//! writes to the document of the budget, too ([`lock_budget`]): its members write one after the other, and a role that was
//! taken away meanwhile is seen.
use super::{
    MongoStore, Tables,
    failure::{Failure, Outcome, code},
    idempotency, jobs, options,
    session::Session,
    values::oid,
};
use crate::{faults::FaultPoint, faults::Faults};
use domain::ids::{BudgetId, UserId};
use mongodb::{
    ClientSession,
    bson::doc,
    error::{TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT},
};
use serde::{Serialize, de::DeserializeOwned};
use service::{Error, Result, ports::store::Write};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

/// How often a transaction is tried, and how often its commit.
const TRIES: u32 = 40;
const COMMITS: u32 = 5;
/// The first and the longest wait between tries.
const FIRST_WAIT: Duration = Duration::from_millis(2);
const LONGEST_WAIT: Duration = Duration::from_millis(250);

/// What a port's call does, once it has a place to do it in.
pub(super) type Work<'t, T> = Pin<Box<dyn Future<Output = Outcome<T>> + Send + 't>>;

/// What the functions that read and write are given.
pub(super) struct Tx {
    pub(super) tables: Arc<Tables>,
    pub(super) session: Session,
    faults: Faults,
}

impl Tx {
    /// Fails where a test wants it to.
    pub(super) fn pass(&self, point: FaultPoint) -> Outcome<()> {
        Ok(self.faults.pass(point)?)
    }
}

/// A write with its input, as the transaction's work sees it.
struct Keyed<'a, A, T> {
    write: &'a Write,
    input: &'a A,
    work: for<'t> fn(&'t mut Tx, &'t Write, &'t A) -> Work<'t, T>,
}

impl MongoStore {
    /// Reads, or writes one document by itself.
    pub(super) async fn plain<A: Sync, T: Send>(
        &self,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        let mut tx = self.place(None);
        limited(self.timeouts.call, work(&mut tx, &input)).await
    }

    /// The same for what may be many megabytes.
    pub(super) async fn plain_heavy<A: Sync, T: Send>(
        &self,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        let mut tx = self.place(None);
        limited(self.timeouts.heavy, work(&mut tx, &input)).await
    }

    /// Reads several things as they are at one moment.
    pub(super) async fn snapshot<A: Sync, T: Send>(
        &self,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        limited(self.timeouts.call, self.retried(&input, work, false)).await
    }

    /// The same for what may be many megabytes.
    pub(super) async fn snapshot_heavy<A: Sync, T: Send>(
        &self,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        limited(self.timeouts.heavy, self.retried(&input, work, false)).await
    }

    /// A write that is done once for its key, in turn with the actor's others.
    pub(super) async fn write<A: Sync, T: Serialize + DeserializeOwned + Send>(
        &self,
        write: &Write,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t Write, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        self.in_turn(self.timeouts.call, write, &input, work).await
    }

    /// The same for thousands of rows.
    pub(super) async fn write_heavy<A: Sync, T: Serialize + DeserializeOwned + Send>(
        &self,
        write: &Write,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t Write, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        self.in_turn(self.timeouts.heavy, write, &input, work).await
    }

    /// Something that the store does by itself among a user's things.
    pub(super) async fn tend<A: Sync, T: Send>(
        &self,
        user: UserId,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        let tended = async {
            let _turn = self.turns.take(user).await;
            let input = (user, input, work);
            self.retried(&input, |tx, (user, input, work)| Box::pin(alone(tx, *user, work, input)), true).await
        };
        limited(self.timeouts.heavy, tended).await
    }

    /// Something for nobody in particular, while nobody else uses the store.
    pub(super) async fn undisturbed<A: Sync, T: Send>(
        &self,
        input: A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        limited(self.timeouts.heavy, self.retried(&input, work, true)).await
    }

    async fn in_turn<A: Sync, T: Serialize + DeserializeOwned + Send>(
        &self,
        limit: Duration,
        write: &Write,
        input: &A,
        work: for<'t> fn(&'t mut Tx, &'t Write, &'t A) -> Work<'t, T>,
    ) -> Result<T> {
        let written = async {
            let _turn = self.turns.take(write.actor).await;
            self.retried(&Keyed { write, input, work }, |tx, keyed| Box::pin(once(tx, keyed)), true).await
        };
        limited(limit, written).await
    }

    /// A transaction, from the beginning again while another one is in its way.
    async fn retried<A: Sync, T: Send>(
        &self,
        input: &A,
        work: for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
        keep: bool,
    ) -> Outcome<T> {
        let mut tries = 0;
        loop {
            let mut session = self.client.start_session().await?;
            session.start_transaction().with_options(options::transaction()).await?;
            let mut tx = self.place(Some(session));
            let done = work(&mut tx, input).await;
            let done = match (done, tx.session.0) {
                (Ok(value), Some(mut session)) if keep => commit(&mut session).await.map(|()| value),
                (done, Some(mut session)) => {
                    // What can't be undone now the server undoes by itself.
                    let _ = session.abort_transaction().await;
                    done
                }
                (done, None) => done,
            };
            tries += 1;
            match done {
                Err(failure) if failure.is_transient() && tries < TRIES => self.pause(tries).await,
                done => return done,
            }
        }
    }

    /// A little longer each time, and not the same for all that wait.
    async fn pause(&self, tries: u32) {
        let longest = FIRST_WAIT.saturating_mul(1 << tries.min(8)).min(LONGEST_WAIT);
        tokio::time::sleep(longest.mul_f64(self.spread())).await;
    }

    fn place(&self, session: Option<ClientSession>) -> Tx {
        Tx { tables: Arc::clone(&self.tables), session: Session(session), faults: self.faults.clone() }
    }
}

/// Locks what is the actor's and does the work, or gives the answer that was given under the same key before.
async fn once<A: Sync, T: Serialize + DeserializeOwned + Send>(tx: &mut Tx, keyed: &Keyed<'_, A, T>) -> Outcome<T> {
    let Keyed { write, input, work } = *keyed;
    lock(tx, write.actor.0).await?;
    if let Some(answer) = idempotency::kept(tx, write).await? {
        return Ok(serde_json::from_str(&answer)?);
    }
    let value = work(tx, write, input).await?;
    jobs::keep(tx, &write.jobs, write.now).await?;
    tx.pass(FaultPoint::Answer)?;
    if let Some(key) = &write.idempotency {
        idempotency::keep(tx, write, key, serde_json::to_string(&value)?).await?;
    }
    tx.pass(FaultPoint::Commit)?;
    Ok(value)
}

async fn alone<A: Sync, T: Send>(
    tx: &mut Tx,
    user: UserId,
    work: &for<'t> fn(&'t mut Tx, &'t A) -> Work<'t, T>,
    input: &A,
) -> Outcome<T> {
    lock(tx, user.0).await?;
    work(tx, input).await
}

/// From here on no other transaction in this budget can commit before this one. Before anything is read that it depends on.
pub(super) async fn lock_budget(tx: &mut Tx, budget: BudgetId) -> Outcome<()> {
    lock(tx, budget.0).await
}

/// From here on no other transaction of this user, or in this budget, can commit before this one.
async fn lock(tx: &mut Tx, id: [u8; 12]) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let next = doc! { "$inc": { "writes": 1_i64 } };
    match tx.session.upsert(&tables.ledgers, doc! { "_id": oid(id) }, next).await {
        // Two first writes at once.
        Err(failure) if failure.code() == Some(code::DUPLICATE_KEY) => Err(Failure::Statement(code::WRITE_CONFLICT)),
        locked => locked,
    }
}

/// Commits; where it is not known whether that came through, it may be said again.
async fn commit(session: &mut ClientSession) -> Outcome<()> {
    let mut commits = 0;
    loop {
        commits += 1;
        let Err(error) = session.commit_transaction().await else { return Ok(()) };
        let unknown = error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT);
        if unknown && commits < COMMITS {
            continue;
        }
        if !unknown && error.contains_label(TRANSIENT_TRANSACTION_ERROR) {
            return Err(error.into());
        }
        return Err(if unknown { unanswered(&error) } else { error.into() });
    }
}

/// The commit may have come through: it must not be done again from the beginning.
fn unanswered(error: &mongodb::error::Error) -> Failure {
    Failure::Service(Error::Unavailable(format!("store: whether a write was kept is not known: {}", error.kind)))
}

/// A call that takes too long is given up; dropping it ends its transaction.
pub(super) async fn limited<T>(limit: Duration, work: impl Future<Output = Outcome<T>>) -> Result<T> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done.map_err(Error::from),
        Err(_) => Err(Error::Unavailable(format!("store: no answer within {} ms", limit.as_millis()))),
    }
}
