//! Where bytes of files are kept: `BLOB_URL`, and for a bucket the `AWS_…` names that other programs know, too.
use super::{PublicUrl, Reader, Wrong};
use ::blobs::{BucketOptions, Timeouts};
use std::path::PathBuf;

/// Where bytes of files are kept.
#[derive(Debug, Clone)]
pub enum BlobPlace {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// In the database, which is MongoDB.
    GridFs,
    /// In a bucket of a server that speaks S3.
    Bucket(BucketOptions),
}

const ALLOWED: &str = "file:///an/absolute/path, gridfs (with MONGODB_URI), or s3://bucket/prefix";

impl Reader<'_> {
    /// None: where the embedded store or MongoDB has them by itself.
    pub(super) fn blobs(&mut self) -> Option<BlobPlace> {
        let text = self.values.0.get("BLOB_URL")?.text.clone();
        let place = match text.split_once("://") {
            None if text == "gridfs" => self.gridfs(),
            Some(("file", path)) => folder(path),
            Some(("s3", bucket)) => self.bucket(bucket),
            _ => None,
        };
        if place.is_none() {
            // Not shown: people write keys into such addresses.
            self.wrong.push(Wrong::new("BLOB_URL", "is no place for files", ALLOWED));
        }
        place
    }

    fn gridfs(&mut self) -> Option<BlobPlace> {
        self.values.0.contains_key("MONGODB_URI").then_some(BlobPlace::GridFs)
    }

    fn bucket(&mut self, place: &str) -> Option<BlobPlace> {
        let place = place.strip_suffix('/').unwrap_or(place);
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let prefix_fits = prefix.is_empty() || prefix.split('/').all(is_segment);
        if !is_bucket(bucket) || !prefix_fits {
            return None;
        }
        Some(BlobPlace::Bucket(BucketOptions {
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: self.optional("AWS_ENDPOINT_URL", |text| PublicUrl::parse(text).map(|url| url.origin())),
            region: self.read("AWS_REGION", region),
            access_key_id: self.key("AWS_ACCESS_KEY_ID", true),
            secret_access_key: self.key("AWS_SECRET_ACCESS_KEY", true),
            session_token: Some(self.key("AWS_SESSION_TOKEN", false)).filter(|token| !token.is_empty()),
            timeouts: Timeouts::default(),
        }))
    }

    /// A key or a token: never shown. Empty where there is none.
    fn key(&mut self, name: &'static str, needed: bool) -> String {
        match self.values.0.get(name) {
            Some(found) if found.text.bytes().all(|byte| byte.is_ascii_graphic()) => return found.text.clone(),
            Some(_) => self.wrong.push(Wrong::new(name, "has signs that no key has", "as the server gave it")),
            None if needed => self.wrong.push(Wrong::new(name, "is not set", "a key for the bucket of BLOB_URL")),
            None => {}
        }
        String::new()
    }
}

/// An absolute path, or nothing; a host, as in `file://host/path`, is none.
fn folder(path: &str) -> Option<BlobPlace> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let folder = PathBuf::from(&*decoded);
    let fits = path.starts_with('/') && folder.is_absolute() && !decoded.contains('\0');
    fits.then_some(BlobPlace::Folder(folder))
}

/// As S3 has names of buckets.
fn is_bucket(name: &str) -> bool {
    let end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (3..=63).contains(&name.len())
        && end(name.bytes().next())
        && end(name.bytes().last())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
}

/// Names that no server, proxy or log makes something else of.
fn is_segment(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !name.is_empty() && name != "." && name != ".." && name.bytes().all(fits)
}

fn region(text: &str) -> Result<String, &'static str> {
    let fits = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if fits { Ok(text.to_owned()) } else { Err("a region's name such as eu-central-1") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Values, World, report};
    use std::io;

    type Set<'a> = &'a [(&'a str, &'a str)];

    fn load(environment: Set<'_>) -> Result<(Config, Values), Vec<Wrong>> {
        let variable =
            |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, text)| (*text).to_owned());
        let read = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
        Config::load_from(&World { variable: &variable, read: &read }, None)
    }

    fn place(environment: Set<'_>) -> Option<BlobPlace> {
        load(environment).unwrap().0.blobs
    }

    fn wrong(environment: Set<'_>) -> Vec<String> {
        load(environment).err().unwrap_or_default().into_iter().map(|wrong| wrong.name).collect()
    }

    const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "ada"), ("AWS_SECRET_ACCESS_KEY", "hunter2")];

    #[test]
    fn folders_and_gridfs() {
        assert!(place(&[]).is_none());
        let folder = place(&[("BLOB_URL", "file:///var/lib/my%20files")]);
        assert!(matches!(&folder, Some(BlobPlace::Folder(path)) if path.ends_with("lib/my files")), "{folder:?}");
        let mongodb = ("MONGODB_URI", "mongodb://localhost");
        let secret = ("ENCRYPTION_SECRET", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
        assert!(matches!(place(&[mongodb, secret, ("BLOB_URL", "gridfs")]), Some(BlobPlace::GridFs)));
        for text in ["gridfs", "file://host/path", "file://", "file:relative", "/var/lib", "ftp://x/y", "file:///%ff"] {
            assert_eq!(wrong(&[("BLOB_URL", text)]), ["BLOB_URL"], "{text}");
        }
    }

    #[test]
    fn buckets() {
        let [id, key] = KEYS;
        let set = [id, key, ("BLOB_URL", "s3://my-money/house/hold/"), ("AWS_ENDPOINT_URL", "http://Minio:9000/")];
        let Some(BlobPlace::Bucket(options)) = place(&set) else { panic!("a bucket") };
        assert_eq!((options.bucket.as_str(), options.prefix.as_str()), ("my-money", "house/hold"));
        assert_eq!((options.endpoint.as_deref(), options.region.as_str()), (Some("http://minio:9000"), "us-east-1"));
        assert_eq!((options.access_key_id.as_str(), options.session_token), ("ada", None));
        for text in
            ["s3://", "s3:///x", "s3://My-Money", "s3://ab", "s3://key:secret@bucket", "s3://abc/a//b", "s3://abc/.."]
        {
            assert_eq!(wrong(&[id, key, ("BLOB_URL", text)]), ["BLOB_URL"], "{text}");
        }
        let bucket = ("BLOB_URL", "s3://money");
        assert_eq!(wrong(&[bucket]), ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        for (name, text) in
            [("AWS_ENDPOINT_URL", "minio:9000"), ("AWS_REGION", "here & there"), ("AWS_SESSION_TOKEN", "a b")]
        {
            assert_eq!(wrong(&[id, key, bucket, (name, text)]), [name]);
        }
        // Other programs' names are none of ours without a bucket.
        assert!(place(&[("AWS_REGION", "here & there"), ("AWS_ACCESS_KEY_ID", "a b")]).is_none());
    }

    #[test]
    fn keys_are_never_shown() {
        let secrets = ["ada", "hunter2", "token-7"];
        let set = [KEYS[0], KEYS[1], ("AWS_SESSION_TOKEN", "token-7"), ("BLOB_URL", "s3://money")];
        let (config, values) = load(&set).unwrap();
        let texts = [
            format!("{config:?}"),
            report(&config, &values),
            format!("{:?}", load(&[("BLOB_URL", "s3://ada:hunter2@money")]).err()),
            format!("{:?}", load(&[KEYS[0], ("BLOB_URL", "s3://money"), ("AWS_SECRET_ACCESS_KEY", "hunter2 x")]).err()),
        ];
        for text in texts {
            assert!(secrets.iter().all(|secret| !text.contains(secret)), "{text}");
        }
    }
}
