//! What is found in histories, and what is not.
use super::*;
use crate::currency::Currency;
use jiff::civil::date;
use proptest::prelude::*;

/// Rows of merchants with amounts in cents on days.
fn history(rows: &[(&str, i64, Date)]) -> Vec<Row> {
    rows.iter()
        .enumerate()
        .map(|(index, (merchant, minor, date))| Row {
            id: id(index),
            merchant_key: (*merchant).to_owned(),
            kind: Kind::Expense,
            amount: Money::new(*minor, Currency::EUR),
            date: *date,
        })
        .collect()
}

fn id(index: usize) -> ExpenseId {
    let mut bytes = [0; 12];
    bytes[4..].copy_from_slice(&(index as u64).to_be_bytes());
    ExpenseId(bytes)
}

fn on(merchant: &'static str, minor: i64, days: &[(i16, i8, i8)]) -> Vec<(&'static str, i64, Date)> {
    days.iter().map(|&(year, month, day)| (merchant, minor, date(year, month, day))).collect()
}

/// Merchant, rhythm, day, next day, next amount, rows and missed slots.
fn found(rows: &[Row]) -> Vec<String> {
    detect(rows)
        .iter()
        .map(|found| {
            format!(
                "{} {}x{} day {} next {} {} rows {} missed {}",
                found.merchant_key,
                found.pattern.frequency.as_str(),
                found.pattern.interval,
                found.pattern.anchor_day,
                found.next_date,
                found.next_amount.minor(),
                found.evidence.rows.len(),
                found.evidence.missed.len(),
            )
        })
        .collect()
}

#[test]
fn rhythms() {
    for (days, expected) in [
        (&[(2026, 9, 1), (2026, 10, 1), (2026, 11, 2)][..], "x monthlyx1 day 1 next 2026-12-01 999 rows 3 missed 0"),
        (&[(2026, 1, 31), (2026, 2, 28), (2026, 3, 31)], "x monthlyx1 day 31 next 2026-04-30 999 rows 3 missed 0"),
        (&[(2026, 2, 28), (2026, 4, 30), (2026, 6, 30)], "x monthlyx2 day 31 next 2026-08-31 999 rows 3 missed 0"),
        (
            &[(2026, 8, 30), (2026, 10, 1), (2026, 10, 31), (2026, 12, 1)],
            "x monthlyx1 day 1 next 2027-01-01 999 rows 4 missed 0",
        ),
        (
            &[(2026, 1, 15), (2026, 2, 16), (2026, 4, 15), (2026, 5, 15)],
            "x monthlyx1 day 15 next 2026-06-15 999 rows 4 missed 1",
        ),
        (&[(2026, 11, 2), (2026, 11, 9), (2026, 11, 17)], "x weeklyx1 day 1 next 2026-11-23 999 rows 3 missed 0"),
        (&[(2026, 10, 2), (2026, 10, 16), (2026, 10, 30)], "x weeklyx2 day 5 next 2026-11-13 999 rows 3 missed 0"),
        (&[(2025, 11, 20), (2026, 11, 18)], "x yearlyx1 day 18 next 2027-11-18 999 rows 2 missed 0"),
        (
            &[(2026, 2, 3), (2026, 5, 4), (2026, 8, 3), (2026, 11, 3)],
            "x monthlyx3 day 3 next 2027-02-03 999 rows 4 missed 0",
        ),
        (&[(2026, 1, 10), (2026, 7, 10), (2027, 1, 11)], "x monthlyx6 day 10 next 2027-07-10 999 rows 3 missed 0"),
    ] {
        assert_eq!(found(&history(&on("x", 999, days))), [expected]);
    }
}

#[test]
fn a_day_shifted_over_the_end_of_a_month_is_of_its_slot() {
    let rows = on("rent", 80_000, &[(2026, 5, 29), (2026, 7, 1), (2026, 7, 31), (2026, 9, 1), (2026, 10, 1)]);
    let found = detect(&history(&rows));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].evidence.rows.len(), 5);
    assert_eq!(found[0].evidence.intervals, [33, 30, 32, 30]);
    assert!((date(2026, 10, 30)..=date(2026, 11, 1)).contains(&found[0].next_date), "{}", found[0].next_date);
}

#[test]
fn too_few_or_without_a_rhythm() {
    for days in [
        &[(2026, 9, 1), (2026, 10, 1)][..],
        &[(2026, 9, 1), (2026, 9, 2), (2026, 9, 3), (2026, 9, 4), (2026, 9, 5)],
        &[(2026, 1, 1), (2026, 2, 20), (2026, 3, 5)],
        &[(2026, 11, 2), (2026, 11, 5), (2026, 11, 9), (2026, 11, 12), (2026, 11, 16)],
        &[(2024, 5, 1), (2025, 5, 1), (2025, 6, 12)],
    ] {
        assert_eq!(found(&history(&on("x", 999, days))), [""; 0], "{days:?}");
    }
    let unlike = [("x", 1000, date(2026, 9, 1)), ("x", 9000, date(2026, 10, 1)), ("x", 300, date(2026, 11, 1))];
    assert_eq!(found(&history(&unlike)), [""; 0]);
    assert_eq!(found(&history(&on("", 999, &[(2026, 9, 1), (2026, 10, 1), (2026, 11, 1)]))), [""; 0]);
}

#[test]
fn two_equal_coffees_a_day() {
    // Habits are no rhythm…
    let mut rows = Vec::new();
    for day in [1, 2, 4, 7, 8, 11, 14, 15, 16, 21, 22, 25, 29] {
        rows.extend(on("cafe", 320, &[(2026, 9, day), (2026, 9, day)]));
    }
    assert_eq!(found(&history(&rows)), [""; 0]);
    // …and a second one on the day of a subscription doesn't hide it.
    let mut rows = on("gym", 2990, &[(2026, 7, 3), (2026, 8, 3), (2026, 9, 3), (2026, 10, 5)]);
    rows.push(("gym", 2990, date(2026, 9, 3)));
    assert_eq!(found(&history(&rows)), ["gym monthlyx1 day 3 next 2026-11-03 2990 rows 4 missed 0"]);
}

#[test]
fn two_contracts_of_one_company() {
    let days = [(2026, 7, 5), (2026, 8, 5), (2026, 9, 5), (2026, 10, 5)];
    let mut rows = on("phone", 1999, &days);
    rows.extend(on("phone", 1999, &days));
    rows.extend(on("phone", 3999, &[(2026, 7, 20), (2026, 8, 20), (2026, 9, 21), (2026, 10, 20)]));
    assert_eq!(
        found(&history(&rows)),
        [
            "phone monthlyx1 day 5 next 2026-11-05 1999 rows 4 missed 0",
            "phone monthlyx1 day 5 next 2026-11-05 1999 rows 4 missed 0",
            "phone monthlyx1 day 20 next 2026-11-20 3999 rows 4 missed 0",
        ]
    );
}

#[test]
fn a_subscription_between_other_purchases() {
    let mut rows = on("shop", 899, &[(2026, 6, 12), (2026, 7, 12), (2026, 8, 12), (2026, 9, 12), (2026, 10, 12)]);
    for (index, day) in [1, 4, 9, 17, 18, 26].into_iter().enumerate() {
        let minor = 1500 + 1700 * i64::try_from(index).unwrap();
        rows.extend([("shop", minor, date(2026, 7, day)), ("shop", minor + 250, date(2026, 9, day + 1))]);
    }
    assert_eq!(found(&history(&rows)), ["shop monthlyx1 day 12 next 2026-11-12 899 rows 5 missed 0"]);
}

#[test]
fn amounts_that_change() {
    let raised = [(999, 6), (999, 7), (1099, 8), (1099, 9)].map(|(minor, month)| ("tv", minor, date(2026, month, 10)));
    assert_eq!(found(&history(&raised)), ["tv monthlyx1 day 10 next 2026-10-10 1099 rows 4 missed 0"]);
    let power = [(6120, 6), (5480, 7), (7310, 8)].map(|(minor, month)| ("power", minor, date(2026, month, 10)));
    let all = detect(&history(&power));
    let Evidence { min, median, max, .. } = all[0].evidence;
    assert_eq!((min, median, max, all[0].next_amount.minor()), (5480, 6120, 7310, 6120));
}

#[test]
fn kinds_and_currencies_are_apart() {
    let mut rows = history(&on("x", 999, &[(2026, 9, 1), (2026, 10, 1), (2026, 11, 1)]));
    rows[1].kind = Kind::Refund;
    assert_eq!(found(&rows), [""; 0]);
    rows[1].kind = Kind::Expense;
    rows[1].amount = Money::new(999, Currency::USD);
    assert_eq!(found(&rows), [""; 0]);
}

#[test]
fn what_has_ended() {
    let found = detect(&history(&on("x", 999, &[(2026, 5, 1), (2026, 6, 1), (2026, 7, 1)])));
    assert!(!found[0].has_lapsed(date(2026, 9, 1)));
    assert!(found[0].has_lapsed(date(2026, 9, 5)));
    let json = serde_json::to_string(&found[0]).unwrap();
    assert_eq!(serde_json::from_str::<Detected>(&json).unwrap(), found[0], "{json}");
}

/// Slots of a rule, with a day of noise and one left out.
fn noisy(pattern: &RecurringPattern, count: usize, noise: &[i64], without: usize) -> Vec<Row> {
    let days: Vec<Date> = pattern.slots_from(0).take(count).map(|(_, slot)| slot).collect();
    let rows: Vec<(&str, i64, Date)> = days
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != without)
        .map(|(index, day)| ("x", 1000, *day + Span::new().days(noise[index % noise.len()])))
        .collect();
    history(&rows)
}

proptest! {
    #[test]
    fn what_follows_a_rule_is_found(
        choice in 0_usize..4, day in 1_i8..=31, month in 1_i8..=12, count in 7_usize..20,
        noise in prop::collection::vec(-1_i64..=1, 1..9), without in 1_usize..5,
    ) {
        let (frequency, interval) =
            [(Frequency::Weekly, 2), (Frequency::Monthly, 1), (Frequency::Monthly, 3), (Frequency::Yearly, 1)][choice];
        let first = date(2020, month, 1);
        let pattern = RecurringPattern::new(frequency, interval, first.with().day(day.min(first.days_in_month())).build().unwrap());
        let found = detect(&noisy(&pattern, count, &noise, without));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!((found[0].pattern.frequency, found[0].pattern.interval), (frequency, interval));
        prop_assert_eq!(found[0].evidence.rows.len(), count - 1);
        prop_assert_eq!(found[0].evidence.missed.len(), 1);
        let expected = pattern.slot(i64::try_from(count).unwrap()).unwrap();
        prop_assert!(days_between(expected, found[0].next_date).abs() <= 3, "{} {}", expected, found[0].next_date);
        prop_assert!(found[0].pattern.is_slot(found[0].next_date));
    }

    #[test]
    fn findings_hold_what_they_say(rows in prop::collection::vec((0_i64..400, 1_i64..5, 0_usize..2), 0..60)) {
        let rows: Vec<(&str, i64, Date)> = rows
            .into_iter()
            .map(|(day, amount, merchant)| (["a", "b"][merchant], amount * 1000, date(2026, 1, 1) + Span::new().days(day)))
            .collect();
        let rows = history(&rows);
        let mut seen = Vec::new();
        for found in detect(&rows) {
            let Evidence { rows: ids, intervals, min, median, max, .. } = &found.evidence;
            let least = if found.pattern.frequency == Frequency::Yearly { 2 } else { 3 };
            prop_assert!(ids.len() >= least);
            prop_assert_eq!(intervals.len() + 1, ids.len());
            prop_assert!(min <= median && median <= max);
            for row in ids {
                prop_assert!(!seen.contains(row));
                seen.push(*row);
            }
            let last = rows.iter().find(|row| Some(&row.id) == ids.last()).unwrap();
            prop_assert!(found.next_date > last.date);
        }
        let mut backwards = rows.clone();
        backwards.reverse();
        prop_assert_eq!(detect(&backwards), detect(&rows));
    }
}
