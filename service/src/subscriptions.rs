//! What an account may do: set by the operator.
use crate::{
    Error, Result,
    ports::{
        activity::Trace,
        store::{Store, Write},
    },
};
use domain::user::{Subscription, SubscriptionStatus, Tariff, User, fold_email};
use jiff::Timestamp;

/// So often a change begins again because another one was faster.
const TRIES: usize = 8;

/// Gives the account of that address a plan: premium until then (none: without an end), or free.
/// [`Error::NotFound`] where no account has the address.
pub async fn set_plan(
    store: &dyn Store,
    email: &str,
    plan: Tariff,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<User> {
    let mut tries = 0;
    loop {
        let mut person = store.credentials(&fold_email(email)).await?.ok_or(Error::NotFound)?;
        let before = person.user.standing.subscription;
        person.user.standing.subscription = Subscription {
            plan,
            status: SubscriptionStatus::Active,
            start_date: if before.is_premium(now) && plan == Tariff::Premium { before.start_date } else { Some(now) },
            end_date: until.filter(|_| plan == Tariff::Premium),
        };
        person.version += 1;
        person.user.updated_at = now;
        let write = Write { actor: person.user.id, now, idempotency: None, jobs: Vec::new(), trace: Trace::NONE };
        tries += 1;
        match store.save_person(&write, &person).await {
            Err(Error::StaleVersion { .. }) if tries < TRIES => {}
            saved => return saved,
        }
    }
}
