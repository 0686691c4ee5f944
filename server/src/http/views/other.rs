//! Currencies, rates, categories, the trash, health.
use super::{budget::BudgetView, expense::ExpenseView, number::Decimal};
use domain::{Date, category::Category, currency::Currency};
use jiff::Timestamp;
use serde::Serialize;
use service::{ports::store::Trashed, rates::RateSheet};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An active ISO 4217 currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrencyView {
    /// Three capital letters.
    code: &'static str,
    /// ISO 4217's number.
    numeric: u16,
    name: &'static str,
    symbol: &'static str,
    /// How many decimals.
    exponent: u8,
}

impl From<Currency> for CurrencyView {
    fn from(currency: Currency) -> Self {
        Self {
            code: currency.code(),
            numeric: currency.numeric(),
            name: currency.name(),
            symbol: currency.symbol(),
            exponent: currency.exponent(),
        }
    }
}

/// Rates of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatesView {
    /// One unit of it …
    base: &'static str,
    /// … on this day (the last one with rates up to the day asked for) …
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// … as published by …
    source: String,
    /// … is so many units of these.
    rates: BTreeMap<&'static str, Decimal>,
}

impl From<RateSheet> for RatesView {
    fn from(sheet: RateSheet) -> Self {
        Self {
            base: sheet.base.code(),
            date: sheet.date,
            source: sheet.source,
            rates: sheet.rates.into_iter().map(|(currency, rate)| (currency.code(), Decimal::text(rate))).collect(),
        }
    }
}

/// One of the ten categories.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// As in expenses and allocations.
    id: &'static str,
    /// In English.
    name: &'static str,
    /// Name of its picture.
    icon: &'static str,
    /// Its colour on light pages.
    color: &'static str,
    /// The user's own parts of it; none yet.
    subcategories: Vec<String>,
}

impl From<Category> for CategoryView {
    fn from(category: Category) -> Self {
        let (name, icon, color) = match category {
            Category::Housing => ("Housing", "home", "#4c6ef5"),
            Category::Food => ("Food", "utensils", "#e8590c"),
            Category::Transportation => ("Transportation", "car", "#1098ad"),
            Category::Utilities => ("Utilities", "plug", "#f08c00"),
            Category::Healthcare => ("Healthcare", "heart-pulse", "#e03131"),
            Category::Entertainment => ("Entertainment", "ticket", "#9c36b5"),
            Category::Savings => ("Savings", "piggy-bank", "#2f9e44"),
            Category::Emergency => ("Emergency", "life-buoy", "#c2255c"),
            Category::Investments => ("Investments", "trending-up", "#0b7285"),
            Category::Miscellaneous => ("Miscellaneous", "shapes", "#868e96"),
        };
        Self { id: category.as_str(), name, icon, color, subcategories: Vec::new() }
    }
}

/// Something in the trash.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrashedView {
    id: String,
    /// budget, expense
    kind: &'static str,
    #[schema(value_type = Option<String>, format = DateTime)]
    deleted_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<BudgetView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expense: Option<ExpenseView>,
}

impl From<Trashed> for TrashedView {
    fn from(trashed: Trashed) -> Self {
        match trashed {
            Trashed::Budget { budget } => {
                // Only its owner can put a budget into the trash, and sees it there.
                let reader = budget.user_id;
                Self {
                    id: budget.id.to_string(),
                    kind: "budget",
                    deleted_at: budget.deleted_at,
                    budget: Some(BudgetView::new(*budget, reader)),
                    expense: None,
                }
            }
            Trashed::Expense { expense } => Self {
                id: expense.id.to_string(),
                kind: "expense",
                deleted_at: expense.deleted_at,
                budget: None,
                expense: Some(ExpenseView::from(*expense)),
            },
        }
    }
}

/// How the program is.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthView {
    /// healthy, degraded, unhealthy
    pub status: &'static str,
    /// Now.
    #[schema(value_type = String, format = DateTime)]
    pub timestamp: Timestamp,
    /// The build's.
    pub version: &'static str,
    /// Seconds since the start.
    pub uptime: u64,
    /// The parts.
    pub services: ServicesView,
}

/// The parts that the program needs or can use.
#[derive(Debug, Serialize, ToSchema)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub struct ServicesView {
    pub database: PartView,
    /// Redis: sessions, counters, cache and events.
    pub cache: PartView,
    pub ai: PartView,
    pub ocr: PartView,
    pub mail: PartView,
}

/// One part.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartView {
    /// up, down, off (not configured)
    pub status: &'static str,
    /// How long it took to answer, in milliseconds.
    pub latency_ms: Option<u64>,
}

impl PartView {
    /// Not configured.
    pub const OFF: Self = Self { status: "off", latency_ms: None };
}
