//! What goes on from month to month, and what is moved within one.
use domain::{
    allocation::{Allocations, BasisPoints},
    analysis::{Analysis, analyse},
    budget::{self, Budget, BudgetType, Plan, Plans, Rollover, Rollovers, Subcategories, Subcategory, counting},
    category::{COUNT, Category},
    currency::Currency,
    expense::{Kind, Split},
    ids::{BudgetId, MoveId, UserId},
    input::Value,
    months::{self, Brought, MonthEntry, Move, NewMove, Past, carried_into, copied, is_worth_copying, reach},
    period::{Month, MonthStartDay},
    problem::Problem,
    spending::{DayTotal, MonthSpent, PartRow, Total, by_subcategory},
};
use jiff::{Timestamp, civil::date};

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

/// 100.00 for food a month; what of it goes on into `into`.
fn food_into(into: Month, rollover: Rollover, spent: &[MonthSpent]) -> i64 {
    let mut plan = plan(100_000, month(2026, 1), rollover);
    plan.allocations[Category::Food].amount = 10_000;
    let plans = Plans::new(vec![plan]).expect("a plan");
    carried_into(into, Past { plans: &plans, entries: &[], spent })[Category::Food.index()]
}

#[test]
fn what_is_left_goes_on_as_the_plan_says() {
    let food = Category::Food;
    let january_over = [spent(month(2026, 1), food, 12_500), spent(month(2026, 2), food, 4_000)];
    for (rollover, into, carried) in [
        (Rollover::None, month(2026, 2), 0),
        (Rollover::Surplus, month(2026, 2), 0),
        (Rollover::Both, month(2026, 2), -2_500),
        (Rollover::Surplus, month(2026, 3), 6_000),
        (Rollover::Both, month(2026, 3), 3_500),
        (Rollover::Surplus, month(2026, 4), 16_000),
        (Rollover::Both, month(2026, 4), 13_500),
        (Rollover::Both, month(2026, 1), 0),
        (Rollover::Both, month(2025, 6), 0),
    ] {
        assert_eq!(food_into(into, rollover, &january_over), carried, "{rollover:?} into {into}");
    }
}

#[test]
fn an_income_said_of_an_early_month_is_no_beginning() {
    let plans = Plans::new(vec![plan(100_000, month(2026, 11), Rollover::Both)]).unwrap();
    let said = MonthEntry { planned_income: Some(5_000), ..entry(month(2026, 1), Vec::new()) };
    let moves = vec![moved(Category::Food, Category::Housing, 100)];
    let into = |entries: &[MonthEntry]| {
        carried_into(month(2026, 12), Past { plans: &plans, entries, spent: &[] })[Category::Utilities.index()]
    };
    assert_eq!(into(&[said]), into(&[]));
    assert_eq!(into(&[entry(month(2026, 10), moves)]), into(&[]) * 2, "what was moved counts");
}

#[test]
fn a_change_to_an_old_month_moves_all_later_ones() {
    let food = Category::Food;
    let before = [spent(month(2026, 1), food, 9_000)];
    let after = [spent(month(2026, 1), food, 9_000), spent(month(2026, 1), food, 500)];
    for into in [month(2026, 2), month(2026, 12), month(2031, 1)] {
        let of = |spent| food_into(into, Rollover::Both, spent);
        assert_eq!(of(&before) - of(&after), 500, "{into}");
    }
    // Rows from before the first plan count by that plan.
    let old = [spent(month(2025, 11), food, 1_000)];
    assert_eq!(food_into(month(2026, 1), Rollover::Both, &old), 10_000 * 2 - 1_000);
}

#[test]
fn the_plan_of_the_month_that_receives_decides() {
    let plans = Plans::new(vec![
        plan(100_000, month(2026, 1), Rollover::None),
        plan(100_000, month(2026, 4), Rollover::Both),
        plan(100_000, month(2026, 6), Rollover::None),
    ])
    .unwrap();
    let into = |month| carried_into(month, Past { plans: &plans, entries: &[], spent: &[] })[Category::Food.index()];
    let months: Vec<i64> = (1..=7).map(|number| into(month(2026, number))).collect();
    assert_eq!(months, [0, 0, 0, 15_000, 30_000, 0, 0]);
    assert_eq!(reach(&plans, month(2026, 5)), Some(month(2026, 3)));
    assert_eq!(reach(&plans, month(2026, 6)), None);
    assert_eq!(reach(&plans, month(2026, 2)), None);
}

#[test]
fn moves_bear_on_what_goes_on() {
    let plans = Plans::new(vec![plan(100_000, month(2026, 1), Rollover::Surplus)]).unwrap();
    let entries = [entry(month(2026, 1), vec![moved(Category::Food, Category::Housing, 2_000)])];
    let into = carried_into(month(2026, 2), Past { plans: &plans, entries: &entries, spent: &[] });
    assert_eq!((into[Category::Food.index()], into[Category::Housing.index()]), (13_000, 32_000));
}

#[test]
fn the_ends_of_time() {
    let plans = Plans::new(vec![plan(100_000, month(1900, 1), Rollover::Both)]).unwrap();
    let past = Past { plans: &plans, entries: &[], spent: &[] };
    assert_eq!(carried_into(month(9999, 12), past)[Category::Food.index()], 15_000 * 1_200);
    let huge = [spent(month(2026, 1), Category::Food, i64::MIN), spent(month(2026, 1), Category::Food, i64::MIN)];
    carried_into(month(2026, 3), Past { spent: &huge, ..past });
}

#[test]
fn which_versions_count() {
    let (one, two, three) = (month(2026, 1), month(2026, 2), month(2026, 3));
    for (newest_first, counts) in [
        (vec![], vec![]),
        (vec![one], vec![true]),
        (vec![three, two, one], vec![true, true, true]),
        (vec![two, two, one], vec![true, false, true]),
        (vec![one, three, two, one], vec![true, false, false, true]),
    ] {
        assert_eq!(counting(&newest_first), counts, "{newest_first:?}");
    }
}

fn analysed(plan: &Plan, brought: &Brought, rows: &[DayTotal]) -> Analysis {
    let november = month(2026, 11);
    analyse(plan, november, november.period(MonthStartDay::default()), rows, date(2026, 11, 15), brought)
}

#[test]
fn a_month_with_what_was_brought_into_it() {
    let plan = plan(100_000, month(2026, 1), Rollover::Both);
    let mut brought = Brought {
        moved: entry(month(2026, 11), vec![moved(Category::Food, Category::Utilities, 4_000)]).moved(),
        ..Brought::default()
    };
    brought.carried_in[Category::Food.index()] = 2_000;
    brought.carried_in[Category::Healthcare.index()] = -6_000;
    let food = |day| DayTotal {
        day,
        kind: Kind::Expense,
        category: Some(Category::Food),
        total: Total { minor: 6_500, count: 1 },
    };
    let analysis = analysed(&plan, &brought, &[food(date(2026, 11, 3)), food(date(2026, 11, 4))]);
    let food = analysis.line(Category::Food);
    assert_eq!(
        (food.allocated, food.moved, food.carried_in, food.spent, food.remaining),
        (11_000, -4_000, 2_000, 13_000, 0)
    );
    assert_eq!((food.utilization, food.pace), (Some(10_000), 6_500));
    let health = analysis.line(Category::Healthcare);
    assert_eq!((health.allocated, health.carried_in, health.remaining), (5_000, -6_000, -1_000));
    assert_eq!((health.utilization, health.pace), (None, 0));
    assert_eq!((analysis.total.allocated, analysis.total.carried_in), (100_000, -4_000));
    assert_eq!(analysis.total.remaining, 100_000 - 4_000 - 13_000);
    let said = MonthEntry { planned_income: Some(1), received_income: Some(0), ..entry(month(2026, 11), Vec::new()) };
    let analysis = analysis.with_income(&said);
    assert_eq!((analysis.planned_income, analysis.received_income), (1, 0));
}

#[test]
fn subcategories_are_listed_with_what_was_spent() {
    let mut plan = plan(100_000, month(2026, 1), Rollover::None);
    let part = |name: &str, amount| Subcategory { name: name.to_owned(), amount };
    plan.subcategories.0[Category::Food.index()] = vec![part("Groceries", 10_000), part("Eating out", 0)];
    let row = |category, name: Option<&str>, base, kind| PartRow {
        kind,
        base,
        category: Some(category),
        subcategory: name.map(str::to_owned),
        splits: Vec::new(),
    };
    let split = |name: &str, amount| Split {
        category: Some(Category::Food),
        subcategory: Some(name.to_owned()),
        amount,
        memo: None,
        member_id: None,
    };
    let rows = vec![
        row(Category::Food, Some("groceries"), 5_000, Kind::Expense),
        row(Category::Food, Some("GROCERIES"), 500, Kind::Refund),
        row(Category::Food, None, 77, Kind::Expense),
        row(Category::Housing, Some("Garden"), 900, Kind::Expense),
        row(Category::Food, Some("Salary"), 900, Kind::Income),
        PartRow {
            splits: vec![split("Canteen", 1), split("Groceries", 2)],
            ..row(Category::Food, None, 100, Kind::Expense)
        },
    ];
    let analysis = analysed(&plan, &Brought::default(), &[]).with_parts(&plan, by_subcategory(rows));
    let told: Vec<_> = analysis
        .parts
        .iter()
        .map(|part| (part.category, part.name.as_str(), part.allocated, part.spent, part.transactions))
        .collect();
    assert_eq!(
        told,
        [
            (Category::Housing, "Garden", 0, 900, 1),
            (Category::Food, "Groceries", 10_000, 4_567, 3),
            (Category::Food, "Eating out", 0, 0, 0),
            (Category::Food, "Canteen", 0, 33, 1),
        ]
    );
    assert_eq!(analysis.parts_of(Category::Food).count(), 3);
}

#[test]
fn a_category_gives_what_is_left_in_it_or_what_it_got() {
    let (food, housing, savings) = (Category::Food, Category::Housing, Category::Savings);
    let november = entry(month(2026, 11), vec![moved(housing, food, 3_000), moved(food, housing, 1_000)]);
    let wish = |from, to, amount| NewMove { month: month(2026, 11), from, to, amount };
    for (wish, left, most) in [
        (wish(food, savings, 500), 500, None),
        (wish(food, savings, 501), 500, Some("5.00")),
        (wish(food, savings, 1), -700, Some("0.00")),
        (wish(food, housing, 2_000), -700, None),
        (wish(food, housing, 2_001), -700, Some("20.00")),
        (wish(food, housing, 5_000), 5_000, None),
        (wish(housing, food, 1), 0, Some("0.00")),
    ] {
        let refused = wish.check(&november, left, Currency::EUR).err();
        let problem = refused.map(|problems| problems.0["amount"].clone());
        assert_eq!(problem, most.map(|left| Problem::NotEnough { left: left.to_owned() }), "{wish:?} with {left}");
    }
}

fn form(pairs: &[(&str, &str)]) -> Value {
    Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

#[test]
fn all_that_is_wrong_with_a_move_or_a_month() {
    let fine = months::read_move(
        &form(&[("month", "2026-11"), ("from", "food"), ("to", "housing"), ("amount", "12.34")]),
        Currency::EUR,
    );
    assert_eq!(
        fine,
        Ok(NewMove { month: month(2026, 11), from: Category::Food, to: Category::Housing, amount: 1_234 })
    );
    let wrong = months::read_move(
        &form(&[("month", "2026-13"), ("from", "fun"), ("amount", "0"), ("by", "me")]),
        Currency::EUR,
    )
    .unwrap_err();
    assert_eq!(wrong.0.keys().collect::<Vec<_>>(), ["amount", "by", "from", "month", "to"]);
    let same = months::read_move(
        &form(&[("month", "2026-11"), ("from", "food"), ("to", "food"), ("amount", "1")]),
        Currency::EUR,
    )
    .unwrap_err();
    assert_eq!(same.0["to"], Problem::SameCategory);
    let wrong = months::read_change(
        &form(&[("plannedIncome", "-1"), ("receivedIncome", "x"), ("copyLast", "maybe"), ("moves", "1")]),
        Currency::EUR,
    )
    .unwrap_err();
    assert_eq!(wrong.0.keys().collect::<Vec<_>>(), ["copyLast", "moves", "plannedIncome", "receivedIncome"]);
    let mut november =
        MonthEntry { planned_income: Some(5), received_income: Some(6), ..entry(month(2026, 11), Vec::new()) };
    months::read_change(&form(&[("plannedIncome", ""), ("version", "0")]), Currency::EUR).unwrap().apply(&mut november);
    assert_eq!((november.planned_income, november.received_income), (None, Some(6)), "null takes back, left out stays");
}

#[test]
fn last_month_once_more() {
    let (food, housing, savings) = (Category::Food, Category::Housing, Category::Savings);
    let now = plan(100_000, month(2026, 11), Rollover::None);
    let mut before = now.clone();
    before.allocations[food].amount += 1_000;
    before.allocations[housing].amount -= 1_000;
    let last = entry(month(2026, 10), vec![moved(savings, food, 2_500)]);
    let mut remaining = now.allocations.amounts();
    remaining[savings.index()] = 700;
    assert!(is_worth_copying(&now, &before, None) && is_worth_copying(&now, &now, Some(&last)));
    assert!(!is_worth_copying(&now, &now, Some(&entry(month(2026, 10), Vec::new()))));
    assert_eq!(copied(&now, &before, Some(&last), &mut remaining), [(housing, food, 1_000), (savings, food, 700)]);
    // Of another income: the same shares of this one's.
    let other = Plan {
        allocations: Allocations::from_percentages(&shares(food), 7_777).unwrap(),
        monthly_income: 7_777,
        ..now.clone()
    };
    let moves = copied(&now, &other, None, &mut now.allocations.amounts());
    assert!(moves.iter().all(|(_, to, _)| *to == food), "{moves:?}");
    assert_eq!(moves.iter().map(|(_, _, amount)| amount).sum::<i64>(), 85_000);
}

fn shares(all_for: Category) -> [BasisPoints; COUNT] {
    Category::ALL.map(|category| BasisPoints(if category == all_for { 10_000 } else { 0 }))
}

fn home() -> Budget {
    Budget {
        id: BudgetId([1; 12]),
        user_id: UserId([2; 12]),
        kind: BudgetType::Personal,
        plan: plan(100_000, month(2026, 11), Rollover::None),
        ai_generated: false,
        month_start_day: MonthStartDay::default(),
        collaborators: Vec::new(),
        version: 1,
        is_active: true,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        deleted_at: None,
    }
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn number(text: &str) -> Value {
    Value::Number(text.to_owned())
}

/// A change of all shares by amounts, food with these parts.
fn by_amount(food: &str, housing: &str, parts: Value) -> Value {
    let allocations = object(vec![
        ("food", object(vec![("amount", number(food)), ("subcategories", parts)])),
        ("housing", object(vec![("amount", number(housing))])),
    ]);
    object(vec![("version", number("1")), ("allocations", allocations)])
}

fn part(name: &str, amount: &str) -> Value {
    object(vec![("name", Value::Text(name.to_owned())), ("amount", number(amount))])
}

#[test]
fn shares_by_amount_are_kept_to_the_cent() {
    let mut budget = home();
    let input = by_amount("333.33", "666.67", Value::List(vec![part("Groceries", "333.33")]));
    budget::read_change(&input, &budget).unwrap().apply(&mut budget).unwrap();
    assert_eq!(budget.plan.allocations[Category::Food].amount, 33_333);
    assert_eq!(budget.plan.allocations[Category::Food].percentage, BasisPoints(3_333));
    assert_eq!(
        budget.plan.subcategories[Category::Food],
        [Subcategory { name: "Groceries".to_owned(), amount: 33_333 }]
    );
    let exact = budget.plan.allocations;
    let renamed = object(vec![("version", number("1")), ("name", Value::Text("Other".to_owned()))]);
    budget::read_change(&renamed, &budget).unwrap().apply(&mut budget).unwrap();
    assert_eq!(budget.plan.allocations, exact, "a new name rounds nothing");
    let less = object(vec![("version", number("1")), ("monthlyIncome", number("500"))]);
    budget::read_change(&less, &budget).unwrap().apply(&mut budget).unwrap();
    assert_eq!(budget.plan.allocations[Category::Food].amount, 16_665);
    assert_eq!(budget.plan.subcategories[Category::Food][0].amount, 16_665, "parts give way with their category");
    let wrong = budget::read_change(&by_amount("1", "2", Value::Null), &budget).unwrap_err();
    assert!(matches!(wrong.0["allocations"], Problem::SumNot100 { .. }), "{wrong:?}");
}

#[test]
fn all_that_is_wrong_with_parts() {
    let budget = home();
    let parts = vec![
        part("", "1"),
        part("Bread", "-1"),
        part("bread", "1.234"),
        Value::Null,
        part(&"x".repeat(51), "1"),
        number("7"),
    ];
    let wrong = budget::read_change(&by_amount("333.33", "666.67", Value::List(parts)), &budget).unwrap_err();
    let path = |rest: &str| format!("allocations.food.subcategories.{rest}");
    for (field, problem) in [
        ("0.name", Problem::Required),
        ("1.amount", Problem::Negative),
        ("2.name", Problem::Taken),
        ("2.amount", Problem::TooManyDecimals { max: 2, unit: "EUR".to_owned() }),
        ("4.name", Problem::TooLong { max: 50 }),
    ] {
        assert_eq!(wrong.0.get(&path(field)), Some(&problem), "{field}: {wrong:?}");
    }
    assert!(wrong.0.contains_key(&path("5")), "{wrong:?}");
    let many = Value::List((0..31).map(|n| part(&n.to_string(), "1")).collect());
    let wrong = budget::read_change(&by_amount("333.33", "666.67", many), &budget).unwrap_err();
    assert_eq!(wrong.0["allocations.food.subcategories"], Problem::TooLong { max: 30 });
    let mut budget = home();
    let too_much = Value::List(vec![part("A", "300"), part("B", "33.34")]);
    let wrong =
        budget::read_change(&by_amount("333.33", "666.67", too_much), &budget).unwrap().apply(&mut budget).unwrap_err();
    assert_eq!(
        wrong.0["allocations.food.subcategories"],
        Problem::PartsExceed { sum: "333.34".to_owned(), whole: "333.33".to_owned() }
    );
    let mixed = form(&[
        ("version", "1"),
        ("allocations.food.amount", "1"),
        ("allocations.housing.percentage", "50"),
        ("rollover.food", "some"),
        ("rollover.fun", "none"),
    ]);
    let wrong = budget::read_change(&mixed, &budget).unwrap_err();
    assert_eq!(wrong.0["allocations.housing.percentage"], Problem::MustBeEmpty);
    assert!(wrong.0.contains_key("rollover.food") && wrong.0.contains_key("rollover.fun"), "{wrong:?}");
}

#[test]
fn rollover_is_changed_category_by_category() {
    let mut budget = home();
    for (pairs, food, housing) in [
        (&[("version", "1"), ("rollover.food", "surplus")][..], Rollover::Surplus, Rollover::None),
        (&[("version", "1"), ("rollover.housing", "both")][..], Rollover::Surplus, Rollover::Both),
        (&[("version", "1"), ("rollover.food", "none")][..], Rollover::None, Rollover::Both),
    ] {
        budget::read_change(&form(pairs), &budget).unwrap().apply(&mut budget).unwrap();
        let now = budget.plan.rollover;
        assert_eq!((now[Category::Food], now[Category::Housing]), (food, housing));
    }
}

#[test]
fn plans_of_earlier_programs_are_read() {
    let mut plan = plan(100_000, month(2026, 11), Rollover::None);
    let text = serde_json::to_string(&plan).unwrap();
    assert!(!text.contains("rollover") && !text.contains("subcategories"), "as it was before: {text}");
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    plan.rollover[Category::Food] = Rollover::Both;
    plan.subcategories.0[0].push(Subcategory { name: "Rent".to_owned(), amount: 5 });
    assert_eq!(serde_json::from_str::<Plan>(&serde_json::to_string(&plan).unwrap()).unwrap(), plan);
}
