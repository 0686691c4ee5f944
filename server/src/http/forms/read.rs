//! Reads a posted form: pairs of text, or parts with one file among them. Hidden fields are taken out here.
use crate::http::{
    error::{ApiError, Result, too_large},
    json::{BODY_MAX, body_error, hash, idempotency, is_password, key_of, read},
    state::AppState,
};
use app::{
    api::{Submitted, UploadedFile},
    forms::{hidden, own_path},
};
use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::MultipartError},
    http::{Method, StatusCode, Uri, header},
};
use domain::input::Value;
use futures_util::{StreamExt as _, stream};
use service::Idempotency;

/// The most fields of a form.
const FIELDS_MAX: usize = 500;

/// A form as it was sent.
pub(super) struct Sent {
    pub(super) submitted: Submitted,
    /// The own path of the page that it stands on.
    pub(super) back: Option<String>,
}

/// Reads the form of that name.
pub(super) async fn form(app: &AppState, name: &str, request: Request) -> Result<Sent> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (pairs, file) = match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let bytes = read(request.into_body()).await?;
            let pairs = form_urlencoded::parse(&bytes).take(FIELDS_MAX + 1);
            (pairs.map(|(name, text)| (name.into_owned(), text.into_owned())).collect(), None)
        }
        "multipart/form-data" => parts(app.max_import_size, request).await?,
        _ => return Err(ApiError::new("UNSUPPORTED_MEDIA_TYPE")),
    };
    if pairs.len() > FIELDS_MAX {
        return Err(ApiError::new("TOO_LARGE"));
    }
    sort(name, pairs, file)
}

type Pairs = Vec<(String, String)>;

/// Reads the parts of a multipart body: one file of at most `largest` bytes, and texts.
pub(crate) async fn parts(largest: u64, mut request: Request) -> Result<(Pairs, Option<UploadedFile>)> {
    let limit = usize::try_from(largest).unwrap_or(usize::MAX).saturating_add(BODY_MAX);
    DefaultBodyLimit::max(limit).apply(&mut request);
    let wrong = |error: MultipartError| multipart_error(&error, largest);
    let mut multipart =
        Multipart::from_request(request.map(end_apart), &()).await.map_err(|_| ApiError::new("BAD_REQUEST"))?;
    let (mut pairs, mut file, mut texts) = (Pairs::new(), None, 0);
    while let Some(mut field) = multipart.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let most = if filename.is_some() { usize::try_from(largest).unwrap_or(usize::MAX) } else { BODY_MAX };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(wrong)? {
            if bytes.len() + chunk.len() > most {
                return Err(ApiError::with("TOO_LARGE", too_large(most as u64)));
            }
            bytes.extend_from_slice(&chunk);
        }
        match filename {
            Some(_) if file.is_some() => return Err(ApiError::field(&name, "One file at a time.")),
            Some(filename) => file = Some(UploadedFile { name: filename, bytes }),
            None => {
                texts += bytes.len();
                if texts > BODY_MAX || pairs.len() >= FIELDS_MAX {
                    return Err(ApiError::with("TOO_LARGE", too_large(BODY_MAX as u64)));
                }
                let text = String::from_utf8(bytes).map_err(|_| ApiError::field(&name, "This is not UTF-8."))?;
                pairs.push((name, text));
            }
        }
    }
    Ok((pairs, file))
}

/// An upload of the REST API: its texts, its file, and the key that the client made.
pub(crate) struct Sending {
    pub(crate) fields: Value,
    pub(crate) file: Option<UploadedFile>,
    pub(crate) key: Option<Idempotency>,
}

/// Reads one, with a file of at most `largest` bytes.
pub(crate) async fn sending(largest: u64, request: Request) -> Result<Sending> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(ApiError::with("UNSUPPORTED_MEDIA_TYPE", "Send multipart/form-data with a part named file."));
    }
    let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
    let (pairs, file) = parts(largest, request).await?;
    let mut hashed: Vec<&[u8]> = pairs.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]).collect();
    hashed.extend(file.as_ref().map(|file| &file.bytes[..]));
    let key = idempotency(&headers, hash(&method, &uri, &hashed))?;
    Ok(Sending { fields: Value::from_form(pairs), file, key })
}

/// The same body, whose end is never seen at the same poll as its last bytes: multer 3.1 takes a body that becomes
/// whole between two polls of one call for one that was cut (rwf2/multer pull request 70).
fn end_apart(body: Body) -> Body {
    let end = stream::once(async {
        tokio::task::yield_now().await;
        Ok(Bytes::new())
    });
    Body::from_stream(body.into_data_stream().chain(end))
}

fn multipart_error(error: &MultipartError, limit: u64) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::with("TOO_LARGE", too_large(limit)),
        _ => body_error(error, limit),
    }
}

/// Takes out what is meant for the host, and makes a tree of the rest.
fn sort(name: &str, pairs: Pairs, file: Option<UploadedFile>) -> Result<Sent> {
    let mut hashed: Vec<&[u8]> = Vec::new();
    for (field, text) in &pairs {
        if field != hidden::IDEMPOTENCY_KEY && !is_password(field) {
            hashed.extend([field.as_bytes(), text.as_bytes()]);
        }
    }
    if let Some(file) = &file {
        hashed.extend([file.name.as_bytes(), &file.bytes]);
    }
    let uri: Uri = format!("{}{}", app::forms::FORM_PREFIX, app::paths::encode(name)).parse().unwrap_or_default();
    let request_hash = hash(&Method::POST, &uri, &hashed);
    let take = |wanted: &str| {
        pairs.iter().find(|(field, text)| field == wanted && !text.is_empty()).map(|(_, text)| text.clone())
    };
    let idempotency = match take(hidden::IDEMPOTENCY_KEY) {
        Some(key) => Some(key_of(&key, request_hash).ok_or_else(|| ApiError::new("BAD_REQUEST"))?),
        None => None,
    };
    let own = |path: Option<String>| path.filter(|path| own_path(path).is_some());
    let (back, next) = (own(take(hidden::BACK)), own(take(hidden::NEXT)));
    let is_hidden = |field: &str| [hidden::IDEMPOTENCY_KEY, hidden::BACK, hidden::NEXT].contains(&field);
    let fields = Value::from_form(pairs.into_iter().filter(|(field, _)| !is_hidden(field)));
    Ok(Sent { submitted: Submitted { fields, file, idempotency, next }, back })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Poll;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        sort("x", pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(), None).unwrap()
    }

    #[test]
    fn hidden_fields_are_taken_out() {
        let sent = sent(&[("a", "1"), ("idempotencyKey", "k1"), ("back", "/expenses"), ("next", "//evil.example")]);
        assert_eq!(sent.submitted.fields, Value::Object(vec![("a".to_owned(), Value::Text("1".to_owned()))]));
        assert_eq!(sent.submitted.idempotency.map(|key| key.key).as_deref(), Some("k1"));
        assert_eq!((sent.back.as_deref(), sent.submitted.next), (Some("/expenses"), None));
    }

    #[test]
    fn the_hash_is_of_what_was_sent_but_for_passwords() {
        let hash = |pairs: &[(&str, &str)]| sent(pairs).submitted.idempotency.map(|key| key.request_hash);
        let first = hash(&[("idempotencyKey", "k"), ("a", "1"), ("password", "one")]);
        assert_eq!(first, hash(&[("idempotencyKey", "k"), ("a", "1"), ("password", "two")]));
        assert_ne!(first, hash(&[("idempotencyKey", "k"), ("a", "2"), ("password", "one")]));
    }

    #[tokio::test]
    async fn a_body_that_comes_between_two_polls_is_whole() {
        let mut polls = 0;
        let late = stream::poll_fn(move |context| {
            polls += 1;
            context.waker().wake_by_ref();
            match polls {
                1 => Poll::Pending,
                2 => Poll::Ready(Some(Ok::<_, std::io::Error>(
                    "--b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
                ))),
                _ => Poll::Ready(None),
            }
        });
        let request = Request::builder().header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let (pairs, file) = parts(1_000, request.body(Body::from_stream(late)).unwrap()).await.unwrap();
        assert_eq!((pairs, file.is_none()), (vec![("a".to_owned(), "1".to_owned())], true));
    }

    #[test]
    fn a_bad_key_is_refused() {
        let pairs = vec![("idempotencyKey".to_owned(), "a b".to_owned())];
        assert_eq!(sort("x", pairs, None).err().map(|error| error.code), Some("BAD_REQUEST"));
    }
}
