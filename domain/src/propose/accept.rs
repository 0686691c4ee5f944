//! A proposal taken over line by line.
use crate::{
    allocation::BasisPoints,
    budget,
    category::{COUNT, Category},
    input::{self, Reader, Value},
    money::split_by_weights,
    problem::{Problem, Problems},
};

/// Which lines of what proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The version of the budget that the proposal was made for.
    pub version: i64,
    /// All ten shares as they were shown; they sum to 100 %.
    pub proposed: [BasisPoints; COUNT],
    /// Those that are wanted.
    pub chosen: [bool; COUNT],
}

/// Reads {version, accept: {category: true}, allocations: {category: {percentage}}}: all ten as proposed, so that what was seen
/// is what is taken.
pub fn read_accepted(value: &Value) -> Result<Accepted, Problems> {
    let mut reader = Reader::new(value);
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    let chosen = reader.object("accept", |inner| {
        Category::ALL.map(|category| inner.optional(category.as_str(), input::boolean).unwrap_or(false))
    });
    if chosen.is_none_or(|chosen| !chosen.contains(&true)) && !reader.has_problem_below("accept") {
        reader.problem("accept", Problem::Required);
    }
    let proposed = budget::read_exact_percentages(&mut reader);
    if proposed.is_none() && !reader.has_problem_below("allocations") {
        reader.problem("allocations", Problem::Required);
    }
    reader.finish()?;
    match (version, chosen, proposed) {
        (Some(version), Some(chosen), Some(proposed)) => Ok(Accepted { version, proposed, chosen }),
        _ => Err(Problems::default()),
    }
}

/// What a budget's shares become: those chosen are as proposed; the others share what is left in proportion to what they
/// have today, so that all sum to 100 %. Where the others have nothing today, what is left goes to the chosen ones, in
/// proportion. Nothing chosen: all stays.
pub fn accept(
    today: &[BasisPoints; COUNT],
    proposed: &[BasisPoints; COUNT],
    chosen: &[bool; COUNT],
) -> [BasisPoints; COUNT] {
    if !chosen.contains(&true) {
        return *today;
    }
    let sum = |shares: &[BasisPoints; COUNT], wanted: bool| -> u32 {
        (0..COUNT).filter(|&index| chosen[index] == wanted).map(|index| shares[index].0).sum()
    };
    let taken = sum(proposed, true);
    if sum(today, false) == 0 {
        return shared(BasisPoints::WHOLE.0, proposed, |index| chosen[index], &[BasisPoints(0); COUNT]);
    }
    shared(BasisPoints::WHOLE.0.saturating_sub(taken), today, |index| !chosen[index], proposed)
}

/// `others`, and those that are `of_them` sharing `total` in proportion to their weights.
fn shared(
    total: u32,
    weights: &[BasisPoints; COUNT],
    of_them: impl Fn(usize) -> bool,
    others: &[BasisPoints; COUNT],
) -> [BasisPoints; COUNT] {
    let counted: [u64; COUNT] =
        std::array::from_fn(|index| if of_them(index) { u64::from(weights[index].0) } else { 0 });
    let parts = split_by_weights(i64::from(total), &counted);
    std::array::from_fn(|index| {
        if of_them(index) { BasisPoints(u32::try_from(parts[index]).unwrap_or_default()) } else { others[index] }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::STANDARD;
    use proptest::prelude::*;

    fn points(values: [u32; COUNT]) -> [BasisPoints; COUNT] {
        values.map(BasisPoints)
    }

    const PROPOSED: [u32; COUNT] = [2_500, 1_300, 1_500, 800, 500, 900, 1_000, 500, 500, 500];

    #[test]
    fn the_others_give_way() {
        let chosen = |wanted: &[Category]| Category::ALL.map(|category| wanted.contains(&category));
        let taken = |wanted: &[Category]| accept(&STANDARD, &points(PROPOSED), &chosen(wanted)).map(|share| share.0);
        assert_eq!(taken(&[]), STANDARD.map(|share| share.0));
        assert_eq!(taken(&Category::ALL), PROPOSED);
        let food = taken(&[Category::Food]);
        assert_eq!((food[1], food.iter().sum::<u32>()), (1_300, 10_000));
        assert_eq!(food, [3_071, 1_300, 1_535, 1_023, 512, 512, 1_023, 512, 512, 0]);
    }

    #[test]
    fn with_nobody_to_give_way() {
        let today = points([10_000, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let chosen = Category::ALL.map(|category| matches!(category, Category::Housing | Category::Food));
        let taken = accept(&today, &points(PROPOSED), &chosen).map(|share| share.0);
        assert_eq!((taken[0] + taken[1], taken[0] > taken[1]), (10_000, true));
    }

    #[test]
    fn what_is_read() {
        let form = |pairs: &[(&str, &str)]| {
            Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
        };
        let shares = [("allocations.housing.percentage", "60.00"), ("allocations.food.percentage", "40")];
        let mut whole = vec![("version", "3"), ("accept.food", "true")];
        whole.extend(shares);
        let accepted = read_accepted(&form(&whole)).unwrap();
        assert_eq!((accepted.version, accepted.chosen[1], accepted.chosen[0]), (3, true, false));
        assert_eq!(accepted.proposed[1], BasisPoints(4_000));
        for (pairs, field) in [
            (vec![("accept.food", "true"), shares[0], shares[1]], "version"),
            (vec![("version", "1"), shares[0], shares[1]], "accept"),
            (vec![("version", "1"), ("accept.fun", "true"), shares[0], shares[1]], "accept.fun"),
            (vec![("version", "1"), ("accept.food", "true")], "allocations"),
            (vec![("version", "1"), ("accept.food", "true"), shares[0]], "allocations"),
            (vec![("version", "1"), ("accept.food", "true"), shares[0], shares[1], ("x", "1")], "x"),
        ] {
            let problems = read_accepted(&form(&pairs)).unwrap_err();
            assert!(problems.0.contains_key(field), "{field}: {problems:?}");
        }
    }

    proptest! {
        #[test]
        fn the_sum_is_a_hundred(
            (today, proposed) in (prop::array::uniform10(0_u64..1_000), prop::array::uniform10(0_u64..1_000)),
            chosen in prop::array::uniform10(any::<bool>()),
        ) {
            let exact = |weights: [u64; COUNT]| {
                let parts = split_by_weights(10_000, &weights);
                std::array::from_fn::<_, COUNT, _>(|index| BasisPoints(u32::try_from(parts[index]).unwrap()))
            };
            let taken = accept(&exact(today), &exact(proposed), &chosen);
            prop_assert_eq!(taken.iter().map(|share| share.0).sum::<u32>(), 10_000);
        }
    }
}
