//! What is kept of a month besides its plan: money that was moved between its categories, and what comes in. And what
//! goes on from month to month.
use crate::{
    Date,
    allocation::Allocations,
    budget::{Plan, Plans},
    category::{COUNT, Category},
    currency::Currency,
    ids::{BudgetId, MoveId, UserId},
    input::{self, Change, Reader, Value},
    money::format_minor,
    period::{Month, MonthStartDay, Period},
    problem::{Problem, Problems},
    spending::MonthSpent,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many months back something can still be carried on from.
pub const REACH: usize = 1_200;
/// How many moves a month may have.
pub const MOVES_MAX: usize = 1_000;

/// Money moved from one category to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// Which.
    pub id: MoveId,
    /// Has less of it.
    pub from: Category,
    /// Has more.
    pub to: Category,
    /// Minor units of the budget's currency, above zero.
    pub amount: i64,
    /// By whom.
    pub by: UserId,
    /// When.
    #[serde(with = "crate::wire::timestamp")]
    pub at: Timestamp,
}

/// What is kept of a month of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MonthEntry {
    /// Of which budget.
    pub budget_id: BudgetId,
    /// Which month.
    pub month: Month,
    /// In the order in which they were made.
    pub moves: Vec<Move>,
    /// What is to come in, where somebody has said it; else the plan's income.
    pub planned_income: Option<i64>,
    /// What came in, where somebody has said it; else what was booked.
    pub received_income: Option<i64>,
    /// The month that it was copied from.
    pub copied_from: Option<Month>,
    /// 0: nothing is kept of it yet.
    pub version: i64,
}

impl MonthEntry {
    /// Somebody's moves become somebody else's.
    pub fn hand_on(&mut self, from: UserId, to: UserId) {
        for made in self.moves.iter_mut().filter(|made| made.by == from) {
            made.by = to;
        }
    }

    /// A month of which nothing is kept.
    pub fn new(budget_id: BudgetId, month: Month) -> Self {
        Self {
            budget_id,
            month,
            moves: Vec::new(),
            planned_income: None,
            received_income: None,
            copied_from: None,
            version: 0,
        }
    }

    /// What each category has more (or less) by all moves; sums to nothing.
    pub fn moved(&self) -> [i64; COUNT] {
        let mut moved = [0_i64; COUNT];
        for one in &self.moves {
            moved[one.from.index()] = moved[one.from.index()].saturating_sub(one.amount);
            moved[one.to.index()] = moved[one.to.index()].saturating_add(one.amount);
        }
        moved
    }

    /// What has been moved the other way and may always go back.
    pub fn returnable(&self, from: Category, to: Category) -> i64 {
        let between = |from, to| self.moves.iter().filter(move |one| one.from == from && one.to == to);
        let sum = |from, to| between(from, to).map(|one| i128::from(one.amount)).sum::<i128>();
        i64::try_from((sum(to, from) - sum(from, to)).max(0)).unwrap_or(i64::MAX)
    }
}

/// A move that is wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMove {
    /// In which month.
    pub month: Month,
    /// Has less of it.
    pub from: Category,
    /// Has more.
    pub to: Category,
    /// Minor units, above zero.
    pub amount: i64,
}

impl NewMove {
    /// Refuses what the category can't give: more than is left in it, unless it goes back where it came from.
    pub fn check(&self, entry: &MonthEntry, remaining: i64, currency: Currency) -> Result<(), Problems> {
        if entry.moves.len() >= MOVES_MAX {
            return Err(Problems::one("month", Problem::TooLong { max: MOVES_MAX }));
        }
        let most = remaining.max(entry.returnable(self.from, self.to)).max(0);
        if self.amount <= most {
            return Ok(());
        }
        Err(Problems::one("amount", Problem::NotEnough { left: format_minor(most, currency.exponent()) }))
    }
}

/// Reads {month, from, to, amount}.
pub fn read_move(value: &Value, currency: Currency) -> Result<NewMove, Problems> {
    let words = Category::ALL.map(Category::as_str);
    let mut reader = Reader::new(value);
    let month = reader.required("month", input::month);
    let from = reader.required("from", |value| input::word::<Category>(value, &words));
    let to = reader.required("to", |value| input::word::<Category>(value, &words));
    let amount = reader.required("amount", |value| input::positive_amount(value, currency));
    if from.is_some() && from == to {
        reader.problem("to", Problem::SameCategory);
    }
    reader.finish()?;
    match (month, from, to, amount) {
        (Some(month), Some(from), Some(to), Some(amount)) => Ok(NewMove { month, from, to, amount }),
        _ => Err(Problems::default()),
    }
}

/// A change of what is kept of a month; what was left out stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthChange {
    /// The version it was made from; none: whatever it is.
    pub version: Option<i64>,
    planned_income: Change<Option<i64>>,
    received_income: Change<Option<i64>>,
    /// Takes over what was moved and planned in the month before.
    pub copy_last: bool,
}

impl MonthChange {
    /// The month after the change; its version and what is copied are the use-case's.
    pub fn apply(self, entry: &mut MonthEntry) {
        entry.planned_income = self.planned_income.or(entry.planned_income);
        entry.received_income = self.received_income.or(entry.received_income);
    }
}

/// Reads {version?, plannedIncome?, receivedIncome?, copyLast?}; null takes an income back.
pub fn read_change(value: &Value, currency: Currency) -> Result<MonthChange, Problems> {
    let mut reader = Reader::new(value);
    let income = |value: &Value| match input::amount(value, currency)? {
        minor if minor < 0 => Err(Problem::Negative),
        minor => Ok(minor),
    };
    let change = MonthChange {
        version: reader.optional("version", |value| input::integer(value, 0, i64::MAX)),
        planned_income: reader.change_optional("plannedIncome", income),
        received_income: reader.change_optional("receivedIncome", income),
        copy_last: reader.optional("copyLast", input::boolean).unwrap_or(false),
    };
    reader.finish()?;
    Ok(change)
}

/// What a month has before anything is spent in it: its plan with its moves, and what came over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brought {
    /// By moves, more or less.
    pub moved: [i64; COUNT],
    /// What came over from the month before.
    pub carried_in: [i64; COUNT],
}

/// All that bears on what a month is given on its way.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// All plans.
    pub plans: &'a Plans,
    /// What is kept of months.
    pub entries: &'a [MonthEntry],
    /// What was spent in months, in any order.
    pub spent: &'a [MonthSpent],
}

/// The first month that bears on what goes on into `month`: none while nothing does. As long as a plan carries nothing on,
/// its month begins anew, whatever was before.
pub fn reach(plans: &Plans, month: Month) -> Option<Month> {
    let mut first = month;
    for _ in 0..REACH {
        if plans.of(first).rollover.is_none() {
            break;
        }
        first = first.previous();
    }
    (first != month).then_some(first)
}

/// The days whose spending has to be known for [`carried_into`]; none: nothing goes on. Where no plan was made for the first
/// of these months, whatever was spent before says when the budget began.
pub fn days_before(plans: &Plans, month: Month, start: MonthStartDay) -> Option<Period> {
    let first = reach(plans, month)?;
    let end = month.previous().period(start).end;
    let known = plans.begin() <= first;
    Some(Period { start: if known { first.period(start).start } else { Date::MIN }, end })
}

/// What goes on into `month` in each category, month by month from the first in which the budget had anything: its first
/// plan, a move, or money spent.
pub fn carried_into(month: Month, past: Past<'_>) -> [i64; COUNT] {
    let Past { plans, entries, spent } = past;
    let Some(reach) = reach(plans, month) else { return [0; COUNT] };
    // A move that was taken back leaves an entry in which nothing is moved.
    let moving = entries.iter().filter(|entry| !entry.moves.is_empty()).map(|entry| entry.month);
    let known = spent.iter().map(|spent| spent.month).chain(moving);
    let begin = known.chain([plans.begin()]).min().unwrap_or(month);
    let mut by_month: BTreeMap<Month, [i64; COUNT]> = BTreeMap::new();
    for one in spent {
        let sum = &mut by_month.entry(one.month).or_default()[one.category.index()];
        *sum = sum.saturating_add(one.minor);
    }
    let moved: BTreeMap<Month, [i64; COUNT]> = entries.iter().map(|entry| (entry.month, entry.moved())).collect();
    let mut carried = [0_i64; COUNT];
    let mut running = begin.max(reach);
    while running < month {
        let planned = plans.of(running).allocations.amounts();
        let next = running.next();
        let rollover = plans.of(next).rollover;
        let of = |months: &BTreeMap<Month, [i64; COUNT]>| months.get(&running).copied().unwrap_or_default();
        let (moved, spent) = (of(&moved), of(&by_month));
        for (index, carried) in carried.iter_mut().enumerate() {
            let had = planned[index].saturating_add(moved[index]).saturating_add(*carried);
            *carried = rollover.0[index].carries(had.saturating_sub(spent[index]));
        }
        running = next;
    }
    carried
}

/// What it takes to have the month before once more: moves that turn the plan into that month's plan, then that month's own
/// moves. No category gives more than it has left (`remaining`, which is changed on the way).
pub fn copied(
    plan: &Plan,
    last_plan: &Plan,
    last: Option<&MonthEntry>,
    remaining: &mut [i64; COUNT],
) -> Vec<(Category, Category, i64)> {
    let mut wished = turned_into(plan, last_plan);
    wished.extend(last.into_iter().flat_map(|last| &last.moves).map(|one| (one.from, one.to, one.amount)));
    let mut moves = Vec::new();
    for (from, to, amount) in wished {
        let amount = amount.min(remaining[from.index()].max(0));
        if amount > 0 {
            remaining[from.index()] -= amount;
            remaining[to.index()] = remaining[to.index()].saturating_add(amount);
            moves.push((from, to, amount));
        }
    }
    moves.truncate(MOVES_MAX);
    moves
}

/// Whether the month before has anything that this one hasn't.
pub fn is_worth_copying(plan: &Plan, last_plan: &Plan, last: Option<&MonthEntry>) -> bool {
    let kept = last.is_some_and(|last| !last.moves.is_empty() || last.planned_income.is_some());
    kept || !turned_into(plan, last_plan).is_empty()
}

/// The moves that make the allocations of one plan those of another. Of another income they are the same shares.
fn turned_into(plan: &Plan, other: &Plan) -> Vec<(Category, Category, i64)> {
    let wished = if plan.monthly_income == other.monthly_income {
        other.allocations.amounts()
    } else {
        let percentages = other.allocations.percentages();
        Allocations::from_percentages(&percentages, plan.monthly_income).unwrap_or(plan.allocations).amounts()
    };
    let now = plan.allocations.amounts();
    let mut missing: [i64; COUNT] = std::array::from_fn(|index| wished[index] - now[index]);
    let mut moves = Vec::new();
    for from in Category::ALL {
        for to in Category::ALL {
            let amount = (-missing[from.index()]).min(missing[to.index()]);
            if amount > 0 {
                missing[from.index()] += amount;
                missing[to.index()] -= amount;
                moves.push((from, to, amount));
            }
        }
    }
    moves
}
