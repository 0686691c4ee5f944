//! Backup and restore of the embedded store with all that is in its folder, as one `.tar.gz`.
//!
//! Written beside a running server: the database is copied as it is at one moment, then the files are read that its rows
//! may name, which were there before the rows were. Read again as a whole before it gets its name. What `restore` makes of
//! it has its name only once all of it is there and was checked.
mod manifest;
mod read;
mod seal;
#[cfg(test)]
mod tests;

mod write;

pub use manifest::{Manifest, PackedFile};
pub use read::restore;
pub use write::backup;

use sha2::{Digest as _, Sha256};
use std::{
    fmt::{Display, Write as _},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// A file with something that went wrong with it, in words.
fn at(path: &Path, what: impl Display) -> String {
    format!("{}: {what}", path.display())
}

/// The folder that a name is in.
fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Counts and hashes what is read through it.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
    size: u64,
}

impl<R: Read> Hashed<R> {
    fn new(inner: R) -> Self {
        Self { inner, hash: Sha256::default(), size: 0 }
    }

    /// What was read, under that name.
    fn packed(self, path: String) -> PackedFile {
        PackedFile { path, size: self.size, sha256: hex(&self.hash.finalize()) }
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.size += count as u64;
        Ok(count)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
