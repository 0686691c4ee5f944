//! Finds what repeats in a history: rent, salaries, subscriptions, insurances. Each finding comes with its evidence.
//!
//! Rows of one merchant, kind and currency are looked at together if their amounts are alike; then, if that shows no
//! rhythm, those whose amounts are near each other; then those of one amount. So a bill that changes is found as one, and
//! a subscription between other purchases at the same shop too. What was found is set aside, and the rest looked at again:
//! two contracts of one company are two findings.
use super::{Frequency, RecurringPattern, days_between};
use crate::{
    Date,
    expense::Kind,
    ids::ExpenseId,
    money::{Money, div_round},
};
use jiff::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod fit;

use fit::Fit;

/// The most findings for one merchant.
const FINDINGS_MAX: usize = 8;

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: ExpenseId,
    /// The merchant's key; rows without one are left out.
    pub merchant_key: String,
    /// Rows of one kind are looked at together.
    pub kind: Kind,
    /// Above zero.
    pub amount: Money,
    /// When.
    pub date: Date,
}

/// Why we say that something repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// the rows, by date
    pub rows: Vec<ExpenseId>,
    /// days from each row to the next
    pub intervals: Vec<i32>,
    /// slots between the first and the last row on which there was none
    pub missed: Vec<super::DateKey>,
    /// the most days between a row and its slot
    pub deviation: u32,
    /// the smallest amount, in minor units
    pub min: i64,
    /// the middle one
    pub median: i64,
    /// the largest
    pub max: i64,
}

/// Something that repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detected {
    /// whose rows
    pub merchant_key: String,
    /// of which kind
    pub kind: Kind,
    /// the rule, from its first slot on
    pub pattern: RecurringPattern,
    /// why
    pub evidence: Evidence,
    /// the slot after the last row
    #[serde(with = "crate::wire::date")]
    pub next_date: Date,
    /// what is expected then
    pub next_amount: Money,
}

impl Detected {
    /// Whether it seems to have ended: nothing came for a whole interval (and the usual delay) after it was expected.
    pub fn has_lapsed(&self, today: Date) -> bool {
        let delay = i64::from(self.evidence.deviation).max(3);
        let after = self.pattern.next(self.next_date).map_or(Date::MAX, |next| next.date);
        after.checked_add(Span::new().days(delay)).unwrap_or(Date::MAX) < today
    }
}

/// What repeats in `rows` (in any order): weekly, every two or four weeks, every one, two, three or six months (three rows
/// at least), yearly (two). Days may differ from the rule by one (weekly) to ten (yearly); a fifth of the slots, or one, may be
/// missing; a row more for each four doesn't matter. In order of merchants, then of the rules' first days.
pub fn detect(rows: &[Row]) -> Vec<Detected> {
    let mut groups: BTreeMap<(&str, Kind, crate::currency::Currency), Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.merchant_key.is_empty() && row.amount.minor() > 0) {
        groups.entry((&row.merchant_key, row.kind, row.amount.currency())).or_default().push(row);
    }
    groups.into_values().flat_map(in_group).collect()
}

fn in_group(mut rows: Vec<&Row>) -> Vec<Detected> {
    rows.sort_by_key(|row| (row.date, row.id));
    let days = |rows: &[&Row]| rows.iter().map(|row| row.date).collect::<std::collections::BTreeSet<_>>().len();
    let mut found = Vec::new();
    while found.len() < FINDINGS_MAX {
        let together = days(&rows);
        let fits = clusters(&rows).into_iter().find_map(|cluster| Some((fit::best(&cluster, together)?, cluster)));
        let Some((fit, cluster)) = fits else { break };
        let taken: Vec<ExpenseId> = fit.rows.iter().map(|(_, index)| cluster[*index].id).collect();
        found.extend(detected(&fit, &cluster));
        rows.retain(|row| !taken.contains(&row.id));
    }
    found.sort_by_key(|found| found.pattern.anchor_date);
    found
}

/// Rows that may belong together: all if their amounts are alike, those near each other, those of one amount.
fn clusters<'a>(rows: &[&'a Row]) -> Vec<Vec<&'a Row>> {
    let mut by_amount: Vec<i64> = rows.iter().map(|row| row.amount.minor()).collect();
    by_amount.sort_unstable();
    let Some(median) = by_amount.get(by_amount.len() / 2).copied() else { return Vec::new() };
    let mut clusters = Vec::new();
    let alike = |amount: i64| amount >= median / 2 && amount <= median.saturating_mul(2);
    if by_amount.iter().all(|amount| alike(*amount)) {
        clusters.push(rows.to_vec());
    }
    let mut add = |low: i64, high: i64| {
        let cluster: Vec<&Row> =
            rows.iter().copied().filter(|row| (low..=high).contains(&row.amount.minor())).collect();
        if cluster.len() >= 2 && cluster.len() < rows.len() {
            clusters.push(cluster);
        }
    };
    for near in by_amount.chunk_by(|a, b| *b - *a <= *a / 4) {
        add(near[0], near[near.len() - 1]);
    }
    for equal in by_amount.chunk_by(|a, b| a == b) {
        add(equal[0], equal[0]);
    }
    clusters
}

fn detected(fit: &Fit, cluster: &[&Row]) -> Option<Detected> {
    let rows: Vec<&Row> = fit.rows.iter().map(|(_, index)| cluster[*index]).collect();
    let (first, last) = (rows.first()?, rows.last()?);
    let mut amounts: Vec<i64> = rows.iter().map(|row| row.amount.minor()).collect();
    let expected = match amounts.as_slice() {
        [.., before, last] if before == last => Some(*last),
        _ => None,
    };
    amounts.sort_unstable();
    let median = median(&amounts);
    let (first_slot, last_slot) = (fit.rows.first()?.0, fit.rows.last()?.0);
    let missed = (first_slot..=last_slot).filter(|slot| !fit.rows.iter().any(|(hit, _)| hit == slot));
    let mut pattern = RecurringPattern::new(fit.frequency, fit.interval, fit.day(first_slot)?);
    if fit.frequency != Frequency::Weekly {
        pattern.anchor_day = fit.anchor_day;
    }
    Some(Detected {
        merchant_key: first.merchant_key.clone(),
        kind: first.kind,
        pattern,
        evidence: Evidence {
            rows: rows.iter().map(|row| row.id).collect(),
            intervals: rows.windows(2).map(|pair| days_between(pair[0].date, pair[1].date)).collect(),
            missed: missed.filter_map(|slot| fit.day(slot)).map(super::DateKey).collect(),
            deviation: fit.deviation,
            min: *amounts.first()?,
            median,
            max: *amounts.last()?,
        },
        next_date: fit.day(last_slot + 1)?,
        next_amount: Money::new(expected.unwrap_or(median), last.amount.currency()),
    })
}

/// Of a sorted list; between two middle ones rounded half up.
fn median(sorted: &[i64]) -> i64 {
    let middle = sorted.len() / 2;
    match sorted.get(middle) {
        None => 0,
        Some(upper) if sorted.len() % 2 == 1 => *upper,
        Some(upper) => {
            let sum = i128::from(sorted[middle - 1]) + i128::from(*upper);
            i64::try_from(div_round(sum, 2)).unwrap_or(*upper)
        }
    }
}

#[cfg(test)]
mod tests;
