//! How many requests one person, or one address, may make in a while: those to the REST API, and those that change
//! something on pages. Pages and files are never counted, nor is the question whether the program is well.
//!
//! The headers are those of draft-ietf-httpapi-ratelimit-headers.
use super::{
    error::{ApiError, seconds},
    state::AppState,
    visitor::Visitor,
};
use axum::{
    extract::{FromRequestParts as _, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use service::{Error, ports::limits::Counted};
use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

/// What is allowed in a window; 0 = as many as one likes.
#[derive(Debug, Clone, Copy)]
pub struct Quotas {
    /// For an address that nobody is signed in from.
    pub anonymous: u64,
    /// For a person.
    pub user: u64,
    /// How long a window is.
    pub window: Duration,
}

/// Counts, and refuses what is too much.
pub async fn check(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if !is_counted(request.method(), request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &app).await {
        Ok(visitor) => visitor,
        Err(error) => return error.into_response(),
    };
    let (key, quota) = match visitor.actor() {
        Some(actor) if actor.user.standing.subscription.is_premium(app.services.now()) => (String::new(), 0),
        Some(actor) => (format!("user:{}", actor.user.id), app.quotas.user),
        None => (format!("address:{}", network(&visitor.device.address)), app.quotas.anonymous),
    };
    let request = Request::from_parts(parts, body);
    if quota == 0 {
        return next.run(request).await;
    }
    let services = &app.services;
    let counted = match services.limits.count(&key, app.quotas.window, services.now()).await {
        Ok(counted) => counted,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let mut response = if counted.count > quota {
        ApiError::from(Error::RateLimited { retry_after: counted.reset }).into_response()
    } else {
        next.run(request).await
    };
    describe(response.headers_mut(), counted, quota, app.quotas.window);
    response
}

fn is_counted(method: &Method, path: &str) -> bool {
    let safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    (path.starts_with("/api/") && !path.starts_with("/api/health")) || (path.starts_with("/_fn/") && !safe)
}

/// An address, or the network that one customer usually has: 64 bits of version 6.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        _ => address.to_owned(),
    }
}

fn describe(headers: &mut HeaderMap, counted: Counted, quota: u64, window: Duration) {
    let left = quota.saturating_sub(counted.count);
    for (name, value) in [
        ("ratelimit-policy", format!("\"default\";q={quota};w={}", window.as_secs())),
        ("ratelimit", format!("\"default\";r={left};t={}", seconds(counted.reset))),
    ] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_files_are_not_counted() {
        for (method, path, counted) in [
            (Method::GET, "/api/expenses", true),
            (Method::POST, "/api/auth/login", true),
            (Method::GET, "/api/health", false),
            (Method::GET, "/api/health/live", false),
            (Method::POST, "/_fn/form/login", true),
            (Method::GET, "/_fn/form/login", false),
            (Method::GET, "/dashboard", false),
            (Method::GET, "/pkg/app.css", false),
        ] {
            assert_eq!(is_counted(&method, path), counted, "{method} {path}");
        }
    }

    #[test]
    fn an_address_of_version_6_counts_with_its_network() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn what_is_left_is_said() {
        let mut headers = HeaderMap::new();
        let counted = Counted { count: 12, reset: Duration::from_millis(59_001) };
        describe(&mut headers, counted, 10, Duration::from_mins(1));
        assert_eq!(headers["ratelimit-policy"], "\"default\";q=10;w=60");
        assert_eq!(headers["ratelimit"], "\"default\";r=0;t=60");
    }
}
