//! Hashing, compressing and naming the kind of a file; and a memory of slow steps, kept in the target folder.

use crate::project::{Project, write};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

/// The first 12 hex digits of the SHA-256: enough to tell versions of one file apart.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..6].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What `key` was made into last time, or makes it now. The key must hold a hash of everything that goes in.
pub fn memo(project: &Project, key: &str, make: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<Vec<u8>, String> {
    let path = project.target.join("site-memo").join(key);
    if let Ok(bytes) = fs::read(&path) {
        return Ok(bytes);
    }
    let bytes = make()?;
    // A program killed while writing must not leave half a file behind that counts as made.
    let part = path.with_extension(format!("{}.part", std::process::id()));
    write(&part, &bytes)?;
    fs::rename(&part, &path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(bytes)
}

/// Brotli at its smallest (quality 11, a window of 4 MB).
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut packed = Vec::new();
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params).map_err(|e| format!("brotli: {e}"))?;
    Ok(packed)
}

/// Gzip at its smallest, for the few clients without brotli (and for plain http, where browsers don't offer it).
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|e| format!("gzip: {e}"))
}

/// Pictures and fonts are compressed already.
pub fn worth_compressing(path: &str) -> bool {
    !matches!(ending(path), "png" | "jpg" | "jpeg" | "webp" | "avif" | "woff" | "woff2" | "br" | "gz")
}

/// The Content-Type of a file, by its ending.
pub fn content_type(path: &str) -> &'static str {
    match ending(path) {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_is_packed_comes_out_again() {
        let text = b"budget, budget, budget and a little more budget".repeat(20);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&text).expect("packs")[..], &mut plain).expect("unpacks");
        assert_eq!(plain, text);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&text).expect("packs")[..]).read_to_end(&mut plain).expect("unpacks");
        assert_eq!(plain, text);
    }

    #[test]
    fn hashes_are_short_and_tell_apart() {
        assert_eq!(hash(b"").len(), 12);
        assert_eq!(hash(b""), "e3b0c44298fc", "the well-known SHA-256 of nothing");
        assert_ne!(hash(b"a"), hash(b"b"));
    }

    #[test]
    fn kinds_follow_the_ending() {
        assert_eq!(content_type("pkg/x_bg.wasm"), "application/wasm");
        assert_eq!(content_type("LICENSE"), "application/octet-stream");
        assert!(!worth_compressing("fonts/a.woff2") && worth_compressing("favicon.svg"));
    }
}
