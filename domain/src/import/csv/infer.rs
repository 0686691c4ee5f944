//! What columns without known names are, by what is in them.
use super::{
    plan::{Columns, narrow, signed_or_directed},
    roles::Role,
};
use crate::import::{AmountColumns, amount, marks::Evidence, text::visible};
use std::collections::HashSet;

/// A column of amounts found by content.
pub(super) struct Guess {
    pub(super) amount: AmountColumns,
    pub(super) balance: Option<usize>,
    /// Nothing else can be meant.
    pub(super) sure: bool,
}

/// The column of amounts: the only one that has signs and decimals, or the one by which a balance beside it changes.
pub(super) fn amounts(columns: &Columns<'_, '_>, needed: bool) -> Option<Guess> {
    if !needed {
        return None;
    }
    let unknown = |column: &usize| matches!(columns.sheet.names[*column].role, Role::None | Role::Date(1) | Role::Kind);
    let all: Vec<usize> = columns.all().filter(unknown).filter(|column| {
        let profile = columns.profile(*column);
        profile.nearly_all(profile.amounts) && profile.marked * 2 >= profile.filled && profile.filled * 10 >= profile.all * 9
    }).collect();
    let proven = all.iter().flat_map(|amount| all.iter().map(move |balance| (*amount, *balance))).find(|(amount, balance)| amount != balance && follows(columns, *amount, *balance));
    if let Some((amount, balance)) = proven {
        return Some(Guess { amount: AmountColumns::Signed { column: narrow(amount) }, balance: Some(balance), sure: true });
    }
    let signed: Vec<usize> = all.iter().copied().filter(|column| columns.profile(*column).negative > 0).collect();
    let column = *signed.first().or(all.first())?;
    let amount = signed_or_directed(columns, column);
    let sure = all.len() == 1 && (!signed.is_empty() || matches!(amount, AmountColumns::Directed { .. }));
    Some(Guess { amount, balance: None, sure })
}

/// Whether the balance changes by the amount from row to row, in either direction of time, before or after it.
fn follows(columns: &Columns<'_, '_>, amount: usize, balance: usize) -> bool {
    let rows: Vec<(i64, i64)> = columns.sample.iter().filter_map(|record| {
        let value = |column: usize| minor(&columns.sheet.table.get(*record, column));
        Some((value(amount)?, value(balance)?))
    }).collect();
    let matches = |is: fn((i64, i64), (i64, i64)) -> bool| rows.windows(2).filter(|pair| is(pair[0], pair[1])).count();
    let pairs = rows.len().saturating_sub(1);
    let most = [
        matches(|a, b| b.1.checked_sub(a.1) == Some(b.0)),
        matches(|a, b| b.1.checked_sub(a.1) == Some(a.0)),
        matches(|a, b| a.1.checked_sub(b.1) == Some(a.0)),
        matches(|a, b| a.1.checked_sub(b.1) == Some(b.0)),
    ];
    pairs >= 2 && most.iter().any(|count| count * 10 >= pairs * 8)
}

/// The signed amount with two decimals, by what it shows itself.
fn minor(cell: &str) -> Option<i64> {
    amount::with(cell, |written| {
        let written = written?;
        let mut evidence = Evidence::default();
        evidence.see(written.core);
        let minor = written.minor(evidence.proven().unwrap_or(evidence.guess()), 3).ok()?;
        Some(if written.negative { -minor } else { minor })
    })
}

/// Columns of texts, those that say the most first.
pub(super) fn texts(columns: &Columns<'_, '_>) -> Vec<usize> {
    let is_text = |column: &usize| {
        let profile = columns.profile(*column);
        let letters = profile.values.iter().filter(|cell| cell.chars().filter(|c| c.is_alphabetic()).count() > 2).count();
        matches!(columns.sheet.names[*column].role, Role::None) && letters * 2 > profile.values.len() && !profile.is_currency()
    };
    let mut all: Vec<usize> = columns.all().filter(is_text).collect();
    all.sort_by_key(|column| std::cmp::Reverse(columns.profile(*column).values.len()));
    all
}

/// Whether the values of a column named so identify rows: none comes twice, and they are no words that people type.
pub(super) fn is_identification(columns: &Columns<'_, '_>, column: usize) -> bool {
    let mut seen = HashSet::new();
    let certain = ["transaction id", "transactionid", "fitid", "unique id", "uuid", "txn id", "id transakce", "journal id"].contains(&columns.sheet.names[column].words.as_str());
    let mut any = false;
    for record in columns.sheet.data() {
        let cell = columns.sheet.table.get(record, column);
        let cell = visible(&cell);
        if cell.is_empty() {
            continue;
        }
        any = true;
        let machine_made = certain || cell.len() >= 6 && cell.bytes().filter(u8::is_ascii_digit).count() >= 3;
        if !machine_made || !seen.insert(cell.into_owned()) {
            return false;
        }
    }
    any
}
