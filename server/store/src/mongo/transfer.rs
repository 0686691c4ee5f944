//! The store as a whole: all its documents given out as records, or taken in from another store.
use super::{
    MongoStore,
    accounts::AccountDoc,
    activity::ActivityDoc,
    budgets::BudgetDoc,
    failure::{Failure, Outcome},
    idempotency::AnswerDoc,
    import_revert::AbsorbedDoc,
    import_rows::RowsDoc,
    imports::ImportDoc,
    invites::InviteDoc,
    jobs::JobDoc,
    ledger,
    months::MonthDoc,
    plans::VersionDoc,
    row::ExpenseDoc,
    rules::RuleDoc,
    series::SeriesDoc,
    sessions::SessionDoc,
    spending,
    transaction::limited,
    users::UserDoc,
    values::{instant, to_instant},
};
use crate::{
    booking::Absorbed,
    faults::FaultPoint,
    transfer::{
        self, Batches, BookedImport, Kept, Marker, Person, Record, RecordKind, Source, StagedRows, Surveyed, Target,
        Treatment,
    },
};
use domain::user::Credentials;
use mongodb::{
    Collection,
    bson::{Document, doc},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use service::{Error, Result};
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::mpsc;

/// Every collection, and what a transfer does with it.
const COLLECTIONS: &[(&str, Treatment)] = &[
    ("users", Treatment::Copied(RecordKind::Users)),
    ("sessions", Treatment::Copied(RecordKind::Sessions)),
    ("flashes", Treatment::Left("they last a minute")),
    ("budgets", Treatment::Copied(RecordKind::Budgets)),
    ("budgetVersions", Treatment::Copied(RecordKind::BudgetVersions)),
    ("budgetInvites", Treatment::Copied(RecordKind::Invites)),
    ("budgetMonths", Treatment::Copied(RecordKind::BudgetMonths)),
    ("accounts", Treatment::Copied(RecordKind::Accounts)),
    ("recurring", Treatment::Copied(RecordKind::Recurring)),
    ("expenses", Treatment::Copied(RecordKind::Expenses)),
    ("ledgers", Treatment::Derived),
    ("spending", Treatment::Derived),
    ("imports", Treatment::Copied(RecordKind::Imports)),
    ("importRows", Treatment::Copied(RecordKind::StagedRows)),
    ("importAbsorbed", Treatment::Copied(RecordKind::Absorbed)),
    ("idempotency", Treatment::Copied(RecordKind::Answers)),
    ("jobs", Treatment::Copied(RecordKind::Jobs)),
    ("activity", Treatment::Copied(RecordKind::Activities)),
    ("rules", Treatment::Copied(RecordKind::Rules)),
    // Bytes of files have a way of their own, see `copy_blobs`.
    ("blobs.files", Treatment::Own),
    ("blobs.chunks", Treatment::Own),
    (META, Treatment::Own),
];

/// What the store knows of itself, the version of its schema among it.
const META: &str = "meta";
const IDENTITY: &str = "identity";
const TRANSFER: &str = "transfer";

#[derive(Serialize, Deserialize)]
struct IdentityDoc {
    #[serde(rename = "_id")]
    name: String,
    value: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkerDoc {
    #[serde(rename = "_id")]
    name: String,
    source: String,
    started_at: i64,
    done: bool,
}

#[async_trait::async_trait]
impl Source for MongoStore {
    async fn identity(&self, fresh: [u8; 12]) -> Result<String> {
        let fresh = transfer::named(fresh);
        let meta = self.tables.database.collection::<IdentityDoc>(META);
        let found = async {
            let first = doc! { "$setOnInsert": { "value": fresh } };
            meta.update_one(doc! { "_id": IDENTITY }, first).upsert(true).await?;
            let found = meta.find_one(doc! { "_id": IDENTITY }).await?;
            found.map(|found| found.value).ok_or_else(|| Failure::corrupt("no identity"))
        };
        limited(self.timeouts.call, found).await
    }

    async fn counts(&self) -> Result<BTreeMap<RecordKind, u64>> {
        let counted = async {
            let mut counts = BTreeMap::new();
            for (name, treatment) in COLLECTIONS {
                if let Treatment::Copied(kind) = treatment {
                    let rows = self.documents(name).count_documents(doc! {}).await?;
                    counts.extend(Some((*kind, rows)).filter(|(_, rows)| *rows > 0));
                }
            }
            Ok(counts)
        };
        limited(self.timeouts.heavy, counted).await
    }

    fn records(&self) -> Batches {
        let (sender, batches) = mpsc::channel(transfer::WAITING);
        let store = self.clone();
        tokio::spawn(async move {
            for kind in RecordKind::ALL {
                if let Err(failure) = store.pour(kind, &sender).await {
                    let _ = sender.send(Err(failure.into())).await;
                    return;
                }
            }
        });
        batches
    }

    async fn kept(&self) -> Result<Kept> {
        self.undisturbed((), |tx, ()| {
            Box::pin(async move {
                let mut kept = Kept::default();
                spending::every(tx, |key, total| kept.total(key, total)).await?;
                ledger::every_tally(tx, |place, live| kept.tally(place, live)).await?;
                Ok(kept)
            })
        })
        .await
    }
}

#[async_trait::async_trait]
impl Target for MongoStore {
    async fn marker(&self) -> Result<Option<Marker>> {
        let found = async {
            let meta = self.tables.database.collection::<MarkerDoc>(META);
            meta.find_one(doc! { "_id": TRANSFER }).await?.map(Marker::try_from).transpose()
        };
        limited(self.timeouts.call, found).await
    }

    async fn mark(&self, marker: Option<&Marker>) -> Result<()> {
        let meta = self.tables.database.collection::<MarkerDoc>(META);
        let filter = doc! { "_id": TRANSFER };
        let marked = async {
            match marker.map(MarkerDoc::from) {
                Some(marker) => {
                    meta.replace_one(filter, marker).upsert(true).await?;
                }
                None => {
                    meta.delete_one(filter).await?;
                }
            }
            Ok(())
        };
        limited(self.timeouts.call, marked).await
    }

    async fn clear(&self) -> Result<()> {
        for (name, _) in COLLECTIONS.iter().filter(|(_, treatment)| *treatment != Treatment::Own) {
            let emptied = async { Ok(self.documents(name).delete_many(doc! {}).await.map(drop)?) };
            limited(self.timeouts.heavy, emptied).await?;
        }
        Ok(())
    }

    async fn put(&self, records: Vec<Record>) -> Result<()> {
        let Some(kind) = records.first().map(Record::kind) else { return Ok(()) };
        let statements = records.iter().map(statement).collect::<Outcome<Vec<_>>>()?;
        self.undisturbed((collection(kind), statements), |tx, (name, statements)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                tx.session.update_each(&tables.database, name, statements).await?;
                tx.pass(FaultPoint::Commit)
            })
        })
        .await
    }

    async fn derive(&self, rows: Surveyed) -> Result<()> {
        for (user, books) in rows.books {
            self.tend(user, books, |tx, books| {
                Box::pin(async move {
                    ledger::write(tx, books.clone()).await?;
                    tx.pass(FaultPoint::Commit)
                })
            })
            .await?;
        }
        Ok(())
    }
}

impl MongoStore {
    /// A store that is only partly filled is refused.
    pub(super) async fn require_whole(&self) -> Result<()> {
        match self.marker().await? {
            Some(marker) if !marker.done => Err(transfer::unfinished(&marker)),
            _ => Ok(()),
        }
    }

    fn documents(&self, name: &str) -> Collection<Document> {
        self.tables.database.collection(name)
    }

    /// Hands on all records of a kind, some at a time.
    async fn pour(&self, kind: RecordKind, to: &mpsc::Sender<Result<Vec<Record>>>) -> Outcome<()> {
        let order = match kind {
            RecordKind::BudgetMonths => doc! { "budgetId": 1, "month": 1 },
            RecordKind::BudgetVersions => doc! { "budgetId": 1, "version": 1 },
            RecordKind::StagedRows => doc! { "importId": 1, "first": 1 },
            _ => doc! { "_id": 1 },
        };
        let documents = self.documents(collection(kind));
        let find = documents.find(doc! {}).sort(order).allow_disk_use(true);
        let mut cursor = limited(self.timeouts.heavy, async { Ok(find.await?) }).await?;
        let mut waiting = Vec::new();
        while limited(self.timeouts.heavy, async { Ok(cursor.advance().await?) }).await? {
            waiting.push(record(kind, cursor.deserialize_current()?)?);
            if waiting.len() >= kind.together() {
                send(to, std::mem::take(&mut waiting)).await?;
            }
        }
        if waiting.is_empty() { Ok(()) } else { send(to, waiting).await }
    }
}

async fn send(to: &mpsc::Sender<Result<Vec<Record>>>, batch: Vec<Record>) -> Outcome<()> {
    let gone = |_| Failure::Service(Error::Unavailable("nobody takes the records".to_owned()));
    to.send(Ok(batch)).await.map_err(gone)
}

/// Where records of a kind are.
fn collection(kind: RecordKind) -> &'static str {
    let found = COLLECTIONS.iter().find(|(_, treatment)| *treatment == Treatment::Copied(kind));
    found.map(|(name, _)| *name).expect("each kind has its collection, as a test shows")
}

fn record(kind: RecordKind, document: Document) -> Outcome<Record> {
    Ok(match kind {
        RecordKind::Users => Record::User(Person::from(Credentials::try_from(typed::<UserDoc>(document)?)?)),
        RecordKind::Sessions => Record::Session(typed::<SessionDoc>(document)?.try_into()?),
        RecordKind::Budgets => Record::Budget(typed::<BudgetDoc>(document)?.try_into()?),
        RecordKind::BudgetVersions => Record::BudgetVersion(typed::<VersionDoc>(document)?.try_into()?),
        RecordKind::Invites => Record::Invite(typed::<InviteDoc>(document)?.try_into()?),
        RecordKind::BudgetMonths => Record::BudgetMonth(typed::<MonthDoc>(document)?.into()),
        RecordKind::Accounts => Record::Account(typed::<AccountDoc>(document)?.try_into()?),
        RecordKind::Recurring => Record::Recurring(typed::<SeriesDoc>(document)?.try_into()?),
        RecordKind::Expenses => Record::Expense(typed::<ExpenseDoc>(document)?.try_into()?),
        RecordKind::Imports => Record::Import(BookedImport::from(typed::<ImportDoc>(document)?)),
        RecordKind::StagedRows => Record::StagedRows(typed::<RowsDoc>(document)?.try_into()?),
        RecordKind::Absorbed => Record::Absorbed(typed::<AbsorbedDoc>(document)?.try_into()?),
        RecordKind::Answers => Record::Answer(typed::<AnswerDoc>(document)?.try_into()?),
        RecordKind::Jobs => Record::Job(typed::<JobDoc>(document)?.try_into()?),
        RecordKind::Activities => Record::Activity(typed::<ActivityDoc>(document)?.try_into()?),
        RecordKind::Rules => Record::Rule(typed::<RuleDoc>(document)?.try_into()?),
    })
}

fn typed<D: DeserializeOwned>(document: Document) -> Outcome<D> {
    Ok(mongodb::bson::deserialize_from_document(document)?)
}

/// Puts the record's document in the place of the one with its id, or beside the others: it may be said twice.
fn statement(record: &Record) -> Outcome<Document> {
    let document = match record {
        Record::User(person) => document(&UserDoc::from(&Credentials::from(person.clone()))),
        Record::Session(session) => document(&SessionDoc::from(session)),
        Record::Budget(budget) => document(&BudgetDoc::from(budget)),
        Record::BudgetVersion(version) => document(&VersionDoc::from(version)),
        Record::Invite(invite) => document(&InviteDoc::from(invite)),
        Record::BudgetMonth(entry) => document(&MonthDoc::from(entry)),
        Record::Account(account) => document(&AccountDoc::from(account)),
        Record::Recurring(series) => document(&SeriesDoc::try_from(series)?),
        Record::Expense(expense) => document(&ExpenseDoc::new(expense, expense.account_id)),
        Record::Import(import) => document(&ImportDoc::from(import)),
        Record::StagedRows(StagedRows { import_id, first, rows }) => document(&RowsDoc::new(*import_id, *first, rows)?),
        Record::Absorbed(row) => document(&AbsorbedDoc::new(row.import_id, &Absorbed::from(row))?),
        Record::Answer(answer) => document(&AnswerDoc::from(answer)),
        Record::Job(job) => document(&JobDoc::from(job)),
        Record::Activity(activity) => document(&ActivityDoc::try_from(activity)?),
        Record::Rule(rule) => document(&RuleDoc::try_from(rule)?),
    }?;
    let id = document.get("_id").cloned().ok_or_else(|| Failure::corrupt("a document without an id"))?;
    Ok(doc! { "q": { "_id": id }, "u": document, "upsert": true })
}

fn document<D: Serialize>(typed: &D) -> Outcome<Document> {
    Ok(mongodb::bson::serialize_to_document(typed)?)
}

impl From<&Marker> for MarkerDoc {
    fn from(marker: &Marker) -> Self {
        let started_at = instant(marker.started_at);
        Self { name: TRANSFER.to_owned(), source: marker.source.clone(), started_at, done: marker.done }
    }
}

impl TryFrom<MarkerDoc> for Marker {
    type Error = Failure;
    fn try_from(stored: MarkerDoc) -> Outcome<Self> {
        Ok(Self { source: stored.source, started_at: to_instant(stored.started_at)?, done: stored.done })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A collection that is added must be copied, or said not to be.
    #[test]
    fn every_collection_has_its_treatment() {
        let there = super::super::schema::names();
        assert!(there.len() > 10, "{there:?}");
        for name in there {
            let known = COLLECTIONS.iter().any(|(known, _)| *known == name);
            assert!(known, "say in COLLECTIONS what a transfer does with {name}");
        }
        for kind in RecordKind::ALL {
            let of_kind = COLLECTIONS.iter().filter(|(_, treatment)| *treatment == Treatment::Copied(kind)).count();
            assert_eq!((of_kind, collection(kind).is_empty()), (1, false));
        }
    }
}
