//! Our own exports: each column is known, so nothing is guessed and nothing is lost.
use super::{
    AccountKindHint, FileError, Format, MAX_ROWS, RejectReason, Rejected, Row, Statement, StatementAccount,
    model::OwnFields, text::raw,
};
use crate::{
    currency::Currency,
    expense::Status,
    input::parse_date,
    ledger_file::{HEAD, HEAD_BEFORE, OWN, read_parts, read_place, read_tags, unguarded},
    money::{AmountError, parse_minor},
};

/// Whether a text begins with our head.
pub(super) fn recognise(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
    is_head(line.split(','))
}

/// Whether these are the names of our columns.
pub(super) fn is_head<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let names: Vec<&str> = names.take(HEAD.len() + 1).collect();
    names == HEAD || names == HEAD[..HEAD_BEFORE]
}

/// Reads the text: exactly as it was written, by RFC 4180.
pub(super) fn parse(text: &str) -> Result<Statement, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let records = reader.records().map_while(Result::ok).map(|record| record.iter().map(str::to_owned).collect());
    read(records)
}

/// Reads the records below the head.
pub(super) fn read(records: impl Iterator<Item = Vec<String>>) -> Result<Statement, FileError> {
    let mut statement = Statement { dialect: Some(OWN.to_owned()), ..Statement::empty(Format::Csv) };
    for (place, cells) in records.enumerate() {
        let line = u32::try_from(place + 2).unwrap_or(u32::MAX);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match row(line, &cells, &mut statement.accounts) {
            Ok(row) => statement.rows.push(row),
            Err(reason) => statement.rejected.push(Rejected { line, reason, raw: raw(&cells.join(",")) }),
        }
        if statement.rows.len() > MAX_ROWS {
            return Err(FileError::TooManyRows { max: MAX_ROWS });
        }
    }
    Ok(statement)
}

fn row(line: u32, cells: &[String], accounts: &mut Vec<StatementAccount>) -> Result<Row, RejectReason> {
    let cell = |name: &str| {
        let place = HEAD.iter().position(|known| *known == name);
        place.and_then(|place| cells.get(place)).map_or("", |cell| unguarded(cell))
    };
    let text = |name: &str| Some(cell(name).trim().to_owned()).filter(|text| !text.is_empty());
    let quoted = |name: &str| raw(cell(name));
    let date = match cell("Date").trim() {
        "" => return Err(RejectReason::MissingDate),
        date => parse_date(date).map_err(|_| RejectReason::BadDate { text: quoted("Date") })?,
    };
    let currency: Currency =
        cell("Currency").trim().parse().map_err(|_| RejectReason::UnknownCurrency { text: quoted("Currency") })?;
    let bad_amount = |name: &str| RejectReason::BadAmount { text: quoted(name) };
    let amount = match cell("Amount").trim() {
        "" => return Err(RejectReason::MissingAmount),
        amount => parse_minor(amount, currency.exponent()).map_err(|error| match error {
            AmountError::NotANumber => bad_amount("Amount"),
            AmountError::TooManyDecimals => {
                RejectReason::TooManyDecimals { text: quoted("Amount"), max: currency.exponent() }
            }
            AmountError::OutOfRange => RejectReason::AmountOutOfRange { text: quoted("Amount") },
        })?,
    };
    let own = OwnFields {
        kind: cell("Kind").trim().parse().ok(),
        status: cell("Status").trim().parse().unwrap_or(Status::Cleared),
        category: cell("Category").trim().parse().ok(),
        subcategory: text("Subcategory"),
        description: text("Description"),
        notes: text("Notes"),
        payment_method: cell("Payment method").trim().parse().ok(),
        tags: read_tags(cell("Tags")),
        splits: read_parts(cell("Parts"), currency).ok_or_else(|| bad_amount("Parts"))?,
        location: read_place(cell("Place")),
        transfer: text("Transfer"),
    };
    Ok(Row {
        line,
        account: text("Account").and_then(|name| account(name, accounts)),
        date,
        amount,
        currency: Some(currency),
        exponent: currency.exponent(),
        payee: text("Payee"),
        memo: own.description.clone(),
        external_id: None,
        category: text("Category"),
        check_number: None,
        pending: false,
        own: Some(Box::new(own)),
    })
}

/// The place of an account of that name among those of the file.
fn account(name: String, accounts: &mut Vec<StatementAccount>) -> Option<u16> {
    let place = accounts.iter().position(|known| known.number == name).unwrap_or_else(|| {
        accounts.push(StatementAccount {
            bank_id: Some(OWN.to_owned()),
            number: name,
            kind: AccountKindHint::Other,
            currency: None,
            ledger_balance: None,
        });
        accounts.len() - 1
    });
    u16::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;
    use crate::{
        category::Category,
        expense::{Kind, PaymentMethod},
        import::{Answers, read},
    };

    fn file(rows: &[&str]) -> String {
        format!("\u{feff}{}\r\n{}\r\n", HEAD.join(","), rows.join("\r\n"))
    }

    #[test]
    fn every_column_is_read() {
        let text = file(&[
            "2026-11-20,-12.30,EUR,\"Joe's, \"\"Bar\"\"\",'=lunch,food,Lunch,expense,reconciled,\"work, a\\,b\",\"two\nlines\",card,Purse,Home,food||2.30|; housing|Rent|10.00|x,Main St 1|48.137000|11.575000",
            "2026-11-21,5,JPY,Work,,,,income,cleared,,,,,,,",
        ]);
        let statement = read(text.as_bytes(), &Answers::default()).unwrap();
        assert_eq!((statement.dialect.as_deref(), statement.questions.len()), (Some(OWN), 0));
        let [row, income] = statement.rows.as_slice() else { panic!("{statement:?}") };
        let own = row.own.clone().unwrap();
        assert_eq!((row.amount, row.payee.as_deref(), row.account), (-1_230, Some("Joe's, \"Bar\""), Some(0)));
        assert_eq!((own.description.as_deref(), own.notes.as_deref()), (Some("=lunch"), Some("two\nlines")));
        assert_eq!(
            (own.category, own.kind, own.status),
            (Some(Category::Food), Some(Kind::Expense), Status::Reconciled)
        );
        assert_eq!(
            (own.payment_method, own.tags),
            (Some(PaymentMethod::Card), vec!["work".to_owned(), "a,b".to_owned()])
        );
        assert_eq!(own.splits.iter().map(|split| split.amount).collect::<Vec<_>>(), [230, 1_000]);
        let place = own.location.unwrap();
        assert_eq!(place.address.as_deref(), Some("Main St 1"));
        assert_eq!(place.point.map(|point| (point.lat, point.lng)), Some((48_137_000, 11_575_000)));
        assert_eq!((income.amount, income.own.clone().unwrap().kind), (5, Some(Kind::Income)));
    }

    #[test]
    fn what_was_broken_by_hand_is_said() {
        let text = file(&[
            "soon,-1,EUR,x,,,,,,,,,,,,",
            "2026-11-20,,EUR,x,,,,,,,,,,,,",
            "2026-11-20,1.234,EUR,x,,,,,,,,,,,,",
            "2026-11-20,1,???,x,,,,,,,,,,,,",
            "2026-11-20,1,EUR,x,,,,,,,,,,,food,",
            "2026-11-20,-1,EUR,x",
        ]);
        let statement = read(text.as_bytes(), &Answers::default()).unwrap();
        assert_eq!((statement.rejected.len(), statement.rows.len()), (5, 1), "{statement:?}");
        assert_eq!(statement.rejected[0].line, 2);
    }
}
