//! Decimal numbers as text, exactly, both ways.

/// The largest amount that is kept, in minor units of any currency: 15 digits.
pub const MAX_MINOR: i64 = 999_999_999_999_999;

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a number, or not without guessing.
    #[error("not a number")]
    NotANumber,
    /// More decimals than there are minor units.
    #[error("too many decimals")]
    TooManyDecimals,
    /// More than 15 digits in minor units, or outside of what is asked for.
    #[error("out of range")]
    OutOfRange,
}

/// `minor` units as a plain decimal number with `exponent` decimals; zero has no sign.
pub fn format_minor(minor: i64, exponent: u8) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let decimals = usize::from(exponent);
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Reads a plain decimal number (RFC 8259 without the exponent form, leading zeros allowed) into minor units, exactly.
/// Zeros beyond the exponent are fine (`388.6400`), other digits are not.
pub fn parse_minor(text: &str, exponent: u8) -> Result<i64, AmountError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(AmountError::NotANumber),
        Some(parts) => parts,
        None => (digits, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    minor_of_digits(whole, fraction, exponent).map(|minor| if negative { -minor } else { minor })
}

/// The same from digits before and after the mark (both ASCII digits only). At least zero.
pub(crate) fn minor_of_digits(whole: &str, fraction: &str, exponent: u8) -> Result<i64, AmountError> {
    let decimals = usize::from(exponent);
    let (kept, beyond) = fraction.split_at(decimals.min(fraction.len()));
    if beyond.bytes().any(|digit| digit != b'0') {
        return Err(AmountError::TooManyDecimals);
    }
    let padding = std::iter::repeat_n(b'0', decimals - kept.len());
    whole
        .bytes()
        .chain(kept.bytes())
        .chain(padding)
        .try_fold(0_i64, |minor, digit| {
            let minor = minor * 10 + i64::from(digit - b'0');
            (minor <= MAX_MINOR).then_some(minor)
        })
        .ok_or(AmountError::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn exact() {
        for (text, exponent, minor) in [
            ("12.34", 2, 1234),
            ("12.3", 2, 1230),
            ("12", 2, 1200),
            ("-0.05", 2, -5),
            ("-0", 2, 0),
            ("0.00", 2, 0),
            ("-388.6400", 2, -38_864),
            ("1200", 0, 1200),
            ("1200.0", 0, 1200),
            ("1.234", 3, 1234),
            ("0007", 0, 7),
            ("9999999999999.99", 2, MAX_MINOR),
            ("-999999999999999", 0, -MAX_MINOR),
            ("000000000000000000000000001", 0, 1),
        ] {
            assert_eq!(parse_minor(text, exponent), Ok(minor), "{text}");
        }
    }

    #[test]
    fn refused() {
        use AmountError::{NotANumber, OutOfRange, TooManyDecimals};
        for (text, exponent, error) in [
            ("", 2, NotANumber),
            ("-", 2, NotANumber),
            (".", 2, NotANumber),
            (".5", 2, NotANumber),
            ("5.", 2, NotANumber),
            ("+5", 2, NotANumber),
            ("--5", 2, NotANumber),
            ("1e3", 2, NotANumber),
            ("NaN", 2, NotANumber),
            ("inf", 2, NotANumber),
            (" 5", 2, NotANumber),
            ("5 ", 2, NotANumber),
            ("1,5", 2, NotANumber),
            ("1.2.3", 2, NotANumber),
            ("1.-2", 2, NotANumber),
            ("１２", 2, NotANumber),
            ("0x10", 2, NotANumber),
            ("12.345", 2, TooManyDecimals),
            ("1200.5", 0, TooManyDecimals),
            ("10000000000000.00", 2, OutOfRange),
            ("99999999999999999999999999999999", 0, OutOfRange),
        ] {
            assert_eq!(parse_minor(text, exponent), Err(error), "{text}");
        }
    }

    #[test]
    fn the_extremes_of_the_type_are_written_too() {
        assert_eq!(format_minor(i64::MIN, 2), "-92233720368547758.08");
        assert_eq!(format_minor(i64::MAX, 0), "9223372036854775807");
    }

    proptest! {
        #[test]
        fn both_ways(minor in -MAX_MINOR..=MAX_MINOR, exponent in 0_u8..=4) {
            let text = format_minor(minor, exponent);
            prop_assert!(!text.starts_with("-0.00") || minor != 0);
            prop_assert_eq!(parse_minor(&text, exponent), Ok(minor));
        }

        #[test]
        fn never_panics(text in "\\PC{0,24}", exponent in 0_u8..=4) {
            let _ = parse_minor(&text, exponent);
        }

        #[test]
        fn digits_never_panic(text in "-?[0-9]{0,20}[.,]?[0-9]{0,8}", exponent in 0_u8..=4) {
            if let Ok(minor) = parse_minor(&text, exponent) {
                prop_assert!(minor.abs() <= MAX_MINOR);
            }
        }
    }
}
