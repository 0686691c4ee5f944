//! Rates that are found, rates that are not, and conversions to the last minor unit.
use super::*;
use jiff::civil::date;

fn table() -> RateTable {
    let point = |currency, text, day| (currency, Rate::parse(text, date(2026, 10, day)).unwrap());
    RateTable::from_points([
        point(Currency::USD, "1.1000", 29),
        point(Currency::USD, "1.1172", 30),
        point(Currency::JPY, "175.68", 30),
        point(Currency::KWD, "0.3412", 30),
        point(Currency::RUB, "100", 15),
        point(Currency::GBP, "0.9", 30),
        point(Currency::GBP, "0.8338", 30),
        point(Currency::EUR, "7", 30),
    ])
}

#[test]
fn the_last_day_before_counts() {
    let table = table();
    let on = |day| table.rate(Currency::EUR, Currency::USD, day).map(|rate| (rate.to_decimal(), rate.date()));
    assert_eq!(on(date(2026, 10, 29)), Some(("1.1".into(), date(2026, 10, 29))));
    assert_eq!(on(date(2026, 10, 31)), Some(("1.1172".into(), date(2026, 10, 30))));
    assert_eq!(on(date(2027, 10, 31)), Some(("1.1172".into(), date(2026, 10, 30))));
    assert_eq!(on(date(2026, 10, 28)), None);
    assert_eq!(table.rate(Currency::EUR, Currency::GBP, date(2026, 10, 30)).unwrap().to_decimal(), "0.8338");
}

#[test]
fn what_has_stopped_has_no_rate() {
    let table = table();
    assert!(table.rate(Currency::EUR, Currency::RUB, date(2026, 10, 25)).is_some());
    assert_eq!(table.rate(Currency::EUR, Currency::RUB, date(2026, 10, 26)), None);
    assert_eq!(table.rate(Currency::RUB, Currency::USD, date(2026, 10, 30)), None);
    assert_eq!(table.rate(Currency::EUR, Currency::BRL, date(2026, 10, 30)), None);
    assert_eq!(table.convert(Money::new(1, Currency::BRL), Currency::EUR, date(2026, 10, 30)), None);
}

#[test]
fn a_currency_is_worth_itself() {
    let converted = RateTable::default().convert(Money::new(-5, Currency::BRL), Currency::BRL, Date::MIN).unwrap();
    assert_eq!((converted.amount, converted.rate.as_str()), (Money::new(-5, Currency::BRL), "1"));
    assert_eq!(converted.rate_date, Date::MIN);
}

#[test]
fn the_older_of_two_days_is_named() {
    let table = RateTable::from_points([
        (Currency::USD, Rate::parse("1.1", date(2026, 10, 28)).unwrap()),
        (Currency::JPY, Rate::parse("175", date(2026, 10, 30)).unwrap()),
    ]);
    let rate = table.rate(Currency::JPY, Currency::USD, date(2026, 11, 2)).unwrap();
    assert_eq!(rate.date(), date(2026, 10, 28));
}

#[test]
fn conversions() {
    let table = table();
    let on = date(2026, 11, 22);
    for (minor, from, to, converted, rate) in [
        (10_000, Currency::EUR, Currency::USD, 11_172, "1.1172"),
        (10_000, Currency::USD, Currency::EUR, 8951, "0.895095"),
        (-10_000, Currency::USD, Currency::EUR, -8951, "-"),
        (10_000, Currency::EUR, Currency::JPY, 17_568, "175.68"),
        (1000, Currency::JPY, Currency::EUR, 569, "0.00569217"),
        (100, Currency::JPY, Currency::USD, 64, "0.00635929"),
        (1000, Currency::KWD, Currency::EUR, 293, "2.93083"),
        (100, Currency::EUR, Currency::KWD, 341, "0.3412"),
        (0, Currency::USD, Currency::JPY, 0, "157.25"),
        (1, Currency::JPY, Currency::JPY, 1, "1"),
    ] {
        let result = table.convert(Money::new(minor, from), to, on).unwrap();
        assert_eq!(result.amount, Money::new(converted, to), "{minor} {from} in {to}");
        assert!(rate == "-" || result.rate == rate, "{} for {from} in {to}", result.rate);
    }
    let most = table.convert(Money::new(MAX_MINOR, Currency::JPY), Currency::EUR, on).unwrap();
    assert_eq!(most.amount.minor(), 569_216_757_741_347);
    // The result would have more than 15 digits.
    assert_eq!(table.convert(Money::new(MAX_MINOR, Currency::GBP), Currency::USD, on), None);
}

#[test]
fn lists_of_a_day() {
    let table = table();
    let euro = table.rates(Currency::EUR, date(2026, 11, 1)).unwrap();
    assert_eq!(euro.date, date(2026, 10, 30));
    assert_eq!(euro.rates.iter().map(|(code, _)| code.code()).collect::<Vec<_>>(), ["GBP", "JPY", "KWD", "USD"]);
    assert_eq!(table.rates_of(date(2026, 10, 30)), euro.rates);
    let dollar = table.rates(Currency::USD, date(2026, 10, 29)).unwrap();
    assert_eq!(dollar.rates, [(Currency::EUR, "0.909091".to_owned())]);
    assert_eq!(table.rates(Currency::RUB, date(2026, 10, 30)), None);
    assert_eq!(table.rates(Currency::EUR, date(2026, 10, 14)), None);
    assert_eq!(table.rates_of(date(2026, 10, 14)), []);
    assert_eq!(RateTable::default().rates(Currency::EUR, date(2026, 10, 30)), None);
}

#[test]
fn newer_rates_are_added() {
    let newer = Rate::parse("1.2", date(2026, 11, 2)).unwrap();
    let corrected = Rate::parse("170", date(2026, 10, 30)).unwrap();
    let table = table().updated([(Currency::USD, newer), (Currency::JPY, corrected)]);
    assert_eq!(table.latest_date(), Some(date(2026, 11, 2)));
    assert_eq!(table.rate(Currency::EUR, Currency::USD, date(2026, 11, 3)).unwrap().to_decimal(), "1.2");
    assert_eq!(table.rate(Currency::EUR, Currency::JPY, date(2026, 11, 3)).unwrap().to_decimal(), "170");
    assert_eq!(table.rate(Currency::USD, Currency::JPY, date(2026, 11, 3)).unwrap().date(), date(2026, 10, 30));
}

#[cfg(feature = "rates-data")]
mod embedded {
    use super::*;

    #[test]
    fn weekends_have_fridays_rates() {
        let rate = RateTable::embedded().rate(Currency::USD, Currency::CHF, date(2026, 10, 25)).unwrap();
        assert_eq!(rate.date(), date(2026, 10, 23));
    }

    #[test]
    fn the_rouble_stopped_in_2022() {
        let table = RateTable::embedded();
        assert!(table.rate(Currency::EUR, Currency::RUB, date(2022, 3, 1)).is_some());
        assert_eq!(table.rate(Currency::EUR, Currency::RUB, date(2022, 3, 14)), None);
        assert_eq!(table.rate(Currency::EUR, Currency::RUB, date(2026, 10, 30)), None);
    }

    #[test]
    fn all_points_make_the_same_table() {
        let table = RateTable::embedded();
        assert_eq!(&table.updated([]), table);
    }

    #[test]
    fn the_list_is_the_banks() {
        let rates = RateTable::embedded().rates_of(date(2026, 10, 31));
        assert_eq!(rates.len(), 29);
        assert!(rates.contains(&(Currency::USD, "1.1172".to_owned())));
    }
}
