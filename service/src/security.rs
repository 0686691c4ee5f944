//! Passwords and sessions of somebody who is signed in.
use crate::{
    Actor, Result, Services,
    auth::{self, Device, SignedIn},
    mail::{Letter, Mail},
    passwords,
    people::Follow,
};
use domain::{ids::SessionId, input::Value, secrets::Purpose, session::Session, user};

/// Another password, or the first one of somebody who signs in at another place. All sessions and API keys end, and all
/// links that could undo it; the device that asked goes on with a session of its own.
pub async fn change_password(
    services: &Services,
    actor: &Actor,
    session: &Session,
    input: &Value,
    device: Device,
) -> Result<SignedIn> {
    let change = user::read_password_change(input, &actor.user)?;
    passwords::judge(&change.new, "newPassword", &actor.user.name, &actor.user.email)?;
    let proven = services.prove_or_fresh(actor, session, change.current.as_deref(), &device).await?;
    let hash = services.hasher.hash(&change.new).await?;
    services.sessions.sessions_ready().await?;
    let jobs = vec![services.mail(&Mail::to(&actor.user, Letter::PasswordChanged), None, None)?];
    let changed = services.change_person(actor.user.id, Follow { jobs }, |person| {
        proven.holds_for(person)?;
        person.password_hash = Some(hash.clone());
        person.secrets.api_keys.clear();
        // Whoever knew the old password may have asked for another address.
        person.secrets.tokens.retain(|token| token.purpose == Purpose::VerifyEmail);
        person.user.auth_epoch += 1;
        Ok(())
    });
    let (user, ()) = changed.await?;
    services.user_changed(actor).await;
    services.wake();
    auth::begin_session(services, user, device).await
}

/// The same person under a new session, whose secret is new; the old one ends. It is as old as the old one: nothing was
/// proven again.
pub async fn refresh(services: &Services, actor: &Actor, session: &Session, device: Device) -> Result<SignedIn> {
    let fresh = auth::go_on(services, actor.user.clone(), session, device).await?;
    auth::logout(services, session).await?;
    Ok(fresh)
}

/// Ends one of the actor's sessions. [`crate::Error::NotFound`] where there is none of that id.
pub async fn end_session(services: &Services, actor: &Actor, id: SessionId) -> Result<()> {
    if !auth::sessions(services, actor).await?.iter().any(|session| session.id == id) {
        return Err(crate::Error::NotFound);
    }
    services.sessions.end_session(actor.user.id, id).await
}

/// Ends all of the actor's sessions but this one. How many there were.
pub async fn end_other_sessions(services: &Services, actor: &Actor, session: &Session) -> Result<usize> {
    let others: Vec<_> =
        auth::sessions(services, actor).await?.into_iter().filter(|other| other.id != session.id).collect();
    for other in &others {
        services.sessions.end_session(actor.user.id, other.id).await?;
    }
    Ok(others.len())
}
