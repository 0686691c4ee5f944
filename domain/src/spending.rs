//! Totals that are kept, not summed: what each expense adds to them. Both stores use the same rule, so that the totals
//! always equal the sum over the expenses.
use crate::{
    Date,
    budget::fold,
    category::Category,
    expense::{Expense, Kind, Split},
    ids::BudgetId,
    money::split_by_weights,
    period::Month,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The key of a total: one for each budget, civil day, kind and category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SpendingKey {
    /// The budget whose currency the total is in.
    pub budget_id: BudgetId,
    /// The civil day.
    #[serde(with = "crate::wire::date")]
    pub day: Date,
    /// What it does to the money.
    pub kind: Kind,
    /// None = uncategorised (and income, and transfers).
    pub category: Option<Category>,
}

/// A total, or what one expense adds to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Total {
    /// Minor units of the budget's currency.
    pub minor: i64,
    /// How many transactions (a split one counts once in each of its categories).
    pub count: i64,
}

/// What the kinds of a span of days sum to, all categories together, in minor units of the budget's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KindTotals {
    /// Expenses.
    pub expense: i64,
    /// What came back of them.
    pub refund: i64,
    /// Income.
    pub income: i64,
}

impl KindTotals {
    /// Expenses less refunds.
    pub fn spent(self) -> i64 {
        self.expense - self.refund
    }
}

/// What an expense adds to the totals of its budget: nothing where it is private, unfinished, deleted or not converted;
/// else its base amount, divided over its splits by largest remainder.
pub fn contributions(expense: &Expense) -> Vec<(SpendingKey, Total)> {
    let (Some(budget_id), Some(base)) = (expense.budget_id, &expense.base) else { return Vec::new() };
    if !expense.counts() {
        return Vec::new();
    }
    let key = |category| SpendingKey { budget_id, day: expense.date, kind: expense.kind, category };
    let minor = base.amount.minor();
    if expense.splits.is_empty() {
        return vec![(key(expense.category), Total { minor, count: 1 })];
    }
    let weights: Vec<u64> = expense.splits.iter().map(|split| split.amount.unsigned_abs()).collect();
    let mut totals: Vec<(SpendingKey, Total)> = Vec::new();
    for (split, minor) in expense.splits.iter().zip(split_by_weights(minor, &weights)) {
        let key = key(split.category);
        match totals.iter_mut().find(|(known, _)| *known == key) {
            Some((_, total)) => total.minor += minor,
            None => totals.push((key, Total { minor, count: 1 })),
        }
    }
    totals
}

/// What changes in the totals when `before` becomes `after` (none = does not exist). Zero changes are left out.
pub fn difference(before: Option<&Expense>, after: Option<&Expense>) -> Vec<(SpendingKey, Total)> {
    let mut changes = after.map(contributions).unwrap_or_default();
    for (key, total) in before.map(contributions).unwrap_or_default() {
        match changes.iter_mut().find(|(known, _)| *known == key) {
            Some((_, change)) => {
                change.minor -= total.minor;
                change.count -= total.count;
            }
            None => changes.push((key, Total { minor: -total.minor, count: -total.count })),
        }
    }
    changes.retain(|(_, change)| *change != Total::default());
    changes
}

/// A kept total as a store returns it for a range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotal {
    /// The civil day.
    #[serde(with = "crate::wire::date")]
    pub day: Date,
    /// What it does to the money.
    pub kind: Kind,
    /// None = uncategorised.
    pub category: Option<Category>,
    /// The sum and the count.
    pub total: Total,
}

/// What was spent of a category in a month of a budget: expenses less refunds, in minor units. A month may have several
/// for one category, which add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthSpent {
    /// The budget's month.
    pub month: Month,
    /// Which category.
    pub category: Category,
    /// Less than zero when more came back.
    pub minor: i64,
}

/// What was spent of a subcategory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartTotal {
    /// Its category.
    pub category: Category,
    /// As it was first written.
    pub name: String,
    /// Expenses less refunds.
    pub total: Total,
}

/// What a row that counts says of subcategories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// What it does to the money.
    pub kind: Kind,
    /// Minor units of the budget's currency.
    pub base: i64,
    /// Its own category.
    pub category: Option<Category>,
    /// Its own subcategory.
    pub subcategory: Option<String>,
    /// Its parts, if it is split.
    pub splits: Vec<Split>,
}

/// Sums rows by their subcategories, in the order of categories and names; a split one is divided as in the other totals.
pub fn by_subcategory(rows: impl IntoIterator<Item = PartRow>) -> Vec<PartTotal> {
    let mut sums: BTreeMap<(Category, String), PartTotal> = BTreeMap::new();
    let mut add = |category: Option<Category>, name: Option<String>, minor: i64, kind: Kind| {
        let (Some(category), Some(name)) = (category, name) else { return };
        let signed = match kind {
            Kind::Expense => minor,
            Kind::Refund => -minor,
            Kind::Income | Kind::Transfer => return,
        };
        let sum = sums.entry((category, fold(&name))).or_insert(PartTotal { category, name, total: Total::default() });
        sum.total.minor = sum.total.minor.saturating_add(signed);
        sum.total.count += 1;
    };
    for row in rows {
        if row.splits.is_empty() {
            add(row.category, row.subcategory, row.base, row.kind);
            continue;
        }
        let weights: Vec<u64> = row.splits.iter().map(|split| split.amount.unsigned_abs()).collect();
        for (split, minor) in row.splits.into_iter().zip(split_by_weights(row.base, &weights)) {
            add(split.category, split.subcategory, minor, row.kind);
        }
    }
    sums.into_values().collect()
}
