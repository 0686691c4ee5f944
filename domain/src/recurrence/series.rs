//! A series as it is kept: what repeats, by which rule, and how far it has come. On each of its days it makes one expense.
use super::{Detected, Frequency, Occurrence, RecurrenceError, RecurringPattern, scaled};
use crate::{
    Date,
    category::Category,
    expense::{BaseAmount, Expense, Kind, Location, PaymentMethod, SeriesSlot, Split, Status},
    ids::{AccountId, BudgetId, ExpenseId, SeriesId, UserId},
    merchant::merchant_key,
    money::Money,
};
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod read;

pub use read::{Wish, part, read_pattern};

/// How a series came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Somebody said that an expense repeats.
    Declared,
    /// It was found in a history.
    Detected,
}

impl Origin {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Detected => "detected",
        }
    }
}

/// How a series stands on some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It goes on.
    Active,
    /// Nothing happens until it is resumed, or until the pause is over.
    Paused,
    /// Nothing happens any more.
    Ended,
    /// It was found in a history, and somebody said that it is none.
    Dismissed,
}

impl Standing {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Ended => "ended",
            Self::Dismissed => "dismissed",
        }
    }
}

/// What each expense of a series is like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "as in Expense")]
pub struct Template {
    pub account_id: Option<AccountId>,
    pub kind: Kind,
    /// cleared, or `needs_review`
    pub status: Status,
    pub amount: Money,
    pub category: Option<Category>,
    pub subcategory: Option<String>,
    pub description: Option<String>,
    pub notes: Option<String>,
    pub merchant: Option<String>,
    pub payment_method: Option<PaymentMethod>,
    pub tags: Vec<String>,
    pub splits: Vec<Split>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// An expense by which a series was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evident {
    /// which
    pub id: ExpenseId,
    /// when
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// minor units of the series' currency
    pub amount: i64,
}

/// Something that repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Series {
    /// Which. One that was found has the id of the first expense that it was found by.
    pub id: SeriesId,
    /// Whose: in their name, and by their calendar, its expenses are made.
    pub user_id: UserId,
    /// Where its expenses go; none = private.
    pub budget_id: Option<BudgetId>,
    /// How it came to be.
    pub origin: Origin,
    /// Somebody said of what was found that it is none.
    pub dismissed: bool,
    /// What its expenses are like.
    pub template: Template,
    /// Its rule.
    pub pattern: RecurringPattern,
    /// Nothing is made any more of the slots up to this one.
    #[serde(with = "crate::wire::date::optional", default)]
    pub last_slot: Option<Date>,
    /// The slot of the last expense that was made or entered.
    #[serde(with = "crate::wire::date::optional", default)]
    pub last_made: Option<Date>,
    /// When the next one happens; that may be past.
    #[serde(with = "crate::wire::date::optional", default)]
    pub next_date: Option<Date>,
    /// By what it was found, by date.
    #[serde(default)]
    pub evidence: Vec<Evident>,
    /// Starts at 1.
    pub version: i64,
    /// Begin.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last change.
    #[serde(with = "crate::wire::timestamp")]
    pub updated_at: Timestamp,
}

impl Template {
    /// What an expense is like. What is entered counts, what waits goes on waiting.
    pub fn of(expense: &Expense) -> Self {
        let waits = matches!(expense.status, Status::Draft | Status::NeedsReview);
        Self {
            account_id: expense.account_id,
            kind: expense.kind,
            status: if waits { Status::NeedsReview } else { Status::Cleared },
            amount: expense.amount,
            category: expense.category,
            subcategory: expense.subcategory.clone(),
            description: expense.description.clone(),
            notes: expense.notes.clone(),
            merchant: expense.merchant.clone(),
            payment_method: expense.payment_method,
            tags: expense.tags.clone(),
            splits: expense.splits.clone(),
            location: expense.location.clone(),
        }
    }
}

impl Series {
    /// One that begins with an expense, which is its first occurrence: what it would have made before `today` is not made up.
    pub fn begun_by(expense: &Expense, id: SeriesId, pattern: RecurringPattern, today: Date) -> Self {
        let mut series = Self {
            id,
            user_id: expense.user_id,
            budget_id: expense.budget_id,
            origin: Origin::Declared,
            dismissed: false,
            template: Template::of(expense),
            pattern,
            last_slot: Some(expense.date.max(day_before(today))),
            last_made: Some(expense.date),
            next_date: None,
            evidence: Vec::new(),
            version: 1,
            created_at: expense.updated_at,
            updated_at: expense.updated_at,
        };
        series.settle();
        series
    }

    /// One that was found, with the last expense of its evidence. It waits for a look where amounts differ.
    pub fn found(found: &Detected, last: &Expense, evidence: Vec<Evident>, today: Date, now: Timestamp) -> Self {
        let differs = found.evidence.min != found.evidence.max;
        let template = Template {
            amount: found.next_amount,
            status: if differs { Status::NeedsReview } else { Status::Cleared },
            splits: scaled(&last.splits, found.next_amount.minor()),
            notes: None,
            ..Template::of(last)
        };
        let mut series = Self {
            id: found_id(found),
            user_id: last.user_id,
            budget_id: last.budget_id,
            origin: Origin::Detected,
            dismissed: false,
            template,
            pattern: found.pattern.clone(),
            last_slot: Some(day_before(found.next_date).max(day_before(today))),
            last_made: evidence.last().map(|row| row.date),
            next_date: None,
            evidence,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        series.settle();
        series
    }

    /// Works out anew when the next one happens. Called after each change.
    pub fn settle(&mut self) {
        self.next_date = self.next_occurrence().map(|next| next.date);
    }

    /// The next one that will be made; its day may be past.
    pub fn next_occurrence(&self) -> Option<Occurrence> {
        if self.dismissed { None } else { self.pattern.upcoming(self.last_slot) }
    }

    /// What is still to be made from `from` to `to`, both included.
    pub fn ahead(&self, from: Date, to: Date) -> Vec<Occurrence> {
        if self.dismissed {
            return Vec::new();
        }
        let mut ahead = self.pattern.occurrences(from, to);
        ahead.retain(|occurrence| self.last_slot.is_none_or(|last| occurrence.slot > last));
        ahead
    }

    /// What one comes to.
    pub fn amount_of(&self, occurrence: &Occurrence) -> Money {
        let amount = self.template.amount;
        Money::new(occurrence.amount.unwrap_or(amount.minor()), amount.currency())
    }

    /// The parts of one that comes to `amount`, in minor units.
    pub(super) fn splits_of(&self, amount: i64) -> Vec<Split> {
        scaled(&self.template.splits, amount)
    }

    /// The smallest and the largest amount that is known of it, in minor units.
    pub fn amount_range(&self) -> (i64, i64) {
        let amounts = self.evidence.iter().map(|row| row.amount).chain([self.template.amount.minor()]);
        amounts.fold((i64::MAX, i64::MIN), |(low, high), amount| (low.min(amount), high.max(amount)))
    }

    /// How it stands on a day.
    pub fn standing(&self, today: Date) -> Standing {
        if self.dismissed {
            return Standing::Dismissed;
        }
        let waits = self.pattern.pauses.last().is_some_and(|pause| pause.until.is_none());
        let over = self.pattern.end_date.is_some_and(|end| end < today);
        match self.next_date {
            None if waits && !over => Standing::Paused,
            None => Standing::Ended,
            Some(next) if next > today && self.pattern.is_paused(today) => Standing::Paused,
            Some(_) => Standing::Active,
        }
    }

    /// The expense that it makes of an occurrence.
    pub fn expense(&self, of: &Occurrence, id: ExpenseId, base: Option<BaseAmount>, now: Timestamp) -> Expense {
        let amount = self.amount_of(of);
        let recurring = Some(SeriesSlot { series_id: self.id, slot: of.slot });
        let template = &self.template;
        let mut expense = Expense {
            id,
            user_id: self.user_id,
            budget_id: self.budget_id,
            account_id: template.account_id,
            kind: template.kind,
            status: template.status,
            amount,
            base,
            category: template.category,
            subcategory: template.subcategory.clone(),
            description: template.description.clone(),
            notes: template.notes.clone(),
            merchant: template.merchant.clone(),
            merchant_key: String::new(),
            date: of.date,
            payment_method: template.payment_method,
            tags: template.tags.clone(),
            splits: self.splits_of(amount.minor()),
            location: template.location.clone(),
            import_id: None,
            external_id: None,
            dedupe_key: String::new(),
            recurring,
            pairing: None,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            deleted_by: None,
        };
        expense.derive();
        expense
    }

    /// What its expenses look like, on the first of its days: for whatever judges expenses.
    pub fn sample(&self) -> Expense {
        let date = self.pattern.anchor_date;
        let day = Occurrence { slot: date, date, amount: None };
        Expense { version: self.version, ..self.expense(&day, ExpenseId(self.id.0), None, self.updated_at) }
    }

    /// The expense of that slot is there now.
    pub fn made(&mut self, slot: Date) {
        self.last_slot = Some(self.last_slot.map_or(slot, |last| last.max(slot)));
        self.last_made = Some(slot);
        self.settle();
    }

    /// Another rule from `today` on: nothing is made up for the past, and no second one in the week, month or year of the
    /// last one.
    pub fn follow(&mut self, pattern: RecurringPattern, today: Date) {
        if pattern == self.pattern {
            return;
        }
        self.pattern = pattern;
        self.last_slot = Some(self.last_slot.map_or(day_before(today), |last| last.max(day_before(today))));
        let again = self
            .first_open()
            .filter(|slot| self.last_made.is_some_and(|made| same_period(self.pattern.frequency, made, *slot)));
        self.last_slot = again.or(self.last_slot);
        self.settle();
    }

    /// The first slot that is neither made nor past, paused and skipped ones too.
    fn first_open(&self) -> Option<Date> {
        let from = self.last_slot.map_or(0, |last| self.pattern.index_before(last));
        self.pattern.slots_from(from).map(|(_, slot)| slot).find(|slot| self.last_slot.is_none_or(|last| *slot > last))
    }

    /// Ends it: the last day on which one can be made. One that has not happened yet doesn't.
    pub fn end(&mut self, on: Date) {
        self.pattern.end_date = Some(on);
        self.settle();
    }

    /// A slot that is still to be made. [`RecurrenceError::NotASlot`] for any other day.
    pub fn open_slot(&self, slot: Date) -> Result<Date, RecurrenceError> {
        let open = self.pattern.is_slot(slot) && self.last_slot.is_none_or(|last| slot > last);
        if open { Ok(slot) } else { Err(RecurrenceError::NotASlot) }
    }

    /// The key of its merchant; empty where it has none.
    pub fn merchant_key(&self) -> String {
        self.template.merchant.as_deref().map(merchant_key).unwrap_or_default()
    }
}

/// The id of what was found: that of the first expense by which it was.
pub fn found_id(found: &Detected) -> SeriesId {
    SeriesId(found.evidence.rows.first().map_or([0; 12], |row| row.0))
}

/// Whether what was found is one of these already: found by one of the same expenses, or like it in merchant, rhythm and
/// amount (a quarter more or less). One that has ended is none that begins anew later.
pub fn known(found: &Detected, last: Date, series: &[Series]) -> bool {
    series.iter().any(|series| {
        let template = &series.template;
        if template.kind != found.kind || template.amount.currency() != found.next_amount.currency() {
            return false;
        }
        if series.evidence.iter().any(|row| found.evidence.rows.contains(&row.id)) {
            return true;
        }
        let ended = series.pattern.end_date.is_some_and(|end| end < last);
        let (low, high) = series.amount_range();
        !ended
            && series.pattern.frequency == found.pattern.frequency
            && series.pattern.interval == found.pattern.interval
            && series.merchant_key() == found.merchant_key
            && found.evidence.max >= low - low / 4
            && found.evidence.min <= high.saturating_add(high / 4)
    })
}

fn same_period(frequency: Frequency, one: Date, other: Date) -> bool {
    match frequency {
        Frequency::Weekly => {
            let monday = |day: Date| {
                let back = Span::new().days(i64::from(day.weekday().to_monday_zero_offset()));
                day.checked_sub(back).unwrap_or(Date::MIN)
            };
            monday(one) == monday(other)
        }
        Frequency::Monthly => (one.year(), one.month()) == (other.year(), other.month()),
        Frequency::Yearly => one.year() == other.year(),
    }
}

fn day_before(day: Date) -> Date {
    day.yesterday().unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests;
