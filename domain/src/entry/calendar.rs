//! Days that are written with numbers, and the year of a day that has none.
use super::Reason;
use crate::Date;

/// A day as written, in the order in which its ways are offered.
pub(super) struct Days {
    pub(super) days: Vec<Date>,
    pub(super) reason: Option<Reason>,
}

impl Days {
    pub(super) fn sure(day: Date) -> Self {
        Self { days: vec![day], reason: None }
    }
}

/// A day and a month without a year: the last time that it was; the next one is offered too where it is still to come this
/// year. None where there is no such day.
pub(super) fn without_year(day: i8, month: i8, today: Date) -> Option<Days> {
    let in_year = |year: i16| Date::new(year, month, day).ok();
    // 29 February may be up to eight years away.
    let last = (0..=8).filter_map(|back| in_year(today.year().checked_sub(back)?)).find(|date| *date <= today)?;
    match in_year(today.year()).filter(|date| *date > today) {
        Some(next) => Some(Days { days: vec![last, next], reason: Some(Reason::Year) }),
        None => Some(Days::sure(last)),
    }
}

/// A year as written: two digits are of this century.
pub(super) fn full_year(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(2000 + year),
        4 => (1900..2200).contains(&year).then_some(year),
        _ => None,
    }
}

/// How a region writes days in digits.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) month_first: bool,
    /// points are no decimal marks, so that `22.11.` is a day wherever it stands
    pub(super) points: bool,
    /// a word before says that it is a day (`am 22.11`)
    pub(super) after_on: bool,
}

/// A date in digits at the beginning of a text: its bytes and its days.
pub(super) fn numeric(rest: &str, today: Date, style: Style) -> Option<(usize, Days)> {
    let Style { month_first, points, after_on } = style;
    let (first, at) = digits(rest, 0)?;
    let separator = rest[at..].chars().next().map(plain).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let (second, mut end) = digits(rest, after(rest, at)?)?;
    let third = rest[end..].chars().next().filter(|c| plain(*c) == separator);
    let third = third.and_then(|_| digits(rest, after(rest, end)?));
    if let Some((_, after_third)) = &third {
        end = *after_third;
    }
    let is_closed = separator == '.' && third.is_none() && rest[end..].starts_with('.');
    end += usize::from(is_closed);
    if rest[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(plain(c), '/') && third.is_none()) {
        return None;
    }
    let days = match (&third, first.len(), separator) {
        (Some((day, _)), 4, _) => {
            Days::sure(Date::new(full_year(&first)?, second.parse().ok()?, short(day)?.parse().ok()?).ok()?)
        }
        (Some((year, _)), 1 | 2, _) => {
            both_orders(&first, &second, month_first && separator != '.', separator, |day, month| {
                Date::new(full_year(year)?, month, day).ok().map(Days::sure)
            })?
        }
        (None, 1 | 2, '.') if is_closed && points || after_on => {
            without_year(first.parse().ok()?, second.parse().ok()?, today)?
        }
        (None, 1 | 2, '/') => {
            both_orders(&first, &second, month_first, separator, |day, month| without_year(day, month, today))?
        }
        _ => return None,
    };
    Some((end, days))
}

/// The region's order first; the other one too where it is a day, unless points say the order.
fn both_orders(
    first: &str,
    second: &str,
    month_first: bool,
    separator: char,
    date: impl Fn(i8, i8) -> Option<Days>,
) -> Option<Days> {
    let (first, second): (i8, i8) = (short(first)?.parse().ok()?, short(second)?.parse().ok()?);
    let (day, month) = if month_first { (second, first) } else { (first, second) };
    if separator == '.' {
        return date(day, month);
    }
    match (date(day, month), date(month, day)) {
        (Some(own), Some(other)) if day != month => {
            let days = own.days.into_iter().take(1).chain(other.days.into_iter().take(1)).collect();
            Some(Days { days, reason: Some(Reason::DayOrMonth) })
        }
        (own, other) => own.or(other),
    }
}

fn short(digits: &str) -> Option<&str> {
    matches!(digits.len(), 1 | 2).then_some(digits)
}

fn plain(separator: char) -> char {
    match separator {
        '／' => '/',
        '．' => '.',
        '\u{2010}'..='\u{2013}' | '－' => '-',
        other => other,
    }
}

fn after(rest: &str, at: usize) -> Option<usize> {
    Some(at + rest[at..].chars().next()?.len_utf8())
}

/// Up to four digits (as ASCII) from a byte on, and the byte after them.
fn digits(rest: &str, from: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut end = from;
    for letter in rest[from..].chars().take_while(|c| super::lex::is_digit(*c)) {
        let zero = match letter {
            '０'..='９' => '０',
            '०'..='९' => '०',
            _ => '0',
        };
        digits.push(char::from_digit(u32::from(letter) - u32::from(zero), 10)?);
        end += letter.len_utf8();
    }
    matches!(digits.len(), 1..=4).then_some((digits, end))
}

/// The value of a token of one or two digits.
pub(super) fn small_number(text: &str) -> Option<i8> {
    let (number, end) = digits(text, 0)?;
    (end == text.len() && number.len() <= 2).then(|| number.parse().ok())?
}

/// A year in a token.
pub(super) fn year_number(text: &str) -> Option<i16> {
    let (number, end) = digits(text, 0)?;
    (end == text.len() && number.len() == 4).then(|| full_year(&number))?
}
