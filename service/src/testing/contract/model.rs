//! What a store should answer, worked out from the rows alone.
use domain::{
    expense::{Expense, Kind},
    filter::{CategoryFilter, Filter, Sort, SortKey},
    ids::BudgetId,
    spending::{DayTotal, Total, contributions},
};
use std::{cmp::Ordering, collections::BTreeMap};

/// The totals of a budget as a sum over rows.
pub(super) fn totals(rows: &[Expense], budget: BudgetId) -> Vec<DayTotal> {
    let mut sums: BTreeMap<_, Total> = BTreeMap::new();
    for (key, total) in rows.iter().flat_map(contributions).filter(|(key, _)| key.budget_id == budget) {
        // None comes first in the order of categories.
        let sum = sums.entry((key.day, key.kind, key.category)).or_default();
        sum.minor += total.minor;
        sum.count += total.count;
    }
    sums.into_iter().map(|((day, kind, category), total)| DayTotal { day, kind, category, total }).collect()
}

/// Whether a filter lets a row through.
pub(super) fn matches(filter: &Filter, row: &Expense) -> bool {
    let amount = row.amount_thousandths();
    let words = row.search_words();
    row.deleted_at.is_none()
        && filter.budget_id.is_none_or(|id| row.budget_id == Some(id))
        && filter.account_id.is_none_or(|id| row.account_id == Some(id))
        && filter.import_id.is_none_or(|id| row.import_id == Some(id))
        && filter.category.is_none_or(|wanted| has_category(row, wanted))
        && filter.subcategory.as_ref().is_none_or(|name| {
            row.subcategory.as_ref() == Some(name) || row.splits.iter().any(|s| s.subcategory.as_ref() == Some(name))
        })
        && filter.start_date.is_none_or(|start| row.date >= start)
        && filter.end_date.is_none_or(|end| row.date <= end)
        && filter.min_amount.is_none_or(|least| amount >= least)
        && filter.max_amount.is_none_or(|most| amount <= most)
        && filter.currency.is_none_or(|currency| row.amount.currency() == currency)
        && filter.merchant.as_ref().is_none_or(|key| row.merchant_key == *key)
        && filter.words.iter().all(|term| term.is_in(&words))
        && filter.tags.iter().all(|tag| row.tags.contains(tag))
        && filter.payment_method.is_none_or(|method| row.payment_method == Some(method))
        && filter.kind.is_none_or(|kind| row.kind == kind)
        && filter.status.is_none_or(|status| row.status == status)
        && filter.has_receipt.is_none_or(|has| row.receipt.is_some() == has)
        && filter.recurring.is_none_or(|recurring| row.recurring.is_some() == recurring)
        && (!filter.unconverted || row.is_unconverted())
}

/// Income and transfers have no category, and none is missing.
fn has_category(row: &Expense, wanted: CategoryFilter) -> bool {
    if matches!(row.kind, Kind::Income | Kind::Transfer) {
        return false;
    }
    match wanted {
        CategoryFilter::Is(category) => {
            row.category == Some(category) || row.splits.iter().any(|split| split.category == Some(category))
        }
        CategoryFilter::Uncategorised if row.splits.is_empty() => row.category.is_none(),
        CategoryFilter::Uncategorised => row.splits.iter().any(|split| split.category.is_none()),
    }
}

/// The order of a list.
pub(super) fn order(sort: Sort) -> impl Fn(&Expense, &Expense) -> Ordering {
    move |a, b| {
        let by_key = match sort.key {
            SortKey::Date => a.date.cmp(&b.date),
            SortKey::Amount => a.amount_thousandths().cmp(&b.amount_thousandths()),
            SortKey::Merchant => a.merchant_key.cmp(&b.merchant_key),
        };
        let ascending = by_key.then(a.id.cmp(&b.id));
        if sort.descending { ascending.reverse() } else { ascending }
    }
}

/// The rows that a filter lets through, in order.
pub(super) fn listed(rows: &[Expense], filter: &Filter, sort: Sort) -> Vec<Expense> {
    let mut found: Vec<Expense> = rows.iter().filter(|row| matches(filter, row)).cloned().collect();
    found.sort_by(order(sort));
    found
}
