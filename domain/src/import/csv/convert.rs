//! Records into rows of the statement.
use super::{
    facts::Facts,
    plan::Plan,
    records::{Found, Reader, Record},
    sheet::Sheet,
    words,
};
use crate::{
    currency::Currency,
    import::{
        AccountKindHint, Answers, FileError, MAX_ROWS, Question, RejectReason, Rejected, Row, Statement,
        StatementAccount, amount,
        money_sign::{Meaning, meaning},
        text::{LONG, SHORT, clean, raw, visible},
    },
};

/// More accounts than that are none, but something else.
const MAX_ACCOUNTS: usize = 200;

/// Fills the statement. Returns the balances beside the rows, in thousandths.
pub(super) fn fill(
    statement: &mut Statement,
    sheet: &Sheet<'_>,
    plan: &Plan,
    facts: &Facts,
    around: Option<(u16, u16)>,
    answers: &Answers,
) -> Result<Vec<Option<i64>>, FileError> {
    let mut reader = Reader::new(sheet, plan, facts, around);
    let mut rows = Rows {
        sheet,
        plan,
        answers,
        exponent: facts.exponent(plan.mapping.decimal_mark),
        known: Vec::new(),
        question: None,
    };
    let mut balances = Vec::new();
    let mut after_row = false;
    for record in sheet.data() {
        let read = reader.read(record);
        let continues = after_row && matches!(read, Record::Continuation);
        after_row = continues || matches!(read, Record::Transaction(_));
        match read {
            Record::Transaction(found) => match rows.row(record, &found, statement, &reader) {
                Ok(row) => {
                    statement.rows.push(row);
                    balances.push(rows.balance(record));
                }
                Err(reason) => statement.rejected.push(rejected(sheet, record, reason)),
            },
            Record::Rejected(reason) => statement.rejected.push(rejected(sheet, record, reason)),
            Record::Pending => statement.skipped.pending += 1,
            Record::Cancelled => statement.skipped.cancelled += 1,
            Record::Balance => statement.skipped.balances += 1,
            Record::Continuation if continues => {
                statement.skipped.continuations += 1;
                let more = reader.texts(record).collect::<Vec<_>>().join(" ");
                if let Some(row) = statement.rows.last_mut() {
                    row.memo = clean(&format!("{} {more}", row.memo.as_deref().unwrap_or_default()), LONG);
                }
            }
            Record::Continuation | Record::Other => statement.skipped.other += 1,
        }
        if statement.rows.len() > MAX_ROWS {
            return Err(FileError::TooManyRows { max: MAX_ROWS });
        }
    }
    statement.questions.extend(rows.question);
    Ok(balances)
}

fn rejected(sheet: &Sheet<'_>, record: usize, reason: RejectReason) -> Rejected {
    Rejected { line: line(record), reason, raw: raw(sheet.table.raw(record)) }
}

fn line(record: usize) -> u32 {
    u32::try_from(record + 1).unwrap_or(u32::MAX)
}

struct Rows<'s, 't> {
    sheet: &'s Sheet<'t>,
    plan: &'s Plan,
    answers: &'s Answers,
    /// Decimals where the currency is not known.
    exponent: u8,
    /// Codes met so far.
    known: Vec<(String, Meaning)>,
    question: Option<Question>,
}

impl Rows<'_, '_> {
    fn row(
        &mut self,
        record: usize,
        found: &Found,
        statement: &mut Statement,
        reader: &Reader<'_, '_>,
    ) -> Result<Row, RejectReason> {
        let mapping = &self.plan.mapping;
        let currency = self.currency(record, &found.money.currency);
        let exponent = currency.map_or(self.exponent, Currency::exponent);
        let amount = found.money.minor(mapping.decimal_mark, exponent)?;
        let amount = if mapping.flip_sign { -amount } else { amount };
        let short = |column: Option<u16>| column.and_then(|column| clean(&self.get(record, column), SHORT));
        let other = self.plan.parties.and_then(|(from, to)| short(Some(if amount < 0 { to } else { from })));
        let payee = other
            .or_else(|| short(mapping.payee_column))
            .or_else(|| reader.texts(record).next().and_then(|text| clean(&text, SHORT)));
        let memo = self.memo(record, payee.as_deref());
        Ok(Row {
            own: None,
            line: line(record),
            account: self.account(record, statement),
            date: found.date,
            amount,
            currency,
            exponent,
            pending: mapping.state_column.is_some_and(|column| words::is_authorised(&self.get(record, column)))
                || memo.as_deref().or(payee.as_deref()).is_some_and(words::is_unsettled)
                || payee.as_deref().is_some_and(words::is_unsettled),
            payee,
            memo,
            external_id: short(mapping.id_column),
            category: short(mapping.category_column),
            check_number: short(mapping.check_number_column)
                .filter(|number| number.contains(|c: char| ('1'..='9').contains(&c))),
        })
    }

    fn get(&self, record: usize, column: u16) -> std::borrow::Cow<'_, str> {
        self.sheet.table.get(record, usize::from(column))
    }

    /// The texts that are not the payee, and fields behind the last named column.
    fn memo(&self, record: usize, payee: Option<&str>) -> Option<String> {
        let beyond = if self.sheet.header.is_some() { self.sheet.named..self.sheet.table.width(record) } else { 0..0 };
        let columns = self.plan.mapping.memo_columns.iter().map(|column| usize::from(*column)).chain(beyond);
        let mut parts: Vec<String> = Vec::new();
        for column in columns {
            let part = clean(&self.sheet.table.get(record, column), LONG);
            if let Some(part) = part.filter(|part| Some(part.as_str()) != payee && !parts.contains(part)) {
                parts.push(part);
            }
        }
        if parts.len() > 1 { clean(&parts.join(" · "), LONG) } else { parts.pop() }
    }

    fn account(&self, record: usize, statement: &mut Statement) -> Option<u16> {
        let number = clean(&self.get(record, self.plan.mapping.account_column?), SHORT)?;
        let known = statement.accounts.iter().position(|account| account.number == number);
        let index = known.unwrap_or(statement.accounts.len());
        if index >= MAX_ACCOUNTS {
            return None;
        }
        if known.is_none() {
            statement.accounts.push(StatementAccount {
                bank_id: None,
                number,
                kind: AccountKindHint::Other,
                currency: None,
                ledger_balance: None,
            });
        }
        u16::try_from(index).ok()
    }

    /// By the sign beside the amount, the row's code, what holds for the whole file; a sign that several countries share
    /// is what the row or the file says.
    fn currency(&mut self, record: usize, beside: &str) -> Option<Currency> {
        let column = self
            .plan
            .mapping
            .currency_column
            .map(|column| self.get(record, column).trim().to_owned())
            .unwrap_or_default();
        let fixed = self.plan.mapping.currency;
        let mut unknown = None;
        for text in [beside, column.as_str()].into_iter().filter(|text| !text.is_empty()) {
            match self.meaning(text) {
                Meaning::One(currency) => return Some(currency),
                other => unknown = unknown.or_else(|| Some((text.to_owned(), other))),
            }
        }
        let Some((text, meaning)) = unknown else { return fixed.or(self.answers.currency) };
        let home = fixed.or(self.answers.home_currency);
        let settled = meaning.settle(home).or(self.answers.currency);
        if settled.is_none() && self.question.is_none() {
            self.question = Some(Question::Currency { found: raw(&text), candidates: meaning.candidates() });
        }
        settled
    }

    fn meaning(&mut self, text: &str) -> Meaning {
        if let Some((_, known)) = self.known.iter().find(|(code, _)| code == text) {
            return *known;
        }
        let found = meaning(text);
        if self.known.len() < 64 {
            self.known.push((text.to_owned(), found));
        }
        found
    }

    fn balance(&self, record: usize) -> Option<i64> {
        amount::with(&visible(&self.sheet.table.get(record, self.plan.balance?)), |written| {
            let written = written?;
            let minor = written.minor(self.plan.mapping.decimal_mark, 3).ok()?;
            Some(if written.negative { -minor } else { minor })
        })
    }
}
