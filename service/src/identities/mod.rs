//! Sign-in at other places (OpenID Connect): there and back ([`flow`]), what somebody who came back may do next
//! ([`arrival`]), and doing it ([`join`]). Here: the places, and which of them count for somebody.
//!
//! Somebody is known by issuer and subject alone. An address that a place vouches for opens no account that has it: its
//! owner signs in here first, and links it.
pub mod arrival;
pub mod flow;
pub mod join;

use crate::{
    Actor, Error, Result, Services,
    auth::hash_secret,
    error::Conflict,
    people::Follow,
    ports::identities::{Claims, IdentityProvider},
};
use domain::{
    ids::IdentityId,
    secrets::{Hash, Identity},
    user::Credentials,
};

/// Of issuer and subject. No other secret of anybody begins like this.
pub(crate) fn identity_hash(issuer: &str, subject: &str) -> Hash {
    hash_secret(&format!("identity\0{issuer}\0{subject}"))
}

impl Services {
    /// The place of that key.
    pub fn provider(&self, key: &str) -> Option<&dyn IdentityProvider> {
        self.providers.iter().map(AsRef::as_ref).find(|provider| provider.key() == key)
    }

    fn is_way_in(&self, identity: &Identity) -> bool {
        self.providers.iter().any(|provider| provider.issuer() == identity.issuer)
    }

    /// What people call the place of an issuer; one that is not configured any more is called by its host.
    pub fn issuer_name<'a>(&'a self, issuer: &'a str) -> &'a str {
        let provider = self.providers.iter().find(|provider| provider.issuer() == issuer);
        provider.map_or_else(|| issuer.trim_start_matches("https://"), |provider| provider.name())
    }

    /// Whose it is, if it counts for anybody.
    async fn person_of(&self, hash: Hash) -> Result<Option<Credentials>> {
        let person = self.store.person_by_handle(hash).await?;
        Ok(person.filter(|person| person.secrets.identities.iter().any(|identity| identity.hash == hash)))
    }

    /// As it is kept.
    fn identity(&self, claims: &Claims) -> Identity {
        let now = self.now();
        Identity {
            id: IdentityId(self.random.id(now)),
            hash: identity_hash(&claims.issuer, &claims.subject),
            issuer: claims.issuer.clone(),
            email: claims.email.clone().unwrap_or_default(),
            linked_at: now,
        }
    }
}

/// How somebody gets in.
#[derive(Clone, Default)]
pub struct WaysIn {
    /// Whether there is a password.
    pub password: bool,
    /// Sign-ins at other places that count, the first linked first.
    pub identities: Vec<Identity>,
}

/// The actor's ways in.
pub async fn ways_in(services: &Services, actor: &Actor) -> Result<WaysIn> {
    let person = services.store.person(actor.user.id).await?.ok_or(Error::NotFound)?;
    Ok(WaysIn { password: person.password_hash.is_some(), identities: person.secrets.identities })
}

/// One of the actor's sign-ins at other places counts no more. [`Conflict::LastWayIn`] where nothing else would let them
/// in.
pub async fn unlink(services: &Services, actor: &Actor, id: IdentityId) -> Result<()> {
    let unlinked = services.change_person(actor.user.id, Follow::default(), |person| {
        let identities = &mut person.secrets.identities;
        let place = identities.iter().position(|identity| identity.id == id).ok_or(Error::NotFound)?;
        let removed = identities.remove(place);
        if person.password_hash.is_none() && !identities.iter().any(|other| services.is_way_in(other)) {
            return Err(Error::Conflict(Conflict::LastWayIn));
        }
        Ok(removed.issuer)
    });
    let (_, issuer) = unlinked.await?;
    tracing::info!(%issuer, "a sign-in at another place was unlinked");
    services.user_changed(actor).await;
    Ok(())
}
