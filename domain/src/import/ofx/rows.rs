//! Turns what the file has into rows, by what the whole of it shows.
use super::{
    amounts::Style,
    book::{Account, Book},
    transaction::Transaction,
};
use crate::Date;
use crate::currency::Currency;
use crate::import::{
    AccountKindHint, Answers, FileError, MAX_ROWS, RejectReason, Rejected, Row, Statement, StatementAccount,
    codes::Codes,
    entities::unescape,
    text::{LONG, SHORT, clean, raw, visible},
};

/// Turns what was met into rows.
pub(super) fn fill(statement: &mut Statement, book: &Book<'_>, answers: &Answers) -> Result<(), FileError> {
    if book.transactions.is_empty()
        && book.accounts.is_empty()
        && let Some((code, message)) = book.refusal
    {
        let message = clean(&unescape(message), LONG).unwrap_or_default();
        return Err(FileError::BankSaid { code: raw(code), message });
    }
    if book.transactions.len() > MAX_ROWS {
        return Err(FileError::TooManyRows { max: MAX_ROWS });
    }
    if let Some((code, message)) = book.refusal {
        statement.notices.push(format!("the bank reports an error besides: {} {}", raw(code), raw(message)));
    }
    let mut rows = Rows::new(&book.transactions, answers);
    statement.accounts = book.accounts.iter().map(|account| rows.account(account)).collect();
    statement.skipped = book.skipped;
    for transaction in &book.transactions {
        if transaction.correction.is_some_and(|action| action.eq_ignore_ascii_case("DELETE")) {
            statement.skipped.cancelled += 1;
            continue;
        }
        match rows.row(transaction) {
            Ok(row) => statement.rows.push(row),
            Err(reason) => {
                statement.rejected.push(Rejected { line: transaction.number, reason, raw: transaction.raw() });
            }
        }
    }
    if book.skipped.other > 0 {
        statement.notices.push(format!("{} purchases and sales of securities are not imported", book.skipped.other));
    }
    statement.questions.extend(rows.codes.question());
    Ok(())
}

/// Turns transactions into rows by what the whole file shows.
struct Rows<'b> {
    style: Style,
    codes: Codes<'b>,
}

impl<'b> Rows<'b> {
    fn new(transactions: &[Transaction<'_>], answers: &'b Answers) -> Self {
        let style = Style::of(transactions.iter().filter_map(|transaction| transaction.amount));
        Self { style, codes: Codes::new(answers) }
    }

    fn account(&mut self, account: &Account<'_>) -> StatementAccount {
        let currency = self.codes.settle(account.currency);
        let exponent = currency.map_or(self.style.exponent, Currency::exponent);
        StatementAccount {
            bank_id: clean(&unescape(account.bank), SHORT),
            number: clean(&unescape(account.number), SHORT).unwrap_or_default(),
            kind: kind(account.kind),
            currency,
            ledger_balance: account.balance.and_then(|text| self.style.read(text, exponent).ok()),
        }
    }

    fn row(&mut self, from: &Transaction<'_>) -> Result<Row, RejectReason> {
        let date = date(from.posted.ok_or(RejectReason::MissingDate)?)?;
        let currency = self.codes.settle(from.currency.or(from.default_currency));
        let exponent = currency.map_or(self.style.exponent, Currency::exponent);
        let amount = self.style.read(&visible(from.amount.ok_or(RejectReason::MissingAmount)?), exponent)?;
        let text = |value: Option<&str>, max| value.and_then(|value| clean(&unescape(value), max));
        let memo = text(from.memo, LONG);
        let payee = text(from.name.or(from.payee_name), SHORT).or_else(|| text(from.memo, SHORT));
        Ok(Row {
            own: None,
            line: from.number,
            account: from.account,
            date,
            amount,
            currency,
            exponent,
            memo: memo.filter(|memo| payee.as_ref() != Some(memo)),
            payee,
            external_id: text(from.id.or(from.reference), SHORT),
            category: None,
            check_number: text(from.check_number, SHORT).filter(|number| number.contains(|c| c != '0')),
            pending: false,
        })
    }
}

fn kind(text: &str) -> AccountKindHint {
    match text.to_ascii_uppercase().as_str() {
        "CHECKING" => AccountKindHint::Checking,
        "SAVINGS" | "MONEYMRKT" | "CD" => AccountKindHint::Savings,
        "CREDITCARD" => AccountKindHint::Card,
        "CREDITLINE" | "LOAN" => AccountKindHint::Loan,
        _ => AccountKindHint::Other,
    }
}

/// The day as written: `20140920170000[0:GMT]` is the 20th whatever the zone.
fn date(text: &str) -> Result<Date, RejectReason> {
    let bad = || RejectReason::BadDate { text: raw(text) };
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | '/')).take(8).collect();
    if digits.len() < 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad());
    }
    let number = |from: usize, to: usize| digits[from..to].parse::<i16>().map_err(|_| bad());
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let small = |value: i16| i8::try_from(value).map_err(|_| bad());
    Date::new(year, small(month)?, small(day)?).ok().filter(|_| (1900..2200).contains(&year)).ok_or_else(bad)
}
