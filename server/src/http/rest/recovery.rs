//! Links that were sent by mail: whose an address is, and a new password for a forgotten one.
use crate::http::{
    error::Result,
    json::{Bare, NoQuery, Sent},
    state::AppState,
    views::{Data, user::OneUser},
    visitor::{Insider, Visitor},
};
use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use service::recovery;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(verify_email))
        .routes(routes!(resend_verification))
        .routes(routes!(change_email))
        .routes(routes!(forgot_password))
        .routes(routes!(reset_password))
}

/// The secret of a link.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Link {
    token: String,
}

/// Confirms an address
///
/// Once, within 24 hours. 400 `INVALID_TOKEN` or `TOKEN_EXPIRED` otherwise.
#[utoipa::path(post, path = "/api/auth/verify-email", tag = "auth", request_body = Link,
    responses((status = 200, description = "The person", body = Data<OneUser>)))]
async fn verify_email(
    State(app): State<AppState>,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Data<OneUser>> {
    Ok(Data::new(recovery::verify_email(&app.services, &value).await?.into()))
}

/// Sends the link to confirm one's address again
#[utoipa::path(post, path = "/api/auth/resend-verification", tag = "auth",
    responses((status = 202, description = "On its way, unless the address is confirmed already")))]
async fn resend_verification(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    _: Bare,
) -> Result<StatusCode> {
    recovery::resend_verification(&app.services, &insider.actor, &visitor.device).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Another address.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct EmailChange {
    #[schema(format = Email, max_length = 254)]
    new_email: String,
    current_password: String,
}

/// Asks for another address
///
/// It counts once the link that is sent to it was followed. The answer is the same for an address that has an account.
#[utoipa::path(post, path = "/api/auth/change-email", tag = "auth", request_body = EmailChange,
    responses((status = 202, description = "A mail is on its way")))]
async fn change_email(
    State(app): State<AppState>,
    insider: Insider,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<StatusCode> {
    recovery::change_email(&app.services, &insider.actor, &value, &visitor.device).await?;
    Ok(StatusCode::ACCEPTED)
}

/// An address.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Forgotten {
    #[schema(format = Email, max_length = 254)]
    email: String,
}

/// Sends a link to a new password
///
/// The answer is the same whether the address has an account or not.
#[utoipa::path(post, path = "/api/auth/forgot-password", tag = "auth", request_body = Forgotten,
    responses((status = 202, description = "A mail is on its way, if there is such an account")))]
async fn forgot_password(
    State(app): State<AppState>,
    visitor: Visitor,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<StatusCode> {
    recovery::forgot_password(&app.services, &value, &visitor.device).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A new password, by a link.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Reset {
    token: String,
    #[schema(min_length = 8, max_length = 128)]
    password: String,
}

/// Sets a new password
///
/// Once, within an hour of the mail. All sessions and API keys end.
#[utoipa::path(post, path = "/api/auth/reset-password", tag = "auth", request_body = Reset,
    responses((status = 204, description = "Sign in with it")))]
async fn reset_password(State(app): State<AppState>, NoQuery: NoQuery, Sent { value, .. }: Sent) -> Result<StatusCode> {
    recovery::reset_password(&app.services, &value).await?;
    Ok(StatusCode::NO_CONTENT)
}
