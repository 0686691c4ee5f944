//! Bytes of files, found by their SHA-256. They are written before the row that names them; those that no row names are
//! swept.
use crate::Result;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// The SHA-256 of the bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 32]);

impl BlobId {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobId({self})")
    }
}

/// Why a text is no id of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a blob's id is 64 small hexadecimal digits")]
pub struct BlobIdError;

impl FromStr for BlobId {
    type Err = BlobIdError;
    fn from_str(text: &str) -> std::result::Result<Self, BlobIdError> {
        let mut bytes = [0; 32];
        let digit = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(BlobIdError),
        };
        if text.len() != 64 {
            return Err(BlobIdError);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

/// One that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    /// Which.
    pub id: BlobId,
    /// In bytes.
    pub size: u64,
    /// When it was put there last, by the clock of whatever keeps it.
    pub put_at: Timestamp,
}

/// Where bytes are kept: a folder, `GridFS`, a bucket.
#[async_trait::async_trait]
pub trait Blobs: Send + Sync {
    /// Keeps the bytes, durably when this returns. The same bytes again are kept once, with a new time.
    async fn put(&self, bytes: Vec<u8>) -> Result<BlobId>;
    /// The bytes. [`Error::Internal`](crate::Error::Internal) when they are not what was put there.
    async fn get(&self, id: BlobId) -> Result<Option<Vec<u8>>>;
    /// Whether there is one of that id. Its bytes are not looked at.
    async fn contains(&self, id: BlobId) -> Result<bool>;
    /// Those after that one in the order of their ids, at most `limit`.
    async fn list(&self, after: Option<BlobId>, limit: usize) -> Result<Vec<StoredBlob>>;
    /// Deletes one if it was last put there before that time. Whether it did.
    async fn delete_older(&self, id: BlobId, before: Timestamp) -> Result<bool>;
    /// Removes what puts have left behind that were cut off before that time and never came to their end. How many.
    async fn drop_unfinished(&self, before: Timestamp) -> Result<u64>;
    /// Whether it answers.
    async fn blobs_ready(&self) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_as_they_are_read() {
        // FIPS 180-4's example of one block.
        let id = BlobId::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((id.to_string().as_str(), text.parse()), (text, Ok(id)));
        for wrong in ["", "ba", &text.to_uppercase(), &text.replace('7', "g"), &format!("{text}0"), &"é".repeat(32)] {
            assert_eq!(wrong.parse::<BlobId>(), Err(BlobIdError), "{wrong}");
        }
    }
}
