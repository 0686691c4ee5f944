//! Members and invitations: invite, take back, accept, decline, change, leave, hand over.
use super::{budgets, done, finish, then, typed, words};
use crate::{
    api::{Caller, Handled, Submitted},
    i18n::fill,
    paths,
};
use domain::{
    ids::{BudgetId, InviteId},
    input::Value,
};
use service::{Error, Result, sharing};
use std::str::FromStr;

pub async fn invite(caller: Caller, sent: Submitted) -> Handled {
    let input = typed::without(&sent.fields, &["id"]);
    let result = match named::<BudgetId>(&caller, &sent.fields) {
        Ok((actor, id)) => sharing::invite(&caller.services, actor, sent.idempotency.clone(), id, &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |invite| {
        let text = fill(words(&caller).sharing.done_invited, &[("email", &invite.email)]);
        done(text)
    })
}

pub async fn withdraw(caller: Caller, sent: Submitted) -> Handled {
    let result = match named::<InviteId>(&caller, &sent.fields) {
        Ok((actor, id)) => sharing::withdraw(&caller.services, actor, sent.idempotency.clone(), id).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |_| done(words(&caller).sharing.done_withdrawn))
}

pub async fn accept(caller: Caller, sent: Submitted) -> Handled {
    let input = typed::filled(&typed::without(&sent.fields, &["id"]));
    let result = match named::<InviteId>(&caller, &sent.fields) {
        Ok((actor, id)) => sharing::accept(&caller.services, actor, sent.idempotency.clone(), id, &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).sharing.done_accepted, &[("name", &budget.plan.name)]);
        then(done(text), paths::budget(budget.id))
    })
}

pub async fn decline(caller: Caller, sent: Submitted) -> Handled {
    let input = typed::filled(&typed::without(&sent.fields, &["id"]));
    let result = match named::<InviteId>(&caller, &sent.fields) {
        Ok((actor, id)) => sharing::decline(&caller.services, actor, sent.idempotency.clone(), id, &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |()| done(words(&caller).sharing.done_declined))
}

/// Another role for a member, or an end. Who takes themself out goes back to the list.
pub async fn change(caller: Caller, sent: Submitted) -> Handled {
    let input = typed::filled(&typed::without(&sent.fields, &["id"]));
    let removes = sent.fields.text("remove").is_some();
    let result = match named::<BudgetId>(&caller, &sent.fields) {
        Ok((actor, id)) => sharing::collaborate(&caller.services, actor, sent.idempotency.clone(), id, &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let words = &words(&caller).sharing;
        match caller.actor().ok().and_then(|actor| budget.role_of(actor.user.id)) {
            // It may have been the default, to which the navigation leads.
            None => budgets::anew(then(done(fill(words.done_left, &[("name", &budget.plan.name)])), paths::BUDGETS)),
            Some(_) if removes => done(words.done_removed),
            Some(_) => done(words.done_role),
        }
    })
}

pub async fn hand_over(caller: Caller, sent: Submitted) -> Handled {
    let input = typed::without(&sent.fields, &["id"]);
    let result = match named::<BudgetId>(&caller, &sent.fields) {
        Ok((actor, id)) => sharing::hand_over(&caller.services, actor, sent.idempotency.clone(), id, &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |_| done(words(&caller).sharing.done_handed_over))
}

/// Who asks, and about what.
fn named<'a, T: FromStr>(caller: &'a Caller, fields: &Value) -> Result<(&'a service::Actor, T)> {
    let id = fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    Ok((caller.actor()?, id))
}
