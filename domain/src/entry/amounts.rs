//! Finds the amount in a line: numbers with their currencies, calculated where signs stand between them.
use super::{
    Alternatives, Field, Reason,
    choice::{Candidate, choose},
    line::Line,
    operand::{Operand, Sign},
    vocab::{is_common_code, is_one_of},
};
use crate::{
    arithmetic,
    currency::Currency,
    expense::Kind,
    money::{MAX_MINOR, Money},
};
use std::ops::Range;

/// The most numbers of one calculation.
const OPERANDS_MAX: usize = 20;
/// The most pieces that a price is multiplied by.
const COUNT_MAX: i64 = 999;

impl Line<'_> {
    /// Finds the amount and its currency, and asks where there is a choice.
    pub(super) fn find_amount(&mut self) {
        let mut candidates = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() {
            if let Some(candidate) = self.candidate(index) {
                index = candidate.tokens.end;
                candidates.push(candidate);
            } else {
                index += 1;
            }
        }
        self.prices_of_each(&mut candidates);
        let Some((chosen, others)) = choose(&candidates, |candidate| self.is_followed_by_word(candidate)) else {
            self.find_lone_currency();
            return;
        };
        self.take(chosen);
        if !others.is_empty() {
            self.ask_for_amount(chosen, &others);
        }
    }

    fn ask_for_amount(&mut self, chosen: &Candidate, others: &[&Candidate]) {
        let mut amounts = vec![chosen.amount];
        for other in others {
            if !amounts.contains(&other.amount) {
                amounts.push(other.amount);
            }
        }
        let sum = others.iter().try_fold(chosen.amount, |sum, other| sum.checked_add(other.amount));
        amounts.extend(sum.ok().filter(|_| others.iter().all(|other| other.tier == chosen.tier)));
        let start = others.iter().map(|other| other.tokens.start).fold(chosen.tokens.start, usize::min);
        let end = others.iter().map(|other| other.tokens.end).fold(chosen.tokens.end, usize::max);
        self.ask(&(start..end), Reason::SeveralAmounts, Alternatives::Amounts(amounts));
    }

    /// `3 beers @ 6.50`, `2 tickets 12.99 each`: the price of all of them, with the number before.
    fn prices_of_each(&self, candidates: &mut Vec<Candidate>) {
        let mut index = 1;
        while index < candidates.len() {
            let (count, price) = (&candidates[index - 1], &candidates[index]);
            let tokens = self.with_each(&price.tokens);
            let pieces = count.amount.minor() / 10_i64.pow(count.amount.currency().exponent().into());
            let is_count = count.tier == 1 && !count.is_year && (2..=COUNT_MAX).contains(&pieces);
            let all = price.amount.minor().checked_mul(pieces).filter(|all| *all <= MAX_MINOR);
            if let Some(all) = all.filter(|_| is_count && tokens != price.tokens) {
                let (currency, ways) = (price.amount.currency(), vec![all, price.amount.minor()]);
                let price = &mut candidates[index];
                price.amount = Money::new(all, currency);
                (price.tokens, price.ways, price.reason) = (tokens, ways, Reason::PriceOfEach);
                candidates.remove(index - 1);
            } else {
                index += 1;
            }
        }
    }

    /// With the `@` before, or the `each` after a price, if there is one.
    fn with_each(&self, price: &Range<usize>) -> Range<usize> {
        let before = price.start.checked_sub(1).filter(|before| {
            self.is_free(*before) && self.tokens[*before].is_sign('@')
                || matches!(self.raw(*before), "à" | "À") && self.is_free(*before)
                || self.word_is(*before, "je")
        });
        let is_each = |phrase: &str| {
            let mut all = self.vocabularies();
            all.any(|vocabulary| is_one_of(phrase, vocabulary.each)).then_some(())
        };
        let after = self.phrase(price.end, is_each).map_or(0, |(count, ())| count);
        before.unwrap_or(price.start)..price.end + after
    }

    fn take(&mut self, chosen: &Candidate) {
        self.draft.amount = Some(chosen.amount);
        self.draft.currency = chosen.amount.currency();
        self.use_up(chosen.tokens.clone());
        self.add_piece(&chosen.tokens, Field::Amount);
        if let Some(sign) = &chosen.sign {
            self.add_piece(&sign.tokens, Field::Currency);
            if sign.is_unclear {
                let place = sign.tokens.clone();
                self.ask(&place, Reason::CurrencySign, Alternatives::Currencies(sign.currencies.clone()));
            }
        }
        if chosen.ways.len() > 1 {
            let ways = chosen.ways.iter().map(|minor| Money::new(*minor, chosen.amount.currency())).collect();
            self.ask(&chosen.tokens, chosen.reason, Alternatives::Amounts(ways));
        }
        if let Some(is_minus) = chosen.minus {
            self.sign_of_amount(&chosen.tokens, is_minus);
        }
    }

    /// A minus says that money came back, a plus that it came in: if a word says so too, nothing is asked (see
    /// [`Line::find_kind`]).
    fn sign_of_amount(&mut self, place: &Range<usize>, is_minus: bool) {
        let kinds =
            if is_minus { vec![Kind::Refund, Kind::Expense] } else { vec![Kind::Income, Kind::Refund, Kind::Expense] };
        self.draft.kind = kinds[0];
        self.ask(place, Reason::Sign, Alternatives::Kinds(kinds));
    }

    fn find_lone_currency(&mut self) {
        let lone = (0..self.tokens.len()).find_map(|index| {
            let is_clear = !self.tokens[index].is_word() || is_common_code(self.raw(index));
            self.sign(index, false).filter(|sign| is_clear && sign.places == 0)
        });
        if let Some(sign) = lone {
            self.draft.currency = sign.currencies[0];
            self.use_up(sign.tokens.clone());
            self.add_piece(&sign.tokens, Field::Currency);
        }
    }

    fn is_followed_by_word(&self, candidate: &Candidate) -> bool {
        self.tokens.get(candidate.tokens.end).is_some_and(super::lex::Token::is_word)
    }

    /// The amount, or the calculation, that begins at a token.
    fn candidate(&self, from: usize) -> Option<Candidate> {
        let (minus, start) = self.leading_sign(from);
        let first = self.operand(start)?;
        let (mut end, mut sign) = (first.tokens.end, first.sign.clone());
        let mut operands = vec![first];
        let mut operators = String::new();
        while operands.len() < OPERANDS_MAX {
            let Some((operator, at)) = self.operator(end) else { break };
            let Some(next) = self.operand(at).filter(|next| agree(sign.as_ref(), next.sign.as_ref())) else { break };
            if operator == '-' && !self.is_subtraction(end, operands.last(), &next) {
                break;
            }
            end = next.tokens.end;
            sign = sign.or_else(|| next.sign.clone());
            operators.push(operator);
            operands.push(next);
        }
        self.evaluated(from..end, minus, &operands, &operators, sign)
    }

    /// Whether the amount is money back (a minus) or in (a plus), and where it begins.
    fn leading_sign(&self, from: usize) -> (Option<bool>, usize) {
        let is_minus = |index: usize| match self.tokens.get(index).filter(|_| self.is_free(index)) {
            Some(token) if token.is_sign('-') => Some(true),
            Some(token) if token.is_sign('+') => Some(false),
            _ => None,
        };
        match is_minus(from) {
            // `coffee - 3.20` has a dash.
            Some(minus) if from == 0 || self.is_glued(from + 1) && !self.is_glued(from) => (Some(minus), from + 1),
            _ => (None, from),
        }
    }

    /// `+ - * /` between two numbers, and where the second begins.
    fn operator(&self, at: usize) -> Option<(char, usize)> {
        let token = self.tokens.get(at).filter(|_| self.is_free(at))?;
        let operator = match token.kind {
            super::lex::Kind::Sign(sign @ ('+' | '-' | '*' | '/')) => sign,
            super::lex::Kind::Sign('@') => '*',
            super::lex::Kind::Word if self.word_is(at, "x|mal|times") || matches!(self.raw(at), "à" | "À") => '*',
            _ => return None,
        };
        Some((operator, at + 1))
    }

    /// `20.00 - 5.00` and `20.00-5.00`, but not the range `3-4` or the dash of `7 - 12.50`.
    fn is_subtraction(&self, at: usize, left: Option<&Operand>, right: &Operand) -> bool {
        left.is_some_and(Operand::is_telling) && right.is_telling() && self.is_glued(at) == self.is_glued(at + 1)
    }

    fn evaluated(
        &self,
        tokens: Range<usize>,
        minus: Option<bool>,
        operands: &[Operand],
        operators: &str,
        sign: Option<Sign>,
    ) -> Option<Candidate> {
        let currency = sign.as_ref().map_or(self.context.currency, |sign| sign.currencies[0]);
        let mut ways = Vec::new();
        // The first way reads all numbers in the likeliest way, the other one those that have a second.
        for way in 0..2 {
            let text = calculation(operands, operators, way, currency);
            let Ok((minor, is_exact)) = arithmetic::plain(&text, currency.exponent()) else { continue };
            let is_possible = is_exact || operators.contains('/') || currency.exponent() > 0;
            if minor != 0 && is_possible && !ways.contains(&minor) {
                ways.push(minor);
            }
        }
        let is_negative = *ways.first()? < 0;
        let mut ways: Vec<i64> = ways.into_iter().map(i64::abs).collect();
        if !self.is_worth_asking(operands, currency) {
            ways.truncate(1);
        }
        let tier = if sign.is_some() {
            3
        } else {
            1 + u8::from(minus.is_some() || !operators.is_empty() || operands.iter().any(Operand::is_telling))
        };
        let year = operands.first().filter(|_| tier == 1).and_then(|operand| operand.readings[0].parse::<i32>().ok());
        Some(Candidate {
            amount: Money::new(ways[0], currency),
            tokens,
            ways,
            reason: Reason::DecimalMark,
            minus: minus.or(is_negative.then_some(true)),
            sign,
            tier,
            is_year: year.is_some_and(|year| (1990..2100).contains(&year)),
        })
    }

    /// Whether a second way to read a number is likely enough: not where it is grouped as everybody does there, in a line of
    /// the region's language.
    fn is_worth_asking(&self, operands: &[Operand], currency: Currency) -> bool {
        let unclear = operands.iter().filter(|operand| operand.readings.len() > 1);
        let mut unclear = unclear.peekable();
        unclear.peek().is_some()
            && (currency.exponent() == 3
                || unclear.any(|operand| !operand.is_conventional)
                || self.is_in_another_language())
    }
}

fn agree(one: Option<&Sign>, other: Option<&Sign>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one.currencies[0] == other.currencies[0])
}

/// The calculation as plain decimals.
fn calculation(operands: &[Operand], operators: &str, way: usize, currency: Currency) -> String {
    let mut text = String::new();
    let mut operators = operators.chars();
    for (index, operand) in operands.iter().enumerate() {
        if index > 0 {
            text.extend(operators.next());
        }
        let reading = operand.readings.get(way).or(operand.readings.first()).map_or("0", String::as_str);
        text.push_str(reading);
        let places = operand.sign.as_ref().map_or(0, |sign| sign.places).min(currency.exponent());
        if places > 0 {
            text.push_str("/100");
        }
    }
    text
}
