//! Accounts: where money is, by hand or as bank files name them.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, write},
};
use domain::{
    account::{self, Account},
    ids::AccountId,
    input::Value,
};

/// All of the actor's, by name.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Account>> {
    services.store.accounts(actor.user.id).await
}

/// A new account.
pub async fn create(services: &Services, actor: &Actor, key: Option<Idempotency>, input: &Value) -> Result<Account> {
    let new = account::read_new(input)?;
    let now = services.now();
    let account = Account {
        id: AccountId(services.random.id(now)),
        user_id: actor.user.id,
        name: new.name,
        kind: new.kind,
        currency: new.currency,
        external_ids: Vec::new(),
        closed: false,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let account = services.store.create_account(&write(services, actor, key), &account).await?;
    services.account_changed(actor, &account).await;
    Ok(account)
}

/// One account.
pub async fn get(services: &Services, actor: &Actor, id: AccountId) -> Result<Account> {
    services.store.account(actor.user.id, id).await?.ok_or(Error::NotFound)
}

/// Changes an account; what is left out stays.
pub async fn update(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: AccountId,
    input: &Value,
) -> Result<Account> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut account = get(services, actor, id).await?;
    let change = account::read_change(input)?;
    if change.version != account.version {
        return Err(Error::StaleVersion { current: account.version });
    }
    change.apply(&mut account);
    account.version += 1;
    account.updated_at = services.now();
    let account = services.store.update_account(&write(services, actor, key), &account).await?;
    services.account_changed(actor, &account).await;
    Ok(account)
}

/// For good, if no row names it.
pub async fn delete(services: &Services, actor: &Actor, key: Option<Idempotency>, id: AccountId) -> Result<()> {
    let account = get(services, actor, id).await?;
    services.store.delete_account(&write(services, actor, key), id).await?;
    services.account_changed(actor, &account).await;
    Ok(())
}
