//! Sharing an amount so that nothing is lost, and the one rounding rule.

/// Splits `total` in proportion to `weights`; the parts sum to `total` exactly, whatever its sign.
///
/// Each part is rounded towards zero, then the units left over go to the largest remainders, the earlier one first where
/// two are equal (largest remainder method, <https://en.wikipedia.org/wiki/Largest_remainders_method>). Weights that are
/// all zero say nothing about proportions: then the last part gets everything. No weights, no parts.
pub fn split_by_weights(total: i64, weights: &[u64]) -> Vec<i64> {
    let sum: u128 = weights.iter().copied().map(u128::from).sum();
    let mut parts = vec![0_i64; weights.len()];
    if sum == 0 {
        if let Some(last) = parts.last_mut() {
            *last = total;
        }
        return parts;
    }
    let magnitude = u128::from(total.unsigned_abs());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = magnitude;
    for (index, &weight) in weights.iter().enumerate() {
        let share = magnitude * u128::from(weight);
        left -= share / sum;
        parts[index] = signed(share / sum, total);
        remainders.push((share % sum, index));
    }
    remainders.sort_by_key(|&(remainder, index)| (std::cmp::Reverse(remainder), index));
    // Fewer than one unit a part is left over, so `left` is smaller than the number of parts.
    for &(_, index) in remainders.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        parts[index] += total.signum();
    }
    parts
}

/// `magnitude` (at most `|total|`) with the sign of `total`.
fn signed(magnitude: u128, total: i64) -> i64 {
    let magnitude = i128::try_from(magnitude).unwrap_or(i128::MAX);
    i64::try_from(magnitude * i128::from(total.signum())).unwrap_or(total)
}

/// `numerator / denominator`, half away from zero: the one rounding rule of this program. Zero when dividing by zero.
/// (Both are far from the limits of the type: money has 15 digits, rates at most 18.)
pub fn div_round(numerator: i128, denominator: i128) -> i128 {
    if denominator == 0 {
        return 0;
    }
    let quotient = numerator / denominator;
    let remainder = (numerator % denominator).unsigned_abs();
    if remainder >= denominator.unsigned_abs() - remainder {
        quotient + if (numerator < 0) == (denominator < 0) { 1 } else { -1 }
    } else {
        quotient
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hundred_by_three() {
        assert_eq!(split_by_weights(10_000, &[1, 1, 1]), [3334, 3333, 3333]);
        assert_eq!(split_by_weights(-10_000, &[1, 1, 1]), [-3334, -3333, -3333]);
    }

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        assert_eq!(split_by_weights(10, &[1, 2, 3]), [2, 3, 5]);
        assert_eq!(split_by_weights(1, &[0, 5, 5]), [0, 1, 0]);
        assert_eq!(split_by_weights(0, &[3, 4]), [0, 0]);
    }

    #[test]
    fn without_proportions_the_last_gets_it() {
        assert_eq!(split_by_weights(7, &[0, 0, 0]), [0, 0, 7]);
        assert_eq!(split_by_weights(7, &[]), [0_i64; 0]);
    }

    #[test]
    fn extremes() {
        assert_eq!(split_by_weights(i64::MIN, &[u64::MAX, u64::MAX]), [i64::MIN / 2, i64::MIN / 2]);
        assert_eq!(split_by_weights(i64::MIN, &[1]), [i64::MIN]);
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (numerator, denominator, rounded) in [
            (5, 2, 3),
            (-5, 2, -3),
            (5, -2, -3),
            (-5, -2, 3),
            (4, 3, 1),
            (-4, 3, -1),
            (1, 3, 0),
            (-1, 2, -1),
            (0, 5, 0),
            (7, 0, 0),
        ] {
            assert_eq!(div_round(numerator, denominator), rounded, "{numerator}/{denominator}");
        }
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_total(total: i64, weights in prop::collection::vec(any::<u64>(), 1..12)) {
            let parts = split_by_weights(total, &weights);
            prop_assert_eq!(parts.iter().map(|&part| i128::from(part)).sum::<i128>(), i128::from(total));
            prop_assert!(parts.iter().all(|part| part.signum() * total.signum() >= 0));
        }

        #[test]
        fn parts_are_within_one_of_their_share(
            total in -1_000_000_000_i64..1_000_000_000,
            weights in prop::collection::vec(0_u64..10_000, 1..12),
        ) {
            let sum: u64 = weights.iter().sum();
            prop_assume!(sum > 0);
            for (part, weight) in split_by_weights(total, &weights).into_iter().zip(weights) {
                let off = i128::from(part) * i128::from(sum) - i128::from(total) * i128::from(weight);
                prop_assert!(off.unsigned_abs() < u128::from(sum));
            }
        }

        #[test]
        fn rounding_is_symmetric_and_near(numerator in -1_000_000_i128..1_000_000, denominator in 1_i128..1000) {
            let rounded = div_round(numerator, denominator);
            prop_assert_eq!(div_round(-numerator, denominator), -rounded);
            prop_assert!((rounded * denominator - numerator).abs() * 2 <= denominator);
        }
    }
}
