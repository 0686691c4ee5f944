//! Budgets, and their months.
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery, Query, Sent},
    state::AppState,
    views::{
        Created, Data, List,
        analysis::OneAnalysis,
        budget::{BudgetView, OneBudget},
    },
    visitor::Person,
};
use axum::{extract::State, http::StatusCode};
use domain::{
    budget::Budget,
    ids::BudgetId,
    input::{self, Reader},
};
use serde::Deserialize;
use service::{Actor, budgets};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, update, delete)).routes(routes!(analysis))
}

pub(super) fn one(budget: Budget, reader: &Actor) -> OneBudget {
    OneBudget { budget: BudgetView::new(budget, reader.user.id) }
}

/// Which budgets.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct Filter {
    active: Option<bool>,
    /// personal, shared, family
    #[param(rename = "type")]
    kind: Option<String>,
}

/// The budgets that one may see
#[utoipa::path(get, path = "/api/budgets", tag = "budgets", params(Filter),
    responses((status = 200, description = "The newest first", body = List<BudgetView>)))]
async fn list(State(app): State<AppState>, person: Person, Query(query): Query) -> Result<List<BudgetView>> {
    let budgets = budgets::list(&app.services, &person.actor, &query).await?;
    Ok(List::whole(budgets.into_iter().map(|(budget, _)| BudgetView::new(budget, person.actor.user.id)).collect()))
}

/// A new budget.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NewBudget {
    name: String,
    /// personal (default), shared, family
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Above zero.
    monthly_income: f64,
    /// ISO 4217.
    currency: String,
    /// 1 to 28; left out: as preferred.
    month_start_day: Option<u8>,
    /// By the names of the ten categories; percentages must sum to 100 ± 0.01, amounts to the income. Left out: the
    /// standard ones.
    allocations: Option<BTreeMap<String, CategoryShare>>,
    /// What goes on from month to month, by category: none (default), surplus, both.
    rollover: Option<BTreeMap<String, String>>,
}

/// What a category gets: its percentage or its amount, the same one for all categories.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct CategoryShare {
    /// Of the income, two decimals.
    percentage: Option<f64>,
    /// In the budget's currency.
    amount: Option<f64>,
    /// What it is made of, at most 30; together at most its amount. Left out: as they are.
    subcategories: Option<Vec<NewSubcategory>>,
}

/// A part of a category.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NewSubcategory {
    /// 1 to 50 characters, once in its category.
    name: String,
    /// In the budget's currency; left out: 0.
    amount: Option<f64>,
}

/// Makes a budget
#[utoipa::path(post, path = "/api/budgets", tag = "budgets", request_body = NewBudget,
    responses((status = 201, description = "The new budget", body = Data<OneBudget>)))]
async fn create(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Created<OneBudget>> {
    Ok(Created(one(budgets::create(&app.services, &person.actor, key, &value).await?, &person.actor)))
}

/// One budget
#[utoipa::path(get, path = "/api/budgets/{id}", tag = "budgets", params(("id" = String, Path)),
    responses((status = 200, description = "The budget", body = Data<OneBudget>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
) -> Result<Data<OneBudget>> {
    let (budget, _) = budgets::get(&app.services, &person.actor, id).await?;
    Ok(Data::new(one(budget, &person.actor)))
}

/// A change of a budget; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct BudgetChange {
    /// The version that the change was made from.
    version: i64,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    monthly_income: Option<f64>,
    month_start_day: Option<u8>,
    allocations: Option<BTreeMap<String, CategoryShare>>,
    /// Of those categories that are named: none, surplus, both.
    rollover: Option<BTreeMap<String, String>>,
    is_active: Option<bool>,
    /// What is said about it in the history, at most 255 characters.
    note: Option<String>,
}

/// Changes a budget from the running month on
#[utoipa::path(put, path = "/api/budgets/{id}", tag = "budgets", params(("id" = String, Path)), request_body = BudgetChange,
    responses((status = 200, description = "The budget after the change", body = Data<OneBudget>)))]
async fn update(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneBudget>> {
    let budget = budgets::update(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(one(budget, &person.actor)))
}

/// Puts a budget into the trash
#[utoipa::path(delete, path = "/api/budgets/{id}", tag = "budgets", params(("id" = String, Path)),
    responses((status = 204, description = "It is in the trash for 30 days")))]
async fn delete(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<StatusCode> {
    budgets::delete(&app.services, &person.actor, key, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which month.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct OfMonth {
    /// Such as 2026-11; left out: the running one.
    month: Option<String>,
}

/// A month against its plan
#[utoipa::path(get, path = "/api/budgets/{id}/analysis", tag = "budgets", params(("id" = String, Path), OfMonth),
    responses((status = 200, description = "The month", body = Data<OneAnalysis>)))]
async fn analysis(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    Query(query): Query,
) -> Result<Data<OneAnalysis>> {
    let mut reader = Reader::new(&query);
    let month = reader.optional("month", input::month);
    reader.finish()?;
    Ok(Data::new(budgets::analysis(&app.services, &person.actor, id, month).await?.into()))
}
