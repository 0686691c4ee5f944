//! The months of the example, and days in them.
use domain::{
    Date,
    period::{Month, MonthStartDay, Period},
};
use jiff::{ToSpan, civil::Weekday};

/// So many whole months lie before the running one.
pub(super) const PAST_MONTHS: usize = 24;
/// After so many months the household made a new plan: it earns more, and the rent has risen.
pub(super) const NEW_PLAN_AFTER: usize = 12;

/// One month of the household's life.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chapter {
    /// Which one, from 0 to [`PAST_MONTHS`]; that is the running one.
    pub(super) index: usize,
    /// Which calendar month.
    pub(super) month: Month,
}

/// The months up to `today`'s, oldest first.
pub(super) fn chapters(today: Date) -> Vec<Chapter> {
    let mut months = vec![Month::of(today, MonthStartDay::default())];
    while let (Some(last), true) = (months.last(), months.len() <= PAST_MONTHS) {
        months.push(last.previous());
    }
    months.reverse();
    months.into_iter().enumerate().map(|(index, month)| Chapter { index, month }).collect()
}

impl Chapter {
    /// Whether `today` is in it.
    pub(super) const fn is_running(self) -> bool {
        self.index == PAST_MONTHS
    }

    /// Its days.
    pub(super) fn period(self) -> Period {
        self.month.period(MonthStartDay::default())
    }

    /// The day of that number; the last one where there are fewer.
    pub(super) fn day(self, number: i64) -> Date {
        let Period { start, end } = self.period();
        let days = i32::try_from(number - 1).unwrap_or(0);
        start.saturating_add(days.days()).min(end)
    }

    /// The day on which banks book what is due on the day of that number (at most 25): the next one that is no weekend.
    pub(super) fn booked(self, number: i64) -> Date {
        let due = self.day(number);
        let wait = match due.weekday() {
            Weekday::Saturday => 2,
            Weekday::Sunday => 1,
            _ => 0,
        };
        due.saturating_add(wait.days())
    }

    /// All its days that are `weekday`s.
    pub(super) fn each(self, weekday: Weekday) -> impl Iterator<Item = Date> {
        let Period { start, end } = self.period();
        start.series(1.day()).take_while(move |day| *day <= end).filter(move |day| day.weekday() == weekday)
    }

    /// A price of the first month in today's money: prices rise by a quarter of a percent a month.
    pub(super) fn price(self, minor: i64) -> i64 {
        let months = i64::try_from(self.index).unwrap_or(0);
        minor + minor * months * 25 / 10_000
    }
}
