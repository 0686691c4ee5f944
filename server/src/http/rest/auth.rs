//! Sign-up, sign-in, sign-out, who one is, and on which devices.
use crate::http::{
    cookies::Cookie,
    error::Result,
    json::{Bare, NoQuery, Sent},
    state::AppState,
    views::{Created, Data, user::OneUser},
    visitor::{Insider, Person, Visitor},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use service::auth::{self, Newcomer, Registered, SignedIn};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(login))
        .routes(routes!(logout))
        .routes(routes!(me))
        .routes(routes!(update_profile))
}

/// A sign-up.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Registration {
    #[schema(min_length = 2, max_length = 255)]
    name: String,
    #[schema(format = Email, max_length = 254)]
    email: String,
    /// 15 characters or more are better; those that are tried first are refused.
    #[schema(min_length = 8, max_length = 128)]
    password: String,
    /// The terms are accepted: must be true.
    terms: bool,
}

/// Signs up
///
/// Where mail reaches people: 202 for a new and for a taken address alike, and the mail says the rest.
#[utoipa::path(post, path = "/api/auth/register", tag = "auth", request_body = Registration,
    responses(
        (status = 201, description = "Signed up and signed in", body = Data<OneUser>),
        (status = 202, description = "A mail is on its way")))]
async fn register(
    State(app): State<AppState>,
    NoQuery: NoQuery,
    visitor: Visitor,
    Sent { value, key }: Sent,
) -> Result<Response> {
    let newcomer = Newcomer { locale: visitor.locale, currency: visitor.currency, timezone: None };
    match auth::register(&app.services, key, &value, newcomer, visitor.device.clone()).await? {
        Registered::SignedIn(signed_in) => {
            let cookie = begin(&app, &visitor, &signed_in).await?;
            Ok((cookie, Created(OneUser::from(signed_in.user))).into_response())
        }
        Registered::ByMail => Ok(StatusCode::ACCEPTED.into_response()),
    }
}

/// A sign-in.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct SignIn {
    email: String,
    password: String,
    /// A code of the authenticator, or a recovery code, where a second factor is on.
    totp: Option<String>,
}

/// Signs in
///
/// 401 `TOTP_REQUIRED`: the password is right, and a code is asked for. 429 after too many tries.
#[utoipa::path(post, path = "/api/auth/login", tag = "auth", request_body = SignIn,
    responses((status = 200, description = "Signed in", body = Data<OneUser>)))]
async fn login(
    State(app): State<AppState>,
    NoQuery: NoQuery,
    visitor: Visitor,
    Sent { value, .. }: Sent,
) -> Result<(HeaderMap, Data<OneUser>)> {
    let signed_in = auth::login(&app.services, &value, visitor.device.clone()).await?;
    let cookie = begin(&app, &visitor, &signed_in).await?;
    Ok((cookie, Data::new(signed_in.user.into())))
}

/// The new session's cookie. The session that the browser came with, if any, ends.
pub(super) async fn begin(app: &AppState, visitor: &Visitor, signed_in: &SignedIn) -> Result<HeaderMap> {
    if let Some((_, old)) = &visitor.known {
        auth::logout(&app.services, old).await?;
    }
    Ok(cookie_of(app, signed_in))
}

/// A new session's cookie.
pub(super) fn cookie_of(app: &AppState, signed_in: &SignedIn) -> HeaderMap {
    let lifetime = signed_in.session.expires_at.duration_since(app.services.now()).as_secs();
    let cookie = Cookie::Session.set(&signed_in.secret, lifetime, app.public_url.https);
    HeaderMap::from_iter([(header::SET_COOKIE, cookie)])
}

/// Signs out
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth",
    responses((status = 204, description = "The session is gone on the server")))]
async fn logout(
    State(app): State<AppState>,
    insider: Insider,
    NoQuery: NoQuery,
    _: Bare,
) -> Result<(StatusCode, HeaderMap)> {
    auth::logout(&app.services, &insider.session).await?;
    let cookie = Cookie::Session.clear(app.public_url.https);
    Ok((StatusCode::NO_CONTENT, HeaderMap::from_iter([(header::SET_COOKIE, cookie)])))
}

/// Who is signed in
#[utoipa::path(get, path = "/api/auth/me", tag = "auth",
    responses((status = 200, description = "The person", body = Data<OneUser>)))]
async fn me(person: Person, NoQuery: NoQuery) -> Result<Data<OneUser>> {
    Ok(Data::new(person.actor.user.into()))
}

/// A change of name or preferences; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct ProfileChange {
    name: Option<String>,
    preferences: Option<PreferencesChange>,
    profile: Option<AboutChange>,
}

/// What a person says of themself; null takes something away, what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct AboutChange {
    city: Option<String>,
    /// ISO 3166-1, two letters
    country: Option<String>,
    #[schema(minimum = 1, maximum = 20)]
    family_size: Option<u8>,
    /// under-18, 18-24, 25-34, 35-44, 45-54, 55-64, 65-plus
    age_range: Option<String>,
    occupation: Option<String>,
    /// beginner, intermediate, advanced
    financial_experience: Option<String>,
}

/// Switches of what one is told; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NotificationsChange {
    email: Option<bool>,
    push: Option<bool>,
    budget_alerts: Option<bool>,
    goal_reminders: Option<bool>,
}

/// Switches of what others see; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct PrivacyChange {
    share_data: Option<bool>,
    analytics: Option<bool>,
    ai_consent: Option<bool>,
    ai_pictures: Option<bool>,
}

/// A change of preferences; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct PreferencesChange {
    currency: Option<String>,
    language: Option<String>,
    timezone: Option<String>,
    /// system, light, dark
    theme: Option<String>,
    /// 1 to 28
    month_start_day: Option<u8>,
    default_budget_id: Option<String>,
    notifications: Option<NotificationsChange>,
    privacy: Option<PrivacyChange>,
}

/// Changes name and preferences
#[utoipa::path(put, path = "/api/auth/update-profile", tag = "auth", request_body = ProfileChange,
    responses((status = 200, description = "The person after the change", body = Data<OneUser>)))]
async fn update_profile(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneUser>> {
    Ok(Data::new(auth::update_profile(&app.services, &person.actor, key, &value).await?.into()))
}
