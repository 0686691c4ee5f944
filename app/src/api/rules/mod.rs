//! What the pages of rules, and of what has no category, read.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]
use super::codec::Json;
use crate::error::ApiError;
use domain::{
    Date,
    category::Category,
    currency::Currency,
    ids::{AccountId, RuleId},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
mod made;
#[cfg(feature = "ssr")]
pub(crate) use made::{fields_of, reason, told};

/// The list of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleList {
    /// The one that comes first decides.
    pub rules: Vec<RuleItem>,
}

/// A rule in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleItem {
    /// Which.
    pub id: RuleId,
    /// What a row must be, in words.
    pub when: String,
    /// Where it is filed.
    pub category: Option<Category>,
    /// What else is done, in words; may be empty.
    pub then: String,
    /// How often it has done so, in words.
    pub hits: String,
}

/// A rule to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleForm {
    /// The one that is changed, and its version.
    pub existing: Option<(RuleId, i64)>,
    /// What stands in the fields, by their names.
    pub values: BTreeMap<String, String>,
    /// Accounts to choose from.
    pub accounts: Vec<(AccountId, String)>,
    /// What it would do as it stands; none: it is not complete.
    pub preview: Option<RulePreview>,
}

/// What a rule would do with the rows that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePreview {
    /// Rows for which it holds.
    pub matched: u32,
    /// Those that it would change.
    pub changes: u32,
    /// Those that were filed otherwise by hand.
    pub kept: u32,
    /// The newest of those that it would change.
    pub rows: Vec<RuleRow>,
}

/// A row that a rule would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// Its date.
    #[serde(with = "domain::wire::date")]
    pub date: Date,
    /// What it is called.
    pub name: String,
    /// Signed minor units, money in positive.
    pub amount: i64,
    /// Of `amount`.
    pub currency: Currency,
    /// Where it is filed, and what else is to change, in words.
    pub before: String,
    /// The same afterwards.
    pub after: String,
}

/// What has no category, by merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// How many rows.
    pub rows: u32,
    /// How many groups come after those that are listed.
    pub more: u32,
    /// The biggest first.
    pub groups: Vec<ReviewGroup>,
    /// What may be transfers, the newest first.
    pub transfers: Vec<LikelyTransfer>,
}

/// Two rows that may be one transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikelyTransfer {
    /// The row by which money goes.
    pub from: String,
    /// The row by which it comes.
    pub to: String,
    /// How much, from which account to which.
    pub title: String,
    /// Both rows in words: where they are, and what they say.
    pub rows: Vec<(String, String)>,
}

/// Rows of one merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewGroup {
    /// Its name, or a description where there is none.
    pub name: String,
    /// Whether it is a merchant's.
    pub is_merchant: bool,
    /// How many.
    pub rows: u32,
    /// What they come to, in words.
    pub sum: String,
    /// From when to when, in words.
    pub days: String,
    /// What is proposed, and why, in words.
    pub proposal: Option<(Category, String)>,
}

/// The caller's rules.
#[server(name = GetRules, prefix = "/_fn/q", endpoint = "rules", input = GetUrl, output = Json)]
pub async fn rules() -> Result<RuleList, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, made::list(&caller)).await
}

/// A rule to be made or changed; `query` is the page's own query string.
#[server(name = GetRuleForm, prefix = "/_fn/q", endpoint = "rule", input = GetUrl, output = Json)]
pub async fn rule_form(query: String) -> Result<RuleForm, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, made::form(&caller, &query)).await
}

/// What of the caller's has no category.
#[server(name = GetReview, prefix = "/_fn/q", endpoint = "review", input = GetUrl, output = Json)]
pub async fn review() -> Result<ReviewPage, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, made::review(&caller)).await
}
