//! What the rows of a bank file mean for what is there: the pure steps of a commit and a revert, the same in all stores.
use domain::{
    Date,
    account::Account,
    expense::Expense,
    ids::{AccountId, ExpenseId, UserId},
};
use jiff::Timestamp;
use service::{
    Error, Result,
    imports::{Candidate, around, external_account_id, judge},
    ports::store::{Import, ImportCommit, ImportStatus, Print, Verdict},
};
use std::collections::{BTreeMap, BTreeSet};

mod met;

pub use met::Met;

/// The accounts that a file names: those that are new by now, and for the others which of ours stands for them (another
/// file may have made the same account since the draft).
#[derive(Default)]
pub(crate) struct Accounts {
    pub(crate) made: Vec<Account>,
    known: BTreeMap<AccountId, AccountId>,
}

impl Accounts {
    /// Tells the new ones from those that are `there`.
    pub(crate) fn sort(actor: UserId, there: &[Account], found: &[Account]) -> Result<Self> {
        let mut accounts = Self::default();
        for account in found {
            if account.user_id != actor {
                return Err(Error::NotFound);
            }
            let same = |other: &&Account| other.external_ids.iter().any(|id| account.external_ids.contains(id));
            if let Some(twin) = there.iter().chain(&accounts.made).find(same) {
                accounts.known.insert(account.id, twin.id);
            } else {
                accounts.made.push(account.clone());
            }
        }
        Ok(accounts)
    }

    /// The account that a row comes to.
    pub(crate) fn of(&self, row: &Expense) -> Option<AccountId> {
        row.account_id.map(|id| self.known.get(&id).copied().unwrap_or(id))
    }
}

/// All rows are the actor's and of this import.
pub(crate) fn check_rows(actor: UserId, commit: &ImportCommit) -> Result<()> {
    if commit.expenses.iter().any(|row| row.user_id != actor || row.import_id != Some(commit.import_id)) {
        return Err(Error::Internal("rows of another user or import".to_owned()));
    }
    Ok(())
}

/// The first and the last day on which something may stand that the rows are.
pub(crate) fn days(rows: &[Expense]) -> Option<(Date, Date)> {
    let dates = || rows.iter().map(|row| row.date);
    dates().min().zip(dates().max()).map(around)
}

/// What becomes of each row beside what `existing` rows there are on its days.
pub(crate) fn judged(rows: &[Expense], accounts: &Accounts, existing: &[Print]) -> Vec<Verdict> {
    let candidates: Vec<Candidate<'_>> = rows
        .iter()
        .map(|row| Candidate {
            account_id: accounts.of(row),
            external_id: row.external_id.as_deref(),
            dedupe_key: &row.dedupe_key,
            merchant: row.merchant.as_deref(),
        })
        .collect();
    judge(&candidates, existing)
}

/// The rows that are new, with what they are in the ledger: a leg of a transfer whose other leg is there already, or is none of
/// these, is a row of its own.
pub(crate) fn alone(rows: &mut [Expense], verdicts: &[Verdict]) {
    if rows.iter().all(|row| row.leg().is_none()) {
        return;
    }
    let new = rows.iter().zip(verdicts).filter(|(_, verdict)| **verdict == Verdict::New);
    let new: BTreeSet<ExpenseId> = new.map(|(row, _)| row.id).collect();
    for row in rows.iter_mut().filter(|row| row.leg().is_some_and(|leg| !new.contains(&leg.other))) {
        row.pairing = None;
    }
}

/// Says which of ours the accounts are that the file names.
pub(crate) fn name_accounts(import: &mut Import, ours: &[Account]) {
    for account in import.accounts.iter_mut().filter(|account| account.account_id.is_none()) {
        let wanted = external_account_id(&account.found);
        account.account_id = ours.iter().find(|own| own.external_ids.contains(&wanted)).map(|own| own.id);
    }
}

/// The import is in: `added` of `rows` are new.
pub(crate) fn finish(import: &mut Import, rows: usize, added: u32, now: Timestamp) {
    import.added = added;
    import.duplicates = u32::try_from(rows).unwrap_or(u32::MAX).saturating_sub(added);
    import.status = ImportStatus::Committed;
    import.committed_at = Some(now);
}

/// What an import changed in a row that was entered by hand, so that it can be taken back.
pub(crate) struct Absorbed {
    pub(crate) expense: ExpenseId,
    pub(crate) account_before: Option<AccountId>,
    pub(crate) account_after: Option<AccountId>,
    pub(crate) external_after: Option<String>,
    /// Of one that a series had made: what it was, and what it is.
    pub(crate) met: Option<Box<Met>>,
}

/// A row that was entered by hand takes over the bank's id and account. None if it has them already.
pub(crate) fn absorb(own: &mut Expense, account: Option<AccountId>, row: &Expense) -> Option<Absorbed> {
    if own.recurring.is_some() && own.import_id.is_none() {
        return Some(met::meet(own, account, row));
    }
    let (account, external) = (account.or(own.account_id), row.external_id.clone());
    if account == own.account_id && external == own.external_id {
        return None;
    }
    let account_before = std::mem::replace(&mut own.account_id, account);
    own.external_id.clone_from(&external);
    Some(Absorbed { expense: own.id, account_before, account_after: account, external_after: external, met: None })
}

/// The row is again as it was, as far as nobody has changed that since. Whether anything changed.
pub(crate) fn release(own: &mut Expense, absorbed: &Absorbed) -> bool {
    if let Some(met) = &absorbed.met {
        met::part(own, absorbed, met);
        return true;
    }
    let before = (own.account_id, own.external_id.clone());
    if own.account_id == absorbed.account_after {
        own.account_id = absorbed.account_before;
    }
    if own.external_id == absorbed.external_after {
        own.external_id = None;
        own.derive();
    }
    before != (own.account_id, own.external_id.clone())
}
