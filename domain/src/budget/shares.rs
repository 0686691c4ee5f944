//! What each category is to get, as it was sent: by percentages, or by amounts.
use super::parts::{self, GivenParts};
use crate::{
    allocation::{Allocations, BasisPoints},
    category::{COUNT, Category},
    currency::Currency,
    input::{self, Reader, Value},
    problem::{Problem, Problems},
};

/// What was sent of all categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) shares: Shares,
    pub(super) parts: GivenParts,
}

/// By one or the other; the other one follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shares {
    Percentages([BasisPoints; COUNT]),
    /// Minor units; must sum to the income.
    Amounts([i64; COUNT]),
}

impl Shares {
    /// What that is of an income.
    pub(super) fn of(self, income: i64) -> Result<Allocations, Problems> {
        self.split(income).map_err(|problem| Problems::one("allocations", problem))
    }

    fn split(self, income: i64) -> Result<Allocations, Problem> {
        match self {
            Self::Percentages(percentages) => Allocations::from_percentages(&percentages, income),
            Self::Amounts(amounts) => Allocations::from_amounts(&amounts, income),
        }
    }
}

/// Of one category: its percentage or its amount, and its parts.
#[derive(Default)]
struct Entry {
    percentage: Option<BasisPoints>,
    amount: Option<i64>,
    parts: Option<Vec<super::Subcategory>>,
}

/// Reads {category: {percentage or amount, subcategories?}}; all by percentage, or all by amount.
pub(super) fn read(reader: &mut Reader<'_>, currency: Option<Currency>) -> Option<Given> {
    let entries = reader.object("allocations", |inner| {
        let entries = Category::ALL.map(|category| {
            inner.object(category.as_str(), |allocation| read_entry(allocation, currency)).unwrap_or_default()
        });
        let by_amount = entries.iter().any(|entry| entry.amount.is_some());
        for (category, entry) in Category::ALL.into_iter().zip(&entries) {
            if by_amount && entry.percentage.is_some() {
                inner.problem(&format!("{category}.percentage"), Problem::MustBeEmpty);
            }
        }
        (by_amount, entries)
    });
    let (by_amount, entries) = entries?;
    let shares = if by_amount {
        Shares::Amounts(std::array::from_fn(|index| entries[index].amount.unwrap_or(0)))
    } else {
        Shares::Percentages(std::array::from_fn(|index| entries[index].percentage.unwrap_or_default()))
    };
    Some(Given { shares, parts: entries.map(|entry| entry.parts) })
}

fn read_entry(reader: &mut Reader<'_>, currency: Option<Currency>) -> Entry {
    let amount = reader.optional("amount", |value| parts::read_amount(value, currency));
    let by_amount = amount.is_some() || reader.has_problem("amount");
    let percentage = |value: &Value| BasisPoints::parse(input::number_text(value)?).map_err(|e| e.percent_problem());
    let percentage =
        if by_amount { reader.optional("percentage", percentage) } else { reader.required("percentage", percentage) };
    Entry { percentage, amount, parts: parts::read_parts(reader, currency) }
}

/// What that is of the income, to the last minor unit; none where a problem has been noted. Without an income only
/// percentages can be judged.
pub(super) fn exact(reader: &mut Reader<'_>, shares: Shares, income: Option<i64>) -> Option<Allocations> {
    if reader.has_problem_below("allocations") || (income.is_none() && matches!(shares, Shares::Amounts(_))) {
        return None;
    }
    match shares.split(income.unwrap_or(1)) {
        Ok(allocations) => Some(allocations),
        Err(problem) => {
            reader.problem("allocations", problem);
            None
        }
    }
}
