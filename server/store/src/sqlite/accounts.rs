//! Places where money is.
use super::{
    SqliteStore,
    codec::{self, Columns, all, each, exists, first, instant, run},
    connection::Tx,
    failure::Outcome,
};
use domain::{
    account::Account,
    ids::{AccountId, UserId},
    merchant::fold,
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    error::Conflict,
    ports::store::{AccountStore, Write},
};

macro_rules! account_columns {
    () => {
        "id, user_id, name, kind, currency, external_ids, closed, version, created_at, updated_at"
    };
}

#[async_trait::async_trait]
impl AccountStore for SqliteStore {
    async fn create_account(&self, write: &Write, account: &Account) -> Result<Account> {
        let account = account.clone();
        self.write(write, move |tx, write| {
            if account.user_id != write.actor {
                return Err(Error::NotFound.into());
            }
            insert(tx, &account)?;
            Ok(account)
        })
        .await
    }

    async fn account(&self, actor: UserId, id: AccountId) -> Result<Option<Account>> {
        self.read(move |connection| load(connection, actor, id)).await
    }

    async fn accounts(&self, actor: UserId) -> Result<Vec<Account>> {
        self.read(move |connection| {
            let mut accounts = of_user(connection, actor)?;
            accounts.sort_by_cached_key(|account| (fold(&account.name), account.id));
            Ok(accounts)
        })
        .await
    }

    async fn update_account(&self, write: &Write, account: &Account) -> Result<Account> {
        let account = account.clone();
        self.write(write, move |tx, write| update(tx, write, account)).await
    }

    async fn delete_account(&self, write: &Write, id: AccountId) -> Result<()> {
        self.write(write, move |tx, write| {
            load(tx, write.actor, id)?.ok_or(Error::NotFound)?;
            if in_use(tx, write.actor, id)? {
                return Err(Error::Conflict(Conflict::AccountInUse).into());
            }
            delete(tx, write.actor, id)
        })
        .await
    }
}

pub(super) fn insert(tx: &Tx<'_>, account: &Account) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO accounts (
             id, user_id, name, kind, currency, external_ids, closed, version, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            account.id.0,
            account.user_id.0,
            account.name,
            account.kind.as_str(),
            account.currency.code(),
            codec::json(&account.external_ids)?,
            account.closed,
            account.version,
            instant(account.created_at),
            instant(account.updated_at),
        ],
    )
    .map(drop)
}

fn update(tx: &Tx<'_>, write: &Write, account: Account) -> Outcome<Account> {
    let before = load(tx, write.actor, account.id)?.filter(|_| account.user_id == write.actor);
    let before = before.ok_or(Error::NotFound)?;
    if before.version + 1 != account.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    run(
        tx,
        "UPDATE accounts SET
             name = ?, kind = ?, currency = ?, external_ids = ?, closed = ?, version = ?, updated_at = ?
         WHERE id = ? AND user_id = ?",
        params![
            account.name,
            account.kind.as_str(),
            account.currency.code(),
            codec::json(&account.external_ids)?,
            account.closed,
            account.version,
            instant(account.updated_at),
            account.id.0,
            write.actor.0,
        ],
    )?;
    Ok(Account { created_at: before.created_at, ..account })
}

/// Each account there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Account) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", account_columns!(), " FROM accounts ORDER BY id");
    each(connection, sql, [], |columns| give(read(columns)?))
}

/// In no order.
pub(super) fn of_user(connection: &Connection, actor: UserId) -> Outcome<Vec<Account>> {
    let sql = concat!("SELECT ", account_columns!(), " FROM accounts WHERE user_id = ?");
    all(connection, sql, params![actor.0], read)
}

pub(super) fn load(connection: &Connection, actor: UserId, id: AccountId) -> Outcome<Option<Account>> {
    let sql = concat!("SELECT ", account_columns!(), " FROM accounts WHERE id = ? AND user_id = ?");
    first(connection, sql, params![id.0, actor.0], read)
}

/// Whether a row names it, be it in the trash.
pub(super) fn in_use(connection: &Connection, actor: UserId, id: AccountId) -> Outcome<bool> {
    let sql = "SELECT 1 FROM expenses INDEXED BY expenses_by_user WHERE user_id = ? AND account_id = ? LIMIT 1";
    exists(connection, sql, params![actor.0, id.0])
}

pub(super) fn delete(tx: &Tx<'_>, actor: UserId, id: AccountId) -> Outcome<()> {
    run(tx, "DELETE FROM accounts WHERE id = ? AND user_id = ?", params![id.0, actor.0]).map(drop)
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Account> {
    Ok(Account {
        id: columns.id(AccountId)?,
        user_id: columns.id(UserId)?,
        name: columns.get()?,
        kind: columns.word()?,
        currency: columns.currency()?,
        external_ids: columns.json()?,
        closed: columns.get()?,
        version: columns.get()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
    })
}
