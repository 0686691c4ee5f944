//! Places where people have an account already, and which vouch for them (OpenID Connect).
use crate::Result;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is made anew for each way to a provider and back. Only the browser that began, and we, may know it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowSecrets {
    /// Comes back with the code: it is the answer to what this browser asked.
    pub state: String,
    /// Comes back inside of the ID token: it was made for this way.
    pub nonce: String,
    /// Whose SHA-256 the provider has: the code is worth something to us only (RFC 7636). 43 characters.
    pub pkce_verifier: String,
}

/// What a provider says of somebody: signature, issuer, audience, nonce and expiry were checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who says so (`https://accounts.google.com`).
    pub issuer: String,
    /// Whom the issuer means: never another one, whatever their address becomes.
    pub subject: String,
    /// Their address, if it is told.
    pub email: Option<String>,
    /// Whether the issuer has made sure that it is theirs.
    pub email_verified: bool,
    /// What they are called, if it is told.
    pub name: Option<String>,
}

/// One place.
#[async_trait::async_trait]
pub trait IdentityProvider: Send + Sync {
    /// As our addresses call it: `google`, `oidc`.
    fn key(&self) -> &str;
    /// As people call it.
    fn name(&self) -> &str;
    /// As it calls itself: an address.
    fn issuer(&self) -> &str;
    /// The address that a browser has to go to. [`Error::Unavailable`](crate::Error::Unavailable) while the place does
    /// not answer.
    async fn authorize_url(&self, secrets: &FlowSecrets, now: Timestamp) -> Result<String>;
    /// Turns the code that a browser came back with into what the place says of its owner.
    /// [`Error::Forbidden`](crate::Error::Forbidden) for what does not pass the checks,
    /// [`Error::Unavailable`](crate::Error::Unavailable) while the place does not answer.
    async fn claims(&self, code: &str, secrets: &FlowSecrets, now: Timestamp) -> Result<Claims>;
}
