//! Files that prove expenses: attached, shown, taken away.
//!
//! A picture is written anew, upright and without anything that is not seen (place, camera, what hides behind it). A PDF is
//! kept as it is and never shown, only handed out as a file.
use crate::{
    Actor, Error, Idempotency, Result, Services, blobs,
    budgets::replayed,
    expenses::{living, save},
    pictures,
    ports::blobs::BlobId,
};
use domain::{
    expense::{self, Expense, Receipt, ReceiptKind},
    ids::{ExpenseId, FileId, UserId},
    problem::Problem,
};
use image::{DynamicImage, imageops::FilterType};

/// The longer side of a picture that is kept, in pixels: a long bill can still be read.
const SIDE: u32 = 2_400;
/// How much of it is kept.
const QUALITY: u8 = 80;
/// The longer side of a small picture, in pixels.
const THUMB: u32 = 320;
/// How all PDF files begin (ISO 32000-1, 7.5.2).
const PDF: &[u8] = b"%PDF-";
/// What somebody's receipts come to at most, in bytes.
const FILES_MAX: u64 = 1 << 30;
/// Receipts that are read at once.
const AT_ONCE: u32 = 1_000;

/// A file as it arrived.
#[derive(Debug, Clone)]
pub struct Upload {
    /// As its owner calls it.
    pub filename: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// A file as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is called.
    pub filename: String,
    /// What it is.
    pub kind: ReceiptKind,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Attaches a file to an expense, in place of the one before. With a version only if nobody changed the row since. A problem
/// at `file` where it is no picture and no PDF, or where there is no room for it.
pub async fn attach(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ExpenseId,
    version: Option<i64>,
    file: Upload,
) -> Result<Expense> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let limit = services.settings.upload_max;
    if file.bytes.len() as u64 > limit {
        return Err(Error::TooLarge { limit });
    }
    let mut row = at(services, actor, id, version).await?;
    let Upload { filename, bytes } = file;
    let (kind, bytes) = if bytes.starts_with(PDF) {
        (ReceiptKind::Pdf, bytes)
    } else {
        (ReceiptKind::Jpeg, pictures::in_turn(move || made_plain(&bytes)).await?)
    };
    let size = bytes.len() as u64;
    check_room(services, row.user_id, row.receipt.as_ref(), size).await?;
    let now = services.now();
    let file_id = FileId(services.random.id(now));
    blobs::kept_for(&*services.blobs, bytes, async |blob: BlobId| {
        let filename = expense::filename(&filename, kind);
        row.receipt = Some(Receipt { file_id, filename, content_type: kind, size, sha256: blob.to_string() });
        changed(services, actor, key, row).await
    })
    .await
}

/// Takes the file away from an expense; it can be undone. Nothing to take away is fine.
pub async fn detach(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ExpenseId,
    version: Option<i64>,
) -> Result<Expense> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut row = at(services, actor, id, version).await?;
    if row.receipt.take().is_none() {
        return Ok(row);
    }
    changed(services, actor, key, row).await
}

/// A file of an expense that the actor may see; `small`: as a picture of at most 320 pixels, which a PDF doesn't have.
pub async fn show(services: &Services, actor: &Actor, id: FileId, small: bool) -> Result<Shown> {
    let row = services.store.expense_of_file(actor.user.id, id).await?.ok_or(Error::NotFound)?;
    let receipt = row.receipt.filter(|receipt| receipt.file_id == id).ok_or(Error::NotFound)?;
    let kind = receipt.content_type;
    if small && kind != ReceiptKind::Jpeg {
        return Err(Error::NotFound);
    }
    let mut bytes = bytes(services, &receipt).await?.ok_or(Error::NotFound)?;
    if small {
        bytes = pictures::in_turn(move || at_most(&pictures::decoded(&bytes)?, THUMB)).await?;
    }
    Ok(Shown { filename: receipt.filename, kind, bytes })
}

/// The bytes of a receipt, if they are there.
pub(crate) async fn bytes(services: &Services, receipt: &Receipt) -> Result<Option<Vec<u8>>> {
    match receipt.sha256.parse::<BlobId>() {
        Ok(id) => services.blobs.get(id).await,
        Err(_) => Ok(None),
    }
}

/// All receipts of rows that somebody has entered, also in the trash.
pub(crate) async fn all_of(services: &Services, user: UserId) -> Result<Vec<Receipt>> {
    let mut all = Vec::new();
    loop {
        let found = services.store.receipts(user, all.last().map(|last: &Receipt| last.file_id), AT_ONCE).await?;
        let more = found.len() == AT_ONCE as usize;
        all.extend(found);
        if !more {
            return Ok(all);
        }
    }
}

async fn at(services: &Services, actor: &Actor, id: ExpenseId, version: Option<i64>) -> Result<Expense> {
    let row = living(services, actor, id).await?;
    match version {
        Some(version) if version != row.version => Err(Error::StaleVersion { current: row.version }),
        _ => Ok(row),
    }
}

async fn changed(services: &Services, actor: &Actor, key: Option<Idempotency>, mut row: Expense) -> Result<Expense> {
    row.version += 1;
    row.updated_at = services.now();
    let before = row.budget_id;
    save(services, actor, key, &row, before).await
}

/// Whether a file of that size still has room among those of who has entered the row.
async fn check_room(services: &Services, owner: UserId, instead_of: Option<&Receipt>, size: u64) -> Result<()> {
    let kept: u64 = all_of(services, owner).await?.iter().map(|receipt| receipt.size).sum();
    let freed = instead_of.map_or(0, |receipt| receipt.size);
    if kept.saturating_sub(freed).saturating_add(size) > FILES_MAX {
        return Err(Error::field("file", Problem::FilesFull { max_mebibytes: FILES_MAX >> 20 }));
    }
    Ok(())
}

fn made_plain(file: &[u8]) -> Result<Vec<u8>> {
    let picture = pictures::decoded(file).map_err(|error| match error {
        Error::Validation(problems) if problems.0.get("file") == Some(&Problem::NotAPicture) => {
            Error::field("file", Problem::NotAReceipt)
        }
        other => other,
    });
    at_most(&picture?, SIDE)
}

/// As a JPEG whose longer side has at most so many pixels.
fn at_most(picture: &DynamicImage, side: u32) -> Result<Vec<u8>> {
    if picture.width().max(picture.height()) <= side {
        return pictures::written(picture, QUALITY);
    }
    pictures::written(&picture.resize(side, side, FilterType::CatmullRom), QUALITY)
}
