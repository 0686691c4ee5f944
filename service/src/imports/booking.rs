//! From the rows of a draft to what the store is to book: expenses, and the accounts that are new with them.
use super::{
    build::{Legs, expense_of, external_account_id, new_account, transfer_of},
    file,
};
use crate::{
    Actor, Result, Services,
    expenses::base_currency,
    ports::store::{Import, ImportCommit, StagedRow, Verdict},
};
use domain::{
    account::Account,
    currency::Currency,
    expense::Expense,
    ids::{AccountId, ExpenseId, RuleId},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What is gathered, some rows at a time.
pub(super) struct Booking {
    services: Services,
    actor: Actor,
    import: Import,
    home: Currency,
    now: Timestamp,
    /// Those that are new.
    accounts: Vec<Account>,
    /// That of each account of the file.
    account_ids: Vec<AccountId>,
    hits: BTreeMap<RuleId, i64>,
    expenses: Vec<Expense>,
    legs: Legs,
}

impl Booking {
    /// Finds the accounts of the file, as they are now.
    pub(super) async fn begin(services: &Services, actor: &Actor, import: &Import) -> Result<Self> {
        let home = base_currency(services, actor, import.budget_id).await?;
        let now = services.now();
        let known = services.store.accounts(actor.user.id).await?;
        let mut accounts = Vec::new();
        let mut account_ids = Vec::with_capacity(import.accounts.len());
        for account in &import.accounts {
            // It may have been made since the preview, by another file.
            let external = external_account_id(&account.found);
            let named = known.iter().find(|known| known.external_ids.contains(&external)).map(|known| known.id);
            account_ids.push(account.account_id.or(named).unwrap_or_else(|| {
                let id = AccountId(services.random.id(now));
                accounts.push(new_account(&account.found, id, actor.user.id, home, now));
                id
            }));
        }
        let expenses = Vec::with_capacity(import.added as usize + import.duplicates as usize);
        let (services, actor, import) = (services.clone(), actor.clone(), import.clone());
        Ok(Self {
            services,
            actor,
            import,
            home,
            now,
            accounts,
            account_ids,
            hits: BTreeMap::new(),
            expenses,
            legs: Legs::default(),
        })
    }

    /// Adds the next rows, but those of 0.00.
    pub(super) fn add(&mut self, rows: Vec<StagedRow>) {
        file::count_hits(&mut self.hits, &rows);
        for staged in rows.into_iter().filter(|staged| staged.verdict != Verdict::Zero) {
            let account = staged.row.account.and_then(|index| self.account_ids.get(usize::from(index)).copied());
            let (services, actor, import) = (&self.services, &self.actor, &self.import);
            self.legs.note(transfer_of(&staged), staged.row.amount, self.expenses.len());
            self.expenses.push(expense_of(services, actor, import, staged, account, self.home, self.now));
        }
    }

    /// What rules have done, and what is to be booked. Ids rise in the order of the file: rows of one day stay in it, and an
    /// index of them grows at its end.
    pub(super) fn end(mut self) -> (BTreeMap<RuleId, i64>, ImportCommit) {
        let mut ids: Vec<ExpenseId> = self.expenses.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        self.expenses.iter_mut().zip(ids).for_each(|(row, id)| row.id = id);
        self.legs.join(&mut self.expenses);
        let commit = ImportCommit { import_id: self.import.id, accounts: self.accounts, expenses: self.expenses };
        (self.hits, commit)
    }
}
