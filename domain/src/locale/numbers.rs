//! Writing amounts, counts and percentages.
use super::{
    Locale,
    table::{Format, MoneyPattern},
};
use crate::money::{Money, div_round, format_minor};

const NO_BREAK_SPACE: &str = "\u{a0}";

impl Locale {
    /// An amount with its currency's sign: `$1,234.50`, `−$3.20`, `1.234,50 €`.
    pub fn format_money(self, money: Money) -> String {
        let format = self.format();
        let digits = grouped(format, format.group, money.minor().unsigned_abs(), money.currency().exponent());
        let symbol = self.symbol(money.currency());
        let minus = sign(money.minor());
        // CLDR currencySpacing: a sign that ends in a letter keeps its distance from digits.
        let distance = if symbol.ends_with(char::is_alphanumeric) { NO_BREAK_SPACE } else { "" };
        match format.money {
            MoneyPattern::SignFirst => format!("{minus}{symbol}{distance}{digits}"),
            MoneyPattern::SignFirstSpaced => format!("{minus}{symbol}{NO_BREAK_SPACE}{digits}"),
            MoneyPattern::Swiss if money.minor() < 0 => format!("{symbol}{minus}{digits}"),
            MoneyPattern::Swiss => format!("{symbol}{NO_BREAK_SPACE}{digits}"),
            MoneyPattern::SignLast => format!("{minus}{digits}{NO_BREAK_SPACE}{symbol}"),
        }
    }

    /// An amount of minor units without a sign of currency, for columns that name it once: `1,234.50`.
    pub fn format_number(self, minor: i64, exponent: u8) -> String {
        let format = self.format();
        format!("{}{}", sign(minor), grouped(format, format.group, minor.unsigned_abs(), exponent))
    }

    /// A percentage of basis points (10000 is 100 %), rounded half away from zero to `decimals`: `12.5%`, `12,5 %`.
    pub fn format_percent(self, basis_points: i64, decimals: u8) -> String {
        let format = self.format();
        // Three decimals and more would only be zeros.
        let decimals = decimals.min(2);
        let rounded = div_round(i128::from(basis_points), [100, 10, 1][usize::from(decimals)]);
        let rounded = i64::try_from(rounded).unwrap_or(i64::MAX);
        let digits = grouped(format, format.count_group, rounded.unsigned_abs(), decimals);
        format!("{}{digits}{}", sign(rounded), format.percent)
    }

    /// A number of things: `12,345`.
    pub fn format_count(self, count: i64) -> String {
        let format = self.format();
        format!("{}{}", sign(count), grouped(format, format.count_group, count.unsigned_abs(), 0))
    }
}

/// What stands before negative numbers: U+2212, as wide as a plus and with no line break after it.
fn sign(number: i64) -> &'static str {
    if number < 0 { "\u{2212}" } else { "" }
}

/// Digits with marks between their groups and before the decimals.
fn grouped(format: &Format, group: char, magnitude: u64, exponent: u8) -> String {
    // Amounts have 15 digits; the one beyond i64 is written wrongly rather than not at all.
    let plain = format_minor(i64::try_from(magnitude).unwrap_or(i64::MAX), exponent);
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() * 2);
    let has_groups = whole.len() >= 3 + format.min_group;
    for (index, digit) in whole.chars().enumerate() {
        let after = whole.len() - index;
        let boundary = after == 3 || after > 3 && (after - 3) % if format.lakh { 2 } else { 3 } == 0;
        if has_groups && index > 0 && boundary {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(format.decimal);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    fn money(tag: &str, minor: i64, currency: Currency) -> String {
        Locale::from_tag(tag).format_money(Money::new(minor, currency)).replace('\u{a0}', "·")
    }

    #[test]
    fn signs_and_minuses() {
        for (tag, minor, currency, text) in [
            ("en-US", 123_450, Currency::USD, "$1,234.50"),
            ("en-US", -320, Currency::USD, "−$3.20"),
            ("en-US", -320, Currency::CHF, "−CHF·3.20"),
            ("en-US", 1200, Currency::JPY, "¥1,200"),
            ("en-US", 1, Currency::KWD, "KWD·0.001"),
            ("en-GB", 0, Currency::GBP, "£0.00"),
            ("en-IN", 1_234_567_850, Currency::INR, "₹1,23,45,678.50"),
            ("de-DE", 123_450, Currency::EUR, "1.234,50·€"),
            ("de-DE", -5, Currency::EUR, "−0,05·€"),
            ("de-AT", -123_450, Currency::EUR, "−€·1.234,50"),
            ("de-CH", 123_450, Currency::CHF, "CHF·1'234.50"),
            ("de-CH", -123_450, Currency::CHF, "CHF−1'234.50"),
            ("fr-FR", 123_450, Currency::EUR, "1\u{202f}234,50·€"),
            ("es-ES", 123_450, Currency::EUR, "1234,50·€"),
            ("es-ES", 1_234_500, Currency::EUR, "12.345,00·€"),
            ("ja-JP", -123_450, Currency::JPY, "−￥123,450"),
        ] {
            assert_eq!(money(tag, minor, currency), text, "{tag}");
        }
    }

    #[test]
    fn percentages() {
        let percent =
            |tag, points, decimals| Locale::from_tag(tag).format_percent(points, decimals).replace('\u{a0}', "·");
        assert_eq!(percent("en-US", 1250, 1), "12.5%");
        assert_eq!(percent("en-US", 1250, 0), "13%");
        assert_eq!(percent("en-US", -4, 1), "0.0%");
        assert_eq!(percent("de-DE", -123_456, 2), "−1.234,56·%");
        assert_eq!(percent("de-AT", 123_456, 0), "1·235·%");
        assert_eq!(percent("de-DE", i64::MIN, 9).len(), "−92.233.720.368.547.758,07·%".len());
    }

    #[test]
    fn counts() {
        assert_eq!(Locale::from_tag("en-US").format_count(-12_345), "−12,345");
        assert_eq!(Locale::from_tag("es-ES").format_count(1234), "1234");
        assert_eq!(Locale::from_tag("hi-IN").format_count(100_000), "1,00,000");
        assert_eq!(Locale::from_tag("de-AT").format_count(1234), "1\u{a0}234");
        assert_eq!(Locale::from_tag("de-AT").format_number(123_456, 2), "1.234,56");
        assert_eq!(Locale::from_tag("de-DE").format_number(-99, 2), "−0,99");
    }
}
