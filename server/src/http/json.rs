//! What came in, as [`Value`]: bodies, queries and ids in paths, each refused in our own words and shape.
mod parse;

pub use parse::Broken;

use super::{
    error::{ApiError, Result},
    state::AppState,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, Method, Uri, header, request::Parts},
};
use domain::{
    input::{Reader, Value},
    problem::Problem,
};
use service::{Error, Idempotency};
use sha2::{Digest, Sha256};
use std::str::FromStr;

/// The largest ordinary body, in bytes.
pub const BODY_MAX: usize = 1 << 20;
/// The longest idempotency key.
const KEY_MAX: usize = 128;

/// A JSON body, and the key under which it is to be done once.
pub struct Sent {
    /// The body.
    pub value: Value,
    /// The key, if the client made one.
    pub key: Option<Idempotency>,
}

impl FromRequest<AppState> for Sent {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &AppState) -> Result<Self> {
        let (parts, body) = request.into_parts();
        if !is_json(&parts.headers) {
            return Err(ApiError::with("UNSUPPORTED_MEDIA_TYPE", "Send JSON (Content-Type: application/json)."));
        }
        let bytes = read(body).await?;
        let text = std::str::from_utf8(&bytes).map_err(|_| ApiError::with("BAD_REQUEST", "The JSON is not UTF-8."))?;
        let value = parse::parse(text)?;
        let hashed = hash(&parts.method, &parts.uri, &[&without_passwords(&value, &bytes)]);
        Ok(Self { value, key: idempotency(&parts.headers, hashed)? })
    }
}

/// No body (or `{}`), and the key under which the request is to be done once.
pub struct Bare {
    /// The key, if the client made one.
    pub key: Option<Idempotency>,
}

impl FromRequest<AppState> for Bare {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &AppState) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        if !bytes.trim_ascii().is_empty() {
            let text =
                std::str::from_utf8(&bytes).map_err(|_| ApiError::with("BAD_REQUEST", "The JSON is not UTF-8."))?;
            Reader::new(&parse::parse(text)?).finish()?;
        }
        let hashed = hash(&parts.method, &parts.uri, &[&[]]);
        Ok(Self { key: idempotency(&parts.headers, hashed)? })
    }
}

/// A JSON body that may be left out, and the key under which the request is to be done once.
pub struct MaybeSent {
    /// The body; without one an object without fields.
    pub value: Value,
    /// The key, if the client made one.
    pub key: Option<Idempotency>,
}

impl FromRequest<AppState> for MaybeSent {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        if bytes.trim_ascii().is_empty() {
            let Bare { key } = Bare::from_request(Request::from_parts(parts, Body::empty()), app).await?;
            return Ok(Self { value: Value::Object(Vec::new()), key });
        }
        let Sent { value, key } = Sent::from_request(Request::from_parts(parts, Body::from(bytes)), app).await?;
        Ok(Self { value, key })
    }
}

/// A query's parameters, all text; empty ones count as left out.
pub struct Query(pub Value);

impl FromRequestParts<AppState> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let fields = pairs.map(|(name, text)| {
            let value = if text.is_empty() { Value::Null } else { Value::Text(text.into_owned()) };
            (name.into_owned(), value)
        });
        Ok(Self(Value::Object(fields.collect())))
    }
}

/// No query: any parameter is an unknown one.
pub struct NoQuery;

impl FromRequestParts<AppState> for NoQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let Query(query) = Query::from_request_parts(parts, app).await?;
        Reader::new(&query).finish()?;
        Ok(Self)
    }
}

/// The `{id}` of a path. 400 where it is no id at all.
pub struct Id<T>(pub T);

impl<T: FromStr + Send> FromRequestParts<AppState> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let wrong = || ApiError::from(Error::field("id", Problem::NotAnId));
        let Path(text) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| wrong())?;
        text.parse().map(Self).map_err(|_| wrong())
    }
}

/// The whole body, if it is not larger than an ordinary one may be.
pub async fn read(body: Body) -> Result<Bytes> {
    to_bytes(body, BODY_MAX).await.map_err(|error| body_error(&error, BODY_MAX as u64))
}

/// Why a body could not be read: too large, too slow, or gone.
pub fn body_error(error: &(dyn std::error::Error + 'static), limit: u64) -> ApiError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return ApiError::with("TOO_LARGE", super::error::too_large(limit));
        }
        if error.is::<super::body::TooSlow>() {
            return ApiError::with("TIMEOUT", "The request came too slowly.");
        }
        cause = error.source();
    }
    ApiError::with("BAD_REQUEST", "The request ended before it was whole.")
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// A body with a password is hashed without it: the hash is kept, and must not help to guess.
fn without_passwords(value: &Value, bytes: &[u8]) -> Vec<u8> {
    match value {
        Value::Object(fields) if fields.iter().any(|(name, _)| is_password(name)) => {
            let kept: Vec<_> = fields.iter().filter(|(name, _)| !is_password(name)).collect();
            format!("{kept:?}").into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

/// Whether a field holds a password.
pub fn is_password(name: &str) -> bool {
    name.to_ascii_lowercase().contains("password")
}

/// SHA-256 of method, path with query, and the parts of the body.
pub fn hash(method: &Method, uri: &Uri, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(method.as_str());
    hasher.update([0]);
    hasher.update(uri.path_and_query().map_or("/", |path| path.as_str()));
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The `Idempotency-Key` header with the hash of its request.
pub fn idempotency(headers: &HeaderMap, request_hash: [u8; 32]) -> Result<Option<Idempotency>> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let wrong = || ApiError::field("Idempotency-Key", "1 to 128 letters, digits and signs (ASCII), without blanks.");
    key_of(key.to_str().map_err(|_| wrong())?, request_hash).map(Some).ok_or_else(wrong)
}

/// A key that a client made, if it is one that can be kept.
pub fn key_of(key: &str, request_hash: [u8; 32]) -> Option<Idempotency> {
    let fine = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    fine.then(|| Idempotency { key: key.to_owned(), request_hash })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn json_by_its_type() {
        for (kind, json) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/merge-patch+json", true),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
            assert_eq!(is_json(&headers), json, "{kind}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }

    #[test]
    fn keys_are_short_and_visible() {
        let key = |text: &'static [u8]| {
            let headers =
                HeaderMap::from_iter([("idempotency-key".parse().unwrap(), HeaderValue::from_bytes(text).unwrap())]);
            idempotency(&headers, [0; 32]).map(|key| key.map(|key| key.key))
        };
        assert_eq!(key(b"a-1").unwrap().as_deref(), Some("a-1"));
        for text in [&b""[..], b"a b", b"\xc3\xa9", &[b'x'; 129]] {
            assert!(key(text).is_err(), "{text:?}");
        }
        assert!(idempotency(&HeaderMap::new(), [0; 32]).unwrap().is_none());
    }

    #[test]
    fn passwords_are_not_hashed() {
        let body = |password: &str| format!("{{\"email\":\"a@b.de\",\"password\":\"{password}\"}}");
        let hashed = |text: &str| without_passwords(&parse::parse(text).unwrap(), text.as_bytes());
        assert_eq!(hashed(&body("one")), hashed(&body("two")));
        assert_ne!(hashed("{\"a\":1}"), hashed("{\"a\":2}"));
    }

    #[test]
    fn hashes_tell_requests_apart() {
        let of = |method: Method, uri: &'static str, parts: &[&[u8]]| hash(&method, &Uri::from_static(uri), parts);
        let first = of(Method::POST, "/a", &[b"x", b"y"]);
        assert_ne!(first, of(Method::POST, "/a", &[b"xy", b""]));
        assert_ne!(first, of(Method::PUT, "/a", &[b"x", b"y"]));
        assert_ne!(first, of(Method::POST, "/a?b", &[b"x", b"y"]));
        assert_eq!(first, of(Method::POST, "/a", &[b"x", b"y"]));
    }
}
