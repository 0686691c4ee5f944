//! What all rows of a file show together: marks, dates, words. Each is decided once, and holds for all.
use super::{
    money,
    plan::Plan,
    sheet::Sheet,
    words::{self, Direction},
};
use crate::import::{
    AmountColumns, DecimalMark,
    amount::{self, Side},
    date::{self, Written},
    marks::Evidence,
    text::visible,
};
use std::collections::HashSet;

/// Which sides were met.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sides {
    out: bool,
    into: bool,
}

impl Sides {
    fn see(&mut self, side: Side) {
        *(if side == Side::Out { &mut self.out } else { &mut self.into }) = true;
    }

    /// What nothing at all stands for, where only one side is ever marked.
    pub(super) fn of_blank(self) -> Option<Side> {
        match (self.out, self.into) {
            (true, false) => Some(Side::In),
            (false, true) => Some(Side::Out),
            _ => None,
        }
    }
}

/// What was seen.
#[derive(Default)]
pub(super) struct Facts {
    /// Dates whose order has to be decided, in the file's order.
    pub(super) dates: Vec<Written>,
    /// Some of them, as written.
    pub(super) date_samples: Vec<String>,
    pub(super) marks: Evidence,
    pub(super) balance_marks: Evidence,
    /// The most decimals, by the mark that is taken for the decimal one: point, comma.
    decimals: [usize; 2],
    /// CR and DR beside amounts.
    pub(super) cell_sides: Sides,
    /// Words for the direction.
    pub(super) word_sides: Sides,
    /// Some amount is written with a plus.
    pub(super) plus: bool,
    /// The first currency beside an amount.
    pub(super) currency: String,
    /// Some amounts, as written.
    pub(super) amount_samples: Vec<String>,
    /// Identifications of transactions that did not happen.
    pub(super) cancelled: HashSet<String>,
}

impl Facts {
    /// Looks at all records.
    pub(super) fn gather(sheet: &Sheet<'_>, plan: &Plan) -> Self {
        let mut facts = Self::default();
        let money = plan.mapping.amount.as_ref().map(money::columns_of).unwrap_or_default();
        let direction = match plan.mapping.amount {
            Some(AmountColumns::Directed { direction, .. }) => Some(usize::from(direction)),
            _ => None,
        };
        for record in sheet.data() {
            let get = |column: usize| sheet.table.get(record, column);
            if let Some(column) = plan.mapping.date_column
                && !facts.date(&visible(&get(usize::from(column))))
            {
                continue;
            }
            for column in &money {
                facts.amount(&get(usize::from(*column)));
            }
            if let Some(Direction::Side(side)) = direction.and_then(|column| words::direction(&get(column))) {
                facts.word_sides.see(side);
            }
            if let Some(balance) = plan.balance {
                amount::with(&get(balance), |written| {
                    if let Some(written) = written {
                        facts.balance_marks.see(written.core);
                    }
                });
            }
            if let Some((state, id)) = plan.mapping.state_column.zip(plan.mapping.id_column.or(named_id(sheet)))
                && words::state(&get(usize::from(state))) == words::State::Cancelled
            {
                facts.cancelled.insert(visible(&get(usize::from(id))).into_owned());
            }
        }
        facts
    }

    /// False if this is no date: the row is no transaction, and its numbers say nothing.
    fn date(&mut self, cell: &str) -> bool {
        let Some(written) = date::dissect(cell).filter(|written| written.is_possible()) else { return false };
        if !matches!(written, Written::Sure { .. }) {
            self.dates.push(written);
            if self.date_samples.len() < 5 && !self.date_samples.iter().any(|sample| sample == cell) {
                self.date_samples.push(cell.to_owned());
            }
        }
        true
    }

    fn amount(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        if self.amount_samples.len() < 5 {
            self.amount_samples.push(cell.trim().chars().take(40).collect());
        }
        amount::with(cell, |written| {
            let Some(written) = written else { return };
            self.marks.see(written.core);
            for (most, mark) in self.decimals.iter_mut().zip([DecimalMark::Point, DecimalMark::Comma]) {
                *most = (*most).max(written.decimals(mark));
            }
            if self.currency.is_empty() {
                written.currency.clone_into(&mut self.currency);
            }
            self.plus |= written.signed && !written.negative;
            written.side.iter().for_each(|side| self.cell_sides.see(*side));
        });
    }

    /// Decimals of amounts whose currency is not known: two, or three if some amount has them.
    pub(super) fn exponent(&self, mark: DecimalMark) -> u8 {
        let most = self.decimals[usize::from(mark == DecimalMark::Comma)];
        if most > 2 { 3 } else { 2 }
    }
}

/// A column of identifications, even if they are not unique.
pub(super) fn named_id(sheet: &Sheet<'_>) -> Option<u16> {
    sheet.columns(|role| role == super::roles::Role::Id).first().map(|column| super::plan::narrow(*column))
}
