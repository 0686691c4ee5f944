//! The browser's files: inside the program (release) or in a folder (development), as `xtask site` lists them.
mod folder;

use app::context::AssetPaths;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fmt::Write as _, path::Path};

/// A file inside the program; `xtask site` writes a list of them.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// What the program calls it.
    pub name: &'static str,
    /// Its address.
    pub path: &'static str,
    /// For the header.
    pub content_type: &'static str,
    /// Its address changes with its content.
    pub immutable: bool,
    /// As it is.
    pub identity: &'static [u8],
    /// In brotli, if that is smaller.
    pub br: Option<&'static [u8]>,
    /// In gzip, if that is smaller.
    pub gz: Option<&'static [u8]>,
}

/// The browser's files by their addresses.
#[derive(Default)]
pub struct Assets {
    by_path: HashMap<String, File>,
    by_name: HashMap<String, String>,
}

struct File {
    content_type: HeaderValue,
    immutable: bool,
    content: Content,
}

enum Content {
    Inside { asset: Asset, tag: HeaderValue },
    OnDisk(folder::OnDisk),
}

impl Assets {
    /// Files inside the program.
    pub fn embedded(assets: &'static [Asset]) -> Self {
        let mut all = Self::default();
        for asset in assets {
            let content = Content::Inside { asset: *asset, tag: tag(asset.identity) };
            all.add(asset.name, asset.path, asset.content_type, asset.immutable, content);
        }
        all
    }

    /// Files of a folder with a `manifest.json`.
    pub fn folder(folder: &Path) -> Result<Self, String> {
        let mut all = Self::default();
        for entry in folder::read_manifest(folder)? {
            let content = Content::OnDisk(entry.content);
            all.add(&entry.name, &entry.path, &entry.content_type, entry.immutable, content);
        }
        Ok(all)
    }

    /// Whether there are none: pages then come without styles and script.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    fn add(&mut self, name: &str, path: &str, content_type: &str, immutable: bool, content: Content) {
        let content_type =
            HeaderValue::from_str(content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
        self.by_name.insert(name.to_owned(), path.to_owned());
        self.by_path.insert(path.to_owned(), File { content_type, immutable, content });
    }

    /// What the shell of the pages loads.
    pub fn paths(&self) -> AssetPaths {
        let path = |name: &str| self.by_name.get(name).cloned();
        let known = AssetPaths::default();
        AssetPaths {
            css: path("app.css").unwrap_or(known.css),
            js: path("wealthwise.js").unwrap_or(known.js),
            wasm: path("wealthwise_bg.wasm").unwrap_or(known.wasm),
            font: path("fonts/inter.woff2"),
            charts: path("charts.js").unwrap_or(known.charts),
            program: true,
            parts: self.parts(),
        }
    }

    /// The files of the program's parts, by their names.
    fn parts(&self) -> Vec<(String, String)> {
        let all = self.by_name.iter().filter(|(name, _)| name.starts_with("parts/"));
        let mut parts: Vec<_> = all.map(|(name, path)| (name.clone(), path.clone())).collect();
        parts.sort();
        parts
    }

    /// The file at that address, as this client takes it. `None` where there is none.
    pub async fn get(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        let file = self.by_path.get(path)?;
        let accepted = Accepted::of(request);
        let (bytes, encoding, tag, has_variants) = match &file.content {
            Content::Inside { asset, tag } => {
                let (bytes, encoding) = match (asset.br, asset.gz) {
                    (Some(br), _) if accepted.br => (br, Some("br")),
                    (_, Some(gz)) if accepted.gzip => (gz, Some("gzip")),
                    _ => (asset.identity, None),
                };
                (Bytes::from_static(bytes), encoding, tag.clone(), asset.br.is_some() || asset.gz.is_some())
            }
            Content::OnDisk(on_disk) => {
                let (bytes, encoding) = on_disk.read(accepted).await?;
                let tag = tag(&bytes);
                (bytes, encoding, tag, on_disk.has_variants())
            }
        };
        let tag = variant_tag(&tag, encoding);
        let mut response = if matches_tag(request, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Body::from(bytes).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, file.content_type.clone());
            if let Some(encoding) = encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag);
        let caching = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        if has_variants {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        Some(response)
    }
}

/// The encodings that a client takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Brotli.
    pub br: bool,
    /// Gzip.
    pub gzip: bool,
}

impl Accepted {
    /// From `Accept-Encoding`; what is weighted with 0 is not taken.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut accepted = Self::default();
        let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        for entry in lines.flat_map(|line| line.split(',')) {
            let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            let refused = weight.trim_matches(['0', '.']).is_empty() && weight.starts_with('0');
            match name.trim() {
                "br" => accepted.br = !refused,
                "gzip" => accepted.gzip = !refused,
                _ => {}
            }
        }
        accepted
    }
}

/// A strong tag: the beginning of the content's SHA-256.
#[allow(clippy::missing_panics_doc, reason = "hexadecimal digits are plain ASCII")]
pub fn tag(bytes: &[u8]) -> HeaderValue {
    let mut text = String::from("\"");
    for byte in &Sha256::digest(bytes)[..10] {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    HeaderValue::try_from(text).expect("hexadecimal digits are plain ASCII")
}

/// Each encoding is a content of its own.
fn variant_tag(tag: &HeaderValue, encoding: Option<&str>) -> HeaderValue {
    let Some(encoding) = encoding else { return tag.clone() };
    let text = tag.to_str().unwrap_or_default().trim_end_matches('"');
    HeaderValue::try_from(format!("{text}-{encoding}\"")).unwrap_or_else(|_| tag.clone())
}

/// Whether the client has this very content already.
pub fn matches_tag(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|entry| entry.trim().trim_start_matches("W/"))
        .any(|entry| entry == tag || entry == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    static SITE: [Asset; 2] = [
        Asset {
            name: "app.css",
            path: "/pkg/app-1.css",
            content_type: "text/css; charset=utf-8",
            immutable: true,
            identity: b"a { color: red }",
            br: Some(b"br"),
            gz: Some(b"gz"),
        },
        Asset {
            name: "favicon.svg",
            path: "/favicon.svg",
            content_type: "image/svg+xml",
            immutable: false,
            identity: b"<svg/>",
            br: None,
            gz: None,
        },
    ];

    fn request(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn encodings_are_negotiated() {
        let of = |text: &str| Accepted::of(&request(&[(header::ACCEPT_ENCODING, text)]));
        assert_eq!(of("gzip, deflate, br;q=0.9"), Accepted { br: true, gzip: true });
        assert_eq!(of("br;q=0, gzip;q=0.0"), Accepted::default());
        assert_eq!(of("gzip;q=0.001"), Accepted { br: false, gzip: true });
        assert_eq!(of("identity"), Accepted::default());
    }

    #[tokio::test]
    async fn hashed_names_are_kept_for_good_and_others_are_asked_for_again() {
        let assets = Assets::embedded(&SITE);
        assert_eq!(assets.paths().css, "/pkg/app-1.css");
        let css = assets.get("/pkg/app-1.css", &request(&[(header::ACCEPT_ENCODING, "br")])).await.unwrap();
        assert_eq!(css.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(css.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(css.headers()[header::VARY], "accept-encoding");
        let icon = assets.get("/favicon.svg", &HeaderMap::new()).await.unwrap();
        assert_eq!(icon.headers()[header::CACHE_CONTROL], "no-cache");
        let tag = icon.headers()[header::ETAG].to_str().unwrap().to_owned();
        let again = assets.get("/favicon.svg", &request(&[(header::IF_NONE_MATCH, &tag)])).await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert!(assets.get("/gone", &HeaderMap::new()).await.is_none());
    }
}
