//! What repeats: every so many weeks, months or years, with an end, pauses, and single occurrences that are skipped or changed.
//! Which days those are, which of them are due, and (in [`detect`]) what of a history repeats.
//!
//! Each occurrence is known by its *slot*, the day that the rule gives, also when it is moved to another day. The 31st is the last
//! day of shorter months and the 31st again in the next long one, since slots are counted from the anchor and never from
//! the occurrence before; 29 February is the 28th in years without it.
use crate::{Date, period::days_between};
use jiff::Span;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

mod bills;
mod detect;
mod meet;
mod read;
mod series;

pub use bills::{Bill, bills};
pub use detect::{Detected, Evidence, Row, detect};
pub use meet::{DAYS_OFF, Likeness, Seen, scaled};
pub use read::read;
pub use series::{Evident, Origin, Series, Standing, Template, Wish, found_id, known, part, read_pattern};

/// The longest interval, in weeks, months or years.
pub const INTERVAL_MAX: u16 = 120;

/// The unit of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frequency {
    /// Every so many weeks.
    Weekly,
    /// Every so many months.
    Monthly,
    /// Every so many years.
    Yearly,
}

impl Frequency {
    /// The words a client may send.
    pub const WORDS: &'static [&'static str] = &["weekly", "monthly", "yearly"];

    /// The word in JSON and in stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
        }
    }
}

impl FromStr for Frequency {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Weekly, Self::Monthly, Self::Yearly].into_iter().find(|known| known.as_str() == text).ok_or(())
    }
}

/// Days without occurrences, which are not caught up later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// the first day without
    #[serde(with = "crate::wire::date")]
    pub from: Date,
    /// the first day with again; none = until it is resumed
    #[serde(with = "crate::wire::date::optional", default)]
    pub until: Option<Date>,
}

/// How one occurrence differs from the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Exception {
    /// It doesn't happen.
    Skipped,
    /// It happens on another day, or with another amount.
    Changed {
        /// none = on its slot
        #[serde(with = "crate::wire::date::optional", default)]
        date: Option<Date>,
        /// minor units of the expense's currency; none = as ever
        #[serde(default)]
        amount: Option<i64>,
    },
}

/// A rule of what repeats. [`read`] and the methods keep it whole; see each field for what it means when it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecurringPattern {
    /// the unit
    pub frequency: Frequency,
    /// 1 to [`INTERVAL_MAX`]: 2 weeks are biweekly (0 counts as 1)
    pub interval: u16,
    /// the day of the month, 1 to 31; of the week for weekly ones, 1 (Monday) to 7 (others count as the nearest)
    pub anchor_day: u8,
    /// the first slot is the first such day from here on; its month is that of yearly ones
    #[serde(with = "crate::wire::date")]
    pub anchor_date: Date,
    /// the last day on which a slot can be
    #[serde(with = "crate::wire::date::optional", default)]
    pub end_date: Option<Date>,
    /// in order, without overlaps
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// by slot; what is no slot (any more) has no effect
    #[serde(default)]
    pub exceptions: BTreeMap<DateKey, Exception>,
}

/// A day as the key of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateKey(#[serde(with = "crate::wire::date")] pub Date);

/// One time that it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// the day by the rule, which names it
    #[serde(with = "crate::wire::date")]
    pub slot: Date,
    /// the day on which it happens
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// in minor units, where it differs
    pub amount: Option<i64>,
}

/// Why a rule can't be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecurrenceError {
    /// The day is none on which it would happen by the rule.
    #[error("not a day of the rule")]
    NotASlot,
    /// An occurrence must stay between the one before and the one after.
    #[error("past another occurrence")]
    OutOfOrder,
    /// An amount is more than zero.
    #[error("not more than zero")]
    NotPositive,
    /// It is paused already from that day on, or ends before it begins.
    #[error("overlaps what is there")]
    Overlaps,
}

impl RecurringPattern {
    /// Every `interval` units from `anchor_date` on, on its day, without end.
    pub fn new(frequency: Frequency, interval: u16, anchor_date: Date) -> Self {
        Self {
            frequency,
            interval: interval.clamp(1, INTERVAL_MAX),
            anchor_day: day_of(frequency, anchor_date),
            anchor_date,
            end_date: None,
            pauses: Vec::new(),
            exceptions: BTreeMap::new(),
        }
    }

    /// What happens from `from` to `to`, both included, in order of days.
    pub fn occurrences(&self, from: Date, to: Date) -> Vec<Occurrence> {
        // What is moved stays between its neighbours' slots, so one slot more on each side is enough.
        self.slots_from(self.index_before(from))
            .take_while(|(index, _)| self.slot(index - 1).is_none_or(|before| before <= to))
            .filter_map(|(_, slot)| self.occurrence(slot))
            .filter(|occurrence| (from..=to).contains(&occurrence.date))
            .collect()
    }

    /// The first that happens after `day`.
    pub fn next(&self, day: Date) -> Option<Occurrence> {
        self.slots_from(self.index_before(day))
            .take_while(|(_, slot)| !self.is_paused_for_good(*slot))
            .filter_map(|(_, slot)| self.occurrence(slot))
            .find(|occurrence| occurrence.date > day)
    }

    /// What has to be made by now: each occurrence after `last_created` (the slot of the last one that was made; none = none
    /// was) that has happened by `today`, in order. Missed ones are there once each; who makes them keeps the last slot.
    pub fn due(&self, last_created: Option<Date>, today: Date) -> Vec<Occurrence> {
        let mut due = Vec::new();
        for (_, slot) in self.slots_from(last_created.map_or(0, |last| self.index_before(last))) {
            if last_created.is_some_and(|last| slot <= last) {
                continue;
            }
            match self.occurrence(slot) {
                Some(occurrence) if occurrence.date <= today => due.push(occurrence),
                None if slot <= today => {}
                // Later ones happen later: they stay in order.
                _ => break,
            }
        }
        due
    }

    /// The first that happens of the slots after `last_created` (none: of all), be its day past or not; none where nothing more
    /// happens, or not before it is resumed.
    pub fn upcoming(&self, last_created: Option<Date>) -> Option<Occurrence> {
        self.slots_from(last_created.map_or(0, |last| self.index_before(last)))
            .filter(|(_, slot)| last_created.is_none_or(|last| *slot > last))
            .take_while(|(_, slot)| !self.is_paused_for_good(*slot))
            .find_map(|(_, slot)| self.occurrence(slot))
    }

    /// Whether the rule gives that day (skipped or paused ones too).
    pub fn is_slot(&self, day: Date) -> bool {
        self.slot(self.index_before(day)).is_some_and(|slot| slot == day)
            || self.slot(self.index_before(day) + 1).is_some_and(|slot| slot == day)
    }

    /// Leaves one out.
    pub fn skip(&mut self, slot: Date) -> Result<(), RecurrenceError> {
        self.must_be_slot(slot)?;
        self.exceptions.insert(DateKey(slot), Exception::Skipped);
        Ok(())
    }

    /// Lets one happen by the rule again, however it was changed.
    pub fn restore(&mut self, slot: Date) {
        self.exceptions.remove(&DateKey(slot));
    }

    /// Moves one to another day, or gives it another amount (minor units); with neither it is as the rule has it.
    pub fn change(&mut self, slot: Date, date: Option<Date>, amount: Option<i64>) -> Result<(), RecurrenceError> {
        let index = self.must_be_slot(slot)?;
        if amount.is_some_and(|amount| amount <= 0) {
            return Err(RecurrenceError::NotPositive);
        }
        let date = date.filter(|date| *date != slot);
        if let Some(date) = date {
            let before = self.slot(index - 1).map(|slot| slot.max(self.moved(slot)));
            let after = self.slot(index + 1).map(|slot| slot.min(self.moved(slot)));
            if before.is_some_and(|before| date <= before) || after.is_some_and(|after| date >= after) {
                return Err(RecurrenceError::OutOfOrder);
            }
        }
        match (date, amount) {
            (None, None) => self.restore(slot),
            (date, amount) => {
                self.exceptions.insert(DateKey(slot), Exception::Changed { date, amount });
            }
        }
        Ok(())
    }

    /// Nothing from that day on, until it is resumed.
    pub fn pause(&mut self, from: Date) -> Result<(), RecurrenceError> {
        let is_free = self.pauses.last().is_none_or(|last| last.until.is_some_and(|until| until <= from));
        if !is_free {
            return Err(RecurrenceError::Overlaps);
        }
        self.pauses.push(Pause { from, until: None });
        Ok(())
    }

    /// From that day on it happens again; what was missed meanwhile is not caught up. Nothing where it isn't paused.
    pub fn resume(&mut self, on: Date) {
        if let Some(last) = self.pauses.last_mut().filter(|last| last.until.is_none_or(|until| until > on)) {
            last.until = Some(on);
        }
        self.pauses.retain(|pause| pause.until.is_none_or(|until| until > pause.from));
    }

    /// The last day on which a slot can be; none = no end.
    pub fn end(&mut self, on: Option<Date>) -> Result<(), RecurrenceError> {
        if on.is_some_and(|on| on < self.anchor_date) {
            return Err(RecurrenceError::Overlaps);
        }
        self.end_date = on;
        Ok(())
    }

    /// Whether it is paused on that day.
    pub fn is_paused(&self, day: Date) -> bool {
        self.pauses.iter().any(|pause| pause.from <= day && pause.until.is_none_or(|until| day < until))
    }

    fn is_paused_for_good(&self, day: Date) -> bool {
        self.pauses.iter().any(|pause| pause.from <= day && pause.until.is_none())
    }

    fn must_be_slot(&self, slot: Date) -> Result<i64, RecurrenceError> {
        let index = self.index_before(slot);
        [index, index + 1].into_iter().find(|index| self.slot(*index) == Some(slot)).ok_or(RecurrenceError::NotASlot)
    }

    /// The occurrence of a slot; none where it doesn't happen.
    fn occurrence(&self, slot: Date) -> Option<Occurrence> {
        let as_ever = Occurrence { slot, date: slot, amount: None };
        match self.exceptions.get(&DateKey(slot)) {
            Some(Exception::Skipped) => None,
            _ if self.is_paused(slot) => None,
            Some(Exception::Changed { amount, .. }) => {
                Some(Occurrence { date: self.moved(slot), amount: *amount, ..as_ever })
            }
            None => Some(as_ever),
        }
    }

    fn moved(&self, slot: Date) -> Date {
        match self.exceptions.get(&DateKey(slot)) {
            Some(Exception::Changed { date: Some(date), .. }) => *date,
            _ => slot,
        }
    }

    /// Slots with their numbers, from that number (or the first) on.
    fn slots_from(&self, index: i64) -> impl Iterator<Item = (i64, Date)> {
        (index.max(0)..).map_while(|index| Some((index, self.slot(index)?)))
    }

    fn interval(&self) -> i64 {
        self.interval.max(1).into()
    }

    /// Slot number `index` (the first is 0); none before the first, after the end, and where the calendar ends.
    fn slot(&self, index: i64) -> Option<Date> {
        let steps = (index >= 0).then(|| index.checked_mul(self.interval())).flatten()?;
        let slot = match self.frequency {
            Frequency::Weekly => {
                let days = steps.checked_mul(7)?.checked_add(self.first_weekday_offset().into())?;
                self.anchor_date.checked_add(Span::new().try_days(days).ok()?).ok()?
            }
            Frequency::Monthly => self.day_in(self.first_month().checked_add(steps)?)?,
            Frequency::Yearly => self.day_in(self.first_month().checked_add(steps.checked_mul(12)?)?)?,
        };
        self.end_date.is_none_or(|end| slot <= end).then_some(slot)
    }

    /// The number of a slot that is not after `day`, and at most one before the last such: −1 before the first.
    fn index_before(&self, day: Date) -> i64 {
        let units = match self.frequency {
            Frequency::Weekly => {
                (i64::from(days_between(self.anchor_date, day)) - i64::from(self.first_weekday_offset())).div_euclid(7)
            }
            Frequency::Monthly => month_number(day) - self.first_month() - 1,
            Frequency::Yearly => (month_number(day) - self.first_month() - 1).div_euclid(12),
        };
        units.div_euclid(self.interval()).max(-1)
    }

    /// Days from the anchor to the first slot of a weekly rule.
    fn first_weekday_offset(&self) -> i8 {
        let wanted = i8::try_from(self.anchor_day.clamp(1, 7)).unwrap_or(1);
        (wanted - self.anchor_date.weekday().to_monday_one_offset()).rem_euclid(7)
    }

    /// The month of the first slot, counted from year 0.
    fn first_month(&self) -> i64 {
        let month = month_number(self.anchor_date);
        let is_past = self.day_in(month).is_some_and(|day| day < self.anchor_date);
        month
            + if !is_past {
                0
            } else if self.frequency == Frequency::Yearly {
                12
            } else {
                1
            }
    }

    /// The anchor's day in that month, or its last one.
    fn day_in(&self, month: i64) -> Option<Date> {
        clamped(month, self.anchor_day)
    }
}

/// The day in a month (counted from year 0), or the last one of it; none outside of the calendar.
fn clamped(month: i64, day: u8) -> Option<Date> {
    let (year, month) = (i16::try_from(month.div_euclid(12)).ok()?, i8::try_from(month.rem_euclid(12)).ok()? + 1);
    let first = Date::new(year, month, 1).ok()?;
    let day = i8::try_from(day.clamp(1, 31)).unwrap_or(31).min(first.days_in_month());
    Date::new(year, month, day).ok()
}

fn month_number(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

fn day_of(frequency: Frequency, day: Date) -> u8 {
    let day = if frequency == Frequency::Weekly { day.weekday().to_monday_one_offset() } else { day.day() };
    day.unsigned_abs()
}

#[cfg(test)]
mod tests;
