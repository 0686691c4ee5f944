//! The pages' forms, `POST /_fn/form/{name}`: read, handed to their handler, answered as JSON (with JavaScript) or by
//! 303 with a one-time note (without).
pub(crate) mod read;

use super::{
    cookies::{self, Cookie},
    error::{ApiError, Result, status_of},
    pages::see_other,
    state::AppState,
    visitor::Visitor,
};
use app::{
    api::{Handled, SessionChange, forms::dispatch},
    forms::{Flash, Outcome, own_path},
    paths,
};
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use service::auth::{self, base64url, hash_secret};

/// A note for the next page is kept so long.
const FLASH_LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// What a note is sealed for.
pub(crate) const FLASH: &str = "flash";
/// A larger note goes without what was typed.
const FLASH_MAX: usize = 64 << 10;

/// Handles one form.
pub async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response> {
    let by_script = accepts_json(request.headers());
    match handle(&app, &visitor, name, by_script, request).await {
        Err(error) if by_script => {
            error.log(&visitor.request_id, "form");
            let message = error.message(visitor.locale.language());
            let outcome = Outcome { error: Some(message), code: Some(error.code.to_owned()), ..Outcome::default() };
            Ok((error.status(), Json(outcome)).into_response())
        }
        other => other,
    }
}

async fn handle(
    app: &AppState,
    visitor: &Visitor,
    name: String,
    by_script: bool,
    request: Request,
) -> Result<Response> {
    let sent = read::form(app, &name, request).await?;
    let caller = visitor.caller(app);
    let working = dispatch(&name, caller, sent.submitted).ok_or_else(|| ApiError::new("NOT_FOUND"))?;
    let handled = working.await;
    let mut headers = HeaderMap::new();
    change_session(app, visitor, &handled, &mut headers).await?;
    let response = if by_script {
        if handled.outcome.ok && handled.outcome.reload && handled.outcome.toast.is_some() {
            // The page that would say it goes away: the next one does.
            leave_note(app, name, handled.outcome.clone(), &visitor.request_id, &mut headers).await?;
        }
        (status(&handled), Json(&handled.outcome)).into_response()
    } else {
        plain(app, name, handled, sent.back.as_deref(), &visitor.request_id, &mut headers).await?
    };
    Ok((headers, response).into_response())
}

fn accepts_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

fn status(handled: &Handled) -> StatusCode {
    match (&handled.outcome.code, handled.outcome.ok) {
        (_, true) => StatusCode::OK,
        (Some(code), false) => status_of(code),
        (None, false) => StatusCode::BAD_REQUEST,
    }
}

/// The cookies that follow from what was done. A new session replaces the one that the browser came with.
async fn change_session(app: &AppState, visitor: &Visitor, handled: &Handled, headers: &mut HeaderMap) -> Result<()> {
    let https = app.public_url.https;
    match &handled.session {
        SessionChange::None => {}
        SessionChange::Begin { secret, expires_at } => {
            if let Some((_, old)) = &visitor.known {
                auth::logout(&app.services, old).await?;
            }
            let lifetime = expires_at.duration_since(app.services.now()).as_secs();
            headers.append(header::SET_COOKIE, Cookie::Session.set(secret, lifetime, https));
            if visitor.arrival.is_some() {
                headers.append(header::SET_COOKIE, Cookie::Arrival.clear(https));
            }
        }
        SessionChange::End => {
            headers.append(header::SET_COOKIE, Cookie::Session.clear(https));
        }
    }
    if let Some((language, theme)) = &handled.preferences {
        headers.append(header::SET_COOKIE, cookies::set_preferences(language, *theme, https));
    }
    Ok(())
}

/// Post, redirect, get: to the handler's page, else back to the form's own, with a note where there is something to say.
async fn plain(
    app: &AppState,
    name: String,
    handled: Handled,
    back: Option<&str>,
    request_id: &str,
    headers: &mut HeaderMap,
) -> Result<Response> {
    let outcome = handled.outcome;
    let back = back.unwrap_or(paths::HOME);
    let target = match (&outcome.redirect, outcome.code.as_deref()) {
        (Some(path), _) => own_path(path).unwrap_or(back).to_owned(),
        (None, Some("UNAUTHORIZED")) => paths::sign_in_then(back),
        (None, _) => back.to_owned(),
    };
    if !outcome.ok || outcome.toast.is_some() {
        leave_note(app, name, outcome, request_id, headers).await?;
    }
    Ok(see_other(&target))
}

/// Leaves what came of it to the next page.
async fn leave_note(
    app: &AppState,
    name: String,
    outcome: Outcome,
    request_id: &str,
    headers: &mut HeaderMap,
) -> Result<()> {
    let done = outcome.ok;
    match put_flash(app, Flash { form: name, outcome }).await {
        Ok(token) => {
            let cookie = Cookie::Flash.set(&token, FLASH_LIFETIME.as_secs(), app.public_url.https);
            headers.append(header::SET_COOKIE, cookie);
        }
        // What was done is done; only the words for it are lost.
        Err(error) if done => error.log(request_id, "a note for the next page"),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Keeps the note; the browser gets the token that finds it.
async fn put_flash(app: &AppState, mut flash: Flash) -> Result<String> {
    let services = &app.services;
    let write =
        |flash: &Flash| serde_json::to_vec(flash).map_err(|error| ApiError::internal(format!("a note: {error}")));
    let mut payload = write(&flash)?;
    if payload.len() > FLASH_MAX {
        flash.outcome.typed.clear();
        payload = write(&flash)?;
    }
    let mut bytes = [0; 24];
    services.random.fill(&mut bytes);
    let token = base64url(&bytes);
    let expires_at = services.now().checked_add(FLASH_LIFETIME).unwrap_or(jiff::Timestamp::MAX);
    // It may hold what is shown only once, and what somebody typed.
    let sealed = services.sealer.seal(FLASH, &payload)?;
    services.sessions.put_flash(hash_secret(&token), sealed.as_bytes(), expires_at).await?;
    Ok(token)
}
