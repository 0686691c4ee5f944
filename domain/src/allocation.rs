//! How an income is shared among the ten categories: percentages that sum to 100.00, amounts that sum to the income.
use crate::{
    category::{COUNT, Category},
    money::{AmountError, split_by_weights},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use std::ops::{Index, IndexMut};

mod percent;
mod rebalance;

pub use percent::BasisPoints;
pub use rebalance::rebalance;

/// What one category gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// its share of the income
    pub percentage: BasisPoints,
    /// in minor units of the budget's currency
    pub amount: i64,
}

/// What each category gets, in the order of [`Category::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocations(pub [Allocation; COUNT]);

/// Housing 30, food 15, transportation 15, utilities 10, healthcare 5, entertainment 5, savings 10, emergency 5,
/// investments 5, miscellaneous 0 %: what a budget starts with when nothing else is asked for.
pub const STANDARD: [BasisPoints; COUNT] = [
    BasisPoints(3000),
    BasisPoints(1500),
    BasisPoints(1500),
    BasisPoints(1000),
    BasisPoints(500),
    BasisPoints(500),
    BasisPoints(1000),
    BasisPoints(500),
    BasisPoints(500),
    BasisPoints(0),
];

impl Allocations {
    /// The [`STANDARD`] percentages of an income (minor units).
    pub fn standard(income_minor: i64) -> Self {
        Self::exactly(STANDARD, income_minor)
    }

    /// Takes percentages that sum to 100 ± 0.01 and makes the sum exactly 100 (the largest one gives or takes, the first of
    /// equals); the amounts are split from the income by largest remainder.
    pub fn from_percentages(percentages: &[BasisPoints; COUNT], income_minor: i64) -> Result<Self, Problem> {
        let whole = u64::from(BasisPoints::WHOLE.0);
        let sum: u64 = percentages.iter().map(|percentage| u64::from(percentage.0)).sum();
        if sum.abs_diff(whole) > 1 {
            return Err(Problem::SumNot100 { sum: percent::hundredths(sum) });
        }
        let mut fixed = *percentages;
        // `max_by_key` gives the last of equals, hence from the back.
        if let Some(largest) = fixed.iter_mut().rev().max_by_key(|percentage| percentage.0) {
            largest.0 = if sum > whole { largest.0 - 1 } else { largest.0 + u32::from(sum < whole) };
        }
        Ok(Self::exactly(fixed, income_minor))
    }

    /// Keeps amounts (minor units, none negative) that sum to the income; the percentages follow by largest remainder. An
    /// income of nothing tells no proportions: then they are the [`STANDARD`] ones.
    pub fn from_amounts(amounts: &[i64; COUNT], income_minor: i64) -> Result<Self, Problem> {
        if amounts.iter().any(|&amount| amount < 0) {
            return Err(Problem::Negative);
        }
        let sum: i128 = amounts.iter().copied().map(i128::from).sum();
        if sum != i128::from(income_minor) {
            return Err(percent::sum_problem(sum, income_minor));
        }
        if sum == 0 {
            return Ok(Self::exactly(STANDARD, 0));
        }
        let shares = split_by_weights(i64::from(BasisPoints::WHOLE.0), &amounts.map(i64::unsigned_abs));
        Ok(Self(std::array::from_fn(|index| Allocation {
            percentage: BasisPoints(u32::try_from(shares[index]).unwrap_or_default()),
            amount: amounts[index],
        })))
    }

    /// The percentages alone.
    pub fn percentages(&self) -> [BasisPoints; COUNT] {
        self.0.map(|allocation| allocation.percentage)
    }

    /// The amounts alone, in minor units.
    pub fn amounts(&self) -> [i64; COUNT] {
        self.0.map(|allocation| allocation.amount)
    }

    /// What each category gets, with its name.
    pub fn iter(&self) -> impl Iterator<Item = (Category, Allocation)> + '_ {
        Category::ALL.into_iter().zip(self.0)
    }

    /// Percentages that sum to 100.
    pub(crate) fn exactly(percentages: [BasisPoints; COUNT], income_minor: i64) -> Self {
        let amounts = split_by_weights(income_minor, &percentages.map(|percentage| u64::from(percentage.0)));
        Self(std::array::from_fn(|index| Allocation { percentage: percentages[index], amount: amounts[index] }))
    }
}

impl Index<Category> for Allocations {
    type Output = Allocation;
    fn index(&self, category: Category) -> &Allocation {
        &self.0[category.index()]
    }
}

impl IndexMut<Category> for Allocations {
    fn index_mut(&mut self, category: Category) -> &mut Allocation {
        &mut self.0[category.index()]
    }
}

impl AmountError {
    /// The problem that a field for a percentage has.
    pub fn percent_problem(&self) -> Problem {
        match self {
            Self::NotANumber => Problem::NotANumber,
            Self::TooManyDecimals => Problem::TooManyDecimals { max: 2, unit: "%".to_owned() },
            Self::OutOfRange => Problem::OutOfRange { min: "0".to_owned(), max: "100".to_owned() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::MAX_MINOR;
    use proptest::prelude::*;

    fn points(values: [u32; COUNT]) -> [BasisPoints; COUNT] {
        values.map(BasisPoints)
    }

    #[test]
    fn the_standard_one() {
        let standard = Allocations::standard(500_000);
        assert_eq!(standard.amounts(), [150_000, 75_000, 75_000, 50_000, 25_000, 25_000, 50_000, 25_000, 25_000, 0]);
        assert_eq!(standard[Category::Food], Allocation { percentage: BasisPoints(1500), amount: 75_000 });
        assert_eq!(STANDARD.iter().map(|percentage| percentage.0).sum::<u32>(), 10_000);
    }

    #[test]
    fn a_sum_of_nearly_a_hundred_is_made_a_hundred() {
        let thirds = points([3333, 3333, 3333, 0, 0, 0, 0, 0, 0, 0]);
        let fixed = Allocations::from_percentages(&thirds, 10_000).unwrap();
        assert_eq!(fixed.percentages(), points([3334, 3333, 3333, 0, 0, 0, 0, 0, 0, 0]));
        let over = points([2500, 2500, 2501, 2500, 0, 0, 0, 0, 0, 0]);
        let fixed = Allocations::from_percentages(&over, 10_000).unwrap();
        assert_eq!(fixed.percentages(), points([2500, 2500, 2500, 2500, 0, 0, 0, 0, 0, 0]));
    }

    #[test]
    fn any_other_sum_is_named() {
        let short = points([9998, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(Allocations::from_percentages(&short, 1), Err(Problem::SumNot100 { sum: "99.98".into() }));
        let huge = points([u32::MAX; COUNT]);
        assert_eq!(Allocations::from_percentages(&huge, 1), Err(Problem::SumNot100 { sum: "429496729.50".into() }));
        let nothing = points([0; COUNT]);
        assert_eq!(Allocations::from_percentages(&nothing, 1), Err(Problem::SumNot100 { sum: "0.00".into() }));
    }

    #[test]
    fn amounts_are_kept() {
        let amounts = [100, 100, 100, 0, 0, 0, 0, 0, 0, 0];
        let kept = Allocations::from_amounts(&amounts, 300).unwrap();
        assert_eq!(kept.amounts(), amounts);
        assert_eq!(kept.percentages(), points([3334, 3333, 3333, 0, 0, 0, 0, 0, 0, 0]));
        assert_eq!(Allocations::from_amounts(&[0; COUNT], 0).unwrap().percentages(), STANDARD);
    }

    #[test]
    fn amounts_that_are_not_the_income() {
        let mut amounts = [0; COUNT];
        amounts[0] = 250;
        assert_eq!(Allocations::from_amounts(&amounts, 1000), Err(Problem::SumNot100 { sum: "25.00".into() }));
        amounts[0] = 999_999_999;
        assert_eq!(
            Allocations::from_amounts(&amounts, 1_000_000_000),
            Err(Problem::SumNot100 { sum: "99.9999999".into() })
        );
        assert_eq!(
            Allocations::from_amounts(&amounts, 0),
            Err(Problem::OutOfRange { min: "0".into(), max: "0".into() })
        );
        amounts[0] = -1;
        assert_eq!(Allocations::from_amounts(&amounts, -1), Err(Problem::Negative));
    }

    proptest! {
        #[test]
        fn sums_are_exact(weights in prop::array::uniform10(0_u64..10_000), income in 0..=MAX_MINOR, off in -1_i64..=1) {
            prop_assume!(weights.iter().sum::<u64>() > 0);
            let shares = split_by_weights(10_000, &weights);
            let mut given: [BasisPoints; COUNT] = std::array::from_fn(|index| BasisPoints(u32::try_from(shares[index]).unwrap()));
            let place = given.iter().position(|percentage| percentage.0 > 0).unwrap();
            given[place].0 = given[place].0.saturating_add_signed(i32::try_from(off).unwrap());

            let allocations = Allocations::from_percentages(&given, income).unwrap();
            prop_assert_eq!(allocations.percentages().iter().map(|percentage| percentage.0).sum::<u32>(), 10_000);
            prop_assert_eq!(allocations.amounts().iter().sum::<i64>(), income);
            prop_assert!(allocations.amounts().iter().all(|&amount| amount >= 0));

            let again = Allocations::from_amounts(&allocations.amounts(), income).unwrap();
            prop_assert_eq!(again.percentages().iter().map(|percentage| percentage.0).sum::<u32>(), 10_000);
            prop_assert_eq!(again.amounts(), allocations.amounts());
        }
    }
}
