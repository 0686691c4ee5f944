//! One rate: an exact decimal and its day.
use crate::money::format_minor;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Twelve digits: with money's fifteen and both powers of ten they still fit 128 bits.
const LARGEST: i64 = 999_999_999_999;
/// As many decimals as any provider gives.
const MOST_DECIMALS: u8 = 8;

/// Units of a currency for one euro: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// all digits
    pub mantissa: i64,
    /// how many of them are decimals
    pub scale: u8,
    /// the day that the rate is of
    #[serde(with = "crate::wire::date")]
    pub date: Date,
}

impl Rate {
    /// Reads a plain decimal number (`1.1172`). Beyond eight decimals it is rounded half up; None if it is no number above
    /// zero with at most twelve digits.
    pub fn parse(text: &str, date: Date) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        if whole.is_empty() || fraction.is_empty() || whole.len() > 12 || fraction.len() > 40 {
            return None;
        }
        let mut mantissa = 0_i64;
        for digit in whole.chars().chain(fraction.chars().take(usize::from(MOST_DECIMALS))) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(digit.to_digit(10)?))?;
        }
        let beyond = fraction.get(usize::from(MOST_DECIMALS)..).unwrap_or_default();
        if !beyond.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        mantissa += i64::from(beyond.as_bytes().first().is_some_and(|&digit| digit >= b'5'));
        let scale = u8::try_from(fraction.len()).map_or(MOST_DECIMALS, |decimals| decimals.min(MOST_DECIMALS));
        Some(Self { mantissa, scale, date }.trimmed()).filter(Self::is_valid)
    }

    /// Whether it is above zero, with at most twelve digits and eight decimals.
    pub fn is_valid(&self) -> bool {
        (1..=LARGEST).contains(&self.mantissa) && self.scale <= MOST_DECIMALS
    }

    /// The number, without zeros at its end: `1.1172`, `136`.
    pub fn to_decimal(self) -> String {
        let trimmed = self.trimmed();
        format_minor(trimmed.mantissa, trimmed.scale)
    }

    /// The euro's own.
    pub(super) const fn one(date: Date) -> Self {
        Self { mantissa: 1, scale: 0, date }
    }

    /// Without zeros at the end of its decimals: one way to write each number.
    pub(super) const fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

/// A rate without its day, or none, in eight bytes: the mantissa and eight bits of scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell(i64);

impl Cell {
    pub(super) const NONE: Self = Self(0);

    /// None if it is no valid rate.
    pub(super) fn of(rate: Rate) -> Option<Self> {
        let rate = rate.trimmed();
        rate.is_valid().then(|| Self(rate.mantissa << 8 | i64::from(rate.scale)))
    }

    pub(super) fn rate(self, date: Date) -> Option<Rate> {
        let scale = u8::try_from(self.0 & 0xff).ok()?;
        (self != Self::NONE).then_some(Rate { mantissa: self.0 >> 8, scale, date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAY: Date = date(2026, 10, 30);

    #[test]
    fn read_and_written() {
        for (text, written) in [
            ("1.1172", "1.1172"),
            ("136", "136"),
            ("136.00", "136"),
            ("0.00012340", "0.0001234"),
            ("20275.17", "20275.17"),
            ("1.234567894", "1.23456789"),
            ("1.234567895", "1.2345679"),
            ("9999.99999999", "9999.99999999"),
        ] {
            assert_eq!(Rate::parse(text, DAY).unwrap().to_decimal(), written);
        }
    }

    #[test]
    fn refused() {
        for text in [
            "",
            "0",
            "0.000000001",
            "-1",
            "+1",
            "1.",
            ".5",
            "1e3",
            "N/A",
            "1,5",
            "1.5x",
            "1.12345678x",
            "99999.99999999",
            "١",
        ] {
            assert_eq!(Rate::parse(text, DAY), None, "{text}");
        }
        assert!(!Rate { mantissa: 0, scale: 0, date: DAY }.is_valid());
        assert!(!Rate { mantissa: 1, scale: 9, date: DAY }.is_valid());
    }

    proptest! {
        #[test]
        fn cells_keep_what_they_are_given(mantissa in 1..=LARGEST, scale in 0..=MOST_DECIMALS) {
            let rate = Rate { mantissa, scale, date: DAY }.trimmed();
            prop_assert_eq!(Cell::of(rate).and_then(|cell| cell.rate(DAY)), Some(rate));
            prop_assert_eq!(Rate::parse(&rate.to_decimal(), DAY), Some(rate));
        }

        #[test]
        fn never_panics(text in "[0-9.]{0,30}|\\PC{0,12}") {
            let _ = Rate::parse(&text, DAY);
        }
    }
}
