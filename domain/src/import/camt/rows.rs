//! Turns entries into rows.
use super::book::{Amount, Book, Entry, Part};
use crate::{
    Date,
    currency::Currency,
    import::{
        AccountKindHint, Answers, DateOrder, DecimalMark, FileError, MAX_ROWS, RejectReason, Rejected, Row, Statement,
        StatementAccount, amount,
        codes::Codes,
        date::{self, Written},
        ids,
        text::{LONG, SHORT, clean, raw, visible},
    },
};

/// Turns what was met into rows.
pub(super) fn fill(statement: &mut Statement, book: &Book, answers: &Answers) -> Result<(), FileError> {
    if book.parts.is_empty() {
        return Err(FileError::NotABankFile);
    }
    if book.entries.len() > MAX_ROWS {
        return Err(FileError::TooManyRows { max: MAX_ROWS });
    }
    let mut rows = Rows { codes: Codes::new(answers), undated: 0 };
    let places: Vec<Option<u16>> = book.parts.iter().map(|part| rows.account(statement, part)).collect();
    for entry in &book.entries {
        if entry.status.as_deref() == Some("INFO") {
            statement.skipped.other += 1;
            continue;
        }
        match rows.row(entry, &book.parts[entry.statement], places[entry.statement]) {
            Ok(row) => statement.rows.push(row),
            Err(reason) => statement.rejected.push(Rejected { line: entry.number, reason, raw: entry.raw() }),
        }
    }
    ids::keep_unique(&mut statement.rows);
    if statement.skipped.other > 0 {
        statement.notices.push(format!("{} entries are for information only", statement.skipped.other));
    }
    if rows.undated > 0 {
        statement.notices.push(format!("{} entries without a day have that of their statement", rows.undated));
    }
    statement.questions.extend(rows.codes.question());
    Ok(())
}

struct Rows<'a> {
    codes: Codes<'a>,
    /// Entries that have no day of their own.
    undated: u32,
}

impl Rows<'_> {
    /// The index of the statement's account, one for all statements of the same account.
    fn account(&mut self, statement: &mut Statement, part: &Part) -> Option<u16> {
        let number = clean(&part.number, SHORT)?;
        let code =
            part.currency.as_deref().or(part.closing.as_ref().and_then(|(amount, _)| amount.currency.as_deref()));
        let currency = code.and_then(|code| self.codes.settle(Some(code)));
        let same = |account: &StatementAccount| {
            account.number == number && (account.currency == currency || currency.is_none())
        };
        let index = statement.accounts.iter().position(same).unwrap_or(statement.accounts.len());
        if index == statement.accounts.len() {
            statement.accounts.push(StatementAccount {
                bank_id: part.bank.as_deref().and_then(|bank| clean(bank, SHORT)),
                number,
                kind: kind(part.kind.as_deref().unwrap_or_default()),
                currency,
                ledger_balance: None,
            });
        }
        if let Some((amount, debit)) = &part.closing {
            let minor = minor(amount, currency.map_or(2, Currency::exponent)).ok();
            statement.accounts[index].ledger_balance = minor.map(|minor| if *debit { -minor } else { minor });
        }
        u16::try_from(index).ok()
    }

    fn row(&mut self, entry: &Entry, part: &Part, account: Option<u16>) -> Result<Row, RejectReason> {
        let date = self.date(entry, part)?;
        let amount = entry.amount.as_ref().ok_or(RejectReason::MissingAmount)?;
        let currency = self.codes.settle(amount.currency.as_deref().or(part.currency.as_deref()));
        let exponent = currency.map_or(2, Currency::exponent);
        let minor = minor(amount, exponent)?;
        // A reversal has the direction that it moves the money in: nothing has to be turned.
        let out = match entry.side.as_deref() {
            Some("DBIT") => true,
            Some("CRDT") => false,
            other => return Err(RejectReason::UnknownDirection { text: raw(other.unwrap_or_default()) }),
        };
        let payee = payee(entry, out);
        let memo = memo(entry);
        Ok(Row {
            own: None,
            line: entry.number,
            account,
            date,
            amount: if out { -minor } else { minor },
            currency,
            exponent,
            payee: payee.or_else(|| memo.as_deref().and_then(|memo| clean(memo, SHORT))),
            memo,
            external_id: entry
                .reference
                .as_deref()
                .or_else(|| only(entry)?.reference.as_deref())
                .and_then(ids::machine_made),
            category: None,
            check_number: entry.check.as_deref().and_then(|check| clean(check, SHORT)),
            pending: matches!(entry.status.as_deref(), Some("PDNG" | "FUTR")),
        })
    }

    /// The day of booking, else that from which it counts, else any that the entry or its statement names.
    fn date(&mut self, entry: &Entry, part: &Part) -> Result<Date, RejectReason> {
        let own = [&entry.booked, &entry.value_date, &entry.other_date].into_iter().flatten().next();
        if let Some(text) = own {
            return day(text).ok_or_else(|| RejectReason::BadDate { text: raw(text) });
        }
        self.undated += 1;
        part.date.as_deref().and_then(day).ok_or(RejectReason::MissingDate)
    }
}

/// The day as written: `2019-05-21T23:30:00+02:00` is the 21st whatever the zone.
fn day(text: &str) -> Option<Date> {
    let text = text.get(..10).unwrap_or(text);
    date::dissect(text).filter(|written| matches!(written, Written::Sure { .. }))?.date(DateOrder::Ymd, None)
}

/// The entry's only payment.
fn only(entry: &Entry) -> Option<&super::book::Detail> {
    entry.details.first().filter(|_| entry.payments <= 1)
}

/// Whom the money went to, or came from.
fn payee(entry: &Entry, out: bool) -> Option<String> {
    let name = only(entry).and_then(|detail| {
        let other = if out { &detail.creditor } else { &detail.debtor };
        other.as_ref().or(detail.ultimate.as_ref())
    });
    name.filter(|name| !name.eq_ignore_ascii_case("NOTPROVIDED")).and_then(|name| clean(name, SHORT))
}

/// What was written about the payments; what the bank says about the entry where there is nothing.
fn memo(entry: &Entry) -> Option<String> {
    let texts = entry.details.iter().flat_map(|detail| &detail.texts).map(String::as_str).collect::<Vec<_>>();
    clean(&texts.join(" "), LONG).or_else(|| clean(&entry.info.join(" "), LONG))
}

/// Minor units of an amount, which has a point before its decimals; some banks write a comma. Signs have no place in it.
fn minor(amount: &Amount, exponent: u8) -> Result<i64, RejectReason> {
    let text = visible(&amount.value);
    if text.is_empty() {
        return Err(RejectReason::MissingAmount);
    }
    let mark = if text.contains('.') { DecimalMark::Point } else { DecimalMark::Comma };
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Err(RejectReason::BadAmount { text: raw(&text) });
    }
    if mark == DecimalMark::Comma && text.split_once(',').is_some_and(|(_, behind)| behind.len() > 2) {
        return Err(RejectReason::AmbiguousAmount { text: raw(&text) });
    }
    amount::minor(&text, mark, exponent).map_err(|error| RejectReason::of_amount(error, &raw(&text), exponent))
}

fn kind(code: &str) -> AccountKindHint {
    match code {
        "CACC" | "TRAN" | "CURR" => AccountKindHint::Checking,
        "SVGS" | "MOMA" => AccountKindHint::Savings,
        "CARD" => AccountKindHint::Card,
        "CASH" => AccountKindHint::Cash,
        "LOAN" | "MGLD" => AccountKindHint::Loan,
        _ => AccountKindHint::Other,
    }
}
