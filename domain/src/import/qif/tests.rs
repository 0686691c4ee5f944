//! The traits of QIF files, each in a file as small as can be.
use super::*;
use crate::import::{AccountKindHint, DateOrder, Question};
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

#[test]
fn recognised() {
    for text in [
        "!Type:Bank\n",
        "\n!account\nNx\n^\n",
        "## a comment\n!Type:Cat\nNx\n^\n",
        "D1/2/20\nT-1\n^\n",
        "D1/2/20\rPx\rT-1\r^\r",
    ] {
        assert!(recognise(&text.to_ascii_uppercase()), "{text}");
    }
    for text in ["Date,Payee\n1,2\n", "Date;Text\n^\n", "^\n", "some text\n^\n"] {
        assert!(!recognise(&text.to_ascii_uppercase()), "{text}");
    }
}

#[test]
fn fields_of_a_transaction() {
    let statement = read(
        "!Type:Bank\nD2020-01-31\nT-1,234.50\nN0012\nPJoe's  bar\nMlunch\nLFood:Out/Trip\nSFood:Out\nEone\n$-1,000.00\nD01/01/1999\nSCash\n$-234.50\nCX\n^\n\
         D2020-02-01\nU5\nNATM\nMonly a memo\nL[Savings]\n^",
    );
    let [first, second] = &statement.rows[..] else { panic!("{statement:?}") };
    assert_eq!(rows(&statement), ["2020-01-31 -1234.50", "2020-02-01 5.00"]);
    assert_eq!((first.payee.as_deref(), first.memo.as_deref()), (Some("Joe's bar"), Some("lunch")));
    assert_eq!((first.category.as_deref(), first.check_number.as_deref()), (Some("Food:Out"), Some("0012")));
    assert_eq!((second.payee.as_deref(), second.memo.as_deref()), (Some("only a memo"), None));
    assert_eq!((second.category.as_deref(), second.check_number.as_deref()), (Some("[Savings]"), None));
}

#[test]
fn one_order_of_dates_for_the_file() {
    let file =
        |dates: &[&str]| dates.iter().fold("!Type:Bank\n".to_owned(), |text, date| text + "D" + date + "\nT-1.00\n^\n");
    let days = |dates: &[&str]| read(&file(dates)).rows.iter().map(|row| row.date.to_string()).collect::<Vec<_>>();
    assert_eq!(days(&["01/02/10", "29/12/10"]), ["2010-02-01", "2010-12-29"]);
    assert_eq!(days(&["1/ 2/10", "12/29/10"]), ["2010-01-02", "2010-12-29"]);
    assert_eq!(days(&["2/ 1' 4", "12/31'2005"]), ["2004-02-01", "2005-12-31"]);
    assert_eq!(days(&["01.02.2020", "03.02.2020"]), ["2020-02-01", "2020-02-03"]);
    let ask = read(&file(&["01/02/2020", "03/02/2020"]));
    assert!(matches!(&ask.questions[..], [Question::DateOrder { .. }]), "{:?}", ask.questions);
    let answers = Answers { date_order: Some(DateOrder::Dmy), ..Answers::default() };
    let told = parse(file(&["01/02/2020"]).as_bytes(), &answers).unwrap();
    assert_eq!(rows(&told), ["2020-02-01 -1.00"]);
}

#[test]
fn one_decimal_mark_for_the_file() {
    let file = |amounts: &[&str]| {
        amounts.iter().fold("!Type:Cash\n".to_owned(), |text, amount| text + "D2020-01-02\nT" + amount + "\n^\n")
    };
    let sums =
        |amounts: &[&str]| rows(&read(&file(amounts))).iter().map(|row| row[11..].to_owned()).collect::<Vec<_>>();
    assert_eq!(sums(&["-1.234,50", "1.000"]), ["-1234.50", "1000.00"]);
    assert_eq!(sums(&["-1,234.50", "$1,000"]), ["-1234.50", "1000.00"]);
    assert_eq!(sums(&["5", "-2,5"]), ["5.00", "-2.50"]);
    assert!(matches!(&read(&file(&["1,000"])).questions[..], [Question::DecimalMark { .. }]));
}

#[test]
fn accounts_and_other_sections() {
    let statement = read(
        "!Option:AutoSwitch\n!Account\nNCard\nTCCard\n^\nNBank\nTBank\n$100.00\n^\n!Clear:AutoSwitch\n!Type:Cat\nNFood\nDx\nE\n^\n\
         !Account\nNBank\nTBank\n^\n!Type:Bank\nD2020-01-31\nT1\n^\n!Account\nNCard\nTCCard\n^\n!Type:CCard\nD2020-01-30\nT-2\n^\n\
         !Type:Invst\nD2020-01-29\nNBuy\nT9\n^^\n!Type:Memorized\nKD\nT-7\nPx\n^\n!Type:Oth L\nD2020-01-28\nT4\n^\n",
    );
    assert_eq!(rows(&statement), ["2020-01-31 1.00", "2020-01-30 -2.00", "2020-01-28 4.00"]);
    let kinds: Vec<_> = statement.accounts.iter().map(|account| (account.number.as_str(), account.kind)).collect();
    assert_eq!(kinds, [("Card", AccountKindHint::Card), ("Bank", AccountKindHint::Checking)]);
    assert_eq!(statement.rows.iter().map(|row| row.account).collect::<Vec<_>>(), [Some(1), Some(0), Some(0)]);
    assert_eq!((statement.skipped.other, statement.accounts[1].ledger_balance), (1, Some(10_000)));
}

#[test]
fn transactions_right_behind_their_account() {
    let statement = read("!Account\nNBank\nTBank\n^\nD2020-01-31\nT1\nPx\n^\n");
    assert_eq!((rows(&statement), statement.rows[0].account), (vec!["2020-01-31 1.00".to_owned()], Some(0)));
    let opening = read("!Type:Bank\nD2020-01-31\nT1\nPOpening Balance\nL[Giro]\n^\nD2020-02-01\nT2\n^\n");
    assert_eq!((opening.accounts[0].number.as_str(), opening.rows[1].account), ("Giro", Some(0)));
}

#[test]
fn what_is_refused_is_said() {
    let statement = read(
        "!Type:Bank\nDsoon\nT1\n^\nT2\n^\nD2020-01-31\nT1..2\n^\nD2020-01-31\nPx\n^\nD2020-01-31\nSa\n$1\nSb\n$2\n^\n",
    );
    assert_eq!(
        rows(&statement),
        [
            "2020-01-31 3.00",
            "1: \"soon\" is not a date",
            "2: the date is missing",
            "3: \"1..2\" is not an amount",
            "4: the amount is missing"
        ]
    );
}

const FIXTURE: &str = "!Account\nNBank\nTBank\n^\n!Type:Bank\nD1/31'2020\nT-1,234.50\nPJoe\nSa\n$-1\nS b\n$-2\n^\n!Type:Invst\nD1/1/20\n^^\n";

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes, &Answers::default());
    }

    #[test]
    fn no_lines_make_it_panic(text in "([!^DTUPMNCLS$%EA][0-9/'., :a-z^\\[\\]-]{0,12}\n){0,30}") {
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

    /// What is written is what is read, in any order of dates that the file shows.
    #[test]
    fn amounts_come_back(amounts in proptest::collection::vec(-99_999_999_i64..99_999_999, 1..20), day_first: bool) {
        let date = if day_first { "31/12/2020" } else { "12/31/2020" };
        let file = amounts.iter().fold("!Type:Bank\nD2020-01-01\nT0.01\n^\n".to_owned(), |text, minor| {
            format!("{text}D{date}\nT{}\n^\n", format_minor(*minor, 2))
        });
        let statement = read(&file);
        prop_assert!(statement.questions.is_empty() && statement.rejected.is_empty());
        prop_assert!(statement.rows.iter().skip(1).all(|row| row.date.to_string() == "2020-12-31"));
        prop_assert_eq!(statement.rows.iter().skip(1).map(|row| row.amount).collect::<Vec<_>>(), amounts);
    }
}
