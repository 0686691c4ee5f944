//! Series of recurring expenses, and what was found in a history.
use super::{
    expense::{SplitView, split_views},
    number::Decimal,
};
use domain::{
    Date,
    category::Category,
    expense::{PaymentMethod, SeriesSlot},
    recurrence::{Evident, Exception, Occurrence, RecurringPattern, Series},
};
use jiff::Timestamp;
use serde::Serialize;
use service::recurring::{AHEAD, Proposal};
use utoipa::ToSchema;

/// `data` of one series.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneRecurring {
    /// The series.
    pub recurring: RecurringView,
}

/// Which occurrence of a series an expense is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExpenseRecurrence {
    /// The series (`/api/recurring`).
    parent_id: String,
    /// The day by its rule that this is the expense of.
    #[schema(value_type = String, format = Date)]
    slot: Date,
    /// weekly, monthly, yearly; left out, like what follows, in the trash and in the timeline
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor_day: Option<u8>,
    /// When the next one happens; left out where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    next_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    end_date: Option<Date>,
}

impl From<SeriesSlot> for ExpenseRecurrence {
    fn from(of: SeriesSlot) -> Self {
        Self {
            parent_id: of.series_id.to_string(),
            slot: of.slot,
            frequency: None,
            interval: None,
            anchor_day: None,
            next_date: None,
            end_date: None,
        }
    }
}

impl ExpenseRecurrence {
    /// Adds the rule of its series.
    pub fn tell(&mut self, series: &Series) {
        self.frequency = Some(series.pattern.frequency.as_str());
        self.interval = Some(series.pattern.interval);
        self.anchor_day = Some(series.pattern.anchor_day);
        self.next_date = series.next_date;
        self.end_date = series.pattern.end_date;
    }
}

/// A series of recurring expenses, or what seems to be one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecurringView {
    id: String,
    /// In whose name its expenses are made.
    user_id: String,
    /// null = private
    budget_id: Option<String>,
    account_id: Option<String>,
    /// declared, detected
    origin: &'static str,
    /// active, paused, ended, dismissed; proposed: was found, and waits for accept or dismiss
    standing: &'static str,
    /// expense, refund, income, transfer
    kind: &'static str,
    /// What its expenses are made as: cleared, `needs_review`
    status: &'static str,
    amount: Decimal,
    /// ISO 4217.
    currency: &'static str,
    /// The smallest and the largest amount of the evidence.
    min_amount: Decimal,
    max_amount: Decimal,
    /// One of the ten; null = uncategorised
    category: Option<&'static str>,
    subcategory: Option<String>,
    merchant: Option<String>,
    description: Option<String>,
    notes: Option<String>,
    payment_method: Option<&'static str>,
    tags: Vec<String>,
    splits: Vec<SplitView>,
    recurring_pattern: SeriesRule,
    /// null = nothing more
    #[schema(value_type = Option<String>, format = Date)]
    next_date: Option<Date>,
    /// The next ones, at most six.
    upcoming: Vec<UpcomingView>,
    /// The expenses by which it was found, by date.
    evidence: Vec<EvidentView>,
    /// Starts at 1; an update sends it back. 0 of what is only proposed.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// On which days something repeats.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeriesRule {
    /// weekly, monthly, yearly
    frequency: &'static str,
    /// Every so many weeks, months, years.
    interval: u16,
    #[schema(value_type = String, format = Date)]
    anchor_date: Date,
    /// Day of the month, or of the week from Monday (1) on; the last day of months that are shorter.
    anchor_day: u8,
    /// The last day on which one can be.
    #[schema(value_type = Option<String>, format = Date)]
    end_date: Option<Date>,
    pauses: Vec<SeriesPauseView>,
    /// Days that are left out.
    #[schema(value_type = Vec<String>)]
    skipped: Vec<Date>,
    changed: Vec<SlotChangedView>,
}

/// Days without.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesPauseView {
    /// The first day without.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The first day with again; null = until it is resumed
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

/// How one differs from the rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotChangedView {
    /// The day by the rule.
    #[schema(value_type = String, format = Date)]
    slot: Date,
    /// null = on that day
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// null = as ever
    amount: Option<Decimal>,
}

/// One that is still to come.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpcomingView {
    /// The day by the rule, by which it is skipped or changed.
    #[schema(value_type = String, format = Date)]
    slot: Date,
    /// The day on which it happens.
    #[schema(value_type = String, format = Date)]
    date: Date,
    amount: Decimal,
}

/// An expense by which a series was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvidentView {
    expense_id: String,
    #[schema(value_type = String, format = Date)]
    date: Date,
    amount: Decimal,
}

impl RecurringView {
    /// A series as it stands on a day.
    pub fn new(series: Series, today: Date) -> Self {
        let standing = series.standing(today).as_str();
        let upcoming = upcoming(&series);
        let template = series.template;
        let amount = template.amount;
        let exponent = amount.currency().exponent();
        let amounts = series.evidence.iter().map(|row| row.amount);
        let (low, high) = (amounts.clone().min(), amounts.max());
        Self {
            id: series.id.to_string(),
            user_id: series.user_id.to_string(),
            budget_id: series.budget_id.map(|id| id.to_string()),
            account_id: template.account_id.map(|id| id.to_string()),
            origin: series.origin.as_str(),
            standing,
            kind: template.kind.as_str(),
            status: template.status.as_str(),
            amount: Decimal::of(amount),
            currency: amount.currency().code(),
            min_amount: Decimal::minor(low.unwrap_or(amount.minor()), exponent),
            max_amount: Decimal::minor(high.unwrap_or(amount.minor()), exponent),
            category: template.category.map(Category::as_str),
            subcategory: template.subcategory,
            merchant: template.merchant,
            description: template.description,
            notes: template.notes,
            payment_method: template.payment_method.map(PaymentMethod::as_str),
            tags: template.tags,
            splits: split_views(template.splits, exponent),
            recurring_pattern: SeriesRule::new(&series.pattern, exponent),
            next_date: series.next_date,
            upcoming,
            evidence: series.evidence.iter().map(|row| EvidentView::new(row, exponent)).collect(),
            version: series.version,
            created_at: series.created_at,
            updated_at: series.updated_at,
        }
    }

    /// What was found, as the series that it would become.
    pub fn proposed(proposal: &Proposal, today: Date) -> Self {
        let series = proposal.series(today, proposal.last.updated_at);
        Self { standing: "proposed", version: 0, ..Self::new(series, today) }
    }
}

fn upcoming(series: &Series) -> Vec<UpcomingView> {
    let Some(next) = series.next_occurrence() else { return Vec::new() };
    // Of the rarest rule so many days are within the calendar; of the most frequent one it is over soon.
    let mut ahead: Vec<Occurrence> = vec![next];
    while ahead.len() < AHEAD {
        let Some(next) = ahead.last().and_then(|last| series.pattern.upcoming(Some(last.slot))) else { break };
        ahead.push(next);
    }
    let exponent = series.template.amount.currency().exponent();
    let view = |one: Occurrence| UpcomingView {
        slot: one.slot,
        date: one.date,
        amount: Decimal::minor(series.amount_of(&one).minor(), exponent),
    };
    ahead.into_iter().map(view).collect()
}

impl SeriesRule {
    fn new(pattern: &RecurringPattern, exponent: u8) -> Self {
        let mut rule = Self {
            frequency: pattern.frequency.as_str(),
            interval: pattern.interval,
            anchor_date: pattern.anchor_date,
            anchor_day: pattern.anchor_day,
            end_date: pattern.end_date,
            pauses: pattern
                .pauses
                .iter()
                .map(|pause| SeriesPauseView { from: pause.from, until: pause.until })
                .collect(),
            skipped: Vec::new(),
            changed: Vec::new(),
        };
        for (slot, exception) in &pattern.exceptions {
            match exception {
                Exception::Skipped => rule.skipped.push(slot.0),
                Exception::Changed { date, amount } => rule.changed.push(SlotChangedView {
                    slot: slot.0,
                    date: *date,
                    amount: amount.map(|minor| Decimal::minor(minor, exponent)),
                }),
            }
        }
        rule
    }
}

impl EvidentView {
    fn new(row: &Evident, exponent: u8) -> Self {
        Self { expense_id: row.id.to_string(), date: row.date, amount: Decimal::minor(row.amount, exponent) }
    }
}
