//! One record: a transaction, the text of one, a balance, or nothing of that.
use super::{
    facts::{Facts, named_id},
    plan::Plan,
    sheet::{Sheet, is_amount},
    words::{self, Direction, State},
};
use crate::{
    Date,
    import::{
        AmountColumns, DecimalMark, RejectReason,
        amount::{Side, Written, dissect},
        date,
        text::{raw, visible},
    },
};
use std::{borrow::Cow, collections::HashMap};

/// What a record is.
pub(super) enum Record {
    Transaction(Found),
    Rejected(RejectReason),
    Pending,
    Cancelled,
    Balance,
    /// More text for the transaction before.
    Continuation,
    Other,
}

/// A transaction's day and money.
pub(super) struct Found {
    pub(super) date: Date,
    pub(super) money: Money,
}

/// An amount that is not in minor units yet: its currency decides how many decimals there are.
#[derive(Debug, Clone)]
pub(super) struct Money {
    /// Digits to be added up, and whether they count as negative.
    parts: Vec<(String, bool)>,
    /// The currency's sign or code beside the number.
    pub(super) currency: String,
}

/// Reads records one by one.
pub(super) struct Reader<'s, 't> {
    sheet: &'s Sheet<'t>,
    plan: &'s Plan,
    facts: &'s Facts,
    around: Option<(u16, u16)>,
    states: HashMap<String, State>,
    /// Below a line that says `Pending transactions`.
    in_pending_section: bool,
}

impl<'s, 't> Reader<'s, 't> {
    pub(super) fn new(sheet: &'s Sheet<'t>, plan: &'s Plan, facts: &'s Facts, around: Option<(u16, u16)>) -> Self {
        Self { sheet, plan, facts, around, states: HashMap::new(), in_pending_section: false }
    }

    /// Says what the record is.
    pub(super) fn read(&mut self, record: usize) -> Record {
        if self.is_header_again(record) {
            return Record::Other;
        }
        let cell = self.date_cell(record);
        match (self.date(&cell), self.state(record)) {
            (Some(_), State::Cancelled) => Record::Cancelled,
            (Some(_), State::Pending) => Record::Pending,
            (Some(_), State::Booked) if self.in_pending_section => Record::Pending,
            (Some(date), State::Booked) => self.dated(record, date),
            (None, _) => self.undated(record, &cell),
        }
    }

    fn date_cell(&self, record: usize) -> Cow<'t, str> {
        let column = self.plan.mapping.date_column.map_or(0, usize::from);
        match self.sheet.table.get(record, column) {
            Cow::Borrowed(cell) => visible(cell),
            Cow::Owned(cell) => Cow::Owned(visible(&cell).into_owned()),
        }
    }

    fn date(&self, cell: &str) -> Option<Date> {
        date::dissect(cell)?.date(self.plan.mapping.date_order, self.around)
    }

    fn dated(&self, record: usize, date: Date) -> Record {
        let money = self.money(record);
        if !matches!(money, Err(RejectReason::BadAmount { .. })) && self.is_balance(record, words::is_balance) {
            return Record::Balance;
        }
        let unbooked = |column: usize| self.sheet.table.get(record, column).trim().is_empty();
        let authorised = |column: u16| words::is_authorised(&self.sheet.table.get(record, usize::from(column)));
        let only_authorised = self.plan.mapping.state_column.is_some_and(authorised)
            && self.plan.other_dates.iter().any(|column| unbooked(*column));
        if only_authorised || self.plan.booked.is_some_and(unbooked) {
            return Record::Pending;
        }
        if self.belongs_to_cancelled(record) {
            return Record::Cancelled;
        }
        match money {
            Ok(money) => Record::Transaction(Found { date, money }),
            Err(RejectReason::MissingAmount) if self.is_too_short(record) => {
                let count = |columns: usize| u32::try_from(columns).unwrap_or(u32::MAX);
                let (found, expected) = (count(self.sheet.table.width(record)), count(self.sheet.named));
                Record::Rejected(RejectReason::WrongColumnCount { found, expected })
            }
            Err(reason) => Record::Rejected(reason),
        }
    }

    /// A record without a readable day.
    fn undated(&mut self, record: usize, cell: &str) -> Record {
        let looks_like_date = cell.bytes().filter(u8::is_ascii_digit).count() >= 4 && date::dissect(cell).is_some();
        let is_sum = if looks_like_date { words::is_balance } else { words::is_total };
        if self.is_balance(record, is_sum) {
            return Record::Balance;
        }
        if words::state(cell) == State::Pending && cell.len() <= 40 {
            let is_title = self.filled(record) == 1;
            self.in_pending_section |= is_title;
            return if is_title { Record::Other } else { Record::Pending };
        }
        let money = self.money(record);
        if cell.is_empty() {
            return self.without_date(record, &money);
        }
        if looks_like_date || money.is_ok() {
            return match self.state(record) {
                State::Booked => Record::Rejected(RejectReason::BadDate { text: raw(cell) }),
                State::Pending => Record::Pending,
                State::Cancelled => Record::Cancelled,
            };
        }
        // The title of the next section.
        self.in_pending_section &= self.filled(record) != 1;
        Record::Other
    }

    fn without_date(&mut self, record: usize, money: &Result<Money, RejectReason>) -> Record {
        if matches!(money, Err(RejectReason::MissingAmount)) {
            let more = self.texts(record).next().is_some();
            return if more { Record::Continuation } else { Record::Other };
        }
        let get = |column: &usize| self.sheet.table.get(record, *column);
        let elsewhere = self.plan.other_dates.iter().any(|column| self.date(&visible(&get(column))).is_some());
        match self.state(record) {
            State::Cancelled => Record::Cancelled,
            State::Pending => Record::Pending,
            // Not booked yet, if the day of the purchase is there.
            State::Booked if elsewhere => Record::Pending,
            State::Booked if money.is_err() => Record::Other,
            // Amounts and nothing else are totals.
            State::Booked if self.sheet.table.fields(record).all(|cell| cell.trim().is_empty() || is_amount(&cell)) => {
                Record::Balance
            }
            State::Booked => Record::Rejected(RejectReason::MissingDate),
        }
    }

    fn filled(&self, record: usize) -> usize {
        self.sheet.table.fields(record).filter(|cell| !cell.trim().is_empty()).count()
    }

    fn state(&mut self, record: usize) -> State {
        let Some(column) = self.plan.mapping.state_column else { return State::Booked };
        let cell = self.sheet.table.get(record, usize::from(column));
        if let Some(state) = self.states.get(cell.trim()) {
            return *state;
        }
        let state = words::state(&cell);
        if self.states.len() < 1_000 {
            self.states.insert(cell.trim().to_owned(), state);
        }
        state
    }

    /// The texts of a record, not blank.
    pub(super) fn texts(&self, record: usize) -> impl Iterator<Item = Cow<'t, str>> + '_ {
        let mapping = &self.plan.mapping;
        let columns = mapping.payee_column.iter().chain(&mapping.memo_columns);
        columns
            .map(move |column| self.sheet.table.get(record, usize::from(*column)))
            .filter(|cell| !cell.trim().is_empty())
    }

    fn is_balance(&self, record: usize, is: fn(&str) -> bool) -> bool {
        let date = self.date_cell(record);
        self.texts(record).any(|cell| cell.len() <= 60 && is(&cell)) || !date.is_empty() && is(&date)
    }

    /// A refund whose number begins with that of an order that did not happen.
    fn belongs_to_cancelled(&self, record: usize) -> bool {
        if self.facts.cancelled.is_empty() {
            return false;
        }
        let Some(id) = self.plan.mapping.id_column.or(named_id(self.sheet)) else { return false };
        let id = self.sheet.table.get(record, usize::from(id));
        id.trim().split_once('_').is_some_and(|(order, _)| self.facts.cancelled.contains(order))
    }

    fn is_header_again(&self, record: usize) -> bool {
        self.sheet.header.is_some_and(|header| self.sheet.table.raw(header) == self.sheet.table.raw(record))
    }

    fn is_too_short(&self, record: usize) -> bool {
        let needed = self.plan.mapping.amount.as_ref().map(super::money::columns_of).unwrap_or_default();
        needed.iter().any(|column| usize::from(*column) >= self.sheet.table.width(record))
    }

    /// The signed parts of a record's amount.
    fn money(&self, record: usize) -> Result<Money, RejectReason> {
        let get = |column: u16| self.sheet.table.get(record, usize::from(column));
        let mut money = Money { parts: Vec::with_capacity(1), currency: String::new() };
        match self.plan.mapping.amount {
            None => return Err(RejectReason::MissingAmount),
            Some(AmountColumns::Signed { column }) => {
                money.add(&get(column), |written| {
                    let blank = self.facts.cell_sides.of_blank().filter(|_| !written.signed);
                    Ok(match written.side.or(blank) {
                        Some(side) => Some((side == Side::Out) != (written.negative && written.side.is_none())),
                        None => Some(written.negative),
                    })
                })?;
            }
            Some(AmountColumns::DebitCredit { debit, credit, debit_is_negative, credit_is_negative }) => {
                money.add(&get(debit), |written| Ok(Some(written.negative == debit_is_negative)))?;
                money.add(&get(credit), |written| Ok(Some(written.negative != credit_is_negative)))?;
            }
            Some(AmountColumns::Directed { column, direction }) => {
                let word = get(direction);
                money.add(&get(column), |written| self.directed(written, &word))?;
            }
        }
        if money.parts.is_empty() {
            return Err(RejectReason::MissingAmount);
        }
        if let Some(fee) = self.plan.mapping.fee_column {
            money.add(&get(fee), |_| Ok(Some(true)))?;
        }
        Ok(money)
    }

    fn directed(&self, written: &Written<'_>, word: &str) -> Result<Option<bool>, RejectReason> {
        let blank =
            || if word.trim().is_empty() { self.facts.word_sides.of_blank().map(Direction::Side) } else { None };
        match words::direction(word).or_else(blank) {
            Some(Direction::Side(side)) => Ok(Some((side == Side::Out) != written.negative)),
            Some(Direction::Neither) => Ok(None),
            None => Err(RejectReason::UnknownDirection { text: raw(word) }),
        }
    }
}

impl Money {
    /// Adds what a cell has; blank cells and dashes have nothing. `sign` says whether it counts as negative; None: as zero.
    fn add(
        &mut self,
        cell: &str,
        sign: impl FnOnce(&Written<'_>) -> Result<Option<bool>, RejectReason>,
    ) -> Result<(), RejectReason> {
        let cell = visible(cell);
        if cell.chars().all(|c| matches!(c, '-' | '–' | '—' | '"' | '\'' | ' ' | '\u{a0}')) {
            return Ok(());
        }
        let written = dissect(&cell).ok_or_else(|| RejectReason::BadAmount { text: raw(&cell) })?;
        let negative = sign(&written)?;
        let core = if negative.is_some() { written.core } else { "0" };
        self.parts.push((core.to_owned(), negative.unwrap_or(false)));
        if self.currency.is_empty() {
            written.currency.clone_into(&mut self.currency);
        }
        Ok(())
    }

    /// The sum in minor units.
    pub(super) fn minor(&self, mark: DecimalMark, exponent: u8) -> Result<i64, RejectReason> {
        let mut sum = 0_i64;
        for (part, negative) in &self.parts {
            let minor = crate::import::amount::minor(part, mark, exponent)
                .map_err(|error| RejectReason::of_amount(error, part, exponent))?;
            sum += if *negative { -minor } else { minor };
        }
        Ok(sum)
    }
}
