//! Numbers of cells as texts, and days that are counted.
use crate::Date;
use jiff::{SignedDuration, civil::date};

/// A number as it would be typed: at most fifteen digits are exact, and six decimals are more than money has.
pub(super) fn text(value: f64, mark: char) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let exact: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    // As many digits as are exact: behind thirteen before the mark there are two.
    let decimals = 15_usize.saturating_sub(format!("{:.0}", exact.abs().trunc()).len()).min(6);
    let mut text = format!("{exact:.decimals$}");
    if decimals == 0 {
        return text;
    }
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" {
        return "0".to_owned();
    }
    if let Some((_, decimals)) = text.split_once('.') {
        // Three digits behind the mark could be taken for a group.
        if decimals.len() == 3 {
            text.push('0');
        }
        text = text.replace('.', mark.encode_utf8(&mut [0; 4]));
    }
    text
}

/// The day (and time) that a serial number stands for: days since the end of 1899, or since 1904. Lotus 1-2-3 took
/// 1900 for a leap year, and so does everybody since.
pub(super) fn day(serial: f64, from_1904: bool) -> Option<String> {
    if !(0.0..=2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0).round();
    #[allow(clippy::cast_possible_truncation, reason = "less than 2^38")]
    let seconds = seconds as i64;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let first: Date = match (from_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 0..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    if days == 0 {
        // No day at all: a time.
        return Some(format!("{hour:02}:{minute:02}:{second:02}"));
    }
    let day = first.checked_add(SignedDuration::from_hours(days * 24)).ok()?;
    Some(if rest == 0 { day.to_string() } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (value, written) in [
            (250.0, "250"),
            (-33.5, "-33.5"),
            (1_234_567.889_999_999, "1234567.89"),
            (-9_999_999_999_999.99, "-9999999999999.99"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.1 + 0.2, "0.3"),
            (4.125, "4.1250"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
            (f64::NAN, ""),
        ] {
            assert_eq!(text(value, '.'), written);
        }
        assert_eq!(text(1.5, ','), "1,5");
    }

    #[test]
    fn days() {
        for (serial, from_1904, written) in [
            (43_449.0, false, "2018-12-15"),
            (45_352.5, false, "2024-03-01T12:00:00"),
            (59.0, false, "1900-02-28"),
            (61.0, false, "1900-03-01"),
            (41_987.0, true, "2018-12-15"),
            (0.75, false, "18:00:00"),
            (45_352.999_999_9, false, "2024-03-02"),
        ] {
            assert_eq!(day(serial, from_1904).as_deref(), Some(written));
        }
        assert_eq!(day(-1.0, false), None);
        assert_eq!(day(f64::INFINITY, false), None);
    }
}
