//! What the rows of the expense table have in common, and the names of what they refer to.
use crate::api::views::ExpensePage;
use domain::{
    currency::Currency,
    expense::{Expense, Kind},
    ids::UserId,
    role::Role,
};
use std::collections::{BTreeMap, BTreeSet};

/// See above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The one currency of all rows: its sign stands in the head.
    pub currency: Option<Currency>,
    /// The column for budget and account is worth its place.
    pub places: bool,
    pub budgets: BTreeMap<String, String>,
    pub accounts: BTreeMap<String, String>,
    /// Of legs of transfers: the account of the other leg.
    pub others: BTreeMap<String, String>,
    /// Budgets whose rows may only be looked at.
    pub closed: BTreeSet<String>,
    /// Members of shared budgets by id, and who looks.
    pub people: BTreeMap<String, Option<String>>,
    pub me: Option<UserId>,
}

impl Frame {
    pub(super) fn of(page: &ExpensePage, me: Option<UserId>) -> Self {
        let first = page.items.first().map(|first| first.amount.currency());
        let looks = |budget: &&domain::budget::Budget| me.is_some_and(|me| budget.role_of(me) < Some(Role::Edit));
        Self {
            currency: first.filter(|first| page.items.iter().all(|row| row.amount.currency() == *first)),
            places: page.budgets.len() > 1 || page.items.iter().any(|row| row.account_id.is_some()),
            budgets: page.budgets.iter().map(|budget| (budget.id.to_string(), budget.plan.name.clone())).collect(),
            accounts: page.accounts.iter().map(|account| (account.id.to_string(), account.name.clone())).collect(),
            closed: page.budgets.iter().filter(looks).map(|budget| budget.id.to_string()).collect(),
            others: page.others.clone(),
            people: page.people.clone(),
            me,
        }
    }

    /// For the rows of both.
    pub(super) fn also(&self, other: &Self) -> Self {
        Self {
            currency: self.currency.filter(|currency| other.currency == Some(*currency)),
            places: self.places || other.places,
            others: self
                .others
                .iter()
                .chain(&other.others)
                .map(|(row, account)| (row.clone(), account.clone()))
                .collect(),
            ..other.clone()
        }
    }

    /// Whether a cell of a row can be changed where it stands.
    pub(super) fn opens(&self, row: &Expense, field: &str) -> bool {
        let may = row.budget_id.is_none_or(|budget| !self.closed.contains(&budget.to_string()));
        let whole = row.splits.is_empty();
        may && match field {
            "category" => whole && matches!(row.kind, Kind::Expense | Kind::Refund),
            "amount" => whole,
            _ => true,
        }
    }
}
