//! Bank files: read, shown, committed, taken back. A file's bytes are a blob for as long as its draft is open.
mod booking;
mod build;
mod file;
mod judge;

pub use build::external_account_id;
pub use file::file;
pub use judge::{Candidate, around, judge};

use crate::{
    Actor, Error, Idempotency, Result, Services, blobs,
    budgets::{replayed, write},
    error::Conflict,
    expenses::base_currency,
    ports::{
        blobs::BlobId,
        store::{Import, ImportAccount, ImportStatus, StagedRow},
    },
    rules::Judge,
};
use booking::Booking;
use build::Draft;
use domain::{
    currency::Currency,
    ids::{BudgetId, ImportId, RuleId},
    import::{self, Answers},
};
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// A draft is kept so long.
const DRAFT_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// How many rejected rows are kept with their reasons.
const REJECTED_KEPT: usize = 500;
/// How many rows of a draft are read from the store at once.
const CHUNK: u32 = 5_000;

/// A file as it arrived.
#[derive(Debug, Clone)]
pub struct Upload {
    /// As its owner calls it.
    pub filename: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// The budget that its rows go to; none = private.
    pub budget_id: Option<BudgetId>,
    /// How to read it, as far as somebody has said.
    pub answers: Answers,
}

/// Reads a file and keeps it as a draft: nothing is booked yet.
pub async fn preview(services: &Services, actor: &Actor, key: Option<Idempotency>, upload: Upload) -> Result<Import> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let arrived = arrive(services, actor, upload).await?;
    stage(services, actor, key, arrived).await
}

/// Reads a file and books it at once when nothing is left to ask; else it stays a draft.
pub async fn import_now(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    upload: Upload,
) -> Result<Import> {
    if let Some(done) = replayed::<Import>(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let arrived = arrive(services, actor, upload).await?;
    if arrived.draft.has_questions() {
        return stage(services, actor, None, arrived).await;
    }
    let Arrived { import, draft, bytes } = arrived;
    drop(bytes);
    let mut booking = Booking::begin(services, actor, &import).await?;
    // Not on the async threads: a file may have a hundred thousand rows.
    let booking = tokio::task::spawn_blocking(move || {
        booking.add(draft.rows);
        booking
    })
    .await
    .map_err(|error| Error::Internal(format!("booking a bank file: {error}")))?;
    let (hits, commit) = booking.end();
    let done = services.store.book_import(&write(services, actor, key), &import, commit).await?;
    booked(services, actor, hits, &done).await;
    Ok(done)
}

/// A file that has been read.
struct Arrived {
    import: Import,
    draft: Draft,
    bytes: Vec<u8>,
}

async fn arrive(services: &Services, actor: &Actor, upload: Upload) -> Result<Arrived> {
    let currency = base_currency(services, actor, upload.budget_id).await?;
    let now = services.now();
    let filename: String = upload.filename.chars().filter(|c| !c.is_control()).take(255).collect();
    let id = ImportId(services.random.id(now));
    let (bytes, draft) = read(services, actor, upload.bytes, upload.answers, currency).await?;
    let file = BlobId::of(&bytes).to_string();
    let import = describe(draft.summary(), id, actor, upload.budget_id, filename, file, now);
    Ok(Arrived { import, draft, bytes })
}

/// Keeps it as a draft.
async fn stage(services: &Services, actor: &Actor, key: Option<Idempotency>, arrived: Arrived) -> Result<Import> {
    let Arrived { import, draft, bytes } = arrived;
    blobs::kept_for(&*services.blobs, bytes, async |_| {
        services.store.stage_import(&write(services, actor, key), &import, &draft.rows).await
    })
    .await
}

/// Reads a draft again with other answers.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ImportId,
    answers: Answers,
) -> Result<Import> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let before = open_draft(services, actor, id).await?;
    let currency = base_currency(services, actor, before.budget_id).await?;
    let bytes = file_of(services, &before).await?;
    let (_, mut draft) = read(services, actor, bytes, answers, currency).await?;
    file::keep_filed(&file::all_rows(services, actor, id).await?, &mut draft.rows);
    let import = Import {
        revision: before.revision + 1,
        created_at: before.created_at,
        expires_at: before.expires_at,
        ..describe(draft.summary(), id, actor, before.budget_id, before.filename, before.sha256, before.created_at)
    };
    services.store.restage_import(&write(services, actor, key), &import, &draft.rows).await
}

/// All of the actor's, newest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Import>> {
    services.store.imports(actor.user.id).await
}

/// One import.
pub async fn get(services: &Services, actor: &Actor, id: ImportId) -> Result<Import> {
    services.store.import(actor.user.id, id).await?.ok_or(Error::NotFound)
}

/// Rows of a draft, in file order.
pub async fn rows(services: &Services, actor: &Actor, id: ImportId, offset: u32, limit: u32) -> Result<Vec<StagedRow>> {
    get(services, actor, id).await?;
    services.store.staged_rows(actor.user.id, id, offset, limit.min(500)).await
}

/// Books all rows of a draft that are new, or none.
pub async fn commit(services: &Services, actor: &Actor, key: Option<Idempotency>, id: ImportId) -> Result<Import> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let import = open_draft(services, actor, id).await?;
    if !import.questions.is_empty() {
        return Err(Error::Conflict(Conflict::ImportQuestions(import.questions)));
    }
    let mut booking = Booking::begin(services, actor, &import).await?;
    let mut offset = 0;
    loop {
        let chunk = services.store.staged_rows(actor.user.id, id, offset, CHUNK).await?;
        let Ok(length) = u32::try_from(chunk.len()) else { break };
        offset += length;
        booking.add(chunk);
        if length < CHUNK {
            break;
        }
    }
    let (hits, commit) = booking.end();
    let import = services.store.commit_import(&write(services, actor, key), commit).await?;
    booked(services, actor, hits, &import).await;
    Ok(import)
}

/// What follows once the rows are in.
async fn booked(services: &Services, actor: &Actor, hits: BTreeMap<RuleId, i64>, import: &Import) {
    file::keep_hits(services, actor, hits).await;
    services.import_changed(actor, import).await;
}

/// Takes back exactly what an import added.
pub async fn revert(services: &Services, actor: &Actor, key: Option<Idempotency>, id: ImportId) -> Result<Import> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    if get(services, actor, id).await?.status != ImportStatus::Committed {
        return Err(Error::Conflict(Conflict::ImportNotCommitted));
    }
    let import = services.store.revert_import(&write(services, actor, key), id).await?;
    services.import_changed(actor, &import).await;
    Ok(import)
}

async fn open_draft(services: &Services, actor: &Actor, id: ImportId) -> Result<Import> {
    let import = get(services, actor, id).await?;
    if import.status != ImportStatus::Draft || import.expires_at <= services.now() {
        return Err(Error::Conflict(Conflict::ImportNotOpen));
    }
    Ok(import)
}

/// The bytes of a draft, which the store has shown to be the actor's.
async fn file_of(services: &Services, draft: &Import) -> Result<Vec<u8>> {
    let file = draft.sha256.parse().map_err(|error| Error::Internal(format!("the file of a draft: {error}")))?;
    services.blobs.get(file).await?.ok_or_else(|| {
        tracing::warn!(draft = %draft.id, "its file is gone");
        Error::Conflict(Conflict::ImportNotOpen)
    })
}

/// Parses (away from the async threads), finds the accounts, judges the rows, gives them categories.
async fn read(
    services: &Services,
    actor: &Actor,
    bytes: Vec<u8>,
    mut answers: Answers,
    currency: Currency,
) -> Result<(Vec<u8>, Draft)> {
    answers.home_currency = answers.home_currency.or(Some(currency));
    let parsed = tokio::task::spawn_blocking(move || {
        let statement = import::read(&bytes, &answers);
        statement.map(|statement| (bytes, statement))
    })
    .await
    .map_err(|error| Error::Internal(format!("reading a bank file: {error}")))?;
    let (bytes, statement) = parsed?;
    let known = services.store.accounts(actor.user.id).await?;
    let accounts: Vec<ImportAccount> = statement
        .accounts
        .iter()
        .map(|found| {
            let account = known.iter().find(|account| build::is_found(account, found));
            ImportAccount { found: found.clone(), account_id: account.map(|account| account.id) }
        })
        .collect();
    let prints = match (statement.first_date(), statement.last_date()) {
        (Some(first), Some(last)) => {
            let (first, last) = around((first, last));
            services.store.prints(actor.user.id, first, last).await?
        }
        _ => Vec::new(),
    };
    let mut judge = Judge::of(services, actor).await?;
    let draft = tokio::task::spawn_blocking(move || Draft::new(statement, accounts, &prints, &mut judge, currency))
        .await
        .map_err(|error| Error::Internal(format!("judging a bank file: {error}")))?;
    Ok((bytes, draft))
}

fn describe(
    summary: build::Summary,
    id: ImportId,
    actor: &Actor,
    budget_id: Option<BudgetId>,
    filename: String,
    sha256: String,
    now: jiff::Timestamp,
) -> Import {
    Import {
        id,
        user_id: actor.user.id,
        budget_id,
        format: summary.format,
        filename,
        sha256,
        mapping: summary.mapping,
        accounts: summary.accounts,
        rows: summary.rows,
        added: summary.added,
        duplicates: summary.duplicates,
        ignored: summary.ignored,
        rejected_count: u32::try_from(summary.rejected.len()).unwrap_or(u32::MAX),
        rejected: summary.rejected.into_iter().take(REJECTED_KEPT).collect(),
        sum: summary.sum,
        first_date: summary.first_date,
        last_date: summary.last_date,
        currency: summary.currency,
        questions: summary.questions,
        revision: 0,
        status: ImportStatus::Draft,
        created_at: now,
        expires_at: now.checked_add(DRAFT_LIFETIME).unwrap_or(jiff::Timestamp::MAX),
        committed_at: None,
        reverted_at: None,
    }
}
