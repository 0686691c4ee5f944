//! Files that prove expenses: attached, shown, taken away.
use super::expenses::{OfVersion, one};
use crate::http::{
    error::{ApiError, Result},
    forms::read::{Sending, sending},
    json::{Bare, Id, NoQuery, Query},
    state::AppState,
    views::{Data, expense::OneExpense},
    visitor::Person,
};
use axum::{
    extract::{FromRequest, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use domain::{
    ids::{ExpenseId, FileId},
    input::{self, Reader},
    problem::{Problem, Problems},
};
use serde::Deserialize;
use service::{
    Error, Idempotency,
    receipts::{self, Upload},
};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(attach, detach)).routes(routes!(show))
}

/// Parts of the upload.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read part by part")]
struct ReceiptParts {
    /// JPEG, PNG or WebP of at most 25 megapixels, or PDF: judged by its content, whatever it is called.
    #[schema(value_type = String, format = Binary)]
    file: String,
    /// Only if this is still the version of the expense.
    version: Option<i64>,
}

/// A receipt as it came, and how.
struct Uploaded {
    upload: Upload,
    version: Option<i64>,
    key: Option<Idempotency>,
}

impl FromRequest<AppState> for Uploaded {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self> {
        let Sending { fields, file, key } = sending(app.services.settings.upload_max, request).await?;
        let mut reader = Reader::new(&fields);
        let version = reader.optional("version", |value| input::integer(value, 1, i64::MAX));
        if file.is_none() {
            reader.problem("file", Problem::Required);
        }
        reader.finish()?;
        let file = file.ok_or_else(|| ApiError::from(Problems::one("file", Problem::Required)))?;
        Ok(Self { upload: Upload { filename: file.name, bytes: file.bytes }, version, key })
    }
}

/// Attaches a receipt to an expense
///
/// In place of the one before. A picture is written anew, at most 2,400 pixels high or wide: nothing else of the file is
/// kept. 415 for what is neither a picture nor a PDF; 413 for what is larger than this installation takes (5 MiB, if its
/// operator has not said otherwise).
#[utoipa::path(post, path = "/api/expenses/{id}/receipt", tag = "expenses", params(("id" = String, Path)),
    request_body(content = ReceiptParts, content_type = "multipart/form-data"),
    responses((status = 200, description = "The expense, with the receipt", body = Data<OneExpense>)))]
async fn attach(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
    Uploaded { upload, version, key }: Uploaded,
) -> Result<Data<OneExpense>> {
    match receipts::attach(&app.services, &person.actor, key, id, version, upload).await {
        Err(Error::Validation(problems)) if problems.0.get("file") == Some(&Problem::NotAReceipt) => {
            Err(ApiError::with("UNSUPPORTED_MEDIA_TYPE", "This is no whole JPEG, PNG or WebP picture, and no PDF."))
        }
        expense => Ok(Data::new(one(&app, &person, expense?).await?)),
    }
}

/// Takes the receipt away from an expense
///
/// Can be taken back for 30 days, by what the timeline tells of it.
#[utoipa::path(delete, path = "/api/expenses/{id}/receipt", tag = "expenses",
    params(("id" = String, Path), OfVersion),
    responses((status = 200, description = "The expense, without a receipt", body = Data<OneExpense>)))]
async fn detach(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    Query(query): Query,
    Bare { key }: Bare,
) -> Result<Data<OneExpense>> {
    let version = OfVersion::read(&query)?;
    let expense = receipts::detach(&app.services, &person.actor, key, id, version).await?;
    Ok(Data::new(one(&app, &person, expense).await?))
}

/// How large.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct Size {
    /// thumb: a picture of at most 320 pixels, which a PDF doesn't have.
    size: Option<String>,
}

/// The only size that can be asked for.
struct Thumb;

impl FromStr for Thumb {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        if text == "thumb" { Ok(Self) } else { Err(()) }
    }
}

/// A receipt's file
///
/// Of an expense that one may see.
#[utoipa::path(get, path = "/api/files/{id}", tag = "expenses", params(("id" = String, Path), Size),
    responses((status = 200, description = "The file", content(
        (Vec<u8> = "image/jpeg"), (Vec<u8> = "application/pdf")))))]
async fn show(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<FileId>,
    Query(query): Query,
) -> Result<Response> {
    let mut reader = Reader::new(&query);
    let small = reader.optional("size", |value| input::word::<Thumb>(value, &["thumb"])).is_some();
    reader.finish()?;
    let file = receipts::show(&app.services, &person.actor, id, small).await?;
    // Pages show it all the same; somebody who goes to its address gets a file and no page.
    let name = format!("attachment; filename*=UTF-8''{}", app::paths::encode(&file.filename));
    let name = HeaderValue::from_str(&name).map_err(|error| Error::Internal(format!("a file's name: {error}")))?;
    let kind = HeaderValue::from_static(file.kind.as_str());
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file.bytes).into_response())
}
