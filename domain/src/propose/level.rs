//! How a household stands among those of its country: by what comes in, and by how many live on it.
use super::{Household, Rates, figures};
use crate::currency::Currency;
use serde::{Deserialize, Serialize};

/// A fifth of all households, by income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Level {
    Lowest,
    Low,
    Middle,
    High,
    Highest,
}

impl Level {
    const ALL: [Self; 5] = [Self::Lowest, Self::Low, Self::Middle, Self::High, Self::Highest];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        ["lowest", "low", "middle", "high", "highest"][self as usize]
    }
}

/// Between the fifths: 0 is the mean of the lowest, 4,000 that of the highest. Nobody jumps from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing(u32);

impl Standing {
    /// Where nothing can be compared: the middle.
    pub(super) const MIDDLE: Self = Self(2_000);

    /// The nearest fifth.
    pub(super) fn level(self) -> Level {
        Level::ALL[((self.0 + 500) / 1_000).min(4) as usize]
    }

    /// A value between those of the fifths, a thousand times as large: nothing is rounded.
    pub(super) fn between(self, values: [u32; 5]) -> u64 {
        let (low, part) = ((self.0 / 1_000).min(4) as usize, u64::from(self.0 % 1_000));
        let (from, to) = (u64::from(values[low]), u64::from(values[(low + 1).min(4)]));
        from * (1_000 - part) + to * part
    }
}

/// Where an income of so many minor units stands; none without a rate between the currencies. Larger households need
/// more, but not in proportion: the square root of their size (as the OECD compares them).
pub(super) fn standing(
    income: i64,
    currency: Currency,
    household: &Household,
    place: figures::Place,
    rates: Rates<'_>,
) -> Option<Standing> {
    let middle = place.region.middle(household.city.is_some());
    let rate = rates.table.rate(currency, middle.currency, rates.on)?;
    // More than can be kept is more than anybody has.
    let income = rate.convert(income).unwrap_or(i64::MAX).unsigned_abs();
    let persons = household.family_size.map_or(middle.typical, |size| u64::from(size) * 1_000);
    let root = |thousandths: u64| u128::from((thousandths * 1_000).isqrt());
    let needed = u128::from(middle.monthly.unsigned_abs()) * root(persons);
    let ratio = u128::from(income) * 1_000 * root(middle.persons) / needed.max(1);
    Some(at(u64::try_from(ratio).unwrap_or(u64::MAX)))
}

/// Where thousandths of the middle's income stand.
fn at(ratio: u64) -> Standing {
    let fifths = figures::FIFTHS;
    let above = fifths.iter().position(|&mean| ratio < mean);
    let position = match above {
        Some(0) => 0,
        None => 4_000,
        Some(next) => {
            let (from, to) = (fifths[next - 1], fifths[next]);
            (next as u64 - 1) * 1_000 + (ratio - from) * 1_000 / (to - from)
        }
    };
    Standing(u32::try_from(position).unwrap_or(4_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_the_fifths() {
        for (ratio, position, level) in [
            (0, 0, Level::Lowest),
            (224, 0, Level::Lowest),
            (400, 500, Level::Low),
            (1_000, 2_000, Level::Middle),
            (1_316, 2_500, Level::High),
            (3_552, 4_000, Level::Highest),
            (u64::MAX, 4_000, Level::Highest),
        ] {
            assert_eq!((at(ratio), at(ratio).level()), (Standing(position), level), "{ratio}");
        }
        assert_eq!(Standing(1_500).between([0, 100, 200, 0, 0]), 150_000);
        assert_eq!(Standing(4_000).between([0, 0, 0, 0, 7]), 7_000);
    }
}
