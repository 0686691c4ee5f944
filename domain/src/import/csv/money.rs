//! Where the amounts are: one column with signs, one with a word for the direction, or two for out and in.
use super::{
    columns::Columns,
    infer::{self, Guess},
    plan::narrow,
    roles::Role,
    vocab::{Found, List},
};
use crate::import::{AmountColumns, amount};

/// By name, or else by content.
pub(super) fn find(columns: &Columns<'_, '_>) -> Option<Guess> {
    match by_name(columns) {
        Some(amount) => Some(Guess { amount, balance: None, sure: true }),
        None => infer::amounts(columns),
    }
}

/// The columns that amounts are read from.
pub(super) fn columns_of(amount: &AmountColumns) -> Vec<u16> {
    match *amount {
        AmountColumns::Signed { column } | AmountColumns::Directed { column, .. } => vec![column],
        AmountColumns::DebitCredit { debit, credit, .. } => vec![debit, credit],
    }
}

fn by_name(columns: &Columns<'_, '_>) -> Option<AmountColumns> {
    match (single(columns), pair(columns)) {
        (Some(column), Some(pair)) if !is_better_than_pair(columns, column) => Some(debit_credit(columns, pair)),
        (Some(column), _) => Some(signed_or_directed(columns, column)),
        (None, Some(pair)) => Some(debit_credit(columns, pair)),
        (None, None) => None,
    }
}

/// The one column of amounts: plainly named before weakly named, in the account's currency before that of the row.
fn single(columns: &Columns<'_, '_>) -> Option<usize> {
    let rows = columns.sample.len();
    let has_rate = columns.sheet.names.iter().any(|name| Found::in_words(&name.words).is(List::RATE));
    let fits = |column: &usize| columns.profile(*column).is_amount() || (rows == 0 && columns.is_empty(*column));
    columns.of_role(|role| matches!(role, Role::Amount(_))).into_iter().filter(fits).min_by_key(|column| {
        let rank = match columns.role(*column) {
            Role::Amount(rank) => rank,
            _ => 2,
        };
        let of_the_row = has_rate && columns.sheet.names[*column].currency.is_none();
        let profile = columns.profile(*column);
        (profile.filled * 2 < rows, profile.nonzero == 0, of_the_row, rank, *column)
    })
}

/// One column for money out, one for money in, that together have an amount in most records.
fn pair(columns: &Columns<'_, '_>) -> Option<(usize, usize)> {
    let fits = |column: &usize| columns.profile(*column).is_amount() || columns.is_empty(*column);
    let side = |role: Role| {
        let all: Vec<usize> = columns.of_role(|other| other == role).into_iter().filter(fits).collect();
        all.iter().copied().max_by_key(|column| (columns.filled(*column), std::cmp::Reverse(*column)))
    };
    let (debit, credit) = side(Role::Debit).zip(side(Role::Credit))?;
    let has = |record: usize, column: usize| !columns.sheet.table.get(record, column).trim().is_empty();
    let covered = columns.sample.iter().filter(|record| has(**record, debit) || has(**record, credit)).count();
    (covered * 10 >= columns.sample.len() * 8).then_some((debit, credit))
}

/// Beside columns of debit and credit, a full column of amounts is better if it has signs or a currency of its own.
fn is_better_than_pair(columns: &Columns<'_, '_>, column: usize) -> bool {
    let tells = columns.profile(column).negative > 0 || columns.sheet.names[column].currency.is_some();
    columns.is_full(column) && tells
}

pub(super) fn debit_credit(columns: &Columns<'_, '_>, (debit, credit): (usize, usize)) -> AmountColumns {
    AmountColumns::DebitCredit {
        debit: narrow(debit),
        credit: narrow(credit),
        debit_is_negative: is_negative(columns, debit),
        credit_is_negative: is_negative(columns, credit),
    }
}

/// Whether all amounts but zeros are negative: then the sign says no more than the column's name.
fn is_negative(columns: &Columns<'_, '_>, column: usize) -> bool {
    let (mut negative, mut positive) = (false, false);
    for record in columns.sheet.data() {
        let cell = columns.sheet.table.get(record, column);
        if cell.contains(|c: char| ('1'..='9').contains(&c)) {
            amount::with(&cell, |written| {
                let Some(written) = written else { return };
                *(if written.negative { &mut negative } else { &mut positive }) = true;
            });
        }
    }
    negative && !positive
}

/// With a word beside it that tells out from in, unless the amounts have signs themselves.
pub(super) fn signed_or_directed(columns: &Columns<'_, '_>, column: usize) -> AmountColumns {
    let column_of = narrow(column);
    match direction(columns, column) {
        Some(direction) if !has_minus(columns, column) => {
            AmountColumns::Directed { column: column_of, direction: narrow(direction) }
        }
        _ => AmountColumns::Signed { column: column_of },
    }
}

/// The column with words for the direction of an amount: named so, else of a kind, else without a name.
fn direction(columns: &Columns<'_, '_>, column: usize) -> Option<usize> {
    let fits = |other: &usize| *other != column && is_direction(columns, *other);
    let rank = |other: &usize| match columns.role(*other) {
        Role::Direction => Some(0),
        Role::Kind => Some(1),
        Role::None => Some(2),
        _ => None,
    };
    let ranked = columns.all().filter(fits).filter_map(|other| Some((rank(&other)?, other.abs_diff(column), other)));
    ranked.min().map(|(.., other)| other)
}

fn is_direction(columns: &Columns<'_, '_>, column: usize) -> bool {
    let profile = columns.profile(column);
    let (both, one_word) = (profile.out > 0 && profile.into > 0, profile.values.len() == 1);
    // Few kinds of which most tell: rows of the others (transfers) are refused rather than all signs lost.
    let most = both && profile.values.len() <= 12 && profile.mostly(profile.out + profile.into + profile.neither);
    let named_so = matches!(columns.role(column), Role::Direction | Role::Kind);
    if !(profile.is_direction() || most && named_so) {
        return false;
    }
    // Only one side is ever marked (`CR`): nothing stands for the other.
    let full = profile.filled == profile.all || (one_word && !both);
    let named = columns.role(column) == Role::Direction;
    let mark = profile.values.iter().all(|cell| ["CR", "DR", "Cr", "Dr"].contains(&cell.as_str()));
    full && (both || named || mark)
}

/// Looks at all records: the one refund of a long file may be outside of the sample.
fn has_minus(columns: &Columns<'_, '_>, column: usize) -> bool {
    columns.sheet.data().any(|record| {
        let cell = columns.sheet.table.get(record, column);
        cell.contains(['-', '(', '\u{2212}', '\u{2013}'])
            && amount::with(&cell, |written| written.is_some_and(|written| written.negative))
    })
}
