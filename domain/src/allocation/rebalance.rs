//! Moving one slider of ten: the others give way.
use super::BasisPoints;
use crate::{
    category::{COUNT, Category},
    money::split_by_weights,
};

/// Keeps the sum at 100.00 after the percentage of `changed` was set (to what stands in `percentages`): the others that are
/// not locked share what is left in proportion to what they had (equally if they had nothing).
///
/// None if that can't be: the changed and the locked ones are more than 100 together, or less with nobody to take the rest.
pub fn rebalance(
    percentages: &[BasisPoints; COUNT],
    changed: Category,
    locked: &[bool; COUNT],
) -> Option<[BasisPoints; COUNT]> {
    let gives_way = |index: usize| index != changed.index() && !locked[index];
    let fixed: u64 = (0..COUNT).filter(|&index| !gives_way(index)).map(|index| u64::from(percentages[index].0)).sum();
    let rest = u64::from(BasisPoints::WHOLE.0).checked_sub(fixed)?;

    let had: u64 = (0..COUNT).filter(|&index| gives_way(index)).map(|index| u64::from(percentages[index].0)).sum();
    let weights: [u64; COUNT] = std::array::from_fn(|index| match (gives_way(index), had) {
        (false, _) => 0,
        (true, 0) => 1,
        (true, _) => u64::from(percentages[index].0),
    });
    if rest > 0 && weights.iter().all(|&weight| weight == 0) {
        return None;
    }
    let shares = split_by_weights(i64::try_from(rest).ok()?, &weights);
    let mut balanced = *percentages;
    for index in (0..COUNT).filter(|&index| gives_way(index)) {
        balanced[index] = BasisPoints(u32::try_from(shares[index]).ok()?);
    }
    Some(balanced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::STANDARD;
    use proptest::prelude::*;

    const NONE: [bool; COUNT] = [false; COUNT];

    fn values(percentages: [BasisPoints; COUNT]) -> [u32; COUNT] {
        percentages.map(|percentage| percentage.0)
    }

    #[test]
    fn the_others_give_way_in_proportion() {
        let mut wanted = STANDARD;
        wanted[0] = BasisPoints(6500);
        let balanced = rebalance(&wanted, Category::Housing, &NONE).unwrap();
        assert_eq!(values(balanced), [6500, 750, 750, 500, 250, 250, 500, 250, 250, 0]);
    }

    #[test]
    fn locked_ones_stay() {
        let mut wanted = STANDARD;
        wanted[1] = BasisPoints(2500);
        let mut locked = [true; COUNT];
        locked[2] = false;
        let balanced = rebalance(&wanted, Category::Food, &locked).unwrap();
        assert_eq!(values(balanced), [3000, 2500, 500, 1000, 500, 500, 1000, 500, 500, 0]);
        wanted[1] = BasisPoints(3001);
        assert_eq!(rebalance(&wanted, Category::Food, &locked), None);
    }

    #[test]
    fn nobody_is_there_to_give_way() {
        let mut wanted = STANDARD;
        assert_eq!(rebalance(&wanted, Category::Food, &[true; COUNT]), Some(STANDARD));
        wanted[1] = BasisPoints(1499);
        assert_eq!(rebalance(&wanted, Category::Food, &[true; COUNT]), None);
    }

    #[test]
    fn from_nothing_in_equal_parts() {
        let mut wanted = [BasisPoints(0); COUNT];
        wanted[0] = BasisPoints(1000);
        assert_eq!(values(rebalance(&wanted, Category::Housing, &NONE).unwrap()), [1000; COUNT]);
        wanted[0] = BasisPoints(10_001);
        assert_eq!(rebalance(&wanted, Category::Housing, &NONE), None);
    }

    proptest! {
        #[test]
        fn the_sum_is_a_hundred(
            given in prop::array::uniform10(0_u32..=10_000),
            changed in 0..COUNT,
            locked in prop::array::uniform10(any::<bool>()),
        ) {
            let given = given.map(BasisPoints);
            if let Some(balanced) = rebalance(&given, Category::ALL[changed], &locked) {
                prop_assert_eq!(values(balanced).iter().sum::<u32>(), 10_000);
                prop_assert_eq!(balanced[changed], given[changed]);
                for index in (0..COUNT).filter(|&index| locked[index]) {
                    prop_assert_eq!(balanced[index], given[index]);
                }
            }
        }
    }
}
