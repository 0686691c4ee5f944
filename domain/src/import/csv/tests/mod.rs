//! The traits of CSV files, each in a file as small as can be.
use super::*;
use crate::import::{AmountColumns, DateOrder, Row};
use crate::money::format_minor;
use proptest::prelude::*;
use std::fmt::Write as _;

mod apps;
mod banks;
mod questions;

fn read_with(text: &str, answers: &Answers) -> Statement {
    parse(text.as_bytes(), answers).unwrap()
}

fn read_file(text: &str) -> Statement {
    read_with(text, &Answers::default())
}

/// Each row as `date amount`.
fn rows(statement: &Statement) -> Vec<String> {
    let row = |row: &Row| format!("{} {}", row.date, format_minor(row.amount, row.exponent));
    statement.rows.iter().map(row).collect()
}

/// The same; what went wrong or is asked is among them.
fn rows_without_questions(text: &str) -> Vec<String> {
    match parse(text.as_bytes(), &Answers::default()) {
        Err(error) => vec![format!("{error:?}")],
        Ok(statement) => {
            let mut all = rows(&statement);
            all.extend(statement.rejected.iter().map(|rejected| format!("{}: {}", rejected.line, rejected.reason)));
            all.extend(statement.questions.iter().map(|question| format!("{question:?}")));
            all
        }
    }
}

#[test]
fn texts_of_a_row() {
    let statement = read_file(
        "Date,Payee,Memo,Details,Category,Amount,Currency,Transaction ID,Check Number,Account\n\
         2026-01-31,\"Joe's  bar\",\"a \"\"b\"\"\",c,Food,-1.50,EUR,tx-1,12,Cash\n2026-01-30,,only,,,2,USD,tx-2,,Bank\n",
    );
    let [first, second] = &statement.rows[..] else { panic!("{statement:?}") };
    assert_eq!((first.payee.as_deref(), first.memo.as_deref()), (Some("Joe's bar"), Some("a \"b\" · c")));
    assert_eq!((first.category.as_deref(), first.external_id.as_deref()), (Some("Food"), Some("tx-1")));
    assert_eq!((first.check_number.as_deref(), first.account, first.line), (Some("12"), Some(0), 2));
    assert_eq!((second.payee.as_deref(), second.memo.as_deref(), second.account), (Some("only"), None, Some(1)));
    assert_eq!((first.currency, second.currency), (Some(Currency::EUR), Some(Currency::USD)));
    assert_eq!(statement.accounts.iter().map(|account| account.number.as_str()).collect::<Vec<_>>(), ["Cash", "Bank"]);
    assert_eq!(statement.single_currency(), None);
}

#[test]
fn charsets() {
    let text = "Datum;Empfänger;Betrag\n02.01.2026;Müller – Grüße;-1,50 €\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let utf8 = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [&bytes[..], &utf8, &utf16([0xff, 0xfe], u16::to_le_bytes), &utf16([0xfe, 0xff], u16::to_be_bytes)] {
        let statement = parse(bytes, &Answers::default()).unwrap();
        assert_eq!(statement.rows[0].payee.as_deref(), Some("Müller – Grüße"));
        assert_eq!((statement.rows[0].amount, statement.rows[0].currency), (-150, Some(Currency::EUR)));
    }
    // So few letters that only the names of the columns tell the charset.
    let (bytes, ..) = encoding_rs::WINDOWS_1250.encode("Datum zaúčtování;Částka;Zpráva\n02.01.2026;-1,50;Čaj\n");
    assert_eq!(parse(&bytes, &Answers::default()).unwrap().rows[0].payee.as_deref(), Some("Čaj"));
    let (bytes, ..) =
        encoding_rs::GB18030.encode("交易时间,交易对方,金额,收/支\n2026-01-02 10:00:00,超市,12.50,支出\n");
    assert_eq!(rows(&parse(&bytes, &Answers::default()).unwrap()), ["2026-01-02 -12.50"]);
}

#[test]
fn lines_that_are_no_transactions() {
    let statement = read_file(
        "Statement of account;;;\nPeriod;01.01.2026;31.01.2026;\n;;;\nDate;Description;Amount;Balance\n\
         01.01.2026;Opening balance;;100,00\n02.01.2026;Shop;-1,50;98,50\n;and more of it;;\n\
         Date;Description;Amount;Balance\nPending;Cafe;-3,00;\n03.01.2026;TOTAL fuel;-8,50;90,00\n;;;\n\
         Total;;-10,00;\nPrinted on 04.01.2026 by the bank of everybody;;;\n",
    );
    assert_eq!(rows(&statement), ["2026-01-02 -1.50", "2026-01-03 -8.50"]);
    assert_eq!(statement.rows[0].memo.as_deref(), Some("and more of it"));
    assert_eq!(statement.rows[1].line, 10);
    let skipped = statement.skipped;
    assert_eq!((skipped.pending, skipped.balances, skipped.continuations), (1, 2, 1));
    assert!(statement.rejected.is_empty(), "{:?}", statement.rejected);
    let sections = "Date,Text,Amount\nPending transactions,,\n02/14/2026,a,-1.00\n02/15/2026,b,-2.00\nPosted transactions,,\n02/13/2026,c,-3.00\n";
    let statement = read_file(sections);
    assert_eq!((rows(&statement), statement.skipped.pending), (vec!["2026-02-13 -3.00".to_owned()], 2));
}

#[test]
fn refused_with_a_reason() {
    let header = "Date,Description,Amount,Currency\n2026-01-01,good,100.00,EUR\n2026-01-15,good,-1.00,EUR\n";
    for (line, code) in [
        ("2026-01-31,bad,12..34,EUR", "badAmount"),
        ("2026-01-31,bad,abc,EUR", "badAmount"),
        ("2026-01-31,bad,\"12,34\",EUR", "badAmount"),
        ("2026-01-31,bad,1.234,EUR", "tooManyDecimals"),
        ("2026-01-31,bad,99999999999999.00,EUR", "amountOutOfRange"),
        ("2026-01-31,bad,,EUR", "missingAmount"),
        ("2026-01-31,bad", "wrongColumnCount"),
        ("2026-02-30,bad,1.00,EUR", "badDate"),
        ("someday,bad,1.00,EUR", "badDate"),
        (",bad,1.00,EUR", "missingDate"),
        ("2026-02-30,TOTAL,1.00,EUR", "badDate"),
    ] {
        let statement = read_file(&format!("{header}{line}\n"));
        assert_eq!(statement.rows.len(), 2, "{line}");
        let rejected = &statement.rejected[0];
        assert_eq!((rejected.line, rejected.reason.code(), rejected.raw.as_str()), (4, code, line));
    }
    let directed = "Date,Text,Amount,D/C\n2026-01-01,a,1.00,D\n2026-01-02,b,2.00,C\n2026-01-03,b,2.00,C\n";
    let many = directed.to_owned() + &"2026-01-04,c,1.00,D\n".repeat(30) + "2026-01-05,c,1.00,X\n";
    assert_eq!(read_file(&many).rejected[0].reason.code(), "unknownDirection");
}

#[test]
fn whole_files_that_are_refused() {
    for text in ["just a letter\nwithout columns", "a,b\nc,d\n", "Dear Ann,\nthank you, and good bye\n"] {
        assert_eq!(parse(text.as_bytes(), &Answers::default()), Err(FileError::NotABankFile), "{text}");
    }
    let header_only = read_file("Date,Payee,Amount\n");
    assert!(header_only.rows.is_empty() && header_only.questions.is_empty());
    let many = "2026-01-01,x,-1.00\n".repeat(crate::import::MAX_ROWS + 1);
    assert_eq!(
        parse(many.as_bytes(), &Answers::default()),
        Err(FileError::TooManyRows { max: crate::import::MAX_ROWS })
    );
}

fn any_mapping() -> impl Strategy<Value = Mapping> {
    let columns = proptest::collection::vec(proptest::option::of(0..6_u16), 8);
    (columns, proptest::option::of(0..9_u32), any::<char>(), any::<bool>()).prop_map(
        |(columns, header_row, delimiter, flag)| {
            let column = |index: usize| columns[index].unwrap_or(u16::MAX);
            let amount = if flag {
                AmountColumns::Directed { column: column(0), direction: column(1) }
            } else {
                let (debit, credit) = (column(0), column(1));
                AmountColumns::DebitCredit { debit, credit, debit_is_negative: flag, credit_is_negative: !flag }
            };
            Mapping {
                delimiter,
                encoding: "windows-1252".to_owned(),
                header_row,
                date_column: columns[2],
                date_order: DateOrder::Dmy,
                amount: Some(amount),
                decimal_mark: DecimalMark::Comma,
                flip_sign: flag,
                fee_column: columns[3],
                currency_column: columns[4],
                currency: None,
                payee_column: columns[5],
                memo_columns: vec![column(6)],
                category_column: None,
                id_column: columns[7],
                account_column: columns[6],
                check_number_column: None,
                state_column: columns[1],
            }
        },
    )
}

const FIXTURE: &str = "Bank;x\n\"Buchungstag\";\"Valuta\";\"Empfänger\";\"Betrag (EUR)\";\"Saldo\";\"S/H\"\n\"02.01.26\";\"02.01.26\";\"A \"B\"\";\"1.234,56-\";\"5,00\";\"S\"\n03.01.26;;x;(7,5);12,50 CR;H\n";

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), mapping in proptest::option::of(any_mapping())) {
        let _ = crate::import::read(&bytes, &Answers { mapping: mapping.clone(), ..Answers::default() });
        let _ = parse(&bytes, &Answers { mapping, ..Answers::default() });
    }

    #[test]
    fn no_text_makes_it_panic(text in "([0-9./,;\"' \\-+()A-Za-zÄé€$月\\t\\n]{0,30}\n){0,12}", mapping in proptest::option::of(any_mapping())) {
        let _ = parse(text.as_bytes(), &Answers { mapping, ..Answers::default() });
    }

    #[test]
    fn no_mutation_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12), mapping in proptest::option::of(any_mapping())) {
        let mut bytes = FIXTURE.as_bytes().to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = parse(&bytes, &Answers { mapping, ..Answers::default() });
    }

    /// Whatever the style, what is written is what is read.
    #[test]
    fn amounts_come_back(amounts in proptest::collection::vec((-99_999_999_i64..99_999_999, 1..28_u8), 2..20), comma: bool) {
        // As much in as out: a file with hardly any money out may be a card's, and is asked about.
        let amounts: Vec<(i64, u8)> = amounts.into_iter().flat_map(|(minor, day)| [(minor, day), (-minor, day)]).collect();
        let mut text = String::from("Date;Payee;Amount;Currency\n2026-01-31;x;-1234567.89;EUR\n");
        for (minor, day) in &amounts {
            let _ = writeln!(text, "2026-01-{day:02};x;{};EUR", format_minor(*minor, 2));
        }
        let text = if comma { text.replace('.', ",") } else { text };
        let statement = read_file(&text);
        prop_assert!(statement.questions.is_empty() && statement.rejected.is_empty());
        let read: Vec<i64> = statement.rows.iter().skip(1).map(|row| row.amount).collect();
        prop_assert_eq!(read, amounts.iter().map(|(minor, _)| *minor).collect::<Vec<_>>());
    }
}
