//! What a person proves who they are with, besides the password. Never leaves the server; of what somebody holds in their
//! hands (a link, a key, a code) only the SHA-256 is kept.
use crate::ids::{ApiKeyId, IdentityId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A SHA-256.
pub type Hash = [u8; 32];

/// The most API keys of one person.
pub const KEYS_MAX: usize = 20;
/// The most sign-ins at other places of one person.
pub const IDENTITIES_MAX: usize = 10;

/// All of a person's.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Secrets {
    /// The second factor, also one that is not confirmed yet.
    pub two_factor: Option<TwoFactor>,
    /// For programs.
    pub api_keys: Vec<ApiKey>,
    /// Links that were sent by mail.
    pub tokens: Vec<Token>,
    /// Sign-ins at other places that count here.
    pub identities: Vec<Identity>,
}

/// A code that changes every 30 seconds (RFC 6238: SHA-1, six digits).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TwoFactor {
    /// The key that the authenticator has, encrypted with the program's own.
    pub sealed_key: String,
    /// It counts from then on; none: it was shown, and no code of it has come yet.
    #[serde(with = "crate::wire::timestamp::optional", default)]
    pub confirmed_at: Option<Timestamp>,
    /// Codes for a lost authenticator, those that are left.
    pub recovery_codes: Vec<Hash>,
    /// The 30 seconds since 1970 whose code came last: it counts once.
    pub last_step: i64,
}

/// A key for a program.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// What lists and revocation call it.
    pub id: ApiKeyId,
    /// Of the key.
    pub hash: Hash,
    /// As its owner calls it.
    pub name: String,
    /// How it begins, to tell it from others.
    pub shown: String,
    /// Whether it may change anything.
    pub may_write: bool,
    /// When it was made.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last use, exact to about five minutes.
    #[serde(with = "crate::wire::timestamp::optional", default)]
    pub last_used_at: Option<Timestamp>,
    /// Its end; none: until it is revoked.
    #[serde(with = "crate::wire::timestamp::optional", default)]
    pub expires_at: Option<Timestamp>,
}

/// What a link in a mail is good for, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Purpose {
    /// The address is the person's.
    VerifyEmail,
    /// A new password without the old one.
    ResetPassword,
    /// Another address, which is theirs, too.
    ChangeEmail {
        /// As typed.
        email: String,
    },
}

/// A link that was sent by mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// Of what the link contains.
    pub hash: Hash,
    /// What for.
    pub purpose: Purpose,
    /// Its end.
    #[serde(with = "crate::wire::timestamp")]
    pub expires_at: Timestamp,
}

/// A sign-in at another place that counts here: known by issuer and subject, never by its address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// What lists and unlinking call it.
    pub id: IdentityId,
    /// Of issuer and subject: found by it.
    pub hash: Hash,
    /// Who vouches (`https://accounts.google.com`).
    pub issuer: String,
    /// The address there, to tell it from others.
    pub email: String,
    /// Since when.
    #[serde(with = "crate::wire::timestamp")]
    pub linked_at: Timestamp,
}

impl Secrets {
    /// By which the person can be found: no two people share one.
    pub fn handles(&self) -> Vec<Hash> {
        let keys = self.api_keys.iter().map(|key| key.hash);
        let tokens = self.tokens.iter().map(|token| token.hash);
        keys.chain(tokens).chain(self.identities.iter().map(|identity| identity.hash)).collect()
    }

    /// Whether a second factor is asked for.
    pub fn asks_for_code(&self) -> bool {
        self.two_factor.as_ref().is_some_and(|factor| factor.confirmed_at.is_some())
    }

    /// Takes the link out if it is there and has not ended. `None`: never sent, used, or for something else.
    pub fn spend(&mut self, hash: Hash, now: Timestamp, is_for: fn(&Purpose) -> bool) -> Option<Spent> {
        let place = self.tokens.iter().position(|token| token.hash == hash && is_for(&token.purpose))?;
        let token = self.tokens.remove(place);
        Some(if now < token.expires_at { Spent::Good(token.purpose) } else { Spent::Expired })
    }

    /// Drops what has ended.
    pub fn tidy(&mut self, now: Timestamp) {
        self.tokens.retain(|token| now < token.expires_at);
    }
}

/// What became of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spent {
    /// It counts.
    Good(Purpose),
    /// Too late.
    Expired,
}

/// How many there are, and nothing of them: no log and no failing test may show them.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets")
            .field("two_factor", &self.asks_for_code())
            .field("api_keys", &self.api_keys.len())
            .field("tokens", &self.tokens.len())
            .field("identities", &self.identities.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_link_counts_once_for_what_it_was_sent_for() {
        let token = Token { hash: [7; 32], purpose: Purpose::ResetPassword, expires_at: at(60) };
        let mut secrets = Secrets { tokens: vec![token], ..Secrets::default() };
        let reset = |purpose: &Purpose| *purpose == Purpose::ResetPassword;
        let verify = |purpose: &Purpose| *purpose == Purpose::VerifyEmail;
        assert_eq!(secrets.spend([8; 32], at(0), reset), None);
        assert_eq!(secrets.spend([7; 32], at(0), verify), None);
        assert_eq!(secrets.spend([7; 32], at(59), reset), Some(Spent::Good(Purpose::ResetPassword)));
        assert_eq!(secrets.spend([7; 32], at(59), reset), None);
    }

    #[test]
    fn a_link_ends() {
        let token = Token { hash: [7; 32], purpose: Purpose::VerifyEmail, expires_at: at(60) };
        let mut secrets = Secrets { tokens: vec![token], ..Secrets::default() };
        let mut tidied = secrets.clone();
        assert_eq!(secrets.spend([7; 32], at(60), |_| true), Some(Spent::Expired));
        tidied.tidy(at(60));
        assert!(tidied.tokens.is_empty());
    }

    #[test]
    fn nothing_of_them_is_shown() {
        let token = Token { hash: [7; 32], purpose: Purpose::VerifyEmail, expires_at: at(60) };
        let secrets = Secrets { tokens: vec![token], ..Secrets::default() };
        assert_eq!(format!("{secrets:?}"), "Secrets { two_factor: false, api_keys: 0, tokens: 1, identities: 0 }");
    }
}
