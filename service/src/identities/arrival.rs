//! Somebody has come back from a provider, and something else is needed before they are in: what that is.
//!
//! What the provider said of them travels in a cookie, sealed, for ten minutes; whatever it allows is judged anew each
//! time, by what is kept here then.
use super::{flow::LASTS, identity_hash};
use crate::{Actor, Error, Result, Services, error::Conflict, people::is_fresh, ports::identities::Claims};
use domain::{
    ids::UserId,
    secrets::Hash,
    session::Session,
    user::{Credentials, fold_email, is_email},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is sealed of it.
const ARRIVAL: &str = "oidc-arrival";

/// What a provider has said of somebody.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    provider: String,
    issuer: String,
    subject: String,
    /// Only one that could be an account's here.
    email: Option<String>,
    email_verified: bool,
    name: String,
    next: Option<String>,
    link: Option<UserId>,
    /// Seconds since 1970.
    ends: i64,
}

impl Arrival {
    pub(super) fn new(
        provider: String,
        claims: Claims,
        next: Option<String>,
        link: Option<UserId>,
        now: Timestamp,
    ) -> Self {
        let name = claims.name.unwrap_or_default();
        Self {
            provider,
            issuer: claims.issuer,
            subject: claims.subject,
            email: claims.email.filter(|email| is_email(email)),
            email_verified: claims.email_verified,
            name: name.chars().filter(|c| !c.is_control()).take(100).collect::<String>().trim().to_owned(),
            next,
            link,
            ends: now.as_second().saturating_add(LASTS.as_secs()),
        }
    }

    pub(super) fn seal(&self, services: &Services) -> Result<String> {
        let plain = serde_json::to_vec(self).map_err(|error| Error::Internal(format!("an arrival: {error}")))?;
        services.sealer.seal(ARRIVAL, &plain)
    }

    /// What a cookie holds; none when it has ended, or is none of ours.
    pub fn open(services: &Services, sealed: &str) -> Option<Self> {
        let plain = services.sealer.open(ARRIVAL, sealed).ok()?;
        let arrival: Self = serde_json::from_slice(&plain).ok()?;
        (services.now().as_second() < arrival.ends).then_some(arrival)
    }

    /// An own path to go to in the end.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// The key of the place.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    pub(super) fn hash(&self) -> Hash {
        identity_hash(&self.issuer, &self.subject)
    }

    pub(super) fn claims(&self) -> Claims {
        Claims {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            email: self.email.clone(),
            email_verified: self.email_verified,
            name: Some(self.name.clone()),
        }
    }

    /// The address that the place vouches for.
    pub(super) fn verified_email(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.email_verified)
    }

    /// For whom it is to be linked, if it is.
    pub(super) fn link(&self) -> Option<UserId> {
        self.link
    }
}

/// What is needed next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing has come back, or it was too long ago.
    Nothing,
    /// A new account: its name, and the terms.
    SignUp {
        /// as the place says; may be empty
        name: String,
        /// vouched for
        email: String,
    },
    /// The place does not vouch for an address.
    NotVouched,
    /// There is an account with this address, which has to be signed in to first.
    AddressTaken {
        /// vouched for
        email: String,
    },
    /// Nobody can sign up here.
    Closed,
    /// The code of the second factor.
    Code,
    /// The owner's word that it is to be linked.
    Link {
        /// the address there
        email: String,
        /// Whether the password is asked for; else the session has just begun.
        password: bool,
    },
    /// It can't be linked.
    NotLinked(Conflict),
}

/// What is needed next of whoever looks at the page.
pub async fn step(
    services: &Services,
    arrival: Option<&Arrival>,
    signed_in: Option<(&Actor, &Session)>,
) -> Result<Step> {
    let Some(arrival) = arrival else { return Ok(Step::Nothing) };
    let owner = services.person_of(arrival.hash()).await?;
    match (arrival.link, signed_in, owner) {
        (Some(link), Some((actor, session)), owner) if actor.user.id == link => {
            linking(services, arrival, actor, session, owner).await
        }
        (None, None, None) => joining(services, arrival).await,
        (None, None, Some(person)) if person.secrets.asks_for_code() => Ok(Step::Code),
        _ => Ok(Step::Nothing),
    }
}

async fn linking(
    services: &Services,
    arrival: &Arrival,
    actor: &Actor,
    session: &Session,
    owner: Option<Credentials>,
) -> Result<Step> {
    if owner.is_some_and(|owner| owner.user.id != actor.user.id) {
        return Ok(Step::NotLinked(Conflict::IdentityTaken));
    }
    let person = services.store.person(actor.user.id).await?.ok_or(Error::NotFound)?;
    if !may_link(services, arrival, &person) {
        return Ok(Step::NotLinked(Conflict::AddressesDiffer));
    }
    let password = person.password_hash.is_some();
    if !password && !is_fresh(session, services.now()) {
        return Ok(Step::NotLinked(Conflict::SignInAgain));
    }
    Ok(Step::Link { email: arrival.email.clone().unwrap_or_default(), password })
}

/// Whether the account's address is verified on both sides. Where no mail reaches people, nobody can verify it here: the
/// place's word for the same address is as good then.
pub(super) fn may_link(services: &Services, arrival: &Arrival, person: &Credentials) -> bool {
    let here = person.user.is_email_verified || !services.settings.mail;
    here && arrival.verified_email().is_some_and(|email| fold_email(email) == fold_email(&person.user.email))
}

async fn joining(services: &Services, arrival: &Arrival) -> Result<Step> {
    let Some(email) = arrival.verified_email() else { return Ok(Step::NotVouched) };
    let email = email.to_owned();
    if services.store.credentials(&fold_email(&email)).await?.is_some() {
        return Ok(Step::AddressTaken { email });
    }
    if !services.settings.registration_open {
        return Ok(Step::Closed);
    }
    Ok(Step::SignUp { name: arrival.name.clone(), email })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(email: &str, email_verified: bool, name: &str) -> Arrival {
        let claims = Claims {
            issuer: "https://id.example.org".to_owned(),
            subject: "1".to_owned(),
            email: Some(email.to_owned()),
            email_verified,
            name: Some(name.to_owned()),
        };
        Arrival::new("oidc".to_owned(), claims, None, None, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn only_an_address_that_is_vouched_for_counts() {
        assert_eq!(arrived("ada@example.org", true, "").verified_email(), Some("ada@example.org"));
        assert_eq!(arrived("ada@example.org", false, "").verified_email(), None);
        assert_eq!(arrived("ada", true, "").verified_email(), None);
    }

    #[test]
    fn a_name_is_short_and_without_signs_that_nobody_sees() {
        assert_eq!(arrived("a@example.org", true, " Ada\r\n\0Lovelace ").name, "AdaLovelace");
        assert_eq!(arrived("a@example.org", true, &"a".repeat(5_000)).name.len(), 100);
    }

    #[test]
    fn issuer_and_subject_are_not_mixed_up() {
        assert_ne!(identity_hash("https://a", "b"), identity_hash("https://ab", ""));
        assert_ne!(identity_hash("https://a", "b"), identity_hash("https://a", "c"));
        assert_eq!(arrived("a@example.org", true, "").hash(), identity_hash("https://id.example.org", "1"));
    }
}
