//! What is kept of a month of a budget.
use super::number::Decimal;
use domain::{
    currency::Currency,
    months::{MonthEntry, Move},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// `data` of one month.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneMonth {
    /// The month.
    month: MonthView,
}

/// What is kept of a month besides its plan. Amounts in the budget's currency.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthView {
    budget_id: String,
    /// Such as 2026-11.
    month: String,
    currency: &'static str,
    /// In the order in which they were made.
    moves: Vec<MoveView>,
    /// What is to come in, where somebody has said it; else null: the plan's income counts.
    planned_income: Option<Decimal>,
    /// What came in, where somebody has said it; else null: what was booked counts.
    received_income: Option<Decimal>,
    /// The month that it was copied from.
    copied_from: Option<String>,
    /// 0 while nothing is kept; an update may send it back.
    version: i64,
}

/// Money moved from one category to another.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MoveView {
    id: String,
    from: &'static str,
    to: &'static str,
    amount: Decimal,
    /// By whom.
    by: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl MoveView {
    /// Moves in a currency of so many decimals.
    pub fn all(moves: Vec<Move>, exponent: u8) -> Vec<Self> {
        let view = |one: Move| Self {
            id: one.id.to_string(),
            from: one.from.as_str(),
            to: one.to.as_str(),
            amount: Decimal::minor(one.amount, exponent),
            by: one.by.to_string(),
            at: one.at,
        };
        moves.into_iter().map(view).collect()
    }
}

impl MonthView {
    /// A month of a budget in that currency.
    pub fn new(entry: MonthEntry, currency: Currency) -> Self {
        let amount = |minor: i64| Decimal::minor(minor, currency.exponent());
        Self {
            budget_id: entry.budget_id.to_string(),
            month: entry.month.to_string(),
            currency: currency.code(),
            moves: MoveView::all(entry.moves, currency.exponent()),
            planned_income: entry.planned_income.map(amount),
            received_income: entry.received_income.map(amount),
            copied_from: entry.copied_from.map(|month| month.to_string()),
            version: entry.version,
        }
    }
}

impl OneMonth {
    /// A month of a budget in that currency.
    pub fn new(entry: MonthEntry, currency: Currency) -> Self {
        Self { month: MonthView::new(entry, currency) }
    }
}
