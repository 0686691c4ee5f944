//! Expenses as a table for spreadsheets. Text that a spreadsheet would take for a formula gets an apostrophe before it
//! (OWASP, CSV injection); numbers are left as they are.
use csv::{Terminator, WriterBuilder};
use domain::{
    account::Account,
    budget::Budget,
    category::Category,
    expense::Expense,
    ids::{AccountId, BudgetId},
    money::Money,
};
use std::{borrow::Cow, collections::BTreeMap};

/// The first line. The names are those that our own import knows, too.
const HEAD: [&str; 14] = [
    "Date",
    "Amount",
    "Currency",
    "Payee",
    "Description",
    "Category",
    "Subcategory",
    "Kind",
    "Status",
    "Tags",
    "Notes",
    "Payment method",
    "Account",
    "Budget",
];

/// Names of what rows name.
pub(super) struct Names {
    accounts: BTreeMap<AccountId, String>,
    budgets: BTreeMap<BudgetId, String>,
}

impl Names {
    pub(super) fn new(accounts: &[Account], budgets: &[Budget]) -> Self {
        Self {
            accounts: accounts.iter().map(|account| (account.id, account.name.clone())).collect(),
            budgets: budgets.iter().map(|budget| (budget.id, budget.plan.name.clone())).collect(),
        }
    }
}

/// The first line, after the mark by which spreadsheets know UTF-8.
pub(super) fn head() -> Vec<u8> {
    let mut text = "\u{feff}".as_bytes().to_vec();
    text.extend(lines([HEAD.map(Cow::Borrowed)]));
    text
}

/// Some rows; without those in the trash, which are in no total either.
pub(super) fn rows(expenses: &[Expense], names: &Names) -> Vec<u8> {
    lines(expenses.iter().filter(|expense| expense.deleted_at.is_none()).map(|expense| row(expense, names)))
}

fn row<'a>(expense: &'a Expense, names: &'a Names) -> [Cow<'a, str>; HEAD.len()] {
    let currency = expense.amount.currency();
    let text = |text: Option<&'a str>| harmless(text.unwrap_or_default());
    let name = |name: Option<&'a String>| text(name.map(String::as_str));
    [
        expense.date.to_string().into(),
        Money::new(expense.signed_minor(), currency).to_decimal().into(),
        currency.code().into(),
        text(expense.merchant.as_deref()),
        text(expense.description.as_deref()),
        expense.category.map_or("", Category::as_str).into(),
        text(expense.subcategory.as_deref()),
        expense.kind.as_str().into(),
        expense.status.as_str().into(),
        harmless(&expense.tags.join(", ")).into_owned().into(),
        text(expense.notes.as_deref()),
        expense.payment_method.map_or("", |method| method.as_str()).into(),
        name(expense.account_id.and_then(|id| names.accounts.get(&id))),
        name(expense.budget_id.and_then(|id| names.budgets.get(&id))),
    ]
}

/// A text that no spreadsheet computes.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

/// Lines as RFC 4180 has them.
fn lines<'a>(lines: impl IntoIterator<Item = [Cow<'a, str>; HEAD.len()]>) -> Vec<u8> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        table.write_record(line.iter().map(|cell| cell.as_bytes())).expect("memory takes lines of one length");
    }
    table.into_inner().expect("memory takes all of it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spreadsheet_computes_a_text() {
        for (text, cell) in [
            ("=HYPERLINK(\"http://evil.example\")", "'=HYPERLINK(\"http://evil.example\")"),
            ("+49 30 1", "'+49 30 1"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("Bakery = good", "Bakery = good"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), cell, "{text:?}");
        }
    }

    #[test]
    fn cells_with_signs_are_quoted() {
        let mut line = HEAD.map(|_| Cow::Borrowed(""));
        line[3] = "a, \"b\"\nc".into();
        let text = String::from_utf8(lines([line])).unwrap();
        assert_eq!(text, ",,,\"a, \"\"b\"\"\nc\",,,,,,,,,,\r\n");
    }
}
