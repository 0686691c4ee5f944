//! The history of a budget: its versions, what two of them differ in, and the way back to one.
use super::budgets::one;
use crate::http::{
    error::{ApiError, Result},
    json::{Id, NoQuery, Query, Sent},
    state::AppState,
    views::{
        Data, List, Meta,
        budget::OneBudget,
        version::{DiffView, EntryView, OneVersion},
    },
    visitor::Person,
};
use axum::extract::{Path, State};
use domain::{
    ids::BudgetId,
    problem::{Problem, Problems},
};
use serde::Deserialize;
use service::versions;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get)).routes(routes!(diff)).routes(routes!(restore))
}

/// Which versions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct Which {
    /// 1 to 500, default 100
    limit: Option<u32>,
    /// `meta.nextCursor` of the page before.
    cursor: Option<String>,
}

/// The versions of a budget
#[utoipa::path(get, path = "/api/budgets/{id}/history", tag = "budgets", params(("id" = String, Path), Which),
    responses((status = 200, description = "The newest first", body = List<EntryView>)))]
async fn list(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    Query(query): Query,
) -> Result<List<EntryView>> {
    let found = versions::list(&app.services, &person.actor, id, &query).await?;
    let next_cursor = found.next.map(|version| version.to_string());
    let meta = Meta { total: found.total, limit: found.limit.into(), next_cursor };
    Ok(List::new(found.entries.into_iter().map(EntryView::from).collect(), meta))
}

/// One version of a budget
#[utoipa::path(get, path = "/api/budgets/{id}/history/{version}", tag = "budgets",
    params(("id" = String, Path), ("version" = i64, Path)),
    responses((status = 200, description = "The version", body = Data<OneVersion>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Path((id, version)): Path<(String, String)>,
    NoQuery: NoQuery,
) -> Result<Data<OneVersion>> {
    let (id, version) = read(&id, &version)?;
    Ok(Data::new(versions::get(&app.services, &person.actor, id, version).await?.into()))
}

fn read(id: &str, version: &str) -> Result<(BudgetId, i64)> {
    let mut problems = Problems::default();
    let id = id.parse().map_err(|_| problems.add("id", Problem::NotAnId));
    let version = version.parse().map_err(|_| problems.add("version", Problem::NotANumber));
    match (id, version) {
        (Ok(id), Ok(version)) => Ok((id, version)),
        _ => Err(ApiError::from(problems)),
    }
}

/// Which two versions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct Two {
    /// Left out: the one before `to`.
    from: Option<i64>,
    /// Left out: the one that the budget has now.
    to: Option<i64>,
}

/// What two versions of a budget differ in
#[utoipa::path(get, path = "/api/budgets/{id}/diff", tag = "budgets", params(("id" = String, Path), Two),
    responses((status = 200, description = "Both, and their differences", body = Data<DiffView>)))]
async fn diff(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    Query(query): Query,
) -> Result<Data<DiffView>> {
    Ok(Data::new(versions::diff(&app.services, &person.actor, id, &query).await?.into()))
}

/// Goes back to a version.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Restore {
    /// The version to go back to.
    restore: i64,
    /// The version that the budget has now.
    version: i64,
}

/// Goes back to a version of a budget, from the running month on
#[utoipa::path(post, path = "/api/budgets/{id}/restore", tag = "budgets", params(("id" = String, Path)), request_body = Restore,
    responses((status = 200, description = "The budget, with a new version", body = Data<OneBudget>)))]
async fn restore(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneBudget>> {
    let budget = versions::restore(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(one(budget, &person.actor)))
}
