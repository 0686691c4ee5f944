//! A person and their sessions, as they see themselves.
use domain::{session::Session, user::User};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// `data` of one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneUser {
    /// The person.
    user: UserView,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    id: String,
    email: String,
    name: String,
    is_email_verified: bool,
    preferences: PreferencesView,
    #[schema(value_type = String, format = DateTime)]
    terms_accepted_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// What a person has chosen.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreferencesView {
    /// ISO 4217.
    currency: &'static str,
    /// A tag such as `de-AT`.
    language: String,
    /// An IANA name such as `Europe/Vienna`.
    timezone: String,
    /// system, light, dark
    theme: &'static str,
    /// 1 to 28
    month_start_day: u8,
    default_budget_id: Option<String>,
}

impl From<User> for OneUser {
    fn from(user: User) -> Self {
        let preferences = user.preferences;
        Self {
            user: UserView {
                id: user.id.to_string(),
                email: user.email,
                name: user.name,
                is_email_verified: user.is_email_verified,
                preferences: PreferencesView {
                    currency: preferences.currency.code(),
                    language: preferences.language,
                    timezone: preferences.timezone,
                    theme: preferences.theme.as_str(),
                    month_start_day: preferences.month_start_day.get(),
                    default_budget_id: preferences.default_budget_id.map(|id| id.to_string()),
                },
                terms_accepted_at: user.terms_accepted_at,
                created_at: user.created_at,
                updated_at: user.updated_at,
            },
        }
    }
}

/// A signed-in device.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    id: String,
    /// The browser as it names itself.
    device: String,
    /// Where from, as far as known.
    address: String,
    /// Whether it is the one that asks.
    current: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    last_seen_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl SessionView {
    /// A session as seen from the session that asks.
    pub fn new(session: Session, asking: &Session) -> Self {
        Self {
            current: session.id == asking.id,
            id: session.id.to_string(),
            device: session.device,
            address: session.address,
            created_at: session.created_at,
            last_seen_at: session.seen_at,
            expires_at: session.expires_at,
        }
    }
}
