//! Exports of other finance apps, each with a few rows that were made up here.
use super::{read_file, rows, rows_without_questions};
use crate::import::{Question, RejectReason};

#[test]
fn apps_that_count_spending_as_positive() {
    let copilot = "date,name,amount,status,category,parent category,excluded,tags,type,account,account mask,note,recurring\n\
        2024-02-15,Market,12.50,posted,Groceries,Food,false,,regular,Checking,1234,,\n2024-02-16,Employer,-2000.00,posted,,,false,,income,Checking,1234,,\n";
    assert_eq!(rows_without_questions(copilot), ["2024-02-15 -12.50", "2024-02-16 2000.00"]);
    let rocket = "Date,Original Date,Account Type,Account Name,Account Number,Institution Name,Name,Custom Name,Amount,Description,Category,Note,Ignored From,Tax Deductible\n\
        2024-02-15,2024-02-14,Cash,Checking,1234,A bank,Market,,12.50,MARKET 1,Groceries,,,\n";
    assert_eq!(rows_without_questions(rocket), ["2024-02-15 -12.50"]);
    assert_eq!(read_file(rocket).rows[0].payee.as_deref(), Some("Market"));
    // Not known, but a salary is no spending.
    let other = read_file(
        "date,payee,amount,category\n2024-02-15,Market,12.50,Food\n2024-02-16,Employer,-2000.00,Income\n2024-02-17,Café,3.50,Food\n",
    );
    assert_eq!(rows(&other), ["2024-02-15 -12.50", "2024-02-16 2000.00", "2024-02-17 -3.50"]);
    assert!(matches!(&other.questions[..], [Question::Sign { guess_flip: true, .. }]), "{:?}", other.questions);
    let tax =
        "date,payee,amount,category\n2024-02-15,A,12.50,Food\n2024-02-16,B,-20.00,Income tax\n2024-02-17,C,3.50,Food\n";
    assert_eq!(rows_without_questions(tax), ["2024-02-15 12.50", "2024-02-16 -20.00", "2024-02-17 3.50"]);
}

#[test]
fn kinds_of_which_some_say_no_direction() {
    let statement = read_file(
        "Time,Timezone,Type,Category,Account,Account Currency,Amount,Description\n2024-02-15 10:00:00,+01:00,Expense,Food,Bank,EUR,12.50,Market\n\
         2024-02-16 10:00:00,+01:00,Income,Job,Bank,EUR,2000.00,Employer\n2024-02-17 10:00:00,+01:00,Transfer,General,Bank,EUR,100.00,\n",
    );
    assert_eq!(rows(&statement), ["2024-02-15 -12.50", "2024-02-16 2000.00"]);
    let [refused] = &statement.rejected[..] else { panic!("{statement:?}") };
    assert_eq!(refused.reason, RejectReason::UnknownDirection { text: "Transfer".to_owned() });
}

#[test]
fn the_other_party_depends_on_the_sign() {
    let statement = read_file(
        "journal_id,type,amount,currency_code,description,date,source_name,destination_name,category\n\
         1,Withdrawal,-12.50,EUR,Food,2024-02-15T00:00:00+01:00,Giro,Market,\n2,Deposit,2000.00,EUR,Salary,2024-02-16T00:00:00+01:00,Employer,Giro,\n",
    );
    assert_eq!(rows(&statement), ["2024-02-15 -12.50", "2024-02-16 2000.00"]);
    let payees: Vec<_> = statement.rows.iter().map(|row| row.payee.as_deref()).collect();
    assert_eq!(payees, [Some("Market"), Some("Employer")]);
}

#[test]
fn allowed_rows_are_marked() {
    let text = "Data;Uscite;Entrate;Descrizione;Stato\n30/12/2020;-12,34;;Negozio;Contabilizzato\n31/12/2020;-5,00;;Bar;Autorizzato\n";
    assert_eq!(read_file(text).rows.iter().map(|row| row.pending).collect::<Vec<_>>(), [false, true]);
}
