//! What surveys know of households, and where each figure is from.
//!
//! - United States: BLS Consumer Expenditure Survey 2024, shares of spending; the middle fifth spends 66,900 USD a year
//!   with 2.5 persons; mean incomes of the fifths 16,658 · 42,925 · 74,474 · 121,548 · 264,510.
//! - Canada: Statistics Canada, Survey of Household Spending 2013 by fifths of income (food, shelter, transport); median
//!   income after tax 70,500 CAD a year (Canadian Income Survey 2022). What the table lacks is taken from the EU (health)
//!   and the US.
//! - European Union: Eurostat, consumption by purpose 2019; median income of an equivalent adult 19,955 a year (EU-SILC
//!   2023, in purchasing power standards, which are euros at the EU's mean prices). Shares of housing and energy of four
//!   members and the United Kingdom: Eurostat 2018.
//! - United Kingdom: ONS Family spending, year to March 2024: 623.30 GBP a week; shares as in the EU, but for housing.
//! - India: Household Consumption Expenditure Survey 2023-24: 4,122 INR a head in the country, 6,996 in towns; food 47 and
//!   40 %. The rest is spread as in the EU.
//! - Japan: Family Income and Expenditure Survey 2025: 314,001 JPY a month of households of two or more, 28.6 % of it for
//!   food. The rest is spread as in the EU.
//!
//! Spending stands for income after taxes where that is not published by household: a cautious measure, since those who
//! have more than they spend count as a little richer than they are. Shares of those five categories that no table has by
//! income (utilities, healthcare, leisure, the rest) follow food or its opposite.
use crate::{category::Category, currency::Currency};
use serde::{Deserialize, Serialize};

/// Where figures are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Region {
    UnitedStates,
    Canada,
    Europe,
    UnitedKingdom,
    India,
    Japan,
}

/// How well they fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fit {
    /// They are of the household's own country.
    Own,
    /// There are none for that country: these are of the nearest.
    Nearest,
    /// The country is not known: the currency tells.
    ByCurrency,
}

/// The figures that a household is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Whose they are.
    pub region: Region,
    /// How well they fit.
    pub fit: Fit,
}

impl Region {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        ["unitedStates", "canada", "europe", "unitedKingdom", "india", "japan"][self as usize]
    }
}

impl Fit {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        ["own", "nearest", "byCurrency"][self as usize]
    }
}

/// The members of the European Union.
const MEMBERS: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
/// Countries that live more like India than like any other that there are figures for.
const NEAR_INDIA: &str = "AF AO BD BF BI BJ BT CD CF CG CI CM DJ EG ER ET GH GM GN GW HT ID KE KG KH KM LA LK LR LS MA MG \
    ML MM MN MR MV MW MZ NE NG NP PG PH PK RW SD SL SN SO SS ST SZ TD TG TJ TL TN TZ UG UZ VN YE ZM ZW";
/// Countries near to Japan, to Canada, to the United States.
const NEAR_JAPAN: &str = "HK KR MO SG TW";
const NEAR_CANADA: &str = "AU NZ";
const NEAR_STATES: &str = "AS GU MP PR VI";

/// Which figures to take for a country, else for a currency.
pub fn place(country: Option<&str>, currency: Currency) -> Place {
    let own = |region| Place { region, fit: Fit::Own };
    let near = |region| Place { region, fit: Fit::Nearest };
    let Some(country) = country else { return Place { region: by_currency(currency), fit: Fit::ByCurrency } };
    let among = |list: &str| list.split_ascii_whitespace().any(|code| code == country);
    match country {
        "US" => own(Region::UnitedStates),
        "CA" => own(Region::Canada),
        "GB" => own(Region::UnitedKingdom),
        "IN" => own(Region::India),
        "JP" => own(Region::Japan),
        _ if among(MEMBERS) => own(Region::Europe),
        _ if among(NEAR_INDIA) => near(Region::India),
        _ if among(NEAR_JAPAN) => near(Region::Japan),
        _ if among(NEAR_CANADA) => near(Region::Canada),
        _ if among(NEAR_STATES) => near(Region::UnitedStates),
        _ => near(Region::Europe),
    }
}

fn by_currency(currency: Currency) -> Region {
    match currency.code() {
        "USD" => Region::UnitedStates,
        "CAD" | "AUD" | "NZD" => Region::Canada,
        "GBP" => Region::UnitedKingdom,
        "INR" | "PKR" | "BDT" | "LKR" | "NPR" | "IDR" | "PHP" | "VND" | "NGN" | "KES" | "EGP" => Region::India,
        "JPY" | "KRW" | "TWD" | "HKD" | "SGD" => Region::Japan,
        _ => Region::Europe,
    }
}

/// A household in the middle.
pub(super) struct Middle {
    pub currency: Currency,
    /// What it has a month, in minor units.
    pub monthly: i64,
    /// How many persons it has, in thousandths.
    pub persons: u64,
    /// How many are taken where nobody says: the mean household.
    pub typical: u64,
}

impl Region {
    /// The household in the middle; `town`: of a town, where the figures tell town from country.
    pub(super) fn middle(self, town: bool) -> Middle {
        let (currency, monthly, persons, typical) = match self {
            Self::UnitedStates => ("USD", 557_500, 2_500, 2_500),
            Self::Canada => ("CAD", 587_500, 2_400, 2_400),
            Self::Europe => ("EUR", 166_292, 1_000, 2_200),
            Self::UnitedKingdom => ("GBP", 270_097, 2_300, 2_300),
            Self::India if town => ("INR", 2_798_400, 4_000, 4_000),
            Self::India => ("INR", 2_223_600, 4_000, 4_000),
            Self::Japan => ("JPY", 314_001, 3_000, 2_200),
        };
        Middle { currency: currency.parse().unwrap_or(Currency::EUR), monthly, persons, typical }
    }

    /// Of a thousand that the middle spends, what goes where: housing, food, transportation, utilities, healthcare,
    /// entertainment, and the rest. Pensions and insurances of life (US, Canada) are no spending here.
    fn spending(self, town: bool) -> [u32; SPENT] {
        match self {
            Self::UnitedStates => [274, 129, 170, 60, 79, 46, 117],
            Self::Canada => [180, 114, 166, 60, 44, 46, 117],
            Self::Europe | Self::UnitedKingdom => EUROPE,
            Self::India => with_food(if town { 400 } else { 435 }),
            Self::Japan => with_food(286),
        }
    }
}

/// How many categories are for spending; what is put by has no line in a survey.
pub(super) const SPENT: usize = 7;
/// Which they are, needs first.
pub(super) const SPENDING: [Category; SPENT] = [
    Category::Housing,
    Category::Food,
    Category::Transportation,
    Category::Utilities,
    Category::Healthcare,
    Category::Entertainment,
    Category::Miscellaneous,
];
/// How many of them are needs.
pub(super) const NEEDS: usize = 5;

/// Food is 13.0 and two thirds of restaurants and hotels (8.7); the third goes to leisure. Of housing and energy (23.5),
/// 4.5 are energy and water; communications (2.4) stand with them.
const EUROPE: [u32; SPENT] = [190, 188, 131, 69, 44, 116, 262];
/// Housing and energy in the EU, and in those of whom it is known, in thousandths.
const HOUSING: (u32, [(&str, u32); 5]) = (235, [("FI", 285), ("FR", 263), ("GB", 260), ("LT", 150), ("MT", 103)]);

/// Europe's, with another share of food.
fn with_food(food: u32) -> [u32; SPENT] {
    let others = 1_000 - EUROPE[1];
    let mut shares = EUROPE.map(|share| share * (1_000 - food) / others);
    shares[1] = food;
    shares
}

/// What the middle household of a place spends, in thousandths.
pub(super) fn spending(region: Region, country: Option<&str>, town: bool) -> [u32; SPENT] {
    let mut shares = region.spending(town);
    let (mean, known) = HOUSING;
    if let Some((_, housing)) = known.iter().find(|(code, _)| Some(*code) == country) {
        // Dearer or cheaper homes; energy stays.
        shares[0] = (shares[0] + housing).saturating_sub(mean);
    }
    shares
}

/// How the shares of the spending change from the lowest to the highest fifth of incomes, in thousandths of the middle's.
/// Housing, food and transport as in Canada by fifths; the others follow food, more weakly, or go against it.
pub(super) const BY_INCOME: [[u32; 5]; SPENT] = [
    [1_370, 1_180, 1_000, 920, 750],
    [1_210, 1_180, 1_000, 880, 680],
    [940, 960, 1_000, 990, 830],
    [1_300, 1_150, 1_000, 900, 750],
    [1_100, 1_050, 1_000, 950, 850],
    [800, 900, 1_000, 1_100, 1_250],
    [700, 850, 1_000, 1_200, 1_500],
];

/// What the mean income of each fifth is of the middle's, in thousandths (US, as above).
pub(super) const FIFTHS: [u64; 5] = [224, 576, 1_000, 1_632, 3_552];

/// How much is put by in each fifth, in millionths of the income: 20 % as the rule of thumb has it (Warren and Tyagi, All
/// Your Worth, 2005) where it can be met, more where more can. The lowest fifth of the US spends 210 % of its income, the
/// second 117 %, the highest 57 %.
pub(super) const PUT_BY: [u32; 5] = [40_000, 80_000, 140_000, 200_000, 250_000];
/// Needs may take so much, in millionths: half of the income, where that can be met; the highest fifth needs less.
pub(super) const NEEDS_CAP: [u32; 5] = [1_000_000, 800_000, 660_000, 500_000, 450_000];
/// Wants may take so much: 30 %, in billionths.
pub(super) const WANTS_CAP: u64 = 300_000_000;

/// Food for one, two … six and more persons, in thousandths of what a household of the mean size spends on it.
pub(super) const FOOD_BY_SIZE: [u32; 6] = [880, 980, 1_040, 1_100, 1_160, 1_220];
/// Healthcare by age, in thousandths (BLS 2024: about half more from 65 on), in the order of the profile's ranges.
pub(super) const HEALTH_BY_AGE: [u32; 7] = [700, 700, 800, 950, 1_050, 1_200, 1_500];
