//! Sign-in at other places: the ways there and back, which are for browsers and end on pages, and the list of what is
//! linked.
use super::auth::begin as session_cookie;
use crate::http::{
    cookies::Cookie,
    error::{ApiError, Result},
    json::{Id, NoQuery},
    pages::see_other,
    state::AppState,
    views::{List, security::IdentityView},
    visitor::{Insider, Visitor},
};
use app::{forms::own_path, paths};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::ids::IdentityId;
use service::identities::{
    self,
    flow::{self, Answer, Finished, LASTS, Refusal},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(to_google))
        .routes(routes!(from_google))
        .routes(routes!(to_issuer))
        .routes(routes!(from_issuer))
        .routes(routes!(linked))
        .routes(routes!(unlink))
}

/// Sends a browser to Google
///
/// `next` is where it goes in the end (an own path); with `link=true` the sign-in there is linked with the account of who
/// is signed in. 404 where it is not configured. The browser comes back to `/api/auth/google/callback`.
#[utoipa::path(get, path = "/api/auth/google", tag = "auth",
    params(("next" = Option<String>, Query), ("link" = Option<bool>, Query)),
    responses((status = 303, description = "To Google")))]
async fn to_google(State(app): State<AppState>, visitor: Visitor, query: RawQuery) -> Result<Response> {
    begin(&app, &visitor, "google", &query).await
}

/// Takes a browser that comes back from Google
///
/// 303 to a page in any case: where it wanted to go, or one that says what is needed or what went wrong.
#[utoipa::path(get, path = "/api/auth/google/callback", tag = "auth",
    params(("state" = Option<String>, Query), ("code" = Option<String>, Query), ("error" = Option<String>, Query)),
    responses((status = 303, description = "To a page")))]
async fn from_google(
    State(app): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    query: RawQuery,
) -> Result<Response> {
    finish(&app, &visitor, "google", &headers, &query).await
}

/// Sends a browser to the other issuer
///
/// The same as with Google, for the issuer of `OIDC_ISSUER`.
#[utoipa::path(get, path = "/api/auth/oidc", tag = "auth",
    params(("next" = Option<String>, Query), ("link" = Option<bool>, Query)),
    responses((status = 303, description = "To the issuer")))]
async fn to_issuer(State(app): State<AppState>, visitor: Visitor, query: RawQuery) -> Result<Response> {
    begin(&app, &visitor, "oidc", &query).await
}

/// Takes a browser that comes back from the other issuer
#[utoipa::path(get, path = "/api/auth/oidc/callback", tag = "auth",
    params(("state" = Option<String>, Query), ("code" = Option<String>, Query), ("error" = Option<String>, Query)),
    responses((status = 303, description = "To a page")))]
async fn from_issuer(
    State(app): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    query: RawQuery,
) -> Result<Response> {
    finish(&app, &visitor, "oidc", &headers, &query).await
}

/// The value of a name in the query. What else is there is the issuer's affair (RFC 6749, 4.1.2).
fn value(query: &RawQuery, name: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(query.0.as_deref().unwrap_or_default().as_bytes());
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn begin(app: &AppState, visitor: &Visitor, provider: &str, query: &RawQuery) -> Result<Response> {
    if app.services.provider(provider).is_none() {
        return Err(ApiError::new("NOT_FOUND"));
    }
    let next = value(query, "next").filter(|next| own_path(next).is_some());
    let actor = visitor.known.as_ref().map(|(actor, _)| actor);
    let link = value(query, "link").as_deref() == Some("true");
    match (link, actor) {
        (true, None) => return Ok(see_other(&paths::sign_in_then(paths::SECURITY))),
        (false, Some(_)) => return Ok(see_other(next.as_deref().unwrap_or(paths::DASHBOARD))),
        _ => {}
    }
    let begun = match flow::begin(&app.services, provider, next, actor).await {
        Ok(begun) => begun,
        Err(service::Error::Unavailable(inside)) => {
            tracing::warn!(provider, inside, "a way to another place");
            return Ok(see_other(&refused(provider, Refusal::Away)));
        }
        Err(error) => return Err(error.into()),
    };
    let location = HeaderValue::try_from(begun.address)
        .map_err(|_| ApiError::internal("the address of a provider is no header"))?;
    let cookie = Cookie::Flow.set(&begun.token, LASTS.as_secs(), app.public_url.https);
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::SET_COOKIE, cookie)]).into_response())
}

async fn finish(
    app: &AppState,
    visitor: &Visitor,
    provider: &str,
    headers: &HeaderMap,
    query: &RawQuery,
) -> Result<Response> {
    if app.services.provider(provider).is_none() {
        return Err(ApiError::new("NOT_FOUND"));
    }
    let https = app.public_url.https;
    let answer = Answer {
        state: value(query, "state").unwrap_or_default(),
        code: value(query, "code"),
        error: value(query, "error"),
        issuer: value(query, "iss"),
    };
    let token = Cookie::Flow.read(headers, https);
    let finished = flow::finish(&app.services, provider, token, answer, visitor.device.clone()).await?;
    let (target, mut cookies) = match finished {
        Finished::SignedIn { signed_in, next } => {
            let cookies = session_cookie(app, visitor, &signed_in).await?;
            (next.unwrap_or_else(|| paths::DASHBOARD.to_owned()), cookies)
        }
        Finished::Arrived(sealed) => {
            let cookie = Cookie::Arrival.set(&sealed, LASTS.as_secs(), https);
            (paths::CONTINUE.to_owned(), HeaderMap::from_iter([(header::SET_COOKIE, cookie)]))
        }
        Finished::Refused(refusal) => (refused(provider, refusal), HeaderMap::new()),
    };
    cookies.append(header::SET_COOKIE, Cookie::Flow.clear(https));
    Ok((cookies, see_other(&target)).into_response())
}

/// The page that says why.
fn refused(provider: &str, refusal: Refusal) -> String {
    let why = match refusal {
        Refusal::Stopped => "stopped",
        Refusal::Late => "late",
        Refusal::Away => "away",
        Refusal::Untrusted => "untrusted",
        Refusal::Disabled => "disabled",
    };
    format!("{}?why={why}&at={provider}", paths::CONTINUE)
}

/// One's sign-ins at other places
#[utoipa::path(get, path = "/api/auth/identities", tag = "auth",
    responses((status = 200, description = "The first linked first", body = List<IdentityView>)))]
async fn linked(State(app): State<AppState>, insider: Insider, NoQuery: NoQuery) -> Result<List<IdentityView>> {
    let ways = identities::ways_in(&app.services, &insider.actor).await?;
    let view = |identity| IdentityView::new(identity, &app.services);
    Ok(List::whole(ways.identities.into_iter().map(view).collect()))
}

/// Unlinks one
///
/// 409 `CONFLICT` where it is the last way into the account: set a password first.
#[utoipa::path(delete, path = "/api/auth/identities/{id}", tag = "auth", params(("id" = String, Path)),
    responses((status = 204, description = "It counts no more")))]
async fn unlink(
    State(app): State<AppState>,
    insider: Insider,
    Id(id): Id<IdentityId>,
    NoQuery: NoQuery,
) -> Result<StatusCode> {
    identities::unlink(&app.services, &insider.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
