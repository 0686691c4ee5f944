//! Whether a request that changes something comes from our own pages. Server functions have no such check of their own,
//! and `SameSite` cookies alone don't stop a sibling site.
use super::{
    cookies::Cookie,
    error::{ApiError, Result},
    state::AppState,
    visitor::api_key,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses what changes something and doesn't come from our own pages. Programs without a cookie may leave out where they
/// come from on the REST API; pages' forms may not.
pub async fn check(State(app): State<AppState>, request: Request, next: Next) -> Response {
    // With a key no cookie counts, and no site can make a browser send one.
    if api_key(request.uri().path(), request.headers()).is_some() {
        return next.run(request).await;
    }
    let must_say = request.uri().path().starts_with("/_fn")
        || Cookie::Session.read(request.headers(), app.public_url.https).is_some();
    match judge(request.method(), request.headers(), &app.origin, must_say) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn judge(method: &Method, headers: &HeaderMap, own: &str, must_say: bool) -> Result<()> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    let fine = match (site, text(header::ORIGIN)) {
        // Scripts can't set it, so it is the browser's word.
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == own || is_host(origin, own, text(header::HOST)),
        (None, None) => !must_say,
    };
    if fine { Ok(()) } else { Err(ApiError::new("CROSS_ORIGIN")) }
}

/// Whether the origin is the host that was asked, by the same scheme as ours: one machine often has several names.
fn is_host(origin: &str, own: &str, host: Option<&str>) -> bool {
    let scheme = |url: &str| url.split_once("://").map(|(scheme, _)| scheme.to_owned());
    match (origin.split_once("://"), host) {
        (Some((_, authority)), Some(host)) => {
            scheme(origin) == scheme(own) && !host.is_empty() && authority.eq_ignore_ascii_case(host)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_our_own_pages_change_things() {
        let own = "https://money.example.org";
        for (pairs, must_say, fine) in [
            (&[("sec-fetch-site", "same-origin")][..], true, true),
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], true, true),
            (&[("sec-fetch-site", "cross-site"), ("origin", own)], true, false),
            (&[("sec-fetch-site", "same-site")], true, false),
            (&[("sec-fetch-site", "none")], true, false),
            (&[("origin", own)], true, true),
            (&[("origin", "https://evil.example")], true, false),
            (&[("origin", "https://evil.example")], false, false),
            (&[("origin", "null")], false, false),
            (&[("origin", "https://box.lan"), ("host", "box.lan")], true, true),
            (&[("origin", "http://money.example.org"), ("host", "money.example.org")], true, false),
            (&[("origin", "https://evil.example"), ("host", "money.example.org")], true, false),
            (&[], true, false),
            (&[], false, true),
        ] {
            let headers: HeaderMap = pairs
                .iter()
                .map(|(name, value)| (name.parse::<header::HeaderName>().unwrap(), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(judge(&Method::POST, &headers, own, must_say).is_ok(), fine, "{pairs:?} {must_say}");
            assert!(judge(&Method::GET, &headers, own, must_say).is_ok());
        }
    }
}
