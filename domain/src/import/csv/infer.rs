//! What columns without known names are, by what is in them.
use super::{
    columns::Columns,
    money::{debit_credit, signed_or_directed},
    plan::narrow,
    roles::Role,
    vocab::{Found, List},
};
use crate::import::{AmountColumns, amount, marks::Evidence, text::visible};
use std::collections::HashSet;

/// Where the amounts are.
pub(super) struct Guess {
    pub(super) amount: AmountColumns,
    /// The balance by which that was found.
    pub(super) balance: Option<usize>,
    /// Nothing else can be meant.
    pub(super) sure: bool,
}

/// The column of amounts: the one by which a balance beside it changes, or the only one that has signs.
pub(super) fn amounts(columns: &Columns<'_, '_>) -> Option<Guess> {
    let unknown = |column: &usize| {
        matches!(columns.role(*column), Role::None | Role::Date(1) | Role::Kind | Role::Debit | Role::Credit)
    };
    let is_amount = |column: &usize| {
        let profile = columns.profile(*column);
        profile.nearly_all(profile.amounts) && profile.marked * 2 >= profile.filled && profile.nonzero > 0
    };
    let all: Vec<usize> = columns.all().filter(unknown).filter(is_amount).collect();
    let full: Vec<usize> = all.iter().copied().filter(|column| columns.is_full(*column)).collect();
    proven_single(columns, &full).or_else(|| pair(columns, &all, &full)).or_else(|| by_signs(columns, &full))
}

fn proven_single(columns: &Columns<'_, '_>, full: &[usize]) -> Option<Guess> {
    for amount in full {
        let value = |record: usize| value(columns, record, *amount);
        let proves = |balance: &&usize| *balance != amount && Change::of(columns, value, **balance).follows();
        if let Some(balance) = full.iter().find(proves) {
            let amount = AmountColumns::Signed { column: narrow(*amount) };
            return Some(Guess { amount, balance: Some(*balance), sure: true });
        }
    }
    None
}

/// Two columns of which each record has one; a balance tells which is which.
fn pair(columns: &Columns<'_, '_>, all: &[usize], full: &[usize]) -> Option<Guess> {
    let has = |record: usize, column: usize| !columns.sheet.table.get(record, column).trim().is_empty();
    let takes_turns = |(left, right): &(usize, usize)| {
        let one = columns.sample.iter().filter(|record| has(**record, *left) != has(**record, *right)).count();
        columns.filled(*left) > 0 && columns.filled(*right) > 0 && one * 20 >= columns.sample.len() * 19
    };
    let partial: Vec<usize> = all.iter().copied().filter(|column| !full.contains(column)).collect();
    let (left, right) = partial.windows(2).map(|two| (two[0], two[1])).find(takes_turns)?;
    for balance in full {
        let change = |record: usize| {
            Some(value(columns, record, right).unwrap_or(0) - value(columns, record, left).unwrap_or(0))
        };
        let change = Change::of(columns, change, *balance);
        let found = match (change.follows(), change.opposes()) {
            (true, false) => (left, right),
            (false, true) => (right, left),
            _ => continue,
        };
        return Some(Guess { amount: debit_credit(columns, found), balance: Some(*balance), sure: true });
    }
    Some(Guess { amount: debit_credit(columns, (left, right)), balance: None, sure: false })
}

fn by_signs(columns: &Columns<'_, '_>, full: &[usize]) -> Option<Guess> {
    let signed: Vec<usize> = full.iter().copied().filter(|column| columns.profile(*column).negative > 0).collect();
    let column = *signed.first().or(full.first())?;
    let amount = signed_or_directed(columns, column);
    let half = matches!(columns.role(column), Role::Debit | Role::Credit);
    let directed = matches!(amount, AmountColumns::Directed { .. });
    Some(Guess { amount, balance: None, sure: full.len() == 1 && !half && (!signed.is_empty() || directed) })
}

/// How a balance changes from record to record, compared with the amounts of both.
struct Change {
    pairs: usize,
    with: usize,
    against: usize,
}

impl Change {
    /// Counts for either direction of time, and for balances before and after their record.
    fn of(columns: &Columns<'_, '_>, amount: impl Fn(usize) -> Option<i64>, balance: usize) -> Self {
        let rows = columns.sample.iter().map(|record| Some((amount(*record)?, value(columns, *record, balance)?)));
        let rows: Vec<(i64, i64)> = rows.flatten().filter(|(amount, _)| *amount != 0).collect();
        let [mut below, mut above, mut minus_below, mut minus_above] = [0_usize; 4];
        for pair in rows.windows(2) {
            let change = pair[1].1.checked_sub(pair[0].1);
            below += usize::from(change == Some(pair[1].0));
            above += usize::from(change == Some(pair[0].0));
            minus_below += usize::from(change == Some(-pair[1].0));
            minus_above += usize::from(change == Some(-pair[0].0));
        }
        let downwards = (below.max(above), minus_below.max(minus_above));
        // Upwards in time, a change has the opposite sign.
        let with = if is_newest_first(columns) { downwards.1 } else { downwards.0 };
        let against = if is_newest_first(columns) { downwards.0 } else { downwards.1 };
        Self { pairs: rows.len().saturating_sub(1), with, against }
    }

    fn follows(&self) -> bool {
        self.pairs >= 2 && self.with * 10 >= self.pairs * 8
    }

    fn opposes(&self) -> bool {
        self.pairs >= 2 && self.against * 10 >= self.pairs * 8
    }
}

/// Whether the first sampled record is younger than the last.
fn is_newest_first(columns: &Columns<'_, '_>) -> bool {
    let day = |record: Option<&usize>| {
        let record = *record?;
        columns.all().find_map(|column| crate::import::order::rough_day(&columns.sheet.table.get(record, column)))
    };
    day(columns.sample.first()) > day(columns.sample.last())
}

/// The signed amount with three decimals, by what it shows itself.
fn value(columns: &Columns<'_, '_>, record: usize, column: usize) -> Option<i64> {
    amount::with(&columns.sheet.table.get(record, column), |written| {
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
        let says = |cell: &&String| cell.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let letters = profile.values.iter().filter(says).count();
        columns.role(*column) == Role::None && letters * 2 > profile.values.len() && !profile.is_currency()
    };
    let mut all: Vec<usize> = columns.all().filter(is_text).collect();
    all.sort_by_key(|column| std::cmp::Reverse(columns.profile(*column).values.len()));
    all
}

/// Whether the values of a column named so identify rows: none comes twice, and they are no words that people type.
pub(super) fn is_identification(columns: &Columns<'_, '_>, column: usize) -> bool {
    let mut seen = HashSet::new();
    let certain = Found::in_words(&columns.sheet.names[column].words).is(List::CERTAIN_ID);
    for record in columns.sheet.data() {
        let cell = columns.sheet.table.get(record, column);
        let cell = visible(&cell);
        if cell.is_empty() {
            continue;
        }
        let machine_made = certain || cell.len() >= 6 && cell.bytes().filter(u8::is_ascii_digit).count() >= 3;
        if !machine_made || !seen.insert(cell.into_owned()) {
            return false;
        }
    }
    !seen.is_empty()
}
