//! Expenses, refunds, incomes, transfers.
use super::recurring::RecurrenceFields;
use crate::{
    export::{self, expenses::Format},
    http::{
        error::Result,
        json::{Bare, Id, NoQuery, Query, Sent},
        state::AppState,
        views::{
            Created, Data, List, Meta,
            entry::ParsedLineView,
            expense::{ExpenseView, OneExpense},
        },
        visitor::Person,
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::{
    expense::Expense,
    filter,
    ids::ExpenseId,
    input::{self, Reader, Value},
};
use serde::Deserialize;
use service::{entry, expenses, recurring};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(as_file))
        .routes(routes!(get, update, delete))
        .routes(routes!(parse))
}

/// Expenses with the rules of the series that they belong to.
async fn views(app: &AppState, person: &Person, expenses: Vec<Expense>) -> Result<Vec<ExpenseView>> {
    let series = expenses.iter().filter_map(|expense| expense.recurring.map(|of| of.series_id));
    let rules = recurring::rules(&app.services, &person.actor, series).await?;
    Ok(expenses.into_iter().map(|expense| ExpenseView::with_rule(expense, &rules)).collect())
}

async fn one(app: &AppState, person: &Person, expense: Expense) -> Result<OneExpense> {
    let series = expense.recurring.map(|of| of.series_id);
    let rules = recurring::rules(&app.services, &person.actor, series).await?;
    Ok(OneExpense { expense: ExpenseView::with_rule(expense, &rules) })
}

/// Which expenses, in which order.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Filter {
    budget_id: Option<String>,
    account_id: Option<String>,
    /// One of the ten, or none.
    category: Option<String>,
    subcategory: Option<String>,
    /// Inclusive.
    #[param(format = Date)]
    start_date: Option<String>,
    /// Inclusive.
    #[param(format = Date)]
    end_date: Option<String>,
    min_amount: Option<f64>,
    max_amount: Option<f64>,
    currency: Option<String>,
    merchant: Option<String>,
    /// Words in merchant, description and tags.
    q: Option<String>,
    /// Divided by commas.
    tags: Option<String>,
    payment_method: Option<String>,
    /// expense, refund, income, transfer
    kind: Option<String>,
    status: Option<String>,
    import_id: Option<String>,
    has_receipt: Option<bool>,
    recurring: Option<bool>,
    /// Only rows that wait for a rate.
    unconverted: Option<bool>,
    /// date, amount, merchant; with - for descending
    sort: Option<String>,
}

/// Which page of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Window {
    /// 1 to 500, default 100
    limit: Option<u32>,
    /// `meta.nextCursor` of the page before.
    cursor: Option<String>,
}

/// One's expenses
#[utoipa::path(get, path = "/api/expenses", tag = "expenses", params(Filter, Window),
    responses((status = 200, description = "A page of them", body = List<ExpenseView>)))]
async fn list(State(app): State<AppState>, person: Person, Query(query): Query) -> Result<List<ExpenseView>> {
    let listed = expenses::list(&app.services, &person.actor, &query).await?;
    let meta = Meta { total: listed.page.total, limit: listed.query.limit.into(), next_cursor: listed.next_cursor };
    Ok(List::new(views(&app, &person, listed.page.items).await?, meta))
}

/// Which kind of file.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct AsFile {
    /// csv (default), json, xlsx
    format: Option<String>,
}

/// One's expenses as a file
///
/// The same filters and order as the list, without its limit; written while it is sent: one that is not whole was cut off.
/// The import takes CSV and XLSX back as they were. Not wrapped.
#[utoipa::path(get, path = "/api/expenses/export", tag = "expenses", params(AsFile, Filter),
    responses((status = 200, description = "The file", content_type = "text/csv", body = Vec<u8>)))]
async fn as_file(State(app): State<AppState>, person: Person, Query(mut query): Query) -> Result<Response> {
    let mut asked = None;
    if let Value::Object(fields) = &mut query {
        let named = |(name, _): &(String, Value)| ["format", "limit", "cursor"].contains(&name.as_str());
        let (own, others): (Vec<_>, Vec<_>) = std::mem::take(fields).into_iter().partition(named);
        *fields = others;
        let own = Value::Object(own);
        let mut reader = Reader::new(&own);
        asked = reader.optional("format", |value| input::word(value, &Format::WORDS));
        reader.finish()?;
    }
    let (format, query) = (asked.unwrap_or(Format::Csv), filter::read_query(&query)?);
    let name = format!("attachment; filename=\"expenses-{}.{}\"", app.services.today(&person.actor), format.as_str());
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("a date is ASCII"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // Proxies must not wait until they have all of it.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    let body = export::expenses::list(app.services.clone(), person.actor, query, format).await?;
    Ok((headers, body).into_response())
}

/// An expense: new with amount, currency, date, and a merchant or a description; changed with `version` and what changes.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct ExpenseFields {
    /// Above zero, with at most the decimals of the currency.
    amount: Option<f64>,
    /// ISO 4217.
    currency: Option<String>,
    #[schema(format = Date)]
    date: Option<String>,
    /// expense (default), refund, income, transfer
    kind: Option<String>,
    /// draft, `needs_review`, cleared (default), reconciled
    status: Option<String>,
    /// One of the ten; null = uncategorised.
    category: Option<String>,
    subcategory: Option<String>,
    merchant: Option<String>,
    description: Option<String>,
    notes: Option<String>,
    /// null = private
    budget_id: Option<String>,
    account_id: Option<String>,
    /// Of a transfer: the account that the money goes to. Both legs are entered, changed and thrown away together.
    to_account_id: Option<String>,
    /// cash, card, transfer, `direct_debit`, check, wallet, other
    payment_method: Option<String>,
    /// At most 20 of 50 characters.
    tags: Option<Vec<String>>,
    /// Sum to the amount.
    splits: Option<Vec<SplitFields>>,
    /// Whether it repeats. With `recurringPattern` it does; false ends the series that it belongs to.
    is_recurring: Option<bool>,
    /// Declares a series, of which this is the first; changes the rule of the one that it belongs to.
    recurring_pattern: Option<RecurrenceFields>,
    /// Where it was: an address, a point, or both; null = not said.
    location: Option<LocationFields>,
    /// For a change: the version that it was made from.
    version: Option<i64>,
}

/// Where something was spent.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct LocationFields {
    /// Degrees north, -90 to 90; only together with `lng`. Kept with six decimals.
    lat: Option<f64>,
    /// Degrees east, -180 to 180.
    lng: Option<f64>,
    address: Option<String>,
}

/// A part of an expense.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct SplitFields {
    category: Option<String>,
    subcategory: Option<String>,
    amount: f64,
    memo: Option<String>,
    /// Whose it is: a member of the budget; null = everybody's.
    member_id: Option<String>,
}

/// Enters an expense
#[utoipa::path(post, path = "/api/expenses", tag = "expenses", request_body = ExpenseFields,
    responses((status = 201, description = "The new expense", body = Data<OneExpense>)))]
async fn create(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Created<OneExpense>> {
    let expense = expenses::create(&app.services, &person.actor, key, &value).await?;
    Ok(Created(one(&app, &person, expense).await?))
}

/// A line of plain language.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct LineFields {
    /// At most 500 characters: `lunch 12.50 yesterday at Joe's #work`.
    text: String,
}

/// Understands a typed line
///
/// In one's own language, currency and time zone, and by what one has entered before. Nothing is saved.
#[utoipa::path(post, path = "/api/expenses/parse", tag = "expenses", request_body = LineFields,
    responses((status = 200, description = "What it means", body = Data<ParsedLineView>)))]
async fn parse(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Data<ParsedLineView>> {
    Ok(Data::new(entry::read(&app.services, &person.actor, &value).await?.into()))
}

/// One expense
#[utoipa::path(get, path = "/api/expenses/{id}", tag = "expenses", params(("id" = String, Path)),
    responses((status = 200, description = "The expense", body = Data<OneExpense>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
) -> Result<Data<OneExpense>> {
    let expense = expenses::get(&app.services, &person.actor, id).await?;
    Ok(Data::new(one(&app, &person, expense).await?))
}

/// Changes an expense
#[utoipa::path(put, path = "/api/expenses/{id}", tag = "expenses", params(("id" = String, Path)),
    request_body = ExpenseFields,
    responses((status = 200, description = "The expense after the change", body = Data<OneExpense>)))]
async fn update(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneExpense>> {
    let expense = expenses::update(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(one(&app, &person, expense).await?))
}

/// From which version.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct OfVersion {
    /// Deletes only this version.
    version: Option<i64>,
}

/// Puts an expense into the trash
#[utoipa::path(delete, path = "/api/expenses/{id}", tag = "expenses", params(("id" = String, Path), OfVersion),
    responses((status = 204, description = "It is in the trash for 30 days")))]
async fn delete(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    Query(query): Query,
    Bare { key }: Bare,
) -> Result<StatusCode> {
    let mut reader = Reader::new(&query);
    let version = reader.optional("version", |value| input::integer(value, 1, i64::MAX));
    reader.finish()?;
    expenses::delete(&app.services, &person.actor, key, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}
