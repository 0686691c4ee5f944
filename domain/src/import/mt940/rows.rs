//! Turns entries into rows, and compares them with the balances around them.
use super::{
    book::{Book, Entry, Part},
    details,
    entry::{self, Balance, Values},
};
use crate::{
    currency::Currency,
    import::{
        AccountKindHint, Answers, FileError, MAX_ROWS, RejectReason, Rejected, Row, Statement, StatementAccount,
        amount::Side,
        codes::Codes,
        ids,
        text::{LONG, SHORT, clean, raw},
    },
};

/// Turns what was met into rows.
pub(super) fn fill(statement: &mut Statement, book: &Book<'_>, answers: &Answers) -> Result<(), FileError> {
    if book.parts.is_empty() {
        return Err(FileError::NotABankFile);
    }
    if book.entries.len() > MAX_ROWS {
        return Err(FileError::TooManyRows { max: MAX_ROWS });
    }
    let mut codes = Codes::new(answers);
    let currencies: Vec<Option<Currency>> = book.parts.iter().map(|part| codes.settle(code(part))).collect();
    statement.accounts = book.accounts.iter().map(|number| account(number)).collect();
    let mut moved = vec![Some(0_i64); book.parts.len()];
    for from in &book.entries {
        let currency = currencies[from.statement];
        match row(from, book.parts[from.statement].account, currency) {
            Ok(row) => {
                moved[from.statement] = moved[from.statement].and_then(|sum| sum.checked_add(row.amount));
                statement.rows.push(row);
            }
            Err(reason) => {
                moved[from.statement] = None;
                statement.rejected.push(Rejected { line: from.number, reason, raw: raw(from.line) });
            }
        }
    }
    for (part, (currency, moved)) in book.parts.iter().zip(currencies.iter().zip(&moved)) {
        close(statement, part, *currency, *moved);
    }
    ids::keep_unique(&mut statement.rows);
    statement.questions.extend(codes.question());
    Ok(())
}

fn code<'a>(part: &Part<'a>) -> Option<&'a str> {
    let balances = [part.opening, part.closing].into_iter().flatten().filter_map(entry::balance);
    balances.map(|balance| balance.currency).find(|code| !code.is_empty()).or(part.floor)
}

/// `BANK/NUMBER`, `NUMBER/CURRENCY`, `NUMBERCURRENCY`, or only a number.
fn account(written: &str) -> StatementAccount {
    let mut parts: Vec<&str> = written.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_code = |text: &str| text.len() == 3 && text.parse::<Currency>().is_ok();
    if parts.len() > 1 && parts.last().is_some_and(|last| is_code(last)) {
        parts.pop();
    }
    let number = parts.last().copied().unwrap_or(written);
    // An IBAN with the account's currency behind it.
    let cut = number.len().checked_sub(3).filter(|cut| *cut >= 6 && number.is_char_boundary(*cut));
    let ends_in_digit = |cut: &usize| number[..*cut].ends_with(|c: char| c.is_ascii_digit());
    let number = match cut.filter(ends_in_digit) {
        Some(cut) if is_code(&number[cut..]) => &number[..cut],
        _ => number,
    };
    StatementAccount {
        bank_id: parts.len().checked_sub(2).and_then(|bank| clean(parts[bank], SHORT)),
        number: clean(number, SHORT).unwrap_or_default(),
        kind: AccountKindHint::Other,
        currency: None,
        ledger_balance: None,
    }
}

fn row(from: &Entry<'_>, account: Option<u16>, currency: Option<Currency>) -> Result<Row, RejectReason> {
    let values = entry::values(from.line)?;
    let exponent = currency.map_or(2, Currency::exponent);
    let minor = entry::minor(values.amount, exponent)?;
    let details = details::read(&from.details);
    let more = from.more.join(" ");
    let payee = clean(&details.payee, SHORT)
        .or_else(|| clean(&details.memo, SHORT))
        .or_else(|| clean(&more, SHORT))
        .or_else(|| reference(&values));
    let memo =
        [details.memo.as_str(), more.as_str()].into_iter().filter_map(|text| clean(text, LONG)).collect::<Vec<_>>();
    let memo = clean(&memo.join(" · "), LONG);
    Ok(Row {
        own: None,
        line: from.number,
        account,
        date: values.date,
        amount: if values.side == Side::Out { -minor } else { minor },
        currency,
        exponent,
        memo: memo.filter(|memo| payee.as_ref() != Some(memo)),
        payee,
        external_id: ids::machine_made(values.bank_reference),
        category: None,
        check_number: None,
        pending: values.expected,
    })
}

/// The reference, where it says anything.
fn reference(values: &Values<'_>) -> Option<String> {
    clean(values.reference, SHORT).filter(|text| !["NONREF", "EREF", "KREF+", "EREF+"].contains(&text.as_str()))
}

/// Keeps the closing balance, and says where the entries don't lead to it.
fn close(statement: &mut Statement, part: &Part<'_>, currency: Option<Currency>, moved: Option<i64>) {
    let exponent = currency.map_or(2, Currency::exponent);
    let value = |text: Option<&str>| {
        let Balance { negative, amount, .. } = entry::balance(text?)?;
        let minor = entry::minor(amount, exponent).ok()?;
        Some(if negative { -minor } else { minor })
    };
    let (opening, closing) = (value(part.opening), value(part.closing));
    if let Some(account) = part.account.and_then(|index| statement.accounts.get_mut(usize::from(index))) {
        account.currency = account.currency.or(currency);
        account.ledger_balance = closing.or(account.ledger_balance);
    }
    if let (Some(opening), Some(closing), Some(moved)) = (opening, closing, moved)
        && opening.checked_add(moved) != Some(closing)
        && statement.notices.len() < 20
    {
        statement.notices.push("opening balance and entries don't add up to the closing balance".to_owned());
    }
}
