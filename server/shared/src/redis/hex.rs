//! Bytes as small hexadecimal digits, as they stand in keys.
use std::fmt::Write as _;

/// Two digits for each byte.
pub(super) fn encode(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The 32 bytes of a SHA-256.
pub(super) fn decode(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[digits..digits + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        let mut bytes = [0xa5; 32];
        bytes[0] = 7;
        assert_eq!(encode(&bytes), format!("07{}", "a5".repeat(31)));
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
        for wrong in ["", "07", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
