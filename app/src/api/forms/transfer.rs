//! Forms of transfers: two rows that are one, one that is two again, and what is none.
use super::{done, finish, typed, undoable, words};
use crate::api::{Caller, Handled, Submitted};
use domain::ids::ExpenseId;
use service::{Error, Result, transfers};

/// Two rows are one transfer.
pub async fn join(caller: Caller, sent: Submitted) -> Handled {
    let result = joined(&caller, &sent).await;
    finish(&caller, &sent, result, |id| {
        undoable(words(&caller).outcome.transfer_joined, "transfer-part", &[("id", id.to_string())])
    })
}

async fn joined(caller: &Caller, sent: &Submitted) -> Result<ExpenseId> {
    let rest = typed::without(&sent.fields, &["id"]);
    let (actor, key) = (caller.actor()?, sent.idempotency.clone());
    transfers::join(&caller.services, actor, key, id(sent)?, &rest).await.map(|joined| joined.from.id)
}

/// A transfer is two rows again.
pub async fn part(caller: Caller, sent: Submitted) -> Handled {
    let result = parted(&caller, &sent).await;
    finish(&caller, &sent, result, |()| done(words(&caller).outcome.transfer_parted))
}

async fn parted(caller: &Caller, sent: &Submitted) -> Result<()> {
    transfers::part(&caller.services, caller.actor()?, sent.idempotency.clone(), id(sent)?).await.map(drop)
}

/// A row is no transfer.
pub async fn refuse(caller: Caller, sent: Submitted) -> Handled {
    let result = refused(&caller, &sent).await;
    finish(&caller, &sent, result, |()| done(words(&caller).outcome.transfer_refused))
}

async fn refused(caller: &Caller, sent: &Submitted) -> Result<()> {
    transfers::refuse(&caller.services, caller.actor()?, sent.idempotency.clone(), id(sent)?).await.map(drop)
}

fn id(sent: &Submitted) -> Result<ExpenseId> {
    sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}
