//! The plans that a budget has had, and which of them counts in a month.
use super::Plan;
use crate::period::Month;

/// All plans of a budget that count in some month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    first: Plan,
    /// In the order in which they were made.
    later: Vec<Plan>,
}

impl Plans {
    /// From the plans of all versions, the oldest first (those that never count may be left out, but for the oldest).
    /// None if there is none.
    pub fn new(plans: Vec<Plan>) -> Option<Self> {
        let mut plans = plans.into_iter();
        Some(Self { first: plans.next()?, later: plans.collect() })
    }

    /// The newest one from that month or before, else the oldest.
    pub fn of(&self, month: Month) -> &Plan {
        let counts = |plan: &&Plan| plan.effective_from <= month;
        self.later.iter().rev().chain([&self.first]).find(counts).unwrap_or(&self.first)
    }

    /// The first month for which one was made.
    pub fn begin(&self) -> Month {
        self.later.iter().map(|plan| plan.effective_from).fold(self.first.effective_from, Month::min)
    }
}

/// Which versions count in some month, given the months from which they count, the newest first; the oldest always is
/// one of them, since it counts for all that was before.
pub fn counting(newest_first: &[Month]) -> Vec<bool> {
    let mut earliest: Option<Month> = None;
    let last = newest_first.len().saturating_sub(1);
    let counts = newest_first.iter().enumerate().map(|(place, &month)| {
        let counts = earliest.is_none_or(|earliest| month < earliest) || place == last;
        earliest = Some(earliest.map_or(month, |earliest| earliest.min(month)));
        counts
    });
    counts.collect()
}
