//! The minus and the currency around the digits of an amount.
use crate::{currency::Currency, locale::Locale};

/// Signs that people write and that aren't ours: with the codes that they can stand for.
const OTHER_SIGNS: &[(&str, &[&str])] = &[
    (
        "$",
        &[
            "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "XCD", "BBD", "BSD", "JMD",
            "TTD",
        ],
    ),
    ("US$", &["USD"]),
    ("$US", &["USD"]),
    ("AU$", &["AUD"]),
    ("C$", &["CAD"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("kr.", &["DKK", "SEK", "NOK", "ISK"]),
    ("fr", &["CHF"]),
    ("fr.", &["CHF"]),
    ("sfr", &["CHF"]),
    ("sfr.", &["CHF"]),
    ("¥", &["CNY"]),
    ("￥", &["JPY", "CNY"]),
    ("円", &["JPY"]),
    ("元", &["CNY"]),
    ("rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("rs.", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("euro", &["EUR"]),
];

impl Locale {
    /// Whether the amount is negative, and the number without its sign and its currency. None if there is more around it,
    /// or another currency than `wanted`.
    pub(super) fn without_affixes(self, text: &str, wanted: Option<Currency>) -> Option<(bool, &str)> {
        let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
        let text = text.trim();
        let start = text.find(|letter: char| letter.is_ascii_digit())?;
        // `.5` begins with its mark, but the full stop of `Fr.5` is the sign's.
        let has_mark = text[..start].ends_with(['.', ',']) && !text[..start - 1].ends_with(char::is_alphabetic);
        let start = if has_mark { start - 1 } else { start };
        let end = text.rfind(is_number)? + 1;
        // The full stop of a trailing `kr.` is no number's.
        let end = text[..end].rfind(|letter: char| letter.is_ascii_digit())? + 1 + trailing_mark(&text[..end]);
        let (before, number, after) = (&text[..start], text.get(start..end)?, text[end..].trim());

        let (negative, before) = without_sign(before)?;
        match (before, after) {
            ("", "") => {}
            (sign, "") | ("", sign) if self.stands_for(sign, wanted) => {}
            _ => return None,
        }
        Some((negative, number))
    }

    /// The currencies that a sign or code may stand for, what it means here first. Empty for what is none.
    pub(crate) fn currencies_of_sign(self, sign: &str) -> Vec<Currency> {
        let own = |currency: &Currency| same_sign(sign, self.symbol(*currency)) || sign == currency.code();
        let mut all: Vec<Currency> = Currency::ALL.iter().copied().filter(own).collect();
        all.extend(Currency::ALL.iter().copied().filter(|currency| self.stands_for(sign, Some(*currency))));
        let mut seen = Vec::with_capacity(all.len());
        all.retain(|currency| {
            !seen.contains(currency) && {
                seen.push(*currency);
                true
            }
        });
        all
    }

    /// Whether `sign` is a code or sign of `wanted`, or of any currency if none is wanted.
    fn stands_for(self, sign: &str, wanted: Option<Currency>) -> bool {
        let is_sign_of = |currency: Currency| {
            sign.eq_ignore_ascii_case(currency.code())
                || same_sign(sign, currency.symbol())
                || same_sign(sign, self.symbol(currency))
                || OTHER_SIGNS
                    .iter()
                    .any(|(other, codes)| other.eq_ignore_ascii_case(sign) && codes.contains(&currency.code()))
        };
        match wanted {
            Some(currency) => is_sign_of(currency),
            None => Currency::ALL.iter().copied().any(is_sign_of),
        }
    }
}

/// `Kč` for `kč`; the spaces within a sign are plain by now.
fn same_sign(typed: &str, symbol: &str) -> bool {
    typed.to_lowercase() == symbol.replace('\u{202f}', " ").to_lowercase()
}

/// 1 if a mark follows the last digit directly (`5.`: half-typed, and refused later), else 0.
fn trailing_mark(text: &str) -> usize {
    let digits_end = text.rfind(|letter: char| letter.is_ascii_digit()).map_or(0, |at| at + 1);
    usize::from(text[digits_end..].starts_with(['.', ',']))
}

/// Takes one + or - from the front or from between the currency and the digits.
fn without_sign(before: &str) -> Option<(bool, &str)> {
    let before = before.trim();
    let mut signs = before.chars().filter(|letter| matches!(letter, '+' | '-'));
    let (sign, None) = (signs.next(), signs.next()) else {
        return None;
    };
    let rest = match sign {
        None => before,
        Some(sign) => before.strip_prefix(sign).or_else(|| before.strip_suffix(sign))?.trim(),
    };
    Some((sign == Some('-'), rest))
}
