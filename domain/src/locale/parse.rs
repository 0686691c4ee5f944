//! Reading amounts as people type them. Whatever could mean two amounts is refused, never guessed.
use super::{Locale, table::Format};
use crate::{
    currency::Currency,
    money::{AmountError, minor_of_digits},
};

mod affix;

/// More characters than any amount has.
const LONGEST: usize = 64;

impl Locale {
    /// Reads an amount into minor units: `1,234.50`, `1.234,50 €`, `−3.20`, `EUR 5`, `1 234,5`.
    ///
    /// - A sign (+, -, −) may stand first or between the currency and the digits; a currency's sign or code before or after.
    /// - Spaces and apostrophes group digits everywhere; `,` and `.` as the locale has it. With both, the last one is the
    ///   decimal mark. Groups must be whole (three digits; in lakh regions also twos).
    /// - The other region's decimal mark is taken where it can't be a group (`12.5` in German, but `1.234` is 1234 there).
    ///   Where a currency has three decimals, or the region doesn't group with it, that too could be either: refused.
    ///
    /// `exponent` is the currency's. The currency that was written isn't looked at; see [`Locale::parse_amount_in`].
    pub fn parse_amount(self, text: &str, exponent: u8) -> Result<i64, AmountError> {
        self.read(text, exponent, None)
    }

    /// Like [`Locale::parse_amount`], but another currency's sign or code is [`AmountError::NotANumber`].
    pub fn parse_amount_in(self, text: &str, currency: Currency) -> Result<i64, AmountError> {
        self.read(text, currency.exponent(), Some(currency))
    }

    /// A number of a calculation, as a plain decimal (`1234.5`): read by the same rules, with any number of decimals and no
    /// sign. None if it can't be told, or is of another currency.
    pub(crate) fn plain_decimal(self, text: &str, currency: Currency) -> Option<String> {
        let plain = simple(text);
        let (false, number) = self.without_affixes(&plain, Some(currency))? else { return None };
        let (whole, fraction) = split_at_decimals(number, self.format(), currency.exponent())?;
        join(&without_groups(whole, self.format())?, fraction)
    }

    /// All that a number could mean, as plain decimals, what it means here first: `1.200` is 1200 in German and 1.2 in
    /// English, and may well be the other one. Empty for what is no number.
    pub(crate) fn readings(self, number: &str) -> Vec<String> {
        let plain = simple(number);
        let format = self.format();
        let mut readings = Vec::new();
        let mut add = |whole: &str, fraction: &str| {
            if let Some(reading) = without_groups(whole, format).and_then(|whole| join(&whole, fraction)) {
                readings.push(reading);
            }
        };
        let mut marks = plain.match_indices(['.', ',']);
        if let (Some((at, mark)), None) = (marks.next(), marks.next()) {
            let (whole, fraction) = (&plain[..at], &plain[at + 1..]);
            if mark.starts_with(format.decimal) || !could_group(whole, fraction) {
                add(whole, fraction);
                add(&plain, "");
            } else {
                add(&plain, "");
                add(whole, fraction);
            }
        } else if let Some((whole, fraction)) = split_at_decimals(&plain, format, 2) {
            add(whole, fraction);
        }
        readings
    }

    fn read(self, text: &str, exponent: u8, currency: Option<Currency>) -> Result<i64, AmountError> {
        if text.chars().count() > LONGEST {
            return Err(AmountError::NotANumber);
        }
        let plain = simple(text);
        let (negative, number) = self.without_affixes(&plain, currency).ok_or(AmountError::NotANumber)?;
        let (whole, fraction) = split_at_decimals(number, self.format(), exponent).ok_or(AmountError::NotANumber)?;
        let whole = without_groups(whole, self.format()).ok_or(AmountError::NotANumber)?;
        if whole.is_empty() && fraction.is_empty() || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(AmountError::NotANumber);
        }
        minor_of_digits(&whole, fraction, exponent).map(|minor| if negative { -minor } else { minor })
    }
}

fn simple(text: &str) -> String {
    text.chars().filter_map(simplified).collect()
}

/// One kind of space, apostrophe, minus and digit for the many there are; nothing for invisible marks of direction.
fn simplified(letter: char) -> Option<char> {
    Some(match letter {
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => return None,
        '’' | 'ʼ' | '＇' | '`' | '´' => '\'',
        '\u{2212}' | '\u{2010}'..='\u{2013}' | '－' => '-',
        '＋' => '+',
        '．' => '.',
        '，' => ',',
        '０'..='９' => ascii_digit(letter, '０'),
        '०'..='९' => ascii_digit(letter, '०'),
        space if space.is_whitespace() => ' ',
        other => other,
    })
}

/// The digit that stands as far from 0 as `letter` from `zero`.
fn ascii_digit(letter: char, zero: char) -> char {
    char::from_digit(u32::from(letter) - u32::from(zero), 10).unwrap_or(letter)
}

/// Finds the decimal mark, if there is one, and what stands on both of its sides. None if it can't be told.
fn split_at_decimals<'a>(number: &'a str, format: &Format, exponent: u8) -> Option<(&'a str, &'a str)> {
    let mut marks = number.match_indices(['.', ',']);
    let Some((first, first_mark)) = marks.next() else {
        return Some((number, ""));
    };
    let Some((last, last_mark)) = marks.next_back() else {
        return single_mark(number, first, format, exponent);
    };
    let alike = |mark: &str| number.matches(mark).count();
    if first_mark == last_mark {
        // Several of one kind group, unless something else does already.
        return (alike(first_mark) == number.matches(['.', ',', ' ', '\'']).count()).then_some((number, ""));
    }
    // Both kinds: the last one is the decimal mark and stands once.
    (alike(last_mark) == 1).then_some(())?;
    Some((&number[..last], non_empty(&number[last + 1..])?))
}

/// One `.` or `,`: a decimal mark or a group's.
fn single_mark<'a>(number: &'a str, at: usize, format: &Format, exponent: u8) -> Option<(&'a str, &'a str)> {
    let (whole, fraction) = (&number[..at], non_empty(&number[at + 1..])?);
    let mark = char::from(number.as_bytes()[at]);
    if mark == format.decimal || !could_group(whole, fraction) {
        Some((whole, fraction))
    } else if mark == format.group && exponent != 3 {
        Some((number, ""))
    } else {
        None
    }
}

/// Whether the only mark of a number may stand between groups of three digits.
fn could_group(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && matches!(whole.len(), 1..=3) && !whole.starts_with('0') && !whole.contains([' ', '\''])
}

/// Digits on both sides of a point.
fn join(whole: &str, fraction: &str) -> Option<String> {
    let are_digits = fraction.bytes().all(|digit| digit.is_ascii_digit());
    match (whole, fraction) {
        ("", "") => None,
        (whole, "") => Some(whole.to_owned()),
        ("", fraction) if are_digits => Some(format!("0.{fraction}")),
        (whole, fraction) => are_digits.then(|| format!("{whole}.{fraction}")),
    }
}

fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The digits without the marks between their groups; None if the marks don't stand where groups end.
fn without_groups(whole: &str, format: &Format) -> Option<String> {
    let groups: Vec<&str> = whole.split(['.', ',', ' ', '\'']).collect();
    let one_kind = whole.chars().filter(|letter| !letter.is_ascii_digit()).is_sorted_by(|a, b| a == b);
    if !one_kind || !groups.iter().all(|group| group.bytes().all(|digit| digit.is_ascii_digit())) {
        return None;
    }
    if let [first, between @ .., last] = groups.as_slice() {
        let threes = matches!(first.len(), 1..=3) && between.iter().all(|group| group.len() == 3);
        let twos = format.lakh && matches!(first.len(), 1..=2) && between.iter().all(|group| group.len() == 2);
        if last.len() != 3 || !(threes || twos) {
            return None;
        }
    }
    Some(groups.concat())
}

#[cfg(test)]
mod tests;
