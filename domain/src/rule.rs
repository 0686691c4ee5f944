//! Rules that file expenses: what a row must be, what is then done with it, and which rule comes first.
//!
//! All conditions of a rule must hold. Of the rules that hold for a row, the first in this order that says something about
//! a field decides it (category and subcategory go together; tags are those of all of them):
//!
//! 1. the higher priority;
//! 2. the merchant is said exactly, before how it begins, before what it contains, before nothing about it;
//! 3. more conditions;
//! 4. longer texts in the conditions;
//! 5. the narrower range of amounts;
//! 6. the rule that was made later (the larger id).
//!
//! So the more specific rule wins, whatever order they come in, and no two rules are equal.
use crate::{
    category::Category,
    currency::Currency,
    ids::{AccountId, ExpenseId, ImportId, RuleId, UserId},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, str::FromStr};

mod decide;
mod history;
mod learn;
mod matching;
mod read;

pub use decide::{Decision, Source, decide};
pub use history::{Habit, History, is_by_hand};
pub use learn::{Evidence, Suggestion, learn};
pub use matching::{Effect, Prints, Rules, Subject, words_of};
pub use read::{NewRule, RuleChange, read_change, read_new};

/// Which way the money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It leaves the account.
    Out,
    /// It reaches the account.
    In,
}

impl Direction {
    /// The words a client may send.
    pub const WORDS: [&'static str; 2] = ["out", "in"];
}

impl FromStr for Direction {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "out" => Ok(Self::Out),
            "in" => Ok(Self::In),
            _ => Err(()),
        }
    }
}

/// What a row must be. All that is given must hold; texts are compared folded, as words with single blanks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Conditions {
    /// the merchant is this one, whatever a bank prints around its name (see [`crate::merchant::clean`])
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_equals: Option<String>,
    /// the merchant begins with this
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_starts: Option<String>,
    /// this is somewhere in the merchant as printed
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_contains: Option<String>,
    /// this is somewhere in the description
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_contains: Option<String>,
    /// at least this much, in thousandths of the currency's major unit, without sign
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_amount: Option<i64>,
    /// at most this much, in thousandths of the currency's major unit, without sign
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_amount: Option<i64>,
    /// in this currency
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// going this way
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// on this account
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    /// out of this bank file
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_id: Option<ImportId>,
}

impl Conditions {
    fn texts(&self) -> [Option<&String>; 4] {
        [&self.merchant_equals, &self.merchant_starts, &self.merchant_contains, &self.description_contains]
            .map(Option::as_ref)
    }

    fn count(&self) -> usize {
        let others = [
            self.min_amount.is_some(),
            self.max_amount.is_some(),
            self.currency.is_some(),
            self.direction.is_some(),
            self.account_id.is_some(),
            self.import_id.is_some(),
        ];
        self.texts().iter().flatten().count() + others.iter().filter(|&&given| given).count()
    }

    /// Whether nothing is asked of a row.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How specific they are: the larger, the more.
    fn specificity(&self) -> (u8, usize, usize, Reverse<u64>) {
        let merchant = match self {
            Self { merchant_equals: Some(_), .. } => 3,
            Self { merchant_starts: Some(_), .. } => 2,
            Self { merchant_contains: Some(_), .. } => 1,
            _ => 0,
        };
        let letters = self.texts().iter().flatten().map(|text| text.chars().count()).sum();
        let range = self.min_amount.unwrap_or(0).abs_diff(self.max_amount.unwrap_or(i64::MAX));
        (merchant, self.count(), letters, Reverse(range))
    }
}

/// What is done with a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Actions {
    /// files it here
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// a name under the category
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcategory: Option<String>,
    /// adds these, at most 20 of 50 characters
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// what the merchant is called from then on
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rename: Option<String>,
}

impl Actions {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        self.category.is_none() && self.tags.is_empty() && self.rename.is_none()
    }
}

/// A rule of one user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Which.
    pub id: RuleId,
    /// Whose.
    pub user_id: UserId,
    /// −1000 to 1000; the higher comes first, whatever else it says.
    pub priority: i32,
    /// What a row must be.
    pub conditions: Conditions,
    /// What is done with it.
    pub actions: Actions,
    /// The expense whose edit it was learned from.
    pub learned_from: Option<ExpenseId>,
    /// How many rows it has filed.
    pub hits: i64,
    /// Starts at 1.
    pub version: i64,
    /// Begin.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last change (not of the hits).
    #[serde(with = "crate::wire::timestamp")]
    pub updated_at: Timestamp,
}

impl Rule {
    /// Sorts rules by what the module says: the first in order decides.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let rank = |rule: &Self| (rule.priority, rule.conditions.specificity(), rule.id);
        rank(other).cmp(&rank(self))
    }
}

#[cfg(test)]
mod tests;
