//! Currencies as bank files name them: codes, signs, numbers; signs that several countries share.
use crate::currency::Currency;

/// What a sign or code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One currency.
    One(Currency),
    /// One of several; the first is the usual one where nothing else is known, unless `unsure`.
    Shared { among: &'static [Currency], unsure: bool },
    /// A code or sign that is not known here (a currency that has gone, or no currency at all).
    Unknown,
}

const DOLLARS: &[Currency] = &[
    Currency::USD,
    Currency::CAD,
    Currency::AUD,
    Currency::NZD,
    Currency::SGD,
    Currency::HKD,
    Currency::TWD,
    Currency::MXN,
    Currency::ARS,
    Currency::CLP,
    Currency::COP,
];
const POUNDS: &[Currency] = &[Currency::GBP, Currency::EGP];
const YEN: &[Currency] = &[Currency::JPY, Currency::CNY];
const CROWNS: &[Currency] = &[Currency::SEK, Currency::NOK, Currency::DKK, Currency::ISK];

impl Meaning {
    /// The currency, where it can be told: a shared sign is that of `home` if `home` uses it.
    pub(super) fn settle(self, home: Option<Currency>) -> Option<Currency> {
        match self {
            Self::One(currency) => Some(currency),
            Self::Shared { among, unsure } => {
                let at_home = home.filter(|home| among.contains(home));
                at_home.or_else(|| (!unsure).then(|| among[0]))
            }
            Self::Unknown => None,
        }
    }

    /// What it may stand for.
    pub(super) fn candidates(self) -> Vec<Currency> {
        match self {
            Self::One(currency) => vec![currency],
            Self::Shared { among, .. } => among.to_vec(),
            Self::Unknown => Vec::new(),
        }
    }
}

/// What a code, sign or number beside an amount, in a column or in a header stands for.
pub(super) fn meaning(text: &str) -> Meaning {
    let text = text.trim().trim_end_matches('.');
    if let Ok(currency) = Currency::from_code_lenient(text) {
        return Meaning::One(currency);
    }
    if let Some(currency) = text.parse().ok().filter(|_| text.len() == 3).and_then(Currency::from_numeric) {
        return Meaning::One(currency);
    }
    let shared = |among| Meaning::Shared { among, unsure: false };
    let code = match text {
        "$" | "＄" => return shared(DOLLARS),
        "£" => return shared(POUNDS),
        "¥" | "￥" => return shared(YEN),
        "kr" | "Kr" | "KR" => return Meaning::Shared { among: CROWNS, unsure: true },
        "€" | "Euro" | "EURO" | "euro" => "EUR",
        "US$" | "U$S" => "USD",
        "C$" | "CA$" | "CDN$" => "CAD",
        "A$" | "AU$" => "AUD",
        "NZ$" => "NZD",
        "HK$" => "HKD",
        "S$" => "SGD",
        "NT$" => "TWD",
        "R$" => "BRL",
        "MX$" => "MXN",
        "元" | "人民币" | "人民幣" | "CN¥" | "RMB" => "CNY",
        "円" | "日元" => "JPY",
        "₹" | "Rs" | "RS" | "rs" => "INR",
        "₽" | "руб" | "р" => "RUB",
        "₴" | "грн" => "UAH",
        "zł" | "zl" | "ZŁ" => "PLN",
        "Kč" | "Kc" | "KČ" => "CZK",
        "Ft" | "FT" => "HUF",
        "₺" | "TL" => "TRY",
        "₩" | "원" => "KRW",
        "₪" => "ILS",
        "฿" => "THB",
        "₫" => "VND",
        "₱" => "PHP",
        "₦" => "NGN",
        "lei" | "Lei" | "LEI" => "RON",
        "RM" => "MYR",
        "Rp" => "IDR",
        "R" => "ZAR",
        "Fr" | "SFr" | "sFr" => "CHF",
        "د.ا" => "JOD",
        "د.إ" => "AED",
        "ر.س" => "SAR",
        "د.ك" => "KWD",
        "د.ب" => "BHD",
        "ر.ق" => "QAR",
        "ر.ع" => "OMR",
        "ج.م" => "EGP",
        "د.م" => "MAD",
        "د.ت" => "TND",
        "د.ج" => "DZD",
        "د.ع" => "IQD",
        "ل.ل" => "LBP",
        _ => return Meaning::Unknown,
    };
    code.parse().map_or(Meaning::Unknown, Meaning::One)
}

/// Whether a word beside an amount may be a currency: a known sign, three capitals, or a short sign in another script.
pub(super) fn plausible(word: &str) -> bool {
    let capitals = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let foreign = !word.is_ascii()
        && word.chars().count() <= 6
        && word.chars().all(|c| !c.is_ascii() && (c.is_alphabetic() || is_sign(c)) || c == '.');
    capitals || foreign || meaning(word) != Meaning::Unknown
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{20a0}'..='\u{20cf}' | '¤' | '￠'..='￦')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs() {
        assert_eq!(meaning("eur"), Meaning::One(Currency::EUR));
        assert_eq!(meaning("Kč"), Meaning::One(Currency::CZK));
        assert_eq!(meaning("Rs."), Meaning::One(Currency::INR));
        assert_eq!(meaning("840"), Meaning::One(Currency::USD));
        assert_eq!(meaning("LTL"), Meaning::Unknown);
        assert!(plausible("LTL") && plausible("د.ا.") && !plausible("abc") && !plausible("%"));
    }

    #[test]
    fn shared_signs_are_those_of_home() {
        assert_eq!(meaning("$").settle(None), Some(Currency::USD));
        assert_eq!(meaning("$").settle(Some(Currency::CAD)), Some(Currency::CAD));
        assert_eq!(meaning("$").settle(Some(Currency::EUR)), Some(Currency::USD));
        assert_eq!(meaning("kr").settle(Some(Currency::NOK)), Some(Currency::NOK));
        assert_eq!(meaning("kr").settle(Some(Currency::EUR)), None);
    }
}
