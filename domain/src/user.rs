//! A person with an account: who they are and what they prefer.
mod about;
mod proofs;
mod standing;

pub use about::{AGE_RANGES, EXPERIENCES, Notifications, Privacy, Profile};
pub(crate) use about::{one_of, read_country, read_family_size};
pub use proofs::{
    EmailChange, KeyWish, PasswordChange, Proof, Reset, read_api_key, read_code, read_email_change, read_forgotten,
    read_fresh_proof, read_password_change, read_proof, read_reset, read_token,
};
pub use standing::{Standing, Subscription, SubscriptionStatus, Tariff};

use about::{AboutChange, SwitchChange};
use proofs::{names_its_owner, read_typed_code, read_typed_password};

use crate::{
    currency::Currency,
    ids::{BudgetId, UserId},
    input::{self, Change, Reader, Value},
    locale::Locale,
    period::MonthStartDay,
    problem::{Problem, Problems},
    secrets::Secrets,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Shortest password, in characters (NIST 800-63B-4 asks for 8 where a second factor can be had).
pub const PASSWORD_MIN: usize = 8;
/// Longest password, in characters.
pub const PASSWORD_MAX: usize = 128;

/// The page's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The words a client may send.
    pub const WORDS: [&'static str; 3] = ["system", "light", "dark"];

    /// The word in JSON and in the page.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == text).ok_or(())
    }
}

/// What a person has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    /// New budgets and private expenses start with it.
    pub currency: Currency,
    /// A locale's tag: words, numbers and dates (`de-AT`).
    pub language: String,
    /// An IANA name (`Europe/Vienna`): what "today" is.
    pub timezone: String,
    /// Colours.
    pub theme: Theme,
    /// What new budgets get.
    pub month_start_day: MonthStartDay,
    /// The budget that the dashboard opens on.
    pub default_budget_id: Option<BudgetId>,
    /// What they are told, and how.
    #[serde(default)]
    pub notifications: Notifications,
    /// What others and the operator see.
    #[serde(default)]
    pub privacy: Privacy,
}

impl Preferences {
    /// For a newcomer who reads `locale` and is paid in `currency`.
    pub fn new(locale: Locale, currency: Currency) -> Self {
        Self {
            currency,
            language: locale.tag().to_owned(),
            timezone: "UTC".to_owned(),
            theme: Theme::System,
            month_start_day: MonthStartDay::default(),
            default_budget_id: None,
            notifications: Notifications::default(),
            privacy: Privacy::default(),
        }
    }

    /// Words, numbers and dates for this person.
    pub fn locale(&self) -> Locale {
        Locale::from_tag(&self.language)
    }
}

/// A person with an account. The password's hash travels apart, in [`Credentials`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Who.
    pub id: UserId,
    /// The address as typed at sign-up.
    pub email: String,
    /// What others and greetings call them.
    pub name: String,
    /// Whether a mail to the address was answered.
    pub is_email_verified: bool,
    /// What they have chosen.
    pub preferences: Preferences,
    /// What they say of themself.
    #[serde(default)]
    pub profile: Profile,
    /// How the account stands.
    #[serde(default)]
    pub standing: Standing,
    /// When the terms were accepted.
    #[serde(with = "crate::wire::timestamp")]
    pub terms_accepted_at: Timestamp,
    /// No sign-in since then.
    #[serde(with = "crate::wire::timestamp::optional", default)]
    pub disabled_at: Option<Timestamp>,
    /// Raised to end all sessions and keys.
    pub auth_epoch: i64,
    /// When they came.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// Last change.
    #[serde(with = "crate::wire::timestamp")]
    pub updated_at: Timestamp,
}

/// What somebody proves with who they are. Never leaves the server.
#[derive(Clone)]
pub struct Credentials {
    /// Whose.
    pub user: User,
    /// argon2id in PHC format; none for accounts without a password.
    pub password_hash: Option<String>,
    /// Everything else.
    pub secrets: Secrets,
    /// Counts the changes of what stands here, from 0 on; name and preferences are not among them.
    pub version: i64,
}

/// The address as it is compared: case folded, so that case variants are one account.
pub fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A sign-up that is fit to be tried.
#[derive(Clone)]
pub struct Registration {
    /// at least two characters
    pub name: String,
    /// looks like an address
    pub email: String,
    /// 8 to 128 characters, not a common one
    pub password: String,
}

/// Reads {name, email, password, terms}.
pub fn read_registration(value: &Value) -> Result<Registration, Problems> {
    let mut reader = Reader::new(value);
    let name = reader.required("name", read_name);
    let email = reader.required("email", read_email);
    let password = reader.required("password", read_password);
    let terms = reader.optional("terms", input::boolean);
    if terms != Some(true) {
        reader.problem("terms", Problem::TermsNotAccepted);
    }
    reader.finish()?;
    match (name, email, password) {
        (Some(name), Some(email), Some(password)) => {
            if names_its_owner(&password, &email, &name) {
                return Err(Problems::one("password", Problem::CommonPassword));
            }
            Ok(Registration { name, email, password })
        }
        _ => Err(Problems::default()),
    }
}

/// Reads {name, terms}: of a newcomer whose address another place vouches for. The name.
pub fn read_vouched_registration(value: &Value) -> Result<String, Problems> {
    let mut reader = Reader::new(value);
    let name = reader.required("name", read_name);
    if reader.optional("terms", input::boolean) != Some(true) {
        reader.problem("terms", Problem::TermsNotAccepted);
    }
    reader.finish()?;
    name.ok_or_else(Problems::default)
}

/// Whether an address that another place names could have been typed at sign-up.
pub fn is_email(text: &str) -> bool {
    read_email(&Value::Text(text.to_owned())).is_ok()
}

/// A sign-in: what was typed, unjudged, so that nothing about it tells whether the account exists.
#[derive(Clone)]
pub struct SignIn {
    /// as typed
    pub email: String,
    /// as typed
    pub password: String,
    /// as typed: of an authenticator, or a recovery code
    pub code: Option<String>,
}

/// Reads {email, password, totp?}.
pub fn read_sign_in(value: &Value) -> Result<SignIn, Problems> {
    let mut reader = Reader::new(value);
    let email = reader.required("email", input::text);
    let password = reader.required("password", read_typed_password);
    let code = reader.optional("totp", read_typed_code);
    reader.finish()?;
    email.zip(password).map(|(email, password)| SignIn { email, password, code }).ok_or_else(Problems::default)
}

fn read_name(value: &Value) -> Result<String, Problem> {
    let name = input::text(value)?;
    if name.chars().count() < 2 { Err(Problem::TooShort { min: 2 }) } else { Ok(name) }
}

/// An address: one @ with something before it and a name with a dot, or localhost, behind it; no blanks; at most 254 bytes (RFC 5321).
pub(crate) fn read_email(value: &Value) -> Result<String, Problem> {
    let email = input::text(value)?;
    let fine = email.len() <= 254
        && !email.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\\'))
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local.len() <= 64
                && !host.contains('@')
                && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
                && (host.contains('.') || host == "localhost")
        });
    if fine { Ok(email) } else { Err(Problem::NotAnEmail) }
}

/// A new password: 8 to 128 characters, none that everybody tries first. No rules of composition.
pub fn read_password(value: &Value) -> Result<String, Problem> {
    let Value::Text(password) = value else { return Err(input::wrong_type("text")) };
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(Problem::TooShort { min: PASSWORD_MIN });
    }
    if length > PASSWORD_MAX {
        return Err(Problem::TooLong { max: PASSWORD_MAX });
    }
    if is_common(&password.to_lowercase()) { Err(Problem::CommonPassword) } else { Ok(password.clone()) }
}

/// Passwords that are tried first, the product's own name among them. A base word with digits and signs behind it counts too.
fn is_common(password: &str) -> bool {
    const BASES: [&str; 36] = [
        "password",
        "passwort",
        "passw0rd",
        "p@ssword",
        "p@ssw0rd",
        "qwerty",
        "qwertyuiop",
        "qwertz",
        "qwertzuiop",
        "asdfgh",
        "asdfghjkl",
        "letmein",
        "welcome",
        "willkommen",
        "iloveyou",
        "ichliebedich",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "batman",
        "trustno",
        "dragon",
        "monkey",
        "master",
        "hallo",
        "admin",
        "administrator",
        "wealthwise",
        "changeme",
        "default",
        "secret",
        "geheim",
        "abc",
        "starwars",
    ];
    let base = password.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let mut characters = password.chars();
    let first = characters.next();
    let same = characters.clone().all(|c| Some(c) == first);
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    let step = |by: i64| codes.windows(2).all(|pair| pair[1] - pair[0] == by);
    let digits = password.bytes().all(|b| b.is_ascii_digit())
        && [
            "1234567890",
            "0123456789",
            "9876543210",
            "12345678",
            "87654321",
            "11223344",
            "12341234",
            "123123123",
            "147258369",
        ]
        .iter()
        .any(|run| password.starts_with(run));
    base.is_empty() && digits || same || step(1) || step(-1) || BASES.contains(&base) || BASES.contains(&password)
}

/// A change of name or preferences; what was left out stays.
#[derive(Debug, Clone)]
pub struct ProfileChange {
    name: Change<String>,
    currency: Change<Currency>,
    language: Change<String>,
    timezone: Change<String>,
    theme: Change<Theme>,
    month_start_day: Change<MonthStartDay>,
    /// Checked against the budgets of the user by the use-case.
    pub default_budget_id: Change<Option<BudgetId>>,
    switches: SwitchChange,
    about: AboutChange,
}

impl ProfileChange {
    /// The time zone that is asked for: whether it exists is the server's to say, it has the zone data.
    pub fn timezone(&self) -> Option<&str> {
        match &self.timezone {
            Change::Set(zone) => Some(zone),
            Change::Keep => None,
        }
    }

    /// The person after the change.
    pub fn apply(self, user: &mut User) {
        let preferences = &mut user.preferences;
        user.name = self.name.or(std::mem::take(&mut user.name));
        preferences.currency = self.currency.or(preferences.currency);
        preferences.language = self.language.or(std::mem::take(&mut preferences.language));
        preferences.timezone = self.timezone.or(std::mem::take(&mut preferences.timezone));
        preferences.theme = self.theme.or(preferences.theme);
        preferences.month_start_day = self.month_start_day.or(preferences.month_start_day);
        preferences.default_budget_id = self.default_budget_id.or(preferences.default_budget_id);
        self.switches.apply(preferences);
        self.about.apply(&mut user.profile);
    }
}

/// Reads {name?, preferences? {currency?, language?, timezone?, theme?, monthStartDay?, defaultBudgetId?, notifications?,
/// privacy?}, profile? {city?, country?, familySize?, ageRange?, occupation?, financialExperience?}}.
pub fn read_profile_change(value: &Value) -> Result<ProfileChange, Problems> {
    let mut reader = Reader::new(value);
    let name = reader.change("name", read_name);
    let mut switches = SwitchChange::default();
    let preferences = reader.object("preferences", |inner| {
        inner.object("notifications", |inner| switches.read_notifications(inner));
        inner.object("privacy", |inner| switches.read_privacy(inner));
        (
            inner.change("currency", input::currency),
            inner.change("language", read_language),
            inner.change("timezone", input::text),
            inner.change("theme", |value| input::word(value, &Theme::WORDS)),
            inner.change("monthStartDay", read_month_start_day),
            inner.change_optional("defaultBudgetId", input::id),
        )
    });
    let about = reader.object("profile", AboutChange::read).unwrap_or_default();
    reader.finish()?;
    let (currency, language, timezone, theme, month_start_day, default_budget_id) =
        preferences.unwrap_or((Change::Keep, Change::Keep, Change::Keep, Change::Keep, Change::Keep, Change::Keep));
    Ok(ProfileChange { name, currency, language, timezone, theme, month_start_day, default_budget_id, switches, about })
}

fn read_language(value: &Value) -> Result<String, Problem> {
    let tag = input::text(value)?;
    let locale = Locale::from_tag(&tag);
    if locale.is_translated() && locale.tag().split('-').next() == tag.split('-').next() {
        Ok(locale.tag().to_owned())
    } else {
        Err(Problem::NotOneOf { allowed: vec!["en".to_owned(), "de".to_owned()] })
    }
}

/// A day from 1 to 28.
pub fn read_month_start_day(value: &Value) -> Result<MonthStartDay, Problem> {
    let day = input::integer(value, 1, 28)?;
    u8::try_from(day).ok().and_then(MonthStartDay::new).ok_or(Problem::NotANumber)
}
