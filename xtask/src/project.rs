//! Where things are: the workspace's root, the target folder, the npm tools; and small helpers to read and walk files.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The places the commands work in.
pub struct Project {
    /// The workspace's root folder.
    pub root: PathBuf,
    /// Cargo's target folder (`CARGO_TARGET_DIR`, else `target`).
    pub target: PathBuf,
    /// Where npm put `wasm-opt` and `esbuild`.
    pub tools: PathBuf,
}

impl Project {
    /// Finds the workspace this program was compiled from, or, if that is gone, the one in the current folder.
    pub fn find() -> Result<Self, String> {
        let here = env::current_dir().map_err(|e| format!("no current folder: {e}"))?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file())
            .ok_or("run this inside the project: no xtask/Cargo.toml here or above")?
            .to_path_buf();
        let target = variable("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let tools = variable("WEALTHWISE_TOOLS").map_or_else(|| root.join("tools/node_modules/.bin"), PathBuf::from);
        Ok(Self { root, target, tools })
    }

    /// The path as a person would name it: from the root.
    pub fn short<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// An environment variable that is set and not empty.
#[allow(
    clippy::disallowed_methods,
    reason = "the build tool has no configuration but the environment of make and cargo"
)]
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// All files under `folder`, sorted, without hidden ones and without what tools generate. A missing folder has none.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let generated = matches!(name.as_str(), "target" | "node_modules" | "test-results" | "playwright-report");
            if (name.starts_with('.') && name != ".well-known") || generated {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Reads a file, naming it if that fails.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes a file and the folders above it; leaves it alone if it already holds just that, so that its time stays.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let named = |e: std::io::Error| format!("{}: {e}", path.display());
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(named)?;
    fs::write(path, bytes).map_err(named)
}
