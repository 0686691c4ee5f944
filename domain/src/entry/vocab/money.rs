//! Words for currencies, and powers of ten in words.
use super::is_one_of;

/// Currencies in words: the words, and the codes that they may stand for. A hundredth is marked by the second number.
const WORDS: &[(&str, &str, u8)] = &[
    ("euro|euros|eur|eu|यूरो|ユーロ", "EUR", 0),
    ("dollar|dollars|bucks|buck|dolar|dolares|डॉलर|ドル|米ドル", "USD|CAD|AUD|NZD|SGD|HKD|TWD", 0),
    ("pound|pounds|quid|pfund|libra|libras|livre|livres|पाउंड|ポンド", "GBP", 0),
    ("yen|yenes|येन|円|圓", "JPY", 0),
    ("yuan|rmb|renminbi|元|人民元", "CNY", 0),
    (
        "rupaye|rupay|rupee|rupees|rupie|rupien|rupia|rupias|roupie|roupies|रुपये|रुपए|रुपया|रूपये|रूपए|रु|रु.|rs|rs.|ルピー",
        "INR|PKR|LKR|NPR|MUR",
        0,
    ),
    ("franken|stutz|sfr|sfr.|fr.", "CHF", 0),
    ("franc|francs|franco|francos", "CHF|XOF|XAF", 0),
    ("peso|pesos", "MXN|ARS|CLP|COP|PHP|UYU|DOP", 0),
    ("krone|kronen|krona|kronor|kroner|kr|kr.|crown|crowns", "SEK|NOK|DKK|ISK|CZK", 0),
    ("zloty|zlotys|zlote|zlotych|zl", "PLN", 0),
    ("real|reais|reales", "BRL", 0),
    ("won|ウォン", "KRW", 0),
    ("lira|liras", "TRY", 0),
    ("forint|ft", "HUF", 0),
    ("kc|koruna|koruny|korun", "CZK", 0),
    ("rp|rupiah", "IDR", 0),
    ("ringgit|rm", "MYR", 0),
    ("lei|leu", "RON", 0),
    ("fcfa|cfa", "XOF|XAF", 0),
    ("dirham|dirhams", "AED|MAD", 0),
    ("rand", "ZAR", 0),
    ("cent|cents|ct|cts|c|¢|centimo|centimos|centime|centimes|centavo|centavos|rappen|सेंट|セント", "", 2),
    ("pence|penny|p", "GBP", 2),
    ("paise|paisa|पैसे|पैसा", "INR", 2),
];

/// Those that stand in texts without blanks.
pub(super) const UNSPACED: &str = "円|圓|元|人民元|米ドル|ドル|ユーロ|ポンド|ルピー|ウォン|セント";

/// The codes of a currency in words, and how many places its unit lies below the whole one. Empty codes: any currency.
pub(in crate::entry) fn currency_words(word: &str) -> Option<(&'static str, u8)> {
    WORDS.iter().find(|(words, ..)| is_one_of(word, words)).map(|(_, codes, places)| (*codes, *places))
}

/// Whether the letter is a sign of a currency.
pub(in crate::entry) fn is_currency_sign(letter: char) -> bool {
    matches!(letter, '$' | '£' | '¥' | '¢' | '￥' | '￡' | '฿' | '֏' | '৳' | '៛' | '\u{20a0}'..='\u{20cf}')
}

/// Whether a currency stands first in a text without blanks.
pub(in crate::entry) fn is_unspaced_currency(rest: &str) -> bool {
    UNSPACED.split('|').any(|word| rest.starts_with(word))
}

/// Currencies whose codes are also typed in small letters (others are words: `all`, `try`, `mad`).
const SMALL_CODES: &str =
    "eur|usd|gbp|chf|jpy|inr|cad|aud|nzd|sek|nok|dkk|pln|czk|huf|cny|brl|mxn|krw|sgd|hkd|zar|aed|php";

/// Whether a word is the code of a currency that many use, in capitals.
pub(in crate::entry) fn is_common_code(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_uppercase()) && is_one_of(&word.to_lowercase(), SMALL_CODES)
}

/// Letters after a number that leave it a number: `20eur`, `1st`, `5k` is none.
pub(in crate::entry) fn may_follow_a_number(suffix: &str) -> bool {
    currency_words(suffix).is_some()
        || is_one_of(suffix, SMALL_CODES)
        || is_one_of(suffix, "st|nd|rd|th|er|er.|eme|k")
        || suffix.len() == 3 && suffix.to_uppercase().parse::<crate::currency::Currency>().is_ok()
}

/// Letters before a number that are a currency: `EUR20`, `Rs.500`.
pub(in crate::entry) fn may_precede_a_number(word: &str) -> bool {
    let small = word.to_lowercase();
    is_one_of(&small, "rs|fr|sfr|kr|r|rm|k")
        || word.parse::<crate::currency::Currency>().is_ok()
        || is_one_of(&small, SMALL_CODES)
}

/// What a number before such a word is multiplied by.
pub(in crate::entry) fn multiplier(word: &str) -> Option<&'static str> {
    Some(match word {
        "सौ" => "100",
        "k" | "thousand" | "tausend" | "mille" | "हजार" | "千" => "1000",
        "万" | "萬" => "10000",
        "lakh" | "lakhs" | "लाख" => "100000",
        "million" | "millionen" | "millones" | "millions" => "1000000",
        "crore" | "crores" | "करोड" => "10000000",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    #[test]
    fn codes_are_codes() {
        for code in WORDS.iter().flat_map(|(_, codes, _)| codes.split('|')).filter(|code| !code.is_empty()) {
            assert!(code.parse::<Currency>().is_ok(), "{code}");
        }
        for code in SMALL_CODES.split('|') {
            assert!(Currency::from_code_lenient(code).is_ok(), "{code}");
        }
        assert_eq!(currency_words("quid"), Some(("GBP", 0)));
        assert_eq!(currency_words("rewe"), None);
    }
}
