//! Dates as banks write them: in any order, with names of months, with a time behind.
use super::date_words::month;
use crate::Date;
use serde::{Deserialize, Serialize};

/// In which order day, month and year stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// `2026-11-22`, `20261122`, `2026.11.22`
    Ymd,
    /// `22.11.2026`, `22/11/26`, `22-Nov-2026`
    Dmy,
    /// `11/22/2026`, `Nov 22, 2026`
    Mdy,
}

/// A date taken apart, before its order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Year, month, day are known: `2026-11-22`, `20261122`, `22 Nov 2026`.
    Sure { year: u16, month: u16, day: u16 },
    /// `05/06/2026`: two small numbers and a year.
    YearLast { first: u16, second: u16, year: u16, separator: char },
    /// `05/06/07`: three small numbers.
    Short { parts: [u16; 3], separator: char },
    /// `05/06`, without a year.
    NoYear { first: u16, second: u16 },
}

/// Takes a cell apart. None: this is no date.
pub(super) fn dissect(text: &str) -> Option<Written> {
    let mut scan =
        Scan { rest: text.trim_matches(|c: char| c.is_whitespace() || c == '\'' || c == '"'), separator: '/' };
    scan.skip_weekday();
    let first = scan.token()?;
    if let Token::Number(number, width @ (8 | 12 | 14)) = first {
        return scan.ends().then(|| compact(number, width)).flatten();
    }
    let second = scan.next()?;
    let separator = scan.separator;
    let before_third = scan.rest;
    let Some(third) = scan.next().filter(|_| scan.ends()) else {
        scan.rest = before_third;
        return scan.ends().then(|| without_year(first, second, separator)).flatten();
    };
    put_together(first, second, third, separator)
}

fn put_together(first: Token, second: Token, third: Token, separator: char) -> Option<Written> {
    use Token::{Month, Number};
    Some(match (first, second, third) {
        (Number(year, 4), Number(month, 1 | 2), Number(day, 1 | 2)) => Written::sure(year, month, day)?,
        (Number(year, 4), Month(month), Number(day, 1 | 2)) => Written::sure(year, month.into(), day)?,
        (Number(day, 1 | 2), Month(month), Number(year, 2 | 4))
        | (Month(month), Number(day, 1 | 2), Number(year, 2 | 4)) => {
            Written::sure(full_year(year)?, month.into(), day)?
        }
        (Number(first, 1 | 2), Number(second, 1 | 2), Number(year, 4)) => {
            Written::YearLast { first: small(first)?, second: small(second)?, year: small(year)?, separator }
        }
        (Number(first, 1 | 2), Number(second, 1 | 2), Number(third, 2)) => {
            Written::Short { parts: [small(first)?, small(second)?, small(third)?], separator }
        }
        _ => return None,
    })
}

fn without_year(first: Token, second: Token, separator: char) -> Option<Written> {
    match (first, second) {
        (Token::Number(first, 1 | 2), Token::Number(second, 1 | 2)) if matches!(separator, '/' | '-' | '月') => {
            Some(Written::NoYear { first: small(first)?, second: small(second)? })
        }
        _ => None,
    }
}

fn compact(number: u64, width: usize) -> Option<Written> {
    let date = number / 10_u64.pow(u32::try_from(width - 8).ok()?);
    let sure = Written::sure(date / 10_000, date / 100 % 100, date % 100);
    // 22112026 is not a year 2211.
    sure.filter(|_| (1900..2200).contains(&(date / 10_000))).or_else(|| {
        let (first, second, year) = (small(date / 1_000_000)?, small(date / 10_000 % 100)?, small(date % 10_000)?);
        (1900..2200).contains(&year).then_some(Written::YearLast { first, second, year, separator: '\0' })
    })
}

impl Written {
    fn sure(year: u64, month: u64, day: u64) -> Option<Self> {
        Some(Self::Sure { year: small(year)?, month: small(month)?, day: small(day)? })
    }

    /// The date by that order; a date without a year takes it from `around`, the month that the statement is of. None:
    /// there is no such day.
    pub(super) fn date(self, order: DateOrder, around: Option<(u16, u16)>) -> Option<Date> {
        let (year, month, day) = match (self, order) {
            (Self::Sure { year, month, day }, _) => (year, month, day),
            (Self::YearLast { first, second, year, .. }, DateOrder::Mdy) => (year, first, second),
            (Self::YearLast { first, second, year, .. }, _) => (year, second, first),
            (Self::Short { parts: [year, month, day], .. }, DateOrder::Ymd)
            | (Self::Short { parts: [day, month, year], .. }, DateOrder::Dmy)
            | (Self::Short { parts: [month, day, year], .. }, DateOrder::Mdy) => (two_digits(year), month, day),
            (Self::NoYear { first, second }, _) => {
                let (day, month) = if order == DateOrder::Dmy { (first, second) } else { (second, first) };
                let (year, last) = around?;
                (if month > last { year - 1 } else { year }, month, day)
            }
        };
        let year = i16::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// Whether it reads as a day in any order.
    pub(super) fn is_possible(self) -> bool {
        [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy]
            .iter()
            .any(|order| self.date(*order, Some((2000, 12))).is_some())
    }
}

#[derive(Clone, Copy)]
enum Token {
    /// value and how many digits it is written with
    Number(u64, usize),
    Month(u8),
}

struct Scan<'a> {
    rest: &'a str,
    separator: char,
}

impl Scan<'_> {
    fn token(&mut self) -> Option<Token> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let number = self.rest[..digits].parse().ok()?;
            self.rest = &self.rest[digits..];
            return Some(Token::Number(number, digits));
        }
        let letters = self.letters();
        let month = month(&self.rest[..letters])?;
        self.rest = self.rest[letters..].trim_start_matches('.');
        Some(Token::Month(month))
    }

    fn letters(&self) -> usize {
        self.rest.find(|c: char| !c.is_alphabetic() || is_separator(c)).unwrap_or(self.rest.len())
    }

    /// The token after a separator. A month's name needs none: `12Dec2019`.
    fn next(&mut self) -> Option<Token> {
        let start = self.rest.trim_start_matches(is_separator);
        let between = &self.rest[..self.rest.len() - start.len()];
        if between.len() > 4 {
            return None;
        }
        self.separator = between.trim().chars().next().unwrap_or(' ');
        self.rest = start;
        self.token()
    }

    fn skip_weekday(&mut self) {
        let letters = self.letters();
        if letters >= 2 && month(&self.rest[..letters]).is_none() {
            self.rest = self.rest[letters..].trim_start_matches(['.', ',', ' ']);
        }
    }

    /// Whether nothing but a time of day, with its zone, follows.
    fn ends(&self) -> bool {
        let rest = self.rest.trim_start_matches(['日', '일', '.', ',', ' ']);
        let is_time = |c: char| {
            c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '+' | '-' | ' ' | ',' | '/' | '[' | ']' | '\t')
        };
        rest.is_empty()
            || (rest.len() <= 36
                && rest.chars().all(is_time)
                && rest.chars().filter(char::is_ascii_alphabetic).count() <= 5
                && rest.chars().any(|c| c.is_ascii_digit())
                && !self.rest.starts_with(|c: char| c.is_ascii_digit()))
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '-' | '.' | ' ' | ',' | '\'' | '年' | '月' | '년' | '월' | '\u{2010}'..='\u{2013}' | '\u{a0}')
}

fn small(number: u64) -> Option<u16> {
    u16::try_from(number).ok()
}

fn full_year(number: u64) -> Option<u64> {
    let year = small(number)?;
    Some(if year < 100 { two_digits(year) } else { year }.into())
}

/// 70 to 99 are of the last century.
fn two_digits(year: u16) -> u16 {
    match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{Dmy, Mdy, Ymd};

    fn read(text: &str, order: DateOrder) -> Option<String> {
        dissect(text)?.date(order, Some((2024, 1))).map(|date| date.to_string())
    }

    #[test]
    fn as_banks_write_them() {
        for (text, order, date) in [
            ("2026-11-22", Ymd, "2026-11-22"),
            ("2026-11-22", Mdy, "2026-11-22"),
            ("2026/1/2", Dmy, "2026-01-02"),
            ("2025.12.04.", Ymd, "2025-12-04"),
            ("20261122", Dmy, "2026-11-22"),
            ("22112026", Dmy, "2026-11-22"),
            ("20230801123059", Ymd, "2023-08-01"),
            ("05/06/2026", Dmy, "2026-06-05"),
            ("05/06/2026", Mdy, "2026-05-06"),
            ("8/02/2016", Mdy, "2016-08-02"),
            ("05.06.07", Dmy, "2007-06-05"),
            ("05.06.07", Ymd, "2005-06-07"),
            ("01/04/99", Mdy, "1999-01-04"),
            ("12-Dec-2019", Ymd, "2019-12-12"),
            ("12Dec19", Ymd, "2019-12-12"),
            ("1. März 2026", Dmy, "2026-03-01"),
            ("Nov 22, 2026", Mdy, "2026-11-22"),
            ("Fri, 5 Dec 2025", Dmy, "2025-12-05"),
            ("6/1/2024 17:42", Dmy, "2024-01-06"),
            ("2020-01-01T13:00:00", Ymd, "2020-01-01"),
            ("2025-07-02T00:00:00+02:00", Ymd, "2025-07-02"),
            ("2013-07-03-08.21.36.47192", Ymd, "2013-07-03"),
            ("2023-02-12 21:32:14 ", Ymd, "2023-02-12"),
            ("1/2/2024 1:05:09 PM", Mdy, "2024-01-02"),
            ("2024年1月5日", Ymd, "2024-01-05"),
            ("12/29", Ymd, "2023-12-29"),
            ("01/03", Mdy, "2024-01-03"),
            ("'2026-11-22", Ymd, "2026-11-22"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "Pending",
            "20112000",
            "2026-13-01",
            "30/02/2026",
            "1234.56",
            "-12.34",
            "12 apples",
            "5678653123124124",
            "1",
        ] {
            assert_eq!(read(text, Dmy), None, "{text}");
        }
        assert_eq!(read("22/11/2026", Mdy), None);
        assert_eq!(read("01/02/2020 Payment to somebody", Mdy), None);
    }
}
