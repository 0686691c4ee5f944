//! The traits of OFX files, each in a file as small as can be.
use super::*;
use crate::currency::Currency;
use crate::import::{AccountKindHint, Question};
use proptest::prelude::*;

const HEADER: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n";

/// A statement of one account around those transactions.
fn sgml(transactions: &str) -> String {
    format!(
        "{HEADER}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\n<BANKACCTFROM><BANKID>12<ACCTID>34 5<ACCTTYPE>SAVINGS</BANKACCTFROM>\n\
         <BANKTRANLIST>{transactions}</BANKTRANLIST><LEDGERBAL><BALAMT>1000.5<DTASOF>0</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )
}

fn read(text: &str) -> Statement {
    parse(text.as_bytes(), &Answers::default()).unwrap()
}

/// One transaction with those tags and its reading.
fn one(tags: &str) -> Statement {
    read(&sgml(&format!("<STMTTRN>{tags}</STMTTRN>")))
}

const GOOD: &str = "<DTPOSTED>20260131<TRNAMT>-1.50<FITID>f1";

#[test]
fn unclosed_tags() {
    let statement = one(
        "<TRNTYPE>DEBIT\n<DTPOSTED>20260131120000.000[-5:EST]\n<TRNAMT>-1.50\n<FITID>f1\n<CHECKNUM>007\n<NAME>  Joe's\t bar  \n<MEMO>x;  y\n",
    );
    let row = &statement.rows[0];
    assert_eq!(
        (row.line, row.account, row.amount, row.exponent, row.currency),
        (1, Some(0), -150, 2, Some(Currency::EUR))
    );
    assert_eq!(row.date.to_string(), "2026-01-31");
    assert_eq!((row.payee.as_deref(), row.memo.as_deref()), (Some("Joe's bar"), Some("x; y")));
    assert_eq!((row.external_id.as_deref(), row.check_number.as_deref()), (Some("f1"), Some("007")));
    let account = &statement.accounts[0];
    assert_eq!(
        (account.bank_id.as_deref(), account.number.as_str(), account.kind),
        (Some("12"), "34 5", AccountKindHint::Savings)
    );
    assert_eq!((account.currency, account.ledger_balance), (Some(Currency::EUR), Some(100_050)));
    assert_eq!(statement.dialect.as_deref(), Some("OFX 1.02"));
    assert_eq!((statement.sum_text().as_str(), statement.single_currency()), ("-1.50", Some(Currency::EUR)));
}

#[test]
fn values_closed_in_the_wrong_place() {
    // Made by tools that took the unclosed tags for nested ones.
    let statement =
        one("<DTPOSTED>20260131<TRNAMT>-1.50<FITID>f1<NAME>N<MEMO>M</MEMO></NAME></FITID></TRNAMT></DTPOSTED>");
    assert_eq!(statement.rows[0].payee.as_deref(), Some("N"));
    assert_eq!(statement.rows[0].memo.as_deref(), Some("M"));
}

#[test]
fn payee_and_memo() {
    for (tags, payee, memo) in [
        ("<MEMO>only", Some("only"), None),
        ("<PAYEE><NAME>p<ADDR1>street</PAYEE><MEMO>m", Some("p"), Some("m")),
        ("<NAME>same<MEMO>same", Some("same"), None),
        ("<NAME><MEMO>", None, None),
        ("<NAME>n<BANKACCTTO><BANKID>9<ACCTID>8</BANKACCTTO>", Some("n"), None),
        ("<NAME>A &amp; B<MEMO>&amp;lt;c&amp;gt; 1 < 2", Some("A & B"), Some("<c> 1 < 2")),
    ] {
        let row = &one(&format!("{GOOD}{tags}")).rows[0];
        assert_eq!((row.payee.as_deref(), row.memo.as_deref()), (payee, memo), "{tags}");
    }
}

#[test]
fn refused_with_a_reason() {
    for (tags, code) in [
        ("<DTPOSTED>20112000<TRNAMT>1", "badDate"),
        ("<DTPOSTED>20260230<TRNAMT>1", "badDate"),
        ("<DTPOSTED>00000000<TRNAMT>1", "badDate"),
        ("<TRNAMT>1", "missingDate"),
        ("<DTPOSTED>20260131", "missingAmount"),
        ("<DTPOSTED>20260131<TRNAMT>$120", "badAmount"),
        ("<DTPOSTED>20260131<TRNAMT>12..34", "badAmount"),
        ("<DTPOSTED>20260131<TRNAMT>1.234", "tooManyDecimals"),
    ] {
        let statement = read(&sgml(&format!("<STMTTRN>{GOOD}</STMTTRN><STMTTRN>{tags}<NAME>who</STMTTRN>")));
        assert_eq!(statement.rows.len(), 1);
        let rejected = &statement.rejected[0];
        assert_eq!((rejected.line, rejected.reason.code()), (2, code), "{tags}");
        assert!(rejected.raw.ends_with("who"), "{}", rejected.raw);
    }
}

#[test]
fn charsets_are_checked_against_the_bytes() {
    let text = sgml(&format!("<STMTTRN>{GOOD}<NAME>CRÉDITO</STMTTRN>"));
    assert_eq!(read(&text).rows[0].payee.as_deref(), Some("CRÉDITO"));
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    assert_eq!(parse(&bytes, &Answers::default()).unwrap().rows[0].payee.as_deref(), Some("CRÉDITO"));
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(
        "<OFX><STMTRS><BANKTRANLIST><STMTTRN><DTPOSTED>20260131<TRNAMT>1<NAME>Магазин продуктов</STMTTRN></OFX>",
    );
    assert_eq!(parse(&bytes, &Answers::default()).unwrap().rows[0].payee.as_deref(), Some("Магазин продуктов"));
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(parse(&wide, &Answers::default()).unwrap().rows[0].payee.as_deref(), Some("CRÉDITO"));
}

#[test]
fn headers_of_all_kinds() {
    let body = "<OFX><STMTRS><CURDEF>USD<BANKTRANLIST><STMTTRN><DTPOSTED>20260131<TRNAMT>1</STMTTRN></BANKTRANLIST></STMTRS></OFX>";
    for (header, dialect) in [
        ("", None),
        ("\n\nOFXHEADER:100\n\nVERSION:103\n\nCHARSET:NONE\n", Some("OFX 1.03")),
        ("OFXHEADER:100 DATA:OFXSGML VERSION:151 CHARSET:1252 ", Some("OFX 1.51")),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\"?>",
            Some("OFX 2.11"),
        ),
        ("<?OFX OFXHEADER=\"200\" VERSION=\"202\"?>\n", Some("OFX 2.02")),
    ] {
        let text = format!("{header}{body}");
        assert_eq!(crate::import::detect::format(text.as_bytes()), Ok(Format::Ofx), "{header}");
        let statement = read(&text);
        assert_eq!((statement.rows.len(), statement.dialect.as_deref()), (1, dialect), "{header}");
        assert_eq!(statement.rows[0].account, None);
    }
    assert_eq!(read(&body.to_lowercase()).rows.len(), 1);
}

#[test]
fn several_accounts_and_lists() {
    let transaction = "<STMTTRN><DTPOSTED>20260131</DTPOSTED><TRNAMT>1</TRNAMT></STMTTRN>";
    let account = |number: u8| {
        format!("<STMTRS><CURDEF>GBP</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>{number}</ACCTID></BANKACCTFROM>")
    };
    let text = format!(
        "<OFX>{}<BANKTRANLIST>{transaction}</BANKTRANLIST><BANKTRANLIST>{transaction}</BANKTRANLIST></STMTRS>{}</STMTRS>{}<BANKTRANLIST>{transaction}</BANKTRANLIST></STMTRS>\
         <CCSTMTRS><CURDEF>USD</CURDEF><CCACCTFROM><ACCTID>9</ACCTID></CCACCTFROM><BANKTRANLIST>{transaction}</BANKTRANLIST></CCSTMTRS></OFX>",
        account(1),
        account(2),
        account(1)
    );
    let statement = read(&text);
    assert_eq!(statement.accounts.iter().map(|account| account.number.as_str()).collect::<Vec<_>>(), ["1", "2", "9"]);
    assert_eq!(statement.rows.iter().map(|row| row.account).collect::<Vec<_>>(), [Some(0), Some(0), Some(0), Some(2)]);
    assert_eq!(statement.accounts[2].kind, AccountKindHint::Card);
    assert_eq!(statement.single_currency(), None);
}

#[test]
fn currencies_of_the_amount_and_of_the_purchase() {
    let row = |tags: &str| one(&format!("{GOOD}{tags}")).rows.remove(0);
    assert_eq!(row("<CURRENCY><CURRATE>1.06<CURSYM>USD</CURRENCY>").currency, Some(Currency::USD));
    assert_eq!(row("<ORIGCURRENCY><CURRATE>1.06<CURSYM>USD</ORIGCURRENCY>").currency, Some(Currency::EUR));
    let yen = one("<DTPOSTED>20260131<TRNAMT>-150.00<CURRENCY><CURRATE>1<CURSYM>JPY</CURRENCY>").rows.remove(0);
    assert_eq!((yen.amount, yen.exponent), (-150, 0));
}

#[test]
fn a_currency_that_has_gone_is_asked_about() {
    let text = sgml(&format!("<STMTTRN>{GOOD}</STMTTRN>")).replace("EUR", "LTL");
    let statement = read(&text);
    assert_eq!(statement.questions, [Question::Currency { found: "LTL".to_owned(), candidates: Vec::new() }]);
    assert_eq!((statement.rows[0].currency, statement.rows[0].exponent), (None, 2));
    let answers = Answers { currency: Some(Currency::EUR), ..Answers::default() };
    let statement = parse(text.as_bytes(), &answers).unwrap();
    assert!(statement.questions.is_empty());
    assert_eq!(statement.rows[0].currency, Some(Currency::EUR));
}

#[test]
fn investment_accounts_give_their_cash_movements() {
    let statement = read(
        "<OFX><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>a</INVACCTFROM><INVTRANLIST>\
         <BUYMF><INVBUY><INVTRAN><FITID>1<DTTRADE>20260101</INVTRAN><TOTAL>-5</INVBUY></BUYMF>\
         <INVBANKTRAN><STMTTRN><DTPOSTED>20260131202000.000[-4:EST]<TRNAMT>-33.7200</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN>\
         </INVTRANLIST></INVSTMTRS></OFX>",
    );
    assert_eq!((statement.rows.len(), statement.rows[0].amount, statement.skipped.other), (1, -3_372, 1));
    assert_eq!(statement.rows[0].date.to_string(), "2026-01-31");
    assert_eq!(statement.notices.len(), 1);
}

#[test]
fn pending_and_deleted_ones_do_not_count() {
    let statement = read(&sgml(&format!(
        "<STMTTRN>{GOOD}</STMTTRN><STMTTRN>{GOOD}<CORRECTFITID>f0<CORRECTACTION>DELETE</STMTTRN><STMTTRNP><DTTRAN>20260131<TRNAMT>9</STMTTRNP>"
    )));
    assert_eq!((statement.rows.len(), statement.skipped.cancelled, statement.skipped.pending), (1, 1, 1));
}

#[test]
fn what_the_bank_says_instead() {
    let text = "<OFX><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong &amp; gone</STATUS></SONRS></OFX>";
    let error = parse(text.as_bytes(), &Answers::default()).unwrap_err();
    assert_eq!(error, FileError::BankSaid { code: "15500".to_owned(), message: "Wrong & gone".to_owned() });
    assert!(read(&text.replace("ERROR", "INFO")).rows.is_empty());
}

#[test]
fn cut_short() {
    let text = sgml(&format!("<STMTTRN>{GOOD}</STMTTRN>").repeat(3));
    for at in [text.len() - 6, text.len() / 2, HEADER.len(), HEADER.len() + 5] {
        let error = parse(&text.as_bytes()[..at], &Answers::default()).unwrap_err();
        assert_eq!(error, FileError::Truncated { missing: "</OFX>".to_owned() }, "{at}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn no_mutation_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let mut bytes = sgml(&format!("<STMTTRN>{GOOD}<NAME>a &amp; é<MEMO>m</STMTTRN>").repeat(2)).into_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = parse(&bytes, &Answers::default());
        bytes.truncate(cut.index(bytes.len()));
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn tags_in_any_order_do_not_panic(tags in proptest::collection::vec("</?(OFX|STMTTRN|STMTRS|BANKACCTFROM|ACCTID|TRNAMT|DTPOSTED|STATUS|CURRENCY|CURSYM|NAME|PAYEE)>[a-z0-9. ]{0,9}", 0..60)) {
        let _ = parse(format!("<OFX>{}</OFX>", tags.concat()).as_bytes(), &Answers::default());
    }
}
