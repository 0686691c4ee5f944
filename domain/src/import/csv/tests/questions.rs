//! What can't be told is asked, the best guess is shown, and an answer ends the question.
use super::{read_file, read_with, rows};
use crate::currency::Currency;
use crate::import::{AmountColumns, Answers, DateOrder, DecimalMark, Question};

#[test]
fn the_order_of_dates() {
    let text = "Date,Description,Amount\n05/01/2026,a,-1.00\n03/02/2026,b,-2.00\n04/02/2026,c,3.00\n";
    let statement = read_file(text);
    let [Question::DateOrder { samples, .. }] = &statement.questions[..] else { panic!("{:?}", statement.questions) };
    assert_eq!(samples, &["05/01/2026", "03/02/2026", "04/02/2026"]);
    for (order, first) in [(DateOrder::Dmy, "2026-01-05 -1.00"), (DateOrder::Mdy, "2026-05-01 -1.00")] {
        let statement = read_with(text, &Answers { date_order: Some(order), ..Answers::default() });
        assert!(statement.questions.is_empty());
        assert_eq!(rows(&statement)[0], first);
        assert_eq!(statement.mapping.map(|mapping| mapping.date_order), Some(order));
    }
    // What the user counts in is one hint, the pound another.
    let pounds = text.replace("Amount", "Amount (GBP)");
    assert!(read_file(&pounds).questions.is_empty());
}

#[test]
fn the_decimal_mark() {
    let text = "Date;Description;Amount\n2026-01-05;a;-1.500\n2026-01-06;b;2.000\n";
    let statement = read_file(text);
    let [Question::DecimalMark { guess, .. }] = &statement.questions[..] else { panic!("{:?}", statement.questions) };
    assert_eq!(*guess, DecimalMark::Comma);
    let answered = |mark| read_with(text, &Answers { decimal_mark: Some(mark), ..Answers::default() });
    assert_eq!(rows(&answered(DecimalMark::Point)), ["2026-01-05 -1.50", "2026-01-06 2.00"]);
    assert_eq!(rows(&answered(DecimalMark::Comma)), ["2026-01-05 -1500.00", "2026-01-06 2000.00"]);
    assert!(answered(DecimalMark::Point).questions.is_empty());
    // A balance proves it, and so does a currency without three decimals.
    let balance = "Date;Description;Amount;Balance\n2026-01-05;a;-1.500;98,50\n2026-01-06;b;2.000;1.098,50\n";
    assert!(read_file(balance).questions.is_empty());
    let euros = "Date;Description;Amount;Currency\n2026-01-05;a;-1.504;EUR\n";
    assert_eq!(rows(&read_file(euros)), ["2026-01-05 -1504.00"]);
}

#[test]
fn the_currency() {
    let text = "Date;Description;Amount;Currency\n2026-01-05;a;-1,50;LTL\n2026-01-06;a;2,50;EUR\n";
    let statement = read_file(text);
    assert_eq!(statement.questions, [Question::Currency { found: "LTL".to_owned(), candidates: Vec::new() }]);
    assert_eq!(statement.rows.iter().map(|row| row.currency).collect::<Vec<_>>(), [None, Some(Currency::EUR)]);
    let statement = read_with(text, &Answers { currency: Some(Currency::USD), ..Answers::default() });
    assert!(statement.questions.is_empty());
    assert_eq!(
        statement.rows.iter().map(|row| row.currency).collect::<Vec<_>>(),
        [Some(Currency::USD), Some(Currency::EUR)]
    );

    let crowns = "Date;Description;Amount\n2026-01-05;a;-1,50 kr\n2026-01-06;a;2,50 kr\n";
    assert!(
        matches!(&read_file(crowns).questions[..], [Question::Currency { candidates, .. }] if candidates.len() == 4)
    );
    let home = |home| Answers { home_currency: Some(home), ..Answers::default() };
    assert_eq!(read_with(crowns, &home(Currency::NOK)).single_currency(), Some(Currency::NOK));
    let dollars = "Date;Description;Amount\n2026-01-05;a;-$1.50\n2026-01-06;a;$2.50\n";
    assert_eq!(read_file(dollars).single_currency(), Some(Currency::USD));
    assert_eq!(read_with(dollars, &home(Currency::CAD)).single_currency(), Some(Currency::CAD));
    // Where the file says nothing, nothing is made up.
    let silent = read_with("Date;Description;Amount\n2026-01-05;a;-1.50\n", &home(Currency::CAD));
    assert_eq!((silent.single_currency(), silent.questions), (None, Vec::new()));
}

#[test]
fn the_signs() {
    let text = "Date,Description,Amount\n2026-01-05,a,1.50\n2026-01-06,b,2.50\n2026-01-07,c,3.50\n";
    let statement = read_file(text);
    assert!(matches!(statement.questions[..], [Question::Sign { guess_flip: false, .. }]), "{:?}", statement.questions);
    let statement = read_with(text, &Answers { flip_sign: Some(true), ..Answers::default() });
    assert_eq!((rows(&statement)[0].as_str(), statement.questions.len()), ("2026-01-05 -1.50", 0));
    let card = format!("Credit card statement,,\n{text}");
    let statement = read_file(&card);
    assert!(matches!(statement.questions[..], [Question::Sign { guess_flip: true, .. }]), "{:?}", statement.questions);
    assert_eq!(rows(&statement)[0], "2026-01-05 -1.50");
    // A balance that falls by what is written as positive: sure.
    let balance = "Date,Description,Amount,Balance\n2026-01-05,a,1.50,98.50\n2026-01-06,b,2.50,96.00\n2026-01-07,c,3.50,92.50\n2026-01-08,d,2.50,90.00\n";
    let statement = read_file(balance);
    assert_eq!((rows(&statement)[3].as_str(), statement.questions.len()), ("2026-01-08 -2.50", 0));
}

#[test]
fn the_columns() {
    let text = "2026-01-05;a;-1,50;7,25\n2026-01-06;b;-2,50;8,75\n";
    let statement = read_file(text);
    let [Question::Mapping { columns }] = &statement.questions[..] else { panic!("{:?}", statement.questions) };
    assert_eq!((columns.len(), columns[3].samples.as_slice()), (4, &["7,25".to_owned(), "8,75".to_owned()][..]));
    let mut mapping = statement.mapping.unwrap();
    assert_eq!(mapping.amount, Some(AmountColumns::Signed { column: 2 }));
    mapping.amount =
        Some(AmountColumns::DebitCredit { debit: 2, credit: 3, debit_is_negative: true, credit_is_negative: false });
    mapping.currency = Some(Currency::EUR);
    let json = serde_json::to_string(&mapping).unwrap();
    let answers = Answers { mapping: Some(serde_json::from_str(&json).unwrap()), ..Answers::default() };
    let statement = read_with(text, &answers);
    assert_eq!(rows(&statement), ["2026-01-05 5.75", "2026-01-06 6.25"]);
    assert_eq!((statement.single_currency(), statement.questions.len()), (Some(Currency::EUR), 0));
    assert_eq!(statement.mapping, answers.mapping);
}

#[test]
fn a_mapping_sent_back_unchanged_reads_the_same() {
    for text in [
        "x\nBuchungstag;Betrag;Empfänger;Saldo\n02.01.26;1.234,56-;A;5,00\n03.01.26;7,50;B;12,50\n",
        "Date,Description,Amount\n2026-01-05,a,12.00\n2026-01-06,b,5.00\n2026-01-07,PAYMENT - THANK YOU,-20.00\n",
        "Date;Text;Amount;D/C\n02/13/2026;a;1.50;D\n02/14/2026;b;2.50;C\n",
    ] {
        let first = read_file(text);
        let again = read_with(text, &Answers { mapping: first.mapping.clone(), ..Answers::default() });
        assert_eq!(first.rows, again.rows);
    }
}
