//! What somebody files each merchant under.
use crate::{category::Category, expense::Expense, merchant::clean};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How many of a merchant's rows count, the ones changed last: habits change.
const NEWEST: usize = 5;

/// Where each merchant was filed, the newest first; merchants by the key of their own name, so that two prints of one shop
/// are one.
#[derive(Debug, Clone, Default)]
pub struct History(BTreeMap<String, Vec<Filed>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Filed {
    by_hand: bool,
    at: Timestamp,
    category: Category,
    subcategory: Option<String>,
}

/// What is usual for a merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// where it is filed
    pub category: Category,
    /// what the newest of these rows has below the category
    pub subcategory: Option<String>,
    /// how many of the newest rows are filed there
    pub agreeing: usize,
    /// of how many, at most five
    pub of: usize,
    /// when the newest of all was changed
    pub last: Timestamp,
}

impl Habit {
    /// Whether three of five (or two of three, or all of two) agree.
    pub fn is_sure(&self) -> bool {
        self.agreeing * 5 >= self.of * 3
    }

    /// How many of a hundred agree.
    pub fn percent(&self) -> u8 {
        u8::try_from(self.agreeing * 100 / self.of.max(1)).unwrap_or(100)
    }
}

impl History {
    /// Of rows; those without a category or merchant, and those that don't count, say nothing.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Expense>) -> Self {
        let mut history = Self::default();
        for row in rows.into_iter().filter(|row| row.counts() && row.splits.is_empty()) {
            if let (Some(merchant), Some(category)) = (&row.merchant, row.category) {
                let key = clean(merchant).key;
                history.add_keyed(key, category, row.subcategory.clone(), row.updated_at, is_by_hand(row));
            }
        }
        history
    }

    /// Adds a row that a person filed: its merchant as printed, and when it was last changed.
    pub fn add(&mut self, merchant: &str, category: Category, subcategory: Option<String>, at: Timestamp) {
        self.add_keyed(clean(merchant).key, category, subcategory, at, true);
    }

    /// The same by the key of the merchant's own name ([`Subject::merchant`](super::Subject::merchant)). Of a merchant that
    /// a person has filed by hand, only such rows count: a correction outweighs all that was filed without being asked.
    pub fn add_keyed(
        &mut self,
        key: String,
        category: Category,
        subcategory: Option<String>,
        at: Timestamp,
        by_hand: bool,
    ) {
        if key.is_empty() {
            return;
        }
        let filed = self.0.entry(key).or_default();
        let new = Filed { by_hand, at, category, subcategory };
        let order = |filed: &Filed| (filed.by_hand, filed.at, filed.category, filed.subcategory.clone());
        let place = filed.partition_point(|known| order(known) >= order(&new));
        if place < NEWEST {
            filed.insert(place, new);
            filed.truncate(NEWEST);
        }
    }

    /// What is usual for the merchant of this key: the commonest category of its newest rows; of two as common, the one
    /// that was chosen last.
    pub fn habit(&self, key: &str) -> Option<Habit> {
        let filed = self.0.get(key)?;
        let weighty = filed.first()?.by_hand;
        let filed: Vec<&Filed> = filed.iter().filter(|known| known.by_hand == weighty).collect();
        let count = |category: Category| filed.iter().filter(|known| known.category == category).count();
        // `max_by_key` takes the last of equals, and the newest come first.
        let usual = filed.iter().rev().max_by_key(|known| count(known.category))?.category;
        let newest = filed.iter().find(|known| known.category == usual)?;
        Some(Habit {
            category: usual,
            subcategory: newest.subcategory.clone(),
            agreeing: count(usual),
            of: filed.len(),
            last: filed.first()?.at,
        })
    }
}

/// Whether a person has filed the row, or at least seen and changed it; else it is as a bank file brought it.
pub const fn is_by_hand(row: &Expense) -> bool {
    row.version > 1 || row.import_id.is_none()
}
