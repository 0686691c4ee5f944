//! Percentages with two decimals, held as whole numbers.
use crate::{
    money::{AmountError, div_round, format_minor, parse_minor},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A percentage in hundredths of a percent: 10000 is 100 %.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    /// 100 %.
    pub const WHOLE: Self = Self(10_000);

    /// Reads a plain decimal number from 0 to 100 with at most two decimals.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let hundredths = parse_minor(text, 2)?;
        u32::try_from(hundredths).map(Self).ok().filter(|value| *value <= Self::WHOLE).ok_or(AmountError::OutOfRange)
    }

    /// This percentage of an amount in minor units, rounded half away from zero.
    pub fn of(self, minor: i64) -> i64 {
        let share = div_round(i128::from(minor) * i128::from(self.0), i128::from(Self::WHOLE.0));
        i64::try_from(share).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX })
    }
}

/// Always with two decimals: `12.50`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&hundredths(u64::from(self.0)))
    }
}

/// Hundredths as text.
pub(super) fn hundredths(sum: u64) -> String {
    format_minor(i64::try_from(sum).unwrap_or(i64::MAX), 2)
}

/// What is wrong with amounts that sum to `sum` and not to `income`: the sum as a percentage of the income, with as many
/// decimals as it takes not to read 100.
pub(super) fn sum_problem(sum: i128, income: i64) -> Problem {
    if income <= 0 {
        let income = income.max(0).to_string();
        return Problem::OutOfRange { min: income.clone(), max: income };
    }
    let (mut hundred, mut decimals) = (10_000_i128, 2_u8);
    let mut percentage = div_round(sum * hundred, i128::from(income));
    while percentage == hundred && decimals < 16 {
        (hundred, decimals) = (hundred * 10, decimals + 1);
        percentage = div_round(sum * hundred, i128::from(income));
    }
    Problem::SumNot100 { sum: format_minor(i64::try_from(percentage).unwrap_or(i64::MAX), decimals) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_with_two_decimals() {
        assert_eq!(BasisPoints(1250).to_string(), "12.50");
        assert_eq!(BasisPoints(5).to_string(), "0.05");
        assert_eq!(BasisPoints::WHOLE.to_string(), "100.00");
    }

    #[test]
    fn read_exactly() {
        for (text, value) in [("12.5", 1250), ("0", 0), ("100", 10_000), ("100.00", 10_000), ("33.330", 3333)] {
            assert_eq!(BasisPoints::parse(text), Ok(BasisPoints(value)), "{text}");
        }
        for (text, error) in [
            ("100.01", AmountError::OutOfRange),
            ("-1", AmountError::OutOfRange),
            ("33.333", AmountError::TooManyDecimals),
            ("12%", AmountError::NotANumber),
            ("", AmountError::NotANumber),
        ] {
            assert_eq!(BasisPoints::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_share_of_an_amount() {
        assert_eq!(BasisPoints(1250).of(1000), 125);
        assert_eq!(BasisPoints(5000).of(-3), -2);
        assert_eq!(BasisPoints(u32::MAX).of(i64::MAX), i64::MAX);
    }
}
