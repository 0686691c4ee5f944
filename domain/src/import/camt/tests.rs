//! The traits of CAMT files, each in a file as small as can be.
use super::*;
use crate::currency::Currency;
use crate::import::AccountKindHint;
use crate::money::format_minor;
use proptest::prelude::*;

fn file(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>x</MsgId><CreDtTm>2020-01-09T10:00:00</CreDtTm></GrpHdr>\
         <Stmt><Id>1</Id><CreDtTm>2020-01-08T10:00:00+01:00</CreDtTm><Acct><Id><IBAN>DE001</IBAN></Id><Tp><Cd>CACC</Cd></Tp><Ccy>EUR</Ccy><Ownr><Nm>Me</Nm></Ownr><Svcr><FinInstnId><BICFI>BANKDE</BICFI></FinInstnId></Svcr></Acct>\
         <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">5.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Bal>{entries}</Stmt></BkToCstmrStmt></Document>"
    )
}

fn entry(amount: &str, side: &str, rest: &str) -> String {
    format!("<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{rest}</Ntry>")
}

fn read(text: &str) -> Statement {
    parse(text.as_bytes(), &Answers::default()).unwrap()
}

/// Each row as `date amount`, then what was refused and is asked.
fn rows(statement: &Statement) -> Vec<String> {
    let rows = statement.rows.iter().map(|row| format!("{} {}", row.date, format_minor(row.amount, row.exponent)));
    let refused = statement.rejected.iter().map(|rejected| format!("{}: {}", rejected.line, rejected.reason));
    rows.chain(refused).chain(statement.questions.iter().map(|question| format!("{question:?}"))).collect()
}

const BOOKED: &str = "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2020-01-02</Dt></BookgDt>";

#[test]
fn an_entry() {
    let details = "<AcctSvcrRef>2020010200001</AcctSvcrRef><NtryDtls><TxDtls><Refs><ChqNb>12</ChqNb></Refs><Amt Ccy=\"USD\">9</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
        <RltdPties><Dbtr><Pty><Nm>Me</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Joe &amp; Co</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>CARD</AddtlNtryInf>";
    let statement = read(&file(&entry("10.50", "DBIT", &format!("{BOOKED}{details}"))));
    assert_eq!(rows(&statement), ["2020-01-02 -10.50"]);
    let row = &statement.rows[0];
    assert_eq!((row.payee.as_deref(), row.memo.as_deref()), (Some("Joe & Co"), Some("one two")));
    assert_eq!((row.external_id.as_deref(), row.check_number.as_deref()), (Some("2020010200001"), Some("12")));
    assert_eq!((row.account, row.currency, row.pending), (Some(0), Some(Currency::EUR), false));
    let account = &statement.accounts[0];
    assert_eq!(
        (account.number.as_str(), account.bank_id.as_deref(), account.kind),
        ("DE001", Some("BANKDE"), AccountKindHint::Checking)
    );
    assert_eq!((account.ledger_balance, statement.dialect.as_deref()), (Some(-550), Some("camt.053.001.08")));
}

#[test]
fn days() {
    let day = |rest: &str| rows(&read(&file(&entry("1", "CRDT", rest))));
    assert_eq!(
        day("<BookgDt><DtTm>2020-01-02T23:30:00+02:00</DtTm></BookgDt><ValDt><Dt>2020-01-05</Dt></ValDt>"),
        ["2020-01-02 1.00"]
    );
    assert_eq!(day("<BookgDt><Dt>2020-01-02Z</Dt></BookgDt>"), ["2020-01-02 1.00"]);
    assert_eq!(day("<ValDt><Dt>2020-01-05</Dt></ValDt>"), ["2020-01-05 1.00"]);
    assert_eq!(
        day("<NtryDtls><TxDtls><RltdDts><AccptncDtTm>2020-01-06T01:00:00</AccptncDtTm></RltdDts></TxDtls></NtryDtls>"),
        ["2020-01-06 1.00"]
    );
    assert_eq!(day(""), ["2020-01-08 1.00"]);
    assert_eq!(day("<BookgDt><Dt>2020-13-02</Dt></BookgDt>"), ["1: \"2020-13-02\" is not a date"]);
}

#[test]
fn reversals_states_and_batches() {
    let statement = read(&file(&[
        entry("1.00", "DBIT", &format!("<RvslInd>true</RvslInd>{BOOKED}")),
        entry("2.00", "CRDT", "<Sts>PDNG</Sts><BookgDt><Dt>2020-01-02</Dt></BookgDt>"),
        entry("3.00", "CRDT", "<Sts>INFO</Sts><BookgDt><Dt>2020-01-02</Dt></BookgDt>"),
        entry("5.00", "CRDT", &format!("{BOOKED}<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls><Amt Ccy=\"EUR\">2</Amt><RltdPties><Dbtr><Nm>A</Nm></Dbtr></RltdPties><RmtInf><Ustrd>a</Ustrd></RmtInf></TxDtls><TxDtls><Amt Ccy=\"EUR\">3</Amt><RmtInf><Ustrd>b</Ustrd></RmtInf></TxDtls></NtryDtls>")),
    ].concat()));
    assert_eq!(rows(&statement), ["2020-01-02 -1.00", "2020-01-02 2.00", "2020-01-02 5.00"]);
    assert_eq!(statement.rows.iter().map(|row| row.pending).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(
        (statement.rows[2].payee.as_deref(), statement.rows[2].line, statement.skipped.other),
        (Some("a b"), 4, 1)
    );
}

#[test]
fn several_statements_with_prefixes() {
    let text = "<ns2:Document xmlns:ns2=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.04\"><ns2:BkToCstmrDbtCdtNtfctn>\
        <ns2:Ntfctn><ns2:Acct><ns2:Id><ns2:Othr><ns2:Id>77</ns2:Id></ns2:Othr></ns2:Id></ns2:Acct><ns2:Ntry><ns2:Amt Ccy=\"JPY\">500</ns2:Amt><ns2:CdtDbtInd>CRDT</ns2:CdtDbtInd><ns2:BookgDt><ns2:Dt>2020-01-02</ns2:Dt></ns2:BookgDt></ns2:Ntry></ns2:Ntfctn>\
        <ns2:Ntfctn><ns2:Acct><ns2:Id><ns2:IBAN>X</ns2:IBAN></ns2:Id></ns2:Acct><ns2:Ntry><ns2:Amt Ccy=\"USD\">5,5</ns2:Amt><ns2:CdtDbtInd>DBIT</ns2:CdtDbtInd><ns2:BookgDt><ns2:Dt>2020-01-03</ns2:Dt></ns2:BookgDt></ns2:Ntry></ns2:Ntfctn></ns2:BkToCstmrDbtCdtNtfctn></ns2:Document>";
    let statement = read(text);
    assert_eq!(rows(&statement), ["2020-01-02 500", "2020-01-03 -5.50"]);
    assert_eq!(statement.rows.iter().map(|row| row.account).collect::<Vec<_>>(), [Some(0), Some(1)]);
}

#[test]
fn what_is_refused_is_said() {
    let statement = read(&file(
        &[
            entry("12..34", "CRDT", BOOKED),
            entry("1", "", BOOKED),
            entry("-1", "DBIT", BOOKED),
            entry("1,500", "DBIT", BOOKED),
        ]
        .concat(),
    ));
    assert_eq!(
        rows(&statement),
        [
            "1: \"12..34\" is not an amount",
            "2: \"\" says neither in nor out",
            "3: \"-1\" is not an amount",
            "4: \"1,500\" can be read in two ways"
        ]
    );
    let short = file(&entry("1", "CRDT", BOOKED));
    assert_eq!(
        parse(&short.as_bytes()[..short.len() - 40], &Answers::default()).unwrap_err(),
        FileError::Truncated { missing: "</Document>".to_owned() }
    );
}

#[test]
fn charsets() {
    let text = file(&entry("1", "CRDT", &format!("{BOOKED}<AddtlNtryInf>Grüße</AddtlNtryInf>")))
        .replace("UTF-8", "ISO-8859-1");
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    assert_eq!(parse(&bytes, &Answers::default()).unwrap().rows[0].memo.as_deref(), Some("Grüße"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn no_tags_make_it_panic(text in "(</?(Stmt|Ntry|Amt|TxDtls|NtryDtls|Dt|BookgDt|Bal|a)( Ccy=\"[A-Z]{0,3}\")?/?>|&[a-z]{1,3};|[0-9.,]{1,3}|<!\\[CDATA\\[){0,30}") {
        let _ = parse(text.as_bytes(), &Answers::default());
    }

    #[test]
    fn no_mutation_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)) {
        let mut bytes = file(&entry("10.50", "DBIT", BOOKED)).into_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn amounts_come_back(amounts in proptest::collection::vec(-99_999_999_i64..99_999_999, 1..20)) {
        let entries: String = amounts.iter().map(|minor| entry(&format_minor(minor.abs(), 2), if *minor < 0 { "DBIT" } else { "CRDT" }, BOOKED)).collect();
        let statement = read(&file(&entries));
        prop_assert!(statement.rejected.is_empty());
        prop_assert_eq!(statement.rows.iter().map(|row| row.amount).collect::<Vec<_>>(), amounts);
    }
}
