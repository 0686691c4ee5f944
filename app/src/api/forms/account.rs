//! Accounts: add, change, delete.
use super::{done, finish, typed, words};
use crate::{
    api::{Caller, Handled, Submitted},
    i18n::fill,
};
use domain::{account::Account, ids::AccountId, input::Value};
use service::{Error, Result, accounts};

pub async fn create(caller: Caller, sent: Submitted) -> Handled {
    let result = match caller.actor() {
        Ok(actor) => accounts::create(&caller.services, actor, sent.idempotency.clone(), &sent.fields).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |account| {
        done(fill(words(&caller).outcome.account_added, &[("name", &account.name)]))
    })
}

pub async fn update(caller: Caller, sent: Submitted) -> Handled {
    let result = change(&caller, &sent).await;
    finish(&caller, &sent, result, |account| done(fill(words(&caller).outcome.saved, &[("name", &account.name)])))
}

async fn change(caller: &Caller, sent: &Submitted) -> Result<Account> {
    let input = typed::filled(&typed::without(&sent.fields, &["id"]));
    accounts::update(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, &input).await
}

pub async fn delete(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => accounts::delete(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |()| done(words(&caller).outcome.account_deleted))
}

fn id(fields: &Value) -> Result<AccountId> {
    fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}
