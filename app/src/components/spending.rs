//! From a month's figures to the bars that show them.
use crate::ui::Spending;
use domain::{
    Date,
    analysis::{Analysis, Line},
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
