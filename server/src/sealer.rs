//! Encryption at rest: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with the program's own key, a fresh nonce each time,
//! and what the text is for bound to it. Sealed text: `v1.KEY.BYTES`, where KEY tells which key it was and BYTES is
//! nonce and ciphertext in base64url.
use crate::folder;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use service::{
    Error, Result,
    ports::{Random, sealer::Sealer},
};
use sha2::{Digest as _, Sha256};
use std::{io, path::Path, sync::Arc};

/// How many bytes a key has.
pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const VERSION: &str = "v1";

/// Seals with one key.
pub struct KeySealer {
    cipher: XChaCha20Poly1305,
    id: String,
    random: Arc<dyn Random>,
}

impl KeySealer {
    /// With that key.
    pub fn new(key: &[u8; KEY_BYTES], random: Arc<dyn Random>) -> Self {
        let id = URL_SAFE_NO_PAD.encode(&Sha256::digest(key)[..6]);
        Self { cipher: XChaCha20Poly1305::new(key.into()), id, random }
    }

    /// With the key in that folder, made now if there is none. The error names what went wrong, not the key.
    pub fn in_folder(data: &Path, random: Arc<dyn Random>) -> io::Result<Self> {
        let key = folder::secret(data, folder::ENCRYPTION_KEY, &*random)?;
        Ok(Self::new(&key, random))
    }
}

impl Sealer for KeySealer {
    fn seal(&self, purpose: &str, bytes: &[u8]) -> Result<String> {
        let mut nonce = [0; NONCE_BYTES];
        self.random.fill(&mut nonce);
        let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::Internal("sealing failed".to_owned()))?;
        let bytes: Vec<u8> = nonce.into_iter().chain(sealed).collect();
        Ok(format!("{VERSION}.{}.{}", self.id, URL_SAFE_NO_PAD.encode(bytes)))
    }

    fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>> {
        let mut parts = sealed.splitn(3, '.');
        let (version, key, bytes) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
        if version != Some(VERSION) {
            return Err(Error::Internal("a sealed text of another version".to_owned()));
        }
        if key != Some(&self.id) {
            let other = "sealed with another key: ENCRYPTION_SECRET, or the key in the data folder, was changed";
            return Err(Error::Internal(other.to_owned()));
        }
        let bytes = URL_SAFE_NO_PAD.decode(bytes).unwrap_or_default();
        let damaged = || Error::Internal("a sealed text is damaged, or for something else".to_owned());
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(damaged)?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    fn sealer(key: u8) -> KeySealer {
        KeySealer::new(&[key; KEY_BYTES], Arc::new(SystemRandom))
    }

    #[test]
    fn what_is_sealed_opens_for_the_same_purpose_with_the_same_key() {
        let sealed = sealer(1).seal("totp", b"a key").unwrap();
        assert_eq!(sealer(1).open("totp", &sealed).unwrap(), b"a key");
        assert!(!sealed.contains("a key"));
        assert_ne!(sealed, sealer(1).seal("totp", b"a key").unwrap(), "each has its own nonce");
        assert!(sealer(1).open("mail", &sealed).is_err());
        let other = sealer(2).open("totp", &sealed).unwrap_err();
        assert!(other.to_string().contains("ENCRYPTION_SECRET"), "{other}");
    }

    #[test]
    fn what_was_changed_does_not_open() {
        let sealed = sealer(1).seal("totp", b"a key").unwrap();
        let head = sealed.rfind('.').unwrap() + 1;
        for at in head..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'Q' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(sealer(1).open("totp", &changed).is_err(), "{changed}");
        }
        for wrong in ["", "v1", "v1..", "v2.x.y", &sealed[..head], &sealed[..head + 8]] {
            assert!(sealer(1).open("totp", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_folder_keeps_its_key_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = KeySealer::in_folder(folder.path(), Arc::new(SystemRandom)).unwrap();
        let sealed = first.seal("totp", b"a key").unwrap();
        let again = KeySealer::in_folder(folder.path(), Arc::new(SystemRandom)).unwrap();
        assert_eq!(again.open("totp", &sealed).unwrap(), b"a key");
        let file = folder.path().join(folder::ENCRYPTION_KEY);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&file, "not a key").unwrap();
        assert!(KeySealer::in_folder(folder.path(), Arc::new(SystemRandom)).is_err());
    }
}
