//! How long and how much: what all stores have in common.
use domain::filter::Filter;
use jiff::SignedDuration;

/// How long an answer under an idempotency key is kept.
pub(crate) const ANSWERS: SignedDuration = SignedDuration::from_hours(24);
/// How long a job that was done is kept.
pub(crate) const DONE: SignedDuration = SignedDuration::from_hours(24);
/// How long something stays in the trash.
pub(crate) const TRASH: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long bytes are kept that a change took away or brought: as long as it can be taken back, and a day.
pub(crate) const KEPT_BLOB: SignedDuration = SignedDuration::from_hours(31 * 24);
/// How long it is told what was done, where the budget lives as long.
pub(crate) const TOLD: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);
/// The most entries of the trash that are shown.
pub(crate) const TRASH_SHOWN: usize = 1_000;
/// The most imports that are listed.
pub(crate) const IMPORTS_LISTED: i64 = 100;
/// Rows of somebody who goes that one transaction takes out: others want to write, too.
pub(crate) const ERASED_AT_ONCE: i64 = 2_000;
/// Rows of a draft that are kept together.
pub(crate) const CHUNK: usize = 250;

/// Whether a list is filtered by nothing but its budget: such lists have their number kept.
pub(crate) fn only_budget(filter: &Filter) -> bool {
    *filter == Filter { budget_id: filter.budget_id, ..Filter::default() }
}
