//! The first look.
use crate::http::{
    error::Result,
    json::Query,
    state::AppState,
    views::{Data, analysis::OneDashboard},
    visitor::Person,
};
use axum::extract::State;
use domain::input::{self, Reader};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(dashboard))
}

/// Of which budget, in which month.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct OfBudget {
    /// Left out: the default one.
    budget_id: Option<String>,
    /// Such as 2026-11; left out: the running one.
    month: Option<String>,
}

/// The first look
#[utoipa::path(get, path = "/api/analytics/dashboard", tag = "analytics", params(OfBudget),
    responses((status = 200, description = "Where one stands", body = Data<OneDashboard>)))]
async fn dashboard(State(app): State<AppState>, person: Person, Query(query): Query) -> Result<Data<OneDashboard>> {
    let mut reader = Reader::new(&query);
    let budget = reader.optional("budgetId", input::id);
    let month = reader.optional("month", input::month);
    reader.finish()?;
    let found = service::analytics::dashboard(&app.services, &person.actor, budget, month).await?;
    Ok(Data::new(OneDashboard::new(found, person.actor.user.id)))
}
