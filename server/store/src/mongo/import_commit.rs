//! An import comes in: accounts, rows, totals, and what it takes over from rows that were entered by hand.
use super::{
    accounts, activity, budgets, expenses,
    failure::Outcome,
    import_revert, import_rows, imports, ledger,
    row::ExpenseDoc,
    transaction::{Tx, lock_budget},
    values::{Fields, oid},
};
use crate::{
    booking::{self, Accounts},
    ledger::Ledger,
};
use domain::{
    expense::Expense,
    ids::{AccountId, BudgetId, ExpenseId, UserId},
};
use mongodb::bson::oid::ObjectId;
use service::{
    activity::content::of_import,
    ports::store::{Import, ImportCommit, Verdict, Write},
};
use std::{collections::BTreeSet, sync::Arc};

/// Rows that are turned into documents at a time.
const AT_ONCE: usize = 1_000;

/// Judges the rows against what is there now and writes those that are new.
pub(super) async fn commit(tx: &mut Tx, write: &Write, commit: &ImportCommit) -> Outcome<Import> {
    let rows = &commit.expenses;
    for budget in rows.iter().filter_map(|row| row.budget_id).collect::<BTreeSet<_>>() {
        lock_budget(tx, budget).await?;
    }
    let mut import = imports::open_draft(tx, write, commit.import_id).await?;
    booking::check_rows(write.actor, commit)?;
    let there = accounts::of_user(tx, write.actor).await?;
    let accounts = Accounts::sort(write.actor, &there, &commit.accounts)?;
    accounts::insert_all(tx, &accounts.made).await?;
    check_references(tx, write.actor, rows, &accounts).await?;

    let existing = match booking::days(rows) {
        Some((start, end)) => imports::prints(tx, write.actor, start, end).await?,
        None => Vec::new(),
    };
    let (mut new, mut twins): (Vec<&Expense>, Vec<(ExpenseId, &Expense)>) = (Vec::new(), Vec::new());
    let mut ledger = Ledger::default();
    let verdicts = booking::judged(rows, &accounts, &existing);
    let joined = rows.iter().any(|row| row.leg().is_some()).then(|| {
        let mut rows = rows.clone();
        booking::alone(&mut rows, &verdicts);
        rows
    });
    let rows = joined.as_ref().unwrap_or(rows);
    for (row, verdict) in rows.iter().zip(verdicts) {
        match verdict {
            Verdict::New => {
                ledger.change(None, Some(row))?;
                new.push(row);
            }
            Verdict::Absorbed(twin) => twins.push((twin, row)),
            Verdict::Duplicate | Verdict::Zero => {}
        }
    }
    insert(tx, &new, &accounts).await?;
    import_revert::absorb(tx, write, import.id, &twins, &accounts, &mut ledger).await?;
    ledger::write(tx, ledger).await?;

    if import.accounts.iter().any(|account| account.account_id.is_none()) {
        booking::name_accounts(&mut import, &accounts::of_user(tx, write.actor).await?);
    }
    booking::finish(&mut import, rows.len(), u32::try_from(new.len()).unwrap_or(u32::MAX), write.now);
    let made: Vec<ObjectId> = accounts.made.iter().map(|account| oid(account.id.0)).collect();
    imports::save(tx, &import, Fields::default().set("madeAccounts", made)).await?;
    import_rows::drop_rows(tx, import.id).await?;
    activity::keep(tx, Some(of_import(write, &import))).await?;
    Ok(import)
}

async fn insert(tx: &mut Tx, rows: &[&Expense], accounts: &Accounts) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    for batch in rows.chunks(AT_ONCE) {
        let documents: Vec<ExpenseDoc> = batch.iter().map(|row| ExpenseDoc::new(row, accounts.of(row))).collect();
        tx.session.insert_all(&tables.expenses, &documents).await?;
    }
    Ok(())
}

/// The budgets and accounts that the rows name are the actor's, each looked up once.
async fn check_references(tx: &mut Tx, actor: UserId, rows: &[Expense], sorted: &Accounts) -> Outcome<()> {
    let mut budgets = BTreeSet::<(BudgetId, Option<&str>)>::new();
    let mut accounts = BTreeSet::<AccountId>::new();
    for row in rows {
        let base = row.base.as_ref().map(|base| base.amount.currency().code());
        if row.budget_id.is_some_and(|budget| budgets.insert((budget, base))) {
            budgets::check_place(tx, actor, row, true).await?;
        }
        let account = sorted.of(row);
        if account.is_some_and(|account| accounts.insert(account)) {
            expenses::check_account(tx, actor, account).await?;
        }
    }
    Ok(())
}
