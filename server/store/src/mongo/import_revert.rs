//! An import goes again, with all that hangs on it; and what it changes in rows that were entered by hand, both ways.
use super::{
    accounts, activity, budgets,
    failure::{Failure, Outcome},
    imports, ledger, legs, row,
    transaction::{Tx, lock_budget},
    values::{Fields, instant, oid},
};
use crate::{
    booking::{self, Absorbed, Accounts},
    ledger::Ledger,
    sharing,
    transfer::AbsorbedRow,
};
use domain::{
    expense::Expense,
    ids::{AccountId, BudgetId, ExpenseId, ImportId, UserId},
    role::Role,
};
use mongodb::bson::{Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    activity::content::of_import,
    error::Conflict,
    ports::store::{Import, ImportStatus, Write},
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// Rows that are looked up at a time.
const AT_ONCE: usize = 1_000;

/// What an import changed in a row that was entered by hand.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AbsorbedDoc {
    #[serde(rename = "_id")]
    id: String,
    import_id: ObjectId,
    expense_id: ObjectId,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_before: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_after: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_after: Option<String>,
    /// JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    met: Option<String>,
}

/// Rows that were entered by hand take over the bank's ids and accounts of their twins, and remember for whom.
pub(super) async fn absorb(
    tx: &mut Tx,
    write: &Write,
    import: ImportId,
    twins: &[(ExpenseId, &Expense)],
    accounts: &Accounts,
    ledger: &mut Ledger,
) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    for twins in twins.chunks(AT_ONCE) {
        let mut own = by_id(tx, write.actor, twins.iter().map(|(id, _)| *id)).await?;
        let (mut kept, mut changes) = (Vec::new(), Vec::new());
        for (id, row) in twins {
            let own = own.get_mut(id).ok_or(Error::NotFound)?;
            let before = own.clone();
            if let Some(absorbed) = booking::absorb(own, accounts.of(row), row) {
                kept.push(AbsorbedDoc::new(import, &absorbed)?);
                match absorbed.met {
                    Some(_) => rewrite(tx, write, &before, own, ledger).await?,
                    None => changes.push(touched(write, own)),
                }
            }
        }
        tx.session.insert_all(&tables.import_absorbed, &kept).await?;
        tx.session.update_each(&tables.database, tables.expenses.name(), &changes).await?;
    }
    Ok(())
}

/// Takes the import's rows out again, and what it made and changed besides.
pub(super) async fn revert(tx: &mut Tx, write: &Write, id: ImportId) -> Outcome<Import> {
    let (mut import, made) = imports::load_with_accounts(tx, write.actor, id).await?.ok_or(Error::NotFound)?;
    if import.status != ImportStatus::Committed {
        return Err(Error::Conflict(Conflict::ImportNotCommitted).into());
    }
    let tables = Arc::clone(&tx.tables);
    let (mut ledger, mut places) = (Ledger::default(), BTreeSet::new());
    release(tx, write, id, &mut places, &mut ledger).await?;
    let mut legs: Vec<Expense> = Vec::new();
    let its_rows = doc! { "importId": oid(id.0), "userId": oid(write.actor.0) };
    tx.session
        .each(&tables.expenses, its_rows.clone(), <_>::default(), |row| {
            let row = Expense::try_from(row)?;
            places.extend(row.budget_id);
            ledger.change(Some(&row), None)?;
            legs.extend(row.leg().map(|_| row));
            Ok(())
        })
        .await?;
    // Some may stand where its owner has nothing to say any more: then all of it stays.
    for budget in places {
        lock_budget(tx, budget).await?;
        let place = budgets::load(tx, write.actor, budget).await?;
        sharing::as_at_least(place, Role::Edit).map_err(|_| Error::Forbidden)?;
    }
    tx.session.delete(&tables.expenses, its_rows).await?;
    legs::left(tx, write, &legs, &mut ledger).await?;
    ledger::write(tx, ledger).await?;
    drop_accounts(tx, write.actor, made).await?;

    import.status = ImportStatus::Reverted;
    import.reverted_at = Some(write.now);
    imports::save(tx, &import, Fields::default()).await?;
    activity::keep(tx, Some(of_import(write, &import))).await?;
    Ok(import)
}

/// Rows that were entered by hand are again as they were, as far as nobody has changed that since.
async fn release(
    tx: &mut Tx,
    write: &Write,
    id: ImportId,
    places: &mut BTreeSet<BudgetId>,
    ledger: &mut Ledger,
) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let of_import = doc! { "importId": oid(id.0) };
    let absorbed = tx.session.all(&tables.import_absorbed, of_import.clone(), <_>::default()).await?;
    let absorbed: Vec<Absorbed> = absorbed.into_iter().map(Absorbed::try_from).collect::<Outcome<_>>()?;
    for absorbed in absorbed.chunks(AT_ONCE) {
        let mut own = by_id(tx, write.actor, absorbed.iter().map(|one| one.expense)).await?;
        let mut changes = Vec::new();
        for absorbed in absorbed {
            let Some(own) = own.get_mut(&absorbed.expense) else { continue };
            let before = own.clone();
            if !booking::release(own, absorbed) {
                continue;
            }
            if absorbed.met.is_some() {
                places.extend(own.budget_id);
                rewrite(tx, write, &before, own, ledger).await?;
            } else {
                changes.push(touched(write, own));
            }
        }
        tx.session.update_each(&tables.database, tables.expenses.name(), &changes).await?;
    }
    tx.session.delete(&tables.import_absorbed, of_import).await.map(drop)
}

/// Those of the actor's rows that are still there.
async fn by_id(
    tx: &mut Tx,
    actor: UserId,
    ids: impl Iterator<Item = ExpenseId>,
) -> Outcome<HashMap<ExpenseId, Expense>> {
    let tables = Arc::clone(&tx.tables);
    let ids: Vec<ObjectId> = ids.map(|id| oid(id.0)).collect();
    let filter = doc! { "_id": { "$in": ids }, "userId": oid(actor.0) };
    let found = tx.session.all(&tables.expenses, filter, <_>::default()).await?;
    found.into_iter().map(|row| Expense::try_from(row).map(|row| (row.id, row))).collect::<Result<_, Failure>>()
}

/// All of a row, as a new version of it.
async fn rewrite(tx: &mut Tx, write: &Write, before: &Expense, own: &Expense, ledger: &mut Ledger) -> Outcome<()> {
    if let Some(budget) = before.budget_id {
        lock_budget(tx, budget).await?;
    }
    let expense = Expense { version: before.version + 1, updated_at: write.now, ..own.clone() };
    row::replace(tx, &expense).await?;
    Ok(ledger.change(Some(before), Some(&expense))?)
}

/// Account, bank id and what follows from it, as a new version of the row; all count in no total.
fn touched(write: &Write, expense: &Expense) -> Document {
    let mut update = Fields::default()
        .optional("accountId", expense.account_id.map(|id| oid(id.0)))
        .optional("externalId", expense.external_id.as_deref())
        .set("dedupeKey", expense.dedupe_key.as_str())
        .set("updatedAt", instant(write.now))
        .update();
    update.insert("$inc", doc! { "version": 1_i64 });
    doc! { "q": { "_id": oid(expense.id.0), "userId": oid(write.actor.0) }, "u": update }
}

/// Accounts that the import made go with it, unless they were changed or have other rows.
async fn drop_accounts(tx: &mut Tx, actor: UserId, made: Vec<AccountId>) -> Outcome<()> {
    for account in made {
        let untouched = accounts::load(tx, actor, account).await?.is_some_and(|account| account.version == 1);
        if untouched && !accounts::in_use(tx, actor, account).await? {
            accounts::delete(tx, actor, account).await?;
        }
    }
    Ok(())
}

impl AbsorbedDoc {
    pub(super) fn new(import: ImportId, absorbed: &Absorbed) -> Outcome<Self> {
        Ok(Self {
            id: format!("{import}.{}", absorbed.expense),
            import_id: oid(import.0),
            expense_id: oid(absorbed.expense.0),
            account_before: absorbed.account_before.map(|id| oid(id.0)),
            account_after: absorbed.account_after.map(|id| oid(id.0)),
            external_after: absorbed.external_after.clone(),
            met: absorbed.met.as_ref().map(serde_json::to_string).transpose()?,
        })
    }
}

impl TryFrom<AbsorbedDoc> for Absorbed {
    type Error = Failure;
    fn try_from(stored: AbsorbedDoc) -> Outcome<Self> {
        Ok(Self {
            expense: ExpenseId(stored.expense_id.bytes()),
            account_before: stored.account_before.map(|id| AccountId(id.bytes())),
            account_after: stored.account_after.map(|id| AccountId(id.bytes())),
            external_after: stored.external_after,
            met: stored.met.as_deref().map(serde_json::from_str).transpose()?,
        })
    }
}

impl TryFrom<AbsorbedDoc> for AbsorbedRow {
    type Error = Failure;
    fn try_from(stored: AbsorbedDoc) -> Outcome<Self> {
        let import = ImportId(stored.import_id.bytes());
        Ok(Self::new(import, stored.try_into()?))
    }
}
