//! Around everything: the request's id, a time limit, panics caught, failures written, headers completed, one line of log.
use super::{
    body::Moving,
    error::{ApiError, status_of},
    headers,
    state::AppState,
    visitor::{RequestId, browser_locale},
};
use app::{i18n::errors, paths};
use axum::{
    Json,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::locale::Locale;
use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

/// The most time for a request, body and work together.
const LIMIT: Duration = Duration::from_secs(30);
/// The same for what carries a file.
const LIMIT_FILES: Duration = Duration::from_mins(3);

/// See the module.
pub async fn around(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = new_id(&app);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let locale = browser_locale(request.headers());
    let by_person =
        request.headers().get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"));
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned());
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let request = request.map(Moving::watch);
    let mut response = if method == Method::TRACE {
        ApiError::new("METHOD_NOT_ALLOWED").into_response()
    } else {
        // Coming back from another place signs in, and may not stop half-way either.
        let safe = matches!(method, Method::GET | Method::HEAD | Method::OPTIONS) && !paths::is_identity_way(&path);
        let handler = next.run(request);
        if safe { guarded(handler, limit(&path)).await } else { finished(handler, limit(&path)).await }
    };
    let route = route.as_deref().unwrap_or("(none)");
    if let Some(error) = response.extensions_mut().remove::<Arc<ApiError>>() {
        error.log(&id, route);
        let for_program = path.starts_with("/api") && !paths::is_identity_way(&path);
        response = written(&error, response, by_person && !for_program, &id, locale);
    }
    headers::complete(response.headers_mut(), app.public_url.https, &id);
    log(&method, route, response.status(), started, &id);
    response
}

fn limit(path: &str) -> Duration {
    let files = path.starts_with("/api/expenses/bulk-import")
        || path.ends_with("/receipt")
        || path.starts_with(app::forms::FORM_PREFIX);
    if files { LIMIT_FILES } else { LIMIT }
}

/// 16 letters that nobody else has.
fn new_id(app: &AppState) -> Arc<str> {
    let mut bytes = [0; 12];
    app.services.random.fill(&mut bytes);
    service::auth::base64url(&bytes).into()
}

/// Runs a handler to its end, to its panic, or to the time limit.
async fn guarded(handler: impl Future<Output = Response>, limit: Duration) -> Response {
    match tokio::time::timeout(limit, caught(handler)).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => ApiError::internal(format!("panic: {panic}")).into_response(),
        Err(_) => ApiError::new("UNAVAILABLE").into_response(),
    }
}

/// The same for what changes something: that goes on to its end even if the client leaves or the time is over, so that
/// what follows a commit (caches, those who are told) is never left out.
async fn finished(handler: impl Future<Output = Response> + Send + 'static, limit: Duration) -> Response {
    match tokio::time::timeout(limit, tokio::spawn(caught(handler))).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(panic))) => ApiError::internal(format!("panic: {panic}")).into_response(),
        Ok(Err(gone)) => ApiError::internal(format!("a handler is gone: {gone}")).into_response(),
        Err(_) => ApiError::new("UNAVAILABLE").into_response(),
    }
}

/// The future's output, or what it panicked with.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            Poll::Ready(Err(text.unwrap_or_default()))
        }
    })
    .await
}

/// A failure as the asker can read it: JSON for programs, a small page for people.
fn written(error: &ApiError, response: Response, by_person: bool, id: &str, locale: Locale) -> Response {
    let kept: HeaderMap = response.headers().clone();
    let mut written = if by_person {
        (error.status(), page(error, id, locale)).into_response()
    } else {
        (error.status(), Json(error.body(id))).into_response()
    };
    for (name, value) in &kept {
        if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
            written.headers_mut().append(name, value.clone());
        }
    }
    if matches!(error.status(), StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        written.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    written
}

fn page(error: &ApiError, id: &str, locale: Locale) -> Response {
    let language = locale.language();
    let words = errors::error(language, error.code);
    let text = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>WealthWise</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head>\
         <body><h1>{}</h1><p>{words}</p><p><a href=\"/\">WealthWise</a> · {id}</p></body></html>",
        locale.tag(),
        status_of(error.code).as_u16(),
    );
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], Body::from(text)).into_response()
}

/// One line; no query, no id of anything but the request, no address.
fn log(method: &Method, route: &str, status: StatusCode, started: Instant, id: &str) {
    let (status, micros) = (status.as_u16(), u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX));
    if route.starts_with("/api") || route.starts_with("/_fn") || status >= 400 {
        tracing::info!(%method, route, status, micros, request_id = id, "request");
    } else {
        tracing::debug!(%method, route, status, micros, request_id = id, "request");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let response = guarded(async { panic!("with a secret") }, LIMIT).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(caught(async { 3 }).await, Ok(3));
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_too_long_is_cut() {
        let response = guarded(std::future::pending(), LIMIT).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn what_changes_something_goes_on_when_the_client_is_gone() {
        let (begin, began) = tokio::sync::oneshot::channel();
        let (go_on, told) = tokio::sync::oneshot::channel::<()>();
        let (done, finish) = tokio::sync::oneshot::channel();
        let request = tokio::spawn(finished(
            async {
                begin.send(()).unwrap();
                told.await.unwrap();
                done.send(()).unwrap();
                StatusCode::OK.into_response()
            },
            LIMIT,
        ));
        began.await.unwrap();
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
        go_on.send(()).unwrap();
        finish.await.unwrap();
        let response = finished(async { panic!("with a secret") }, LIMIT).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn only_files_get_more_time() {
        assert_eq!(limit("/api/expenses"), LIMIT);
        assert_eq!(limit("/api/expenses/bulk-import"), LIMIT_FILES);
        assert_eq!(limit("/api/expenses/0011/receipt"), LIMIT_FILES);
    }
}
