//! Whether the program and what it needs are well. Not wrapped: monitors read it.
use crate::http::{
    error::Result,
    json::NoQuery,
    state::AppState,
    views::other::{HealthView, PartView, ServicesView},
};
use axum::{Json, extract::State, http::StatusCode};
use std::{
    future::Future,
    time::{Duration, Instant},
};
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
    (status = 503, description = "What keeps the data, or who is signed in, is down", body = HealthView)))]
async fn health(State(app): State<AppState>, NoQuery: NoQuery) -> Result<(StatusCode, Json<HealthView>)> {
    let services = &app.services;
    // Who is signed in stands in Redis, too: without it the program can do nothing for them.
    let shared = async { if app.with_redis { part(services.sessions.sessions_ready()).await } else { PartView::OFF } };
    let (database, cache) = tokio::join!(part(services.store.ping()), shared);
    let up = database.status == "up" && cache.status != "down";
    let view = HealthView {
        status: if up { "healthy" } else { "unhealthy" },
        timestamp: services.now(),
        version: env!("CARGO_PKG_VERSION"),
        uptime: app.started.elapsed().as_secs(),
        services: ServicesView { database, cache, ai: PartView::OFF, ocr: PartView::OFF, mail: PartView::OFF },
    };
    Ok((if up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(view)))
}

/// How a part answers.
async fn part(answer: impl Future<Output = service::Result<()>>) -> PartView {
    let asked = Instant::now();
    let up = matches!(tokio::time::timeout(PATIENCE, answer).await, Ok(Ok(())));
    let latency_ms = u64::try_from(asked.elapsed().as_millis()).ok().filter(|_| up);
    PartView { status: if up { "up" } else { "down" }, latency_ms }
}

/// Whether the process is there
#[utoipa::path(get, path = "/api/health/live", tag = "about", responses((status = 200, description = "It is")))]
async fn live(NoQuery: NoQuery) -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "alive" }))
}
