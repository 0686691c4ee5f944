//! What a person says of themself, what they are told, and what others see of them.
use super::Preferences;
use crate::{
    input::{self, Change, Reader, Value},
    problem::Problem,
};
use serde::{Deserialize, Serialize};

/// What a person is told, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Notifications {
    /// By mail.
    pub email: bool,
    /// On the devices that allowed it.
    pub push: bool,
    /// When a category is over, or heading over.
    pub budget_alerts: bool,
    /// When a goal comes near or is behind.
    pub goal_reminders: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { email: true, push: true, budget_alerts: true, goal_reminders: true }
    }
}

/// What others and the operator see of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Privacy {
    /// Members of shared budgets see the name on expenses.
    pub share_data: bool,
    /// Use is counted for the operator.
    pub analytics: bool,
    /// A model may be asked about the ledger.
    pub ai_consent: bool,
    /// A model may see pictures of receipts.
    pub ai_pictures: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { share_data: true, analytics: false, ai_consent: false, ai_pictures: false }
    }
}

/// What a person says of themself, all of it optional: it makes proposals fit better.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Profile {
    /// Free text.
    pub city: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// People in the household, 1 to 20.
    pub family_size: Option<u8>,
    /// One of [`AGE_RANGES`].
    pub age_range: Option<String>,
    /// Free text.
    pub occupation: Option<String>,
    /// One of [`EXPERIENCES`].
    pub financial_experience: Option<String>,
}

/// Years of age.
pub const AGE_RANGES: [&str; 7] = ["under-18", "18-24", "25-34", "35-44", "45-54", "55-64", "65-plus"];
/// How familiar somebody is with money matters.
pub const EXPERIENCES: [&str; 3] = ["beginner", "intermediate", "advanced"];

/// Changes of what a person says of themself.
#[derive(Debug, Clone, Default)]
pub(super) struct AboutChange {
    city: Change<Option<String>>,
    country: Change<Option<String>>,
    family_size: Change<Option<u8>>,
    age_range: Change<Option<String>>,
    occupation: Change<Option<String>>,
    financial_experience: Change<Option<String>>,
}

impl AboutChange {
    pub(super) fn read(inner: &mut Reader<'_>) -> Self {
        Self {
            city: inner.change_optional("city", input::text),
            country: inner.change_optional("country", read_country),
            family_size: inner.change_optional("familySize", read_family_size),
            age_range: inner.change_optional("ageRange", |value| one_of(value, &AGE_RANGES)),
            occupation: inner.change_optional("occupation", input::text),
            financial_experience: inner.change_optional("financialExperience", |value| one_of(value, &EXPERIENCES)),
        }
    }

    pub(super) fn apply(self, profile: &mut Profile) {
        profile.city = self.city.or(profile.city.take());
        profile.country = self.country.or(profile.country.take());
        profile.family_size = self.family_size.or(profile.family_size);
        profile.age_range = self.age_range.or(profile.age_range.take());
        profile.occupation = self.occupation.or(profile.occupation.take());
        profile.financial_experience = self.financial_experience.or(profile.financial_experience.take());
    }
}

/// Changes of switches.
#[derive(Debug, Clone, Default)]
pub(super) struct SwitchChange {
    email: Change<bool>,
    push: Change<bool>,
    budget_alerts: Change<bool>,
    goal_reminders: Change<bool>,
    share_data: Change<bool>,
    analytics: Change<bool>,
    ai_consent: Change<bool>,
    ai_pictures: Change<bool>,
}

impl SwitchChange {
    pub(super) fn read_notifications(&mut self, inner: &mut Reader<'_>) {
        self.email = inner.change("email", input::boolean);
        self.push = inner.change("push", input::boolean);
        self.budget_alerts = inner.change("budgetAlerts", input::boolean);
        self.goal_reminders = inner.change("goalReminders", input::boolean);
    }

    pub(super) fn read_privacy(&mut self, inner: &mut Reader<'_>) {
        self.share_data = inner.change("shareData", input::boolean);
        self.analytics = inner.change("analytics", input::boolean);
        self.ai_consent = inner.change("aiConsent", input::boolean);
        self.ai_pictures = inner.change("aiPictures", input::boolean);
    }

    pub(super) fn apply(self, preferences: &mut Preferences) {
        let Preferences { notifications, privacy, .. } = preferences;
        notifications.email = self.email.or(notifications.email);
        notifications.push = self.push.or(notifications.push);
        notifications.budget_alerts = self.budget_alerts.or(notifications.budget_alerts);
        notifications.goal_reminders = self.goal_reminders.or(notifications.goal_reminders);
        privacy.share_data = self.share_data.or(privacy.share_data);
        privacy.analytics = self.analytics.or(privacy.analytics);
        privacy.ai_consent = self.ai_consent.or(privacy.ai_consent);
        privacy.ai_pictures = self.ai_pictures.or(privacy.ai_pictures);
    }
}

/// 1 to 20.
pub(crate) fn read_family_size(value: &Value) -> Result<u8, Problem> {
    input::integer(value, 1, 20).map(|size| u8::try_from(size).unwrap_or(1))
}

/// ISO 3166-1, two letters; small ones are fine.
pub(crate) fn read_country(value: &Value) -> Result<String, Problem> {
    let code = input::text(value)?.to_uppercase();
    if code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase()) {
        Ok(code)
    } else {
        Err(Problem::NotOneOf { allowed: vec!["DE".to_owned(), "US".to_owned(), "…".to_owned()] })
    }
}

pub(crate) fn one_of(value: &Value, words: &[&str]) -> Result<String, Problem> {
    let text = input::text(value)?;
    if words.contains(&text.as_str()) {
        Ok(text)
    } else {
        Err(Problem::NotOneOf { allowed: words.iter().map(|word| (*word).to_owned()).collect() })
    }
}
