//! What an archive says of itself, as JSON in its last entry.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::transfer::Census;

/// The name of the last entry.
pub(super) const NAME: &str = "wealthwise-manifest.json";
/// The layout that this program writes and reads.
const FORMAT: u32 = 1;

/// What is in an archive, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// The version of the archive's layout.
    format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The version of the database's schema.
    pub schema: i64,
    /// When the copy was made, UTC.
    pub created: Timestamp,
    /// All other entries, in their order.
    pub files: Vec<PackedFile>,
    /// What the database holds.
    pub census: Census,
}

/// An entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedFile {
    /// Its place in the data folder, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// Of an archive that this program writes.
    pub(super) fn new(schema: i64, created: Timestamp, files: Vec<PackedFile>, census: Census) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, program, schema, created, files, census }
    }

    /// Reads one. One of a newer layout is named as such, whatever it says besides.
    pub(super) fn read(json: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let wrong = |error: serde_json::Error| format!("its manifest can't be read: {error}");
        match serde_json::from_slice::<Format>(json).map_err(wrong)?.format {
            FORMAT => serde_json::from_slice(json).map_err(wrong),
            newer if newer > FORMAT => Err(format!("it was written by a newer program (format {newer})")),
            other => Err(format!("its format {other} is unknown")),
        }
    }
}
