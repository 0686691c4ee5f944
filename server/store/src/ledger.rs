//! What follows from the rows: the kept totals of spending, and how many rows there are. Changes are gathered in memory;
//! each store writes them once, in the transaction of the rows.
use domain::{
    expense::Expense,
    ids::{BudgetId, UserId},
    money::{MAX_MINOR, format_minor},
    problem::Problem,
    spending::{SpendingKey, Total, difference},
};
use service::{Error, Result};
use std::collections::BTreeMap;

/// Where rows stand: whoever may see it sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Somebody's private ones.
    Private(UserId),
    /// Those of a budget, whoever entered them.
    Budget(BudgetId),
}

impl Place {
    /// That of a row.
    pub(crate) fn of(expense: &Expense) -> Self {
        expense.budget_id.map_or(Self::Private(expense.user_id), Self::Budget)
    }

    /// Ids are never the same, whatever they are of.
    pub(crate) const fn id(self) -> [u8; 12] {
        match self {
            Self::Private(UserId(id)) | Self::Budget(BudgetId(id)) => id,
        }
    }
}

/// Changes of totals and tallies that are not written yet.
#[derive(Default, Clone)]
pub(crate) struct Ledger {
    totals: BTreeMap<SpendingKey, Total>,
    tallies: BTreeMap<Place, i64>,
}

impl Ledger {
    /// Notes that `before` became `after` (none: is not there).
    pub(crate) fn change(&mut self, before: Option<&Expense>, after: Option<&Expense>) -> Result<()> {
        for (key, change) in difference(before, after) {
            let total = self.totals.entry(key).or_default();
            total.minor = total.minor.checked_add(change.minor).ok_or_else(too_much)?;
            total.count += change.count;
        }
        let mut tally = |expense: Option<&Expense>, by: i64| {
            if let Some(live) = expense.filter(|expense| expense.deleted_at.is_none()) {
                *self.tallies.entry(Place::of(live)).or_default() += by;
            }
        };
        tally(after, 1);
        tally(before, -1);
        Ok(())
    }

    /// The totals that are not zero.
    pub(crate) fn totals(&self) -> impl Iterator<Item = (&SpendingKey, &Total)> {
        self.totals.iter().filter(|(_, change)| **change != Total::default())
    }

    /// The tallies that are not zero.
    pub(crate) fn tallies(&self) -> impl Iterator<Item = (Place, i64)> {
        self.tallies.iter().filter(|(_, change)| **change != 0).map(|(place, change)| (*place, *change))
    }

    /// What changes.
    pub(crate) fn changes(self) -> Changes {
        Changes {
            totals: self.totals.into_iter().filter(|(_, change)| *change != Total::default()).collect(),
            tallies: self.tallies.into_iter().filter(|(_, change)| *change != 0).collect(),
        }
    }
}

/// What is to be written.
pub(crate) struct Changes {
    pub(crate) totals: Vec<(SpendingKey, Total)>,
    /// Live rows by place.
    pub(crate) tallies: Vec<(Place, i64)>,
}

/// A total that can't be kept.
pub(crate) fn too_much() -> Error {
    let max = format_minor(MAX_MINOR, 0);
    Error::field("amount", Problem::OutOfRange { min: format!("-{max}"), max })
}
