//! A budget proposed by rules: how an income could be shared, and for each category why.
//!
//! The evidence, strongest first: what the household itself has spent in its last full months; what households of its
//! country, income and size spend (see `figures` for whose figures they are); the rules of thumb that
//! needs take half, wants 30 % and 20 % are put by. What is put by goes into a reserve first, then to what is planned, then
//! to what may grow. The same question has the same answer, to the last minor unit.
mod accept;
mod figures;
mod history;
mod level;
mod shares;
#[cfg(test)]
mod tests;

pub use accept::{Accepted, accept, read_accepted};
pub use figures::{Fit, Place, Region, place};
pub use history::{MONTHS, MONTHS_NEEDED, Medians, full_months, medians};
pub use level::Level;

use crate::{
    Date,
    allocation::{Allocation, Allocations, BasisPoints},
    category::{COUNT, Category},
    currency::Currency,
    input::{self, Reader},
    rates::RateTable,
    user::{AGE_RANGES, Profile, one_of, read_country, read_family_size},
};
use serde::{Deserialize, Serialize};

/// What a household says of itself, all of it optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Household {
    /// Free text. That there is one tells town from country, where figures do.
    pub city: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// 1 to 20.
    pub family_size: Option<u8>,
    /// One of [`AGE_RANGES`].
    pub age_range: Option<String>,
    /// Free text. No survey tells by it.
    pub occupation: Option<String>,
}

impl From<&Profile> for Household {
    fn from(profile: &Profile) -> Self {
        Self {
            city: profile.city.clone(),
            country: profile.country.clone(),
            family_size: profile.family_size,
            age_range: profile.age_range.clone(),
            occupation: profile.occupation.clone(),
        }
    }
}

/// Reads {city?, country?, familySize?, ageRange?, occupation?}; what is left out is as the profile says.
pub fn read_household(reader: &mut Reader<'_>, profile: &Profile) -> Household {
    let known = Household::from(profile);
    Household {
        city: reader.optional("city", input::text).or(known.city),
        country: reader.optional("country", read_country).or(known.country),
        family_size: reader.optional("familySize", read_family_size).or(known.family_size),
        age_range: reader.optional("ageRange", |value| one_of(value, &AGE_RANGES)).or(known.age_range),
        occupation: reader.optional("occupation", input::text).or(known.occupation),
    }
}

/// The rates by which incomes are compared, and the day.
#[derive(Debug, Clone, Copy)]
pub struct Rates<'a> {
    /// All of them.
    pub table: &'a RateTable,
    /// Of this day.
    pub on: Date,
}

/// What a budget is proposed for.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// A month's, after taxes, in minor units; above zero.
    pub income: i64,
    /// Of the income.
    pub currency: Currency,
    /// Who lives on it.
    pub household: &'a Household,
    /// What they have spent so far, in the same currency.
    pub history: Option<&'a Medians>,
}

/// Why a category gets what it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Evidence {
    /// The middle of the household's own last months.
    OwnMedian {
        /// how many there are
        months: u8,
        /// minor units of the budget's currency
        amount: i64,
    },
    /// What such households spend on it.
    HouseholdShare {
        /// whose figures they are
        place: Place,
        /// which fifth of the incomes; none where incomes can't be compared for want of a rate
        level: Option<Level>,
        /// of how many persons; none: of all sizes
        size: Option<u8>,
        /// of the income
        share: BasisPoints,
    },
    /// A rule of thumb.
    CapOf {
        /// which
        rule: Rule,
    },
    /// What is left of the income.
    Rest,
}

/// Rules of thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// A reserve comes first: up to 5 %.
    Reserve,
    /// Then what is planned: up to 10 %.
    Planned,
    /// Then what may grow: the 5 % that make 20 with the others, and what can be put by beyond.
    Growth,
    /// Needs take half of the income at most, where that can be met.
    Needs,
    /// Wants get what needs leave beside what is put by, up to 30 %.
    Wants,
    /// What the household really spends leaves no more.
    Room,
    /// All that is spent comes to more than the income: each gives way in proportion.
    Income,
}

impl Rule {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        ["reserve", "planned", "growth", "needs", "wants", "room", "income"][self as usize]
    }
}

/// What a category gets, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Which.
    pub category: Category,
    /// What it gets.
    pub allocation: Allocation,
    /// Why.
    pub evidence: Evidence,
    /// By which rule that was changed, if it was.
    pub adjusted: Option<Rule>,
}

/// A budget that is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// For this income.
    pub income: i64,
    /// Of all amounts.
    pub currency: Currency,
    /// For whom.
    pub household: Household,
    /// With whom they are compared.
    pub place: Place,
    /// Which fifth of the incomes that is; none where it can't be told.
    pub level: Option<Level>,
    /// How many own months count; none: too few.
    pub months: Option<u8>,
    /// The ten categories, in order.
    pub lines: Vec<Line>,
}

impl Proposal {
    /// What each category gets.
    pub fn allocations(&self) -> Allocations {
        let mut allocations = Allocations([Allocation::default(); COUNT]);
        for line in &self.lines {
            allocations[line.category] = line.allocation;
        }
        allocations
    }
}

/// The budget that fits best.
pub fn propose(question: Question<'_>, rates: Rates<'_>) -> Proposal {
    let Question { income, currency, household, history, .. } = question;
    let place = figures::place(household.country.as_deref(), currency);
    let standing = level::standing(income, currency, household, place, rates);
    let level = standing.map(level::Standing::level);
    let drafted = shares::draft(question, place, standing);
    let percentages = Category::ALL.map(|category| drafted[category.index()].share);
    let amounts = Allocations::exactly(percentages, income);
    let lines = Category::ALL.map(|category| {
        let drafted = drafted[category.index()];
        Line { category, allocation: amounts[category], evidence: drafted.evidence, adjusted: drafted.adjusted }
    });
    Proposal {
        income,
        currency,
        household: household.clone(),
        place,
        level,
        months: history.map(|history| history.months),
        lines: lines.to_vec(),
    }
}
