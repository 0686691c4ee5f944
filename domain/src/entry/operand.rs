//! A number with what belongs to it: its currency and its powers of ten.
use super::{
    lex::Kind,
    line::Line,
    vocab::{MEASURES, currency_words, is_currency_sign, multiplier},
};
use crate::currency::Currency;
use std::ops::Range;

/// A currency as written.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub(super) tokens: Range<usize>,
    /// what it may stand for, the likeliest first
    pub(super) currencies: Vec<Currency>,
    /// whether that must be asked
    pub(super) is_unclear: bool,
    /// places below the whole unit: cents have two
    pub(super) places: u8,
}

/// A number as written.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    pub(super) tokens: Range<usize>,
    /// plain decimals, the likeliest first
    pub(super) readings: Vec<String>,
    /// the likeliest one follows the region's own rule for groups
    pub(super) is_conventional: bool,
    pub(super) sign: Option<Sign>,
}

impl Operand {
    /// Whether it is more than a bare whole number.
    pub(super) fn is_telling(&self) -> bool {
        self.sign.is_some() || self.readings.len() > 1 || self.readings.iter().any(|reading| reading.contains('.'))
    }
}

impl Line<'_> {
    /// The operand that begins at a token.
    pub(super) fn operand(&self, from: usize) -> Option<Operand> {
        let before = self.sign(from, true);
        let number = before.as_ref().map_or(from, |sign| sign.tokens.end);
        if !self.is_amount(number) {
            return None;
        }
        let (mut readings, is_conventional) = self.readings(number);
        let mut end = number + 1;
        if let Some(power) =
            self.tokens.get(end).filter(|_| self.is_free_word(end)).and_then(|word| multiplier(&word.folded))
        {
            readings = readings.iter().map(|reading| format!("{reading}*{power}")).collect();
            end += 1;
        }
        end = self.skip_dashes(end);
        let after = if before.is_some() && !self.is_code(end) { None } else { self.sign(end, false) };
        if let Some(sign) = &after {
            end = sign.tokens.end;
            // `12€50`
            if let Some(cents) = self.glued_cents(end) {
                readings = readings.iter().map(|reading| format!("{reading}.{cents}")).collect();
                end += 1;
            }
        }
        (!readings.is_empty()).then(|| Operand { tokens: from..end, readings, is_conventional, sign: before.or(after) })
    }

    /// What a number may mean as it is written here.
    fn readings(&self, number: usize) -> (Vec<String>, bool) {
        let token = &self.tokens[number];
        if let Kind::Number(Some(value)) = &token.kind {
            return (vec![value.clone()], true);
        }
        let locale = self.context.locale;
        let is_grouped = token.folded.contains(locale.group_mark());
        (locale.readings(&token.folded), is_grouped)
    }

    /// Whether a free number is no percentage, time, ordinal or number of something.
    fn is_amount(&self, index: usize) -> bool {
        let sign = |index: usize, sign: char| self.tokens.get(index).is_some_and(|token| token.is_sign(sign));
        let is_number = |index: usize| self.tokens.get(index).is_some_and(super::lex::Token::is_number);
        let is_time = sign(index + 1, ':') && self.is_glued(index + 1) && is_number(index + 2)
            || index > 1 && sign(index - 1, ':') && self.is_glued(index) && is_number(index - 2);
        let is_numbered = index > 0 && sign(index - 1, '#');
        let is_measure = self.word_is(index + 1, MEASURES);
        let is_ordinal = self.is_glued(index + 1) && self.word_is(index + 1, "st|nd|rd|th|er|eme");
        self.is_free(index)
            && is_number(index)
            && !is_time
            && !is_numbered
            && !is_measure
            && !is_ordinal
            && !sign(index + 1, '%')
    }

    /// `12,- €`, `12.—`
    fn skip_dashes(&self, at: usize) -> usize {
        let sign = |index: usize, sign: char| {
            self.tokens.get(index).is_some_and(|token| token.is_sign(sign)) && self.is_glued(index)
        };
        if (sign(at, ',') || sign(at, '.')) && sign(at + 1, '-') { at + 2 + usize::from(sign(at + 2, '-')) } else { at }
    }

    fn glued_cents(&self, at: usize) -> Option<&str> {
        let digits = self.raw(at);
        let is_cents = self.is_free(at) && self.is_glued(at) && self.is_glued(at - 1);
        (is_cents && digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
    }

    /// Whether a token is a code in capitals: it may stand behind a number that has a sign before.
    fn is_code(&self, index: usize) -> bool {
        self.raw(index).parse::<Currency>().is_ok()
    }

    /// The currency at a token. `before` a number, letters must touch it or be a code in capitals or a sign (`Rs.500`).
    pub(super) fn sign(&self, index: usize, before: bool) -> Option<Sign> {
        let token = self.tokens.get(index).filter(|_| self.is_free(index))?;
        if let Some(sign) = self.of_two(index) {
            return Some(sign);
        }
        let (raw, mut tokens) = (self.raw(index), index..index + 1);
        let mut sign = match token.kind {
            Kind::Sign(letter) if is_currency_sign(letter) => self.of_sign(raw, tokens.clone())?,
            Kind::Word => self.of_word(index, before)?,
            _ => return None,
        };
        // `Rs. 500`
        let has_point =
            before && self.tokens.get(index + 1).is_some_and(|next| next.is_sign('.')) && self.is_glued(index + 1);
        tokens.end += usize::from(has_point);
        sign.tokens = tokens;
        Some(sign)
    }

    /// Signs of two tokens: `CA$`, `$US`, `F CFA`.
    fn of_two(&self, index: usize) -> Option<Sign> {
        let tokens = index..index + 2;
        let is_sign = |index: usize| matches!(self.tokens[index].kind, Kind::Sign(sign) if is_currency_sign(sign));
        let is_short = |index: usize| self.tokens[index].is_word() && self.raw(index).len() <= 3;
        let fits = self.is_free(index)
            && self.is_free(index + 1)
            && (self.is_glued(index + 1)
                && (is_short(index) && is_sign(index + 1) || is_sign(index) && is_short(index + 1))
                || self.word_is(index, "f") && self.word_is(index + 1, "cfa"));
        if !fits {
            return None;
        }
        let sign = self.text[self.bytes(&tokens)].replace(char::is_whitespace, " ");
        self.chosen(self.context.locale.currencies_of_sign(&sign), tokens, 0, true)
    }

    fn of_sign(&self, sign: &str, tokens: Range<usize>) -> Option<Sign> {
        if sign == "¢" {
            return Some(Sign { tokens, currencies: vec![self.context.currency], is_unclear: false, places: 2 });
        }
        self.chosen(self.context.locale.currencies_of_sign(sign), tokens, 0, true)
    }

    fn of_word(&self, index: usize, before: bool) -> Option<Sign> {
        let (raw, folded) = (self.raw(index), self.tokens[index].folded.as_str());
        let tokens = index..index + 1;
        let next_touches = self.is_glued(index + 1);
        if let Ok(code) = raw.parse::<Currency>() {
            return self.chosen(vec![code], tokens, 0, true);
        }
        let prefix = raw.trim_end_matches('.');
        let may_be_small = super::vocab::may_precede_a_number(prefix) || super::vocab::may_follow_a_number(folded);
        if let Ok(code) = Currency::from_code_lenient(raw)
            && may_be_small
            && (!before || next_touches || super::vocab::may_precede_a_number(raw))
        {
            return self.chosen(vec![code], tokens, 0, true);
        }
        // Signs of letters as they are printed: `Kč`, `zł`, `R`.
        let locale = self.context.locale;
        if let Some(printed) = Currency::ALL.iter().find(|known| known.symbol() == raw || locale.symbol(**known) == raw)
        {
            return self.chosen(vec![*printed], tokens, 0, true);
        }
        let (codes, places) = currency_words(folded)?;
        // `c` and `p` only behind a number and touching it; other words hardly ever stand before one.
        let stands_well = if before { is_short_sign(prefix) } else { folded.len() > 1 || self.is_glued(index) };
        let currencies: Vec<Currency> = codes.split('|').filter_map(|code| code.parse().ok()).collect();
        let currencies = if currencies.is_empty() { vec![self.context.currency] } else { currencies };
        if stands_well { self.chosen(currencies, tokens, places, false) } else { None }
    }

    /// The user's currency first, else the region's; asked where neither is meant for sure.
    fn chosen(&self, mut all: Vec<Currency>, tokens: Range<usize>, places: u8, is_sign: bool) -> Option<Sign> {
        let first = *all.first()?;
        let (own, region) = (self.context.currency, self.context.locale.guess_currency());
        let likely = [own, region].into_iter().find(|currency| all.contains(currency));
        // `$` is somebody's own dollar, but may be the one that the region calls so.
        let is_unclear = match likely {
            Some(currency) => is_sign && currency == own && first != own && first == region,
            None => all.len() > 1 && !(is_sign && self.is_own_sign(&tokens, first)),
        };
        if let Some(likely) = likely {
            all = if is_unclear { vec![likely, first] } else { vec![likely] };
        } else if !is_unclear {
            all.truncate(1);
        }
        Some(Sign { tokens, currencies: all, is_unclear, places })
    }

    /// Whether the region knows that currency by that sign (`$` in Germany is the US dollar's).
    fn is_own_sign(&self, tokens: &Range<usize>, currency: Currency) -> bool {
        self.raw(tokens.start) == self.context.locale.symbol(currency) && !matches!(self.raw(tokens.start), "¥" | "kr")
    }
}

fn is_short_sign(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "rs" | "fr" | "sfr" | "kr" | "₹" | "रु")
}
