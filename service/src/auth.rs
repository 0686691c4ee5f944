//! Sign-up, sign-in, sign-out, sessions, profile.
use crate::{
    Actor, Error, Idempotency, Result, Services, passwords, people::Follow, ports::activity::Trace,
    ports::store::Write, recovery, second_factor, throttle::Attempt,
};
use domain::{
    currency::Currency,
    ids::{SessionId, UserId},
    input::Value,
    locale::Locale,
    problem::Problem,
    secrets::Secrets,
    session::Session,
    user::{self, Credentials, Preferences, Profile, Standing, User},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// A session's use is noted at most so often: a write for each page view would be the slowest part of it.
const TOUCH_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// Under whose id the keys of sign-ups are kept.
const NOBODY: UserId = UserId([0; 12]);

/// The browser and address that a session began on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    /// As the browser names itself.
    pub agent: String,
    /// Where from.
    pub address: String,
}

/// What is known of a newcomer besides what they typed.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// From the browser's languages.
    pub locale: Locale,
    /// What they are most likely paid in.
    pub currency: Currency,
    /// From the browser; an unknown one counts as UTC.
    pub timezone: Option<String>,
}

/// Somebody who has just signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// Their new session.
    pub session: Session,
    /// For the cookie, and for nowhere else: 43 characters.
    pub secret: String,
}

/// What became of a sign-up.
#[derive(Clone)]
pub enum Registered {
    /// The account is there, and its owner signed in.
    SignedIn(Box<SignedIn>),
    /// A mail says the rest: to a newcomer a link, to the owner of an address that has an account that it has one.
    ByMail,
}

/// A new account: signed in at once, or by mail where that reaches people.
pub async fn register(
    services: &Services,
    key: Option<Idempotency>,
    input: &Value,
    newcomer: Newcomer,
    device: Device,
) -> Result<Registered> {
    if !services.settings.registration_open {
        return Err(Error::RegistrationClosed);
    }
    let registration = user::read_registration(input)?;
    services.admit(Attempt::SignUp, "", &device.address).await?;
    passwords::judge(&registration.password, "password", &registration.name, &registration.email)?;
    let hash = services.hasher.hash(&registration.password).await?;
    let user = new_user(services, newcomer, registration.name, registration.email);
    let now = user.created_at;
    let mut person = Credentials { user, password_hash: Some(hash), secrets: Secrets::default(), version: 0 };
    // A newcomer has no id yet under which a key could be kept: those of all newcomers stand under nobody's.
    let mut write = Write { actor: NOBODY, now, idempotency: key, jobs: Vec::new(), trace: Trace::NONE };
    if services.settings.mail {
        write.jobs.push(recovery::welcome(services, &mut person)?);
        by_mail(services, &write, &person).await?;
        return Ok(Registered::ByMail);
    }
    // No account that its owner could not sign in to at once.
    services.sessions.sessions_ready().await?;
    let created = services.store.create_user(&write, &person).await?;
    if created.id != person.user.id {
        // A second try of the same sign-up: the account is there already, a session for this device is not. Who knows
        // the key still has to know the password.
        let known = services.store.credentials(&user::fold_email(&created.email)).await?;
        let hash = known.as_ref().and_then(|person| person.password_hash.as_deref());
        if !services.hasher.verify(&registration.password, hash).await? {
            return Err(Error::Duplicate("email"));
        }
    }
    Ok(Registered::SignedIn(Box::new(begin_session(services, created, device).await?)))
}

/// Somebody who has accepted the terms just now.
pub(crate) fn new_user(services: &Services, newcomer: Newcomer, name: String, email: String) -> User {
    let now = services.now();
    let mut preferences = Preferences::new(newcomer.locale, newcomer.currency);
    if let Some(zone) = newcomer.timezone.filter(|zone| services.zones.exists(zone)) {
        preferences.timezone = zone;
    }
    User {
        id: UserId(services.random.id(now)),
        email,
        name,
        is_email_verified: false,
        preferences,
        profile: Profile::default(),
        standing: Standing::default(),
        terms_accepted_at: now,
        disabled_at: None,
        auth_epoch: 0,
        created_at: now,
        updated_at: now,
    }
}

/// A new account, or a mail to the owner of the address: the answer is the same.
async fn by_mail(services: &Services, write: &Write, person: &Credentials) -> Result<()> {
    match services.store.create_user(write, person).await {
        Ok(_) => {}
        Err(Error::Duplicate(_)) => {
            let owner = services.store.credentials(&user::fold_email(&person.user.email)).await?;
            if let Some(owner) = owner {
                let job = recovery::address_taken(services, &owner.user)?;
                services.store.enqueue(&[job], write.now).await?;
            }
        }
        Err(error) => return Err(error),
    }
    services.wake();
    Ok(())
}

/// Signs in. A wrong address and a wrong password answer alike, in the same time.
pub async fn login(services: &Services, input: &Value, device: Device) -> Result<SignedIn> {
    let sign_in = user::read_sign_in(input)?;
    let folded = user::fold_email(&sign_in.email);
    let admitted = services.admit(Attempt::SignIn, &folded, &device.address).await?;
    let known = services.store.credentials(&folded).await?;
    let hash = known.as_ref().and_then(|person| person.password_hash.as_deref());
    let right = services.hasher.verify(&sign_in.password, hash).await?;
    let Some(person) = known.filter(|person| right && person.user.disabled_at.is_none()) else {
        services.admitted_wrongly(&admitted).await;
        return Err(Error::WrongCredentials);
    };
    let user = if person.secrets.asks_for_code() {
        let code = sign_in.code.ok_or(Error::SecondFactorNeeded)?;
        let Some(user) = with_code(services, person, &code).await? else {
            services.admitted_wrongly(&admitted).await;
            return Err(Error::field("totp", Problem::WrongCode));
        };
        user
    } else {
        person.user
    };
    services.admitted_rightly(&admitted).await;
    begin_session(services, user, device).await
}

/// Uses a code of the second factor up. None: it does not count.
async fn with_code(services: &Services, person: Credentials, code: &str) -> Result<Option<User>> {
    let now = services.now();
    let spent = services.change_person(person.user.id, Follow::default(), |kept| {
        // The password was right for what was kept then.
        let fresh = kept.password_hash == person.password_hash;
        if fresh && second_factor::spend(services, &mut kept.secrets, code, now)? {
            Ok(())
        } else {
            Err(Error::Unauthorized)
        }
    });
    match spent.await {
        Ok((user, ())) => Ok(Some(user)),
        Err(Error::Unauthorized) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A new session of somebody who has proved who they are.
pub(crate) async fn begin_session(services: &Services, user: User, device: Device) -> Result<SignedIn> {
    let (session, secret) = begin(services, &user, device, services.now());
    services.sessions.create_session(&session).await?;
    Ok(SignedIn { user, session, secret })
}

/// A session in the place of another one, which began when that began and ends when that ends.
pub(crate) async fn go_on(services: &Services, user: User, old: &Session, device: Device) -> Result<SignedIn> {
    let (session, secret) = begin(services, &user, device, services.now());
    let session = Session { created_at: old.created_at, expires_at: old.expires_at, ..session };
    services.sessions.create_session(&session).await?;
    Ok(SignedIn { user, session, secret })
}

/// Who holds this secret. `None` for a session that is unknown, ended, too old, or unused for too long.
pub async fn authenticate(services: &Services, secret: &str) -> Result<Option<(Actor, Session)>> {
    if secret.len() != 43 {
        return Ok(None);
    }
    let Some((mut session, user)) = services.sessions.session(hash_secret(secret)).await? else { return Ok(None) };
    let now = services.now();
    let unused = now.duration_since(session.seen_at);
    let idle = SignedDuration::try_from(services.settings.session_idle).unwrap_or(SignedDuration::MAX);
    let alive = now < session.expires_at
        && unused < idle
        && session.auth_epoch == user.auth_epoch
        && user.disabled_at.is_none();
    if !alive {
        return Ok(None);
    }
    if unused > TOUCH_AFTER {
        services.sessions.touch_session(session.secret_hash, now).await?;
        session.seen_at = now;
    }
    Ok(Some((Actor { user }, session)))
}

/// Ends a session on the server.
pub async fn logout(services: &Services, session: &Session) -> Result<()> {
    services.sessions.end_session(session.user_id, session.id).await
}

/// The actor's sessions that are still alive, the last used first.
pub async fn sessions(services: &Services, actor: &Actor) -> Result<Vec<Session>> {
    let now = services.now();
    let mut sessions = services.sessions.sessions(actor.user.id).await?;
    sessions.retain(|session| now < session.expires_at && session.auth_epoch == actor.user.auth_epoch);
    sessions.sort_by_key(|session| std::cmp::Reverse(session.seen_at));
    Ok(sessions)
}

/// Changes name and preferences; what is left out stays.
pub async fn update_profile(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    input: &Value,
) -> Result<User> {
    let change = user::read_profile_change(input)?;
    if change.timezone().is_some_and(|zone| !services.zones.exists(zone)) {
        let allowed = vec!["Europe/Berlin".to_owned(), "America/New_York".to_owned(), "…".to_owned()];
        return Err(Error::field("preferences.timezone", Problem::NotOneOf { allowed }));
    }
    if let domain::input::Change::Set(Some(budget)) = change.default_budget_id
        && services.store.budget(actor.user.id, budget).await?.is_none()
    {
        return Err(Error::field("preferences.defaultBudgetId", Problem::NotFound));
    }
    let now = services.now();
    let mut user = actor.user.clone();
    change.apply(&mut user);
    user.updated_at = now;
    let user = services
        .store
        .update_user(&Write { actor: user.id, now, idempotency: key, jobs: Vec::new(), trace: Trace::NONE }, &user)
        .await?;
    services.user_changed(actor).await;
    Ok(user)
}

fn begin(services: &Services, user: &User, device: Device, now: Timestamp) -> (Session, String) {
    let secret = services.secret();
    let lifetime =
        SignedDuration::try_from(services.settings.session_absolute).unwrap_or(SignedDuration::from_hours(24));
    let session = Session {
        id: SessionId(services.random.id(now)),
        secret_hash: hash_secret(&secret),
        user_id: user.id,
        auth_epoch: user.auth_epoch,
        device: device.agent.chars().filter(|c| !c.is_control()).take(200).collect(),
        address: device.address.chars().take(64).collect(),
        created_at: now,
        seen_at: now,
        expires_at: now.checked_add(lifetime).unwrap_or(Timestamp::MAX),
    };
    (session, secret)
}

/// What the store knows of a cookie's secret, and of other one-time secrets.
pub fn hash_secret(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Bytes as text for cookies and hidden fields (RFC 4648 §5, without padding).
pub fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(ALPHABET[(group >> (18 - 6 * digit) & 63) as usize] as char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn base64url_by_the_vectors_of_rfc_4648() {
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
        assert_eq!(base64url(&[0xff, 0xef, 0xfe]), "_-_-");
        assert_eq!(base64url(&[7; 32]).len(), 43);
    }
}
