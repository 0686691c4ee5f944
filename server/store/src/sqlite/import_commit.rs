//! The two large writes: an import comes in, or goes again, with all that hangs on it.
use super::{
    accounts, activity, budgets,
    codec::{self, Columns, all, each, first, instant, run},
    connection::Tx,
    encode::{self, columns},
    expenses,
    failure::Outcome,
    imports, ledger, legs,
    new_rows::insert_many,
};
use crate::{
    booking::{self, Absorbed, Accounts},
    ledger::Ledger,
    sharing,
};
use domain::{
    expense::Expense,
    ids::{AccountId, BudgetId, ExpenseId, ImportId, UserId},
    role::Role,
};
use rusqlite::{Connection, params};
use service::{
    Error,
    activity::content::of_import,
    error::Conflict,
    ports::store::{Import, ImportCommit, ImportStatus, Verdict, Write},
};
use std::collections::BTreeSet;

/// Judges the rows against what is there now and writes those that are new.
pub(super) fn commit(tx: &Tx<'_>, write: &Write, mut commit: ImportCommit) -> Outcome<Import> {
    let mut import = imports::open_draft(tx, write, commit.import_id)?;
    booking::check_rows(write.actor, &commit)?;
    let accounts = Accounts::sort(write.actor, &accounts::of_user(tx, write.actor)?, &commit.accounts)?;
    for account in &accounts.made {
        accounts::insert(tx, account)?;
    }
    for row in &mut commit.expenses {
        row.account_id = accounts.of(row);
    }
    check_references(tx, write.actor, &commit.expenses)?;

    let existing = match booking::days(&commit.expenses) {
        Some((start, end)) => imports::prints(tx, write.actor, start, end)?,
        None => Vec::new(),
    };
    let mut ledger = Ledger::default();
    let mut added = 0;
    let verdicts = booking::judged(&commit.expenses, &accounts, &existing);
    drop(existing);
    booking::alone(&mut commit.expenses, &verdicts);
    let rows = commit.expenses.len();
    let mut absorbed = Vec::new();
    insert_many(tx, |new| {
        // Each row goes once it is written: there may be a great many.
        for (row, verdict) in commit.expenses.into_iter().zip(verdicts) {
            match verdict {
                Verdict::New => {
                    new.insert(tx, &row)?;
                    ledger.change(None, Some(&row))?;
                    added += 1;
                }
                Verdict::Absorbed(twin) => absorbed.push((twin, row)),
                Verdict::Duplicate | Verdict::Zero => {}
            }
        }
        Ok(())
    })?;
    // Their words may change: with the triggers.
    for (twin, row) in absorbed {
        absorb(tx, write, import.id, twin, &row, &mut ledger)?;
    }
    ledger::write(ledger, tx)?;

    if import.accounts.iter().any(|account| account.account_id.is_none()) {
        booking::name_accounts(&mut import, &accounts::of_user(tx, write.actor)?);
    }
    booking::finish(&mut import, rows, added, write.now);
    imports::save(tx, &import)?;
    let made: Vec<AccountId> = accounts.made.iter().map(|account| account.id).collect();
    imports::keep_made_accounts(tx, import.id, &made)?;
    run(tx, "DELETE FROM import_rows WHERE import_id = ?", params![import.id.0])?;
    activity::keep(tx, Some(of_import(write, &import)))?;
    Ok(import)
}

/// The budgets and accounts that the rows name are the actor's, each looked up once.
fn check_references(tx: &Tx<'_>, actor: UserId, rows: &[Expense]) -> Outcome<()> {
    let mut budgets = BTreeSet::<(BudgetId, Option<&str>)>::new();
    let mut accounts = BTreeSet::<AccountId>::new();
    for row in rows {
        let base = row.base.as_ref().map(|base| base.amount.currency().code());
        if row.budget_id.is_some_and(|budget| budgets.insert((budget, base))) {
            budgets::check_place(tx, actor, row, true)?;
        }
        if row.account_id.is_some_and(|account| accounts.insert(account)) {
            expenses::check_account(tx, actor, row.account_id)?;
        }
    }
    Ok(())
}

/// A row that was entered by hand takes over the bank's id and account, and remembers for whom.
fn absorb(
    tx: &Tx<'_>,
    write: &Write,
    import: ImportId,
    twin: ExpenseId,
    row: &Expense,
    ledger: &mut Ledger,
) -> Outcome<()> {
    let mut own = expenses::load(tx, write.actor, twin)?.ok_or(Error::NotFound)?;
    let before = own.clone();
    let Some(absorbed) = booking::absorb(&mut own, row.account_id, row) else { return Ok(()) };
    keep_absorbed(tx, import, &absorbed)?;
    match absorbed.met {
        Some(_) => rewrite(tx, write, &before, own, ledger),
        None => touch(tx, write, own),
    }
}

pub(super) fn keep_absorbed(tx: &Tx<'_>, import: ImportId, absorbed: &Absorbed) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO import_absorbed (import_id, expense_id, account_before, account_after, external_after, met)
         VALUES (?, ?, ?, ?, ?, ?)",
        params![
            import.0,
            absorbed.expense.0,
            absorbed.account_before.map(|id| id.0),
            absorbed.account_after.map(|id| id.0),
            absorbed.external_after,
            absorbed.met.as_ref().map(codec::json).transpose()?
        ],
    )
    .map(drop)
}

/// All that any import has changed in rows that were entered by hand, by import and row.
pub(super) fn every_absorbed(
    connection: &Connection,
    mut give: impl FnMut(ImportId, Absorbed) -> Outcome<()>,
) -> Outcome<()> {
    each(
        connection,
        "SELECT import_id, expense_id, account_before, account_after, external_after, met FROM import_absorbed
         ORDER BY import_id, expense_id",
        [],
        |columns| give(columns.id(ImportId)?, read_absorbed(columns)?),
    )
}

fn read_absorbed(columns: &mut Columns<'_, '_>) -> Outcome<Absorbed> {
    Ok(Absorbed {
        expense: columns.id(ExpenseId)?,
        account_before: columns.optional_id(AccountId)?,
        account_after: columns.optional_id(AccountId)?,
        external_after: columns.get()?,
        met: columns.optional_json()?,
    })
}

/// Takes the import's rows out again, and what it made and changed besides.
pub(super) fn revert(tx: &Tx<'_>, write: &Write, id: ImportId) -> Outcome<Import> {
    let mut import = imports::load(tx, write.actor, id)?.ok_or(Error::NotFound)?;
    if import.status != ImportStatus::Committed {
        return Err(Error::Conflict(Conflict::ImportNotCommitted).into());
    }
    let mut ledger = Ledger::default();
    let (mut places, mut legs) = (BTreeSet::new(), Vec::new());
    release_absorbed(tx, write, id, &mut places, &mut ledger)?;
    each(
        tx,
        concat!(
            "SELECT ",
            columns!(),
            " FROM expenses INDEXED BY expenses_by_import WHERE import_id = ? AND user_id = ?"
        ),
        params![id.0, write.actor.0],
        |columns| {
            let row = encode::read(columns)?;
            places.extend(row.budget_id);
            ledger.change(Some(&row), None)?;
            legs.extend(row.leg().map(|_| row));
            Ok(())
        },
    )?;
    // Some may stand where its owner has nothing to say any more: then all of it stays.
    for budget in places {
        sharing::as_at_least(budgets::load(tx, write.actor, budget)?, Role::Edit).map_err(|_| Error::Forbidden)?;
    }
    let sql = "DELETE FROM expenses INDEXED BY expenses_by_import WHERE import_id = ? AND user_id = ?";
    run(tx, sql, params![id.0, write.actor.0])?;
    legs::left(tx, write, &legs, &mut ledger)?;
    ledger::write(ledger, tx)?;
    drop_accounts(tx, write.actor, id)?;

    import.status = ImportStatus::Reverted;
    import.reverted_at = Some(write.now);
    imports::save(tx, &import)?;
    activity::keep(tx, Some(of_import(write, &import)))?;
    Ok(import)
}

/// Rows that were entered by hand are again as they were, as far as nobody has changed that since.
fn release_absorbed(
    tx: &Tx<'_>,
    write: &Write,
    id: ImportId,
    places: &mut BTreeSet<BudgetId>,
    ledger: &mut Ledger,
) -> Outcome<()> {
    let absorbed = all(
        tx,
        "SELECT expense_id, account_before, account_after, external_after, met FROM import_absorbed WHERE import_id = ?",
        params![id.0],
        read_absorbed,
    )?;
    for absorbed in absorbed {
        let Some(mut own) = expenses::load(tx, write.actor, absorbed.expense)? else { continue };
        let before = own.clone();
        if booking::release(&mut own, &absorbed) {
            if absorbed.met.is_some() {
                places.extend(own.budget_id);
                rewrite(tx, write, &before, own, ledger)?;
            } else {
                touch(tx, write, own)?;
            }
        }
    }
    run(tx, "DELETE FROM import_absorbed WHERE import_id = ?", params![id.0]).map(drop)
}

/// All of a row, as a new version of it.
fn rewrite(tx: &Tx<'_>, write: &Write, before: &Expense, expense: Expense, ledger: &mut Ledger) -> Outcome<()> {
    let expense = Expense { version: before.version + 1, updated_at: write.now, ..expense };
    encode::update(tx, &expense)?;
    Ok(ledger.change(Some(before), Some(&expense))?)
}

/// Account, bank id and what follows from it, as a new version of the row; all count in no total.
fn touch(tx: &Tx<'_>, write: &Write, expense: Expense) -> Outcome<()> {
    run(
        tx,
        "UPDATE expenses SET account_id = ?, external_id = ?, dedupe_key = ?, version = version + 1, updated_at = ?
         WHERE id = ? AND user_id = ?",
        params![
            expense.account_id.map(|id| id.0),
            expense.external_id,
            expense.dedupe_key,
            instant(write.now),
            expense.id.0,
            write.actor.0
        ],
    )
    .map(drop)
}

/// Accounts that the import made go with it, unless they were changed or have other rows.
fn drop_accounts(tx: &Tx<'_>, actor: UserId, id: ImportId) -> Outcome<()> {
    let sql = "SELECT coalesce(made_accounts, '[]') FROM imports WHERE id = ?";
    let made: Vec<AccountId> = first(tx, sql, params![id.0], |columns| columns.json())?.unwrap_or_default();
    for account in made {
        let untouched = accounts::load(tx, actor, account)?.is_some_and(|account| account.version == 1);
        if untouched && !accounts::in_use(tx, actor, account)? {
            accounts::delete(tx, actor, account)?;
        }
    }
    Ok(())
}
