//! Arithmetic in amounts: `16.99*1.1`, `12,50 + 3 x 4,99`, `100 + 19%`, `(80-5)/3`. Exact fractions, rounded once, at the end,
//! half away from zero to the currency's minor unit.
use crate::{
    currency::Currency,
    locale::Locale,
    money::{AmountError, MAX_MINOR, div_round, format_minor},
};

mod ratio;

use ratio::Ratio;

/// The longest calculation, in characters.
const LONGEST: usize = 256;
/// Parentheses inside of each other.
const DEEPEST: u8 = 32;

/// What came of a calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// In minor units of the currency.
    pub minor: i64,
    /// Whether something was calculated, so that the page can show what came of it.
    pub calculated: bool,
}

/// Reads an amount, or calculates one. An amount alone is read by [`Locale::parse_amount_in`], with its rules; in a
/// calculation each number is read by the same rules, but may have more decimals than the currency (`9.99*1.075`).
///
/// `+ - − * × · x / ÷ ( )` and `%`: of what stands before it after a plus or a minus, as on pocket calculators (`80 - 10%` is
/// 72), a hundredth otherwise. Currency signs may stand at each number, of that currency only.
///
/// [`AmountError::NotANumber`] also for a division by nothing and for what is not finished (`3*`).
pub fn amount(text: &str, locale: Locale, currency: Currency) -> Result<Amount, AmountError> {
    match locale.parse_amount_in(text, currency) {
        Ok(minor) => return Ok(Amount { minor, calculated: false }),
        Err(AmountError::NotANumber) => {}
        Err(other) => return Err(other),
    }
    let symbols = lex(text, |operand| locale.plain_decimal(operand, currency)).ok_or(AmountError::NotANumber)?;
    if symbols.len() < 2 {
        return Err(AmountError::NotANumber);
    }
    let minor = evaluate(&symbols).ok_or(AmountError::NotANumber)?.minor(currency.exponent())?.0;
    Ok(Amount { minor, calculated: true })
}

/// The same from plain decimals (`3*4.99`), for a number of decimals; also says whether it came out without rounding.
pub(crate) fn plain(text: &str, exponent: u8) -> Result<(i64, bool), AmountError> {
    let symbols = lex(text, |operand| Some(operand.to_owned())).ok_or(AmountError::NotANumber)?;
    evaluate(&symbols).ok_or(AmountError::NotANumber)?.minor(exponent)
}

impl Ratio {
    fn minor(self, exponent: u8) -> Result<(i64, bool), AmountError> {
        let units = self.times(Self::whole(10_i128.pow(exponent.into()))).ok_or(AmountError::OutOfRange)?;
        let rounded = div_round(units.numerator(), units.denominator());
        let minor = i64::try_from(rounded).ok().filter(|minor| minor.unsigned_abs() <= MAX_MINOR.unsigned_abs());
        Ok((minor.ok_or(AmountError::OutOfRange)?, units.denominator() == 1))
    }
}

/// An amount as it is typed into a field of plain decimals: what [`amount`] found, as the API takes it.
pub fn to_decimal(amount: Amount, currency: Currency) -> String {
    format_minor(amount.minor, currency.exponent())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Symbol {
    Number(Ratio),
    Plus,
    Minus,
    Times,
    Over,
    Percent,
    Open,
    Close,
}

/// Takes a calculation apart; `read` gives the plain decimal of what stands between two signs.
fn lex(text: &str, read: impl Fn(&str) -> Option<String>) -> Option<Vec<Symbol>> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let mut symbols = Vec::new();
    let mut start = 0;
    let operand = |symbols: &mut Vec<Symbol>, slice: &str| -> Option<()> {
        if !slice.trim().is_empty() {
            symbols.push(Symbol::Number(Ratio::parse(&read(slice.trim())?)?));
        }
        Some(())
    };
    for (at, letter) in text.char_indices() {
        let after = &text[at + letter.len_utf8()..];
        let Some(symbol) = sign(letter, &text[..at], after) else { continue };
        operand(&mut symbols, &text[start..at])?;
        symbols.push(symbol);
        start = at + letter.len_utf8();
    }
    operand(&mut symbols, &text[start..])?;
    Some(symbols)
}

fn sign(letter: char, before: &str, after: &str) -> Option<Symbol> {
    Some(match letter {
        '+' | '＋' => Symbol::Plus,
        '-' | '\u{2212}' | '\u{2010}'..='\u{2013}' | '－' => Symbol::Minus,
        '*' | '×' | '·' | '⋅' | '＊' => Symbol::Times,
        '/' | '÷' | '∕' | '／' => Symbol::Over,
        '%' | '％' => Symbol::Percent,
        '(' | '（' => Symbol::Open,
        ')' | '）' => Symbol::Close,
        // The x of `3x4`, not that of `MXN`.
        'x' | 'X'
            if before.trim_end().ends_with(|c: char| c.is_numeric() || c == ')')
                && !after.trim_start().starts_with(char::is_alphabetic) =>
        {
            Symbol::Times
        }
        _ => return None,
    })
}

/// None for what is not well formed, and where numbers get too large.
fn evaluate(symbols: &[Symbol]) -> Option<Ratio> {
    let mut reader = Reader { symbols, depth: 0 };
    let result = reader.sum()?;
    reader.symbols.is_empty().then_some(result)
}

struct Reader<'a> {
    symbols: &'a [Symbol],
    depth: u8,
}

impl Reader<'_> {
    fn take(&mut self, wanted: Symbol) -> bool {
        let there = self.symbols.first() == Some(&wanted);
        if there {
            self.symbols = &self.symbols[1..];
        }
        there
    }

    fn sum(&mut self) -> Option<Ratio> {
        let mut total = self.product()?.0;
        loop {
            let is_minus = if self.take(Symbol::Plus) {
                false
            } else if self.take(Symbol::Minus) {
                true
            } else {
                return Some(total);
            };
            let (value, is_percent) = self.product()?;
            let value = if is_percent { total.times(value)? } else { value };
            total = total.plus(if is_minus { value.negative()? } else { value })?;
        }
    }

    /// The value, and whether it is a percentage alone.
    fn product(&mut self) -> Option<(Ratio, bool)> {
        let (mut total, mut is_percent) = self.factor()?;
        loop {
            if self.take(Symbol::Times) {
                total = total.times(self.factor()?.0)?;
            } else if self.take(Symbol::Over) {
                total = total.over(self.factor()?.0)?;
            } else {
                return Some((total, is_percent));
            }
            is_percent = false;
        }
    }

    fn factor(&mut self) -> Option<(Ratio, bool)> {
        let is_negative = self.take(Symbol::Minus);
        if !is_negative {
            self.take(Symbol::Plus);
        }
        let mut value = if self.take(Symbol::Open) {
            self.depth = (self.depth < DEEPEST).then(|| self.depth + 1)?;
            let inner = self.sum()?;
            self.depth -= 1;
            self.take(Symbol::Close).then_some(inner)?
        } else {
            let (Symbol::Number(number), rest) = self.symbols.split_first()? else { return None };
            self.symbols = rest;
            *number
        };
        let is_percent = self.take(Symbol::Percent);
        if is_percent {
            value = value.over(Ratio::whole(100))?;
        }
        Some((if is_negative { value.negative()? } else { value }, is_percent))
    }
}

#[cfg(test)]
mod tests;
