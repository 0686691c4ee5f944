//! What a store holds, worked out from its records alone, so that two stores can be compared, and a store with what it
//! keeps besides its rows.
use super::{Batches, Record, RecordKind};
use crate::ledger::Ledger;
use domain::{
    currency::Currency,
    expense::Kind,
    ids::{BudgetId, UserId},
    spending::{SpendingKey, Total},
};
use serde::{Deserialize, Serialize};
use service::{Error, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many rows of each kind there are, and what money they come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Census {
    /// Rows of each kind; a kind without rows is not named.
    pub rows: BTreeMap<RecordKind, u64>,
    /// What the totals of each budget sum to, by kind, in minor units of the budget's currency.
    pub budgets: BTreeMap<BudgetId, BTreeMap<Kind, Sum>>,
    /// The amounts of all of a user's expenses of whatever kind and state, by currency.
    pub users: BTreeMap<UserId, BTreeMap<Currency, Sum>>,
}

/// A sum and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    /// Minor units.
    pub minor: i128,
    /// Transactions; a split one counts once in each of its categories.
    pub count: i64,
}

impl Sum {
    fn add(&mut self, minor: i64, count: i64) {
        self.minor += i128::from(minor);
        self.count += count;
    }
}

impl Census {
    /// Where two differ first, in words; none if they are equal.
    pub fn difference(&self, other: &Self) -> Option<String> {
        for kind in RecordKind::ALL {
            let rows = |census: &Self| census.rows.get(&kind).copied().unwrap_or(0);
            if rows(self) != rows(other) {
                return Some(format!("{} {} here, {} there", rows(self), kind.name(), rows(other)));
            }
        }
        let budget = different(&self.budgets, &other.budgets).map(|id| format!("the totals of budget {id}"));
        budget.or_else(|| different(&self.users, &other.users).map(|id| format!("the sums of user {id}")))
    }
}

/// The first key under which two maps have not the same.
fn different<K: Ord + Copy, V: PartialEq>(one: &BTreeMap<K, V>, other: &BTreeMap<K, V>) -> Option<K> {
    one.keys().chain(other.keys()).find(|key| one.get(key) != other.get(key)).copied()
}

/// What a store keeps besides its rows and must always be what they come to. What is zero is not named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The totals of spending.
    pub totals: BTreeMap<SpendingKey, Total>,
    /// How many rows that are not in the trash each budget has, and each user as private ones, by the id of either.
    pub tallies: BTreeMap<[u8; 12], i64>,
}

impl Kept {
    pub(crate) fn total(&mut self, key: SpendingKey, total: Total) {
        if total != Total::default() {
            self.totals.insert(key, total);
        }
    }

    pub(crate) fn tally(&mut self, place: [u8; 12], live: i64) {
        if live != 0 {
            self.tallies.insert(place, live);
        }
    }

    /// Where two differ first, in words.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let total = different(&self.totals, &other.totals);
        let total = total.map(|key| format!("the total of {} in budget {}", key.day, key.budget_id));
        total.or_else(|| different(&self.tallies, &other.tallies).map(|id| format!("the rows of {}", BudgetId(id))))
    }
}

/// What follows from the expenses of each user, still to be written.
pub(crate) type Books = BTreeMap<UserId, Ledger>;

/// Gathers a census, and a fingerprint of all that the records say, from records in their order.
#[derive(Default)]
pub struct Survey {
    census: Census,
    prints: BTreeMap<RecordKind, Sha256>,
    books: Books,
}

/// What a survey came to.
pub struct Surveyed {
    /// Counts and sums.
    pub census: Census,
    /// SHA-256 of the records of each kind, written as JSON in their order: equal if every field of every row is.
    pub prints: BTreeMap<RecordKind, [u8; 32]>,
    pub(crate) books: Books,
}

impl Survey {
    /// Counts some more.
    pub fn add(&mut self, records: &[Record]) -> Result<()> {
        for record in records {
            let json = serde_json::to_vec(record).map_err(|error| Error::Internal(format!("a record: {error}")))?;
            let print = self.prints.entry(record.kind()).or_default();
            // The length first: two records can't be mistaken for one.
            print.update((json.len() as u64).to_be_bytes());
            print.update(&json);
            *self.census.rows.entry(record.kind()).or_default() += 1;
            if let Record::Expense(expense) = record {
                self.books.entry(expense.user_id).or_default().change(None, Some(expense))?;
                let sums = self.census.users.entry(expense.user_id).or_default();
                sums.entry(expense.amount.currency()).or_default().add(expense.amount.minor(), 1);
            }
        }
        Ok(())
    }

    /// All that a store has.
    pub async fn of(mut batches: Batches) -> Result<Surveyed> {
        let mut survey = Self::default();
        while let Some(batch) = batches.recv().await {
            survey.add(&batch?)?;
        }
        Ok(survey.finish())
    }

    /// The result.
    pub fn finish(self) -> Surveyed {
        let Self { mut census, prints, books } = self;
        for (key, total) in books.values().flat_map(Ledger::totals) {
            census.budgets.entry(key.budget_id).or_default().entry(key.kind).or_default().add(total.minor, total.count);
        }
        let prints = prints.into_iter().map(|(kind, print)| (kind, print.finalize().into())).collect();
        Surveyed { census, prints, books }
    }
}

impl Surveyed {
    /// Where two differ first, in words.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let print = || different(&self.prints, &other.prints).map(|kind| format!("what stands in {}", kind.name()));
        self.census.difference(&other.census).or_else(print)
    }

    /// What a store with these rows must keep besides them.
    pub fn kept(&self) -> Kept {
        let mut kept = Kept::default();
        for ledger in self.books.values() {
            for (key, total) in ledger.totals() {
                let sum = kept.totals.entry(*key).or_default();
                (sum.minor, sum.count) = (sum.minor.saturating_add(total.minor), sum.count + total.count);
            }
            for (place, live) in ledger.tallies() {
                *kept.tallies.entry(place.id()).or_default() += live;
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::expense::Expense;
    use service::testing::builders as make;

    fn surveyed(rows: &[Expense]) -> Surveyed {
        let mut survey = Survey::default();
        let records: Vec<Record> = rows.iter().cloned().map(Record::Expense).collect();
        survey.add(&records).unwrap();
        survey.finish()
    }

    #[test]
    fn any_other_field_is_a_difference() {
        let (ada, budget) = (make::person(1).user.id, make::budget(make::person(1).user.id, 2).id);
        let row = make::expense(ada, Some(budget), 3, 1_250);
        let one = surveyed(std::slice::from_ref(&row));
        assert_eq!(one.difference(&surveyed(std::slice::from_ref(&row))), None);
        let changed = |change: fn(&mut Expense)| {
            let mut row = row.clone();
            change(&mut row);
            surveyed(&[row])
        };
        for (other, said) in [
            (surveyed(&[]), "1 expenses here, 0 there"),
            (changed(|row| row.notes = Some("later".to_owned())), "what stands in expenses"),
            (changed(|row| row.base = None), "the totals of budget"),
            (changed(|row| row.amount = domain::money::Money::new(1_251, Currency::EUR)), "the sums of user"),
        ] {
            let found = one.difference(&other).unwrap();
            assert!(found.contains(said), "{found}");
        }
        assert_eq!(one.kept().totals.len(), 1);
        assert_eq!(one.kept().tallies, BTreeMap::from([(budget.0, 1)]));
        assert!(one.kept().difference(&Kept::default()).unwrap().contains("total"));
    }

    #[test]
    fn a_census_comes_back_from_json() {
        let ada = make::person(1).user.id;
        let mut census = surveyed(&[make::expense(ada, None, 3, 1_250)]).census;
        census.users.entry(ada).or_default().entry(Currency::USD).or_default().minor = i128::from(i64::MAX) * 1_000;
        let text = serde_json::to_string(&census).unwrap();
        assert_eq!(serde_json::from_str::<Census>(&text).unwrap(), census, "{text}");
    }
}
