//! How well rows fit a rhythm.
use super::{Row, days_between};
use crate::{
    Date,
    recurrence::{Frequency, clamped, month_number},
};
use jiff::Span;
use std::collections::BTreeMap;

/// A rhythm that is tried.
struct Rhythm {
    frequency: Frequency,
    interval: u16,
    /// days that a row may be away from its slot
    tolerance: u32,
    /// the fewest rows
    least: usize,
}

const fn rhythm(frequency: Frequency, interval: u16, tolerance: u32, least: usize) -> Rhythm {
    Rhythm { frequency, interval, tolerance, least }
}

/// In the order in which they are preferred. Months may be away by four days: weekends with a holiday on each side.
const RHYTHMS: [Rhythm; 8] = [
    rhythm(Frequency::Monthly, 1, 4, 3),
    rhythm(Frequency::Weekly, 1, 1, 3),
    rhythm(Frequency::Weekly, 2, 2, 3),
    rhythm(Frequency::Weekly, 4, 2, 4),
    rhythm(Frequency::Monthly, 2, 5, 3),
    rhythm(Frequency::Monthly, 3, 6, 3),
    rhythm(Frequency::Monthly, 6, 8, 3),
    rhythm(Frequency::Yearly, 1, 10, 2),
];

/// Rows that follow a rhythm.
pub(super) struct Fit {
    pub(super) frequency: Frequency,
    pub(super) interval: u16,
    /// the day of the month (of monthly and yearly ones)
    pub(super) anchor_day: u8,
    /// slot and index of each row, in order of slots
    pub(super) rows: Vec<(i64, usize)>,
    /// the most days between a row and its slot
    pub(super) deviation: u32,
    phase: i64,
    /// slots and rows that are left over, then the sum of deviations: less is better
    cost: (usize, u64),
}

impl Fit {
    /// The day of a slot.
    pub(super) fn day(&self, slot: i64) -> Option<Date> {
        day(self.frequency, self.interval, self.anchor_day, self.phase, slot)
    }
}

/// Weeks are counted from a Monday.
const MONDAY: Date = jiff::civil::date(2024, 1, 1);

/// The day of a slot: `phase` days (or months) plus so many intervals.
fn day(frequency: Frequency, interval: u16, anchor_day: u8, phase: i64, slot: i64) -> Option<Date> {
    let steps = slot.checked_mul(length(frequency, interval))?.checked_add(phase)?;
    match frequency {
        Frequency::Weekly => MONDAY.checked_add(Span::new().try_days(steps).ok()?).ok(),
        Frequency::Monthly | Frequency::Yearly => clamped(steps, anchor_day),
    }
}

/// Days of a weekly interval, months of the others.
fn length(frequency: Frequency, interval: u16) -> i64 {
    i64::from(interval)
        * if frequency == Frequency::Weekly {
            7
        } else if frequency == Frequency::Yearly {
            12
        } else {
            1
        }
}

/// The rhythm that the rows (by date) follow best; none if they follow none. `together` is on how many days there is a row of
/// the merchant at all.
pub(super) fn best(rows: &[&Row], together: usize) -> Option<Fit> {
    let days = days(rows);
    let calendar = Calendar::around(&days);
    let mut best: Option<Fit> = None;
    for rhythm in &RHYTHMS {
        if let Some(fit) =
            try_rhythm(rows, &days, &calendar, rhythm).filter(|fit| convinces(fit, rows, rhythm, together))
        {
            let average = |fit: &Fit| (fit.cost.0, fit.cost.1 * 10 / fit.rows.len().max(1) as u64);
            if best.as_ref().is_none_or(|known| average(&fit) < average(known)) {
                best = Some(fit);
            }
        }
    }
    best
}

fn convinces(fit: &Fit, rows: &[&Row], rhythm: &Rhythm, together: usize) -> bool {
    let (hits, on_days) = (fit.rows.len(), days(rows).len());
    let (Some((first, _)), Some((last, _))) = (fit.rows.first(), fit.rows.last()) else { return false };
    let span = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
    let (missed, extra) = (span.saturating_sub(hits), on_days.saturating_sub(hits));
    let amounts = || fit.rows.iter().map(|(_, index)| rows[*index].amount.minor());
    let (min, max) = (amounts().min().unwrap_or_default(), amounts().max().unwrap_or_default());
    // Where much else is bought, chance makes rhythms of few rows.
    let least = if together > 3 * hits { rhythm.least.max(4) } else { rhythm.least };
    // What comes each week, or was there only twice, must also cost about the same.
    let must_be_near = rhythm.frequency == Frequency::Weekly || hits < 3;
    hits >= least
        && extra <= hits / 4
        && missed <= if hits < 3 { 0 } else { (span / 5).max(1) }
        && (hits >= 3 || together <= 4 && fit.deviation <= 7)
        && (!must_be_near || max - min <= min / 2)
}

/// The best phase of a rhythm.
fn try_rhythm(rows: &[&Row], days: &[Day], calendar: &Calendar, rhythm: &Rhythm) -> Option<Fit> {
    let length = length(rhythm.frequency, rhythm.interval);
    let period = if rhythm.frequency == Frequency::Weekly { length } else { length * 30 };
    let slots = usize::try_from((days.last()?.number - days.first()?.number) / period + 2).ok()?;
    if days.len() < rhythm.least || days.len() > slots + slots / 4 {
        return None;
    }
    let mut best: Option<Fit> = None;
    for (phase, anchor_day) in phases(rows, rhythm, length) {
        let fit = assign(days, calendar, rhythm, phase, anchor_day);
        if best.as_ref().is_none_or(|known| fit.cost < known.cost) {
            best = Some(fit);
        }
    }
    best
}

/// Where slots may lie: by the rows themselves.
fn phases(rows: &[&Row], rhythm: &Rhythm, length: i64) -> Vec<(i64, u8)> {
    let mut phases = std::collections::BTreeSet::new();
    if rhythm.frequency == Frequency::Weekly {
        phases.extend(rows.iter().map(|row| i64::from(days_between(MONDAY, row.date)).rem_euclid(length)));
        return phases.into_iter().map(|phase| (phase, 1)).collect();
    }
    // A row at the end of a month may be of the next one's slot.
    phases.extend(rows.iter().flat_map(|row| {
        let month = month_number(row.date);
        [(month - 1).rem_euclid(length), month.rem_euclid(length), (month + 1).rem_euclid(length)]
    }));
    let mut days: Vec<u8> = (1..=31).collect();
    if rows.iter().all(|row| row.date == row.date.last_of_month()) {
        days.reverse();
    }
    days.into_iter().flat_map(|day| phases.iter().map(move |phase| (*phase, day))).collect()
}

/// Gives each row the nearest slot, and each slot the nearest row.
fn assign(days: &[Day], calendar: &Calendar, rhythm: &Rhythm, phase: i64, anchor_day: u8) -> Fit {
    let Rhythm { frequency, interval, tolerance, .. } = *rhythm;
    let length = length(frequency, interval);
    let mut hits: BTreeMap<i64, (u32, usize)> = BTreeMap::new();
    for day in days {
        let units = if frequency == Frequency::Weekly { day.number } else { day.month };
        let near = (units - phase).div_euclid(length);
        let nearest = (near - 1..=near + 1)
            .map(|slot| {
                let steps = slot * length + phase;
                let slot_day = if frequency == Frequency::Weekly { steps } else { calendar.day(steps, anchor_day) };
                ((slot_day - day.number).unsigned_abs(), slot)
            })
            .min();
        let Some((away, slot)) = nearest.filter(|(away, _)| *away <= u64::from(tolerance)) else { continue };
        let away = u32::try_from(away).unwrap_or(u32::MAX);
        let hit = hits.entry(slot).or_insert((away, day.row));
        if away < hit.0 {
            *hit = (away, day.row);
        }
    }
    let span = hits.first_key_value().zip(hits.last_key_value()).map_or(0, |((first, _), (last, _))| last - first + 1);
    let missed = usize::try_from(span).unwrap_or(usize::MAX).saturating_sub(hits.len());
    Fit {
        frequency,
        interval,
        anchor_day,
        deviation: hits.values().map(|(away, _)| *away).max().unwrap_or_default(),
        cost: (missed + days.len().saturating_sub(hits.len()), hits.values().map(|(away, _)| u64::from(*away)).sum()),
        rows: hits.into_iter().map(|(slot, (_, row))| (slot, row)).collect(),
        phase,
    }
}

/// A day on which there is a row, in plain numbers: many slots are compared with each.
struct Day {
    /// days from a Monday
    number: i64,
    /// months from year 0
    month: i64,
    /// the first row of the day
    row: usize,
}

fn days(rows: &[&Row]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::with_capacity(rows.len());
    for (row, date) in rows.iter().map(|row| row.date).enumerate() {
        let number = days_between(MONDAY, date).into();
        if days.last().is_none_or(|last| last.number != number) {
            days.push(Day { number, month: month_number(date), row });
        }
    }
    days
}

/// When months begin, in days from a Monday.
struct Calendar {
    first: i64,
    begins: Vec<i64>,
}

impl Calendar {
    /// From two years before the first day to two years after the last.
    fn around(days: &[Day]) -> Self {
        let (first, last) = days.first().zip(days.last()).map_or((0, 0), |(first, last)| (first.month, last.month));
        let begin = |month| clamped(month, 1).map(|day| i64::from(days_between(MONDAY, day)));
        Self { first: first - 25, begins: (first - 25..=last + 25).map_while(begin).collect() }
    }

    /// The day in a month, or the last one of it; far away where that month isn't near.
    fn day(&self, month: i64, day: u8) -> i64 {
        let index = usize::try_from(month - self.first).unwrap_or(usize::MAX - 1);
        match (self.begins.get(index), self.begins.get(index + 1)) {
            (Some(begin), Some(next)) => (begin + i64::from(day) - 1).min(next - 1),
            _ => i64::MAX / 4,
        }
    }
}
