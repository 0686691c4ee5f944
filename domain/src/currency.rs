//! Currencies: the active ones of ISO 4217 that people are paid in and pay with.
//!
//! An own table and not the `iso_currency` crate (0.7): that one still lists what has gone (ANG, BGN, HRK, ZWL) and funds,
//! and its generated matches over countries and flags weigh more in the browser than these rows do.
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{borrow::Cow, fmt, str::FromStr};

mod table;

use table::ROWS;

/// An active ISO 4217 currency. Ordered by code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(u8);

/// A text that is no active ISO 4217 code in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an active ISO 4217 currency code")]
pub struct UnknownCurrency;

macro_rules! named {
    ($($code:ident)+) => {
        #[allow(missing_docs, reason = "the codes are the documentation")]
        impl Currency {
            $(pub const $code: Self = named(stringify!($code));)+
        }
    };
}

named! {
    AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW KWD MXN MYR NGN NOK NZD PHP
    PLN RON RUB SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR
}

impl Currency {
    /// All of them, by code.
    pub const ALL: &'static [Self] = &ALL;

    /// The three capital letters, such as `EUR`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The three-digit number that bank files use at times (840 is the US dollar).
    pub fn numeric(self) -> u16 {
        self.row().numeric
    }

    /// How many decimals the currency has: minor units are 10 to the minus this.
    pub fn exponent(self) -> u8 {
        self.row().exponent
    }

    /// The sign where no place is known: `$` is the US dollar, other dollars are marked (`CA$`), and where no sign is
    /// unmistakable it is the code. What a reader in Canada calls `$` is [`crate::locale::Locale::symbol`]'s to say.
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The German name.
    pub fn name_de(self) -> &'static str {
        self.row().name_de
    }

    /// Like [`FromStr`], but forgives spaces around and small letters.
    pub fn from_code_lenient(text: &str) -> Result<Self, UnknownCurrency> {
        let text = text.trim();
        if text.len() == 3 { text.to_ascii_uppercase().parse() } else { Err(UnknownCurrency) }
    }

    /// By the number that stands for it in bank files.
    pub fn from_numeric(numeric: u16) -> Option<Self> {
        Self::ALL.iter().copied().find(|currency| currency.numeric() == numeric)
    }

    fn row(self) -> &'static table::Row {
        &ROWS[usize::from(self.0)]
    }
}

#[allow(clippy::cast_possible_truncation, reason = "there are fewer than 256")]
const ALL: [Currency; ROWS.len()] = {
    let mut all = [Currency(0); ROWS.len()];
    let mut index = 0;
    while index < all.len() {
        all[index] = Currency(index as u8);
        index += 1;
    }
    all
};

/// Finds a code while compiling: a code that is not in the table does not compile.
const fn named(code: &str) -> Currency {
    let wanted = code.as_bytes();
    let mut index = 0;
    while index < ROWS.len() {
        let there = ROWS[index].code.as_bytes();
        if there[0] == wanted[0] && there[1] == wanted[1] && there[2] == wanted[2] {
            return ALL[index];
        }
        index += 1;
    }
    panic!("no such currency")
}

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        ROWS.binary_search_by(|row| row.code.cmp(text)).map(|index| ALL[index]).map_err(|_| UnknownCurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        code.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_sorted_and_unique() {
        assert!(ROWS.is_sorted_by(|a, b| a.code < b.code));
        let numbers: BTreeSet<_> = ROWS.iter().map(|row| row.numeric).collect();
        assert_eq!(numbers.len(), ROWS.len());
        for row in &ROWS {
            assert!(row.code.len() == 3 && row.code.bytes().all(|letter| letter.is_ascii_uppercase()), "{}", row.code);
            assert!(!row.symbol.is_empty() && !row.name.is_empty() && !row.name_de.is_empty(), "{}", row.code);
        }
    }

    #[test]
    fn no_sign_is_given_twice() {
        let signs: BTreeSet<_> = ROWS.iter().map(|row| row.symbol).collect();
        assert_eq!(signs.len(), ROWS.len());
    }

    #[test]
    fn exponents() {
        let with = |exponent| -> Vec<&str> {
            ROWS.iter().filter(|row| row.exponent == exponent).map(|row| row.code).collect()
        };
        assert_eq!(with(0).join(" "), "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF");
        assert_eq!(with(3).join(" "), "BHD IQD JOD KWD LYD OMR TND");
        assert!(ROWS.iter().all(|row| matches!(row.exponent, 0 | 2 | 3)));
        assert_eq!("MRU".parse::<Currency>().unwrap().exponent(), 2);
        assert_eq!("MGA".parse::<Currency>().unwrap().exponent(), 2);
    }

    #[test]
    fn what_has_gone_and_what_has_come() {
        for code in
            ["HRK", "BGN", "ANG", "ZWL", "SLL", "CUC", "MRO", "STD", "VEF", "BYR", "LTL", "CLF", "XAU", "XDR", "XXX"]
        {
            assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency), "{code}");
        }
        for (code, number) in
            [("XCG", 532), ("ZWG", 924), ("SLE", 925), ("VED", 926), ("VES", 928), ("MRU", 929), ("STN", 930)]
        {
            assert_eq!(code.parse::<Currency>().map(Currency::numeric), Ok(number), "{code}");
        }
    }

    #[test]
    fn codes_are_read_exactly_or_leniently() {
        assert_eq!("EUR".parse(), Ok(Currency::EUR));
        for text in ["", "eur", " EUR", "EURO", "€", "ÄÖ"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
        assert_eq!(Currency::from_code_lenient(" eur\n"), Ok(Currency::EUR));
        assert_eq!(Currency::from_code_lenient("éU"), Err(UnknownCurrency));
        assert_eq!(Currency::from_numeric(978), Some(Currency::EUR));
        assert_eq!(Currency::from_numeric(0), None);
    }

    #[test]
    fn json_is_the_code_borrowed_or_owned() {
        assert_eq!(serde_json::to_string(&Currency::JPY).unwrap(), "\"JPY\"");
        assert_eq!(serde_json::from_str::<Currency>("\"JPY\"").unwrap(), Currency::JPY);
        assert_eq!(serde_json::from_str::<Currency>("\"\\u004aPY\"").unwrap(), Currency::JPY);
        assert_eq!(serde_json::from_value::<Currency>(serde_json::json!("JPY")).unwrap(), Currency::JPY);
        assert!(serde_json::from_str::<Currency>("\"jpy\"").is_err());
    }

    #[test]
    fn signs_and_names() {
        for (currency, sign) in [
            (Currency::USD, "$"),
            (Currency::CAD, "CA$"),
            (Currency::AUD, "A$"),
            (Currency::EUR, "€"),
            (Currency::GBP, "£"),
            (Currency::JPY, "¥"),
            (Currency::CNY, "CN¥"),
            (Currency::INR, "₹"),
            (Currency::BRL, "R$"),
            (Currency::CHF, "CHF"),
        ] {
            assert_eq!(currency.symbol(), sign);
        }
        assert_eq!(Currency::CHF.name(), "Swiss Franc");
        assert_eq!(Currency::CHF.name_de(), "Schweizer Franken");
        assert_eq!(format!("{:>5}|{:?}", Currency::EUR, Currency::EUR), "  EUR|EUR");
    }
}
