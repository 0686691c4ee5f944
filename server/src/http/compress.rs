//! Compresses dynamic answers (pages, JSON) for those who take it. Files have been compressed when they were built.
//!
//! Fast levels: a page is made for one person and sent once.
use crate::assets::Accepted;
use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use std::io::Write as _;

/// Smaller ones fit into one packet anyway.
const LEAST: u64 = 1_024;
/// Larger ones are compressed away from the async threads.
const LARGE: usize = 256 << 10;
/// Nothing that we make is larger; a body that is stays as it is.
const MOST: u64 = 32 << 20;

/// The level of gzip: the best that costs next to nothing.
const GZIP_LEVEL: u32 = 1;
/// Quality and window of brotli: about gzip's speed, smaller.
const BROTLI_QUALITY: i32 = 1;
const BROTLI_WINDOW: i32 = 18;

/// Compresses the answer if that is worth it.
pub async fn answer(request: Request, next: Next) -> Response {
    let accepted = Accepted::of(request.headers());
    let head = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    if !worth_it(&response) {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let encoding = match accepted {
        Accepted { br: true, .. } => Encoding::Brotli,
        Accepted { gzip: true, .. } => Encoding::Gzip,
        Accepted { .. } => return response,
    };
    if head {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, usize::try_from(MOST).unwrap_or(usize::MAX)).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let packed = if plain.len() > LARGE {
        let copy = plain.clone();
        tokio::task::spawn_blocking(move || pack(encoding, &copy)).await.ok().flatten()
    } else {
        pack(encoding, &plain)
    };
    let Some(packed) = packed.filter(|packed| packed.len() < plain.len()) else {
        return Response::from_parts(parts, Body::from(plain));
    };
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(Bytes::from(packed)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// A whole body of text that is not compressed yet.
fn worth_it(response: &Response) -> bool {
    let headers = response.headers();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = ["text/html", "application/json", "text/csv", "text/plain"].iter().any(|known| kind.starts_with(known));
    let size = response.body().size_hint();
    text && !headers.contains_key(header::CONTENT_ENCODING)
        && size.exact().is_some_and(|size| (LEAST..=MOST).contains(&size))
        && response.status() != StatusCode::NOT_MODIFIED
}

fn pack(encoding: Encoding, plain: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(plain.len() / 4);
    match encoding {
        Encoding::Gzip => {
            let mut encoder = GzEncoder::new(packed, Compression::new(GZIP_LEVEL));
            encoder.write_all(plain).ok()?;
            packed = encoder.finish().ok()?;
        }
        Encoding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                lgwin: BROTLI_WINDOW,
                size_hint: plain.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut &plain[..], &mut packed, &params).ok()?;
        }
    }
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn both_ways() {
        let plain = "<li>12.34 EUR groceries</li>".repeat(400);
        let gzip = pack(Encoding::Gzip, plain.as_bytes()).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(&gzip[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, plain);
        let br = pack(Encoding::Brotli, plain.as_bytes()).unwrap();
        let mut out = Vec::new();
        brotli::BrotliDecompress(&mut &br[..], &mut out).unwrap();
        assert_eq!(out, plain.as_bytes());
        assert!(gzip.len() < plain.len() / 5 && br.len() < plain.len() / 5);
    }
}
