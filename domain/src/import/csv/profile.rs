//! What a column is, by what is in it.
use super::{
    roles::Role,
    sheet::{Sheet, is_amount, is_date, is_transaction},
    words::{self, Direction},
};
use crate::import::{
    amount::{self, Side},
    money_sign::{Meaning, meaning},
    text::visible,
};
use std::collections::BTreeSet;

/// How many records are looked at.
const SAMPLE: usize = 1_000;

/// The records by which columns are judged: those that look like transactions, spread over the whole file.
pub(super) fn sample(sheet: &Sheet<'_>) -> Vec<usize> {
    let all: Vec<usize> = sheet.data().collect();
    let step = all.len().div_ceil(SAMPLE).max(1);
    let spread: Vec<usize> = all.iter().copied().step_by(step).collect();
    let days = sheet.columns(|role| matches!(role, Role::Date(0)));
    let has_day = |record: &usize| days.iter().any(|column| is_date(&sheet.table.get(*record, *column)));
    let named: Vec<usize> = spread.iter().copied().filter(has_day).collect();
    if !named.is_empty() {
        return named;
    }
    let fitting: Vec<usize> = spread.iter().copied().filter(|record| is_transaction(&sheet.table, *record)).collect();
    if fitting.is_empty() { spread } else { fitting }
}

/// Counts over the sampled records.
#[derive(Debug, Default, Clone)]
pub(super) struct Profile {
    pub(super) all: usize,
    pub(super) filled: usize,
    pub(super) dates: usize,
    /// Amounts, which are no dates.
    pub(super) amounts: usize,
    /// Of them, with a decimal mark, a sign or a currency: plain whole numbers may be anything.
    pub(super) marked: usize,
    pub(super) negative: usize,
    /// Other than zero.
    pub(super) nonzero: usize,
    /// Codes of currencies, known ones and three capitals.
    pub(super) codes: usize,
    /// Words for money out, in and neither.
    pub(super) out: usize,
    pub(super) into: usize,
    pub(super) neither: usize,
    /// Different values, up to 50.
    pub(super) values: BTreeSet<String>,
}

impl Profile {
    /// Of one column.
    pub(super) fn of(sheet: &Sheet<'_>, sample: &[usize], column: usize) -> Self {
        let mut profile = Self { all: sample.len(), ..Self::default() };
        for record in sample {
            profile.see(&visible(&sheet.table.get(*record, column)));
        }
        profile
    }

    fn see(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if self.values.len() < 50 && cell.len() < 200 {
            self.values.insert(cell.to_owned());
        }
        if is_date(cell) {
            self.dates += 1;
        } else if is_amount(cell) {
            self.amount(cell);
        }
        if cell.len() < 8 && is_code(cell) {
            self.codes += 1;
        }
        if cell.len() < 32 {
            match words::direction(cell) {
                Some(Direction::Side(Side::Out)) => self.out += 1,
                Some(Direction::Side(Side::In)) => self.into += 1,
                Some(Direction::Neither) => self.neither += 1,
                None => {}
            }
        }
    }

    fn amount(&mut self, cell: &str) {
        self.amounts += 1;
        amount::with(cell, |written| {
            let Some(written) = written else { return };
            self.marked +=
                usize::from(written.signed || !written.currency.is_empty() || written.core.contains(['.', ',']));
            self.nonzero += usize::from(written.core.contains(|c: char| ('1'..='9').contains(&c)));
            self.negative += usize::from(written.negative);
        });
    }

    /// At least half of what is filled in.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 2 >= self.filled
    }

    /// Nearly all of what is filled in.
    pub(super) fn nearly_all(&self, count: usize) -> bool {
        self.filled > 0 && count * 20 >= self.filled * 19
    }

    /// Whether the column holds days.
    pub(super) fn is_date(&self) -> bool {
        self.mostly(self.dates)
    }

    /// Whether the column holds amounts.
    pub(super) fn is_amount(&self) -> bool {
        self.mostly(self.amounts)
    }

    /// Whether the column holds words for the direction.
    pub(super) fn is_direction(&self) -> bool {
        self.out + self.into > 0 && self.nearly_all(self.out + self.into + self.neither)
    }

    /// Whether the column holds codes of currencies.
    pub(super) fn is_currency(&self) -> bool {
        self.nearly_all(self.codes)
    }
}

fn is_code(cell: &str) -> bool {
    let capitals = cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase());
    capitals || (!cell.bytes().any(|byte| byte.is_ascii_digit()) && meaning(cell) != Meaning::Unknown)
}
