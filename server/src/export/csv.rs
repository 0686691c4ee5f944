//! Expenses as a table for spreadsheets, as text. What a spreadsheet would take for a formula gets an apostrophe before
//! it; numbers are left as they are.
use csv::{Terminator, WriterBuilder};
use domain::{
    account::Account,
    budget::Budget,
    expense::Expense,
    ids::{AccountId, BudgetId},
    ledger_file::{AMOUNT, HEAD, cells, guarded},
};
use std::{borrow::Cow, collections::BTreeMap};

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

    /// A row's cells, not guarded yet.
    pub(super) fn cells<'a>(&'a self, row: &'a Expense) -> [Cow<'a, str>; HEAD.len()] {
        let account = row.account_id.and_then(|id| self.accounts.get(&id));
        let budget = row.budget_id.and_then(|id| self.budgets.get(&id));
        cells(row, account.map(String::as_str), budget.map(String::as_str))
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
    let mut cells = names.cells(expense);
    for (_, cell) in cells.iter_mut().enumerate().filter(|(place, _)| *place != AMOUNT) {
        let other = match guarded(cell) {
            Cow::Owned(other) => other,
            Cow::Borrowed(_) => continue,
        };
        *cell = other.into();
    }
    cells
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
    fn cells_with_signs_are_quoted() {
        let mut line = HEAD.map(|_| Cow::Borrowed(""));
        line[3] = "a, \"b\"\nc".into();
        let text = String::from_utf8(lines([line])).unwrap();
        assert_eq!(text, ",,,\"a, \"\"b\"\"\nc\",,,,,,,,,,,,,\r\n");
    }
}
