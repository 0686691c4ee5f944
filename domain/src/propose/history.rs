//! What a household really spends: the middle of its last full months, outliers left out.
use crate::{
    Date,
    category::COUNT,
    expense::Kind,
    money::div_round,
    period::{Month, MonthStartDay, Period},
    spending::DayTotal,
};

/// So many full months are looked at.
pub const MONTHS: usize = 6;
/// So many must have spending; with fewer, a household has no habits yet that can be known.
pub const MONTHS_NEEDED: usize = 3;

/// The middle of each category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medians {
    /// Of how many months.
    pub months: u8,
    /// In minor units, none negative.
    pub amounts: [i64; COUNT],
}

/// The last full months before today, the newest first.
pub fn full_months(today: Date, start: MonthStartDay) -> [Period; MONTHS] {
    let mut month = Month::of(today, start);
    std::array::from_fn(|_| {
        month = month.previous();
        month.period(start)
    })
}

/// The middle of each category over those of the months that have spending; none where these are too few.
pub fn medians(months: &[Period], totals: &[DayTotal]) -> Option<Medians> {
    let spent = |period: &Period| {
        let mut sums = [0_i64; COUNT];
        for row in totals.iter().filter(|row| period.contains(row.day)) {
            let Some(category) = row.category else { continue };
            match row.kind {
                Kind::Expense => sums[category.index()] += row.total.minor,
                Kind::Refund => sums[category.index()] -= row.total.minor,
                Kind::Income | Kind::Transfer => {}
            }
        }
        sums
    };
    let lived: Vec<[i64; COUNT]> =
        months.iter().map(spent).filter(|sums| sums.iter().any(|&sum| sum > 0)).take(MONTHS).collect();
    if lived.len() < MONTHS_NEEDED {
        return None;
    }
    let amounts = std::array::from_fn(|index| middle(lived.iter().map(|sums| sums[index].max(0)).collect()));
    Some(Medians { months: u8::try_from(lived.len()).unwrap_or(u8::MAX), amounts })
}

/// The median without what lies more than three times the usual distance from it.
fn middle(amounts: Vec<i64>) -> i64 {
    let all = median(amounts.clone());
    let usual = median(amounts.iter().map(|amount| (amount - all).abs()).collect());
    if usual == 0 {
        return all;
    }
    median(amounts.into_iter().filter(|amount| (amount - all).abs() <= usual.saturating_mul(3)).collect())
}

fn median(mut amounts: Vec<i64>) -> i64 {
    amounts.sort_unstable();
    match amounts.len() {
        0 => 0,
        count if count % 2 == 1 => amounts[count / 2],
        count => {
            let sum = i128::from(amounts[count / 2 - 1]) + i128::from(amounts[count / 2]);
            i64::try_from(div_round(sum, 2)).unwrap_or(i64::MAX)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{category::Category, spending::Total};
    use jiff::civil::date;

    fn row(day: Date, kind: Kind, category: Option<Category>, minor: i64) -> DayTotal {
        DayTotal { day, kind, category, total: Total { minor, count: 1 } }
    }

    #[test]
    fn outliers_are_left_out() {
        for (amounts, expected) in [
            (vec![], 0),
            (vec![5], 5),
            (vec![1, 2], 2),
            (vec![100, 110, 90, 105, 95, 9_000], 100),
            (vec![500, 500, 500, 9_000], 500),
            (vec![0, 0, 700], 0),
        ] {
            assert_eq!(middle(amounts.clone()), expected, "{amounts:?}");
        }
    }

    #[test]
    fn months_that_were_lived() {
        let start = MonthStartDay::default();
        let months = full_months(date(2026, 11, 20), start);
        assert_eq!((months[0].start, months[5].end), (date(2026, 10, 1), date(2026, 5, 31)));
        let food = |month, minor| row(date(2026, month, 3), Kind::Expense, Some(Category::Food), minor);
        let mut totals = vec![food(11, 99_999), food(10, 40_000), food(9, 42_000)];
        assert_eq!(medians(&months, &totals), None, "the running month does not count");
        totals.extend([
            food(7, 41_200),
            row(date(2026, 10, 9), Kind::Refund, Some(Category::Food), 1_000),
            row(date(2026, 10, 9), Kind::Income, None, 300_000),
            row(date(2026, 10, 9), Kind::Expense, None, 7),
        ]);
        let found = medians(&months, &totals).unwrap();
        assert_eq!((found.months, found.amounts[Category::Food.index()]), (3, 41_200));
        assert_eq!(found.amounts.iter().filter(|&&amount| amount > 0).count(), 1);
    }
}
