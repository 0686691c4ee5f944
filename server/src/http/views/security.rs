//! Keys, the second factor, and a session that goes on.
use domain::{
    secrets::{ApiKey, Identity},
    session::Session,
};
use jiff::Timestamp;
use serde::Serialize;
use service::{Services, api_keys::NewKey, second_factor::Setup};
use utoipa::ToSchema;

/// A key for a program, without the key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyView {
    id: String,
    name: String,
    /// How it begins.
    prefix: String,
    /// read, write
    scopes: Vec<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Exact to about five minutes.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
    /// null: it lasts until it is revoked.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

impl From<ApiKey> for KeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name,
            prefix: key.shown,
            scopes: if key.may_write { vec!["read", "write"] } else { vec!["read"] },
            created_at: key.created_at,
            last_used_at: key.last_used_at,
            expires_at: key.expires_at,
        }
    }
}

/// A key that was made just now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewKeyView {
    /// What is kept.
    api_key: KeyView,
    /// The key itself: shown this once.
    key: String,
}

impl From<NewKey> for NewKeyView {
    fn from(made: NewKey) -> Self {
        Self { api_key: made.key.into(), key: made.secret }
    }
}

/// A sign-in at another place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityView {
    id: String,
    /// What people call the place.
    provider: String,
    /// Who vouches.
    issuer: String,
    /// The address there.
    email: String,
    #[schema(value_type = String, format = DateTime)]
    linked_at: Timestamp,
}

impl IdentityView {
    /// As it is shown.
    pub fn new(identity: Identity, services: &Services) -> Self {
        Self {
            id: identity.id.to_string(),
            provider: services.issuer_name(&identity.issuer).to_owned(),
            issuer: identity.issuer,
            email: identity.email,
            linked_at: identity.linked_at,
        }
    }
}

/// What an authenticator needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneSetup {
    /// It.
    totp: SetupView,
}

/// What an authenticator needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupView {
    /// The key in base 32, for typing.
    secret: String,
    /// `otpauth://totp/…`
    uri: String,
    /// The address as a QR code: SVG.
    qr: String,
}

impl From<Setup> for OneSetup {
    fn from(setup: Setup) -> Self {
        Self { totp: SetupView { secret: setup.key, uri: setup.uri, qr: setup.qr } }
    }
}

/// Codes for a lost authenticator.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodes {
    /// Each counts once.
    recovery_codes: Vec<String>,
}

impl From<Vec<String>> for RecoveryCodes {
    fn from(recovery_codes: Vec<String>) -> Self {
        Self { recovery_codes }
    }
}

/// A session that goes on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OneRefreshed {
    /// Its end, however much it is used.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<&Session> for OneRefreshed {
    fn from(session: &Session) -> Self {
        Self { expires_at: session.expires_at }
    }
}
