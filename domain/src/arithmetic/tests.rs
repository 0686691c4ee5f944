//! What is calculated, and what is refused.
use super::*;
use AmountError::{NotANumber, OutOfRange, TooManyDecimals};
use proptest::prelude::*;

fn calculated(tag: &str, text: &str, currency: Currency) -> Result<i64, AmountError> {
    amount(text, Locale::from_tag(tag), currency).map(|amount| amount.minor)
}

#[test]
fn as_people_type_it() {
    for (tag, text, currency, minor) in [
        ("en-US", "12.50", Currency::USD, Ok(1250)),
        ("en-US", "-12.50", Currency::USD, Ok(-1250)),
        ("en-US", "16.99*1.1", Currency::USD, Ok(1869)),
        ("en-US", "$16.99 * 1.1", Currency::USD, Ok(1869)),
        ("en-US", "3x4.99", Currency::USD, Ok(1497)),
        ("en-US", "3 × 4.99", Currency::USD, Ok(1497)),
        ("en-US", "(80-5)/3", Currency::USD, Ok(2500)),
        ("en-US", "100/3", Currency::USD, Ok(3333)),
        ("en-US", "100/3*3", Currency::USD, Ok(10_000)),
        ("en-US", "2+3*4", Currency::USD, Ok(1400)),
        ("en-US", "2--3", Currency::USD, Ok(500)),
        ("en-US", "-(2+3)", Currency::USD, Ok(-500)),
        ("en-US", "100+19%", Currency::USD, Ok(11_900)),
        ("en-US", "80 - 10%", Currency::USD, Ok(7200)),
        ("en-US", "50*20%", Currency::USD, Ok(1000)),
        ("en-US", "20%*50", Currency::USD, Ok(1000)),
        ("en-US", "0.005+0", Currency::USD, Ok(1)),
        ("en-US", "0-0.005", Currency::USD, Ok(-1)),
        ("en-US", "1,234.50+1", Currency::USD, Ok(123_550)),
        ("de-DE", "3,20 + 1,80", Currency::EUR, Ok(500)),
        ("de-DE", "3,20 € + 1,80 €", Currency::EUR, Ok(500)),
        ("de-DE", "1.234,50*2", Currency::EUR, Ok(246_900)),
        ("de-DE", "16.99*1.1", Currency::EUR, Ok(1869)),
        ("ja-JP", "１，２００＋８％", Currency::JPY, Ok(1296)),
        ("ja-JP", "1200円×1.08", Currency::JPY, Ok(1296)),
        ("hi-IN", "₹१,२००*2", Currency::INR, Ok(240_000)),
        ("en-US", "2xMXN 5", Currency::MXN, Err(NotANumber)),
        ("en-US", "2 * MXN 5", Currency::MXN, Ok(1000)),
        ("en-US", "9.999", Currency::USD, Err(TooManyDecimals)),
        ("en-US", "9.999*1", Currency::USD, Ok(1000)),
    ] {
        assert_eq!(calculated(tag, text, currency), minor, "{tag} {text}");
    }
}

#[test]
fn refused() {
    for text in [
        "",
        "+",
        "3*",
        "*3",
        "3//4",
        "3/0",
        "3/(2-2)",
        "(3",
        "3)",
        "()",
        "3 4 *",
        "3 + € 4",
        "x5",
        "1e3+1",
        "lunch - 5",
        "3%%",
        "1.2.3+1",
        "½+1",
        "5 - - - 3",
    ] {
        assert_eq!(calculated("en-US", text, Currency::USD), Err(NotANumber), "{text}");
    }
    assert_eq!(calculated("en-US", "9999999999999*9", Currency::USD), Err(OutOfRange));
    let deep = format!("{}1+1{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(calculated("en-US", &deep, Currency::USD), Err(NotANumber));
    assert_eq!(calculated("en-US", &"1+".repeat(500), Currency::USD), Err(NotANumber));
}

#[test]
fn what_was_calculated_is_said() {
    let english = Locale::EN_US;
    assert_eq!(amount("5", english, Currency::USD), Ok(Amount { minor: 500, calculated: false }));
    let sum = amount("5+1", english, Currency::USD).unwrap();
    assert_eq!(sum, Amount { minor: 600, calculated: true });
    assert_eq!(to_decimal(sum, Currency::USD), "6.00");
    assert_eq!(plain("3*4.99", 2), Ok((1497, true)));
    assert_eq!(plain("1/3", 2), Ok((33, false)));
}

proptest! {
    #[test]
    fn sums_are_sums(locale in prop::sample::select(Locale::all().collect::<Vec<_>>()), a in 0_i64..10_000_000, b in 0_i64..10_000_000) {
        let write = |minor| locale.format_number(minor, 2);
        let sum = format!("{} + {}", write(a), write(b));
        prop_assert_eq!(calculated(locale.tag(), &sum, Currency::EUR), Ok(a + b), "{}", sum);
        let difference = format!("{}-{}", write(a), write(b));
        prop_assert_eq!(calculated(locale.tag(), &difference, Currency::EUR), Ok(a - b), "{}", difference);
    }

    #[test]
    fn shares_come_together_again(minor in 1_i64..10_000_000, parts in 1_i64..100) {
        let text = format!("{}/{parts}*{parts}", format_minor(minor, 2));
        prop_assert_eq!(calculated("en-US", &text, Currency::USD), Ok(minor));
    }

    #[test]
    fn never_panics(text in "\\PC{0,30}", nearly in "[0-9.,+*/()x% -]{0,40}") {
        for text in [text, nearly] {
            for locale in Locale::all() {
                if let Ok(amount) = amount(&text, locale, Currency::EUR) {
                    prop_assert!(amount.minor.abs() <= MAX_MINOR);
                }
            }
        }
    }
}
