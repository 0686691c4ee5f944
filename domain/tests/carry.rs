//! What goes on from month to month and what is moved within one, for any plans, moves and spending.
use domain::{
    Date,
    allocation::Allocations,
    analysis::analyse,
    budget::{Plan, Plans, Rollover, Rollovers, Subcategories},
    category::{COUNT, Category},
    currency::Currency,
    ids::{BudgetId, MoveId, UserId},
    months::{Brought, MonthEntry, Move, Past, carried_into, copied, days_before},
    period::{Month, MonthStartDay},
    spending::MonthSpent,
};
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;

const fn month(year: i16, month: i8) -> Month {
    Month { year, month }
}

fn plan(income: i64, from: Month, rollover: Rollover) -> Plan {
    Plan {
        name: "Home".to_owned(),
        monthly_income: income,
        currency: Currency::EUR,
        allocations: Allocations::standard(income),
        rollover: Rollovers([rollover; COUNT]),
        subcategories: Subcategories::default(),
        effective_from: from,
    }
}

fn moved(from: Category, to: Category, amount: i64) -> Move {
    Move { id: MoveId([1; 12]), from, to, amount, by: UserId([2; 12]), at: Timestamp::UNIX_EPOCH }
}

fn entry(month: Month, moves: Vec<Move>) -> MonthEntry {
    MonthEntry { moves, version: 1, ..MonthEntry::new(BudgetId([3; 12]), month) }
}

fn spent(month: Month, category: Category, minor: i64) -> MonthSpent {
    MonthSpent { month, category, minor }
}

/// What goes on into a month, straight from the rule: last month's remaining with its own carry-in.
fn naive(plans: &Plans, entries: &[MonthEntry], spent: &[MonthSpent], begin: Month, month: Month, index: usize) -> i64 {
    if month <= begin {
        return 0;
    }
    let last = month.previous();
    let moved: i64 = entries.iter().filter(|entry| entry.month == last).map(|entry| entry.moved()[index]).sum();
    let gone: i64 =
        spent.iter().filter(|one| one.month == last && one.category.index() == index).map(|one| one.minor).sum();
    let carried = naive(plans, entries, spent, begin, last, index);
    let remaining = plans.of(last).allocations.0[index].amount + moved + carried - gone;
    plans.of(month).rollover.0[index].carries(remaining)
}

fn any_month() -> impl Strategy<Value = Month> {
    (0..30_i32).prop_map(|after| (0..after).fold(month(2025, 1), |month, _| month.next()))
}

fn any_category() -> impl Strategy<Value = Category> {
    (0..COUNT).prop_map(|index| Category::ALL[index])
}

fn any_rollovers() -> impl Strategy<Value = Rollovers> {
    let one = prop_oneof![3 => Just(Rollover::None), 1 => Just(Rollover::Surplus), 2 => Just(Rollover::Both)];
    prop_oneof![1 => Just(Rollovers::default()), 3 => prop::array::uniform10(one).prop_map(Rollovers)]
}

prop_compose! {
    fn any_plan()(income in 1_i64..1_000_000, from in any_month(), rollover in any_rollovers()) -> Plan {
        Plan { rollover, ..plan(income, from, Rollover::None) }
    }
}

prop_compose! {
    fn any_entry()(month in any_month(), moves in prop::collection::vec((any_category(), any_category(), 1_i64..50_000), 0..4)) -> MonthEntry {
        entry(month, moves.into_iter().filter(|(from, to, _)| from != to).map(|(from, to, amount)| moved(from, to, amount)).collect())
    }
}

prop_compose! {
    fn any_spent()(month in any_month(), category in any_category(), minor in -20_000_i64..80_000) -> MonthSpent {
        spent(month, category, minor)
    }
}

proptest! {
    #[test]
    fn the_chain_is_what_the_rule_says(
        plans in prop::collection::vec(any_plan(), 1..5),
        entries in prop::collection::btree_map(any_month(), any_entry(), 0..6),
        spent in prop::collection::vec(any_spent(), 0..60),
        into in any_month(),
    ) {
        let plans = Plans::new(plans).unwrap();
        let entries: Vec<MonthEntry> = entries.into_iter().map(|(month, entry)| MonthEntry { month, ..entry }).collect();
        let moving = entries.iter().filter(|entry| !entry.moves.is_empty()).map(|entry| entry.month);
        let known = spent.iter().map(|one| one.month).chain(moving);
        let begin = known.chain([plans.begin()]).min().unwrap();
        let carried = carried_into(into, Past { plans: &plans, entries: &entries, spent: &spent });
        for (index, carried) in carried.into_iter().enumerate() {
            prop_assert_eq!(carried, naive(&plans, &entries, &spent, begin, into, index), "{:?}", Category::ALL[index]);
        }
        // What lies outside of these days needn't be known.
        let start = MonthStartDay::default();
        let days = days_before(&plans, into, start);
        let asked = |one: &MonthSpent| days.is_some_and(|days| days.contains(one.month.period(start).end));
        let near: Vec<MonthSpent> = spent.iter().copied().filter(asked).collect();
        prop_assert_eq!(carried_into(into, Past { plans: &plans, entries: &entries, spent: &near }), carried);
    }

    #[test]
    fn moves_change_no_sum(income in 1_i64..10_000_000, month in any_entry(), day in 1_i8..=30) {
        let plan = plan(income, Month { year: 2026, month: 11 }, Rollover::None);
        let brought = Brought { moved: month.moved(), ..Brought::default() };
        let november = Month { year: 2026, month: 11 };
        let today: Date = date(2026, 11, day);
        let analysis = analyse(&plan, november, november.period(MonthStartDay::default()), &[], today, &brought);
        prop_assert_eq!(month.moved().iter().sum::<i64>(), 0);
        prop_assert_eq!(analysis.categories.iter().map(|line| line.allocated).sum::<i64>(), income);
        prop_assert_eq!(analysis.total.allocated, income);
    }

    #[test]
    fn what_is_copied_makes_last_months_shares(income in 1_i64..1_000_000, weights in prop::array::uniform10(0_u64..100)) {
        prop_assume!(weights.iter().sum::<u64>() > 0);
        let now = plan(income, Month { year: 2026, month: 11 }, Rollover::None);
        let amounts: [i64; COUNT] = domain::money::split_by_weights(income, &weights).try_into().unwrap();
        let last = Plan { allocations: Allocations::from_amounts(&amounts, income).unwrap(), ..now.clone() };
        let mut remaining = now.allocations.amounts();
        copied(&now, &last, None, &mut remaining);
        prop_assert_eq!(remaining, amounts);
    }
}
