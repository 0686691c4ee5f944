//! The versions of a budget: what made one, what two of them differ in, and going back to one.
use crate::{
    allocation::Allocation,
    budget::{Plan, Rollover, Subcategory},
    category::Category,
    currency::Currency,
    input::{self, Reader, Value},
    period::Month,
    problem::Problems,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A person, by hand.
    #[default]
    User,
    /// A rule.
    Rule,
    /// A proposal of the assistant's that a person accepted.
    Ai,
    /// A person, who went back to an older version.
    Restore,
}

impl Source {
    /// The words that are stored and sent.
    pub const WORDS: [&'static str; 4] = ["user", "rule", "ai", "restore"];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

impl FromStr for Source {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::User, Self::Rule, Self::Ai, Self::Restore].into_iter().find(|known| known.as_str() == text).ok_or(())
    }
}

/// What made a version, and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionOrigin {
    /// What made it.
    pub source: Source,
    /// In somebody's own words; of a restored one the number of the version that it goes back to.
    pub note: Option<String>,
}

impl VersionOrigin {
    /// By hand, with or without a word about it.
    pub const fn by_hand(note: Option<String>) -> Self {
        Self { source: Source::User, note }
    }

    /// Goes back to an older version.
    pub fn back_to(version: i64) -> Self {
        Self { source: Source::Restore, note: Some(version.to_string()) }
    }

    /// The version that it goes back to.
    pub fn restored(&self) -> Option<i64> {
        (self.source == Source::Restore).then_some(self.note.as_ref()?.parse().ok()).flatten()
    }
}

/// What something was, and what it became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step<T> {
    /// in the earlier one
    pub before: T,
    /// in the later one
    pub after: T,
}

impl<T: PartialEq> Step<T> {
    /// None where nothing has changed.
    fn of(before: T, after: T) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }
}

/// One thing in which two plans differ. What a plan gets besides is one more variant here, and one more line in
/// [`differences`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PlanChange {
    /// What it is called.
    Name(Step<String>),
    /// Minor units of the currency.
    Income(Step<i64>),
    /// What it is kept in.
    Currency(Step<Currency>),
    /// What a category gets: its share, or only what the share comes to.
    Category(Category, Step<Allocation>),
    /// What of a category goes on into the next month.
    Rollover(Category, Step<Rollover>),
    /// What a category is made of.
    Parts(Category, Step<Vec<Subcategory>>),
    /// The month from which it counts.
    EffectiveFrom(Step<Month>),
}

/// All in which two plans differ, in the order in which they are shown.
pub fn differences(before: &Plan, after: &Plan) -> Vec<PlanChange> {
    let mut found = Vec::new();
    found.extend(Step::of(before.name.clone(), after.name.clone()).map(PlanChange::Name));
    found.extend(Step::of(before.monthly_income, after.monthly_income).map(PlanChange::Income));
    found.extend(Step::of(before.currency, after.currency).map(PlanChange::Currency));
    let categories = before.allocations.iter().zip(after.allocations.iter());
    found.extend(categories.filter_map(|((category, before), (_, after))| {
        Step::of(before, after).map(|step| PlanChange::Category(category, step))
    }));
    for category in Category::ALL {
        let rollover = Step::of(before.rollover[category], after.rollover[category]);
        found.extend(rollover.map(|step| PlanChange::Rollover(category, step)));
        let parts = Step::of(before.subcategories[category].to_vec(), after.subcategories[category].to_vec());
        found.extend(parts.map(|step| PlanChange::Parts(category, step)));
    }
    found.extend(Step::of(before.effective_from, after.effective_from).map(PlanChange::EffectiveFrom));
    found
}

/// A wish to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restore {
    /// The version to go back to.
    pub restore: i64,
    /// The version that the budget has now.
    pub version: i64,
}

/// Reads {restore, version}.
pub fn read_restore(value: &Value) -> Result<Restore, Problems> {
    let mut reader = Reader::new(value);
    let restore = reader.required("restore", |value| input::integer(value, 1, i64::MAX));
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    reader.finish()?;
    Ok(Restore { restore: restore.unwrap_or(1), version: version.unwrap_or(1) })
}

/// The older plan as a new version of the budget that has the newer one: it counts from `month` on, and the currency
/// stays, in which the totals are kept.
pub fn restored(old: Plan, now: &Plan, month: Month) -> Plan {
    Plan { currency: now.currency, effective_from: month, ..old }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        allocation::{Allocations, BasisPoints},
        budget::{Rollovers, Subcategories},
        category::COUNT,
    };

    fn plan(name: &str, income: i64, food: u32) -> Plan {
        let mut shares = [BasisPoints(0); COUNT];
        shares[Category::Housing.index()] = BasisPoints(10_000 - food);
        shares[Category::Food.index()] = BasisPoints(food);
        Plan {
            name: name.to_owned(),
            monthly_income: income,
            currency: Currency::EUR,
            allocations: Allocations::from_percentages(&shares, income).unwrap(),
            rollover: Rollovers::default(),
            subcategories: Subcategories::default(),
            effective_from: Month { year: 2026, month: 11 },
        }
    }

    #[test]
    fn nothing_differs_from_itself() {
        assert_eq!(differences(&plan("Home", 100_000, 2_000), &plan("Home", 100_000, 2_000)), []);
    }

    #[test]
    fn each_difference_is_named_with_both_sides() {
        let before = plan("Home", 100_000, 2_000);
        let after = Plan { effective_from: Month { year: 2026, month: 12 }, ..plan("House", 200_000, 1_500) };
        let allocation = |percentage, amount| Allocation { percentage: BasisPoints(percentage), amount };
        assert_eq!(
            differences(&before, &after),
            [
                PlanChange::Name(Step { before: "Home".to_owned(), after: "House".to_owned() }),
                PlanChange::Income(Step { before: 100_000, after: 200_000 }),
                PlanChange::Category(
                    Category::Housing,
                    Step { before: allocation(8_000, 80_000), after: allocation(8_500, 170_000) }
                ),
                PlanChange::Category(
                    Category::Food,
                    Step { before: allocation(2_000, 20_000), after: allocation(1_500, 30_000) }
                ),
                PlanChange::EffectiveFrom(Step {
                    before: Month { year: 2026, month: 11 },
                    after: Month { year: 2026, month: 12 }
                }),
            ]
        );
        // The other way round the same things differ.
        assert_eq!(differences(&after, &before).len(), 5);
    }

    #[test]
    fn what_goes_on_and_what_a_category_is_made_of_differ_by_category() {
        let before = plan("Home", 100_000, 2_000);
        let mut after = before.clone();
        after.rollover[Category::Food] = Rollover::Both;
        let parts = vec![Subcategory { name: "Canteen".to_owned(), amount: 5_000 }];
        after.subcategories.0[Category::Food.index()].clone_from(&parts);
        assert_eq!(
            differences(&before, &after),
            [
                PlanChange::Rollover(Category::Food, Step { before: Rollover::None, after: Rollover::Both }),
                PlanChange::Parts(Category::Food, Step { before: Vec::new(), after: parts }),
            ]
        );
    }

    #[test]
    fn what_is_restored_counts_from_now_on() {
        let (old, now) = (plan("Home", 100_000, 2_000), plan("House", 200_000, 1_500));
        let month = Month { year: 2027, month: 1 };
        assert_eq!(restored(old.clone(), &now, month), Plan { effective_from: month, ..old });
    }

    #[test]
    fn words_and_origins() {
        for word in Source::WORDS {
            assert_eq!(word.parse::<Source>().map(Source::as_str), Ok(word));
        }
        assert!("User".parse::<Source>().is_err());
        assert_eq!(VersionOrigin::back_to(3).restored(), Some(3));
        assert_eq!(VersionOrigin::by_hand(Some("3".to_owned())).restored(), None);
    }

    #[test]
    fn a_wish_to_go_back_names_both_versions() {
        let form = |pairs: &[(&str, &str)]| {
            Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
        };
        assert_eq!(read_restore(&form(&[("restore", "2"), ("version", "5")])), Ok(Restore { restore: 2, version: 5 }));
        let wrong = read_restore(&form(&[("restore", "0"), ("note", "x")])).unwrap_err();
        assert_eq!(wrong.0.keys().collect::<Vec<_>>(), ["note", "restore", "version"]);
    }
}
