//! An expense, refund, income or transfer.
use super::{number::Decimal, recurring::ExpenseRecurrence};
use domain::{
    Date,
    category::Category,
    expense::{Expense, Location, PaymentMethod, Point, Split},
    ids::SeriesId,
    merchant::clean,
    recurrence::Series,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// `data` of one expense.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneExpense {
    /// The expense.
    pub expense: ExpenseView,
}

/// An expense, refund, income or one leg of a transfer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExpenseView {
    id: String,
    /// Who entered it.
    user_id: String,
    /// null = private
    budget_id: Option<String>,
    account_id: Option<String>,
    /// expense, refund, income, transfer
    kind: &'static str,
    /// draft, `needs_review`, cleared, reconciled
    status: &'static str,
    /// Above zero; the kind gives the sign.
    amount: Decimal,
    /// ISO 4217.
    currency: &'static str,
    /// In the budget's currency; null where no rate for the day is known.
    base_amount: Option<Decimal>,
    base_currency: Option<&'static str>,
    /// Units of the base currency for one of the expense's.
    rate: Option<Decimal>,
    #[schema(value_type = Option<String>, format = Date)]
    rate_date: Option<Date>,
    /// One of the ten; null = uncategorised
    category: Option<&'static str>,
    subcategory: Option<String>,
    description: Option<String>,
    notes: Option<String>,
    /// As printed.
    merchant: Option<String>,
    /// The merchant's own name, without what a bank prints around it.
    merchant_name: Option<String>,
    #[schema(value_type = String, format = Date)]
    date: Date,
    payment_method: Option<&'static str>,
    tags: Vec<String>,
    splits: Vec<SplitView>,
    /// Where it was.
    location: Option<LocationView>,
    import_id: Option<String>,
    /// Of a transfer with two legs: by which they are known together.
    transfer_id: Option<String>,
    /// Of one leg: in or out.
    direction: Option<&'static str>,
    /// The other leg.
    other_leg_id: Option<String>,
    /// Whether it belongs to a series.
    is_recurring: bool,
    /// Of a recurring one: which series, which of its days, and by which rule.
    recurring_pattern: Option<ExpenseRecurrence>,
    /// Starts at 1; an update sends it back.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    deleted_at: Option<Timestamp>,
}

/// Where something was spent.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationView {
    /// Degrees north; null where only the address is known.
    lat: Option<Decimal>,
    /// Degrees east.
    lng: Option<Decimal>,
    address: Option<String>,
}

impl From<Location> for LocationView {
    fn from(location: Location) -> Self {
        let (lat, lng) = location.point.map(Point::to_decimals).unzip();
        Self { lat: lat.map(Decimal::text), lng: lng.map(Decimal::text), address: location.address }
    }
}

/// A part of an expense.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SplitView {
    category: Option<&'static str>,
    subcategory: Option<String>,
    amount: Decimal,
    memo: Option<String>,
    /// Whose it is; null = everybody's.
    member_id: Option<String>,
}

/// Parts of an expense, in a currency of so many decimals.
pub fn split_views(splits: Vec<Split>, exponent: u8) -> Vec<SplitView> {
    let view = |split: Split| SplitView {
        category: split.category.map(Category::as_str),
        subcategory: split.subcategory,
        amount: Decimal::minor(split.amount, exponent),
        memo: split.memo,
        member_id: split.member_id.map(|id| id.to_string()),
    };
    splits.into_iter().map(view).collect()
}

impl From<Expense> for ExpenseView {
    fn from(expense: Expense) -> Self {
        let exponent = expense.amount.currency().exponent();
        let (transfer, leg) = (expense.transfer_id(), expense.leg());
        let base = expense.base;
        let splits = split_views(expense.splits, exponent);
        Self {
            id: expense.id.to_string(),
            user_id: expense.user_id.to_string(),
            budget_id: expense.budget_id.map(|id| id.to_string()),
            account_id: expense.account_id.map(|id| id.to_string()),
            kind: expense.kind.as_str(),
            status: expense.status.as_str(),
            amount: Decimal::of(expense.amount),
            currency: expense.amount.currency().code(),
            base_amount: base.as_ref().map(|base| Decimal::of(base.amount)),
            base_currency: base.as_ref().map(|base| base.amount.currency().code()),
            rate: base.as_ref().map(|base| Decimal::text(base.rate.as_str())),
            rate_date: base.map(|base| base.rate_date),
            category: expense.category.map(Category::as_str),
            subcategory: expense.subcategory,
            description: expense.description,
            notes: expense.notes,
            merchant_name: expense.merchant.as_deref().map(|printed| clean(printed).name),
            merchant: expense.merchant,
            date: expense.date,
            payment_method: expense.payment_method.map(PaymentMethod::as_str),
            tags: expense.tags,
            splits,
            location: expense.location.map(LocationView::from),
            import_id: expense.import_id.map(|id| id.to_string()),
            transfer_id: transfer.map(|id| id.to_string()),
            direction: leg.map(|leg| if leg.incoming { "in" } else { "out" }),
            other_leg_id: leg.map(|leg| leg.other.to_string()),
            is_recurring: expense.recurring.is_some(),
            recurring_pattern: expense.recurring.map(ExpenseRecurrence::from),
            version: expense.version,
            created_at: expense.created_at,
            updated_at: expense.updated_at,
            deleted_at: expense.deleted_at,
        }
    }
}

impl ExpenseView {
    /// With the rule of its series, if that is known.
    pub fn with_rule(expense: Expense, rules: &BTreeMap<SeriesId, Series>) -> Self {
        let rule = expense.recurring.and_then(|of| rules.get(&of.series_id));
        let mut view = Self::from(expense);
        if let (Some(of), Some(rule)) = (&mut view.recurring_pattern, rule) {
            of.tell(rule);
        }
        view
    }
}

impl From<Expense> for OneExpense {
    fn from(expense: Expense) -> Self {
        Self { expense: expense.into() }
    }
}
