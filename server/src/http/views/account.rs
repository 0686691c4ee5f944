//! A place where money is.
use domain::account::{Account, masked};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// `data` of one account.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneAccount {
    /// The account.
    account: AccountView,
}

/// A bank account, a card, cash.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    id: String,
    name: String,
    /// checking, savings, card, cash, loan
    kind: &'static str,
    /// ISO 4217.
    currency: &'static str,
    /// Account numbers as files name them, all but the last four characters hidden.
    external_ids: Vec<String>,
    closed: bool,
    /// Starts at 1; an update sends it back.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        Self {
            id: account.id.to_string(),
            kind: account.kind.as_str(),
            currency: account.currency.code(),
            external_ids: account.external_ids.iter().map(|id| masked(id)).collect(),
            closed: account.closed,
            version: account.version,
            created_at: account.created_at,
            updated_at: account.updated_at,
            name: account.name,
        }
    }
}

impl From<Account> for OneAccount {
    fn from(account: Account) -> Self {
        Self { account: account.into() }
    }
}
