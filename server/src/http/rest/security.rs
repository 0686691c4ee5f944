//! What proves who one is: the password, the second factor, sessions, keys for programs. A key may not ask for any of it.
use super::auth::{begin, cookie_of};
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery, Sent},
    state::AppState,
    views::{
        Created, Data, List,
        security::{KeyView, NewKeyView, OneRefreshed, OneSetup, RecoveryCodes},
        user::SessionView,
    },
    visitor::{Insider, Visitor},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use domain::ids::{ApiKeyId, SessionId};
use serde::Deserialize;
use service::{api_keys, auth, second_factor, security};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(change_password))
        .routes(routes!(refresh))
        .routes(routes!(sessions, end_other_sessions))
        .routes(routes!(end_session))
        .routes(routes!(begin_totp, end_totp))
        .routes(routes!(confirm_totp))
        .routes(routes!(keys, create_key))
        .routes(routes!(revoke_key))
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct PasswordChange {
    /// Left out only for the first password of somebody who signs in at another place.
    current_password: Option<String>,
    #[schema(min_length = 8, max_length = 128)]
    new_password: String,
}

/// Changes the password
///
/// All other sessions and all API keys end; this one goes on under a new cookie.
#[utoipa::path(post, path = "/api/auth/change-password", tag = "auth", request_body = PasswordChange,
    responses((status = 204, description = "Changed")))]
async fn change_password(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<(StatusCode, HeaderMap)> {
    let Insider { actor, session } = insider;
    let signed_in = security::change_password(&app.services, &actor, &session, &value, visitor.device.clone()).await?;
    let cookie = begin(&app, &visitor, &signed_in).await?;
    Ok((StatusCode::NO_CONTENT, cookie))
}

/// Goes on under a new session
#[utoipa::path(post, path = "/api/auth/refresh-token", tag = "auth",
    responses((status = 200, description = "A new cookie; the old session is gone", body = Data<OneRefreshed>)))]
async fn refresh(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    _: Bare,
) -> Result<(HeaderMap, Data<OneRefreshed>)> {
    let Insider { actor, session } = insider;
    let fresh = security::refresh(&app.services, &actor, &session, visitor.device).await?;
    Ok((cookie_of(&app, &fresh), Data::new(OneRefreshed::from(&fresh.session))))
}

/// One's signed-in devices
#[utoipa::path(get, path = "/api/auth/sessions", tag = "auth",
    responses((status = 200, description = "The last used first", body = List<SessionView>)))]
async fn sessions(State(app): State<AppState>, insider: Insider, NoQuery: NoQuery) -> Result<List<SessionView>> {
    let sessions = auth::sessions(&app.services, &insider.actor).await?;
    Ok(List::whole(sessions.into_iter().map(|session| SessionView::new(session, &insider.session)).collect()))
}

/// Signs all other devices out
#[utoipa::path(delete, path = "/api/auth/sessions", tag = "auth",
    responses((status = 204, description = "Only this session is left")))]
async fn end_other_sessions(State(app): State<AppState>, insider: Insider, NoQuery: NoQuery) -> Result<StatusCode> {
    security::end_other_sessions(&app.services, &insider.actor, &insider.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs a device out
#[utoipa::path(delete, path = "/api/auth/sessions/{id}", tag = "auth", params(("id" = String, Path)),
    responses((status = 204, description = "The session is gone")))]
async fn end_session(
    State(app): State<AppState>,
    insider: Insider,
    Id(id): Id<SessionId>,
    NoQuery: NoQuery,
) -> Result<StatusCode> {
    security::end_session(&app.services, &insider.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The password again.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Proof {
    current_password: String,
}

/// Begins a second factor
///
/// It counts once a code of it was confirmed.
#[utoipa::path(post, path = "/api/auth/totp", tag = "auth", request_body = Proof,
    responses((status = 201, description = "What an authenticator needs", body = Data<OneSetup>)))]
async fn begin_totp(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Created<OneSetup>> {
    let setup = second_factor::begin(&app.services, &insider.actor, &value, &visitor.device).await?;
    Ok(Created(setup.into()))
}

/// A code of the authenticator.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Code {
    /// Six digits.
    code: String,
}

/// Confirms the second factor
///
/// From now on a code is asked for at sign-in.
#[utoipa::path(post, path = "/api/auth/totp/confirm", tag = "auth", request_body = Code,
    responses((status = 200, description = "Ten codes for a lost authenticator, shown once", body = Data<RecoveryCodes>)))]
async fn confirm_totp(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Data<RecoveryCodes>> {
    let codes = second_factor::confirm(&app.services, &insider.actor, &value, &visitor.device).await?;
    Ok(Data::new(codes.into()))
}

/// Ends the second factor
#[utoipa::path(delete, path = "/api/auth/totp", tag = "auth", request_body = Proof,
    responses((status = 204, description = "No code is asked for any more")))]
async fn end_totp(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<StatusCode> {
    second_factor::end(&app.services, &insider.actor, &value, &visitor.device).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's keys for programs
#[utoipa::path(get, path = "/api/auth/api-keys", tag = "auth",
    responses((status = 200, description = "The newest first", body = List<KeyView>)))]
async fn keys(State(app): State<AppState>, insider: Insider, NoQuery: NoQuery) -> Result<List<KeyView>> {
    let keys = api_keys::list(&app.services, &insider.actor).await?;
    Ok(List::whole(keys.into_iter().map(KeyView::from).collect()))
}

/// A key for a program, as it is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct KeyWish {
    #[schema(max_length = 255)]
    name: String,
    /// read, write; left out: read
    scopes: Option<Vec<String>>,
    /// Left out: it lasts until it is revoked.
    #[schema(minimum = 1, maximum = 3650)]
    expires_in_days: Option<u16>,
}

/// Makes a key for a program
///
/// The only time that the key is shown. An `Idempotency-Key` changes nothing here: only the key's SHA-256 is kept, so
/// that a second request can't be answered with the first one's key.
#[utoipa::path(post, path = "/api/auth/api-keys", tag = "auth", request_body = KeyWish,
    responses((status = 201, description = "The key", body = Data<NewKeyView>)))]
async fn create_key(
    State(app): State<AppState>,
    insider: Insider,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Created<NewKeyView>> {
    let made = api_keys::create(&app.services, &insider.actor, &value).await?;
    Ok(Created(made.into()))
}

/// Revokes a key
#[utoipa::path(delete, path = "/api/auth/api-keys/{id}", tag = "auth", params(("id" = String, Path)),
    responses((status = 204, description = "The key is worth nothing any more")))]
async fn revoke_key(
    State(app): State<AppState>,
    insider: Insider,
    Id(id): Id<ApiKeyId>,
    NoQuery: NoQuery,
) -> Result<StatusCode> {
    api_keys::revoke(&app.services, &insider.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
