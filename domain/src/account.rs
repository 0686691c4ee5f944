//! Places where money is: bank accounts, cards, cash.
use crate::{
    currency::Currency,
    ids::{AccountId, UserId},
    input::{self, Change, Reader, Value},
    problem::Problems,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What sort of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum AccountKind {
    Checking,
    Savings,
    Card,
    Cash,
    Loan,
}

impl AccountKind {
    /// The words a client may send.
    pub const WORDS: [&'static str; 5] = ["checking", "savings", "card", "cash", "loan"];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

impl FromStr for AccountKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Checking, Self::Savings, Self::Card, Self::Cash, Self::Loan]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}

/// An account of one user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// Whose.
    pub user_id: UserId,
    /// What its owner calls it.
    pub name: String,
    /// What sort.
    pub kind: AccountKind,
    /// What it is kept in.
    pub currency: Currency,
    /// Bank and account number as files name them (`bank/number`): a file finds its account by it.
    pub external_ids: Vec<String>,
    /// No longer in use.
    pub closed: bool,
    /// Starts at 1.
    pub version: i64,
    /// Begin.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last change.
    #[serde(with = "crate::wire::timestamp")]
    pub updated_at: Timestamp,
}

/// An account number as it may be shown: all but the last four characters hidden.
pub fn masked(external_id: &str) -> String {
    let number = external_id.rsplit('/').next().unwrap_or(external_id);
    let tail: Vec<char> = number.chars().filter(|c| c.is_alphanumeric()).collect();
    let shown: String = tail[tail.len().saturating_sub(4)..].iter().collect();
    format!("••{shown}")
}

/// An account to be made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// 1 to 255 characters
    pub name: String,
    /// what sort
    pub kind: AccountKind,
    /// what it is kept in
    pub currency: Currency,
}

/// Reads {name, kind, currency}.
pub fn read_new(value: &Value) -> Result<NewAccount, Problems> {
    let mut reader = Reader::new(value);
    let name = reader.required("name", input::text);
    let kind = reader.required("kind", |value| input::word(value, &AccountKind::WORDS));
    let currency = reader.required("currency", input::currency);
    reader.finish()?;
    match (name, kind, currency) {
        (Some(name), Some(kind), Some(currency)) => Ok(NewAccount { name, kind, currency }),
        _ => Err(Problems::default()),
    }
}

/// A change of an account.
#[derive(Debug, Clone)]
pub struct AccountChange {
    /// The version it was made from.
    pub version: i64,
    name: Change<String>,
    kind: Change<AccountKind>,
    closed: Change<bool>,
}

impl AccountChange {
    /// The account after the change (version and times are the use-case's).
    pub fn apply(self, account: &mut Account) {
        account.name = self.name.or(std::mem::take(&mut account.name));
        account.kind = self.kind.or(account.kind);
        account.closed = self.closed.or(account.closed);
    }
}

/// Reads {version, name?, kind?, closed?}.
pub fn read_change(value: &Value) -> Result<AccountChange, Problems> {
    let mut reader = Reader::new(value);
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    let name = reader.change("name", input::text);
    let kind = reader.change("kind", |value| input::word(value, &AccountKind::WORDS));
    let closed = reader.change("closed", input::boolean);
    reader.finish()?;
    Ok(AccountChange { version: version.unwrap_or(1), name, kind, closed })
}
