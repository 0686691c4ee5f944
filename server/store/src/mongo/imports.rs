//! Bank files on their way in: drafts, and what they are compared with.
use super::{
    MongoStore, budgets,
    failure::Outcome,
    import_commit, import_revert, import_rows, series,
    transaction::{Tx, lock_budget},
    values::{Fields, instant, nested, oid},
};
use crate::{limits::IMPORTS_LISTED, sharing, transfer::BookedImport};
use domain::{
    Date,
    ids::{AccountId, ExpenseId, ImportId, UserId},
    problem::Problem,
    role::Role,
};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    error::Conflict,
    ports::{
        blobs::BlobId,
        store::{Import, ImportCommit, ImportStatus, ImportStore, Print, StagedRow, Write},
    },
};
use std::{collections::BTreeSet, sync::Arc};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImportDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    status: ImportStatus,
    created_at: i64,
    expires_at: i64,
    /// The import as its JSON has it.
    details: Import,
    /// Accounts that its commit made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    made_accounts: Vec<ObjectId>,
}

/// The part of an expense that a bank file is compared with.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrintDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    account_id: Option<ObjectId>,
    external_id: Option<String>,
    dedupe_key: String,
    import_id: Option<ObjectId>,
    series_id: Option<ObjectId>,
}

/// The part of a draft that names its file.
#[derive(Serialize, Deserialize)]
struct DraftFile {
    details: DraftDetails,
}

#[derive(Serialize, Deserialize)]
struct DraftDetails {
    sha256: String,
}

#[async_trait::async_trait]
impl ImportStore for MongoStore {
    async fn stage_import(&self, write: &Write, import: &Import, rows: &[StagedRow]) -> Result<Import> {
        let chunks = import_rows::chunked(import.id, rows).await?;
        self.write_heavy(write, (import, chunks), |tx, write, (import, chunks)| {
            Box::pin(async move {
                check(tx, write, import).await?;
                let tables = Arc::clone(&tx.tables);
                tx.session.insert(&tables.imports, &ImportDoc::from(*import)).await?;
                tx.session.insert_all(&tables.import_rows, chunks).await?;
                Ok((*import).clone())
            })
        })
        .await
    }

    async fn restage_import(&self, write: &Write, import: &Import, rows: &[StagedRow]) -> Result<Import> {
        let chunks = import_rows::chunked(import.id, rows).await?;
        self.write_heavy(write, (import, chunks), |tx, write, (import, chunks)| {
            Box::pin(async move {
                check(tx, write, import).await?;
                let before = open_draft(tx, write, import.id).await?;
                sharing::next_draft(&before, import)?;
                import_rows::drop_rows(tx, import.id).await?;
                let tables = Arc::clone(&tx.tables);
                tx.session.insert_all(&tables.import_rows, chunks).await?;
                save(tx, import, Fields::default()).await?;
                Ok((*import).clone())
            })
        })
        .await
    }

    async fn import(&self, actor: UserId, id: ImportId) -> Result<Option<Import>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await
    }

    async fn imports(&self, actor: UserId) -> Result<Vec<Import>> {
        self.plain(actor, |tx, actor| {
            Box::pin(async move {
                let newest = FindOptions::builder().sort(doc! { "createdAt": -1, "_id": -1 }).limit(IMPORTS_LISTED);
                let tables = Arc::clone(&tx.tables);
                let found = tx.session.all(&tables.imports, doc! { "userId": oid(actor.0) }, newest.build()).await?;
                Ok(found.into_iter().map(|import| import.details).collect())
            })
        })
        .await
    }

    async fn staged_rows(&self, actor: UserId, id: ImportId, offset: u32, limit: u32) -> Result<Vec<StagedRow>> {
        self.snapshot((actor, id, offset, limit), |tx, (actor, id, offset, limit)| {
            Box::pin(async move {
                load(tx, *actor, *id).await?.ok_or(Error::NotFound)?;
                import_rows::window(tx, *id, *offset as usize, *limit as usize).await
            })
        })
        .await
    }

    async fn prints(&self, actor: UserId, start: Date, end: Date) -> Result<Vec<Print>> {
        self.plain((actor, start, end), |tx, (actor, start, end)| Box::pin(prints(tx, *actor, *start, *end))).await
    }

    async fn commit_import(&self, write: &Write, commit: ImportCommit) -> Result<Import> {
        self.write_heavy(write, commit, |tx, write, commit| Box::pin(import_commit::commit(tx, write, commit))).await
    }

    async fn book_import(&self, write: &Write, import: &Import, commit: ImportCommit) -> Result<Import> {
        let commit = ImportCommit { import_id: import.id, ..commit };
        self.write_heavy(write, (import, commit), |tx, write, (import, commit)| {
            Box::pin(async move {
                check(tx, write, import).await?;
                let tables = Arc::clone(&tx.tables);
                tx.session.insert(&tables.imports, &ImportDoc::from(*import)).await?;
                import_commit::commit(tx, write, commit).await
            })
        })
        .await
    }

    async fn revert_import(&self, write: &Write, id: ImportId) -> Result<Import> {
        self.write_heavy(write, id, |tx, write, id| Box::pin(import_revert::revert(tx, write, *id))).await
    }
}

/// It is the actor's, and so is the budget that it names.
async fn check(tx: &mut Tx, write: &Write, import: &Import) -> Outcome<()> {
    if import.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let Some(budget) = import.budget_id else { return Ok(()) };
    lock_budget(tx, budget).await?;
    match budgets::live(tx, write.actor, budget).await? {
        None => Err(Error::field("budgetId", Problem::NotFound).into()),
        Some((_, role)) if role < Role::Edit => Err(Error::Forbidden.into()),
        Some(_) => Ok(()),
    }
}

fn own(actor: UserId, id: ImportId) -> Document {
    doc! { "_id": oid(id.0), "userId": oid(actor.0) }
}

/// Writes what has changed of an import, and other fields with it.
pub(super) async fn save(tx: &mut Tx, import: &Import, fields: Fields) -> Outcome<()> {
    let fields = fields
        .set("status", nested(&import.status)?)
        .set("expiresAt", instant(import.expires_at))
        .set("details", nested(import)?);
    let tables = Arc::clone(&tx.tables);
    tx.session.update(&tables.imports, own(import.user_id, import.id), fields.update()).await.map(drop)
}

/// A draft of the actor's that has not expired.
pub(super) async fn open_draft(tx: &mut Tx, write: &Write, id: ImportId) -> Outcome<Import> {
    let import = load(tx, write.actor, id).await?.ok_or(Error::NotFound)?;
    if import.status != ImportStatus::Draft || import.expires_at <= write.now {
        return Err(Error::Conflict(Conflict::ImportNotOpen).into());
    }
    Ok(import)
}

pub(super) async fn load(tx: &mut Tx, actor: UserId, id: ImportId) -> Outcome<Option<Import>> {
    Ok(load_with_accounts(tx, actor, id).await?.map(|(import, _)| import))
}

/// The import, and the accounts that its commit made.
pub(super) async fn load_with_accounts(
    tx: &mut Tx,
    actor: UserId,
    id: ImportId,
) -> Outcome<Option<(Import, Vec<AccountId>)>> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.first(&tables.imports, own(actor, id)).await?;
    Ok(found.map(|import| (import.details, import.made_accounts.into_iter().map(|id| AccountId(id.bytes())).collect())))
}

/// Drafts of all users that have expired by then.
pub(super) async fn expired(tx: &mut Tx, now: i64) -> Outcome<Vec<Import>> {
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "status": nested(&ImportStatus::Draft)?, "expiresAt": { "$lte": now } };
    let found = tx.session.all(&tables.imports, filter, <_>::default()).await?;
    Ok(found.into_iter().map(|import| import.details).collect())
}

/// Drops a draft if it has expired by then, with its rows. Whether there was one.
pub(super) async fn drop_draft(tx: &mut Tx, actor: UserId, id: ImportId, now: i64) -> Outcome<bool> {
    let tables = Arc::clone(&tx.tables);
    let mut filter = own(actor, id);
    filter.insert("status", nested(&ImportStatus::Draft)?);
    filter.insert("expiresAt", doc! { "$lte": now });
    let gone = tx.session.delete(&tables.imports, filter).await? > 0;
    if gone {
        import_rows::drop_rows(tx, id).await?;
    }
    Ok(gone)
}

/// Those that are the file of a draft.
pub(super) async fn files_in_use(tx: &mut Tx, ids: &[BlobId]) -> Outcome<Vec<BlobId>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let filter = doc! { "details.sha256": { "$in": ids }, "status": nested(&ImportStatus::Draft)? };
    let tables = Arc::clone(&tx.tables);
    let files = tables.imports.clone_with_type::<DraftFile>();
    let only = FindOptions::builder().projection(doc! { "_id": 0, "details.sha256": 1 }).build();
    let found = tx.session.all(&files, filter, only).await?;
    let used: BTreeSet<BlobId> = found.iter().filter_map(|draft| draft.details.sha256.parse().ok()).collect();
    Ok(used.into_iter().collect())
}

/// In the order of the dedupe key, which begins with the date as the bank has it, then of the id.
pub(super) async fn prints(tx: &mut Tx, actor: UserId, start: Date, end: Date) -> Outcome<Vec<Print>> {
    // What follows the date in a key is a bar, and a brace follows the bar.
    let keys = doc! { "$gte": start.to_string(), "$lt": format!("{end}}}") };
    let places = budgets::places(tx, actor, Role::Edit).await?;
    let filter = doc! { "userId": oid(actor.0), "deletedAt": null, "dedupeKey": keys, "place": { "$in": places } };
    let fields = doc! { "accountId": 1, "externalId": 1, "dedupeKey": 1, "importId": 1, "seriesId": 1 };
    let order = FindOptions::builder().sort(doc! { "dedupeKey": 1, "_id": 1 }).projection(fields).build();
    let prints = tx.tables.expenses.clone_with_type::<PrintDoc>();
    let found = tx.session.all(&prints, filter, order).await?;
    let made = |print: &PrintDoc| print.series_id.filter(|_| print.import_id.is_none() && print.external_id.is_none());
    let ids: BTreeSet<ObjectId> = found.iter().filter_map(made).collect();
    let likenesses = series::likenesses(tx, ids).await?;
    let print = |stored: PrintDoc| {
        let made = made(&stored).and_then(|id| likenesses.get(&id).cloned());
        Print { made, ..Print::from(stored) }
    };
    Ok(found.into_iter().map(print).collect())
}

impl From<&Import> for ImportDoc {
    fn from(import: &Import) -> Self {
        Self {
            id: oid(import.id.0),
            user_id: oid(import.user_id.0),
            status: import.status,
            created_at: instant(import.created_at),
            expires_at: instant(import.expires_at),
            details: import.clone(),
            made_accounts: Vec::new(),
        }
    }
}

impl From<&BookedImport> for ImportDoc {
    fn from(BookedImport { import, made_accounts }: &BookedImport) -> Self {
        let made_accounts = made_accounts.iter().map(|id| oid(id.0)).collect();
        Self { made_accounts, ..Self::from(import) }
    }
}

impl From<ImportDoc> for Import {
    fn from(stored: ImportDoc) -> Self {
        stored.details
    }
}

impl From<ImportDoc> for BookedImport {
    fn from(stored: ImportDoc) -> Self {
        let made_accounts = stored.made_accounts.into_iter().map(|id| AccountId(id.bytes())).collect();
        Self { import: stored.details, made_accounts }
    }
}

impl From<PrintDoc> for Print {
    fn from(stored: PrintDoc) -> Self {
        Self {
            id: ExpenseId(stored.id.bytes()),
            account_id: stored.account_id.map(|id| AccountId(id.bytes())),
            external_id: stored.external_id,
            dedupe_key: stored.dedupe_key,
            import_id: stored.import_id.map(|id| ImportId(id.bytes())),
            made: None,
        }
    }
}
