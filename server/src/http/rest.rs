//! The REST API: one file for each area. This one puts them together.
mod accounts;
mod activity;
mod analytics;
mod auth;
mod budgets;
mod bulk;
mod events;
mod expenses;
mod health;
mod identities;
mod imports;
mod months;
mod pictures;
mod proposals;
mod recovery;
mod recurring;
mod reference;
mod rights;
mod rules;
mod security;
mod sharing;
mod transfers;
mod trash;
mod versions;

use super::{openapi, state::AppState};
use axum::{Router, body::Bytes};
use utoipa_axum::router::OpenApiRouter;

/// The API's routes, and their description as JSON.
pub fn routes() -> (Router<AppState>, Bytes) {
    let described = OpenApiRouter::with_openapi(openapi::head())
        .merge(auth::routes())
        .merge(recovery::routes())
        .merge(security::routes())
        .merge(identities::routes())
        .merge(rights::routes())
        .merge(pictures::routes())
        .merge(budgets::routes())
        .merge(sharing::routes())
        .merge(proposals::routes())
        .merge(versions::routes())
        .merge(months::routes())
        .merge(expenses::routes())
        .merge(bulk::routes())
        .merge(rules::routes())
        .merge(recurring::routes())
        .merge(transfers::routes())
        .merge(imports::routes())
        .merge(accounts::routes())
        .merge(reference::routes())
        .merge(analytics::routes())
        .merge(trash::routes())
        .merge(activity::routes())
        .merge(events::routes())
        .merge(health::routes())
        .merge(openapi::routes());
    let (router, mut description) = described.split_for_parts();
    openapi::complete(&mut description);
    let json = serde_json::to_vec(&description).expect("a description of texts and lists is JSON");
    (router, Bytes::from(json))
}
