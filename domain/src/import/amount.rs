//! Amounts as banks write them: signs before and behind, parentheses, currencies inside, groups of digits.
use super::{DecimalMark, text};
use crate::money::{AmountError, parse_minor};
use std::borrow::Cow;

/// Money out or in, as a mark beside an amount says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Out of the account.
    Out,
    /// Into the account.
    In,
}

/// An amount taken apart, before it is known which mark is the decimal one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    /// Digits, marks and groups; begins with a digit or a mark.
    pub(super) core: &'a str,
    /// There is an odd number of minuses, or parentheses.
    pub(super) negative: bool,
    /// A plus, a minus or parentheses are written.
    pub(super) signed: bool,
    /// CR or DR stands beside it.
    pub(super) side: Option<Side>,
    /// The currency's code or sign beside it; empty where there is none.
    pub(super) currency: &'a str,
}

/// Takes the text of a cell apart. `text` must be without invisible marks ([`text::visible`]). None: this is no amount.
pub(super) fn dissect(text: &str) -> Option<Written<'_>> {
    let text = text.trim_start_matches('=').trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let start = match text[..first].chars().next_back() {
        Some(mark @ ('.' | ',')) if !text[..first - 1].ends_with(char::is_alphabetic) => first - mark.len_utf8(),
        _ => first,
    };
    let mut end = last + 1;
    // `12,-` and `12.-` stand for full units.
    let tail = text[end..].trim_end();
    let full = [",--", ".--", ",-", ".-"].iter().find(|mark| tail.starts_with(**mark)).map_or(0, |mark| mark.len());
    let full = if tail == "," || tail == "." { 1 } else { full };
    let behind = text[end + full..].trim();
    end += usize::from(full == 1);
    let core = &text[start..end];
    if !core.chars().all(|c| is_digit(c) || is_mark(c) || is_group(c)) {
        return None;
    }
    let mut written = Written { core, negative: false, signed: false, side: None, currency: "" };
    written.beside(text[..start].trim())?;
    written.beside(behind)?;
    Some(written)
}

impl<'a> Written<'a> {
    /// Reads what stands before or behind the digits.
    fn beside(&mut self, rest: &'a str) -> Option<()> {
        let mut rest = rest;
        loop {
            rest = rest.trim();
            let Some(c) = rest.chars().next() else { return Some(()) };
            match c {
                '+' => self.signed = true,
                '-' | '\u{2212}' | '\u{2013}' | '\u{2014}' | '\u{2012}' => {
                    self.signed = true;
                    self.negative = !self.negative;
                }
                '(' => {
                    self.signed = true;
                    self.negative = true;
                }
                ')' if self.negative => {}
                ')' => return None,
                _ => {
                    let end = rest.find(['+', '-', '\u{2212}', '(', ')']).unwrap_or(rest.len());
                    for word in rest[..end].split_whitespace() {
                        self.word(word)?;
                    }
                    rest = &rest[end..];
                    continue;
                }
            }
            rest = &rest[c.len_utf8()..];
        }
    }

    fn word(&mut self, word: &'a str) -> Option<()> {
        match word {
            "CR" | "Cr" | "cr" | "Cr." | "C" | "H" if self.side.is_none() => self.side = Some(Side::In),
            "DR" | "Dr" | "dr" | "Dr." | "D" | "S" if self.side.is_none() => self.side = Some(Side::Out),
            _ if self.currency.is_empty() && super::money_sign::plausible(word) => self.currency = word,
            _ => return None,
        }
        Some(())
    }

    /// The amount in minor units, without sign.
    pub(super) fn minor(&self, mark: DecimalMark, exponent: u8) -> Result<i64, AmountError> {
        minor(self.core, mark, exponent)
    }

    /// How many decimals are written, zeros at the end not counted.
    pub(super) fn decimals(&self, mark: DecimalMark) -> usize {
        self.core.rsplit_once(mark.char()).map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len())
    }
}

/// The digits of an amount in minor units.
pub(super) fn minor(core: &str, mark: DecimalMark, exponent: u8) -> Result<i64, AmountError> {
    parse_minor(&plain(core, mark).ok_or(AmountError::NotANumber)?, exponent)
}

/// Digits with a point before the decimals, if the groups are groups. Western groups of three, and the Indian
/// 12,34,567.
fn plain(core: &str, mark: DecimalMark) -> Option<Cow<'_, str>> {
    if core.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Cow::Borrowed(core));
    }
    let (whole, decimals) = core.split_once(mark.char()).unwrap_or((core, ""));
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut out = String::with_capacity(core.len() + 1);
    let mut group = None;
    let mut width = 0;
    for c in whole.chars() {
        if is_digit(c) {
            out.push(c);
            width += 1;
            continue;
        }
        let separator = if c.is_whitespace() { ' ' } else { c };
        let (opens, same) = (group.is_none(), group.is_none_or(|known| known == separator));
        if !same || !(if opens { (1..=3).contains(&width) } else { (2..=3).contains(&width) }) {
            return None;
        }
        group = Some(separator);
        width = 0;
    }
    // Where the decimals are plain to see, a last group that is cut wrong changes nothing: `1,00.00`.
    let is_group = width == 3 || width == 2 && group != Some(mark.char()) && !decimals.is_empty();
    if group.is_some() && !is_group {
        return None;
    }
    if out.is_empty() {
        out.push('0');
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    Some(Cow::Owned(out))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_mark(c: char) -> bool {
    c == '.' || c == ','
}

/// Between groups of digits, besides the mark that is not the decimal one.
fn is_group(c: char) -> bool {
    matches!(c, ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Takes a cell apart and hands it on, cleaned of invisible marks.
pub(super) fn with<T>(cell: &str, read: impl FnOnce(Option<Written<'_>>) -> T) -> T {
    read(dissect(&text::visible(cell)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    fn read(text: &str, mark: DecimalMark) -> Option<i64> {
        let written = dissect(text)?;
        let minor = written.minor(mark, 2).ok()?;
        Some(if written.negative { -minor } else { minor })
    }

    #[test]
    fn as_banks_write_them() {
        for (text, mark, minor) in [
            ("12.34", Point, 1234),
            ("-12,34", Comma, -1234),
            ("+1.234,56", Comma, 123_456),
            ("1,234.5", Point, 123_450),
            ("12,34,567.00", Point, 123_456_700),
            ("1 234,56", Comma, 123_456),
            ("1\u{a0}234\u{a0}567,8", Comma, 123_456_780),
            ("1'234.50", Point, 123_450),
            ("12.34-", Point, -1234),
            ("(12.34)", Point, -1234),
            ("-$7,971.39", Point, -797_139),
            ("$-5", Point, -500),
            ("- $12.01", Point, -1201),
            ("+ £1,100.00", Point, 110_000),
            ("($5.00)", Point, -500),
            ("−12.34", Point, -1234),
            ("2\u{a0}000,00 PLN", Comma, 200_000),
            ("EUR 5,00", Comma, 500),
            ("Rs.500", Point, 50_000),
            (".50", Point, 50),
            ("-,50", Comma, -50),
            ("500,", Comma, 50_000),
            ("12,-", Comma, 1200),
            ("-12,--", Comma, -1200),
            ("12,- EUR", Comma, 1200),
            ("=\"12.00\"", Point, 1200),
            ("0", Point, 0),
            ("1,00.00", Point, 10_000),
            ("12,84.53", Point, 128_453),
        ] {
            assert_eq!(read(text, mark), Some(minor), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "",
            "abc",
            "12..34",
            "1.2.3",
            "12,34.56,7",
            "1,23,4",
            "5%",
            "12.34 abc",
            "2020-01-02",
            "1,2345,678",
            "1 2",
            "12)",
            ")12",
        ] {
            assert_eq!(read(text, Point), None, "{text}");
        }
        assert_eq!(read("12.34", Comma), None);
    }

    #[test]
    fn sides_and_currencies() {
        let written = dissect("1,100.00 CR").unwrap();
        assert_eq!((written.side, written.signed, written.currency), (Some(Side::In), false, ""));
        assert_eq!(dissect("US$5").unwrap().currency, "US$");
        assert_eq!(dissect("LTL 5").unwrap().currency, "LTL");
        assert_eq!(with("د.ا.\u{200f}4.750", |w| w.unwrap().core.to_owned()), "4.750");
        assert_eq!(dissect("5.00").unwrap().decimals(Point), 0);
        assert_eq!(dissect("5.250").unwrap().decimals(Point), 2);
    }
}
