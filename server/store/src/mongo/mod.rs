//! The store on a `MongoDB` replica set or sharded cluster: the same model as the embedded one, for several processes.
//!
//! One document for each row; what follows from rows (totals, tallies, kept answers) is written in their transaction.
//! A write is acknowledged when most members have it in their journals. Documents are types of their own, in each
//! entity's file, and become the types of `domain` or an error.
mod accounts;
mod activity;
mod blobs;
mod budgets;
mod expenses;
mod failure;
mod idempotency;
mod import_commit;
mod import_revert;
mod import_rows;
mod imports;
mod invites;
mod jobs;
mod ledger;
mod legs;
mod members;
mod months;
mod options;
mod plans;
mod query;
mod rights;
mod row;
mod rules;
mod schema;
mod series;
mod session;
mod sessions;
mod spending;
mod start;
mod transaction;
mod transfer;
mod turns;
mod upgrade;
mod upkeep;
mod users;
mod values;

pub use options::{MongoOptions, Timeouts};

use crate::Faults;
use mongodb::{Client, Collection, Database};
use service::Result;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use turns::Turns;

/// A store in a database of a server. Cheap to clone.
#[derive(Clone)]
pub struct MongoStore {
    client: Client,
    tables: Arc<Tables>,
    turns: Arc<Turns>,
    pauses: Arc<AtomicU32>,
    timeouts: Timeouts,
    faults: Faults,
}

/// The collections, as the functions of each entity see them.
struct Tables {
    database: Database,
    users: Collection<users::UserDoc>,
    sessions: Collection<sessions::SessionDoc>,
    flashes: Collection<sessions::FlashDoc>,
    budgets: Collection<budgets::BudgetDoc>,
    budget_versions: Collection<plans::VersionDoc>,
    budget_invites: Collection<invites::InviteDoc>,
    budget_months: Collection<months::MonthDoc>,
    accounts: Collection<accounts::AccountDoc>,
    expenses: Collection<row::ExpenseDoc>,
    recurring: Collection<series::SeriesDoc>,
    ledgers: Collection<ledger::LedgerDoc>,
    spending: Collection<spending::SpendingDoc>,
    imports: Collection<imports::ImportDoc>,
    import_rows: Collection<import_rows::RowsDoc>,
    import_absorbed: Collection<import_revert::AbsorbedDoc>,
    idempotency: Collection<idempotency::AnswerDoc>,
    jobs: Collection<jobs::JobDoc>,
    activity: Collection<activity::ActivityDoc>,
    rules: Collection<rules::RuleDoc>,
    blob_files: Collection<blobs::FileDoc>,
    blob_chunks: Collection<blobs::ChunkDoc>,
}

/// Opens the store: finds the server, makes what is missing of collections and indexes. [`service::Error::Internal`] for
/// a server without transactions, a wrong address or a database of a newer program;
/// [`service::Error::Unavailable`] while no server answers.
pub async fn open(options: MongoOptions) -> Result<MongoStore> {
    let store = start(options, false).await?;
    store.require_whole().await?;
    Ok(store)
}

/// The same for a transfer, which alone may see a store that is only partly filled. A database in which something else
/// has collections is refused, and left as it is.
pub async fn open_target(options: MongoOptions) -> Result<MongoStore> {
    start(options, true).await
}

async fn start(options: MongoOptions, only_ours: bool) -> Result<MongoStore> {
    let (client, database) = start::connect(&options, only_ours).await?;
    Ok(MongoStore {
        client,
        tables: Arc::new(Tables::of(database)),
        turns: Arc::default(),
        // Processes that started together shouldn't wait in step.
        pauses: Arc::new(AtomicU32::new(std::process::id())),
        timeouts: options.timeouts,
        faults: options.faults,
    })
}

/// Removes the database with all that is in it: for tests, which make one each.
#[cfg(feature = "testing")]
pub async fn remove(options: MongoOptions) -> Result<()> {
    let remove = async {
        let client = Client::with_options(options.client().await?)?;
        Ok::<_, failure::Failure>(client.database(&options.database).drop().await?)
    };
    Ok(remove.await?)
}

impl MongoStore {
    /// Ends the connections. Later calls are [`service::Error::Unavailable`].
    pub async fn close(&self) {
        self.client.clone().shutdown().immediate(true).await;
    }

    /// A part between a half and one, another one each time.
    fn spread(&self) -> f64 {
        let number = self.pauses.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9);
        f64::midpoint(f64::from(number) / f64::from(u32::MAX), 1.0)
    }
}

impl Tables {
    fn of(database: Database) -> Self {
        Self {
            users: database.collection("users"),
            sessions: database.collection("sessions"),
            flashes: database.collection("flashes"),
            budgets: database.collection("budgets"),
            budget_versions: database.collection("budgetVersions"),
            budget_invites: database.collection("budgetInvites"),
            budget_months: database.collection("budgetMonths"),
            accounts: database.collection("accounts"),
            expenses: database.collection("expenses"),
            recurring: database.collection("recurring"),
            ledgers: database.collection("ledgers"),
            spending: database.collection("spending"),
            imports: database.collection("imports"),
            import_rows: database.collection("importRows"),
            import_absorbed: database.collection("importAbsorbed"),
            jobs: database.collection("jobs"),
            activity: database.collection("activity"),
            rules: database.collection("rules"),
            idempotency: database.collection("idempotency"),
            blob_files: database.collection("blobs.files"),
            blob_chunks: database.collection("blobs.chunks"),
            database,
        }
    }
}
