//! The example as it is on several days: believable, the same each time, and never ahead of its day.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
use super::{
    calendar::{Chapter, PAST_MONTHS, chapters},
    household::{FIRST_PLAN, Intent, Life, NEW_PLAN, live},
    row::Row,
};
use domain::{
    Date,
    allocation::{Allocations, BasisPoints},
    analysis::{Analysis, analyse},
    budget::{Plan, Rollovers, Subcategories},
    category::Category,
    currency::Currency,
    expense::{self, Expense, Kind},
    ids::{AccountId, BudgetId, ExpenseId, UserId},
    months::Brought,
    period::Month,
    spending::{DayTotal, contributions},
};
use jiff::{Timestamp, civil::date};
use std::collections::BTreeSet;

/// An ordinary day, a month's first, the last of a year, a leap day, each season.
fn days() -> Vec<Date> {
    vec![
        date(2026, 11, 22),
        date(2026, 11, 1),
        date(2026, 12, 31),
        date(2027, 3, 17),
        date(2028, 2, 29),
        date(2028, 7, 14),
        date(2025, 10, 9),
    ]
}

/// As the use-case for new expenses makes it of the row.
fn entered(row: &Row) -> Expense {
    let (budget, accounts) = (BudgetId([1; 12]), [1, 2, 3].map(|n| AccountId([n; 12])));
    let new = expense::read_new(&row.input(budget, &accounts));
    let new = new.unwrap_or_else(|problems| panic!("{row:?}: {problems:?}"));
    let base = crate::expenses::base_amount(new.amount, Currency::EUR, new.date);
    new.into_expense(ExpenseId([1; 12]), UserId([1; 12]), base, Timestamp::UNIX_EPOCH)
}

fn ledger(life: &Life) -> Vec<Expense> {
    life.rows.iter().map(entered).collect()
}

fn plan_of(intent: Intent, month: Month) -> Plan {
    let shares = intent.shares.map(|share| BasisPoints(u32::try_from(share).unwrap()));
    Plan {
        name: String::new(),
        monthly_income: intent.income,
        currency: Currency::EUR,
        allocations: Allocations::from_percentages(&shares, intent.income).unwrap(),
        rollover: Rollovers::default(),
        subcategories: Subcategories::default(),
        effective_from: month,
    }
}

/// Each month's figures, oldest first, the running one last.
fn figures(life: &Life, today: Date) -> Vec<Analysis> {
    chapters(today).into_iter().map(|chapter| figures_of(life, chapter, today)).collect()
}

fn figures_of(life: &Life, chapter: Chapter, today: Date) -> Analysis {
    let (month, period) = (chapter.month, chapter.period());
    let rows = life.rows.iter().filter(|row| period.contains(row.date));
    let totals: Vec<DayTotal> = rows
        .flat_map(|row| contributions(&entered(row)))
        .map(|(key, total)| DayTotal { day: key.day, kind: key.kind, category: key.category, total })
        .collect();
    let intent = if period.start < life.plan_changes { FIRST_PLAN } else { NEW_PLAN };
    analyse(&plan_of(intent, month), month, period, &totals, today, &Brought::default())
}

fn running_month(today: Date) -> Analysis {
    figures_of(&live(today), *chapters(today).last().unwrap(), today)
}

fn line(analysis: &Analysis, category: Category) -> domain::analysis::Line {
    analysis.categories[category.index()]
}

#[test]
fn the_same_day_gives_the_same_rows() {
    for today in days() {
        assert_eq!(live(today), live(today), "{today}");
    }
    let (one, next) = (live(date(2026, 11, 22)), live(date(2026, 11, 23)));
    let past = |life: &Life| life.rows.iter().filter(|row| row.date < date(2026, 11, 1)).cloned().collect::<Vec<_>>();
    assert_eq!(past(&one), past(&next), "a day later the past is the same");
}

#[test]
fn two_years_up_to_today_and_no_further() {
    for today in days() {
        let life = live(today);
        let (first, last) = (life.rows.first().unwrap().date, life.rows.last().unwrap().date);
        assert!(last <= today && first >= life.begins, "{today}: {first} to {last}");
        assert!(life.rows.iter().any(|row| row.date == today) || today.day() == 1, "{today}: something of today");
        assert!((1_400..=1_900).contains(&life.rows.len()), "{today}: {} rows", life.rows.len());
        let months = chapters(today);
        assert_eq!(months.len(), PAST_MONTHS + 1);
        assert_eq!(months[12].period().start, life.plan_changes);
        for chapter in &months[..PAST_MONTHS] {
            let rows = life.rows.iter().filter(|row| chapter.period().contains(row.date)).count();
            assert!((50..=90).contains(&rows), "{today}: {rows} rows in {}", chapter.month);
        }
    }
}

#[test]
fn months_come_to_what_such_a_household_has() {
    for today in days() {
        let figures = figures(&live(today), today);
        let past = &figures[..PAST_MONTHS];
        let usual = |month: &&Analysis| {
            let (spent, income) = (month.total.spent, month.received_income);
            (income * 80 / 100..=income * 110 / 100).contains(&spent)
        };
        let shown: Vec<_> = past.iter().map(|month| (month.total.spent, month.received_income)).collect();
        assert!(past.iter().filter(usual).count() >= 20, "{today}: {shown:?}");
        for month in past {
            assert!((430_000..=620_000).contains(&month.received_income), "{today}: {shown:?}");
        }
        let rows = ledger(&live(today));
        let spent: i64 = figures.iter().map(|month| month.total.spent).sum();
        assert_eq!(spent, rows.iter().map(spent_in_euros).sum::<i64>(), "{today}");
    }
}

fn spent_in_euros(expense: &Expense) -> i64 {
    let minor = expense.base.as_ref().unwrap().amount.minor();
    match expense.kind {
        Kind::Expense => minor,
        Kind::Refund => -minor,
        Kind::Income | Kind::Transfer => 0,
    }
}

#[test]
fn everything_a_ledger_has_is_in_it() {
    for today in days() {
        let rows = ledger(&live(today));
        let of = |kind| rows.iter().filter(|row| row.kind == kind).count();
        assert!(of(Kind::Refund) >= 3 && of(Kind::Income) >= 72 && of(Kind::Transfer) >= 60, "{today}");
        let currencies: BTreeSet<&str> = rows.iter().map(|row| row.amount.currency().code()).collect();
        assert_eq!(currencies, BTreeSet::from(["CHF", "DKK", "EUR", "USD"]), "{today}");
        assert!(rows.iter().all(|row| row.base.is_some()), "{today}: there is a rate for each");
        for category in Category::ALL {
            assert!(rows.iter().filter(|row| row.category == Some(category)).count() >= 24, "{today}: {category}");
        }
        let unsorted = rows.iter().filter(|row| row.kind == Kind::Expense && row.category.is_none()).count();
        assert!((30..=90).contains(&unsorted), "{today}: {unsorted}");
        let tags: BTreeSet<&str> = rows.iter().flat_map(|row| &row.tags).map(String::as_str).collect();
        assert!(
            tags.is_superset(&BTreeSet::from(["holiday", "ida", "car", "christmas", "gifts"])),
            "{today}: {tags:?}"
        );
        assert!(rows.iter().filter(|row| row.notes.is_some()).count() >= 4, "{today}");
        assert!(rows.iter().filter(|row| !row.splits.is_empty()).count() >= 5, "{today}");
        let round = rows.iter().filter(|row| row.kind == Kind::Expense && row.amount.minor() % 500 == 0).count();
        assert!(round * 8 < rows.len(), "{today}: {round} of {} amounts are round", rows.len());
    }
}

/// One category over its plan, one on its way there, the rest calm, and money left to spend: at any time of a year.
#[test]
fn the_dashboard_has_something_to_say() {
    let (mut heading, mut quiet) = (0, 0);
    let year: Vec<Date> = date(2026, 1, 1).series(jiff::Span::new().days(5)).take(73).collect();
    for &today in &year {
        let month = running_month(today);
        let health = line(&month, Category::Healthcare);
        assert!(health.spent > health.allocated, "{today}: {health:?}");
        assert!(month.safe_to_spend_per_day() >= 2_500, "{today}: {}", month.safe_to_spend_per_day());
        assert!(month.safe_to_spend() >= 15_000, "{today}: {}", month.safe_to_spend());
        let (food, transport) = (line(&month, Category::Food), line(&month, Category::Transportation));
        assert!(food.spent < food.allocated, "{today}: {food:?}");
        assert!(transport.projected < transport.allocated, "{today}: {transport:?}");
        heading += usize::from(food.projected > food.allocated);
        quiet += usize::from(beyond(&month).iter().all(|category| STORY.contains(category)));
    }
    assert!(heading * 100 >= year.len() * 65, "food is heading over on {heading} days of {}", year.len());
    assert!(quiet * 100 >= year.len() * 60, "the rest is quiet on {quiet} days of {}", year.len());
    assert_eq!(beyond(&running_month(date(2026, 11, 22))), [Category::Food, Category::Healthcare]);
}

/// What the running month tells of.
const STORY: [Category; 2] = [Category::Food, Category::Healthcare];

/// The categories that are over their plan, or will be.
fn beyond(month: &Analysis) -> Vec<Category> {
    let over = month.categories.iter().filter(|line| line.spent.max(line.projected) > line.allocated);
    over.filter_map(|line| line.category).collect()
}
