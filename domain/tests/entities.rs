//! Budgets, expenses, totals and the month's figures, from the words that come in to the numbers that go out.
use domain::{
    Date,
    allocation::Allocations,
    analysis::analyse,
    budget,
    budget::{Plan, Rollovers, Subcategories},
    category::Category,
    currency::Currency,
    expense::{self, BaseAmount, Expense, Kind, Status},
    filter::{self, Cursor, Sort},
    ids::{BudgetId, ExpenseId, UserId},
    input::Value,
    money::Money,
    months::Brought,
    period::{Month, MonthStartDay},
    problem::Problem,
    spending::{DayTotal, Total, contributions, difference},
};
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;

fn form(pairs: &[(&str, &str)]) -> Value {
    Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

fn problem_of<T: std::fmt::Debug>(result: Result<T, domain::problem::Problems>, field: &str) -> Problem {
    let problems = result.expect_err("should be refused");
    problems.0.get(field).cloned().unwrap_or_else(|| panic!("no problem at {field}: {problems:?}"))
}

#[test]
fn a_budget_without_allocations_gets_the_standard_ones() {
    let input = form(&[("name", "Home"), ("monthlyIncome", "5000"), ("currency", "USD")]);
    let new = budget::read_new(&input).expect("valid");
    let percentages: Vec<u32> = new.allocations.0.iter().map(|allocation| allocation.percentage.0 / 100).collect();
    assert_eq!(percentages, [30, 15, 15, 10, 5, 5, 10, 5, 5, 0]);
    assert_eq!(new.allocations.0[0].amount, 150_000);
    assert_eq!(new.allocations.0.iter().map(|allocation| allocation.amount).sum::<i64>(), 500_000);
}

#[test]
fn all_wrong_fields_of_a_budget_are_named_at_once() {
    let input = form(&[
        ("monthlyIncome", "-1"),
        ("currency", "XXX"),
        ("type", "company"),
        ("colour", "red"),
        ("allocations.food.percentage", "12.345"),
        ("allocations.fun.percentage", "5"),
    ]);
    let problems = budget::read_new(&input).expect_err("wrong").0;
    let named: Vec<&str> = problems.keys().map(String::as_str).collect();
    assert_eq!(
        named,
        ["allocations.food.percentage", "allocations.fun", "colour", "currency", "monthlyIncome", "name", "type"]
    );
}

#[test]
fn allocations_must_sum_to_a_hundred() {
    let base = [("name", "Home"), ("monthlyIncome", "100"), ("currency", "EUR")];
    let with = |housing: &str, food: &str| {
        let mut pairs = base.to_vec();
        pairs.extend([("allocations.housing.percentage", housing), ("allocations.food.percentage", food)]);
        budget::read_new(&form(&pairs))
    };
    let new = with("66.67", "33.34").expect("within a hundredth");
    assert_eq!(new.allocations.0.iter().map(|allocation| allocation.percentage.0).sum::<u32>(), 10_000);
    assert_eq!(new.allocations.0.iter().map(|allocation| allocation.amount).sum::<i64>(), 10_000);
    assert_eq!(problem_of(with("60", "39"), "allocations"), Problem::SumNot100 { sum: "99.00".to_owned() });
}

#[test]
fn an_expense_is_refused_for_the_right_reason() {
    let good = [("amount", "12.34"), ("currency", "USD"), ("date", "2026-11-22"), ("merchant", "Joe's")];
    let cases: [(&str, &str, Problem); 10] = [
        ("amount", "12.345", Problem::TooManyDecimals { max: 2, unit: "USD".to_owned() }),
        ("amount", "NaN", Problem::NotANumber),
        ("amount", "1e400", Problem::NotANumber),
        ("amount", "-5", Problem::NotPositive),
        ("amount", "0.00", Problem::NotPositive),
        ("date", "2026-02-30", Problem::NotADate),
        ("date", "99999-01-01", Problem::NotADate),
        ("merchant", "a\u{0}b", Problem::ControlCharacters),
        ("budgetId", "12", Problem::NotAnId),
        ("currency", "usd", Problem::UnknownCurrency),
    ];
    assert!(expense::read_new(&form(&good)).is_ok());
    for (field, text, problem) in cases {
        let mut pairs: Vec<_> = good.iter().copied().filter(|(name, _)| *name != field).collect();
        pairs.push((field, text));
        assert_eq!(problem_of(expense::read_new(&form(&pairs)), field), problem, "{field}={text}");
    }
    let long = "x".repeat(256);
    let pairs = [("amount", "1"), ("currency", "USD"), ("date", "2026-11-22"), ("merchant", long.as_str())];
    assert_eq!(problem_of(expense::read_new(&form(&pairs)), "merchant"), Problem::TooLong { max: 255 });
}

#[test]
fn an_income_has_no_category_and_splits_must_balance() {
    let income = form(&[
        ("amount", "5"),
        ("currency", "USD"),
        ("date", "2026-11-22"),
        ("merchant", "Work"),
        ("kind", "income"),
        ("category", "food"),
    ]);
    assert_eq!(problem_of(expense::read_new(&income), "category"), Problem::MustBeEmpty);
    let split = |amount: &str| Value::Object(vec![("amount".to_owned(), Value::Number(amount.to_owned()))]);
    let Value::Object(mut fields) =
        form(&[("amount", "10"), ("currency", "USD"), ("date", "2026-11-22"), ("merchant", "Shop")])
    else {
        unreachable!()
    };
    fields.push(("splits".to_owned(), Value::List(vec![split("3"), split("6.99")])));
    let unbalanced = expense::read_new(&Value::Object(fields.clone()));
    assert_eq!(problem_of(unbalanced, "splits"), Problem::SplitsDontBalance { difference: "0.01".to_owned() });
    fields.pop();
    fields.push(("splits".to_owned(), Value::List(vec![split("3.01"), split("6.99")])));
    assert_eq!(expense::read_new(&Value::Object(fields)).expect("balanced").splits.len(), 2);
}

fn row(minor: i64, day: Date, kind: Kind, category: Option<Category>) -> Expense {
    let amount = Money::new(minor, Currency::USD);
    let mut expense = Expense {
        id: ExpenseId([1; 12]),
        user_id: UserId([2; 12]),
        budget_id: Some(BudgetId([3; 12])),
        account_id: None,
        kind,
        status: Status::Cleared,
        amount,
        base: Some(BaseAmount { amount, rate: "1".to_owned(), rate_date: day }),
        category,
        subcategory: None,
        description: None,
        notes: None,
        merchant: Some("Shop".to_owned()),
        merchant_key: String::new(),
        date: day,
        payment_method: None,
        tags: Vec::new(),
        splits: Vec::new(),
        location: None,
        import_id: None,
        external_id: None,
        dedupe_key: String::new(),
        recurring: None,
        pairing: None,
        version: 1,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        deleted_at: None,
        deleted_by: None,
    };
    expense.derive();
    expense
}

#[test]
fn what_does_not_count_adds_nothing() {
    let expense = row(500, date(2026, 11, 3), Kind::Expense, Some(Category::Food));
    assert_eq!(contributions(&expense).len(), 1);
    for change in [
        (|e: &mut Expense| e.budget_id = None) as fn(&mut Expense),
        |e| e.base = None,
        |e| e.status = Status::Draft,
        |e| e.status = Status::NeedsReview,
        |e| e.deleted_at = Some(Timestamp::UNIX_EPOCH),
    ] {
        let mut changed = expense.clone();
        change(&mut changed);
        assert_eq!(contributions(&changed), []);
        let back = difference(Some(&expense), Some(&changed));
        assert_eq!(back.len(), 1);
        assert_eq!(back[0].1, Total { minor: -500, count: -1 });
    }
    assert_eq!(difference(Some(&expense), Some(&expense)), []);
}

proptest! {
    #[test]
    fn splits_share_out_the_base_amount_exactly(parts in prop::collection::vec((1_i64..100_000, 0_usize..11), 1..8), base in 1_i64..10_000_000) {
        let mut expense = row(parts.iter().map(|part| part.0).sum(), date(2026, 11, 3), Kind::Expense, None);
        expense.base = Some(BaseAmount { amount: Money::new(base, Currency::EUR), rate: "0.9".to_owned(), rate_date: expense.date });
        expense.splits = parts
            .iter()
            .map(|(amount, category)| expense::Split {
                category: Category::ALL.get(*category).copied(), subcategory: None, amount: *amount, memo: None, member_id: None,
            })
            .collect();
        let shares = contributions(&expense);
        prop_assert_eq!(shares.iter().map(|share| share.1.minor).sum::<i64>(), base);
        let mut keys: Vec<_> = shares.iter().map(|share| share.0).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), shares.len());
    }

    #[test]
    fn a_cursor_survives_its_text(minor in 1_i64..1_000_000_000_000, key in "[a-zäöü ]{0,20}") {
        let mut expense = row(minor, date(2026, 2, 28), Kind::Expense, None);
        expense.merchant_key = key;
        for word in Sort::WORDS {
            let sort: Sort = word.parse().expect("listed");
            let cursor = Cursor::after(&expense, sort);
            prop_assert_eq!(Cursor::decode(&cursor.encode(), sort), Ok(cursor));
        }
    }
}

#[test]
fn queries_refuse_what_they_do_not_know() {
    for (name, text, problem) in [
        ("limit", "1000000000", Problem::OutOfRange { min: "1".to_owned(), max: "500".to_owned() }),
        ("cursor", "d.2026-11-22", Problem::BadCursor),
        ("cursor", "a.5.00010203040506070809abff", Problem::BadCursor),
        ("where", "1=1", Problem::Unknown),
        ("budgetId", "{\"$ne\":null}", Problem::NotAnId),
    ] {
        assert_eq!(problem_of(filter::read_query(&form(&[(name, text)])), name), problem, "{name}={text}");
    }
    let sort = problem_of(filter::read_query(&form(&[("sort", "$where")])), "sort");
    assert!(matches!(sort, Problem::NotOneOf { .. }));
}

fn plan(income: i64) -> Plan {
    Plan {
        name: "Home".to_owned(),
        monthly_income: income,
        currency: Currency::USD,
        allocations: Allocations::standard(income),
        rollover: Rollovers::default(),
        subcategories: Subcategories::default(),
        effective_from: "2026-11".parse().expect("a month"),
    }
}

fn total(day: i8, kind: Kind, category: Option<Category>, minor: i64) -> DayTotal {
    DayTotal { day: date(2026, 11, day), kind, category, total: Total { minor, count: 1 } }
}

#[test]
fn a_month_to_the_cent() {
    let month: Month = "2026-11".parse().expect("a month");
    let period = month.period(MonthStartDay::default());
    let rows = [
        total(1, Kind::Expense, Some(Category::Housing), 120_000),
        total(3, Kind::Expense, Some(Category::Food), 4_550),
        total(9, Kind::Refund, Some(Category::Food), 550),
        total(9, Kind::Expense, None, 1_999),
        total(10, Kind::Income, None, 500_000),
        total(10, Kind::Transfer, None, 77_777),
    ];
    let analysis = analyse(&plan(500_000), month, period, &rows, date(2026, 11, 15), &Brought::default());
    assert_eq!((analysis.elapsed, analysis.period.days()), (15, 30));
    let housing = analysis.categories[0];
    assert_eq!((housing.allocated, housing.spent, housing.remaining), (150_000, 120_000, 30_000));
    assert_eq!(housing.utilization, Some(8_000));
    assert_eq!(housing.pace, 75_000);
    assert_eq!(housing.projected, 120_000, "a rent paid once is not paid again each day");
    let food = analysis.categories[1];
    assert_eq!((food.spent, food.transactions), (4_000, 2));
    let nothing = analysis.categories[9];
    assert_eq!((nothing.allocated, nothing.utilization), (0, None));
    assert_eq!((analysis.uncategorised.spent, analysis.uncategorised.utilization), (1_999, None));
    assert_eq!(analysis.total.spent, 125_999);
    assert_eq!(analysis.total.remaining, 374_001);
    assert_eq!(analysis.received_income, 500_000);
    // 80 % of the plan is for spending (savings, emergency and investments are not): 400,000 − 125,999, over 16 days.
    assert_eq!(analysis.safe_to_spend(), 274_001);
    assert_eq!(analysis.safe_to_spend_per_day(), 274_001 / 16);
    let with_bills = analysis.with_bills(100_000);
    assert_eq!((with_bills.left_for_spending(), with_bills.safe_to_spend()), (274_001, 174_001));
    assert_eq!(with_bills.safe_to_spend_per_day(), 174_001 / 16, "what the bills still take is not free");
    assert_eq!(with_bills.total.remaining, 374_001, "it is in no other figure");
}

#[test]
fn before_and_after_the_month() {
    let month: Month = "2026-11".parse().expect("a month");
    let period = month.period(MonthStartDay::default());
    let rows = [total(3, Kind::Expense, Some(Category::Food), 5_000)];
    let before = analyse(&plan(100_000), month, period, &rows, date(2026, 10, 31), &Brought::default());
    assert_eq!((before.elapsed, before.categories[1].pace, before.categories[1].projected), (0, 0, 5_000));
    let after = analyse(&plan(100_000), month, period, &rows, date(2026, 12, 1), &Brought::default());
    assert_eq!((after.elapsed, after.categories[1].pace, after.categories[1].projected), (30, 15_000, 5_000));
}
