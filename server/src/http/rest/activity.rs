//! What was done in a budget and by oneself, and the way back.
use crate::http::{
    error::Result,
    json::{Bare, Id, Query},
    state::AppState,
    views::{
        Data, List, Meta,
        activity::{ActivityView, UndoneView},
    },
    visitor::Person,
};
use axum::extract::State;
use domain::{
    ids::{ActivityId, BudgetId},
    input::{self, Reader, Value},
};
use serde::Deserialize;
use service::{
    activity::{self, Listed},
    ports::activity::Feed,
};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(of_budget)).routes(routes!(own)).routes(routes!(undo))
}

/// Which activities.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct Which {
    /// The id of a person: only what they did.
    by: Option<String>,
    /// created, changed, deleted, restored, imported, reverted, shared
    kind: Option<String>,
    /// 1 to 500, default 100
    limit: Option<u32>,
    /// `meta.nextCursor` of the page before.
    cursor: Option<String>,
}

async fn listed(app: &AppState, person: &Person, feed: Feed, query: &Value) -> Result<List<ActivityView>> {
    let Listed { page, query, names, next_cursor } = activity::list(&app.services, &person.actor, feed, query).await?;
    let now = app.services.now();
    let meta = Meta { total: page.total, limit: query.limit.into(), next_cursor };
    Ok(List::new(page.items.into_iter().map(|told| ActivityView::new(told, &names, now)).collect(), meta))
}

/// What was done in a budget, by whomever
#[utoipa::path(get, path = "/api/budgets/{id}/activity", tag = "activity", params(("id" = String, Path), Which),
    responses((status = 200, description = "The newest first", body = List<ActivityView>)))]
async fn of_budget(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    Query(query): Query,
) -> Result<List<ActivityView>> {
    listed(&app, &person, Feed::Budget(id), &query).await
}

/// What one has done oneself, with private expenses
#[utoipa::path(get, path = "/api/activity", tag = "activity", params(Which),
    responses((status = 200, description = "The newest first", body = List<ActivityView>)))]
async fn own(State(app): State<AppState>, person: Person, Query(query): Query) -> Result<List<ActivityView>> {
    listed(&app, &person, Feed::Own, &query).await
}

/// How it is taken back.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct How {
    /// Where somebody has changed the thing since (409 `CONFLICT`, `fields` says what): take back only the fields that
    /// are still as this left them.
    untouched: Option<bool>,
}

/// Takes something back, up to 30 days later
///
/// To take back what took something back does the thing again. Refused with 409 where it was taken back before, or where
/// that would overwrite a newer change.
#[utoipa::path(post, path = "/api/activity/{id}/undo", tag = "activity", params(("id" = String, Path), How),
    responses((status = 200, description = "It is taken back", body = Data<UndoneView>)))]
async fn undo(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ActivityId>,
    Query(query): Query,
    Bare { key }: Bare,
) -> Result<Data<UndoneView>> {
    let mut reader = Reader::new(&query);
    let untouched = reader.optional("untouched", input::boolean).unwrap_or(false);
    reader.finish()?;
    let (services, actor) = (&app.services, &person.actor);
    let undone = activity::undo(services, actor, key, id, untouched).await?;
    let names = activity::names(services, actor, std::slice::from_ref(&undone.activity)).await?;
    Ok(Data::new(UndoneView::new(undone, actor.user.id, &names, services.now())))
}
