//! To a provider and back (OpenID Connect Core 1.0, 3.1; PKCE by RFC 7636).
//!
//! What only this browser and we know is kept here, sealed, for ten minutes, and found by a cookie: a way is gone once,
//! by the browser that began it.
use super::{arrival::Arrival, identity_hash};
use crate::{
    Actor, Error, Result, Services,
    auth::{self, Device, SignedIn, hash_secret},
    ports::identities::{Claims, FlowSecrets},
};
use domain::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A way takes no longer, and so does what follows from it.
pub const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// What is sealed of a way.
const FLOW: &str = "oidc-flow";

/// A way that has begun.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flow {
    provider: String,
    secrets: FlowSecrets,
    next: Option<String>,
    link: Option<UserId>,
}

/// What the browser needs to go.
pub struct Begun {
    /// Where to.
    pub address: String,
    /// For its cookie, and for nowhere else: 43 characters.
    pub token: String,
}

/// Begins: to sign in and then to see `next`, or, for somebody who is signed in, to link it. [`Error::NotFound`] where
/// there is no such place.
pub async fn begin(services: &Services, provider: &str, next: Option<String>, link: Option<&Actor>) -> Result<Begun> {
    let provider = services.provider(provider).ok_or(Error::NotFound)?;
    let now = services.now();
    let secrets = FlowSecrets { state: services.secret(), nonce: services.secret(), pkce_verifier: services.secret() };
    let address = provider.authorize_url(&secrets, now).await?;
    let flow = Flow { provider: provider.key().to_owned(), secrets, next, link: link.map(|actor| actor.user.id) };
    let plain = serde_json::to_vec(&flow).map_err(|error| Error::Internal(format!("a way to a provider: {error}")))?;
    let token = services.secret();
    let ends = now.checked_add(LASTS).unwrap_or(Timestamp::MAX);
    let sealed = services.sealer.seal(FLOW, &plain)?;
    services.sessions.put_flash(hash_secret(&token), sealed.as_bytes(), ends).await?;
    Ok(Begun { address, token })
}

/// What the browser brings back (RFC 6749, 4.1.2; `iss` by RFC 9207).
#[derive(Clone, Default)]
pub struct Answer {
    /// As we sent it.
    pub state: String,
    /// Worth the claims.
    pub code: Option<String>,
    /// In the place of a code.
    pub error: Option<String>,
    /// Who answers.
    pub issuer: Option<String>,
}

/// Why somebody who came back is no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// They said no there.
    Stopped,
    /// It took too long, was used, or began in another browser.
    Late,
    /// The place does not answer.
    Away,
    /// What it says does not pass the checks.
    Untrusted,
    /// Their account here is switched off.
    Disabled,
}

/// What became of a way.
pub enum Finished {
    /// They are in.
    SignedIn {
        /// under a new session
        signed_in: Box<SignedIn>,
        /// an own path, as it was asked for
        next: Option<String>,
    },
    /// Something else is needed first: a page asks for it. Sealed, for a cookie.
    Arrived(String),
    /// Nothing.
    Refused(Refusal),
}

/// Finishes. `token` is the cookie's.
pub async fn finish(
    services: &Services,
    provider: &str,
    token: Option<&str>,
    answer: Answer,
    device: Device,
) -> Result<Finished> {
    let Some(flow) = take(services, token).await? else { return Ok(Finished::Refused(Refusal::Late)) };
    // Compared by their hashes, so that the time says nothing.
    if flow.provider != provider || hash_secret(&flow.secrets.state) != hash_secret(&answer.state) {
        return Ok(Finished::Refused(Refusal::Late));
    }
    let claims = match claims(services, &flow, answer).await {
        Ok(claims) => claims,
        Err(refusal) => return Ok(Finished::Refused(refusal)),
    };
    if flow.link.is_none()
        && let Some(person) = services.person_of(identity_hash(&claims.issuer, &claims.subject)).await?
    {
        if person.user.disabled_at.is_some() {
            return Ok(Finished::Refused(Refusal::Disabled));
        }
        if !person.secrets.asks_for_code() {
            let signed_in = auth::begin_session(services, person.user, device).await?;
            tracing::info!(provider, "signed in at another place");
            return Ok(Finished::SignedIn { signed_in: Box::new(signed_in), next: flow.next });
        }
    }
    let arrival = Arrival::new(flow.provider, claims, flow.next, flow.link, services.now());
    Ok(Finished::Arrived(arrival.seal(services)?))
}

/// The way behind a cookie: there once.
async fn take(services: &Services, token: Option<&str>) -> Result<Option<Flow>> {
    let Some(token) = token else { return Ok(None) };
    let payload = services.sessions.take_flash(hash_secret(token), services.now()).await?;
    let sealed = payload.and_then(|payload| String::from_utf8(payload).ok());
    // What is none of ours, or was sealed with a key that is gone, is no way.
    let plain = sealed.and_then(|sealed| services.sealer.open(FLOW, &sealed).ok());
    Ok(plain.and_then(|plain| serde_json::from_slice(&plain).ok()))
}

async fn claims(services: &Services, flow: &Flow, answer: Answer) -> std::result::Result<Claims, Refusal> {
    let provider = services.provider(&flow.provider).ok_or(Refusal::Late)?;
    let key = provider.key();
    if answer.issuer.is_some_and(|issuer| issuer != provider.issuer()) {
        tracing::warn!(provider = key, "an answer in the name of another issuer");
        return Err(Refusal::Untrusted);
    }
    let code = match (answer.code, answer.error.as_deref()) {
        (Some(code), None) => code,
        (_, Some("server_error" | "temporarily_unavailable")) => return Err(Refusal::Away),
        (_, Some("access_denied" | "login_required" | "interaction_required" | "consent_required")) => {
            return Err(Refusal::Stopped);
        }
        (_, error) => {
            // Most likely it is set up wrongly there or here; the words are the standard's, not a person's.
            let error: String = error.unwrap_or("no code").chars().filter(char::is_ascii_graphic).take(60).collect();
            tracing::warn!(provider = key, error, "a provider refused");
            return Err(Refusal::Untrusted);
        }
    };
    provider.claims(&code, &flow.secrets, services.now()).await.map_err(|error| {
        tracing::warn!(provider = key, %error, "a sign-in at another place failed");
        if matches!(error, Error::Unavailable(_)) { Refusal::Away } else { Refusal::Untrusted }
    })
}
