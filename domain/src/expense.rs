//! An expense, refund, income or transfer: the entity, and how it comes to be from what somebody typed or sent.
use crate::{
    Date,
    category::Category,
    currency::Currency,
    ids::{AccountId, BudgetId, ExpenseId, ImportId, SeriesId, UserId},
    merchant::merchant_key,
    money::Money,
    words,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

mod leg;
mod location;
mod read;
pub use leg::{DAYS_APART, Leg, Moved, Pairing, likely, may_join};
pub use location::{Location, Point};
pub(crate) use read::CATEGORY_WORDS;
pub use read::{ExpenseChange, NewExpense, TAGS_MAX, read_change, read_new, read_tags};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the names are the documentation")]
        pub enum $name { $(#[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The words a client may send.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
            /// The word in JSON and in stores.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}

words! {
    /// What a row does to the money.
    Kind { Expense = "expense", Refund = "refund", Income = "income", Transfer = "transfer" }
}
words! {
    /// How far a row has come. Drafts and rows that need a review count nowhere.
    Status { Draft = "draft", NeedsReview = "needs_review", Cleared = "cleared", Reconciled = "reconciled" }
}
words! {
    /// How it was paid.
    PaymentMethod {
        Cash = "cash", Card = "card", Transfer = "transfer", DirectDebit = "direct_debit", Check = "check",
        Wallet = "wallet", Other = "other",
    }
}

/// A part of an expense that belongs somewhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Split {
    /// none = uncategorised
    pub category: Option<Category>,
    /// a name under the category
    pub subcategory: Option<String>,
    /// minor units of the expense's currency, above zero; all splits sum to the amount
    pub amount: i64,
    /// what it was
    pub memo: Option<String>,
    /// whose it is; none = everybody's
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_id: Option<UserId>,
}

/// The amount in the base currency (the budget's, or the user's for private rows), by the rate of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BaseAmount {
    /// in the base currency
    pub amount: Money,
    /// units of the base currency for one of the expense's, as a decimal
    pub rate: String,
    /// the day whose rate it is
    #[serde(with = "crate::wire::date")]
    pub rate_date: Date,
}

/// Which occurrence of a series an expense is. There is one for each day of the rule, in the trash or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeriesSlot {
    /// the series
    pub series_id: SeriesId,
    /// the day by its rule, on whatever day the expense is
    #[serde(with = "crate::wire::date")]
    pub slot: Date,
}

/// An expense, refund, income or one leg of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Expense {
    /// Which.
    pub id: ExpenseId,
    /// Who entered it.
    pub user_id: UserId,
    /// The budget it counts in; none = private.
    pub budget_id: Option<BudgetId>,
    /// Where the money was.
    pub account_id: Option<AccountId>,
    /// What it does to the money.
    pub kind: Kind,
    /// How far it has come.
    pub status: Status,
    /// Above zero; the kind gives the sign.
    pub amount: Money,
    /// None where no rate for the day is known: kept, left out of totals, shown apart.
    pub base: Option<BaseAmount>,
    /// None = uncategorised; always none for income and transfer.
    pub category: Option<Category>,
    /// A name under the category.
    pub subcategory: Option<String>,
    /// What it was.
    pub description: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
    /// As printed.
    pub merchant: Option<String>,
    /// Normalised; empty where there is no merchant.
    pub merchant_key: String,
    /// The civil date on which it counts (the posting date of a bank row).
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// How it was paid.
    pub payment_method: Option<PaymentMethod>,
    /// At most 20 of 50 characters.
    pub tags: Vec<String>,
    /// None, or parts that sum to the amount.
    pub splits: Vec<Split>,
    /// Where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The bank file it came with.
    pub import_id: Option<ImportId>,
    /// The bank's own id of it, within its account.
    pub external_id: Option<String>,
    /// See [`Expense::compute_dedupe_key`].
    pub dedupe_key: String,
    /// Of a recurring one: which occurrence it is. A browser is told where it needs it, and reads no such field.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    #[cfg_attr(not(target_family = "wasm"), serde(default, skip_serializing_if = "Option::is_none"))]
    pub recurring: Option<SeriesSlot>,
    /// Whether it is one leg of a transfer, and which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairing: Option<Pairing>,
    /// Starts at 1.
    pub version: i64,
    /// Begin.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last change.
    #[serde(with = "crate::wire::timestamp")]
    pub updated_at: Timestamp,
    /// In the trash since.
    #[serde(with = "crate::wire::timestamp::optional", default)]
    pub deleted_at: Option<Timestamp>,
    /// Who has put it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_by: Option<UserId>,
}

impl Expense {
    /// What leaves (−) or reaches (+) the account, in minor units. A transfer leaves, but for its incoming leg.
    pub fn signed_minor(&self) -> i64 {
        match self.kind {
            Kind::Transfer if self.leg().is_some_and(|leg| leg.incoming) => self.amount.minor(),
            Kind::Expense | Kind::Transfer => -self.amount.minor(),
            Kind::Refund | Kind::Income => self.amount.minor(),
        }
    }

    /// Whether it counts in totals: finished, and not in the trash.
    pub fn counts(&self) -> bool {
        self.deleted_at.is_none() && matches!(self.status, Status::Cleared | Status::Reconciled)
    }

    /// Whether it would count but for a missing rate.
    pub fn is_unconverted(&self) -> bool {
        self.counts() && self.base.is_none()
    }

    /// `date|signed amount|currency|merchant key`: the same for two prints of one bank row (and for two equal coffees on
    /// a day, which is why imports compare counts).
    pub fn compute_dedupe_key(&self) -> String {
        dedupe_key(self.date, self.signed_minor(), self.amount.currency(), &self.merchant_key)
    }

    /// Sets what follows from other fields: merchant key and dedupe key. Called after each change.
    ///
    /// A bank's row keeps the dedupe key that it came with, whatever is mended in it later: so the same file brings no
    /// twin of it.
    pub fn derive(&mut self) {
        self.merchant_key = self.merchant.as_deref().map(merchant_key).unwrap_or_default();
        let from_bank = self.import_id.is_some() || self.external_id.is_some();
        if !from_bank || self.dedupe_key.is_empty() {
            self.dedupe_key = self.compute_dedupe_key();
        }
    }

    /// The words by which search finds it: those of merchant, description and tags.
    pub fn search_words(&self) -> Vec<String> {
        let mut text = String::new();
        for part in [&self.merchant, &self.description].into_iter().flatten().chain(&self.tags) {
            text.push_str(part);
            text.push(' ');
        }
        words::tokens(&text)
    }

    /// The amount in thousandths of the currency's major unit: compares amounts of currencies with 0 to 3 decimals.
    pub fn amount_thousandths(&self) -> i64 {
        self.amount.minor() * 10_i64.pow(3 - u32::from(self.amount.currency().exponent().min(3)))
    }
}

/// See [`Expense::compute_dedupe_key`].
pub fn dedupe_key(date: Date, signed_minor: i64, currency: Currency, merchant_key: &str) -> String {
    format!("{date}|{signed_minor}|{currency}|{merchant_key}")
}

/// What a dedupe key says: the day, what moved (minor units, money out below zero), the currency's code and the merchant's key.
/// None where it is none.
pub fn read_dedupe_key(key: &str) -> Option<(Date, i64, Currency, &str)> {
    let mut parts = key.splitn(4, '|');
    let (date, signed, currency) = (parts.next()?, parts.next()?, parts.next()?);
    Some((date.parse().ok()?, signed.parse().ok()?, currency.parse().ok()?, parts.next()?))
}
