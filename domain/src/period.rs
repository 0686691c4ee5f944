//! Months that begin on the day that pay arrives: `2026-11` is the period that starts in November.
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{borrow::Cow, fmt, str::FromStr};

/// The first year that is kept.
pub const FIRST_YEAR: i16 = 1900;
/// The last year that is kept (and that a civil date can have).
pub const LAST_YEAR: i16 = 9999;

/// A budget month, named after the calendar month in which it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// 1900 to 9999
    pub year: i16,
    /// 1 to 12
    pub month: i8,
}

/// A text that is no month written as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as 2026-11")]
pub struct MonthError;

/// The day on which a budget's months start: 1 to 28, since every calendar month has those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MonthStartDay(u8);

/// The days from `start` to `end`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// the first day
    #[serde(with = "crate::wire::date")]
    pub start: Date,
    /// the last day
    #[serde(with = "crate::wire::date")]
    pub end: Date,
}

impl MonthStartDay {
    /// `day` if it is 1 to 28.
    pub const fn new(day: u8) -> Option<Self> {
        if matches!(day, 1..=28) { Some(Self(day)) } else { None }
    }

    /// The day, 1 to 28.
    pub const fn get(self) -> u8 {
        self.0
    }

    #[allow(clippy::cast_possible_wrap, reason = "28 at most")]
    const fn day(self) -> i8 {
        self.0 as i8
    }
}

/// The first, as calendars have it.
impl Default for MonthStartDay {
    fn default() -> Self {
        Self(1)
    }
}

impl<'de> Deserialize<'de> for MonthStartDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u8::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("a day from 1 to 28"))
    }
}

impl Month {
    /// The month, if the year is kept (1900 to 9999) and there is such a month.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The budget month that `date` lies in.
    pub fn of(date: Date, start: MonthStartDay) -> Self {
        let calendar = Self { year: date.year(), month: date.month() };
        if date.day() < start.day() { calendar.previous() } else { calendar }
    }

    /// The one after.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month >= 12 {
            Self { year: self.year.saturating_add(1), month: 1 }
        } else {
            Self { month: self.month + 1, ..self }
        }
    }

    /// The one before.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.month <= 1 {
            Self { year: self.year.saturating_sub(1), month: 12 }
        } else {
            Self { month: self.month - 1, ..self }
        }
    }

    /// Its days: from the start day to the day before the next month's start day.
    pub fn period(self, start: MonthStartDay) -> Period {
        Period { start: self.first_day(start), end: self.next().first_day(start).yesterday().unwrap_or(Date::MIN) }
            .cut_off(self)
    }

    /// How many months lie between: 0 for the same one, negative if `other` is earlier.
    pub fn months_until(self, other: Self) -> i32 {
        (i32::from(other.year) - i32::from(self.year)) * 12 + i32::from(other.month) - i32::from(self.month)
    }

    /// The start day in this calendar month. After the calendar's end (9999-12-31): that last day.
    fn first_day(self, start: MonthStartDay) -> Date {
        let month = self.month.clamp(1, 12);
        Date::new(self.year, month, start.day()).unwrap_or(if self.year > LAST_YEAR { Date::MAX } else { Date::MIN })
    }
}

impl Period {
    /// How many days it has.
    pub fn days(self) -> i32 {
        days_between(self.start, self.end) + 1
    }

    /// Whether `date` is one of its days.
    pub fn contains(self, date: Date) -> bool {
        self.start <= date && date <= self.end
    }

    /// Which of its days `today` is, counted from 1: 0 before it begins, [`Period::days`] after its end.
    pub fn day_number(self, today: Date) -> i32 {
        (days_between(self.start, today) + 1).clamp(0, self.days())
    }

    /// The calendar ends with December 9999, so that this period's last day is also the calendar's.
    fn cut_off(self, month: Month) -> Self {
        if month.next().year > LAST_YEAR { Self { end: Date::MAX, ..self } } else { self }
    }
}

/// Days from `a` to `b`, negative if `b` is earlier.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    i32::try_from(b.duration_since(a).as_hours() / 24).unwrap_or_default()
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = MonthError;
    fn from_str(text: &str) -> Result<Self, MonthError> {
        let (year, month) = text.split_once('-').ok_or(MonthError)?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|digit| digit.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(MonthError);
        }
        let year = year.parse().map_err(|_| MonthError)?;
        Self::new(year, month.parse().map_err(|_| MonthError)?).ok_or(MonthError)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn starting(day: u8) -> MonthStartDay {
        MonthStartDay::new(day).unwrap()
    }

    #[test]
    fn november_from_the_25th() {
        let november: Month = "2026-11".parse().unwrap();
        let period = november.period(starting(25));
        assert_eq!(period, Period { start: date(2026, 11, 25), end: date(2026, 12, 24) });
        assert_eq!(period.days(), 30);
        assert_eq!(Month::of(date(2026, 11, 24), starting(25)).to_string(), "2026-10");
        assert_eq!(Month::of(date(2026, 11, 25), starting(25)), november);
        assert_eq!(Month::of(date(2027, 1, 1), starting(2)), Month { year: 2026, month: 12 });
    }

    #[test]
    fn calendar_months() {
        let february = Month { year: 2028, month: 2 }.period(MonthStartDay::default());
        assert_eq!((february.end, february.days()), (date(2028, 2, 29), 29));
    }

    #[test]
    fn days_are_counted_and_clamped() {
        let period = Month { year: 2026, month: 11 }.period(starting(1));
        for (today, number) in [
            (date(2026, 10, 1), 0),
            (date(2026, 10, 31), 0),
            (date(2026, 11, 1), 1),
            (date(2026, 11, 30), 30),
            (date(2027, 3, 1), 30),
        ] {
            assert_eq!(period.day_number(today), number, "{today}");
        }
    }

    #[test]
    fn only_one_way_to_write_a_month() {
        for text in [
            "",
            "2026",
            "2026-1",
            "2026-13",
            "2026-00",
            "26-11",
            "1899-12",
            "+026-11",
            "2026-11-01",
            "2026-١١",
            "20261-1",
        ] {
            assert_eq!(text.parse::<Month>(), Err(MonthError), "{text}");
        }
        assert_eq!("9999-12".parse(), Ok(Month { year: 9999, month: 12 }));
    }

    #[test]
    fn json() {
        let month = Month { year: 2026, month: 3 };
        assert_eq!(serde_json::to_string(&month).unwrap(), "\"2026-03\"");
        assert_eq!(serde_json::from_value::<Month>(serde_json::json!("2026-03")).unwrap(), month);
        assert_eq!(serde_json::to_string(&starting(28)).unwrap(), "28");
        assert!(serde_json::from_str::<MonthStartDay>("29").is_err());
        assert!(serde_json::from_str::<MonthStartDay>("0").is_err());
    }

    #[test]
    fn the_ends_of_time() {
        let last = Month { year: 9999, month: 12 }.period(starting(15));
        assert_eq!(last, Period { start: date(9999, 12, 15), end: Date::MAX });
        assert_eq!(Month { year: 9999, month: 12 }.period(starting(1)).days(), 31);
        assert_eq!(Month::of(date(1900, 1, 1), starting(15)).period(starting(15)).end, date(1900, 1, 14));
        // Nonsense in, no panic out.
        Month { year: i16::MAX, month: i8::MAX }.next().period(starting(1));
        Month { year: i16::MIN, month: i8::MIN }.previous().period(starting(1));
    }

    fn any_date() -> impl Strategy<Value = Date> {
        (FIRST_YEAR..=LAST_YEAR, 1_i8..=12, 1_i8..=31).prop_map(|(year, month, day)| {
            date(year, month, 1).with().day(day.min(date(year, month, 1).days_in_month())).build().unwrap()
        })
    }

    proptest! {
        #[test]
        fn each_date_is_in_exactly_one_period(day in any_date(), start in 1_u8..=28) {
            let start = starting(start);
            let month = Month::of(day, start);
            prop_assert!(month.period(start).contains(day));
            prop_assert!(!month.previous().period(start).contains(day));
            let is_last = month.next().year > LAST_YEAR;
            prop_assert!(is_last || !month.next().period(start).contains(day));
            prop_assert_eq!(month.period(start).day_number(day), days_between(month.period(start).start, day) + 1);
        }

        #[test]
        fn periods_are_adjacent(year in FIRST_YEAR..=9998, month in 1_i8..=12, start in 1_u8..=28) {
            let (month, start) = (Month { year, month }, starting(start));
            prop_assert_eq!(month.period(start).end.tomorrow().unwrap(), month.next().period(start).start);
            prop_assert!((28..=31).contains(&month.period(start).days()));
            prop_assert_eq!(month.next().previous(), month);
            prop_assert_eq!(month.months_until(month.next()), 1);
            prop_assert_eq!(month.to_string().parse(), Ok(month));
        }
    }
}
