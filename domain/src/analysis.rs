//! A month against its plan: per category what was allocated, spent and is left, how it is paced and where it heads.
use crate::{
    Date,
    budget::Plan,
    category::{COUNT, Category},
    currency::Currency,
    expense::Kind,
    money::div_round,
    period::{Month, Period},
    spending::DayTotal,
};
use serde::{Deserialize, Serialize};

/// One category's month. Amounts are minor units of the budget's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// None = uncategorised.
    pub category: Option<Category>,
    /// Of the income, in basis points.
    pub percentage: i64,
    /// What the plan gives it.
    pub allocated: i64,
    /// What came over from last month.
    pub carried_in: i64,
    /// Expenses less refunds (less than zero when more came back).
    pub spent: i64,
    /// Allocated and carried in, less spent.
    pub remaining: i64,
    /// Expenses and refunds.
    pub transactions: i64,
    /// Spent of what there was, in basis points; none when nothing was allocated.
    pub utilization: Option<i64>,
    /// What an even spending would have used up by today.
    pub pace: i64,
    /// Where it heads by the period's end.
    pub projected: i64,
}

/// A month of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Analysis {
    /// Which.
    pub month: Month,
    /// Its days.
    pub period: Period,
    /// How many of them have passed, today included: 0 before it begins, all after it ended.
    pub elapsed: i64,
    /// All amounts are in it.
    pub currency: Currency,
    /// What was planned to come in.
    pub planned_income: i64,
    /// What came in.
    pub received_income: i64,
    /// The ten, in order.
    pub categories: Vec<Line>,
    /// What has no category yet; its allocation is zero.
    pub uncategorised: Line,
    /// All of it.
    pub total: Line,
}

impl Analysis {
    /// What can be spent each day until the period ends without going over the plan; zero when nothing is left, and
    /// once the period is over. The parts of the plan that are put by (savings, emergency, investments) are not for spending.
    pub fn safe_to_spend_per_day(&self) -> i64 {
        let days_left = i64::from(self.period.days()) - self.elapsed + i64::from(self.elapsed > 0);
        self.safe_to_spend().max(0) / days_left.max(1)
    }

    /// What is left for spending in the period: the plan without what is put by, less what was spent.
    pub fn safe_to_spend(&self) -> i64 {
        let put_by = |line: &Line| {
            matches!(line.category, Some(Category::Savings | Category::Emergency | Category::Investments))
        };
        let for_spending: i64 = self.categories.iter().filter(|line| !put_by(line)).map(|line| line.remaining).sum();
        for_spending + self.uncategorised.remaining
    }
}

#[derive(Default, Clone, Copy)]
struct Sum {
    spent: i64,
    count: i64,
    /// The largest day's spending.
    peak: i64,
}

/// A month's figures from its plan and its daily totals (those outside of the period are left out). `today` in the
/// time zone of whoever asks.
pub fn analyse(plan: &Plan, month: Month, period: Period, totals: &[DayTotal], today: Date) -> Analysis {
    let elapsed = elapsed_days(period, today);
    let mut sums = [Sum::default(); COUNT + 1];
    let mut whole = Sum::default();
    let mut received_income = 0;
    let mut by_day: Vec<(Date, usize, i64)> = Vec::new();
    for row in totals.iter().filter(|row| period.contains(row.day)) {
        let signed = match row.kind {
            Kind::Expense => row.total.minor,
            Kind::Refund => -row.total.minor,
            Kind::Income => {
                received_income += row.total.minor;
                continue;
            }
            Kind::Transfer => continue,
        };
        let place = row.category.map_or(COUNT, Category::index);
        sums[place].spent += signed;
        sums[place].count += row.total.count;
        whole.spent += signed;
        whole.count += row.total.count;
        match by_day.iter_mut().find(|(day, known, _)| *day == row.day && *known == place) {
            Some((_, _, sum)) => *sum += signed,
            None => by_day.push((row.day, place, signed)),
        }
    }
    for (_, place, sum) in by_day {
        sums[place].peak = sums[place].peak.max(sum);
    }
    let line = |category: Option<Category>, percentage: i64, allocated: i64, sum: Sum| {
        line(category, percentage, allocated, sum, elapsed, i64::from(period.days()))
    };
    let categories: Vec<Line> = Category::ALL
        .into_iter()
        .map(|category| {
            let allocation = plan.allocations.0[category.index()];
            line(Some(category), i64::from(allocation.percentage.0), allocation.amount, sums[category.index()])
        })
        .collect();
    let uncategorised = line(None, 0, 0, sums[COUNT]);
    let mut total = line(None, 10_000, plan.monthly_income, whole);
    total.projected = categories.iter().map(|line| line.projected).sum::<i64>() + uncategorised.projected;
    Analysis {
        month,
        period,
        elapsed,
        currency: plan.currency,
        planned_income: plan.monthly_income,
        received_income,
        categories,
        uncategorised,
        total,
    }
}

fn elapsed_days(period: Period, today: Date) -> i64 {
    i64::from(period.day_number(today))
}

fn line(category: Option<Category>, percentage: i64, allocated: i64, sum: Sum, elapsed: i64, days: i64) -> Line {
    let carried_in = 0;
    let available = allocated + carried_in;
    let utilization = (available > 0).then(|| ratio(sum.spent, 10_000, available));
    Line {
        category,
        percentage,
        allocated,
        carried_in,
        spent: sum.spent,
        remaining: available - sum.spent,
        transactions: sum.count,
        utilization,
        pace: ratio(available, elapsed, days),
        projected: project(sum, elapsed, days),
    }
}

/// Spent so far, and for the days ahead the daily habit: what was spent without the largest day, if that day alone is
/// most of it (rent is paid once a month, not at every day's rate).
fn project(sum: Sum, elapsed: i64, days: i64) -> i64 {
    if elapsed <= 0 || elapsed >= days || sum.spent <= 0 {
        return sum.spent;
    }
    let habit = if sum.peak * 2 > sum.spent { (sum.spent - sum.peak).max(0) } else { sum.spent };
    sum.spent + ratio(habit, days - elapsed, elapsed)
}

fn ratio(value: i64, numerator: i64, denominator: i64) -> i64 {
    let exact = div_round(i128::from(value) * i128::from(numerator), i128::from(denominator.max(1)));
    i64::try_from(exact).unwrap_or(if exact > 0 { i64::MAX } else { i64::MIN })
}
