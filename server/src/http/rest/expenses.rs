//! Expenses, refunds, incomes, transfers.
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery, Query, Sent},
    state::AppState,
    views::{
        Created, Data, List, Meta,
        expense::{ExpenseView, OneExpense},
    },
    visitor::Person,
};
use axum::{extract::State, http::StatusCode};
use domain::{
    ids::ExpenseId,
    input::{self, Reader},
};
use serde::Deserialize;
use service::expenses;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, update, delete))
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
    /// 1 to 500, default 100
    limit: Option<u32>,
    /// `meta.nextCursor` of the page before.
    cursor: Option<String>,
}

/// One's expenses
#[utoipa::path(get, path = "/api/expenses", tag = "expenses", params(Filter),
    responses((status = 200, description = "A page of them", body = List<ExpenseView>)))]
async fn list(State(app): State<AppState>, person: Person, Query(query): Query) -> Result<List<ExpenseView>> {
    let listed = expenses::list(&app.services, &person.actor, &query).await?;
    let meta = Meta { total: listed.page.total, limit: listed.query.limit.into(), next_cursor: listed.next_cursor };
    Ok(List::new(listed.page.items.into_iter().map(ExpenseView::from).collect(), meta))
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
    /// cash, card, transfer, `direct_debit`, check, wallet, other
    payment_method: Option<String>,
    /// At most 20 of 50 characters.
    tags: Option<Vec<String>>,
    /// Sum to the amount.
    splits: Option<Vec<SplitFields>>,
    /// For a change: the version that it was made from.
    version: Option<i64>,
}

/// A part of an expense.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct SplitFields {
    category: Option<String>,
    subcategory: Option<String>,
    amount: f64,
    memo: Option<String>,
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
    Ok(Created(expenses::create(&app.services, &person.actor, key, &value).await?.into()))
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
    Ok(Data::new(expenses::get(&app.services, &person.actor, id).await?.into()))
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
    Ok(Data::new(expenses::update(&app.services, &person.actor, key, id, &value).await?.into()))
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
