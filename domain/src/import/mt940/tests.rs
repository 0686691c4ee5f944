//! The traits of MT940 and MT942 files, each in a file as small as can be.
use super::*;
use crate::currency::Currency;
use crate::money::format_minor;
use proptest::prelude::*;

fn read(text: &str) -> Statement {
    parse(text.as_bytes(), &Answers::default()).unwrap()
}

/// Each row as `date amount`, then what was refused and is asked.
fn rows(statement: &Statement) -> Vec<String> {
    let rows = statement.rows.iter().map(|row| format!("{} {}", row.date, format_minor(row.amount, row.exponent)));
    let refused = statement.rejected.iter().map(|rejected| format!("{}: {}", rejected.line, rejected.reason));
    rows.chain(refused).chain(statement.questions.iter().map(|question| format!("{question:?}"))).collect()
}

const FIXTURE: &str = "{1:F01BANKDEFFXXXX0000000000}{2:I940BANKDEFFXXXXN}{4:\r\n:20:START\r\n:25:50880050/0194774600\r\n:28C:1/1\r\n\
    :60F:C200101EUR100,00\r\n:86:not about an entry\r\n:61:2001020102CR10,50NTRFNONREF//2001020000000017\r\nGUTSCHRIFT\r\n\
    :86:166?00GUTSCHRIFT?20SVWZ+Miete?32Anna Beispiel\r\n:61:200103D1,NMSCX//2001020000000018\r\n:62F:C200103EUR109,50\r\n:86:x\r\n-}\r\n";

#[test]
fn a_message() {
    let statement = read(FIXTURE);
    assert_eq!(rows(&statement), ["2020-01-02 10.50", "2020-01-03 -1.00"]);
    let [first, second] = &statement.rows[..] else { panic!() };
    assert_eq!((first.payee.as_deref(), first.memo.as_deref()), (Some("Anna Beispiel"), Some("Miete · GUTSCHRIFT")));
    assert_eq!((first.external_id.as_deref(), first.currency), (Some("2001020000000017"), Some(Currency::EUR)));
    assert_eq!((second.payee.as_deref(), second.account, second.line), (Some("X"), Some(0), 2));
    let account = &statement.accounts[0];
    assert_eq!((account.bank_id.as_deref(), account.number.as_str()), (Some("50880050"), "0194774600"));
    assert_eq!((account.currency, account.ledger_balance), (Some(Currency::EUR), Some(10_950)));
    assert!(statement.notices.is_empty(), "{:?}", statement.notices);
}

#[test]
fn several_accounts_and_currencies() {
    let statement = read(
        ":20:A\n:25:NL71RABO0123456789EUR\n:60M:D200101EUR1,\n:61:200101D1,00NMSC\n:62M:D200101EUR2,\n:20:B\n:25:NL71RABO0123456789EUR\n\
         :60M:D200101EUR2,\n:61:200101D2,00NMSC\n:62F:D200101EUR5,\n-\n:20:C\n:25:X/JP1/JPY\n:60F:C200101JPY0,\n:61:200102C500,NMSC\n:62F:C200102JPY500,\n",
    );
    assert_eq!(rows(&statement), ["2020-01-01 -1.00", "2020-01-01 -2.00", "2020-01-02 500"]);
    let accounts: Vec<_> =
        statement.accounts.iter().map(|account| (account.number.as_str(), account.ledger_balance)).collect();
    assert_eq!(accounts, [("NL71RABO0123456789", Some(-500)), ("JP1", Some(500))]);
    assert_eq!(statement.notices.len(), 1);
    assert_eq!(statement.single_currency(), None);
}

#[test]
fn within_the_day() {
    let statement = read(
        ":20:A\n:25:1\n:28C:1\n:34F:CHFD0,\n:13D:2001021200+0100\n:61:200102ED5,00NMSC\n:61:200102C6,00NMSC\n:90D:1CHF5,\n:90C:1CHF6,\n",
    );
    assert_eq!(rows(&statement), ["2020-01-02 -5.00", "2020-01-02 6.00"]);
    assert_eq!(
        statement.rows.iter().map(|row| (row.pending, row.currency)).collect::<Vec<_>>(),
        [(true, Some(Currency::CHF)), (false, Some(Currency::CHF))]
    );
    assert!(recognise(":20:A\n:25:1\n:34F:CHFD0,\n"));
}

#[test]
fn identifications_are_unique() {
    let statement = read(
        ":20:A\n:25:1\n:60F:C200101EUR0,\n:61:200101C1,NMSC//1234567\n:61:200101C1,NMSC//1234567\n:61:200101C1,NMSC//7654321\n:61:200101C1,NMSC//hello there\n",
    );
    let ids: Vec<_> = statement.rows.iter().map(|row| row.external_id.as_deref()).collect();
    assert_eq!(ids, [None, None, Some("7654321"), None]);
}

#[test]
fn what_is_refused_is_said() {
    let statement =
        read(":20:A\n:25:1\n:60F:C200101XQX0,\n:61:201301C1,NMSC\n:61:200101C1.500NMSC\n:61:200101C1,NMSC\n");
    assert_eq!(
        rows(&statement),
        [
            "2020-01-01 1.00",
            "1: \"201301\" is not a date",
            "2: \"1.500\" can be read in two ways",
            "Currency { found: \"XQX\", candidates: [] }"
        ]
    );
    assert_eq!(parse(b"hello", &Answers::default()).unwrap_err(), FileError::NotABankFile);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn no_lines_make_it_panic(text in "(:(20|25|60F|61|62F|86|34F):[0-9CDRE,./?+A-Zé ]{0,24}\n|-}\\{4:|@@){0,20}") {
        let _ = parse(text.as_bytes(), &Answers::default());
    }

    #[test]
    fn no_mutation_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)) {
        let mut bytes = FIXTURE.as_bytes().to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn amounts_come_back(amounts in proptest::collection::vec(-99_999_999_i64..99_999_999, 1..20)) {
        let file = amounts.iter().fold(":20:A\n:25:1\n:60F:C200101EUR0,\n".to_owned(), |text, minor| {
            let side = if *minor < 0 { "D" } else { "C" };
            format!("{text}:61:200102{side}{}NTRFNONREF\n", format_minor(minor.abs(), 2).replace('.', ","))
        });
        let statement = read(&file);
        prop_assert!(statement.rejected.is_empty());
        prop_assert_eq!(statement.rows.iter().map(|row| row.amount).collect::<Vec<_>>(), amounts);
    }
}
