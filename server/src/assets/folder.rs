//! The browser's files in a folder, as `xtask site` left them.
use super::Accepted;
use axum::body::Bytes;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// One file of the manifest.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) content_type: String,
    pub(super) immutable: bool,
    pub(super) content: OnDisk,
}

/// Where a file is, and which compressed copies stand beside it.
pub(super) struct OnDisk {
    file: PathBuf,
    br: bool,
    gz: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    path: String,
    br: Option<u64>,
    gz: Option<u64>,
    content_type: String,
    immutable: bool,
}

/// What `manifest.json` lists.
pub(super) fn read_manifest(folder: &Path) -> Result<Vec<Entry>, String> {
    let manifest = folder.join("manifest.json");
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", manifest.display());
    let text = std::fs::read_to_string(&manifest).map_err(|error| named(&error))?;
    let lines: BTreeMap<String, Line> = serde_json::from_str(&text).map_err(|error| named(&error))?;
    let entry = |(name, line): (String, Line)| {
        let content = OnDisk {
            file: folder.join(line.path.trim_start_matches('/')),
            br: line.br.is_some(),
            gz: line.gz.is_some(),
        };
        Entry { name, path: line.path, content_type: line.content_type, immutable: line.immutable, content }
    };
    Ok(lines.into_iter().map(entry).collect())
}

impl OnDisk {
    pub(super) fn has_variants(&self) -> bool {
        self.br || self.gz
    }

    /// The best copy that the client takes. Read anew each time: in development files change under us.
    pub(super) async fn read(&self, accepted: Accepted) -> Option<(Bytes, Option<&'static str>)> {
        let (ending, encoding) = match accepted {
            Accepted { br: true, .. } if self.br => (".br", Some("br")),
            Accepted { gzip: true, .. } if self.gz => (".gz", Some("gzip")),
            _ => ("", None),
        };
        let mut file = self.file.clone().into_os_string();
        file.push(ending);
        let read = tokio::task::spawn_blocking(move || std::fs::read(file)).await.ok()?;
        Some((Bytes::from(read.ok()?), encoding))
    }
}
