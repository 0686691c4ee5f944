//! The file that proves an expense: what is known of it. Its bytes are elsewhere.
use super::Expense;
use crate::ids::FileId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The longest name that is kept, in characters.
const NAME: usize = 100;

words! {
    /// What a receipt is kept as.
    ReceiptKind { Jpeg = "image/jpeg", Pdf = "application/pdf" }
}

impl ReceiptKind {
    /// How the names of such files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
        }
    }
}

/// A file that proves an expense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Where it is read.
    pub file_id: FileId,
    /// What it was called; only shown, and what a download is called.
    pub filename: String,
    /// What it is.
    pub content_type: ReceiptKind,
    /// In bytes, as it is kept.
    pub size: u64,
    /// Of the bytes that are kept: 64 small hexadecimal digits.
    pub sha256: String,
}

/// The name of a file as it is kept: without folders and control characters, with the ending of what it is.
pub fn filename(name: &str, kind: ReceiptKind) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Direction marks could make one ending look like another.
    let shown = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = own.chars().filter(shown).collect();
    let stem = clean.rsplit_once('.').map_or(clean.as_str(), |(stem, _)| stem).trim().trim_matches('.');
    let stem: String = stem.chars().take(NAME - 1 - kind.extension().len()).collect();
    let stem = if stem.trim().is_empty() { "receipt" } else { stem.trim() };
    format!("{stem}.{}", kind.extension())
}

impl Expense {
    /// Whether it has that file.
    pub fn has_file(&self, id: FileId) -> bool {
        self.receipt.as_ref().is_some_and(|receipt| receipt.file_id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless_and_end_in_what_the_file_is() {
        for (given, kept) in [
            ("Rewe 3.4.png", "Rewe 3.4.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\photos\\a.heic", "a.jpg"),
            ("", "receipt.jpg"),
            ("...", "receipt.jpg"),
            (".png", "receipt.jpg"),
            ("a\u{202e}gpj.exe", "agpj.jpg"),
            ("two\nlines\0.jpg", "twolines.jpg"),
        ] {
            assert_eq!(filename(given, ReceiptKind::Jpeg), kept, "{given:?}");
        }
        let long = filename(&"ü".repeat(300), ReceiptKind::Pdf);
        assert_eq!(long.chars().count(), NAME);
        assert!(long.ends_with("ü.pdf"));
    }
}
