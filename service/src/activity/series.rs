//! What repeats in the timeline: declared, changed, paused, resumed, left out, ended. It is told, and changed back on its own page.
use super::content::{activity, changed, title};
use crate::{
    Error, Result,
    ports::{
        activity::{Activity, ActivityKind, EntityChange, FieldChange, Subject},
        store::Write,
    },
};
use domain::recurrence::{Exception, Series};
use serde_json::{Value, json};

/// What was done, as a word: see [`Step`].
pub const STEP: &str = "step";
/// The day by the rule that it was done to, where it was one.
pub const SLOT: &str = "slot";
/// Rhythm and day: `before` and `after`.
const RULE: &str = "rule";
/// The last day.
const END: &str = "endDate";

/// What is done to a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Step {
    Declared,
    Changed,
    Paused,
    Resumed,
    Ended,
    /// One is left out.
    Skipped,
    /// One is on another day, or has another amount.
    Moved,
    /// One is as ever again.
    Restored,
}

impl Step {
    const ALL: [Self; 8] = [
        Self::Declared,
        Self::Changed,
        Self::Paused,
        Self::Resumed,
        Self::Ended,
        Self::Skipped,
        Self::Moved,
        Self::Restored,
    ];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Changed => "changed",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Ended => "ended",
            Self::Skipped => "skipped",
            Self::Moved => "moved",
            Self::Restored => "restored",
        }
    }
}

/// What a write of a series tells; none where it has only come further, or is none.
pub fn of_series(write: &Write, before: Option<&Series>, after: &Series) -> Result<Option<Activity>> {
    let same = |before: &Series| {
        before.template == after.template && before.pattern == after.pattern && before.budget_id == after.budget_id
    };
    if after.dismissed || before.is_some_and(same) {
        return Ok(None);
    }
    let (step, slot) = before.map_or((Step::Declared, Value::Null), |before| step(before, after));
    let told = |name: &str, before: Value, after: Value| FieldChange { name: name.to_owned(), before, after };
    let mut fields = vec![told(STEP, Value::Null, step.as_str().into())];
    if !slot.is_null() {
        fields.push(told(SLOT, Value::Null, slot));
    }
    if let Some(before) = before {
        let content = changed(ActivityKind::Changed, Some(&before.sample()), &after.sample())?;
        // The first of its days is no field of its own.
        fields.extend(content.into_iter().filter(|field| field.name != "date"));
        for (name, before, after) in [(RULE, rule(before), rule(after)), (END, end(before)?, end(after)?)] {
            if before != after {
                fields.push(told(name, before, after));
            }
        }
    }
    let change = EntityChange {
        subject: Subject::Recurring(after.id),
        title: title(after.template.merchant.as_deref().or(after.template.description.as_deref()).unwrap_or_default()),
        amount: Some(after.template.amount),
        was: None,
        rows: None,
        fields,
        version_after: after.version,
        left_as: 0,
    };
    let also_in = before.and_then(|before| before.budget_id).filter(|other| Some(*other) != after.budget_id);
    let mut told = activity(write, ActivityKind::Recurring, after.budget_id.or(also_in), vec![change]);
    told.also_in = also_in.filter(|_| after.budget_id.is_some());
    // An expense that is written with it has the write's own.
    told.id.0[0] ^= 0x80;
    (told.undoes, told.backward) = (None, false);
    Ok(Some(told))
}

/// What step it is, and the day of the one that it is about.
fn step(before: &Series, after: &Series) -> (Step, Value) {
    let (old, new) = (&before.pattern, &after.pattern);
    if before.template != after.template || before.budget_id != after.budget_id {
        return (Step::Changed, Value::Null);
    }
    if rule(before) != rule(after) {
        return (Step::Changed, Value::Null);
    }
    if old.end_date != new.end_date {
        return (if new.end_date.is_some() { Step::Ended } else { Step::Resumed }, Value::Null);
    }
    if old.pauses != new.pauses {
        return (if new.pauses.len() > old.pauses.len() { Step::Paused } else { Step::Resumed }, Value::Null);
    }
    let differs = new.exceptions.iter().find(|(slot, how)| old.exceptions.get(slot) != Some(how));
    let gone = old.exceptions.keys().find(|slot| !new.exceptions.contains_key(slot));
    match (differs, gone) {
        (Some((slot, Exception::Skipped)), _) => (Step::Skipped, slot.0.to_string().into()),
        (Some((slot, Exception::Changed { .. })), _) => (Step::Moved, slot.0.to_string().into()),
        (None, Some(slot)) => (Step::Restored, slot.0.to_string().into()),
        (None, None) => (Step::Changed, Value::Null),
    }
}

fn rule(series: &Series) -> Value {
    let pattern = &series.pattern;
    json!({ "frequency": pattern.frequency.as_str(), "interval": pattern.interval, "anchorDay": pattern.anchor_day })
}

fn end(series: &Series) -> Result<Value> {
    let end = series.pattern.end_date.map(|end| end.to_string());
    serde_json::to_value(end).map_err(|error| Error::Internal(error.to_string()))
}

/// The step that a change tells of, and the day of the one that it is about; none: it is of no series.
pub fn told(change: &EntityChange) -> Option<(Step, Option<domain::Date>)> {
    let of = |name: &str| change.fields.iter().find(|field| field.name == name)?.after.as_str();
    let step = Step::ALL.into_iter().find(|step| Some(step.as_str()) == of(STEP))?;
    Some((step, of(SLOT).and_then(|slot| slot.parse().ok())))
}
