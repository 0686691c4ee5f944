//! Reads what an expense's body says of its recurrence: `isRecurring`, and `recurringPattern` with the rule.
use crate::{
    Date,
    currency::Currency,
    input::{self, Value},
    problem::{Problem, Problems},
    recurrence::{RecurringPattern, read},
};

/// The fields of an expense's body that are about its recurrence.
const IS_RECURRING: &str = "isRecurring";
const PATTERN: &str = "recurringPattern";
/// The first day on which the next one may happen.
const NEXT_DATE: &str = "nextDate";

/// What somebody wants of an expense's recurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing was said.
    Nothing,
    /// It repeats by the rule that it has.
    Repeats,
    /// It repeats by this rule, still to be read by [`read_pattern`].
    By(Value),
    /// It doesn't repeat (any more).
    Stops,
}

/// Takes what is about recurrence out of an expense's body, which is read by itself.
pub fn part(body: &Value) -> (Value, Result<Wish, Problems>) {
    let Value::Object(fields) = body else { return (body.clone(), Ok(Wish::Nothing)) };
    let (mine, rest): (Vec<_>, Vec<_>) =
        fields.iter().cloned().partition(|(name, _)| name == IS_RECURRING || name == PATTERN);
    (Value::Object(rest), wish(&Value::Object(mine)))
}

fn wish(fields: &Value) -> Result<Wish, Problems> {
    let mut reader = input::Reader::new(fields);
    let repeats = reader.optional(IS_RECURRING, input::boolean);
    let pattern = reader.raw(PATTERN).filter(|pattern| **pattern != Value::Null).cloned();
    if repeats == Some(false) && pattern.is_some() {
        reader.problem(PATTERN, Problem::MustBeEmpty);
    }
    reader.finish()?;
    Ok(match (repeats, pattern) {
        (_, Some(pattern)) => Wish::By(pattern),
        (Some(true), None) => Wish::Repeats,
        (Some(false), None) => Wish::Stops,
        (None, None) => Wish::Nothing,
    })
}

/// Reads a rule for an expense of that day: see [`read()`], and `nextDate`, before which nothing happens any more. Without an
/// `anchorDate` it is the day of the expense. Problems are those of the field `recurringPattern`.
pub fn read_pattern(
    value: &Value,
    currency: Currency,
    day: Date,
) -> Result<(RecurringPattern, Option<Date>), Problems> {
    let Value::Object(fields) = value else {
        return Err(Problems::one(PATTERN, input::wrong_type("object")));
    };
    let mut fields = fields.clone();
    let next = fields.iter().position(|(name, _)| name == NEXT_DATE).map(|at| fields.remove(at).1);
    if !fields.iter().any(|(name, value)| name == "anchorDate" && *value != Value::Null) {
        fields.retain(|(name, _)| name != "anchorDate");
        fields.push(("anchorDate".to_owned(), Value::Text(day.to_string())));
    }
    let mut problems = Problems::default();
    let next = next.filter(|next| *next != Value::Null).map(|next| input::date(&next)).transpose();
    let next = next.unwrap_or_else(|problem| {
        problems.add(format!("{PATTERN}.{NEXT_DATE}"), problem);
        None
    });
    match read(&Value::Object(fields), currency) {
        Ok(pattern) => problems.into_result((pattern, next)),
        Err(wrong) => {
            for (field, problem) in wrong.0 {
                problems.add(format!("{PATTERN}.{field}"), problem);
            }
            Err(problems)
        }
    }
}
