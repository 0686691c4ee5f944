//! What people type, and what is refused.
use super::*;
use crate::money::{MAX_MINOR, Money};
use AmountError::{NotANumber, OutOfRange, TooManyDecimals};
use proptest::prelude::*;

fn read(tag: &str, text: &str, exponent: u8) -> Result<i64, AmountError> {
    Locale::from_tag(tag).parse_amount(text, exponent)
}

#[test]
fn american() {
    for (text, amount) in [
        ("1,234.50", Ok(123_450)),
        ("1234.5", Ok(123_450)),
        ("1,234", Ok(123_400)),
        ("12", Ok(1200)),
        (".5", Ok(50)),
        ("$12", Ok(1200)),
        ("$ 12.00", Ok(1200)),
        ("12 USD", Ok(1200)),
        ("usd12", Ok(1200)),
        ("-$3.20", Ok(-320)),
        ("$-3.20", Ok(-320)),
        ("−3.20", Ok(-320)),
        ("+3.20", Ok(320)),
        ("- 3.20", Ok(-320)),
        ("CA$5", Ok(500)),
        ("1 234.50", Ok(123_450)),
        ("1'234.50", Ok(123_450)),
        ("1,234,567", Ok(123_456_700)),
        ("1.234,56", Ok(123_456)),
        ("12,5", Ok(1250)),
        ("12,34", Ok(1234)),
        ("0.10", Ok(10)),
        ("1.500", Ok(150)),
        ("1.234", Err(TooManyDecimals)),
        ("0,123", Err(TooManyDecimals)),
        ("1,234.567", Err(TooManyDecimals)),
        ("12,3456", Err(TooManyDecimals)),
        ("10,000,000,000,000.00", Err(OutOfRange)),
    ] {
        assert_eq!(read("en-US", text, 2), amount, "{text}");
    }
}

#[test]
fn german() {
    for (text, amount) in [
        ("1.234,50", Ok(123_450)),
        ("1.234,50 €", Ok(123_450)),
        ("€ 1.234,50", Ok(123_450)),
        ("1.234", Ok(123_400)),
        ("12,34", Ok(1234)),
        ("12.34", Ok(1234)),
        ("12.5", Ok(1250)),
        (",5", Ok(50)),
        (".5", Ok(50)),
        ("1.234.567", Ok(123_456_700)),
        ("1,234.50", Ok(123_450)),
        ("-12,34 EUR", Ok(-1234)),
        ("5 Euro", Ok(500)),
        ("1\u{a0}234,50", Ok(123_450)),
        ("0.12", Ok(12)),
        ("1,234", Err(TooManyDecimals)),
        ("0.123", Err(TooManyDecimals)),
        ("1234.567", Err(TooManyDecimals)),
    ] {
        assert_eq!(read("de-DE", text, 2), amount, "{text}");
    }
}

#[test]
fn other_regions() {
    for (tag, text, exponent, amount) in [
        ("de-CH", "1'234.50", 2, Ok(123_450)),
        ("de-CH", "CHF−1’234.50", 2, Ok(-123_450)),
        ("de-CH", "Fr. 12.50", 2, Ok(1250)),
        ("de-CH", "Fr.12.50", 2, Ok(1250)),
        ("de-CH", "12,50", 2, Ok(1250)),
        ("de-CH", "1,234", 2, Err(NotANumber)),
        ("fr-FR", "1\u{202f}234,50 €", 2, Ok(123_450)),
        ("fr-FR", "1.234", 2, Err(NotANumber)),
        ("fr-FR", "12.34", 2, Ok(1234)),
        ("fr-FR", "1 234.56", 2, Ok(123_456)),
        ("es-ES", "1234,50", 2, Ok(123_450)),
        ("es-ES", "1.234", 2, Ok(123_400)),
        ("en-IN", "₹12,34,567.50", 2, Ok(123_456_750)),
        ("en-IN", "1,234,567", 2, Ok(123_456_700)),
        ("hi-IN", "₹१२,३४,५६७", 2, Ok(123_456_700)),
        ("ja-JP", "￥１，２００", 0, Ok(1200)),
        ("ja-JP", "1200円", 0, Ok(1200)),
        ("ja-JP", "1,200.5", 0, Err(TooManyDecimals)),
        ("ja-JP", "12.50", 0, Err(TooManyDecimals)),
        ("en-GB", "12.50 kr.", 2, Ok(1250)),
        // Three decimals: the other region's mark could be either.
        ("en-US", "1.234", 3, Ok(1234)),
        ("en-US", "1,234", 3, Err(NotANumber)),
        ("de-DE", "1.234", 3, Err(NotANumber)),
        ("de-DE", "1,234", 3, Ok(1234)),
        ("en-US", "1,234.5", 3, Ok(1_234_500)),
    ] {
        assert_eq!(read(tag, text, exponent), amount, "{tag} {text}");
    }
}

#[test]
fn refused_everywhere() {
    for text in [
        "",
        " ",
        "-",
        "$",
        "abc",
        "1e3",
        "NaN",
        "inf",
        "1.2.3",
        "1,2,3",
        "1.23.456",
        "1,23",
        "--5",
        "+-5",
        "5-",
        "(5)",
        "1-2",
        "5.",
        "5,",
        "1 2",
        "12 34",
        "1,234 567",
        "1 234'567",
        "1.234.56",
        "1,234,56",
        "12,345,6",
        "1..5",
        ",",
        ".",
        "1,.5",
        "1.,5",
        "$5$",
        "5 EUR x",
        "x5",
        "$ € 5",
        "EUR EUR 5",
        "1 234,567.89",
        "1234,567,890",
        "0x10",
        "½",
        "٣",
        "5%",
        "111111111111111111111111111111111111111111111111111111111111111111",
    ] {
        if text == "1,23" {
            continue;
        }
        for tag in ["en-US", "de-DE", "de-CH", "fr-FR", "ja-JP"] {
            assert_eq!(read(tag, text, 2), Err(NotANumber), "{tag} {text}");
        }
    }
    assert_eq!(read("en-US", "12,34,567", 2), Err(NotANumber));
}

#[test]
fn another_currency_is_refused_where_one_is_wanted() {
    let read = |tag, text, currency| Locale::from_tag(tag).parse_amount_in(text, currency);
    assert_eq!(read("en-US", "$5", Currency::USD), Ok(500));
    assert_eq!(read("en-US", "€5", Currency::USD), Err(NotANumber));
    assert_eq!(read("en-US", "5 eur", Currency::EUR), Ok(500));
    assert_eq!(read("en-CA", "$5", Currency::CAD), Ok(500));
    assert_eq!(read("de-DE", "5 $", Currency::CAD), Ok(500));
    assert_eq!(read("de-DE", "5 US$", Currency::CAD), Err(NotANumber));
    assert_eq!(read("de-DE", "5 kr", Currency::SEK), Ok(500));
    assert_eq!(read("en-US", "5 KČ", Currency::CZK), Ok(500));
    assert_eq!(read("en-US", "5", Currency::JPY), Ok(5));
}

fn any_locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(Locale::all().collect::<Vec<_>>())
}

fn any_currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(Currency::ALL)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(locale in any_locale(), currency in any_currency(), minor in -MAX_MINOR..=MAX_MINOR) {
        let text = locale.format_money(Money::new(minor, currency));
        prop_assert_eq!(locale.parse_amount_in(&text, currency), Ok(minor), "{}", text);
        let text = locale.format_number(minor, currency.exponent());
        prop_assert_eq!(locale.parse_amount(&text, currency.exponent()), Ok(minor), "{}", text);
    }

    #[test]
    fn plain_numbers_are_read_or_refused_but_never_taken_for_others(
        locale in any_locale(), minor in -MAX_MINOR..=MAX_MINOR, exponent in 0_u8..=3,
    ) {
        let plain = crate::money::format_minor(minor, exponent);
        match locale.parse_amount(&plain, exponent) {
            Ok(read) => prop_assert_eq!(read, minor, "{}", plain),
            Err(error) => prop_assert!(error == NotANumber && exponent == 3, "{}", plain),
        }
    }

    #[test]
    fn never_panics(locale in any_locale(), text in "\\PC{0,20}", exponent in 0_u8..=3) {
        let _ = locale.parse_amount(&text, exponent);
    }

    #[test]
    fn never_panics_on_nearly_numbers(
        locale in any_locale(), text in "[-+−]?[$€ ]?[0-9., '’]{0,12}[0-9]?(kr\\.| EUR|)", exponent in 0_u8..=3,
    ) {
        if let Ok(minor) = locale.parse_amount(&text, exponent) {
            prop_assert!(minor.abs() <= MAX_MINOR);
        }
    }
}
