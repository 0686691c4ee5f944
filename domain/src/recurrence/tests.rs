//! Which days a rule gives, and what is due.
use super::*;
use crate::{currency::Currency, input::Value, problem::Problem};
use jiff::civil::date;
use proptest::prelude::*;

fn days(pattern: &RecurringPattern, from: Date, to: Date) -> Vec<String> {
    pattern.occurrences(from, to).iter().map(|occurrence| occurrence.date.to_string()[5..].to_owned()).collect()
}

fn monthly(anchor: Date) -> RecurringPattern {
    RecurringPattern::new(Frequency::Monthly, 1, anchor)
}

#[test]
fn the_31st_comes_back() {
    let rent = monthly(date(2026, 1, 31));
    let expected = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30"];
    assert_eq!(days(&rent, date(2026, 1, 1), date(2026, 6, 30)), expected);
    assert_eq!(days(&rent, date(2028, 2, 1), date(2028, 3, 1)), ["02-29"]);
    // Also where the first one is in a short month.
    let short = RecurringPattern { anchor_day: 31, ..monthly(date(2026, 2, 28)) };
    assert_eq!(days(&short, date(2026, 1, 1), date(2026, 4, 1)), ["02-28", "03-31"]);
}

#[test]
fn a_leap_day_comes_back() {
    let yearly = RecurringPattern::new(Frequency::Yearly, 1, date(2024, 2, 29));
    let all: Vec<String> =
        yearly.occurrences(date(2024, 1, 1), date(2028, 12, 31)).iter().map(|o| o.date.to_string()).collect();
    assert_eq!(all, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
}

#[test]
fn intervals_and_anchors() {
    let biweekly = RecurringPattern::new(Frequency::Weekly, 2, date(2026, 11, 6));
    assert_eq!(days(&biweekly, date(2026, 11, 1), date(2026, 12, 31)), ["11-06", "11-20", "12-04", "12-18"]);
    assert_eq!(days(&biweekly, date(2026, 11, 7), date(2026, 11, 19)), [""; 0]);
    let quarterly = RecurringPattern::new(Frequency::Monthly, 3, date(2026, 11, 30));
    assert_eq!(days(&quarterly, date(2026, 1, 1), date(2027, 6, 1)), ["11-30", "02-28", "05-30"]);
    // The first Friday from a Wednesday on; the fifth from the 20th on.
    let friday = RecurringPattern { anchor_day: 5, ..RecurringPattern::new(Frequency::Weekly, 1, date(2026, 11, 4)) };
    assert_eq!(days(&friday, date(2026, 11, 1), date(2026, 11, 14)), ["11-06", "11-13"]);
    let fifth = RecurringPattern { anchor_day: 5, ..monthly(date(2026, 11, 20)) };
    assert_eq!(days(&fifth, date(2026, 11, 1), date(2027, 1, 31)), ["12-05", "01-05"]);
    let second_year =
        RecurringPattern { anchor_day: 5, ..RecurringPattern::new(Frequency::Yearly, 2, date(2026, 11, 20)) };
    assert_eq!(second_year.next(date(2026, 1, 1)).unwrap().date, date(2027, 11, 5));
    assert_eq!(second_year.next(date(2027, 11, 5)).unwrap().date, date(2029, 11, 5));
}

#[test]
fn ends_and_pauses() {
    let mut gym = monthly(date(2026, 1, 15));
    gym.pause(date(2026, 3, 1)).unwrap();
    assert_eq!(days(&gym, date(2026, 1, 1), date(2026, 12, 31)), ["01-15", "02-15"]);
    assert_eq!(gym.next(date(2026, 2, 15)), None);
    assert_eq!(gym.pause(date(2026, 5, 1)), Err(RecurrenceError::Overlaps));
    gym.resume(date(2026, 5, 15));
    assert_eq!(days(&gym, date(2026, 1, 1), date(2026, 6, 30)), ["01-15", "02-15", "05-15", "06-15"]);
    assert!(gym.is_paused(date(2026, 5, 14)) && !gym.is_paused(date(2026, 5, 15)));
    gym.end(Some(date(2026, 6, 14))).unwrap();
    assert_eq!(gym.next(date(2026, 5, 15)), None);
    assert_eq!(gym.end(Some(date(2026, 1, 1))), Err(RecurrenceError::Overlaps));
    // What is resumed on the day it was paused was never paused.
    gym.pause(date(2026, 7, 1)).unwrap();
    gym.resume(date(2026, 7, 1));
    assert_eq!(gym.pauses.len(), 1);
}

#[test]
fn one_is_skipped_or_changed() {
    let mut rent = monthly(date(2026, 1, 31));
    rent.skip(date(2026, 2, 28)).unwrap();
    rent.change(date(2026, 3, 31), Some(date(2026, 4, 2)), Some(90_000)).unwrap();
    assert_eq!(days(&rent, date(2026, 1, 1), date(2026, 4, 30)), ["01-31", "04-02", "04-30"]);
    assert_eq!(days(&rent, date(2026, 1, 1), date(2026, 3, 31)), ["01-31"]);
    let moved = rent.next(date(2026, 1, 31)).unwrap();
    assert_eq!((moved.slot, moved.date, moved.amount), (date(2026, 3, 31), date(2026, 4, 2), Some(90_000)));
    assert_eq!(rent.skip(date(2026, 2, 27)), Err(RecurrenceError::NotASlot));
    assert_eq!(rent.change(date(2026, 3, 31), Some(date(2026, 4, 30)), None), Err(RecurrenceError::OutOfOrder));
    assert_eq!(rent.change(date(2026, 3, 31), None, Some(0)), Err(RecurrenceError::NotPositive));
    rent.change(date(2026, 3, 31), None, None).unwrap();
    rent.restore(date(2026, 2, 28));
    assert!(rent.exceptions.is_empty());
    // The first one may begin earlier.
    rent.change(date(2026, 1, 31), Some(date(2025, 12, 1)), None).unwrap();
    assert_eq!(days(&rent, date(2025, 12, 1), date(2025, 12, 31)), ["12-01"]);
}

#[test]
fn missed_ones_are_due_once() {
    let mut rent = monthly(date(2026, 1, 31));
    rent.skip(date(2026, 3, 31)).unwrap();
    rent.change(date(2026, 5, 31), Some(date(2026, 6, 3)), None).unwrap();
    let due =
        |last, today| rent.due(last, today).iter().map(|o| o.slot.to_string()[5..].to_owned()).collect::<Vec<_>>();
    assert_eq!(due(None, date(2026, 1, 30)), [""; 0]);
    assert_eq!(due(None, date(2026, 4, 30)), ["01-31", "02-28", "04-30"]);
    assert_eq!(due(Some(date(2026, 2, 28)), date(2026, 5, 31)), ["04-30"]);
    assert_eq!(due(Some(date(2026, 4, 30)), date(2026, 6, 3)), ["05-31"]);
    assert_eq!(due(Some(date(2026, 5, 31)), date(2026, 6, 3)), [""; 0]);
}

fn value(json: &str) -> Value {
    fn of(json: &serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => Value::Number(number.to_string()),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(list) => Value::List(list.iter().map(of).collect()),
            serde_json::Value::Object(map) => Value::Object(map.iter().map(|(k, v)| (k.clone(), of(v))).collect()),
        }
    }
    of(&serde_json::from_str(json).unwrap())
}

#[test]
fn rules_are_read() {
    let rule = read(
        &value(
            r#"{"frequency":"monthly","interval":2,"anchorDate":"2026-01-31","endDate":"2027-01-31",
            "pauses":[{"from":"2026-08-01"},{"from":"2026-05-01","until":"2026-06-01"}],"skipped":["2026-03-31"],
            "changed":[{"slot":"2026-07-31","date":"2026-07-30","amount":12.5}]}"#,
        ),
        Currency::EUR,
    )
    .unwrap();
    assert_eq!((rule.interval, rule.anchor_day), (2, 31));
    let all = rule.occurrences(date(2026, 1, 1), date(2027, 12, 31));
    assert_eq!(all.len(), 2);
    assert_eq!((all[1].date, all[1].amount), (date(2026, 7, 30), Some(1250)));
    let json = serde_json::to_string(&rule).unwrap();
    assert_eq!(serde_json::from_str::<RecurringPattern>(&json).unwrap(), rule, "{json}");
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let wrong = |json: &str| -> Vec<(String, Problem)> {
        read(&value(json), Currency::EUR).unwrap_err().0.into_iter().collect()
    };
    let fields = |json: &str| wrong(json).into_iter().map(|(field, _)| field).collect::<Vec<_>>().join(" ");
    assert_eq!(fields("{}"), "anchorDate frequency");
    assert_eq!(fields("3"), " anchorDate frequency");
    assert_eq!(
        fields(
            r#"{"frequency":"daily","interval":0,"anchorDate":"x","anchorDay":32,"endDate":1,"pauses":[{"until":"y"}],
            "skipped":[3],"changed":{},"colour":1}"#
        ),
        "anchorDate anchorDay changed colour endDate frequency interval pauses.0.from pauses.0.until skipped.0"
    );
    for (json, field, problem) in [
        (r#""endDate":"2025-01-01""#, "endDate", Problem::StartAfterEnd),
        (r#""anchorDay":0"#, "anchorDay", Problem::OutOfRange { min: "1".into(), max: "31".into() }),
        (r#""skipped":["2026-01-30"]"#, "skipped", Problem::NotFound),
        (r#""skipped":["2026-01-31","2026-01-31"]"#, "skipped", Problem::Duplicate),
        (r#""changed":[{"slot":"2026-02-01"}]"#, "changed", Problem::NotFound),
        (r#""changed":[{"slot":"2026-01-31","date":"2026-03-31"}]"#, "changed", Problem::Duplicate),
        (r#""pauses":[{"from":"2026-01-01"},{"from":"2026-02-01"}]"#, "pauses", Problem::Duplicate),
    ] {
        let json = format!(r#"{{"frequency":"monthly","anchorDate":"2026-01-31",{json}}}"#);
        assert_eq!(wrong(&json), [(field.to_owned(), problem)], "{json}");
    }
    let weekly = r#"{"frequency":"weekly","anchorDate":"2026-01-31","anchorDay":8}"#;
    assert_eq!(fields(weekly), "anchorDay");
}

fn any_day() -> impl Strategy<Value = Date> {
    (2000_i16..2040, 1_i8..=12, 1_i8..=31).prop_map(|(year, month, day)| {
        let first = date(year, month, 1);
        first.with().day(day.min(first.days_in_month())).build().unwrap()
    })
}

fn any_pattern() -> impl Strategy<Value = RecurringPattern> {
    let frequency = prop::sample::select(vec![Frequency::Weekly, Frequency::Monthly, Frequency::Yearly]);
    let marks = prop::collection::vec((0_usize..30, any::<bool>(), -40_i64..40), 0..6);
    (
        frequency,
        1_u16..=5,
        any_day(),
        0_u8..=33,
        prop::option::of(0_i64..5000),
        marks,
        prop::option::of((any_day(), 0_i64..900)),
    )
        .prop_map(|(frequency, interval, anchor, day, end, marks, pause)| {
            let mut pattern =
                RecurringPattern { anchor_day: day, ..RecurringPattern::new(frequency, interval, anchor) };
            pattern.end_date = end.map(|days| anchor + Span::new().days(days));
            let slots: Vec<Date> = pattern.slots_from(0).take(30).map(|(_, slot)| slot).collect();
            for (index, skip, by) in marks {
                let Some(slot) = slots.get(index) else { continue };
                let _ = if skip {
                    pattern.skip(*slot)
                } else {
                    pattern.change(*slot, Some(*slot + Span::new().days(by)), None)
                };
            }
            if let Some((from, days)) = pause {
                pattern.pause(from).unwrap();
                if days > 0 {
                    pattern.resume(from + Span::new().days(days));
                }
            }
            pattern
        })
}

proptest! {
    #[test]
    fn parts_of_a_span_make_the_whole(pattern in any_pattern(), start in any_day(), cut in 0_i64..2000) {
        let (middle, end) = (start + Span::new().days(cut), start + Span::new().days(2000));
        let mut parts = pattern.occurrences(start, middle);
        parts.extend(pattern.occurrences(middle.tomorrow().unwrap(), end));
        let whole = pattern.occurrences(start, end);
        prop_assert_eq!(&parts, &whole);
        prop_assert!(whole.is_sorted_by(|a, b| a.date < b.date && a.slot < b.slot));
        prop_assert!(whole.iter().all(|occurrence| pattern.is_slot(occurrence.slot)));
        prop_assert_eq!(pattern.next(start.yesterday().unwrap()).filter(|next| next.date <= end), whole.first().copied());
    }

    #[test]
    fn whenever_one_looks_each_is_made_once(pattern in any_pattern(), start in any_day(), looks in prop::collection::vec(0_i64..400, 1..20)) {
        let (mut today, mut last, mut made) = (start, None, Vec::new());
        for days in looks {
            today += Span::new().days(days);
            let due = pattern.due(last, today);
            prop_assert!(due.iter().all(|occurrence| occurrence.date <= today));
            last = due.last().map(|occurrence| occurrence.slot).or(last);
            made.extend(due);
        }
        prop_assert_eq!(made, pattern.occurrences(Date::MIN, today));
    }

    #[test]
    fn slots_are_on_their_day_and_regular(pattern in any_pattern()) {
        for (index, slot) in pattern.slots_from(0).take(60) {
            prop_assert!(slot >= pattern.anchor_date);
            let last = slot.days_in_month();
            match pattern.frequency {
                Frequency::Weekly => prop_assert_eq!(day_of(Frequency::Weekly, slot), pattern.anchor_day.clamp(1, 7)),
                _ => prop_assert!(slot.day() == i8::try_from(pattern.anchor_day.clamp(1, 31)).unwrap().min(last)),
            }
            if let Some(next) = pattern.slot(index + 1) {
                let gap = days_between(slot, next) / i32::from(pattern.interval);
                prop_assert!((7..=366).contains(&gap), "{gap}");
            }
        }
    }
}

#[test]
fn the_ends_of_the_calendar() {
    for frequency in [Frequency::Weekly, Frequency::Monthly, Frequency::Yearly] {
        for anchor in [Date::MIN, Date::MAX, date(9998, 12, 31)] {
            let pattern = RecurringPattern { interval: u16::MAX, ..RecurringPattern::new(frequency, 1, anchor) };
            assert!(pattern.occurrences(date(9990, 1, 1), Date::MAX).len() < 3);
            pattern.next(Date::MAX);
            pattern.due(Some(Date::MIN), date(2026, 1, 1));
        }
    }
}
