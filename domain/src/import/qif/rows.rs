//! Turns records into rows, by what all of them show: one order of dates and one decimal mark hold for the file.
use super::records::{Account, Book, Transaction};
use crate::{
    Date,
    currency::Currency,
    import::{
        Answers, DateOrder, DecimalMark, FileError, MAX_ROWS, Question, RejectReason, Rejected, Row, Statement,
        StatementAccount,
        amount::dissect as dissect_amount,
        date::{self, Written},
        marks::Evidence,
        order::{self, Hints},
        text::{LONG, SHORT, clean, raw, visible},
    },
};
use std::borrow::Cow;

/// How the values of one file are written.
struct Style {
    order: DateOrder,
    mark: DecimalMark,
    exponent: u8,
    currency: Option<Currency>,
}

/// Turns what was met into rows.
pub(super) fn fill(statement: &mut Statement, book: &Book<'_>, answers: &Answers) -> Result<(), FileError> {
    if book.transactions.len() > MAX_ROWS {
        return Err(FileError::TooManyRows { max: MAX_ROWS });
    }
    if book.transactions.is_empty() && book.accounts.is_empty() && book.investments == 0 {
        return Err(FileError::NotABankFile);
    }
    let (mark, mark_question) = mark_of(&book.transactions, answers);
    let comma = mark == DecimalMark::Comma && mark_question.is_none();
    let (order, date_question) = order_of(&book.transactions, comma, answers);
    statement.questions.extend(date_question.into_iter().chain(mark_question));
    let exponent = answers.currency.map_or_else(|| exponent(&book.transactions, mark), Currency::exponent);
    let style = Style { order, mark, exponent, currency: answers.currency };
    statement.accounts = book.accounts.iter().map(|account| style.account(account)).collect();
    for transaction in &book.transactions {
        match style.row(transaction) {
            Ok(row) => statement.rows.push(row),
            Err(reason) => {
                statement.rejected.push(Rejected { line: transaction.number, reason, raw: transaction.raw() });
            }
        }
    }
    statement.skipped.other += book.investments;
    if book.investments > 0 {
        statement.notices.push(format!("{} purchases and sales of securities are not imported", book.investments));
    }
    Ok(())
}

/// The order of the dates: by what they show together, and by how Quicken writes months that are less than ten.
/// Nobody who writes a comma before the decimals writes the month first.
fn order_of(all: &[Transaction<'_>], comma: bool, answers: &Answers) -> (DateOrder, Option<Question>) {
    let written = all.iter().filter_map(|transaction| Some((transaction.date?, date_of(transaction.date?)?)));
    let open: Vec<(&str, Written)> = written.filter(|(_, date)| !matches!(date, Written::Sure { .. })).collect();
    if let Some(order) = answers.date_order {
        return (order, None);
    }
    let unpadded = |text: &str| tidy(text).split(['/', '-', '.']).any(|part| part.len() == 1);
    let quicken = open.iter().any(|(text, _)| text.contains('\'') || unpadded(text));
    let hints = Hints {
        not_english: comma,
        currency: answers.currency,
        home: answers.home_currency,
        lean: quicken.then_some(DateOrder::Mdy),
        ..Hints::default()
    };
    let decision = order::decide(&open.iter().map(|(_, date)| *date).collect::<Vec<_>>(), &hints);
    let mut samples: Vec<String> = Vec::new();
    for (text, _) in &open {
        let sample = raw(text);
        if samples.len() < 5 && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    let question = (!decision.sure).then_some(Question::DateOrder { samples, guess: decision.order });
    (decision.order, question)
}

fn mark_of(all: &[Transaction<'_>], answers: &Answers) -> (DecimalMark, Option<Question>) {
    let mut evidence = Evidence::default();
    for text in amounts(all) {
        if let Some(written) = dissect_amount(&visible(text)) {
            evidence.see(written.core);
        }
    }
    if let Some(mark) = answers.decimal_mark.or(evidence.proven()) {
        return (mark, None);
    }
    let (samples, guess) = (evidence.samples.clone(), evidence.guess());
    let question = evidence.is_ambiguous().then_some(Question::DecimalMark { samples, guess });
    (guess, question)
}

fn amounts<'b>(all: &'b [Transaction<'b>]) -> impl Iterator<Item = &'b str> {
    all.iter().flat_map(|transaction| transaction.amount.iter().chain(&transaction.parts)).copied()
}

/// Two, or three if some amount has so many decimals.
fn exponent(all: &[Transaction<'_>], mark: DecimalMark) -> u8 {
    let decimals = |text: &str| dissect_amount(&visible(text)).map_or(0, |written| written.decimals(mark));
    if amounts(all).map(decimals).max().unwrap_or(0) > 2 { 3 } else { 2 }
}

impl Style {
    fn account(&self, account: &Account<'_>) -> StatementAccount {
        StatementAccount {
            bank_id: None,
            number: clean(account.name, SHORT).unwrap_or_default(),
            kind: account.kind,
            currency: self.currency,
            ledger_balance: account.balance.and_then(|text| self.amount(text).ok()),
        }
    }

    fn row(&self, from: &Transaction<'_>) -> Result<Row, RejectReason> {
        let text = |value: Option<&str>, max| value.and_then(|value| clean(value, max));
        let memo = text(from.memo, LONG).or_else(|| clean(&from.part_memos.join(" · "), LONG));
        let payee = text(from.payee, SHORT).or_else(|| text(from.address, SHORT)).or_else(|| text(from.memo, SHORT));
        Ok(Row {
            own: None,
            line: from.number,
            account: from.account,
            date: self.date(from.date.ok_or(RejectReason::MissingDate)?)?,
            amount: self.total(from)?,
            currency: self.currency,
            exponent: self.exponent,
            memo: memo.filter(|memo| payee.as_ref() != Some(memo)),
            payee,
            external_id: None,
            category: from.category.and_then(|name| clean(without_class(name), SHORT)),
            check_number: text(from.check, SHORT).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())),
            pending: false,
        })
    }

    fn date(&self, text: &str) -> Result<Date, RejectReason> {
        date_of(text)
            .and_then(|written| written.date(self.order, None))
            .ok_or_else(|| RejectReason::BadDate { text: raw(text) })
    }

    /// The amount, or where it is missing the sum of the parts.
    fn total(&self, from: &Transaction<'_>) -> Result<i64, RejectReason> {
        match from.amount {
            Some(text) => self.amount(text),
            None if from.parts.is_empty() => Err(RejectReason::MissingAmount),
            None => from.parts.iter().try_fold(0_i64, |sum, part| {
                let out_of_range = || RejectReason::AmountOutOfRange { text: raw(part) };
                sum.checked_add(self.amount(part)?).ok_or_else(out_of_range)
            }),
        }
    }

    fn amount(&self, text: &str) -> Result<i64, RejectReason> {
        let visible = visible(text);
        let written = dissect_amount(&visible).ok_or_else(|| RejectReason::BadAmount { text: raw(text) })?;
        let minor = written
            .minor(self.mark, self.exponent)
            .map_err(|error| RejectReason::of_amount(error, &raw(text), self.exponent))?;
        Ok(if written.negative { -minor } else { minor })
    }
}

/// `Bills:Phone/Holidays` is the category `Bills:Phone` and the class `Holidays`; accounts stay in their brackets.
fn without_class(name: &str) -> &str {
    if name.starts_with('[') { name } else { name.split('/').next().unwrap_or(name) }
}

fn date_of(text: &str) -> Option<Written> {
    date::dissect(&tidy(text))
}

/// Quicken pads with blanks and sets an apostrophe in front of years from 2000: `1/ 1/10`, `2/10'2020`, `2/10' 4`.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let is_part_of_day = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | '\'' | ' ');
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [first, second, year] = parts[..] else { return Cow::Borrowed(text) };
    if !text.chars().all(is_part_of_day) {
        return Cow::Borrowed(text);
    }
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.')).unwrap_or('/');
    let year = match year.len() {
        1 if first.len() < 3 => format!("0{year}"),
        // Some programs count from 1900 beyond the century: 105 is 2005.
        3 if year.starts_with('1') => format!("20{}", &year[1..]),
        _ => year.to_owned(),
    };
    Cow::Owned(format!("{first}{separator}{second}{separator}{year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_quicken() {
        for (text, tidied) in [
            ("1/ 1/10", "1/1/10"),
            ("2/10'2020", "2/10/2020"),
            ("2/10' 4", "2/10/04"),
            ("12/31/105", "12/31/2005"),
            ("2022-09-08", "2022-09-08"),
            ("31.12.2020", "31.12.2020"),
            ("2020-1-2", "2020-1-2"),
            ("5 Dec 2020", "5 Dec 2020"),
            ("20200131", "20200131"),
        ] {
            assert_eq!(tidy(text), tidied);
        }
    }
}
