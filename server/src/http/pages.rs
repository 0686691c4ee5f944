//! Pages: who may see them, what they know, and how they are sent. Each is rendered whole before the first byte goes out.
use super::{
    cookies::Cookie,
    error::{ApiError, Result},
    forms::FLASH,
    headers,
    state::AppState,
    visitor::Visitor,
};
use app::{
    context::{AssetPaths, PageContext},
    forms::Flash,
    paths,
};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::{nonce::use_nonce, prelude::provide_context};
use service::auth::hash_secret;
use std::sync::{Arc, OnceLock};

/// No page of ours is larger, in bytes.
const PAGE_MAX: usize = 16 << 20;

/// A page that exists, for whoever may see it.
pub async fn page(State(app): State<AppState>, visitor: Visitor, request: Request) -> Result<Response> {
    let path = request.uri().path();
    if let Some(elsewhere) =
        elsewhere(&visitor, path, request.uri().path_and_query().map_or(path, |full| full.as_str()))
    {
        return Ok(see_other(&elsewhere));
    }
    render(&app, &visitor, request).await
}

/// What is no page: a file of the site, else the page that says so.
pub async fn fallback(State(app): State<AppState>, request: Request) -> Result<Response> {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ApiError::new("METHOD_NOT_ALLOWED"));
    }
    if let Some(file) = app.assets.get(path, request.headers()).await {
        return Ok(file);
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file || path.starts_with("/pkg/") || path.starts_with("/_fn") {
        return Err(ApiError::new("NOT_FOUND"));
    }
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, &app).await?;
    let mut response = render(&app, &visitor, Request::from_parts(parts, body)).await?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

/// Where a visitor has to go instead, if so: strangers to sign-in, those who are signed in away from the way in.
fn elsewhere(visitor: &Visitor, path: &str, full: &str) -> Option<String> {
    let signed_in = visitor.known.is_some();
    let leaving = visitor.known.as_ref().is_some_and(|(actor, _)| actor.user.standing.delete_after.is_some());
    // Somebody whose account is about to go gets one page, besides those that are for everybody to read.
    if leaving != (path == paths::LEAVING) && signed_in && ![paths::TERMS, paths::PRIVACY].contains(&path) {
        return Some(if leaving { paths::LEAVING } else { paths::DASHBOARD }.to_owned());
    }
    let way_in = path == paths::HOME || path == paths::SIGN_IN || path == paths::SIGN_UP;
    match (signed_in, paths::is_public(path)) {
        (true, _) if way_in => Some(paths::DASHBOARD.to_owned()),
        (false, false) => Some(paths::sign_in_then(full)),
        _ => None,
    }
}

async fn render(app: &AppState, visitor: &Visitor, request: Request) -> Result<Response> {
    let https = app.public_url.https;
    let (flash, had_flash) = take_flash(app, request.headers()).await?;
    let caller = visitor.caller(app);
    let mut seed = [0; 12];
    app.services.random.fill(&mut seed);
    let seed = service::auth::base64url(&seed);
    let context: PageContext = app::api::page_context(&caller, visitor.theme.unwrap_or_default(), flash, seed);
    let program = visitor.known.is_some() || !paths::is_only_read(request.uri().path());
    let assets = AssetPaths { program, ..app.asset_paths.for_page(request.uri().path()) };
    // One nonce for the header and for the scripts: Leptos makes it inside the context, and it is handed out here.
    let nonce: Arc<OnceLock<String>> = Arc::default();
    let provide = {
        let nonce = Arc::clone(&nonce);
        move || {
            if let Some(made) = use_nonce() {
                nonce.get_or_init(|| made.to_string());
            }
            provide_context(caller.clone());
            provide_context(context.clone());
            provide_context(assets.clone());
        }
    };
    let handler = leptos_axum::render_app_async_with_context(provide, app::shell);
    let (mut parts, body) = handler(request).await.into_parts();
    let whole = to_bytes(body, PAGE_MAX).await.map_err(|error| ApiError::internal(format!("a page: {error}")))?;
    let policy = headers::page_policy(nonce.get().map_or("", String::as_str));
    parts.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    own_location(&mut parts.headers);
    if had_flash {
        parts.headers.append(header::SET_COOKIE, Cookie::Flash.clear(https));
    }
    Ok(Response::from_parts(parts, Body::from(whole)))
}

/// The note that the last form left for this page, if there is one; and whether its cookie has to go.
async fn take_flash(app: &AppState, request: &HeaderMap) -> Result<(Option<Flash>, bool)> {
    let Some(token) = Cookie::Flash.read(request, app.public_url.https) else { return Ok((None, false)) };
    let services = &app.services;
    let payload = services.sessions.take_flash(hash_secret(token), services.now()).await?;
    let sealed = payload.and_then(|payload| String::from_utf8(payload).ok());
    let opened = sealed.and_then(|sealed| services.sealer.open(FLASH, &sealed).ok());
    Ok((opened.and_then(|payload| serde_json::from_slice(&payload).ok()), true))
}

/// 303 to an own path.
pub fn see_other(path: &str) -> Response {
    let path = app::forms::own_path(path).unwrap_or(paths::HOME);
    // A path that no header can hold has been made up by somebody.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static(paths::HOME));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Whatever a page says: nobody is sent to another site.
pub fn own_location(headers: &mut HeaderMap) {
    let foreign = headers
        .get(header::LOCATION)
        .is_some_and(|location| location.to_str().ok().and_then(app::forms::own_path).is_none());
    if foreign {
        headers.insert(header::LOCATION, HeaderValue::from_static(paths::HOME));
    }
}
