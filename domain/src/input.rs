//! What came in, before it means anything: one small tree for JSON bodies and HTML forms alike, and a reader that
//! collects every wrong field at once instead of stopping at the first.
use crate::{
    Date,
    currency::Currency,
    money,
    period::Month,
    problem::{Problem, Problems},
};
use std::str::FromStr;

/// The longest text of an ordinary field, in characters.
pub const TEXT_MAX: usize = 255;
/// The longest note or description, in characters.
pub const NOTES_MAX: usize = 2_000;

/// A value as it was sent. Numbers keep their text, so that an amount is never a float.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// JSON null, or an empty form field.
    Null,
    /// true or false.
    Bool(bool),
    /// A JSON number's own text.
    Number(String),
    /// Text. In a form everything is text, numbers and yes/no too.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Fields in the order in which they came (a name may come twice).
    Object(Vec<(String, Value)>),
}

impl Value {
    /// A form's pairs as a tree: `allocations.food.percentage=15` nests; a name that repeats, or ends in `[]`, is a list;
    /// an empty value is [`Value::Null`].
    pub fn from_form<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut root = Vec::new();
        for (name, text) in pairs {
            let value = if text.trim().is_empty() { Self::Null } else { Self::Text(text) };
            insert(&mut root, &name, value);
        }
        Self::Object(root)
    }

    /// The field of an object; `None` where there is none.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a text field.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }
}

fn insert(fields: &mut Vec<(String, Value)>, path: &str, value: Value) {
    if let Some((head, rest)) = path.split_once('.')
        && !head.is_empty()
        && !rest.is_empty()
    {
        if !fields.iter().any(|(key, child)| key == head && matches!(child, Value::Object(_))) {
            fields.push((head.to_owned(), Value::Object(Vec::new())));
        }
        if let Some((_, Value::Object(children))) =
            fields.iter_mut().find(|(key, child)| key == head && matches!(child, Value::Object(_)))
        {
            insert(children, rest, value);
        }
    } else if let Some(name) = path.strip_suffix("[]") {
        if let Some((_, Value::List(list))) = fields.iter_mut().find(|(key, _)| key == name) {
            list.push(value);
        } else {
            fields.push((name.to_owned(), Value::List(vec![value])));
        }
    } else {
        fields.push((path.to_owned(), value));
    }
}

/// What a field that may be left out of an update says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Left out: stays as it is.
    #[default]
    Keep,
    /// Given (null sets an optional field to nothing).
    Set(T),
}

impl<T> Change<T> {
    /// The new value, or the old one.
    pub fn or(self, old: T) -> T {
        match self {
            Self::Keep => old,
            Self::Set(new) => new,
        }
    }
}

/// Reads the fields of one object. Ask for each field once, then [`Reader::finish`]: what was not asked for is unknown.
pub struct Reader<'a> {
    prefix: String,
    fields: &'a [(String, Value)],
    asked: Vec<&'static str>,
    problems: Problems,
}

impl<'a> Reader<'a> {
    /// Begins at the top. What is no object is a problem of the whole body.
    pub fn new(value: &'a Value) -> Self {
        Self::nested(String::new(), value)
    }

    fn nested(prefix: String, value: &'a Value) -> Self {
        let mut reader = Self { prefix, fields: &[], asked: Vec::new(), problems: Problems::default() };
        match value {
            Value::Object(fields) => reader.fields = fields,
            _ => reader.problems.add(reader.prefix.clone(), wrong_type("object")),
        }
        for (index, (name, _)) in reader.fields.iter().enumerate() {
            if reader.fields[..index].iter().any(|(earlier, _)| earlier == name) {
                reader.problems.add(reader.path(name), Problem::Duplicate);
            }
        }
        reader
    }

    fn path(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}.{name}", self.prefix) }
    }

    /// Notes that something is wrong with a field.
    pub fn problem(&mut self, name: &str, problem: Problem) {
        let path = self.path(name);
        self.problems.add(path, problem);
    }

    /// Whether a problem with the field has been noted already.
    pub fn has_problem(&self, name: &str) -> bool {
        self.problems.0.contains_key(&self.path(name))
    }

    /// Whether a problem with the field, or with anything inside it, has been noted already.
    pub fn has_problem_below(&self, name: &str) -> bool {
        let path = self.path(name);
        self.problems
            .0
            .keys()
            .any(|known| known.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// The raw value; `None` where the field was left out. Null stays.
    pub fn raw(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// A field that is fine to leave out, read by `read`; null and an empty form field count as left out.
    pub fn optional<T>(&mut self, name: &'static str, read: impl FnOnce(&Value) -> Result<T, Problem>) -> Option<T> {
        match self.raw(name) {
            None | Some(Value::Null) => None,
            Some(value) => match read(value) {
                Ok(read) => Some(read),
                Err(problem) => {
                    self.problem(name, problem);
                    None
                }
            },
        }
    }

    /// A field that must be there. `None` only where a problem has been noted.
    pub fn required<T>(&mut self, name: &'static str, read: impl FnOnce(&Value) -> Result<T, Problem>) -> Option<T> {
        let value = self.optional(name, read);
        if value.is_none() {
            self.problem(name, Problem::Required);
        }
        value
    }

    /// A field of a partial update: left out keeps, null is an error, a value sets.
    pub fn change<T>(&mut self, name: &'static str, read: impl FnOnce(&Value) -> Result<T, Problem>) -> Change<T> {
        if !self.has(name) {
            self.asked.push(name);
            return Change::Keep;
        }
        self.required(name, read).map_or(Change::Keep, Change::Set)
    }

    /// A field of a partial update that may be emptied: left out keeps, null empties, a value sets.
    pub fn change_optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Value) -> Result<T, Problem>,
    ) -> Change<Option<T>> {
        if !self.has(name) {
            self.asked.push(name);
            return Change::Keep;
        }
        Change::Set(self.optional(name, read))
    }

    /// An object inside this one; its problems carry the longer path.
    pub fn object<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Reader<'a>) -> T) -> Option<T> {
        match self.raw(name) {
            None | Some(Value::Null) => None,
            Some(value) => {
                let mut reader = Reader::nested(self.path(name), value);
                let out = read(&mut reader);
                let problems = reader.unknown_noted();
                self.problems.0.extend(problems.0);
                Some(out)
            }
        }
    }

    fn unknown_noted(mut self) -> Problems {
        for (name, _) in self.fields {
            if !self.asked.contains(&name.as_str()) {
                let path = self.path(name);
                self.problems.add(path, Problem::Unknown);
            }
        }
        self.problems
    }

    /// All that is wrong, unknown fields included.
    pub fn finish(self) -> Result<(), Problems> {
        self.unknown_noted().into_result(())
    }
}

/// The problem of a value of another JSON type.
pub fn wrong_type(expected: &str) -> Problem {
    Problem::WrongType { expected: expected.to_owned() }
}

/// Text of 1 to `max` characters, trimmed, without control characters (line breaks and tabs are fine when `lines`).
fn text_of(value: &Value, max: usize, lines: bool) -> Result<String, Problem> {
    let Value::Text(text) = value else { return Err(wrong_type("text")) };
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    if text.chars().count() > max {
        return Err(Problem::TooLong { max });
    }
    if text.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) {
        return Err(Problem::ControlCharacters);
    }
    Ok(text.to_owned())
}

/// A line of text: trimmed, 1 to 255 characters, no control characters.
pub fn text(value: &Value) -> Result<String, Problem> {
    text_of(value, TEXT_MAX, false)
}

/// A line of text of another length.
pub fn text_of_at_most(value: &Value, max: usize) -> Result<String, Problem> {
    text_of(value, max, false)
}

/// Several lines of text, at most 2,000 characters.
pub fn notes(value: &Value) -> Result<String, Problem> {
    text_of(value, NOTES_MAX, true)
}

/// A decimal number as its own text, from a JSON number or from text (a form's, or a careful client's).
pub fn number_text(value: &Value) -> Result<&str, Problem> {
    match value {
        Value::Number(text) => Ok(text),
        Value::Text(text) => Ok(text.trim()),
        _ => Err(wrong_type("number")),
    }
}

/// An amount in the minor units of `currency`, exact, positive or not.
pub fn amount(value: &Value, currency: Currency) -> Result<i64, Problem> {
    money::parse_minor(number_text(value)?, currency.exponent()).map_err(|error| error.problem(currency))
}

/// An amount above zero.
pub fn positive_amount(value: &Value, currency: Currency) -> Result<i64, Problem> {
    let minor = amount(value, currency)?;
    if minor > 0 { Ok(minor) } else { Err(Problem::NotPositive) }
}

/// A whole number from `min` to `max`.
pub fn integer(value: &Value, min: i64, max: i64) -> Result<i64, Problem> {
    let number: i64 = number_text(value)?.parse().map_err(|_| Problem::NotANumber)?;
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(Problem::OutOfRange { min: min.to_string(), max: max.to_string() })
    }
}

/// True or false; a form says "true" or "on".
pub fn boolean(value: &Value) -> Result<bool, Problem> {
    match value {
        Value::Bool(value) => Ok(*value),
        Value::Text(text) if text == "true" || text == "on" => Ok(true),
        Value::Text(text) if text == "false" => Ok(false),
        _ => Err(wrong_type("true or false")),
    }
}

/// An active ISO 4217 code, upper case.
pub fn currency(value: &Value) -> Result<Currency, Problem> {
    let Value::Text(text) = value else { return Err(wrong_type("text")) };
    Currency::from_str(text.trim()).map_err(|_| Problem::UnknownCurrency)
}

/// One of a type's words.
pub fn word<T: FromStr>(value: &Value, allowed: &[&str]) -> Result<T, Problem> {
    let problem = || Problem::NotOneOf { allowed: allowed.iter().map(|&word| word.to_owned()).collect() };
    let Value::Text(text) = value else { return Err(wrong_type("text")) };
    text.trim().parse().map_err(|_| problem())
}

/// An id of 24 hexadecimal digits.
pub fn id<T: FromStr>(value: &Value) -> Result<T, Problem> {
    let Value::Text(text) = value else { return Err(wrong_type("text")) };
    text.trim().parse().map_err(|_| Problem::NotAnId)
}

/// A civil date `2026-11-22`, years 1900 to 9998. A date-time keeps the date as written; who knows the user's time
/// zone turns it beforehand.
pub fn date(value: &Value) -> Result<Date, Problem> {
    let Value::Text(text) = value else { return Err(wrong_type("text")) };
    parse_date(text.trim())
}

/// See [`date`].
pub fn parse_date(text: &str) -> Result<Date, Problem> {
    let date = crate::wire::read_date(text).ok_or(Problem::NotADate)?;
    if (1900..=9998).contains(&date.year()) {
        Ok(date)
    } else {
        Err(Problem::OutOfRange { min: "1900-01-01".to_owned(), max: "9998-12-31".to_owned() })
    }
}

/// A month `2026-11`.
pub fn month(value: &Value) -> Result<Month, Problem> {
    let Value::Text(text) = value else { return Err(wrong_type("text")) };
    text.trim().parse().map_err(|_| Problem::NotAMonth)
}

/// A list of at most `max` entries, each read by `read`.
pub fn list<T>(value: &Value, max: usize, read: impl Fn(&Value) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
    let Value::List(entries) = value else { return Err(wrong_type("list")) };
    if entries.len() > max {
        return Err(Problem::TooLong { max });
    }
    entries.iter().filter(|entry| **entry != Value::Null).map(read).collect()
}
