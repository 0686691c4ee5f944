//! Merchants: what a bank prints, and the key under which two prints are the same shop.
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

mod clean;
mod noise;

pub(crate) use clean::key_of;
pub use clean::{CleanMerchant, clean};

/// Prefixes that payment processors put before the shop's own name.
const PROCESSORS: [&str; 9] = ["sq *", "paypal *", "pp*", "tst*", "tst* ", "sp *", "sumup *", "zettle_*", "klarna*"];

/// Lower case without accents: what search and comparison see (NFKD, combining marks dropped, `ß` as `ss`).
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    lower.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(FoldedChar::new).collect()
}

struct FoldedChar(&'static str, Option<char>);

impl FoldedChar {
    fn new(c: char) -> Self {
        match c {
            'ß' => Self("ss", None),
            'ø' => Self("o", None),
            'ł' => Self("l", None),
            'æ' => Self("ae", None),
            'œ' => Self("oe", None),
            'đ' => Self("d", None),
            other => Self("", Some(other)),
        }
    }
}

impl Iterator for FoldedChar {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.1.take() {
            return Some(c);
        }
        let mut rest = self.0.chars();
        let next = rest.next();
        self.0 = rest.as_str();
        next
    }
}

/// The key of a merchant: folded, without a processor's prefix, without numbers of stores, cards and receipts (words
/// that hold a digit) and without punctuation; at most 80 characters. `SQ *JOE'S COFFEE #1234` and `Joe's Coffee` agree.
pub fn merchant_key(printed: &str) -> String {
    let folded = fold(printed);
    let mut rest = folded.trim();
    while let Some(stripped) = PROCESSORS.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        rest = stripped.trim_start();
    }
    let words = |keep_digits: bool| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .map(|word| word.replace(['\'', '’'], ""))
            .filter(|word| !word.is_empty() && (keep_digits || !word.contains(|c: char| c.is_ascii_digit())))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let key = words(false);
    let key = if key.is_empty() { words(true) } else { key };
    key.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_shop_one_key() {
        let table = [
            ("SQ *JOE'S COFFEE #1234", "joes coffee"),
            ("Joe's Coffee", "joes coffee"),
            ("REWE Markt GmbH 0815 Köln", "rewe markt gmbh koln"),
            ("PAYPAL *SPOTIFY", "spotify"),
            ("7-11", "7 11"),
            ("Straße der Bäcker", "strasse der backer"),
            ("", ""),
        ];
        for (printed, key) in table {
            assert_eq!(merchant_key(printed), key, "{printed}");
        }
    }
}
