//! Keys for programs: what a person may do over the REST API, a key of theirs may do too, except for what proves who
//! they are.
use crate::{Actor, Error, Result, Services, auth::hash_secret, people::Follow};
use domain::{
    ids::ApiKeyId,
    input::Value,
    problem::Problem,
    secrets::{ApiKey, KEYS_MAX},
    user,
};
use jiff::{SignedDuration, Timestamp};

/// How a key begins, so that scanners for leaked keys know it.
const MARK: &str = "ww_";
/// So much of a key is shown in lists.
const SHOWN: usize = MARK.len() + 6;
/// A key's use is noted at most so often.
const TOUCH_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// A key that was made just now: the only time that it is shown.
#[derive(Clone)]
pub struct NewKey {
    /// What is kept.
    pub key: ApiKey,
    /// The key itself: 46 characters.
    pub secret: String,
}

/// A new key. It ends after so many days, if any were given.
///
/// Never the same one twice: only its SHA-256 is kept, so that no idempotency key could give it again.
pub async fn create(services: &Services, actor: &Actor, input: &Value) -> Result<NewKey> {
    let wish = user::read_api_key(input)?;
    let now = services.now();
    let secret = format!("{MARK}{}", services.secret());
    let days = wish.days.map(|days| now.checked_add(SignedDuration::from_hours(24 * i64::from(days))));
    let made = ApiKey {
        id: ApiKeyId(services.random.id(now)),
        hash: hash_secret(&secret),
        name: wish.name,
        shown: secret[..SHOWN].to_owned(),
        may_write: wish.may_write,
        created_at: now,
        last_used_at: None,
        expires_at: days.map(|end| end.unwrap_or(Timestamp::MAX)),
    };
    let kept = services.change_person(actor.user.id, Follow::default(), |person| {
        if person.secrets.api_keys.len() >= KEYS_MAX {
            return Err(Error::field("name", Problem::TooLong { max: KEYS_MAX }));
        }
        person.secrets.api_keys.push(made.clone());
        Ok(())
    });
    kept.await?;
    Ok(NewKey { key: made, secret })
}

/// The actor's keys, the newest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<ApiKey>> {
    let person = services.store.person(actor.user.id).await?.ok_or(Error::NotFound)?;
    let mut keys = person.secrets.api_keys;
    keys.sort_by_key(|key| std::cmp::Reverse(key.created_at));
    Ok(keys)
}

/// Ends a key. [`Error::NotFound`] where there is none of that id.
pub async fn revoke(services: &Services, actor: &Actor, id: ApiKeyId) -> Result<()> {
    let revoked = services.change_person(actor.user.id, Follow::default(), |person| {
        let before = person.secrets.api_keys.len();
        person.secrets.api_keys.retain(|key| key.id != id);
        if person.secrets.api_keys.len() == before { Err(Error::NotFound) } else { Ok(()) }
    });
    revoked.await.map(drop)
}

/// Whose key this is. `None` for one that is unknown, ended or revoked.
pub async fn authenticate(services: &Services, secret: &str) -> Result<Option<(Actor, ApiKey)>> {
    if !secret.starts_with(MARK) || secret.len() != MARK.len() + 43 {
        return Ok(None);
    }
    let hash = hash_secret(secret);
    let Some(person) = services.store.person_by_handle(hash).await? else { return Ok(None) };
    let Some(key) = person.secrets.api_keys.into_iter().find(|key| key.hash == hash) else { return Ok(None) };
    let now = services.now();
    if person.user.disabled_at.is_some() || key.expires_at.is_some_and(|end| end <= now) {
        return Ok(None);
    }
    if key.last_used_at.is_none_or(|last| now.duration_since(last) > TOUCH_AFTER) {
        let noted = services.change_person(person.user.id, Follow::default(), |person| {
            let used = person.secrets.api_keys.iter_mut().find(|key| key.hash == hash).ok_or(Error::NotFound)?;
            used.last_used_at = Some(now);
            Ok(())
        });
        match noted.await {
            // Revoked in this moment.
            Err(Error::NotFound) => return Ok(None),
            Err(error) => tracing::warn!(%error, "the use of a key is not noted"),
            Ok(_) => {}
        }
    }
    Ok(Some((Actor { user: person.user }, key)))
}
