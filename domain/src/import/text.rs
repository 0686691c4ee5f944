//! Texts out of bank files: cleaned, cut to what is stored.
use std::borrow::Cow;

/// The longest payee, category or identification.
pub(super) const SHORT: usize = 255;
/// The longest memo.
pub(super) const LONG: usize = 2_000;
/// The longest piece of a refused record that is shown.
const RAW: usize = 200;

/// Without control characters and with single spaces; None where nothing is left. Cut at `max` characters.
pub(super) fn clean(text: &str, max: usize) -> Option<String> {
    let mut out = String::with_capacity(text.len().min(max * 4));
    let mut left = max;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || is_invisible(c) {
            gap |= c.is_whitespace() && !out.is_empty();
            continue;
        }
        let need = if gap { 2 } else { 1 };
        if left < need {
            break;
        }
        if gap {
            out.push(' ');
        }
        out.push(c);
        left -= need;
        gap = false;
    }
    (!out.is_empty()).then_some(out)
}

/// The start of a record, as it stands in the file, on one line.
pub(super) fn raw(record: &str) -> String {
    clean(record, RAW).unwrap_or_default()
}

/// Without marks that have no width (direction marks, byte order marks, zero-width blanks) and without blanks around.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let kept: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    Cow::Owned(kept.trim().to_owned())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Folded words with single spaces between them: what headers and words of the bank are compared by. Signs become blanks.
pub(super) fn words(text: &str) -> String {
    let folded = crate::merchant::fold(text);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaned() {
        assert_eq!(clean("  a \t b\r\nc\u{7}d ", 10).as_deref(), Some("a b cd"));
        assert_eq!(clean("ab cd", 4).as_deref(), Some("ab c"));
        assert_eq!(clean("ab cd", 3).as_deref(), Some("ab"));
        assert_eq!(clean(" \u{200f}\n", 9), None);
        assert_eq!(visible(" \u{feff}x\u{200f}y "), "xy");
    }

    #[test]
    fn folded_words() {
        assert_eq!(words("#Zaúčtovaná  částka (Kč)"), "zauctovana castka kc");
        assert_eq!(words("收/支"), "收 支");
    }
}
