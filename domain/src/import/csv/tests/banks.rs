//! Columns as banks of many countries name and order them, each with a few rows that were made up here.
use super::rows_without_questions;
use std::fmt::Write as _;

/// Each row as `date amount`.
fn check(cases: &[(&str, &str, &[&str])]) {
    let mut wrong = String::new();
    for (bank, text, expected) in cases {
        let got = rows_without_questions(text);
        if got != *expected {
            let _ = writeln!(wrong, "{bank}: {got:?} instead of {expected:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn german_and_dutch() {
    check(&[
        (
            "NL, word for the direction",
            "\"Datum\",\"Naam / Omschrijving\",\"Rekening\",\"Tegenrekening\",\"Code\",\"Af Bij\",\"Bedrag (EUR)\",\"MutatieSoort\",\"Mededelingen\"\n\
             \"20201231\",\"Bakker\",\"NL00BANK01\",\"\",\"BA\",\"Af\",\"12,34\",\"Betaalautomaat\",\"Pas 1\"\n\"20201230\",\"Baas\",\"NL00BANK01\",\"NL00BANK02\",\"OV\",\"Bij\",\"1000,00\",\"Overschrijving\",\"Loon\"\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "NL, explicit signs and a balance",
            "\"IBAN/BBAN\",\"Munt\",\"BIC\",\"Volgnr\",\"Datum\",\"Rentedatum\",\"Bedrag\",\"Saldo na trn\",\"Tegenrekening IBAN/BBAN\",\"Naam tegenpartij\",\"Code\",\"Transactiereferentie\",\"Omschrijving-1\",\"Omschrijving-2\"\n\
             \"NL00X\",\"EUR\",\"XX\",\"000000000000000001\",\"2020-12-30\",\"2020-12-31\",\"-12,34\",\"+987,66\",\"NL00Y\",\"Bakker\",\"bc\",\"\",\"Brood\",\" \"\n\
             \"NL00X\",\"EUR\",\"XX\",\"000000000000000002\",\"2020-12-31\",\"2020-12-31\",\"+5,00\",\"+992,66\",\"\",\"Jan\",\"cb\",\"\",\"\",\"\"\n",
            &["2020-12-30 -12.34", "2020-12-31 5.00"],
        ),
        (
            "NL, tabs, no header, balance before and after",
            "123456789\tEUR\t20200131\t1000,00\t987,66\t20200131\t-12,34\tBEA Bakker PAS123\n123456789\tEUR\t20200201\t987,66\t1987,66\t20200201\t1000,00\tSEPA Loon\n123456789\tEUR\t20200202\t1987,66\t1980,16\t20200202\t-7,50\tBEA Kroeg\n",
            &["2020-01-31 -12.34", "2020-02-01 1000.00", "2020-02-02 -7.50"],
        ),
        (
            "DE, camt export with a row that is only announced",
            "\"Auftragskonto\";\"Buchungstag\";\"Valutadatum\";\"Buchungstext\";\"Verwendungszweck\";\"Beguenstigter/Zahlungspflichtiger\";\"Kontonummer/IBAN\";\"BIC (SWIFT-Code)\";\"Betrag\";\"Waehrung\";\"Info\"\n\
             \"DE00\";\"05.06.20\";\"05.06.20\";\"KARTENZAHLUNG\";\"2020-06-04T12:00\";\"Rewe\";\"DE01\";\"X\";\"-12,34\";\"EUR\";\"Umsatz gebucht\"\n\
             \"DE00\";\"06.06.20\";\"06.06.20\";\"LASTSCHRIFT\";\"Strom\";\"Werk\";\"DE01\";\"X\";\"-50,00\";\"EUR\";\"Umsatz vorgemerkt\"\n",
            &["2020-06-05 -12.34"],
        ),
        (
            "DE, letterhead with a balance",
            "\"Kontonummer:\";\"DE00 / Girokonto\";\n\n\"Von:\";\"01.12.2020\";\n\"Kontostand vom 31.12.2020:\";\"1.234,56 EUR\";\n\n\
             \"Buchungstag\";\"Wertstellung\";\"Buchungstext\";\"Auftraggeber / Begünstigter\";\"Verwendungszweck\";\"Kontonummer\";\"BLZ\";\"Betrag (EUR)\";\"Gläubiger-ID\";\"Mandatsreferenz\";\"Kundenreferenz\";\n\
             \"05.12.2020\";\"07.12.2020\";\"Lastschrift\";\"Stadtwerke\";\"Strom\";\"DE01\";\"X\";\"-1.012,34\";\"\";\"\";\"\";\n",
            &["2020-12-05 -1012.34"],
        ),
        (
            "DE, two-digit years, euro sign behind",
            "\"Girokonto\";\"DE00\"\n\"Zeitraum:\";\"01.12.2023 - 31.12.2023\"\n\"Kontostand vom 31.12.2023:\";\"1.000,00 €\"\n\"\"\n\
             \"Buchungsdatum\";\"Wertstellung\";\"Status\";\"Zahlungspflichtige*r\";\"Zahlungsempfänger*in\";\"Verwendungszweck\";\"Umsatztyp\";\"IBAN\";\"Betrag (€)\";\"Gläubiger-ID\"\n\
             \"05.12.23\";\"05.12.23\";\"Gebucht\";\"Ich\";\"Rewe\";\"Einkauf\";\"Ausgang\";\"DE01\";\"-12,34\";\"\"\n\"04.12.23\";\"\";\"Vorgemerkt\";\"Ich\";\"Bahn\";\"Karte\";\"Ausgang\";\"\";\"-20\";\"\"\n",
            &["2023-12-05 -12.34"],
        ),
        (
            "DE, sections and announced rows",
            ";\n\"Umsätze Girokonto\";\"Zeitraum: 30 Tage\";\n\"Neuer Kontostand\";\"1.234,56 EUR\";\n\n\"Buchungstag\";\"Wertstellung (Valuta)\";\"Vorgang\";\"Buchungstext\";\"Umsatz in EUR\";\n\
             \"offen\";\"--\";\"Lastschrift / Belastung\";\"Auftraggeber: X\";\"-9,99\";\n\"31.12.2020\";\"31.12.2020\";\"Übertrag / Überweisung\";\"Empfänger: Y\";\"-12,34\";\n\"30.12.2020\";\"30.12.2020\";\"Gutschrift\";\"Z\";\"3.000,00\";\n\n\"Alter Kontostand\";\"4.000,00 EUR\";\n",
            &["2020-12-31 -12.34", "2020-12-30 3000.00"],
        ),
        (
            "DE, debit column that is negative, balance below",
            "Umsätze;;;Kundennummer: 1\n\n01.12.2020 - 31.12.2020\n\nBuchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung\n\
             04.12.2020;04.12.2020;SEPA-Lastschrift;Strom;Dez;;;;;;;;;;;-12,34;;EUR\n05.12.2020;05.12.2020;SEPA-Überweisung;Firma;Lohn;;;;;;;;;;;;2.500,00;EUR\nKontostand;31.12.2020;;;3.000,00;EUR\n",
            &["2020-12-04 -12.34", "2020-12-05 2500.00"],
        ),
        (
            "CH, debit and credit per currency, negative debits",
            "Kontonummer:;0123 00;\nIBAN:;CH00;\nVon:;2020-12-01;\nSaldo:;1'000.00;\nBewertet in:;CHF;\n\nAbschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2\n\
             2020-12-31;12:00:00;2020-12-31;2020-12-31;CHF;-12.35;;;987.65;1234567890AB;\"Coop; Zürich\";Zahlung\n2020-12-30;12:00:00;2020-12-30;2020-12-30;CHF;;1'000.00;;1000.00;1234567891AB;Lohn;\n",
            &["2020-12-31 -12.35", "2020-12-30 1000.00"],
        ),
        (
            "CH, credit/debit amount in one column",
            "IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date\nCH00;2020-12-30 00:00:00.0;Einkauf;-12.35;100.00;2020-12-30 00:00:00.0\nCH00;2020-12-31 00:00:00.0;Lohn;1000;1100;2020-12-31 00:00:00.0\n",
            &["2020-12-30 -12.35", "2020-12-31 1000.00"],
        ),
    ]);
}

#[test]
fn english() {
    check(&[
        (
            "UK, counter party and spending category",
            "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n01/12/2020,Tesco,TESCO 1,CONTACTLESS,-12.34,100.00,GROCERIES,\n02/12/2020,Work,WAGE,FASTER PAYMENT,1000.00,1100.00,INCOME,\n",
            &["2020-12-01 -12.34", "2020-12-02 1000.00"],
        ),
        (
            "UK, paid out and paid in, letterhead with signs",
            "\"Account Name:\",\"FlexAccount ****12345\"\n\"Account Balance:\",\"£123.45\"\n\"Available Balance: \",\"£123.45\"\n\n\"Date\",\"Transaction type\",\"Description\",\"Paid out\",\"Paid in\",\"Balance\"\n\"31 Dec 2020\",\"Visa purchase\",\"SHOP\",\"£12.34\",\"\",\"£111.11\"\n\"30 Dec 2020\",\"Bank credit\",\"ME\",\"\",\"£1,000.00\",\"£123.45\"\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "UK, amount and money out and money in",
            "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In\n\
             tx_1,05/12/2020,12:00:00,Card payment,Pret,,Eating out,-5.50,GBP,-6.00,EUR,,,,PRET,,-5.50,\ntx_2,06/12/2020,12:00:00,Faster payment,Ann,,General,20.00,GBP,20.00,GBP,,,,ANN,,,20.00\n",
            &["2020-12-05 -5.50", "2020-12-06 20.00"],
        ),
        (
            "UK, debit and credit amounts",
            "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n31/12/2020,DEB,'11-22-33,12345678,SHOP,12.34,,100.00\n30/12/2020,BGC,'11-22-33,12345678,WORK,,1000.00,112.34\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "UK, value for amount",
            "Date, Type, Description, Value, Balance, Account Name, Account Number\n\n31/12/2020,D/D,\"'WATER\",-12.34,100.00,\"'ME\",\"'112233-12345678\",\n30/12/2020,BAC,\"'WORK\",1000.00,112.34,\"'ME\",\"'112233-12345678\",\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "US, details and type",
            "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\nDEBIT,12/31/2020,\"SHOP  WEB ID: 1\",-12.34,ACH_DEBIT,1100.00,,\nCREDIT,12/30/2020,\"WORK\",1000.00,ACH_CREDIT,1112.34,,\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "US, summary above and a row of the beginning balance",
            "Description,,Summary Amt.\nBeginning balance as of 12/01/2020,,\"1,000.00\"\nTotal credits,,\"100.00\"\nTotal debits,,\"-12.34\"\nEnding balance as of 12/31/2020,,\"1,087.66\"\n\nDate,Description,Amount,Running Bal.\n12/01/2020,Beginning balance as of 12/01/2020,,\"1,000.00\"\n12/02/2020,\"SHOP\",\"-12.34\",\"987.66\"\n12/15/2020,\"WORK\",\"100.00\",\"1,087.66\"\n",
            &["2020-12-02 -12.34", "2020-12-15 100.00"],
        ),
        (
            "US, card with credits written as negative",
            "Status,Date,Description,Debit,Credit\nCleared,12/31/2020,\"SHOP\",12.34,\nCleared,12/20/2020,\"ONLINE PAYMENT, THANK YOU\",,-500.00\n",
            &["2020-12-31 -12.34", "2020-12-20 500.00"],
        ),
        (
            "US, card, spending is positive, a payment is thanked for",
            "Date,Description,Amount\n12/31/2020,SHOP,12.34\n12/28/2020,CAFE,5.00\n12/20/2020,PAYMENT - THANK YOU,-500.00\n",
            &["2020-12-31 -12.34", "2020-12-28 -5.00", "2020-12-20 500.00"],
        ),
        (
            "US, card, kinds of movements disagree with the signs",
            "Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD)\n12/30/2020,12/31/2020,\"SHOP 1\",\"Shop\",\"Grocery\",\"Purchase\",\"12.34\"\n12/29/2020,12/29/2020,\"CAFE\",\"Cafe\",\"Food\",\"Purchase\",\"5.00\"\n12/20/2020,12/20/2020,\"ACH DEPOSIT\",\"Ach\",\"Payment\",\"Payment\",\"-500.00\"\n",
            &["2020-12-30 -12.34", "2020-12-29 -5.00", "2020-12-20 500.00"],
        ),
        (
            "US, no header, a star",
            "\"12/31/2020\",\"-12.34\",\"*\",\"\",\"SHOP\"\n\"12/30/2020\",\"1000.00\",\"*\",\"\",\"WORK\"\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "US, spaces behind the delimiters",
            "Date, Time, Amount, Type, Description\n2020-12-31, 12:00:00, -12.34, Withdrawal, SHOP\n2020-12-30, 12:00:00, 1000.00, Deposit, WORK\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "PayPal: gross, fee, net",
            "\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"Balance\",\"Balance Impact\"\n\"12/31/2020\",\"12:00:00\",\"PST\",\"Ann\",\"Mobile Payment\",\"Completed\",\"USD\",\"100.00\",\"-3.20\",\"96.80\",\"a@b\",\"96.80\",\"Credit\"\n\"12/30/2020\",\"12:00:00\",\"PST\",\"Bob\",\"Express Checkout Payment\",\"Completed\",\"USD\",\"-12.34\",\"0.00\",\"-12.34\",\"a@b\",\"0.00\",\"Debit\"\n\"12/29/2020\",\"12:00:00\",\"PST\",\"Bob\",\"Express Checkout Payment\",\"Denied\",\"USD\",\"-5\",\"0.00\",\"-5\",\"a@b\",\"0.00\",\"Debit\"\n",
            &["2020-12-31 96.80", "2020-12-30 -12.34"],
        ),
        (
            "CA, no header, withdrawals and deposits before a balance",
            "12/29/2020,SHOP,12.34,,1000.00\n12/30/2020,WORK,,500.00,1500.00\n12/31/2020,RENT,900.00,,600.00\n",
            &["2020-12-29 -12.34", "2020-12-30 500.00", "2020-12-31 -900.00"],
        ),
        (
            "CA, columns named after currencies",
            "\"Account Type\",\"Account Number\",\"Transaction Date\",\"Cheque Number\",\"Description 1\",\"Description 2\",\"CAD$\",\"USD$\"\nChequing,0123-4567,12/31/2020,,\"SHOP\",\"1\",-12.34,,\nChequing,0123-4567,12/30/2020,,\"WORK\",\"\",1000.00,,\n",
            &["2020-12-31 -12.34", "2020-12-30 1000.00"],
        ),
        (
            "AU, no header, signs everywhere",
            "31/12/2020,\"-12.34\",\"SHOP\",\"+1000.00\"\n30/12/2020,\"+500.00\",\"WORK\",\"+1012.34\"\n29/12/2020,\"-7.50\",\"CAFE\",\"+512.34\"\n",
            &["2020-12-31 -12.34", "2020-12-30 500.00", "2020-12-29 -7.50"],
        ),
        (
            "AU, credit before debit, which is negative",
            "Date,Description,Credit,Debit,Balance\n31/12/2020,SHOP,,-12.34,1000.00\n30/12/2020,WORK,500.00,,1012.34\n",
            &["2020-12-31 -12.34", "2020-12-30 500.00"],
        ),
        (
            "NZ, letterhead, unique id",
            "Created date / time : 31 December 2020 / 12:00:00\nBank 12; Branch 3456; Account 0123456-00 (Streamline)\nFrom date 20201201\nTo date 20201231\nAvail Bal : 100.00 as of 20201231\n\nDate,Unique Id,Tran Type,Cheque Number,Payee,Memo,Amount\n\n2020/12/30,2020123001,EFTPOS,,\"SHOP\",\"card\",-12.34\n2020/12/31,2020123101,D/C,,\"WORK\",\"\",500.00\n",
            &["2020-12-30 -12.34", "2020-12-31 500.00"],
        ),
        (
            "IN, amounts of zero in the other column",
            "Date     ,Narration                ,Value Dat,Debit Amount       ,Credit Amount      ,Chq/Ref Number   ,Closing Balance\n 15/12/20  ,UPI-SHOP ,15/12/20 ,           12.34 ,            0.00  ,0000123456 ,      1000.00\n 16/12/20  ,NEFT WORK ,16/12/20 ,           0.00 ,        50000.00  ,0000123457 ,     51000.00\n",
            &["2020-12-15 -12.34", "2020-12-16 50000.00"],
        ),
        (
            "IN, letterhead, serial numbers, dr and cr behind",
            "Account No:,123\nName:,ME\n\nSl. No.,Date,Description,Chq / Ref number,Amount,Dr / Cr,Balance,Dr / Cr\n1,13-12-2020,UPI SHOP,UPI-1,\"1,234.50\",DR,\"10,000.00\",CR\n2,14-12-2020,NEFT WORK,N-2,\"50,000.00\",CR,\"60,000.00\",CR\nOpening balance,\"11,234.50\"\n",
            &["2020-12-13 -1234.50", "2020-12-14 50000.00"],
        ),
        (
            "IN, card with a sign column",
            "Date,Sr.No.,Transaction Details,Reward Point Header,Intl.Amount,Amount(in Rs),BillingAmountSign\n15/12/2020,123456789,SHOP,2,0,1234.50,\n16/12/2020,123456790,PAYMENT RECEIVED,0,0,5000.00,CR\n",
            &["2020-12-15 -1234.50", "2020-12-16 5000.00"],
        ),
        (
            "SG, letterhead with names of months",
            "Account Details For:,SAVINGS 123-4\nStatement as at:,31 Dec 2020\nAvailable Balance:,1000.00\n\nTransaction Date,Reference,Debit Amount,Credit Amount,Transaction Ref1,Transaction Ref2,Transaction Ref3\n31 Dec 2020,POS,12.34, ,SHOP,,\n30 Dec 2020,GRO, ,5000.00,WORK,,\n",
            &["2020-12-31 -12.34", "2020-12-30 5000.00"],
        ),
        (
            "several currencies of a wallet",
            "\"TransferWise ID\",Date,Amount,Currency,Description,\"Payment Reference\",\"Running Balance\",\"Exchange From\",\"Exchange To\",\"Exchange Rate\",\"Payer Name\",\"Payee Name\",Merchant,\"Total fees\"\nCARD-1,31-12-2020,-12.34,EUR,\"Card transaction\",,100.00,EUR,USD,1.2,,,Shop,0.05\nTRANSFER-2,30-12-2020,500.00,EUR,\"Received money\",Rent,112.34,,,,Ann,,,0.00\n",
            &["2020-12-31 -12.34", "2020-12-30 500.00"],
        ),
    ]);
}

#[test]
fn romance() {
    check(&[
        (
            "FR, names in one word",
            "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;accountNum;accountLabel;accountbalance\n\"2020-12-31\";\"2020-12-31\";\"CARTE SHOP\";\"Courses\";\"Vie\";\"shop\";\"-12,34\";\"0001\";\"Compte\";\"1000.00\"\n\"2020-12-30\";\"2020-12-30\";\"VIR LOYER\";\"X\";\"Y\";\"\";\"1 500,00\";\"0001\";\"Compte\";\"1000.00\"\n",
            &["2020-12-31 -12.34", "2020-12-30 1500.00"],
        ),
        (
            "FR, debits that are negative",
            "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n30/12/2020;31/12/2020;-12,34;;PAIEMENT CB;100,00\n31/12/2020;31/12/2020;;1500,00;VIR;1600,00\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "FR, letterhead, texts over several lines",
            "Compte de dépôt;n° 123;\nSolde au 31/12/2020;1 234,56 €\n\nDate;Libellé;Débit euros;Crédit euros;\n30/12/2020;\"PAIEMENT PAR CARTE\nSHOP 29/12\";12,34;;\n31/12/2020;\"VIREMENT\nTRAVAIL\";;1 500,00;\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "ES, code of the currency twice",
            "F.Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones\n31/12/2020;30/12/2020;Tienda;Pago con tarjeta;-12,34;EUR;1.000,00;EUR;x\n30/12/2020;29/12/2020;Nómina;Abono;1.500,00;EUR;1.012,34;EUR;\n",
            &["2020-12-30 -12.34", "2020-12-29 1500.00"],
        ),
        (
            "ES, EUR glued to the amount",
            "Concepto;Fecha;Importe;Saldo\nTIENDA;30/12/2020;-12,34EUR;+1.000,00EUR\nNOMINA;31/12/2020;1.500,00EUR;+2.500,00EUR\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "IT, in and out, some not booked",
            "Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato\n30/12/2020;30/12/2020;;-12,34;POS;Negozio;Contabilizzato\n31/12/2020;31/12/2020;1.500,00;;STIPENDIO;x;Contabilizzato\n31/12/2020;;;-5,00;POS;Bar;Autorizzato\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "IT, allowed and listed as any other",
            "Data;Entrate;Uscite;Descrizione;Stato\n30/12/2020;;-12,34;Negozio;Contabilizzato\n31/12/2020;;-5,00;Bar;Autorizzato\n",
            &["2020-12-30 -12.34", "2020-12-31 -5.00"],
        ),
        (
            "PT, balances below",
            "Consultar saldos e movimentos à ordem - 31-12-2020\nConta ;0000\n\nData mov. ;Data valor ;Descrição ;Débito ;Crédito ;Saldo contabilístico ;Saldo disponível ;Categoria ;\n30-12-2020;30-12-2020;COMPRA;12,34;;100,00;100,00;Casa ;\n31-12-2020;31-12-2020;ORDENADO;;1.500,00;1.600,00;1.600,00;Receitas ;\n ; ; ; ;Saldo contabilístico ;1.600,00 EUR ; ; ;\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "BR, card, spending is positive",
            "date,category,title,amount\n2020-12-30,transporte,Uber,12.34\n2020-12-29,casa,Loja,50\n2020-12-20,,Pagamento recebido,-500\n",
            &["2020-12-30 -12.34", "2020-12-29 -50.00", "2020-12-20 500.00"],
        ),
        (
            "BR, rows of balances",
            "\"Data\",\"Dependencia Origem\",\"Histórico\",\"Data do Balancete\",\"Número do documento\",\"Valor\",\n\"30/11/2020\",\"\",\"Saldo Anterior\",\"\",\"0\",\"100.00\",\n\"01/12/2020\",\"0000-0\",\"Compra\",\"\",\"111\",\"-12.34\",\n\"02/12/2020\",\"0000-0\",\"Recebimento\",\"\",\"222\",\"1500.00\",\n\"31/12/2020\",\"\",\"S A L D O\",\"\",\"0\",\"1587.66\",\n",
            &["2020-12-01 -12.34", "2020-12-02 1500.00"],
        ),
        (
            "BR, no header",
            "30/12/2020;COMPRA LOJA;-12,34\n31/12/2020;TED TRABALHO;1500,00\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
    ]);
}

#[test]
fn north_and_east() {
    check(&[
        (
            "NO, out of and into the account",
            "\"Dato\";\"Forklaring\";\"Rentedato\";\"Ut fra konto\";\"Inn på konto\"\n\"30.12.2020\";\"Varekjøp Butikk\";\"31.12.2020\";\"12,34\";\"\"\n\"31.12.2020\";\"Lønn\";\"31.12.2020\";\"\";\"15000,00\"\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
        (
            "NO, both sides, out is negative",
            "Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto\n30.12.2020;Butikk;30.12.2020;;-12,34;;1234\n31.12.2020;Lønn;31.12.2020;15000,00;;1234;\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
        (
            "SE, a title and numbers of rows",
            "* Transaktionsrapport Period 2020-12-01 - 2020-12-31 Skapad 2021-01-01\nRadnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo\n1,12345,1234567,\"Privatkonto\",SEK,2020-12-30,2020-12-29,2020-12-30,\"Butik\",\"Butik\",-12.34,1000.00\n2,12345,1234567,\"Privatkonto\",SEK,2020-12-31,2020-12-31,2020-12-31,\"Lön\",\"Lön\",15000.00,16000.00\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
        (
            "SE, semicolons",
            "Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta\n2020/12/30;-12,34;1234;;;Butik;1000,00;SEK\n2020/12/29;15000,00;;1234;;Lön;1012,34;SEK\nReserverat;-50,00;1234;;;Kortköp;;SEK\n",
            &["2020-12-30 -12.34", "2020-12-29 15000.00"],
        ),
        (
            "DK, status",
            "\"Dato\";\"Tekst\";\"Beløb\";\"Saldo\";\"Status\";\"Afstemt\"\n\"30.12.2020\";\"Butik\";\"-12,34\";\"1.000,00\";\"Udført\";\"Nej\"\n\"31.12.2020\";\"Løn\";\"15.000,00\";\"16.000,00\";\"Udført\";\"Nej\"\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
        (
            "FI, a letterhead and tabs",
            "Tilinumero\tFI00\n\nKirjauspäivä\tArvopäivä\tMaksupäivä\tMäärä\tSaaja/Maksaja\tTilinumero\tBIC\tTapahtuma\tViite\n30.12.2020\t30.12.2020\t29.12.2020\t-12,34\tKauppa\t\t\tKorttiosto\t\n31.12.2020\t31.12.2020\t31.12.2020\t+1500,00\tTyö\t\t\tPano\t\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "EE, debit/credit beside signed amounts",
            "Customer account no,Document no,Date,Sender/receiver account,Sender/receiver name,Sender bank code,Empty,Debit/Credit (D/C),Amount,Reference number,Archiving code,Description,Fee,Currency\nEE00,,2020-12-30,EE01,Shop,X,,D,-12.34,,ABC1,Food,0.00,EUR\nEE00,,2020-12-31,EE01,Work,X,,C,1500.00,,ABC2,Wage,0.00,EUR\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "PL, three kinds of dates, wide",
            "\"Data operacji\",\"Data waluty\",\"Typ transakcji\",\"Kwota\",\"Waluta\",\"Saldo po transakcji\",\"Opis transakcji\",\"\",\"\"\n\"2020-12-30\",\"2020-12-29\",\"Płatność kartą\",\"-12.34\",\"PLN\",\"+1000.00\",\"Tytuł: 1\",\"Lokalizacja: X\",\"\"\n\"2020-12-31\",\"2020-12-31\",\"Przelew na konto\",\"+5000.00\",\"PLN\",\"+6000.00\",\"Tytuł: 2\",\"\",\"\"\n",
            &["2020-12-30 -12.34", "2020-12-31 5000.00"],
        ),
        (
            "PL, charges and credits",
            "\"Numer rachunku/karty\",\"Data transakcji\",\"Data rozliczenia\",\"Rodzaj transakcji\",\"Na konto/Z konta\",\"Odbiorca/Zleceniodawca\",\"Opis\",\"Obciążenia\",\"Uznania\",\"Saldo\",\"Waluta\"\n\"PL00\",\"2020-12-30\",\"2020-12-31\",\"TRANSAKCJA KARTĄ\",\"\",\"\",\"SKLEP\",\"-12.34\",\"\",\"1000.00\",\"PLN\"\n\"PL00\",\"2020-12-31\",\"2020-12-31\",\"PRZELEW\",\"\",\"PRACA\",\"x\",\"\",\"5000.00\",\"6000.00\",\"PLN\"\n",
            &["2020-12-30 -12.34", "2020-12-31 5000.00"],
        ),
        (
            "PL, blocked sums are not booked",
            "\"Lista transakcji\"\n\"Data transakcji\";\"Data księgowania\";\"Dane kontrahenta\";\"Tytuł\";\"Nr rachunku\";\"Kwota transakcji (waluta rachunku)\";\"Waluta\";\"Kwota blokady/zwolnienie blokady\";\"Waluta\";\"Saldo po transakcji\";\"Waluta\"\n2020-12-31;;\"SKLEP\";\"karta\";'';;;-50,00;PLN;;\n2020-12-30;2020-12-30;\"PRACA\";\"x\";'1';5 000,00;PLN;;;6 000,00;PLN\n2020-12-29;2020-12-29;\"SKLEP\";\"y\";'1';-12,34;PLN;;;1 000,00;PLN\n",
            &["2020-12-30 5000.00", "2020-12-29 -12.34"],
        ),
        (
            "CZ, letterhead, volume",
            "\"accountId\";\"123\"\n\"bankId\";\"2010\"\n\"currency\";\"CZK\"\n\"openingBalance\";\"100,00\"\n\n\"ID operace\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"Kód banky\";\"Zpráva pro příjemce\"\n\"111\";\"30.12.2020\";\"-12,34\";\"CZK\";\"\";\"\";\"\";\"Obchod\"\n\"112\";\"31.12.2020\";\"15000,00\";\"CZK\";\"1\";\"Práce\";\"0100\";\"\"\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
        (
            "CZ, direction in words beside signs",
            "\"Datum provedení\";\"Směr úhrady\";\"Typ úhrady\";\"Skupina plateb\";\"Měna účtu\";\"Částka v měně účtu\";\"Poplatek v měně účtu\";\"Původní měna úhrady\";\"Původní částka úhrady\"\n\"30/12/2020\";\"Odchozí\";\"Platba kartou\";\"x\";\"CZK\";\"-12,34\";\"0,00\";\"CZK\";\"-12,34\"\n\"31/12/2020\";\"Příchozí\";\"Příchozí úhrada\";\"x\";\"CZK\";\"15000,00\";\"0,00\";\"CZK\";\"15000,00\"\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
        (
            "RU, failed rows",
            "\"Дата операции\";\"Дата платежа\";\"Номер карты\";\"Статус\";\"Сумма операции\";\"Валюта операции\";\"Сумма платежа\";\"Валюта платежа\";\"Категория\";\"MCC\";\"Описание\"\n\"30.12.2020 12:00:00\";\"31.12.2020\";\"*1234\";\"OK\";\"-12,34\";\"RUB\";\"-12,34\";\"RUB\";\"Еда\";\"5411\";\"Магазин\"\n\"29.12.2020 12:00:00\";\"\";\"*1234\";\"FAILED\";\"-99,00\";\"RUB\";\"-99,00\";\"RUB\";\"Еда\";\"5411\";\"Магазин\"\n\"28.12.2020 12:00:00\";\"28.12.2020\";\"\";\"OK\";\"15000,00\";\"RUB\";\"15000,00\";\"RUB\";\"Зарплата\";\"\";\"Работа\"\n",
            &["2020-12-30 -12.34", "2020-12-28 15000.00"],
        ),
        (
            "UA, amount in the card's currency",
            "\"Дата i час операції\",\"Деталі операції\",MCC,\"Сума в валюті картки (UAH)\",\"Сума в валюті операції\",Валюта,Курс,\"Сума комісій (UAH)\",\"Сума кешбеку (UAH)\",\"Залишок після операції\"\n\"30.12.2020 12:00:00\",\"Магазин\",5411,-350.5,-10.0,EUR,35.05,0.0,0.0,1000.0\n\"29.12.2020 12:00:00\",\"Робота\",4829,15000.0,15000.0,UAH,—,0.0,0.0,1350.5\n",
            &["2020-12-30 -350.50", "2020-12-29 15000.00"],
        ),
    ]);
}

#[test]
fn asian() {
    check(&[
        (
            "CN, wallet with signs of money",
            "微信支付账单明细,,,,,,,,\n微信昵称：[x],,,,,,,,\n共3笔记录,,,,,,,,\n,,,,,,,,\n----------------------微信支付账单明细列表--------------------,,,,,,,,\n交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n2020-12-30 12:00:00,商户消费,超市,\"菜\",支出,¥12.34,零钱,支付成功,\"1000000001\t\",\"1\t\",\"/\"\n2020-12-31 12:00:00,转账,张三,\"/\",收入,¥500.00,/,已存入零钱,\"1000000002\t\",\"2\t\",\"/\"\n",
            &["2020-12-30 -12.34", "2020-12-31 500.00"],
        ),
        (
            "CN, debit and credit in names, dates and times apart",
            "\"交易日期\",\"交易时间\",\"收入\",\"支出\",\"余额\",\"交易类型\",\"交易备注\"\n\"20201230\",\"12:00:00\",\"\",\"12.34\",\"1000.00\",\"消费\",\"超市\"\n\"20201231\",\"12:00:00\",\"5000.00\",\"\",\"6000.00\",\"工资\",\"公司\"\n",
            &["2020-12-30 -12.34", "2020-12-31 5000.00"],
        ),
        (
            "CN, amounts booked and of the shop",
            "\"交易日期\",\"摘要\",\"交易场所\",\"钞/汇\",\"交易金额(收入)\",\"交易金额(支出)\",\"交易币种\",\"记账金额(收入)\",\"记账金额(支出)\",\"记账币种\",\"余额\",\"对方户名\"\n\"2020-12-30\",\"消费\",\"超市\",\"钞\",\"\",\"12.34\",\"人民币\",\"\",\"12.34\",\"人民币\",\"1,000.00\",\"超市\"\n\"2020-12-31\",\"工资\",\"\",\"钞\",\"5,000.00\",\"\",\"人民币\",\"5,000.00\",\"\",\"人民币\",\"6,000.00\",\"公司\"\n",
            &["2020-12-30 -12.34", "2020-12-31 5000.00"],
        ),
        (
            "JP, out and in, yen",
            "日付,内容,出金金額(円),入金金額(円),残高(円)\n2020/12/30,スーパー,\"1,234\",,\"10,000\"\n2020/12/31,給料,,\"250,000\",\"260,000\"\n",
            &["2020-12-30 -1234", "2020-12-31 250000"],
        ),
        (
            "TR",
            "Tarih;Açıklama;Tutar;Bakiye\n30.12.2020;Market;-12,34;1.000,00\n31.12.2020;Maaş;15.000,00;16.000,00\n",
            &["2020-12-30 -12.34", "2020-12-31 15000.00"],
        ),
    ]);
}

#[test]
fn other_apps() {
    check(&[
        (
            "expense and income in two columns",
            "\"Date\",\"Account\",\"Category\",\"Tags\",\"Expense amount\",\"Income amount\",\"Currency\",\"In main currency\",\"Main currency\",\"Description\"\n\"30/12/2020\",\"Cash\",\"Food\",\"\",\"12.34\",\"0\",\"EUR\",\"12.34\",\"EUR\",\"x\"\n\"31/12/2020\",\"Bank\",\"Pay\",\"\",\"0\",\"1,500.00\",\"EUR\",\"1500\",\"EUR\",\"\"\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "a kind in words, unsigned",
            "Date,Wallet,Type,Category name,Amount,Currency,Note\n2020-12-30T12:00:00+00:00,Cash,Expense,Food,12.34,EUR,x\n2020-12-31T12:00:00+00:00,Cash,Income,Pay,1500,EUR,\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "signed, with a kind",
            "account;category;currency;amount;ref_currency_amount;type;payment_type;note;date;transfer;payee\nCash;Food;EUR;-12.34;-12.34;Expenses;CASH;x;2020-12-30 12:00:00;false;Shop\nBank;Pay;EUR;1500.00;1500.00;Income;TRANSFER;;2020-12-31 12:00:00;false;\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
        (
            "merchant and original statement",
            "Date,Merchant,Category,Account,Original Statement,Notes,Amount,Tags\n2020-12-30,Shop,Food,Checking,SHOP 1,,-12.34,\n2020-12-31,Work,Pay,Checking,WORK,,1500.00,\n",
            &["2020-12-30 -12.34", "2020-12-31 1500.00"],
        ),
    ]);
}
