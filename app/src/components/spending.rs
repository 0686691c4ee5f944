//! From a month's figures to the bars that show them.
use crate::{
    i18n::{I18n, fill, messages},
    ui::{Spending, bar::Standing},
};
use domain::{
    Date,
    analysis::{Analysis, Line},
    category::Category,
    currency::Currency,
    money::Money,
};

/// Where a month is, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It is over.
    Past,
    /// Today is one of its days.
    Running,
    /// It has not begun.
    Ahead,
}

/// Where a month is, seen from `today`.
pub fn phase(analysis: &Analysis, today: Date) -> Phase {
    if today > analysis.period.end {
        Phase::Past
    } else if today < analysis.period.start {
        Phase::Ahead
    } else {
        Phase::Running
    }
}

/// A line of a month as a bar. Only while the month runs, there is a pace and a direction.
pub fn spending(analysis: &Analysis, line: &Line, today: Date) -> Spending {
    let money = |minor| Money::new(minor, analysis.currency);
    let running = phase(analysis, today) == Phase::Running;
    Spending {
        spent: money(line.spent),
        planned: money(line.allocated + line.carried_in),
        projected: running.then(|| money(line.projected)),
        elapsed: running.then(|| elapsed(analysis)),
    }
}

/// How much of the month has passed, today included, in 1/10,000.
fn elapsed(analysis: &Analysis) -> u16 {
    let days = i64::from(analysis.period.days()).max(1);
    u16::try_from(analysis.elapsed.clamp(0, days) * 10_000 / days).unwrap_or(10_000)
}

/// The days that are left, today included.
pub fn days_left(analysis: &Analysis, today: Date) -> usize {
    let passed = analysis.period.day_number(today) - 1;
    usize::try_from(analysis.period.days() - passed.max(0)).unwrap_or_default()
}

/// A category with what it is, or will be, beyond its plan.
#[derive(Debug, Clone, Copy)]
pub struct Beyond {
    /// Which.
    pub category: Category,
    /// Its line of the month.
    pub line: Line,
    /// By how much, in minor units.
    pub by: i64,
    /// Now already, or only at the month's end.
    pub already: bool,
}

impl Beyond {
    /// By how much it is, or will be, over.
    pub fn text(&self, currency: Currency, i18n: I18n) -> String {
        let words = &messages(i18n.locale.language()).dashboard;
        let amount = i18n.locale.format_money(Money::new(self.by, currency));
        fill(if self.already { words.is_over } else { words.will_be_over }, &[("amount", &amount)])
    }
}

/// The categories beyond their plan, and those on the way there; worst first. What is put by can't be too much.
pub fn beyond(analysis: &Analysis, today: Date) -> Vec<Beyond> {
    let put_by = [Category::Savings, Category::Emergency, Category::Investments];
    let mut found: Vec<Beyond> = analysis
        .categories
        .iter()
        .filter_map(|&line| {
            let category = line.category.filter(|category| !put_by.contains(category))?;
            let planned = line.allocated + line.carried_in;
            match spending(analysis, &line, today).standing() {
                Standing::Over => Some(Beyond { category, line, by: line.spent - planned, already: true }),
                Standing::HeadingOver => Some(Beyond { category, line, by: line.projected - planned, already: false }),
                Standing::OnTrack => None,
            }
        })
        .collect();
    found.sort_by_key(|beyond| (!beyond.already, std::cmp::Reverse(beyond.by)));
    found
}
