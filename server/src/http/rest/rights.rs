//! What everybody has a right to: all of their data, and the end of their account. And how the work for it stands.
use crate::{
    export,
    http::{
        cookies::Cookie,
        error::Result,
        json::{Bare, Id, NoQuery, Sent},
        state::AppState,
        views::{
            Accepted, Data,
            rights::{JobView, LeavingView},
            user::OneUser,
        },
        visitor::{Insider, Person, Visitor},
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use domain::ids::JobId;
use serde::Deserialize;
use service::{jobs, leaving};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(take_along)).routes(routes!(leave)).routes(routes!(keep)).routes(routes!(job))
}

/// All of one's data
///
/// A ZIP archive with JSON, CSV and files; its README.txt says what is what. Made while it is sent: one that is not whole
/// was cut off. At most ten in an hour.
#[utoipa::path(get, path = "/api/auth/export", tag = "auth",
    responses((status = 200, description = "The archive", content_type = "application/zip", body = Vec<u8>)))]
async fn take_along(State(app): State<AppState>, insider: Insider, NoQuery: NoQuery) -> Result<Response> {
    service::export::admit(&app.services, &insider.actor).await?;
    let name = format!("attachment; filename=\"{}\"", export::filename(&app.services, &insider.actor));
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("a date is ASCII"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // Proxies must not wait until they have all of it.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok((headers, export::all_of(app.services.clone(), insider.actor)).into_response())
}

/// The password again; accounts without one need a sign-in that is not older than 15 minutes.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Leave {
    current_password: Option<String>,
}

/// Asks for the end of one's account
///
/// All devices are signed out and all keys end. Until `deleteAfter` one may sign in and keep it; then everything goes.
#[utoipa::path(delete, path = "/api/auth/me", tag = "auth", request_body = Leave,
    responses((status = 202, description = "It will be deleted", body = Data<LeavingView>)))]
async fn leave(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<(HeaderMap, Accepted<LeavingView>)> {
    let Insider { actor, session } = insider;
    let asked = leaving::ask(&app.services, &actor, &session, &value, &visitor.device).await?;
    let cookie = Cookie::Session.clear(app.public_url.https);
    Ok((HeaderMap::from_iter([(header::SET_COOKIE, cookie)]), Accepted(asked.into())))
}

/// Keeps one's account after all
#[utoipa::path(post, path = "/api/auth/me/keep", tag = "auth",
    responses((status = 200, description = "Everything is as before", body = Data<OneUser>)))]
async fn keep(State(app): State<AppState>, insider: Insider, NoQuery: NoQuery, _: Bare) -> Result<Data<OneUser>> {
    Ok(Data::new(leaving::keep(&app.services, &insider.actor).await?.into()))
}

/// How work stands that one of one's requests has started
///
/// Forgotten a day after it was done.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "auth", params(("id" = String, Path)),
    responses((status = 200, description = "How it stands", body = Data<JobView>)))]
async fn job(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<JobId>,
    NoQuery: NoQuery,
) -> Result<Data<JobView>> {
    Ok(Data::new(JobView::new(jobs::get(&app.services, &person.actor, id).await?, app.services.now())))
}
