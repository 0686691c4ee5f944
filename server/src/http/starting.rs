//! What is answered while what keeps the data does not answer yet: come again soon. The process itself is alive.
use super::{error::ApiError, headers, visitor::browser_locale};
use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde_json::json;

/// Answers for the time being.
pub fn router() -> Router {
    Router::new().route("/api/health/live", get(live)).route("/api/health", get(health)).fallback(later)
}

async fn live() -> Response {
    finished(Json(json!({ "status": "alive" })).into_response())
}

async fn health() -> Response {
    let parts = json!({ "database": { "status": "down", "latencyMs": null } });
    let view = json!({ "status": "unhealthy", "version": env!("CARGO_PKG_VERSION"), "services": parts });
    finished((StatusCode::SERVICE_UNAVAILABLE, Json(view)).into_response())
}

async fn later(request: Request) -> Response {
    let error = ApiError::new("UNAVAILABLE");
    let accept = request.headers().get(header::ACCEPT);
    let by_person = accept.is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"));
    let answer = if by_person && !request.uri().path().starts_with("/api") {
        let locale = browser_locale(request.headers());
        let (tag, words) = (locale.tag(), error.message(locale.language()));
        Html(format!(
            "<!DOCTYPE html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>WealthWise</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"refresh\" content=\"5\"></head>\
             <body><h1>503</h1><p>{words}</p></body></html>"
        ))
        .into_response()
    } else {
        Json(error.body("")).into_response()
    };
    finished((StatusCode::SERVICE_UNAVAILABLE, answer).into_response())
}

/// With the headers of every answer. They are those of plain http, for it is not known yet how browsers come here.
fn finished(mut answer: Response) -> Response {
    if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    headers::complete(answer.headers_mut(), false, "");
    answer.headers_mut().remove("x-request-id");
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, http::header::ACCEPT};
    use tower_service::Service as _;

    async fn ask(path: &str, accept: &str) -> Response {
        let request = Request::builder().uri(path).header(ACCEPT, accept).body(Body::empty()).unwrap();
        router().call(request).await.unwrap()
    }

    #[tokio::test]
    async fn everybody_is_told_to_come_again() {
        for (path, accept, kind) in [
            ("/dashboard", "text/html,*/*", "text/html"),
            ("/api/budgets", "text/html", "application/json"),
            ("/_fn/form/login", "application/json", "application/json"),
            ("/api/health", "*/*", "application/json"),
        ] {
            let answer = ask(path, accept).await;
            assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert!(answer.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with(kind), "{path}");
            assert_eq!(answer.headers()[header::RETRY_AFTER], "5", "{path}");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store", "{path}");
        }
        assert_eq!(ask("/api/health/live", "*/*").await.status(), StatusCode::OK);
    }
}
