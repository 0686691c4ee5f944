//! A budget: an income, split over the ten categories, from a month on.
use crate::{
    allocation::{Allocations, BasisPoints},
    category::{COUNT, Category},
    currency::Currency,
    ids::{BudgetId, UserId},
    input::{self, Change, Reader, Value},
    period::{Month, MonthStartDay},
    problem::{Problem, Problems},
    user::read_month_start_day,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Who it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum BudgetType {
    Personal,
    Shared,
    Family,
}

impl BudgetType {
    /// The words a client may send.
    pub const WORDS: [&'static str; 3] = ["personal", "shared", "family"];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

impl FromStr for BudgetType {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Personal, Self::Shared, Self::Family].into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// What a version of a budget is: everything that a past month keeps when the budget is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// What it is called.
    pub name: String,
    /// Minor units of `currency`, above zero.
    pub monthly_income: i64,
    /// All totals are in it.
    pub currency: Currency,
    /// Sum exactly to 100 % and to the income.
    pub allocations: Allocations,
    /// The month from which it counts.
    pub effective_from: Month,
}

/// A budget as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// Which.
    pub id: BudgetId,
    /// The owner.
    pub user_id: UserId,
    /// Who it is for.
    pub kind: BudgetType,
    /// The newest version's plan.
    pub plan: Plan,
    /// Whether the allocations came from a model.
    pub ai_generated: bool,
    /// The day on which its months begin.
    pub month_start_day: MonthStartDay,
    /// Starts at 1.
    pub version: i64,
    /// False = archived.
    pub is_active: bool,
    /// Begin.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last change.
    #[serde(with = "crate::wire::timestamp")]
    pub updated_at: Timestamp,
    /// In the trash since.
    #[serde(with = "crate::wire::timestamp::optional", default)]
    pub deleted_at: Option<Timestamp>,
}

/// A budget that is valid in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    /// 1 to 255 characters
    pub name: String,
    /// who it is for
    pub kind: BudgetType,
    /// minor units, above zero
    pub monthly_income: i64,
    /// what it is kept in
    pub currency: Currency,
    /// exact
    pub allocations: Allocations,
    /// none: the user's preference
    pub month_start_day: Option<MonthStartDay>,
}

/// Reads {name, type?, monthlyIncome, currency, monthStartDay?, allocations?: {category: {percentage}}}; without
/// allocations the standard ones. All ten need not be named: those left out get nothing.
pub fn read_new(value: &Value) -> Result<NewBudget, Problems> {
    let mut reader = Reader::new(value);
    let name = reader.required("name", input::text);
    let kind = reader.optional("type", |value| input::word(value, &BudgetType::WORDS)).unwrap_or(BudgetType::Personal);
    let currency = reader.required("currency", input::currency);
    let income = read_income(&mut reader, currency);
    let month_start_day = reader.optional("monthStartDay", read_month_start_day);
    let percentages = read_percentages(&mut reader);
    let allocations = match (percentages, income) {
        (Some(percentages), income) => fixed(&mut reader, &percentages, income.unwrap_or(1)),
        (None, Some(income)) => Some(Allocations::standard(income)),
        (None, None) => None,
    };
    reader.finish()?;
    match (name, currency, income, allocations) {
        (Some(name), Some(currency), Some(monthly_income), Some(allocations)) => {
            Ok(NewBudget { name, kind, monthly_income, currency, allocations, month_start_day })
        }
        _ => Err(Problems::default()),
    }
}

/// A change of a budget; what was left out stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetChange {
    /// The version it was made from.
    pub version: i64,
    name: Change<String>,
    kind: Change<BudgetType>,
    monthly_income: Change<i64>,
    percentages: Option<[BasisPoints; COUNT]>,
    month_start_day: Change<MonthStartDay>,
    is_active: Change<bool>,
}

impl BudgetChange {
    /// The budget after the change; version, times and the month from which it counts are the use-case's.
    pub fn apply(self, budget: &mut Budget) -> Result<(), Problems> {
        let plan = &mut budget.plan;
        plan.name = self.name.or(std::mem::take(&mut plan.name));
        plan.monthly_income = self.monthly_income.or(plan.monthly_income);
        let percentages =
            self.percentages.unwrap_or_else(|| plan.allocations.0.map(|allocation| allocation.percentage));
        plan.allocations = Allocations::from_percentages(&percentages, plan.monthly_income)
            .map_err(|problem| Problems::one("allocations", problem))?;
        budget.kind = self.kind.or(budget.kind);
        budget.month_start_day = self.month_start_day.or(budget.month_start_day);
        budget.is_active = self.is_active.or(budget.is_active);
        Ok(())
    }
}

/// Reads {version, name?, type?, monthlyIncome?, allocations?, monthStartDay?, isActive?}. The currency stays: the
/// totals are kept in it.
pub fn read_change(value: &Value, before: &Budget) -> Result<BudgetChange, Problems> {
    let mut reader = Reader::new(value);
    let currency = before.plan.currency;
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    let name = reader.change("name", input::text);
    let kind = reader.change("type", |value| input::word(value, &BudgetType::WORDS));
    let monthly_income = reader.change("monthlyIncome", |value| input::positive_amount(value, currency));
    let percentages = read_percentages(&mut reader);
    if let Some(percentages) = &percentages {
        fixed(&mut reader, percentages, 1);
    }
    let month_start_day = reader.change("monthStartDay", read_month_start_day);
    let is_active = reader.change("isActive", input::boolean);
    reader.finish()?;
    Ok(BudgetChange {
        version: version.unwrap_or(1),
        name,
        kind,
        monthly_income,
        percentages,
        month_start_day,
        is_active,
    })
}

fn read_income(reader: &mut Reader<'_>, currency: Option<Currency>) -> Option<i64> {
    // Without a currency the decimals can't be judged, the rest can.
    let known = currency.unwrap_or(Currency::USD);
    reader.required("monthlyIncome", |value| match input::positive_amount(value, known) {
        Err(Problem::TooManyDecimals { .. }) if currency.is_none() => Ok(1),
        other => other,
    })
}

fn read_percentages(reader: &mut Reader<'_>) -> Option<[BasisPoints; COUNT]> {
    reader.object("allocations", |inner| {
        Category::ALL.map(|category| {
            inner
                .object(category.as_str(), |allocation| {
                    allocation.required("percentage", |value| {
                        BasisPoints::parse(input::number_text(value)?).map_err(percent_problem)
                    })
                })
                .flatten()
                .unwrap_or(BasisPoints(0))
        })
    })
}

fn percent_problem(error: crate::money::AmountError) -> Problem {
    use crate::money::AmountError as E;
    match error {
        E::NotANumber => Problem::NotANumber,
        E::TooManyDecimals => Problem::TooManyDecimals { max: 2, unit: "%".to_owned() },
        E::OutOfRange => Problem::OutOfRange { min: "0".to_owned(), max: "100".to_owned() },
    }
}

fn fixed(reader: &mut Reader<'_>, percentages: &[BasisPoints; COUNT], income: i64) -> Option<Allocations> {
    if reader.has_problem_below("allocations") {
        return None;
    }
    match Allocations::from_percentages(percentages, income) {
        Ok(allocations) => Some(allocations),
        Err(problem) => {
            reader.problem("allocations", problem);
            None
        }
    }
}
