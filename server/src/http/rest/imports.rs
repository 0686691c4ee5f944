//! Bank files: staged, looked at, committed, taken back.
use crate::http::{
    error::{ApiError, Result},
    forms::read::{Sending, sending},
    json::{Bare, Id, NoQuery, Query, Sent},
    state::AppState,
    views::{
        Created, Data, List, Meta,
        import::{ImportView, OneImport, RowView},
    },
    visitor::Person,
};
use axum::extract::{FromRequest, Request, State};
use domain::{
    ids::ImportId,
    import::{Answers, Mapping},
    input::{self, Reader, Value},
    problem::{Problem, Problems},
};
use serde::Deserialize;
use service::{
    Actor, Idempotency,
    imports::{self, Upload},
    ports::store::{Import, ImportStatus},
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// How many rows of a draft an answer shows.
const SAMPLE: u32 = 10;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(bulk_import))
        .routes(routes!(list))
        .routes(routes!(get, answer))
        .routes(routes!(rows, file))
        .routes(routes!(commit))
        .routes(routes!(revert))
}

/// Parts of the upload.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read part by part")]
struct UploadParts {
    /// The bank's file: CSV or a spreadsheet with recognisable headers, OFX, QFX, QIF, CAMT, MT940, or a ZIP of these.
    #[schema(value_type = String, format = Binary)]
    file: String,
    /// The budget that its rows go to; left out: private.
    budget_id: Option<String>,
    /// How to read a CSV file, as JSON: an earlier answer's `mapping`, changed; or answers to its `questions`
    /// {dateOrder, decimalMark, currency, flipSign, mapping}.
    mapping: Option<String>,
}

/// Whether to look only.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct Mode {
    /// true: nothing is booked, the draft waits 24 hours for its commit.
    dry_run: Option<bool>,
}

/// A bank file as it came, and how.
struct Uploaded {
    upload: Upload,
    key: Option<Idempotency>,
}

impl FromRequest<AppState> for Uploaded {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self> {
        let Sending { fields, file, key } = sending(app.max_import_size, request).await?;
        let mut reader = Reader::new(&fields);
        let budget_id = reader.optional("budgetId", input::id);
        let answers = reader.optional("mapping", read_answers).unwrap_or_default();
        if file.is_none() {
            reader.problem("file", Problem::Required);
        }
        reader.finish()?;
        let file = file.ok_or_else(|| ApiError::from(Problems::one("file", Problem::Required)))?;
        Ok(Self { upload: Upload { filename: file.name, bytes: file.bytes, budget_id, answers }, key })
    }
}

/// A mapping, or answers that may have one inside, as JSON text.
fn read_answers(value: &Value) -> std::result::Result<Answers, Problem> {
    let Value::Text(text) = value else { return Err(input::wrong_type("text")) };
    if let Ok(mapping) = serde_json::from_str::<Mapping>(text) {
        return Ok(Answers { mapping: Some(mapping), ..Answers::default() });
    }
    serde_json::from_str(text).map_err(|_| input::wrong_type("object"))
}

/// Takes in a bank file
#[utoipa::path(post, path = "/api/expenses/bulk-import", tag = "imports", params(Mode),
    request_body(content = UploadParts, content_type = "multipart/form-data"),
    responses((status = 201, description = "The draft, or (without dryRun, when nothing is open) what was booked",
        body = Data<ImportView>)))]
async fn bulk_import(
    State(app): State<AppState>,
    person: Person,
    Query(query): Query,
    Uploaded { upload, key }: Uploaded,
) -> Result<Created<ImportView>> {
    let mut reader = Reader::new(&query);
    let dry_run = reader.optional("dryRun", input::boolean).unwrap_or(false);
    reader.finish()?;
    let import = if dry_run {
        imports::preview(&app.services, &person.actor, key, upload).await?
    } else {
        imports::import_now(&app.services, &person.actor, key, upload).await?
    };
    Ok(Created(view(&app, &person.actor, import).await?))
}

async fn view(app: &AppState, actor: &Actor, import: Import) -> Result<ImportView> {
    let sample = match import.status {
        ImportStatus::Draft => imports::rows(&app.services, actor, import.id, 0, SAMPLE).await?,
        ImportStatus::Committed | ImportStatus::Reverted => Vec::new(),
    };
    Ok(ImportView::new(import, sample))
}

/// One's bank files
#[utoipa::path(get, path = "/api/imports", tag = "imports",
    responses((status = 200, description = "The newest first, at most 100", body = List<ImportView>)))]
async fn list(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<List<ImportView>> {
    let imports = imports::list(&app.services, &person.actor).await?;
    Ok(List::whole(imports.into_iter().map(|import| ImportView::new(import, Vec::new())).collect()))
}

/// One bank file
#[utoipa::path(get, path = "/api/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, description = "What is in it", body = Data<OneImport>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ImportId>,
    NoQuery: NoQuery,
) -> Result<Data<OneImport>> {
    let import = imports::get(&app.services, &person.actor, id).await?;
    Ok(Data::new(OneImport { import: view(&app, &person.actor, import).await? }))
}

/// Answers to a draft's questions; what is left out is read by the best guess.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read by domain")]
struct AnswerFields {
    /// ymd, dmy, mdy
    date_order: Option<String>,
    /// point, comma
    decimal_mark: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    flip_sign: Option<bool>,
    /// An earlier answer's `mapping`, changed.
    #[schema(value_type = Option<Object>)]
    mapping: Option<()>,
}

/// Reads a draft again with answers to its questions
#[utoipa::path(put, path = "/api/imports/{id}", tag = "imports", params(("id" = String, Path)), request_body = AnswerFields,
    responses((status = 200, description = "What is in it now", body = Data<OneImport>)))]
async fn answer(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ImportId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneImport>> {
    let answers: Answers = serde_json::from_value(value_json(&value))
        .map_err(|error| ApiError::with("VALIDATION_ERROR", format!("These answers can't be used: {error}.")))?;
    let import = imports::answer(&app.services, &person.actor, key, id, answers).await?;
    Ok(Data::new(OneImport { import: view(&app, &person.actor, import).await? }))
}

/// The tree as serde's own. No amount is in it, so numbers may be numbers.
fn value_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into()),
        Value::Text(text) => text.as_str().into(),
        Value::List(entries) => entries.iter().map(value_json).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value_json(value))).collect(),
    }
}

/// Which rows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct Window {
    /// How many to pass over.
    offset: Option<u32>,
    /// 1 to 500, default 100
    limit: Option<u32>,
}

/// The rows of a draft, in file order
#[utoipa::path(get, path = "/api/imports/{id}/rows", tag = "imports", params(("id" = String, Path), Window),
    responses((status = 200, description = "A window of them", body = List<RowView>)))]
async fn rows(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ImportId>,
    Query(query): Query,
) -> Result<List<RowView>> {
    let mut reader = Reader::new(&query);
    let offset = reader.optional("offset", |value| input::integer(value, 0, u32::MAX.into())).unwrap_or(0);
    let limit = reader.optional("limit", |value| input::integer(value, 1, 500)).unwrap_or(100);
    reader.finish()?;
    let import = imports::get(&app.services, &person.actor, id).await?;
    let (offset, limit) = (u32::try_from(offset).unwrap_or(u32::MAX), u32::try_from(limit).unwrap_or(500));
    let rows = imports::rows(&app.services, &person.actor, id, offset, limit).await?;
    let meta = Meta { total: import.rows.into(), limit: limit.into(), next_cursor: None };
    Ok(List::new(rows.into_iter().map(RowView::from).collect(), meta))
}

/// Where the rows of a merchant are filed.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct MerchantFields {
    /// Whatever the bank prints around its name.
    merchant: String,
    /// One of the ten; null = uncategorised.
    category: Option<String>,
    subcategory: Option<String>,
}

/// Files the rows of a draft that are of one merchant
#[utoipa::path(put, path = "/api/imports/{id}/rows", tag = "imports", params(("id" = String, Path)),
    request_body = MerchantFields,
    responses((status = 200, description = "What is in it now", body = Data<OneImport>)))]
async fn file(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ImportId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneImport>> {
    let import = imports::file(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(OneImport { import: view(&app, &person.actor, import).await? }))
}

/// Books a draft: all of its new rows, or none
#[utoipa::path(post, path = "/api/imports/{id}/commit", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, description = "What was booked", body = Data<OneImport>)))]
async fn commit(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ImportId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Data<OneImport>> {
    let import = imports::commit(&app.services, &person.actor, key, id).await?;
    Ok(Data::new(OneImport { import: ImportView::new(import, Vec::new()) }))
}

/// Takes back exactly what an import added
#[utoipa::path(post, path = "/api/imports/{id}/revert", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, description = "What was taken back", body = Data<OneImport>)))]
async fn revert(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ImportId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Data<OneImport>> {
    let import = imports::revert(&app.services, &person.actor, key, id).await?;
    Ok(Data::new(OneImport { import: ImportView::new(import, Vec::new()) }))
}
