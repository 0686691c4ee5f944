//! Percentages as people type and read them in a field.
use domain::{allocation::BasisPoints, locale::Locale};

/// `30`, `12.5`, `12,5`: no more decimals than there are.
pub fn written(locale: Locale, share: BasisPoints) -> String {
    let text = locale.format_number(i64::from(share.0), 2);
    let mark = locale.decimal_mark();
    match text.split_once(mark) {
        Some((whole, "00")) => whole.to_owned(),
        Some((whole, decimals)) => format!("{whole}{mark}{}", decimals.trim_end_matches('0')),
        None => text,
    }
}

/// What was typed, with or without the sign; none while it is no percentage from 0 to 100.
pub fn read(locale: Locale, text: &str) -> Option<BasisPoints> {
    let hundredths = locale.parse_amount(text.trim().trim_end_matches('%').trim_end(), 2).ok()?;
    u32::try_from(hundredths).ok().map(BasisPoints).filter(|share| *share <= BasisPoints::WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for (tag, share, text) in [
            ("en-US", 3_000, "30"),
            ("en-US", 1_250, "12.5"),
            ("en-US", 5, "0.05"),
            ("de-DE", 1_250, "12,5"),
            ("de-DE", 10_000, "100"),
            ("de-CH", 3_333, "33.33"),
        ] {
            let locale = Locale::from_tag(tag);
            assert_eq!(written(locale, BasisPoints(share)), text);
            assert_eq!(read(locale, text), Some(BasisPoints(share)));
        }
    }

    #[test]
    fn what_is_none() {
        let locale = Locale::from_tag("de-DE");
        assert_eq!(read(locale, " 12.5 % "), Some(BasisPoints(1_250)));
        for text in ["", "-1", "101", "abc", "1,234"] {
            assert_eq!(read(locale, text), None, "{text}");
        }
    }
}
