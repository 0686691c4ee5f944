//! A month against its plan: per category what was allocated, spent and is left, how it is paced and where it heads.
use crate::{
    Date,
    budget::Plan,
    category::{COUNT, Category},
    currency::Currency,
    expense::Kind,
    money::div_round,
    months::{Brought, MonthEntry},
    period::{Month, Period},
    spending::{DayTotal, PartTotal, Total},
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
    /// What the plan gives it, with what was moved.
    pub allocated: i64,
    /// What was moved into it, less what was moved out.
    #[serde(default)]
    pub moved: i64,
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

/// A subcategory's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Its category.
    pub category: Category,
    /// What it is called.
    pub name: String,
    /// What the plan gives it; zero where it has none.
    pub allocated: i64,
    /// Expenses less refunds.
    pub spent: i64,
    /// Expenses and refunds.
    pub transactions: i64,
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
    /// What came in by the rows alone.
    #[serde(default)]
    pub booked_income: i64,
    /// What is still to be paid in the period of what repeats, without what is put by: in no figure but what is safe to spend.
    #[serde(default)]
    pub bills: i64,
    /// The ten, in order.
    pub categories: Vec<Line>,
    /// What has no category yet; its allocation is zero.
    pub uncategorised: Line,
    /// All of it.
    pub total: Line,
    /// The subcategories that are planned or spent from, in the order of categories; those of the plan first.
    #[serde(default)]
    pub parts: Vec<Part>,
}

impl Analysis {
    /// What can be spent each day until the period ends without going over the plan; zero when nothing is left, and
    /// once the period is over. The parts of the plan that are put by (savings, emergency, investments) are not for spending,
    /// nor is what the bills still take.
    pub fn safe_to_spend_per_day(&self) -> i64 {
        let days_left = i64::from(self.period.days()) - self.elapsed + i64::from(self.elapsed > 0);
        self.safe_to_spend().max(0) / days_left.max(1)
    }

    /// The line of a category.
    pub fn line(&self, category: Category) -> &Line {
        self.categories.iter().find(|line| line.category == Some(category)).unwrap_or(&self.uncategorised)
    }

    /// The subcategories of a category.
    pub fn parts_of(&self, category: Category) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.category == category)
    }

    /// What the month's own entry says of its income stands before the plan's and what was booked.
    #[must_use]
    pub fn with_income(mut self, entry: &MonthEntry) -> Self {
        self.planned_income = entry.planned_income.unwrap_or(self.planned_income);
        self.received_income = entry.received_income.unwrap_or(self.received_income);
        self
    }

    /// With the subcategories of the plan, and those that were spent from.
    #[must_use]
    pub fn with_parts(mut self, plan: &Plan, spent: Vec<PartTotal>) -> Self {
        let mut spent = spent;
        for category in Category::ALL {
            for planned in &plan.subcategories[category] {
                let found = spent.iter().position(|one| one.category == category && planned.is_called(&one.name));
                let total = found.map_or_else(Total::default, |place| spent.remove(place).total);
                self.parts.push(part(category, planned.name.clone(), planned.amount, total));
            }
            let others = spent.extract_if(.., |one| one.category == category);
            self.parts.extend(others.map(|one| part(category, one.name, 0, one.total)));
        }
        self
    }

    /// What is left for spending in the period: the plan without what is put by, less what was spent and what the bills
    /// still take.
    pub fn safe_to_spend(&self) -> i64 {
        self.left_for_spending().saturating_sub(self.bills)
    }

    /// The same before the bills.
    pub fn left_for_spending(&self) -> i64 {
        let put_by = |line: &Line| line.category.is_some_and(Category::is_put_by);
        let for_spending: i64 = self.categories.iter().filter(|line| !put_by(line)).map(|line| line.remaining).sum();
        for_spending + self.uncategorised.remaining
    }

    /// With what the bills still take in the period, in minor units of its currency.
    #[must_use]
    pub fn with_bills(mut self, bills: i64) -> Self {
        self.bills = bills;
        self
    }
}

fn part(category: Category, name: String, allocated: i64, total: Total) -> Part {
    Part { category, name, allocated, spent: total.minor, transactions: total.count }
}

#[derive(Default, Clone, Copy)]
struct Sum {
    spent: i64,
    count: i64,
    /// The largest day's spending.
    peak: i64,
}

/// A month's figures from its plan, what was moved and carried into it, and its daily totals (those outside of the period
/// are left out). `today` in the time zone of whoever asks.
pub fn analyse(
    plan: &Plan,
    month: Month,
    period: Period,
    totals: &[DayTotal],
    today: Date,
    brought: &Brought,
) -> Analysis {
    let (sums, whole, received_income) = summed(period, totals);
    let elapsed = elapsed_days(period, today);
    let days = i64::from(period.days());
    let categories: Vec<Line> = Category::ALL
        .into_iter()
        .map(|category| {
            let index = category.index();
            let allocation = plan.allocations.0[index];
            let given = Given {
                percentage: i64::from(allocation.percentage.0),
                allocated: allocation.amount.saturating_add(brought.moved[index]),
                moved: brought.moved[index],
                carried_in: brought.carried_in[index],
            };
            line(Some(category), given, sums[index], elapsed, days)
        })
        .collect();
    let uncategorised = line(None, Given::default(), sums[COUNT], elapsed, days);
    // What is moved stays in the month: all of it together is the plan's income.
    let carried_in = brought.carried_in.iter().fold(0_i64, |sum, carried| sum.saturating_add(*carried));
    let given = Given { percentage: 10_000, allocated: plan.monthly_income, moved: 0, carried_in };
    let mut total = line(None, given, whole, elapsed, days);
    total.projected = categories.iter().map(|line| line.projected).sum::<i64>() + uncategorised.projected;
    Analysis {
        month,
        period,
        elapsed,
        currency: plan.currency,
        planned_income: plan.monthly_income,
        received_income,
        booked_income: received_income,
        bills: 0,
        categories,
        uncategorised,
        total,
        parts: Vec::new(),
    }
}

/// What each category, and all of them, came to; and what came in.
fn summed(period: Period, totals: &[DayTotal]) -> ([Sum; COUNT + 1], Sum, i64) {
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
    (sums, whole, received_income)
}

fn elapsed_days(period: Period, today: Date) -> i64 {
    i64::from(period.day_number(today))
}

/// What a line has before anything is spent.
#[derive(Default, Clone, Copy)]
struct Given {
    percentage: i64,
    allocated: i64,
    moved: i64,
    carried_in: i64,
}

fn line(category: Option<Category>, given: Given, sum: Sum, elapsed: i64, days: i64) -> Line {
    let Given { percentage, allocated, moved, carried_in } = given;
    let available = allocated.saturating_add(carried_in);
    let utilization = (available > 0).then(|| ratio(sum.spent, 10_000, available));
    Line {
        category,
        percentage,
        allocated,
        moved,
        carried_in,
        spent: sum.spent,
        remaining: available.saturating_sub(sum.spent),
        transactions: sum.count,
        utilization,
        pace: ratio(available.max(0), elapsed, days),
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
