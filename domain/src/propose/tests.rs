//! Households poor and rich, small and large, here and there; and what holds for all of them.
use super::*;
use crate::{
    money::MAX_MINOR,
    rates::{Rate, RateTable},
};
use jiff::civil::date;
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 20);

/// Rates of a day, roughly.
fn table() -> RateTable {
    let rate = |code: &str, mantissa, scale| {
        (code.parse::<Currency>().unwrap(), Rate { mantissa, scale, date: date(2026, 11, 19) })
    };
    RateTable::from_points([
        rate("USD", 11_500, 4),
        rate("GBP", 8_700, 4),
        rate("CAD", 16_100, 4),
        rate("INR", 1_005_000, 4),
        rate("JPY", 17_500, 2),
    ])
}

fn at_home(country: Option<&str>, family_size: Option<u8>) -> Household {
    Household { country: country.map(str::to_owned), family_size, ..Household::default() }
}

fn proposed(income: i64, code: &str, household: &Household, history: Option<&Medians>) -> Proposal {
    let currency = code.parse().unwrap();
    propose(Question { income, currency, household, history }, Rates { table: &table(), on: DAY })
}

fn share(proposal: &Proposal, category: Category) -> u32 {
    proposal.lines[category.index()].allocation.percentage.0
}

fn put_by(proposal: &Proposal) -> u32 {
    [Category::Savings, Category::Emergency, Category::Investments]
        .map(|category| share(proposal, category))
        .iter()
        .sum()
}

fn check(proposal: &Proposal) {
    assert_eq!(proposal.lines.iter().map(|line| line.allocation.percentage.0).sum::<u32>(), 10_000, "{proposal:?}");
    assert_eq!(proposal.lines.iter().map(|line| line.allocation.amount).sum::<i64>(), proposal.income, "{proposal:?}");
    assert!(proposal.lines.iter().all(|line| line.allocation.amount >= 0), "{proposal:?}");
    assert!(proposal.lines.iter().map(|line| line.category).eq(Category::ALL));
}

/// A month's income in minor units, its currency, the country, how many persons; which fifth that is; whose figures.
type Case = (i64, &'static str, Option<&'static str>, Option<u8>, Option<Level>, Region, Fit);

const CASES: &[Case] = &[
    (120_000, "USD", Some("US"), Some(1), Some(Level::Lowest), Region::UnitedStates, Fit::Own),
    (560_000, "USD", Some("US"), None, Some(Level::Middle), Region::UnitedStates, Fit::Own),
    (560_000, "USD", Some("US"), Some(6), Some(Level::Low), Region::UnitedStates, Fit::Own),
    (2_500_000, "USD", Some("US"), Some(2), Some(Level::Highest), Region::UnitedStates, Fit::Own),
    (587_500, "CAD", Some("CA"), None, Some(Level::Middle), Region::Canada, Fit::Own),
    (250_000, "EUR", Some("DE"), None, Some(Level::Middle), Region::Europe, Fit::Own),
    (90_000, "EUR", Some("DE"), Some(3), Some(Level::Lowest), Region::Europe, Fit::Own),
    (270_000, "GBP", Some("GB"), None, Some(Level::Middle), Region::UnitedKingdom, Fit::Own),
    (2_300_000, "INR", Some("IN"), Some(4), Some(Level::Middle), Region::India, Fit::Own),
    (15_000_000, "INR", Some("IN"), Some(4), Some(Level::Highest), Region::India, Fit::Own),
    (270_000, "JPY", Some("JP"), None, Some(Level::Middle), Region::Japan, Fit::Own),
    (150_000, "EUR", Some("IN"), Some(4), Some(Level::Highest), Region::India, Fit::Own),
    (400_000, "CHF", Some("CH"), None, None, Region::Europe, Fit::Nearest),
    (300_000, "USD", Some("VN"), None, Some(Level::Highest), Region::India, Fit::Nearest),
    (250_000, "EUR", None, None, Some(Level::Middle), Region::Europe, Fit::ByCurrency),
    (50_000, "KWD", None, None, None, Region::Europe, Fit::ByCurrency),
];

#[test]
fn where_a_household_stands() {
    for &(income, currency, country, size, level, region, fit) in CASES {
        let found = proposed(income, currency, &at_home(country, size), None);
        check(&found);
        assert_eq!(
            (found.level, found.place),
            (level, Place { region, fit }),
            "{income} {currency} in {country:?} for {size:?}"
        );
    }
}

#[test]
fn rents_weigh_more_on_the_poor_and_savings_less() {
    for (currency, country, poor, rich) in [
        ("USD", "US", 140_000, 1_600_000),
        ("CAD", "CA", 140_000, 1_600_000),
        ("EUR", "FR", 90_000, 900_000),
        ("EUR", "MT", 90_000, 900_000),
        ("GBP", "GB", 80_000, 900_000),
        ("INR", "IN", 600_000, 9_000_000),
        ("JPY", "JP", 80_000, 900_000),
    ] {
        let of = |income| proposed(income, currency, &at_home(Some(country), Some(2)), None);
        let (poor, rich) = (of(poor), of(rich));
        assert!(share(&poor, Category::Housing) > share(&rich, Category::Housing), "{country}");
        assert!(put_by(&poor) < 1_000 && put_by(&rich) >= 1_900, "{country}: {} {}", put_by(&poor), put_by(&rich));
        assert!(share(&poor, Category::Emergency) > share(&poor, Category::Savings), "a reserve comes first");
    }
    let housing = |country| share(&proposed(250_000, "EUR", &at_home(Some(country), None), None), Category::Housing);
    assert!(housing("FI") > housing("DE") && housing("DE") > housing("MT"));
}

#[test]
fn each_line_says_why() {
    let proposal = proposed(560_000, "USD", &at_home(Some("US"), Some(3)), None);
    let line = |category: Category| proposal.lines[category.index()];
    let Evidence::HouseholdShare { place, level, size, share } = line(Category::Food).evidence else {
        panic!("{:?}", line(Category::Food));
    };
    assert_eq!((place.region, level, size), (Region::UnitedStates, Some(Level::Middle), Some(3)));
    assert!((1_100..1_500).contains(&share.0), "{share}");
    assert_eq!(line(Category::Emergency).evidence, Evidence::CapOf { rule: Rule::Reserve });
    assert_eq!(line(Category::Investments).evidence, Evidence::CapOf { rule: Rule::Growth });
    assert_eq!(line(Category::Miscellaneous).evidence, Evidence::Rest);
    let rich = proposed(1_500_000, "USD", &at_home(Some("US"), None), None);
    assert_eq!(rich.lines[Category::Housing.index()].adjusted, Some(Rule::Needs));
}

#[test]
fn old_and_many_have_other_needs() {
    let old = Household { age_range: Some("65-plus".to_owned()), ..at_home(Some("DE"), None) };
    let young = Household { age_range: Some("25-34".to_owned()), ..old.clone() };
    let health = |household| share(&proposed(250_000, "EUR", household, None), Category::Healthcare);
    assert!(health(&old) > health(&young));
    let town = Household { city: Some("Pune".to_owned()), ..at_home(Some("IN"), Some(4)) };
    let food = |household| share(&proposed(2_500_000, "INR", household, None), Category::Food);
    assert!(food(&town) < food(&at_home(Some("IN"), Some(4))));
}

fn history(amounts: [i64; COUNT]) -> Medians {
    Medians { months: 6, amounts }
}

#[test]
fn own_months_come_first() {
    let known = history([90_000, 41_200, 15_000, 18_000, 0, 12_000, 0, 0, 0, 9_000]);
    let proposal = proposed(300_000, "EUR", &at_home(Some("DE"), None), Some(&known));
    check(&proposal);
    let line = |category: Category| proposal.lines[category.index()];
    assert_eq!(line(Category::Housing).allocation.amount, 90_000);
    assert_eq!(line(Category::Food).evidence, Evidence::OwnMedian { months: 6, amount: 41_200 });
    assert_eq!(share(&proposal, Category::Food), 1_350, "41,200 of 300,000 are 13.73 %, in steps of half percents");
    assert!(matches!(line(Category::Healthcare).evidence, Evidence::HouseholdShare { .. }));
    assert_eq!(line(Category::Savings).evidence, Evidence::Rest);
    assert_eq!((proposal.months, put_by(&proposal) > 2_000), (Some(6), true));
}

#[test]
fn who_spends_more_than_comes_in() {
    let known = history([200_000, 100_000, 0, 0, 0, 0, 0, 0, 0, 100_000]);
    let proposal = proposed(200_000, "EUR", &at_home(None, None), Some(&known));
    check(&proposal);
    let line = |category: Category| proposal.lines[category.index()];
    assert_eq!(line(Category::Housing).adjusted, Some(Rule::Income));
    assert_eq!(line(Category::Utilities).adjusted, Some(Rule::Room));
    assert_eq!(share(&proposal, Category::Utilities), 0);
    assert!(share(&proposal, Category::Housing).abs_diff(2 * share(&proposal, Category::Food)) <= 100);
    assert!(put_by(&proposal) > 0, "something is put by even so");
    check(&proposed(1, "EUR", &at_home(None, None), Some(&history([MAX_MINOR; COUNT]))));
}

fn any_household() -> impl Strategy<Value = Household> {
    const COUNTRIES: [&str; 11] = ["US", "CA", "DE", "FI", "MT", "GB", "IN", "JP", "CH", "BR", "KE"];
    (prop::option::of(prop::sample::select(&COUNTRIES)), prop::option::of(1_u8..=20), any::<bool>(), 0..8_usize)
        .prop_map(|(country, size, town, age)| Household {
            city: town.then(|| "Somewhere".to_owned()),
            age_range: AGE_RANGES.get(age).map(|&range| range.to_owned()),
            ..at_home(country, size)
        })
}

const CURRENCIES: [&str; 8] = ["USD", "EUR", "GBP", "INR", "JPY", "CAD", "KWD", "CHF"];

proptest! {
    #[test]
    fn it_always_sums(
        income in prop_oneof![1_i64..1_000, 1_i64..=1_000_000_000_000, Just(MAX_MINOR)],
        currency in prop::sample::select(&CURRENCIES[..]),
        household in any_household(),
        known in prop::option::of(prop::array::uniform10(prop_oneof![Just(0_i64), 0_i64..500_000, 0_i64..=MAX_MINOR])),
    ) {
        let known = known.map(history);
        let proposal = proposed(income, currency, &household, known.as_ref());
        check(&proposal);
        prop_assert_eq!(&proposal, &proposed(income, currency, &household, known.as_ref()), "the same again");
    }

    #[test]
    fn more_income_less_rent_and_more_put_by(
        (less, more) in (1_i64..5_000_000, 1_i64..5_000_000),
        currency in prop::sample::select(&CURRENCIES[..6]),
        household in any_household(),
    ) {
        let of = |income| proposed(income, currency, &household, None);
        let (poorer, richer) = (of(less.min(more)), of(less.max(more)));
        prop_assert!(share(&poorer, Category::Housing) >= share(&richer, Category::Housing));
        prop_assert!(share(&poorer, Category::Food) >= share(&richer, Category::Food));
        // Each of the three is rounded to half percents.
        prop_assert!(put_by(&poorer) <= put_by(&richer) + 100);
    }

    #[test]
    fn more_people_more_food(
        income in 1_i64..5_000_000,
        currency in prop::sample::select(&CURRENCIES[..6]),
        household in any_household(),
        (few, many) in (1_u8..=20, 1_u8..=20),
    ) {
        let of = |size| proposed(income, currency, &Household { family_size: Some(size), ..household.clone() }, None);
        prop_assert!(share(&of(few.min(many)), Category::Food) <= share(&of(few.max(many)), Category::Food));
    }
}
