//! Whether the program and what it needs are well. Not wrapped: monitors read it.
use crate::http::{
    error::Result,
    json::NoQuery,
    state::AppState,
    views::other::{HealthView, PartView, ServicesView},
};
use axum::{Json, extract::State, http::StatusCode};
use std::time::{Duration, Instant};
use utoipa_axum::{router::OpenApiRouter, routes};

/// A store that takes longer counts as down.
const PATIENCE: Duration = Duration::from_secs(3);

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(health)).routes(routes!(live))
}

/// How the program and its parts are
#[utoipa::path(get, path = "/api/health", tag = "about", responses(
    (status = 200, description = "Healthy", body = HealthView),
    (status = 503, description = "The store is down", body = HealthView)))]
async fn health(State(app): State<AppState>, NoQuery: NoQuery) -> Result<(StatusCode, Json<HealthView>)> {
    let asked = Instant::now();
    let answer = tokio::time::timeout(PATIENCE, app.services.store.ping()).await;
    let up = matches!(answer, Ok(Ok(())));
    let latency = u64::try_from(asked.elapsed().as_millis()).ok().filter(|_| up);
    let database = PartView { status: if up { "up" } else { "down" }, latency_ms: latency };
    let view = HealthView {
        status: if up { "healthy" } else { "unhealthy" },
        timestamp: app.services.now(),
        version: env!("CARGO_PKG_VERSION"),
        uptime: app.started.elapsed().as_secs(),
        services: ServicesView {
            database,
            cache: PartView::OFF,
            ai: PartView::OFF,
            ocr: PartView::OFF,
            mail: PartView::OFF,
        },
    };
    Ok((if up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(view)))
}

/// Whether the process is there
#[utoipa::path(get, path = "/api/health/live", tag = "about", responses((status = 200, description = "It is")))]
async fn live(NoQuery: NoQuery) -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "alive" }))
}
