//! Numbers in JSON, written from their own text: no float comes near an amount.
use domain::money::{Money, format_minor};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;
use std::borrow::Cow;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// A decimal number as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// An amount in the decimals of its currency: `12.34`.
    pub fn of(money: Money) -> Self {
        Self(money.to_decimal())
    }

    /// Minor units with `exponent` decimals.
    pub fn minor(minor: i64, exponent: u8) -> Self {
        Self(format_minor(minor, exponent))
    }

    /// Hundredths of a percent, as a number with two decimals: `15.00`.
    pub fn percent(basis_points: i64) -> Self {
        Self(format_minor(basis_points, 2))
    }

    /// A decimal that is text already, such as a rate.
    pub fn text(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        let description = "A decimal number, exact: an amount has the decimals of its currency, a percentage two.";
        ObjectBuilder::new().schema_type(Type::Number).description(Some(description)).build().into()
    }
}

impl ToSchema for Decimal {
    fn name() -> Cow<'static, str> {
        "Decimal".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::currency::Currency;

    #[test]
    fn numbers_are_plain_and_exact() {
        for (decimal, text) in [
            (Decimal::of(Money::new(1_234, Currency::EUR)), "12.34"),
            (Decimal::of(Money::new(-5, Currency::EUR)), "-0.05"),
            (Decimal::of(Money::new(1_200, Currency::JPY)), "1200"),
            (Decimal::of(Money::new(999_999_999_999_999, Currency::KWD)), "999999999999.999"),
            (Decimal::percent(1_500), "15.00"),
            (Decimal::text("1.08430"), "1.08430"),
        ] {
            assert_eq!(serde_json::to_string(&decimal).unwrap(), text);
        }
        assert!(serde_json::to_string(&Decimal::text("1, \"x\": 2")).is_err());
    }
}
