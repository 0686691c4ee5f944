//! Reads a rule from a body, all wrong fields at once.
use super::{Frequency, INTERVAL_MAX, Pause, RecurrenceError, RecurringPattern};
use crate::{
    Date,
    currency::Currency,
    input::{self, Reader, Value},
    problem::{Problem, Problems},
};

/// The most skipped, changed or paused days of one rule.
const EXCEPTIONS_MAX: usize = 500;

/// Reads `{frequency, interval?, anchorDate, anchorDay?, endDate?, pauses? [{from, until?}], skipped? [date], changed? [{slot,
/// date?, amount?}]}`. Without an interval it is 1, without an anchor day that of the anchor date. Amounts are of `currency`.
///
/// [`Problem::NotFound`] for a skipped or changed day that the rule doesn't give.
pub fn read(value: &Value, currency: Currency) -> Result<RecurringPattern, Problems> {
    let mut reader = Reader::new(value);
    let frequency = reader.required("frequency", |value| input::word(value, Frequency::WORDS));
    let interval = reader.optional("interval", |value| input::integer(value, 1, INTERVAL_MAX.into()));
    let anchor_date = reader.required("anchorDate", input::date);
    let last_day = if frequency == Some(Frequency::Weekly) { 7 } else { 31 };
    let anchor_day = reader.optional("anchorDay", |value| input::integer(value, 1, last_day));
    let end_date = reader.optional("endDate", input::date);
    if let (Some(start), Some(end)) = (anchor_date, end_date)
        && end < start
    {
        reader.problem("endDate", Problem::StartAfterEnd);
    }
    let pauses = list(&mut reader, "pauses", read_pause);
    let skipped =
        list(&mut reader, "skipped", |value| input::date(value).map_err(|problem| Problems::one("", problem)));
    let changed = list(&mut reader, "changed", |value| read_change(value, currency));
    let rule = frequency.zip(anchor_date).map(|(frequency, anchor_date)| {
        let interval = interval.and_then(|interval| u16::try_from(interval).ok()).unwrap_or(1);
        let mut pattern = RecurringPattern::new(frequency, interval, anchor_date);
        pattern.anchor_day = anchor_day.and_then(|day| u8::try_from(day).ok()).unwrap_or(pattern.anchor_day);
        pattern.end_date = end_date;
        add_pauses(&mut reader, &mut pattern, pauses);
        add_exceptions(&mut reader, &mut pattern, skipped, changed);
        pattern
    });
    reader.finish()?;
    rule.ok_or_else(Problems::default)
}

fn list<T>(reader: &mut Reader<'_>, name: &'static str, read: impl Fn(&Value) -> Result<T, Problems>) -> Vec<T> {
    let entries: &[Value] = match reader.raw(name) {
        None | Some(Value::Null) => &[],
        Some(Value::List(entries)) if entries.len() <= EXCEPTIONS_MAX => entries,
        Some(Value::List(_)) => {
            reader.problem(name, Problem::TooLong { max: EXCEPTIONS_MAX });
            &[]
        }
        Some(_) => {
            reader.problem(name, input::wrong_type("list"));
            &[]
        }
    };
    let mut out = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        match read(entry) {
            Ok(read) => out.push(read),
            Err(problems) => {
                for (field, problem) in problems.0 {
                    let dot = if field.is_empty() { "" } else { "." };
                    reader.problem(&format!("{name}.{index}{dot}{field}"), problem);
                }
            }
        }
    }
    out
}

fn read_pause(value: &Value) -> Result<Pause, Problems> {
    let mut reader = Reader::new(value);
    let from = reader.required("from", input::date);
    let until = reader.optional("until", input::date);
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        reader.problem("until", Problem::StartAfterEnd);
    }
    reader.finish()?;
    from.map(|from| Pause { from, until }).ok_or_else(Problems::default)
}

type Changed = (Date, Option<Date>, Option<i64>);

fn read_change(value: &Value, currency: Currency) -> Result<Changed, Problems> {
    let mut reader = Reader::new(value);
    let slot = reader.required("slot", input::date);
    let date = reader.optional("date", input::date);
    let amount = reader.optional("amount", |value| input::positive_amount(value, currency));
    reader.finish()?;
    slot.map(|slot| (slot, date, amount)).ok_or_else(Problems::default)
}

fn add_pauses(reader: &mut Reader<'_>, pattern: &mut RecurringPattern, mut pauses: Vec<Pause>) {
    pauses.sort_by_key(|pause| pause.from);
    let overlap = pauses.windows(2).any(|pair| pair[0].until.is_none_or(|until| until > pair[1].from));
    if overlap {
        reader.problem("pauses", Problem::Duplicate);
    }
    pattern.pauses = pauses;
}

fn add_exceptions(
    reader: &mut Reader<'_>,
    pattern: &mut RecurringPattern,
    skipped: Vec<Date>,
    mut changed: Vec<Changed>,
) {
    changed.sort_by_key(|(slot, ..)| *slot);
    for (index, day) in skipped.iter().enumerate() {
        if skipped[..index].contains(day) || changed.iter().any(|(slot, ..)| slot == day) {
            reader.problem("skipped", Problem::Duplicate);
        }
        if let Err(error) = pattern.skip(*day) {
            reader.problem("skipped", problem(error));
        }
    }
    if changed.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        reader.problem("changed", Problem::Duplicate);
    }
    for (slot, date, amount) in changed {
        if let Err(error) = pattern.change(slot, date, amount) {
            reader.problem("changed", problem(error));
        }
    }
}

fn problem(error: RecurrenceError) -> Problem {
    match error {
        RecurrenceError::NotASlot => Problem::NotFound,
        RecurrenceError::NotPositive => Problem::NotPositive,
        RecurrenceError::OutOfOrder | RecurrenceError::Overlaps => Problem::Duplicate,
    }
}
