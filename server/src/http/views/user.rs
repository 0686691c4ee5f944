//! A person and their sessions, as they see themselves.
use domain::{
    session::Session,
    user::{SubscriptionStatus, Tariff, User},
};
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
    /// Where the picture is; null: there is none.
    avatar: Option<&'static str>,
    is_email_verified: bool,
    preferences: PreferencesView,
    profile: ProfileView,
    /// Whether a code is asked for at sign-in.
    two_factor: bool,
    subscription: SubscriptionView,
    /// The account goes for good then, unless it is kept (POST /api/auth/me/keep).
    #[schema(value_type = Option<String>, format = DateTime)]
    delete_after: Option<Timestamp>,
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
    notifications: NotificationsView,
    privacy: PrivacyView,
}

/// What a person is told, and how.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct NotificationsView {
    email: bool,
    push: bool,
    budget_alerts: bool,
    goal_reminders: bool,
}

/// What others and the operator see of a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct PrivacyView {
    share_data: bool,
    analytics: bool,
    ai_consent: bool,
    ai_pictures: bool,
}

/// What a person says of themself.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileView {
    city: Option<String>,
    /// ISO 3166-1, two letters
    country: Option<String>,
    family_size: Option<u8>,
    /// under-18, 18-24, 25-34, 35-44, 45-54, 55-64, 65-plus
    age_range: Option<String>,
    occupation: Option<String>,
    /// beginner, intermediate, advanced
    financial_experience: Option<String>,
}

/// What an account may do, and until when.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionView {
    /// free, premium
    #[schema(value_type = String)]
    plan: Tariff,
    /// active, cancelled, expired
    #[schema(value_type = String)]
    status: SubscriptionStatus,
    #[schema(value_type = Option<String>, format = DateTime)]
    start_date: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    end_date: Option<Timestamp>,
}

impl From<User> for OneUser {
    fn from(user: User) -> Self {
        let (preferences, profile, subscription) = (user.preferences, user.profile, user.standing.subscription);
        let (notifications, privacy) = (preferences.notifications, preferences.privacy);
        Self {
            user: UserView {
                id: user.id.to_string(),
                email: user.email,
                name: user.name,
                avatar: user.standing.avatar.map(|_| "/api/auth/avatar"),
                is_email_verified: user.is_email_verified,
                preferences: PreferencesView {
                    currency: preferences.currency.code(),
                    language: preferences.language,
                    timezone: preferences.timezone,
                    theme: preferences.theme.as_str(),
                    month_start_day: preferences.month_start_day.get(),
                    default_budget_id: preferences.default_budget_id.map(|id| id.to_string()),
                    notifications: NotificationsView {
                        email: notifications.email,
                        push: notifications.push,
                        budget_alerts: notifications.budget_alerts,
                        goal_reminders: notifications.goal_reminders,
                    },
                    privacy: PrivacyView {
                        share_data: privacy.share_data,
                        analytics: privacy.analytics,
                        ai_consent: privacy.ai_consent,
                        ai_pictures: privacy.ai_pictures,
                    },
                },
                profile: ProfileView {
                    city: profile.city,
                    country: profile.country,
                    family_size: profile.family_size,
                    age_range: profile.age_range,
                    occupation: profile.occupation,
                    financial_experience: profile.financial_experience,
                },
                two_factor: user.standing.two_factor,
                subscription: SubscriptionView {
                    plan: subscription.plan,
                    status: subscription.status,
                    start_date: subscription.start_date,
                    end_date: subscription.end_date,
                },
                delete_after: user.standing.delete_after,
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
