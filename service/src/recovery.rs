//! Addresses that are somebody's, and passwords that were forgotten: by links that count once.
use crate::{
    Actor, Error, Result, Services,
    auth::{Device, hash_secret},
    mail::{Letter, Mail},
    passwords,
    people::Follow,
    ports::jobs::NewJob,
    throttle::Attempt,
};
use domain::{
    ids::UserId,
    input::Value,
    problem::Problem,
    secrets::{Purpose, Spent, Token},
    user::{self, Credentials, User, fold_email},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The kind of job that looks whether a forgotten password has an account, and sends the mail.
pub(crate) const FORGOT: &str = "forgot_password";
/// A link to verify an address.
const VERIFY_FOR: SignedDuration = SignedDuration::from_hours(24);
/// A link to a new password.
const RESET_FOR: SignedDuration = SignedDuration::from_hours(1);
/// So many links of a sort count at a time: the newest.
const LINKS: usize = 3;

/// What is kept of a link.
fn token(services: &Services, secret: &str, purpose: Purpose, lasts: SignedDuration) -> Token {
    let expires_at = services.now().checked_add(lasts).unwrap_or(jiff::Timestamp::MAX);
    Token { hash: hash_secret(secret), purpose, expires_at }
}

/// A new link: its secret, and what is kept of it.
fn link(services: &Services, purpose: Purpose, lasts: SignedDuration) -> (String, Token) {
    let secret = services.secret();
    let token = token(services, &secret, purpose, lasts);
    (secret, token)
}

/// Puts a link among a person's, in place of itself if it is there; the oldest of its sort make room.
fn keep(person: &mut Credentials, token: &Token) {
    let same = |other: &Token| std::mem::discriminant(&other.purpose) == std::mem::discriminant(&token.purpose);
    let tokens = &mut person.secrets.tokens;
    tokens.retain(|other| other.hash != token.hash);
    while tokens.iter().filter(|other| same(other)).count() >= LINKS {
        let Some(oldest) = tokens.iter().position(same) else { break };
        tokens.remove(oldest);
    }
    tokens.push(token.clone());
}

/// What a newcomer gets where mail is sent: the link among their secrets, and the mail.
pub(crate) fn welcome(services: &Services, person: &mut Credentials) -> Result<NewJob> {
    let (secret, token) = link(services, Purpose::VerifyEmail, VERIFY_FOR);
    keep(person, &token);
    services.mail(&Mail::to(&person.user, Letter::Verify { token: secret }), Some(person.user.id), None)
}

/// What the owner of an address hears when somebody signs up with it: at most one such mail waits.
pub(crate) fn address_taken(services: &Services, owner: &User) -> Result<NewJob> {
    let key = format!("address-taken:{}", owner.id);
    services.mail(&Mail::to(owner, Letter::AddressTaken), None, Some(key))
}

/// Whose link it is, and what it is for. [`Error::InvalidToken`] for one that was never sent, was used, or is for something
/// else; [`Error::TokenExpired`] for one that came too late.
async fn holder(services: &Services, secret: &str, is_for: fn(&Purpose) -> bool) -> Result<(Credentials, Purpose)> {
    let hash = hash_secret(secret);
    let person = services.store.person_by_handle(hash).await?.ok_or(Error::InvalidToken)?;
    let held = person.secrets.tokens.iter().find(|token| token.hash == hash && is_for(&token.purpose));
    let token = held.ok_or(Error::InvalidToken)?;
    if token.expires_at <= services.now() {
        return Err(Error::TokenExpired);
    }
    let purpose = token.purpose.clone();
    Ok((person, purpose))
}

/// Uses a link up, with the same errors.
async fn spend(
    services: &Services,
    holder: UserId,
    secret: &str,
    follow: Follow,
    is_for: fn(&Purpose) -> bool,
    change: impl Fn(&mut Credentials, Purpose),
) -> Result<User> {
    let hash = hash_secret(secret);
    let spent =
        services.change_person(holder, follow, |person| match person.secrets.spend(hash, services.now(), is_for) {
            Some(Spent::Good(purpose)) => {
                change(person, purpose);
                Ok(())
            }
            Some(Spent::Expired) => Err(Error::TokenExpired),
            None => Err(Error::InvalidToken),
        });
    Ok(spent.await?.0)
}

/// The address is theirs: the first one, or another one that was asked for. Once, within 24 hours.
pub async fn verify_email(services: &Services, input: &Value) -> Result<User> {
    let secret = user::read_token(input)?;
    let is_for = |purpose: &Purpose| matches!(purpose, Purpose::VerifyEmail | Purpose::ChangeEmail { .. });
    let (person, purpose) = holder(services, &secret, is_for).await?;
    let mut follow = Follow::default();
    if purpose != Purpose::VerifyEmail {
        // To the address that counted until now.
        follow.jobs.push(services.mail(&Mail::to(&person.user, Letter::EmailChanged), None, None)?);
    }
    let user = spend(services, person.user.id, &secret, follow, is_for, |person, purpose| {
        if let Purpose::ChangeEmail { email } = purpose {
            person.user.email = email;
            // What was sent to the old address is worth nothing any more.
            person.secrets.tokens.clear();
        }
        person.user.is_email_verified = true;
    })
    .await?;
    services.user_changed(&Actor { user: user.clone() }).await;
    services.wake();
    Ok(user)
}

/// Another mail with a link. Nothing where the address is verified already.
pub async fn resend_verification(services: &Services, actor: &Actor, device: &Device) -> Result<()> {
    if actor.user.is_email_verified {
        return Ok(());
    }
    services.admit(Attempt::Mail, &actor.user.id.to_string(), &device.address).await?;
    let (secret, token) = link(services, Purpose::VerifyEmail, VERIFY_FOR);
    let mail = Mail::to(&actor.user, Letter::Verify { token: secret });
    let jobs = vec![services.mail(&mail, Some(actor.user.id), None)?];
    services
        .change_person(actor.user.id, Follow { jobs }, |person| {
            keep(person, &token);
            Ok(())
        })
        .await?;
    services.wake();
    Ok(())
}

/// Asks for another address, which counts once it is verified. The password is asked for.
pub async fn change_email(services: &Services, actor: &Actor, input: &Value, device: &Device) -> Result<()> {
    let change = user::read_email_change(input)?;
    let proven = services.prove(actor, &change.current_password, device).await?;
    services.admit(Attempt::Mail, &actor.user.id.to_string(), &device.address).await?;
    if fold_email(&change.new_email) == fold_email(&actor.user.email) {
        return Err(Error::field("newEmail", Problem::Taken));
    }
    let (secret, token) = link(services, Purpose::ChangeEmail { email: change.new_email.clone() }, VERIFY_FOR);
    // Whether the address has an account is said to nobody but its owner.
    let taken = services.store.credentials(&fold_email(&change.new_email)).await?;
    let job = if let Some(owner) = &taken {
        address_taken(services, &owner.user)?
    } else {
        let mail = Mail { to: change.new_email, ..Mail::to(&actor.user, Letter::ChangeEmail { token: secret }) };
        services.mail(&mail, Some(actor.user.id), None)?
    };
    services
        .change_person(actor.user.id, Follow { jobs: vec![job] }, |person| {
            proven.holds_for(person)?;
            keep(person, &token);
            Ok(())
        })
        .await?;
    services.wake();
    Ok(())
}

/// What the job of a forgotten password needs, sealed. The link is made with it, for an address without an account, too:
/// a job that is taken up again sends the same mail with the same link.
#[derive(Serialize, Deserialize)]
struct Forgotten {
    /// Folded.
    email: String,
    /// The link's secret.
    token: String,
}

/// Somebody forgot their password. Whether there is an account is looked up later, by the job: the answer and its time say
/// nothing of it.
pub async fn forgot_password(services: &Services, input: &Value, device: &Device) -> Result<()> {
    let email = user::read_forgotten(input)?;
    services.admit(Attempt::Mail, &fold_email(&email), &device.address).await?;
    let forgotten = Forgotten { email: fold_email(&email), token: services.secret() };
    let job = services.job(FORGOT, &forgotten, None, None)?;
    services.store.enqueue(&[job], services.now()).await?;
    services.wake();
    Ok(())
}

/// The mail of that job, whose link counts from now on; none where there is no account.
pub(crate) async fn reset_mail(services: &Services, payload: &str) -> Result<Option<Mail>> {
    let forgotten: Forgotten = services.open_job(FORGOT, payload)?;
    let Some(person) = services.store.credentials(&forgotten.email).await? else { return Ok(None) };
    if person.user.disabled_at.is_some() {
        return Ok(None);
    }
    let token = token(services, &forgotten.token, Purpose::ResetPassword, RESET_FOR);
    let kept = services.change_person(person.user.id, Follow::default(), |person| {
        keep(person, &token);
        Ok(())
    });
    let (user, ()) = kept.await?;
    Ok(Some(Mail::to(&user, Letter::ResetPassword { token: forgotten.token })))
}

/// Another password by a link, once, within an hour. All sessions and API keys end, and so do all other links.
pub async fn reset_password(services: &Services, input: &Value) -> Result<()> {
    let reset = user::read_reset(input)?;
    let is_for = |purpose: &Purpose| *purpose == Purpose::ResetPassword;
    let (owner, _) = holder(services, &reset.token, is_for).await?;
    passwords::judge(&reset.password, "password", &owner.user.name, &owner.user.email)?;
    let hash = services.hasher.hash(&reset.password).await?;
    let jobs = vec![services.mail(&Mail::to(&owner.user, Letter::PasswordChanged), None, None)?];
    let user = spend(services, owner.user.id, &reset.token, Follow { jobs }, is_for, |person, _| {
        person.password_hash = Some(hash.clone());
        person.secrets.tokens.clear();
        person.secrets.api_keys.clear();
        if services.settings.mail && !person.user.is_email_verified {
            // Whoever signed up with the address has never shown that it is theirs: what they left to come back by, or
            // to keep its owner out, goes.
            person.secrets.two_factor = None;
            person.secrets.identities.clear();
        }
        // Who reads the mail has the address.
        person.user.is_email_verified = true;
        person.user.auth_epoch += 1;
    })
    .await?;
    services.user_changed(&Actor { user }).await;
    services.wake();
    Ok(())
}
