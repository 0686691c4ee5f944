//! Encryption of what has to be read again, such as the key of a second factor.
use crate::Result;

/// Encrypts and decrypts with the program's own key.
pub trait Sealer: Send + Sync {
    /// The bytes, encrypted and bound to `purpose`, as text: other text each time.
    fn seal(&self, purpose: &str, bytes: &[u8]) -> Result<String>;
    /// The bytes again. [`Error::Internal`](crate::Error::Internal) for text that was changed, is for another purpose, or
    /// was sealed with a key that is not there.
    fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>>;
}
