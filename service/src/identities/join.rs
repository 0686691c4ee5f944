//! The last step of somebody who has come back from a provider: a new account, the second factor, or a link.
use super::arrival::{Arrival, may_link};
use crate::{
    Actor, Error, Result, Services,
    auth::{self, Device, Newcomer, SignedIn},
    error::Conflict,
    mail::{Letter, Mail},
    people::Follow,
    ports::{activity::Trace, store::Write},
    second_factor,
    throttle::Attempt,
};
use domain::{
    input::Value,
    problem::Problem,
    secrets::{IDENTITIES_MAX, Secrets},
    session::Session,
    user::{self, Credentials},
};

/// A new account without a password, for an address that the place vouches for.
pub async fn sign_up(
    services: &Services,
    arrival: Option<&Arrival>,
    input: &Value,
    newcomer: Newcomer,
    device: Device,
) -> Result<SignedIn> {
    let arrival = arrival.filter(|arrival| arrival.link().is_none()).ok_or(Error::TokenExpired)?;
    if !services.settings.registration_open {
        return Err(Error::RegistrationClosed);
    }
    let email = arrival.verified_email().ok_or(Error::Forbidden)?.to_owned();
    let name = user::read_vouched_registration(input)?;
    services.admit(Attempt::SignUp, "", &device.address).await?;
    // No account that its owner could not sign in to at once.
    services.sessions.sessions_ready().await?;
    let mut user = auth::new_user(services, newcomer, name, email);
    user.is_email_verified = true;
    let secrets = Secrets { identities: vec![services.identity(&arrival.claims())], ..Secrets::default() };
    let write = Write { actor: user.id, now: user.created_at, idempotency: None, jobs: Vec::new(), trace: Trace::NONE };
    let person = Credentials { user, password_hash: None, secrets, version: 0 };
    let user = match services.store.create_user(&write, &person).await {
        Ok(user) => user,
        // Sent twice: the account is there, and it is theirs.
        Err(Error::Duplicate(_)) => {
            let known = services.person_of(arrival.hash()).await?.filter(may_enter);
            known.ok_or(Error::Duplicate("email"))?.user
        }
        Err(error) => return Err(error),
    };
    tracing::info!(provider = arrival.provider(), "signed up by another place");
    auth::begin_session(services, user, device).await
}

/// Nothing else is asked for.
fn may_enter(person: &Credentials) -> bool {
    person.user.disabled_at.is_none() && !person.secrets.asks_for_code()
}

/// Signs in with the code that is asked for after the other place: {code}.
pub async fn with_code(
    services: &Services,
    arrival: Option<&Arrival>,
    input: &Value,
    device: Device,
) -> Result<SignedIn> {
    let arrival = arrival.filter(|arrival| arrival.link().is_none()).ok_or(Error::TokenExpired)?;
    let code = user::read_code(input)?;
    let person = services.person_of(arrival.hash()).await?;
    let person = person.filter(|person| person.user.disabled_at.is_none()).ok_or(Error::Unauthorized)?;
    let account = user::fold_email(&person.user.email);
    let admitted = services.admit(Attempt::SignIn, &account, &device.address).await?;
    let now = services.now();
    let spent = services.change_person(person.user.id, Follow::default(), |person| {
        let linked = person.secrets.identities.iter().any(|identity| identity.hash == arrival.hash());
        if !linked || person.user.disabled_at.is_some() {
            return Err(Error::Unauthorized);
        }
        if second_factor::spend(services, &mut person.secrets, &code, now)? {
            Ok(())
        } else {
            Err(Error::field("code", Problem::WrongCode))
        }
    });
    match spent.await {
        Ok((user, ())) => {
            services.admitted_rightly(&admitted).await;
            tracing::info!(provider = arrival.provider(), "signed in at another place, with a code");
            auth::begin_session(services, user, device).await
        }
        Err(error) => {
            services.admitted_wrongly(&admitted).await;
            Err(error)
        }
    }
}

/// Links it with the account of somebody who is signed in, and who says again who they are: {currentPassword?}. They go
/// on under a new session; the caller ends the old one.
pub async fn link(
    services: &Services,
    actor: &Actor,
    session: &Session,
    arrival: Option<&Arrival>,
    input: &Value,
    device: Device,
) -> Result<SignedIn> {
    let arrival = arrival.filter(|arrival| arrival.link() == Some(actor.user.id)).ok_or(Error::TokenExpired)?;
    let password = user::read_fresh_proof(input)?;
    let proven = services.prove_or_fresh(actor, session, password.as_deref(), &device).await?;
    let identity = services.identity(&arrival.claims());
    let jobs = vec![services.mail(&Mail::to(&actor.user, Letter::IdentityLinked), None, None)?];
    let linked = services.change_person(actor.user.id, Follow { jobs }, |person| {
        proven.holds_for(person)?;
        if !may_link(services, arrival, person) {
            return Err(Error::Conflict(Conflict::AddressesDiffer));
        }
        person.user.is_email_verified = true;
        let identities = &mut person.secrets.identities;
        if identities.iter().any(|known| known.hash == identity.hash) {
            return Ok(());
        }
        if identities.len() >= IDENTITIES_MAX {
            return Err(Error::Conflict(Conflict::TooManyIdentities));
        }
        identities.push(identity.clone());
        Ok(())
    });
    let (user, ()) = match linked.await {
        Err(Error::Duplicate(_)) => return Err(Error::Conflict(Conflict::IdentityTaken)),
        other => other?,
    };
    tracing::info!(provider = arrival.provider(), "a sign-in at another place was linked");
    services.user_changed(actor).await;
    services.wake();
    auth::begin_session(services, user, device).await
}
