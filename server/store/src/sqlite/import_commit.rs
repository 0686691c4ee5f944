//! The two large writes: an import comes in, or goes again, with all that hangs on it.
use super::{
    accounts, budgets,
    codec::{self, all, each, first, instant, run},
    connection::Tx,
    encode::{self, columns},
    expenses,
    failure::Outcome,
    imports,
    ledger::Ledger,
};
use domain::{
    account::Account,
    expense::Expense,
    ids::{AccountId, BudgetId, ExpenseId, ImportId, UserId},
};
use rusqlite::params;
use service::{
    Error,
    error::Conflict,
    imports::{Candidate, external_account_id, judge},
    ports::store::{Import, ImportCommit, ImportStatus, Verdict, Write},
};
use std::collections::{BTreeMap, BTreeSet};

/// Judges the rows against what is there now and writes those that are new.
pub(super) fn commit(tx: &Tx<'_>, write: &Write, commit: ImportCommit) -> Outcome<Import> {
    let ImportCommit { import_id, accounts, mut expenses } = commit;
    let mut import = imports::open_draft(tx, write, import_id)?;
    if expenses.iter().any(|row| row.user_id != write.actor || row.import_id != Some(import_id)) {
        return Err(Error::Internal("rows of another user or import".to_owned()).into());
    }
    let (made, known) = add_accounts(tx, write.actor, accounts)?;
    for row in &mut expenses {
        row.account_id = row.account_id.map(|id| known.get(&id).copied().unwrap_or(id));
    }
    check_references(tx, write.actor, &expenses)?;

    let verdicts = judged(tx, write.actor, &expenses)?;
    let mut ledger = Ledger::default();
    let mut added = 0;
    for (row, verdict) in expenses.iter().zip(&verdicts) {
        match verdict {
            Verdict::New => {
                encode::insert(tx, row)?;
                ledger.change(None, Some(row))?;
                added += 1;
            }
            Verdict::Absorbed(twin) => absorb(tx, write, import_id, *twin, row)?,
            Verdict::Duplicate | Verdict::Zero => {}
        }
    }
    ledger.write(tx, write.actor)?;

    name_accounts(tx, write.actor, &mut import)?;
    import.added = added;
    import.duplicates = u32::try_from(expenses.len()).unwrap_or(u32::MAX).saturating_sub(added);
    import.status = ImportStatus::Committed;
    import.committed_at = Some(write.now);
    imports::save(tx, &import)?;
    run(tx, "UPDATE imports SET made_accounts = ? WHERE id = ?", params![codec::json(&made)?, import_id.0])?;
    run(tx, "DELETE FROM import_rows WHERE import_id = ?", params![import_id.0])?;
    run(tx, "DELETE FROM import_files WHERE import_id = ?", params![import_id.0])?;
    Ok(import)
}

/// Adds the accounts that are new by now. Gives those that were made, and for the others which of ours stands for them:
/// another file may have made the same account since the draft.
fn add_accounts(
    tx: &Tx<'_>,
    actor: UserId,
    accounts: Vec<Account>,
) -> Outcome<(Vec<AccountId>, BTreeMap<AccountId, AccountId>)> {
    let (mut made, mut known) = (Vec::new(), BTreeMap::new());
    let mut there = accounts::of_user(tx, actor)?;
    for account in accounts {
        if account.user_id != actor {
            return Err(Error::NotFound.into());
        }
        let twin = there.iter().find(|other| other.external_ids.iter().any(|id| account.external_ids.contains(id)));
        if let Some(twin) = twin {
            known.insert(account.id, twin.id);
        } else {
            accounts::insert(tx, &account)?;
            made.push(account.id);
            there.push(account);
        }
    }
    Ok((made, known))
}

/// Says which of ours the accounts are that the file names, now that all of them are there.
fn name_accounts(tx: &Tx<'_>, actor: UserId, import: &mut Import) -> Outcome<()> {
    if import.accounts.iter().all(|account| account.account_id.is_some()) {
        return Ok(());
    }
    let ours = accounts::of_user(tx, actor)?;
    for account in import.accounts.iter_mut().filter(|account| account.account_id.is_none()) {
        let wanted = external_account_id(&account.found);
        account.account_id = ours.iter().find(|own| own.external_ids.contains(&wanted)).map(|own| own.id);
    }
    Ok(())
}

/// The budgets and accounts that the rows name are the actor's, each looked up once.
fn check_references(tx: &Tx<'_>, actor: UserId, rows: &[Expense]) -> Outcome<()> {
    let mut budgets = BTreeSet::<(BudgetId, Option<&str>)>::new();
    let mut accounts = BTreeSet::<AccountId>::new();
    for row in rows {
        let base = row.base.as_ref().map(|base| base.amount.currency().code());
        if row.budget_id.is_some_and(|budget| budgets.insert((budget, base))) {
            budgets::check_base(tx, row)?;
        }
        if row.account_id.is_some_and(|account| accounts.insert(account)) {
            expenses::check_account(tx, actor, row.account_id)?;
        }
    }
    Ok(())
}

fn judged(tx: &Tx<'_>, actor: UserId, rows: &[Expense]) -> Outcome<Vec<Verdict>> {
    let dates = || rows.iter().map(|row| row.date);
    let (Some(start), Some(end)) = (dates().min(), dates().max()) else { return Ok(Vec::new()) };
    let existing = imports::prints(tx, actor, start, end)?;
    let candidates: Vec<Candidate<'_>> = rows
        .iter()
        .map(|row| Candidate {
            account_id: row.account_id,
            external_id: row.external_id.as_deref(),
            dedupe_key: &row.dedupe_key,
        })
        .collect();
    Ok(judge(&candidates, &existing))
}

/// A row that was entered by hand takes over the bank's id and account, and remembers for whom.
fn absorb(tx: &Tx<'_>, write: &Write, import: ImportId, twin: ExpenseId, row: &Expense) -> Outcome<()> {
    let mut own = expenses::load(tx, write.actor, twin)?.ok_or(Error::NotFound)?;
    let (account, external) = (row.account_id.or(own.account_id), row.external_id.clone());
    if account == own.account_id && external == own.external_id {
        return Ok(());
    }
    run(
        tx,
        "INSERT INTO import_absorbed (import_id, expense_id, account_before, account_after, external_after)
         VALUES (?, ?, ?, ?, ?)",
        params![import.0, twin.0, own.account_id.map(|id| id.0), account.map(|id| id.0), external],
    )?;
    own.account_id = account;
    own.external_id = external;
    touch(tx, write, own)
}

/// Takes the import's rows out again, and what it made and changed besides.
pub(super) fn revert(tx: &Tx<'_>, write: &Write, id: ImportId) -> Outcome<Import> {
    let mut import = imports::load(tx, write.actor, id)?.ok_or(Error::NotFound)?;
    if import.status != ImportStatus::Committed {
        return Err(Error::Conflict(Conflict::ImportNotCommitted).into());
    }
    let mut ledger = Ledger::default();
    each(
        tx,
        concat!(
            "SELECT ",
            columns!(),
            " FROM expenses INDEXED BY expenses_by_import WHERE import_id = ? AND user_id = ?"
        ),
        params![id.0, write.actor.0],
        |columns| ledger.change(Some(&encode::read(columns)?), None),
    )?;
    let sql = "DELETE FROM expenses INDEXED BY expenses_by_import WHERE import_id = ? AND user_id = ?";
    run(tx, sql, params![id.0, write.actor.0])?;
    release_absorbed(tx, write, id)?;
    ledger.write(tx, write.actor)?;
    drop_accounts(tx, write.actor, id)?;

    import.status = ImportStatus::Reverted;
    import.reverted_at = Some(write.now);
    imports::save(tx, &import)?;
    Ok(import)
}

/// Rows that were entered by hand are again as they were, as far as nobody has changed that since.
fn release_absorbed(tx: &Tx<'_>, write: &Write, id: ImportId) -> Outcome<()> {
    let absorbed = all(
        tx,
        "SELECT expense_id, account_before, account_after, external_after FROM import_absorbed WHERE import_id = ?",
        params![id.0],
        |columns| {
            let expense = columns.id(ExpenseId)?;
            let (before, after) = (columns.optional_id(AccountId)?, columns.optional_id(AccountId)?);
            Ok((expense, before, after, columns.get::<Option<String>>()?))
        },
    )?;
    for (expense, account_before, account_after, external_after) in absorbed {
        let Some(mut own) = expenses::load(tx, write.actor, expense)? else { continue };
        let now = (own.account_id, own.external_id.clone());
        if own.account_id == account_after {
            own.account_id = account_before;
        }
        if own.external_id == external_after {
            own.external_id = None;
            own.derive();
        }
        if now != (own.account_id, own.external_id.clone()) {
            touch(tx, write, own)?;
        }
    }
    run(tx, "DELETE FROM import_absorbed WHERE import_id = ?", params![id.0]).map(drop)
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
