//! A budget: an income, split over the ten categories, from a month on.
use crate::{
    allocation::{Allocations, BasisPoints},
    category::COUNT,
    currency::Currency,
    ids::{BudgetId, UserId},
    input::{self, Change, Reader, Value},
    period::{Month, MonthStartDay},
    problem::{Problem, Problems},
    sharing::Collaborator,
    user::read_month_start_day,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shares::{Given, Shares};
use std::str::FromStr;

mod parts;
mod plans;
mod shares;

pub use parts::{NAME_MAX, PARTS_MAX, Rollover, Rollovers, Subcategories, Subcategory, fold};
pub use plans::{Plans, counting};

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
    /// What goes on from month to month.
    #[serde(default, skip_serializing_if = "Rollovers::is_none")]
    pub rollover: Rollovers,
    /// What the categories are made of.
    #[serde(default, skip_serializing_if = "Subcategories::is_empty")]
    pub subcategories: Subcategories,
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
    /// Who else has part in it, in the order in which they came.
    #[serde(default)]
    pub collaborators: Vec<Collaborator>,
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
    /// what goes on from month to month
    pub rollover: Rollovers,
    /// what the categories are made of
    pub subcategories: Subcategories,
    /// none: the user's preference
    pub month_start_day: Option<MonthStartDay>,
}

/// Reads {name, type?, monthlyIncome, currency, monthStartDay?, rollover?, allocations?: {category: {percentage or amount,
/// subcategories?}}}; without allocations the standard ones. All ten need not be named: those left out get nothing.
pub fn read_new(value: &Value) -> Result<NewBudget, Problems> {
    let mut reader = Reader::new(value);
    let name = reader.required("name", input::text);
    let kind = reader.optional("type", |value| input::word(value, &BudgetType::WORDS)).unwrap_or(BudgetType::Personal);
    let (income, currency) = read_income_and_currency(&mut reader);
    let month_start_day = reader.optional("monthStartDay", read_month_start_day);
    let given = shares::read(&mut reader, currency);
    let rollover = Rollovers(parts::read_rollover(&mut reader).unwrap_or_default().map(Option::unwrap_or_default));
    let allocations = match (&given, income) {
        (Some(given), income) => shares::exact(&mut reader, given.shares, income),
        (None, Some(income)) => Some(Allocations::standard(income)),
        (None, None) => None,
    };
    reader.finish()?;
    let (Some(name), Some(currency), Some(monthly_income), Some(allocations)) = (name, currency, income, allocations)
    else {
        return Err(Problems::default());
    };
    let mut subcategories = Subcategories::default();
    subcategories.change(&mut given.map(|given| given.parts).unwrap_or_default(), &allocations, currency)?;
    Ok(NewBudget { name, kind, monthly_income, currency, allocations, rollover, subcategories, month_start_day })
}

/// A change of a budget; what was left out stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetChange {
    /// The version it was made from.
    pub version: i64,
    name: Change<String>,
    kind: Change<BudgetType>,
    monthly_income: Change<i64>,
    given: Option<Given>,
    rollover: [Option<Rollover>; COUNT],
    month_start_day: Change<MonthStartDay>,
    is_active: Change<bool>,
    /// What is said about it in the history.
    pub note: Option<String>,
}

impl BudgetChange {
    /// The budget after the change; version, times and the month from which it counts are the use-case's.
    pub fn apply(self, budget: &mut Budget) -> Result<(), Problems> {
        let plan = &mut budget.plan;
        plan.name = self.name.or(std::mem::take(&mut plan.name));
        let income = self.monthly_income.or(plan.monthly_income);
        let (shares, mut parts) = self.given.map_or_else(<_>::default, |given| (Some(given.shares), given.parts));
        plan.allocations = match shares {
            // Amounts that were set to the cent stay as they are while nothing else is asked for.
            None if income == plan.monthly_income => plan.allocations,
            Some(Shares::Percentages(same))
                if income == plan.monthly_income && same == plan.allocations.percentages() =>
            {
                plan.allocations
            }
            None => Shares::Percentages(plan.allocations.percentages()).of(income)?,
            Some(shares) => shares.of(income)?,
        };
        plan.monthly_income = income;
        plan.subcategories.change(&mut parts, &plan.allocations, plan.currency)?;
        for (now, change) in plan.rollover.0.iter_mut().zip(self.rollover) {
            *now = change.unwrap_or(*now);
        }
        budget.kind = self.kind.or(budget.kind);
        budget.month_start_day = self.month_start_day.or(budget.month_start_day);
        budget.is_active = self.is_active.or(budget.is_active);
        Ok(())
    }
}

/// Reads {version, name?, type?, monthlyIncome?, allocations?, rollover?, monthStartDay?, isActive?, note?}. The
/// currency stays: the
/// totals are kept in it.
pub fn read_change(value: &Value, before: &Budget) -> Result<BudgetChange, Problems> {
    let mut reader = Reader::new(value);
    let currency = before.plan.currency;
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    let name = reader.change("name", input::text);
    let kind = reader.change("type", |value| input::word(value, &BudgetType::WORDS));
    let monthly_income = reader.change("monthlyIncome", |value| input::positive_amount(value, currency));
    let given = shares::read(&mut reader, Some(currency));
    if let Some(given) = &given {
        let income = match &monthly_income {
            Change::Set(income) => *income,
            Change::Keep => before.plan.monthly_income,
        };
        let income = Some(income).filter(|_| !reader.has_problem("monthlyIncome"));
        shares::exact(&mut reader, given.shares, income);
    }
    let rollover = parts::read_rollover(&mut reader).unwrap_or_default();
    let month_start_day = reader.change("monthStartDay", read_month_start_day);
    let is_active = reader.change("isActive", input::boolean);
    let note = reader.optional("note", input::text);
    reader.finish()?;
    Ok(BudgetChange {
        version: version.unwrap_or(1),
        name,
        kind,
        monthly_income,
        given,
        rollover,
        month_start_day,
        is_active,
        note,
    })
}

/// Reads {monthlyIncome, currency}: none only where a problem has been noted.
pub fn read_income_and_currency(reader: &mut Reader<'_>) -> (Option<i64>, Option<Currency>) {
    let currency = reader.required("currency", input::currency);
    (read_income(reader, currency), currency)
}

fn read_income(reader: &mut Reader<'_>, currency: Option<Currency>) -> Option<i64> {
    // Without a currency the decimals can't be judged, the rest can.
    let known = currency.unwrap_or(Currency::USD);
    reader.required("monthlyIncome", |value| match input::positive_amount(value, known) {
        Err(Problem::TooManyDecimals { .. }) if currency.is_none() => Ok(1),
        other => other,
    })
}

/// All that `allocations` says, made to sum to exactly 100 %; none where it says nothing, or what can't be.
pub(crate) fn read_exact_percentages(reader: &mut Reader<'_>) -> Option<[BasisPoints; COUNT]> {
    let given = shares::read(reader, None)?;
    shares::exact(reader, given.shares, None).map(|allocations| allocations.percentages())
}
