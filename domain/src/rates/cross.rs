//! The rate between two currencies: two rates against the euro, kept as they are so that rounding happens once.
use super::Rate;
use crate::{
    currency::Currency,
    money::{div_round, format_minor},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How many digits a rate between two currencies is written with.
const DIGITS: u32 = 6;
/// Most decimals of a written rate.
const MOST_DECIMALS: u8 = 17;

/// What one unit of `base` is worth in `quote`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossRate {
    base: Currency,
    base_leg: Rate,
    quote: Currency,
    quote_leg: Rate,
}

impl CrossRate {
    pub(super) const fn new(base: Currency, base_leg: Rate, quote: Currency, quote_leg: Rate) -> Self {
        Self { base, base_leg, quote, quote_leg }
    }

    /// A currency is worth itself on any day.
    pub(super) const fn same(currency: Currency, on: Date) -> Self {
        Self::new(currency, Rate::one(on), currency, Rate::one(on))
    }

    /// One unit of this
    pub const fn base(&self) -> Currency {
        self.base
    }

    /// is worth so many of this.
    pub const fn quote(&self) -> Currency {
        self.quote
    }

    /// The day of the rate: of the older one, should the two be of different days.
    pub fn date(&self) -> Date {
        self.base_leg.date.min(self.quote_leg.date)
    }

    /// Minor units of the base as minor units of the quote: exact in 128 bits from both rates against the euro, then rounded
    /// once, half away from zero. None if it doesn't fit (never for amounts that can be kept).
    pub fn convert(&self, minor: i64) -> Option<i64> {
        let (multiplier, divisor) = self.ratio(self.quote.exponent().into(), self.base.exponent().into())?;
        i64::try_from(div_round(i128::from(minor).checked_mul(multiplier)?, divisor)).ok()
    }

    /// The rate as text. From the euro it is the bank's own; between others it is rounded to six significant digits (for
    /// showing: conversions don't use it).
    pub fn to_decimal(&self) -> String {
        if self.base_leg.mantissa == 1 && self.base_leg.scale == 0 {
            return self.quote_leg.to_decimal();
        }
        for decimals in 0..=MOST_DECIMALS {
            let Some((numerator, denominator)) = self.ratio(decimals.into(), 0) else { break };
            let digits = div_round(numerator, denominator);
            if digits >= 10_i128.pow(DIGITS - 1) || decimals == MOST_DECIMALS {
                return trimmed(&format_minor(i64::try_from(digits).unwrap_or(i64::MAX), decimals));
            }
        }
        // Not reached: twelve digits times ten to the 25th fit.
        "0".to_owned()
    }

    /// quote ÷ base × 10^`up` ÷ 10^`down`, as a fraction without common powers of ten.
    fn ratio(&self, up: i32, down: i32) -> Option<(i128, i128)> {
        let power = i32::from(self.base_leg.scale) - i32::from(self.quote_leg.scale) + up - down;
        let ten = 10_i128.checked_pow(power.unsigned_abs())?;
        let (quote, base) = (i128::from(self.quote_leg.mantissa), i128::from(self.base_leg.mantissa));
        if power >= 0 { Some((quote.checked_mul(ten)?, base)) } else { Some((quote, base.checked_mul(ten)?)) }
    }
}

fn trimmed(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAY: Date = date(2026, 10, 30);

    fn cross(base: (i64, u8), from: Currency, quote: (i64, u8), to: Currency) -> CrossRate {
        let leg = |(mantissa, scale)| Rate { mantissa, scale, date: DAY };
        CrossRate::new(from, leg(base), to, leg(quote))
    }

    #[test]
    fn six_digits() {
        for (base, quote, text) in [
            ((11_172, 4), (17_568, 2), "157.25"),
            ((17_568, 2), (11_172, 4), "0.00635929"),
            ((3, 0), (1, 0), "0.333333"),
            ((3, 0), (2, 0), "0.666667"),
            ((2, 0), (999_999_999_999, 0), "500000000000"),
            ((9, 0), (9_999_995, 0), "1111111"),
            ((2, 0), (2, 0), "1"),
            ((1, 0), (2_027_517, 2), "20275.17"),
        ] {
            assert_eq!(cross(base, Currency::USD, quote, Currency::JPY).to_decimal(), text);
        }
    }

    fn any_currency() -> impl Strategy<Value = Currency> {
        prop::sample::select(Currency::ALL)
    }

    proptest! {
        #[test]
        fn rounded_once(
            minor in -1_000_000_000_000_i64..=1_000_000_000_000,
            base in (1_i64..1_000_000_000, 0_u8..=8),
            quote in (1_i64..1_000_000_000, 0_u8..=8),
            (from, to) in (any_currency(), any_currency()),
        ) {
            let ten = |power: u8| 10_i128.pow(power.into());
            let numerator = i128::from(minor) * i128::from(quote.0) * ten(base.1 + to.exponent());
            let denominator = i128::from(base.0) * ten(quote.1 + from.exponent());
            let converted = cross(base, from, quote, to).convert(minor);
            if let Some(converted) = converted.filter(|converted| converted.abs() < 1_000_000_000_000_000) {
                prop_assert!((i128::from(converted) * denominator - numerator).abs() * 2 <= denominator);
                prop_assert_eq!(cross(base, from, quote, to).convert(-minor), Some(-converted));
            }
        }

        #[test]
        fn never_panics(
            minor: i64,
            base in (1_i64..=999_999_999_999, 0_u8..=8),
            quote in (1_i64..=999_999_999_999, 0_u8..=8),
            (from, to) in (any_currency(), any_currency()),
        ) {
            let rate = cross(base, from, quote, to);
            let _ = rate.convert(minor);
            prop_assert!(rate.to_decimal().parse::<f64>().is_ok_and(|value| value > 0.0));
        }
    }
}
