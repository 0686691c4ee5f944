//! Which of several numbers is the amount.
use super::{Reason, operand::Sign};
use crate::money::Money;
use std::ops::Range;

/// A number, or a calculation, that may be the amount.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) tokens: Range<usize>,
    pub(super) amount: Money,
    /// all that it may be, in minor units, the likeliest first
    pub(super) ways: Vec<i64>,
    /// why it may be several
    pub(super) reason: Reason,
    /// a sign stands before it
    pub(super) minus: Option<bool>,
    pub(super) sign: Option<Sign>,
    /// 3: has a currency; 2: has decimals, groups or a sign, or is calculated; 1: a bare number
    pub(super) tier: u8,
    /// a bare number that could be a year
    pub(super) is_year: bool,
}

/// A bare number below this is taken for a count where something better is there.
const COUNT_MAX: i64 = 10;

/// The amount, and the others that it could be as well. What has a currency is it, else what has decimals, else the
/// largest; numbers of things are no amounts beside one with a currency.
pub(super) fn choose(
    all: &[Candidate],
    is_followed_by_word: impl Fn(&Candidate) -> bool,
) -> Option<(&Candidate, Vec<&Candidate>)> {
    let best = all.iter().map(|candidate| candidate.tier).max()?;
    let is_count = |candidate: &Candidate| {
        let units = 10_i64.pow(candidate.amount.currency().exponent().into());
        candidate.tier == 1 && is_followed_by_word(candidate) && candidate.amount.minor() < COUNT_MAX * units
    };
    let top = || all.iter().filter(|candidate| candidate.tier == best);
    let chosen = if best > 1 {
        top().next()?
    } else {
        top().max_by_key(|candidate| {
            (
                !candidate.is_year,
                !is_count(candidate),
                candidate.amount.minor(),
                std::cmp::Reverse(candidate.tokens.start),
            )
        })?
    };
    let others = all.iter().filter(|other| {
        let is_beneath = match best {
            3 => other.tier == 1,
            2 => other.tier == 1 && (other.is_year || is_count(other)),
            _ => false,
        };
        other.tokens != chosen.tokens && !is_beneath && other.amount != chosen.amount
    });
    Some((chosen, others.collect()))
}
