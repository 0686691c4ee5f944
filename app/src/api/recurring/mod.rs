//! What the page of recurring expenses gets: sentences and figures, made ready by the server.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]
use super::codec::Json;
#[cfg(feature = "ssr")]
use super::queries::{answer, caller};
use crate::error::ApiError;
use domain::currency::Currency;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod made;

#[cfg(feature = "ssr")]
pub(super) use made::{repeats, title};

/// What repeats, what is due of it, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringPage {
    /// This month and the next.
    pub months: Vec<DueMonth>,
    /// What goes on or is paused.
    pub series: Vec<Shown>,
    /// What has ended.
    pub ended: Vec<Shown>,
    /// What seems to repeat.
    pub found: Vec<Found>,
    /// From Monday on: in short, and in full.
    pub weekdays: Vec<(String, String)>,
}

/// What is due in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueMonth {
    /// November 2026
    pub name: String,
    /// Its weeks, from Monday on; none: a day of another month.
    pub weeks: Vec<Vec<Option<DueDay>>>,
    /// By day.
    pub due: Vec<Due>,
    /// What is still to come of it comes to, where that is one currency.
    pub total: Option<String>,
}

/// A day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDay {
    /// Of the month.
    pub day: i8,
    /// Whether it is today.
    pub today: bool,
    /// What is due: its name and what it comes to.
    pub due: Vec<(String, String)>,
}

/// Something that is due, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// `2026-12-01`
    pub date: String,
    /// As people say it.
    pub on: String,
    /// What.
    pub name: String,
    /// What it comes to.
    pub amount: String,
    /// Where it is in the table of expenses; none: it is still to come.
    pub made: Option<String>,
    /// What can be done with it; none: who looks may not, or it is made.
    pub open: Option<Open>,
}

/// One that can be left out or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Of which series.
    pub series: String,
    /// The day by the rule.
    pub slot: String,
    /// The amount as one would type it.
    pub typed: String,
    /// In which currency.
    pub currency: Currency,
}

/// A series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Which.
    pub id: String,
    /// From which a change is made.
    pub version: i64,
    /// What.
    pub name: String,
    /// What it comes to.
    pub amount: String,
    /// The same as one would type it.
    pub typed: String,
    /// In which currency.
    pub currency: Currency,
    /// Its rule, in a sentence.
    pub rule: String,
    /// The last day, as a form has it.
    pub until: String,
    /// When the next one is due.
    pub next: Option<String>,
    /// Nothing happens for now.
    pub paused: bool,
    /// Its expenses wait for a look.
    pub waits: bool,
    /// Whether who looks may change it.
    pub may_change: bool,
    /// Days still to come that are left out: by the rule, and as people say them.
    pub skipped: Vec<(String, String)>,
}

/// Something that seems to repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Which.
    pub id: String,
    /// What.
    pub name: String,
    /// What it comes to, from and to.
    pub amount: String,
    /// Its rule, in a sentence.
    pub rule: String,
    /// When the next one is due.
    pub next: Option<String>,
    /// The expenses by which it was found: where, when, how much.
    pub evidence: Vec<(String, String, String)>,
}

/// All that repeats, and what seems to.
#[server(name = GetRecurring, prefix = "/_fn/q", endpoint = "recurring", input = GetUrl, output = Json)]
pub async fn recurring() -> Result<RecurringPage, ApiError> {
    let caller = caller();
    answer(&caller, made::page(&caller)).await
}
