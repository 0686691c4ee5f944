//! Money: a whole number of minor units and its currency. Exact, without floats.
use crate::{currency::Currency, problem::Problem};
use serde::{Deserialize, Serialize};

mod decimal;
mod split;

pub(crate) use decimal::minor_of_digits;
pub use decimal::{AmountError, MAX_MINOR, format_minor, parse_minor};
pub use split::{div_round, split_by_weights};

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why two amounts make no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// They are of two currencies: convert one of them first.
    #[error("amounts of two currencies")]
    CurrencyMismatch,
    /// The result has more than 15 digits.
    #[error("an amount of more than 15 digits")]
    Overflow,
}

impl Money {
    /// `minor` units (cents) of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// What it is an amount of.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, if both are of one currency and it can be kept (at most [`MAX_MINOR`] either way).
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference, under the same conditions.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// Plain digits with the currency's decimals: `12.34`, `-0.05`, `1200` (JPY).
    pub fn to_decimal(self) -> String {
        format_minor(self.minor, self.currency.exponent())
    }

    fn combine(self, other: Self, operation: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        operation(self.minor, other.minor)
            .filter(|minor| minor.unsigned_abs() <= MAX_MINOR.unsigned_abs())
            .map(|minor| Self::new(minor, self.currency))
            .ok_or(MoneyError::Overflow)
    }
}

impl AmountError {
    /// The problem that a field for an amount of `currency` has.
    pub fn problem(&self, currency: Currency) -> Problem {
        let exponent = currency.exponent();
        match self {
            Self::NotANumber => Problem::NotANumber,
            Self::TooManyDecimals => Problem::TooManyDecimals { max: exponent, unit: currency.code().to_owned() },
            Self::OutOfRange => {
                Problem::OutOfRange { min: format_minor(-MAX_MINOR, exponent), max: format_minor(MAX_MINOR, exponent) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stay_within_a_currency_and_the_range() {
        let ten = Money::new(1000, Currency::EUR);
        assert_eq!(ten.checked_add(Money::new(-1, Currency::EUR)), Ok(Money::new(999, Currency::EUR)));
        assert_eq!(ten.checked_sub(Money::new(1001, Currency::EUR)), Ok(Money::new(-1, Currency::EUR)));
        assert_eq!(ten.checked_add(Money::new(1, Currency::USD)), Err(MoneyError::CurrencyMismatch));
        let most = Money::new(MAX_MINOR, Currency::EUR);
        assert_eq!(most.checked_add(Money::new(1, Currency::EUR)), Err(MoneyError::Overflow));
        assert_eq!(Money::new(i64::MIN, Currency::EUR).checked_sub(ten), Err(MoneyError::Overflow));
    }

    #[test]
    fn plain_decimals() {
        for (minor, currency, text) in [
            (1234, Currency::EUR, "12.34"),
            (-5, Currency::EUR, "-0.05"),
            (0, Currency::EUR, "0.00"),
            (1200, Currency::JPY, "1200"),
            (-1, Currency::KWD, "-0.001"),
        ] {
            assert_eq!(Money::new(minor, currency).to_decimal(), text);
        }
    }

    #[test]
    fn problems_name_the_currency() {
        assert_eq!(
            AmountError::TooManyDecimals.problem(Currency::JPY),
            Problem::TooManyDecimals { max: 0, unit: "JPY".into() }
        );
        assert_eq!(
            AmountError::OutOfRange.problem(Currency::USD),
            Problem::OutOfRange { min: "-9999999999999.99".into(), max: "9999999999999.99".into() }
        );
    }
}
