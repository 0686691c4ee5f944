//! Our numbers and dates against ICU's (`data/intl.tsv`, written by `scripts/intl-samples.mjs`), so that the small table in
//! `locale` can't drift from Unicode CLDR unnoticed. What differs on purpose is said here.
use domain::{Date, currency::Currency, locale::Locale, money::Money};

fn rows(kind: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = include_str!("data/intl.tsv").lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let kind = kind.to_owned();
    lines.filter(move |cells| cells[0] == kind)
}

/// ICU's hyphen as our minus.
fn expected(cell: &str) -> String {
    cell.replace('-', "\u{2212}")
}

#[test]
fn money() {
    let (mut compared, mut other_signs) = (0, 0);
    for cells in rows("money") {
        let locale = Locale::from_tag(cells[1]);
        let currency: Currency = cells[2].parse().unwrap();
        // Currencies keep one sign in all languages, so that some are not CLDR's (GBP is `£GB` in French there).
        if !cells[4].contains(locale.symbol(currency)) || cells[4].contains("JP¥") || cells[4].contains("£GB") {
            other_signs += 1;
            continue;
        }
        let ours = locale.format_money(Money::new(cells[3].parse().unwrap(), currency));
        assert_eq!(ours, expected(cells[4]), "{cells:?}");
        compared += 1;
    }
    assert_eq!((compared, other_signs), (704, 88), "compared, and eleven signs that differ, for eight amounts each");
}

#[test]
fn counts_and_percentages() {
    for cells in rows("count") {
        let ours = Locale::from_tag(cells[1]).format_count(cells[2].parse().unwrap());
        assert_eq!(ours, expected(cells[3]), "{cells:?}");
    }
    for cells in rows("percent") {
        let ours = Locale::from_tag(cells[1]).format_percent(cells[2].parse().unwrap(), 1);
        assert_eq!(ours, expected(cells[3]), "{cells:?}");
    }
}

#[test]
fn dates() {
    for cells in rows("short") {
        let date: Date = cells[2].parse().unwrap();
        // German weekdays without full stop and comma.
        let icu = if cells[1].starts_with("de") { cells[3].replace(".,", "") } else { cells[3].to_owned() };
        assert_eq!(Locale::from_tag(cells[1]).format_date_short(date), icu, "{cells:?}");
    }
    for cells in rows("full") {
        let date: Date = cells[2].parse().unwrap();
        assert_eq!(Locale::from_tag(cells[1]).format_date(date), cells[3], "{cells:?}");
    }
    for cells in rows("month") {
        let date: Date = cells[2].parse().unwrap();
        assert_eq!(Locale::from_tag(cells[1]).format_month(date.year(), date.month()), cells[3], "{cells:?}");
    }
    for cells in rows("weekday") {
        let date: Date = cells[2].parse().unwrap();
        assert_eq!(Locale::from_tag(cells[1]).weekday_name(date.weekday()), cells[3], "{cells:?}");
    }
}
