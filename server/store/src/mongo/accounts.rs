//! Places where money is.
use super::{
    MongoStore,
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{instant, oid, to_instant},
};
use domain::{
    account::{Account, AccountKind},
    currency::Currency,
    ids::{AccountId, UserId},
    merchant::fold,
};
use mongodb::bson::{Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    error::Conflict,
    ports::store::{AccountStore, Write},
};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    name: String,
    kind: AccountKind,
    currency: Currency,
    external_ids: Vec<String>,
    closed: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

#[async_trait::async_trait]
impl AccountStore for MongoStore {
    async fn create_account(&self, write: &Write, account: &Account) -> Result<Account> {
        self.write(write, account, |tx, write, account| Box::pin(create(tx, write, account))).await
    }

    async fn account(&self, actor: UserId, id: AccountId) -> Result<Option<Account>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await
    }

    async fn accounts(&self, actor: UserId) -> Result<Vec<Account>> {
        let mut accounts = self.plain(actor, |tx, actor| Box::pin(of_user(tx, *actor))).await?;
        accounts.sort_by_cached_key(|account| (fold(&account.name), account.id));
        Ok(accounts)
    }

    async fn update_account(&self, write: &Write, account: &Account) -> Result<Account> {
        self.write(write, account, |tx, write, account| Box::pin(update(tx, write, account))).await
    }

    async fn delete_account(&self, write: &Write, id: AccountId) -> Result<()> {
        self.write(write, id, |tx, write, id| {
            Box::pin(async move {
                load(tx, write.actor, *id).await?.ok_or(Error::NotFound)?;
                if in_use(tx, write.actor, *id).await? {
                    return Err(Error::Conflict(Conflict::AccountInUse).into());
                }
                delete(tx, write.actor, *id).await
            })
        })
        .await
    }
}

async fn create(tx: &mut Tx, write: &Write, account: &Account) -> Outcome<Account> {
    if account.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    insert_all(tx, std::slice::from_ref(account)).await?;
    Ok(account.clone())
}

pub(super) async fn insert_all(tx: &mut Tx, accounts: &[Account]) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let documents: Vec<AccountDoc> = accounts.iter().map(AccountDoc::from).collect();
    tx.session.insert_all(&tables.accounts, &documents).await
}

async fn update(tx: &mut Tx, write: &Write, account: &Account) -> Outcome<Account> {
    let before = load(tx, write.actor, account.id).await?.filter(|_| account.user_id == write.actor);
    let before = before.ok_or(Error::NotFound)?;
    if before.version + 1 != account.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let account = Account { created_at: before.created_at, ..account.clone() };
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(account.id.0), "userId": oid(write.actor.0), "version": before.version };
    match tx.session.replace(&tables.accounts, filter, &AccountDoc::from(&account)).await? {
        1 => Ok(account),
        found => Err(Failure::corrupt(format_args!("{found} documents of account {}", account.id))),
    }
}

fn own(actor: UserId, id: AccountId) -> Document {
    doc! { "_id": oid(id.0), "userId": oid(actor.0) }
}

/// In no order.
pub(super) async fn of_user(tx: &mut Tx, actor: UserId) -> Outcome<Vec<Account>> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.all(&tables.accounts, doc! { "userId": oid(actor.0) }, <_>::default()).await?;
    found.into_iter().map(Account::try_from).collect()
}

pub(super) async fn load(tx: &mut Tx, actor: UserId, id: AccountId) -> Outcome<Option<Account>> {
    let tables = Arc::clone(&tx.tables);
    tx.session.first(&tables.accounts, own(actor, id)).await?.map(Account::try_from).transpose()
}

/// Whether it is the actor's.
pub(super) async fn exists(tx: &mut Tx, actor: UserId, id: AccountId) -> Outcome<bool> {
    let tables = Arc::clone(&tx.tables);
    tx.session.exists(&tables.accounts, own(actor, id)).await
}

/// Whether a row names it, be it in the trash.
pub(super) async fn in_use(tx: &mut Tx, actor: UserId, id: AccountId) -> Outcome<bool> {
    let tables = Arc::clone(&tx.tables);
    tx.session.exists(&tables.expenses, doc! { "userId": oid(actor.0), "accountId": oid(id.0) }).await
}

pub(super) async fn delete(tx: &mut Tx, actor: UserId, id: AccountId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.accounts, own(actor, id)).await.map(drop)
}

impl From<&Account> for AccountDoc {
    fn from(account: &Account) -> Self {
        Self {
            id: oid(account.id.0),
            user_id: oid(account.user_id.0),
            name: account.name.clone(),
            kind: account.kind,
            currency: account.currency,
            external_ids: account.external_ids.clone(),
            closed: account.closed,
            version: account.version,
            created_at: instant(account.created_at),
            updated_at: instant(account.updated_at),
        }
    }
}

impl TryFrom<AccountDoc> for Account {
    type Error = Failure;
    fn try_from(stored: AccountDoc) -> Outcome<Self> {
        Ok(Self {
            id: AccountId(stored.id.bytes()),
            user_id: UserId(stored.user_id.bytes()),
            name: stored.name,
            kind: stored.kind,
            currency: stored.currency,
            external_ids: stored.external_ids,
            closed: stored.closed,
            version: stored.version,
            created_at: to_instant(stored.created_at)?,
            updated_at: to_instant(stored.updated_at)?,
        })
    }
}
