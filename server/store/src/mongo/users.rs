//! People. The address is compared folded.
use super::{
    MongoStore, budgets,
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{Fields, binary, instant, nested, oid, optional_instant, to_instant},
};
use domain::{
    currency::Currency,
    ids::{BudgetId, UserId},
    period::MonthStartDay,
    problem::Problem,
    secrets::{Hash, Secrets},
    user::{Credentials, Notifications, Preferences, Privacy, Profile, Standing, Theme, User, fold_email},
};
use mongodb::{
    bson::{Binary, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    ports::{
        blobs::BlobId,
        store::{UserStore, Write},
    },
};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    email_folded: String,
    email: String,
    name: String,
    is_email_verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_hash: Option<String>,
    preferences: PreferencesDoc,
    #[serde(default)]
    profile: Profile,
    #[serde(default)]
    standing: Standing,
    terms_accepted_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled_at: Option<i64>,
    auth_epoch: i64,
    created_at: i64,
    updated_at: i64,
    #[serde(default)]
    secrets: Secrets,
    /// Those of `secrets`: by which the person is found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    handles: Vec<Binary>,
    #[serde(default)]
    version: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PreferencesDoc {
    currency: Currency,
    language: String,
    timezone: String,
    theme: Theme,
    month_start_day: MonthStartDay,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_budget_id: Option<ObjectId>,
    #[serde(default)]
    notifications: Notifications,
    #[serde(default)]
    privacy: Privacy,
}

#[async_trait::async_trait]
impl UserStore for MongoStore {
    async fn create_user(&self, write: &Write, person: &Credentials) -> Result<User> {
        self.write(write, person, |tx, _, person| Box::pin(create(tx, person))).await
    }

    async fn credentials(&self, folded_email: &str) -> Result<Option<Credentials>> {
        self.plain(folded_email, |tx, email| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let found = tx.session.first(&tables.users, doc! { "emailFolded": *email }).await?;
                found.map(Credentials::try_from).transpose()
            })
        })
        .await
    }

    async fn user(&self, id: UserId) -> Result<Option<User>> {
        self.plain(id, |tx, id| Box::pin(load(tx, *id))).await
    }

    async fn person(&self, id: UserId) -> Result<Option<Credentials>> {
        self.plain(id, |tx, id| Box::pin(load_person(tx, *id))).await
    }

    async fn person_by_handle(&self, handle: Hash) -> Result<Option<Credentials>> {
        self.plain(handle, |tx, handle| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let found = tx.session.first(&tables.users, doc! { "handles": binary(handle) }).await?;
                found.map(Credentials::try_from).transpose()
            })
        })
        .await
    }

    async fn update_user(&self, write: &Write, user: &User) -> Result<User> {
        self.write(write, user, |tx, write, user| Box::pin(update(tx, write, user))).await
    }

    async fn save_person(&self, write: &Write, person: &Credentials) -> Result<User> {
        self.write(write, person, |tx, write, person| Box::pin(save(tx, write, person))).await
    }
}

async fn create(tx: &mut Tx, person: &Credentials) -> Outcome<User> {
    let tables = Arc::clone(&tx.tables);
    let document = UserDoc::from(person);
    if tx.session.exists(&tables.users, doc! { "emailFolded": &document.email_folded }).await? {
        return Err(Error::Duplicate("email").into());
    }
    tx.session.insert(&tables.users, &document).await?;
    Ok(person.user.clone())
}

async fn update(tx: &mut Tx, write: &Write, user: &User) -> Outcome<User> {
    let before = load(tx, user.id).await?.filter(|before| before.id == write.actor).ok_or(Error::NotFound)?;
    let default = user.preferences.default_budget_id;
    if let Some(budget) = default.filter(|_| default != before.preferences.default_budget_id)
        && budgets::live(tx, user.id, budget).await?.is_none()
    {
        return Err(Error::field("preferences.defaultBudgetId", Problem::NotFound).into());
    }
    let tables = Arc::clone(&tx.tables);
    let fields = Fields::default()
        .set("name", user.name.as_str())
        .set("preferences", nested(&PreferencesDoc::from(&user.preferences))?)
        .set("profile", nested(&user.profile)?)
        .set("updatedAt", instant(user.updated_at));
    tx.session.update(&tables.users, doc! { "_id": oid(write.actor.0) }, fields.update()).await?;
    Ok(load(tx, user.id).await?.ok_or(Error::NotFound)?)
}

async fn save(tx: &mut Tx, write: &Write, person: &Credentials) -> Outcome<User> {
    let user = &person.user;
    let before = load_person(tx, user.id).await?;
    let before = before.filter(|before| before.user.id == write.actor).ok_or(Error::NotFound)?;
    if before.version + 1 != person.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let tables = Arc::clone(&tx.tables);
    let others = doc! { "$ne": oid(user.id.0) };
    let folded = fold_email(&user.email);
    if tx.session.exists(&tables.users, doc! { "emailFolded": &folded, "_id": &others }).await? {
        return Err(Error::Duplicate("email").into());
    }
    let handles = handles(&person.secrets);
    if !handles.is_empty()
        && tx.session.exists(&tables.users, doc! { "handles": { "$in": &handles }, "_id": others }).await?
    {
        return Err(Error::Duplicate("identity").into());
    }
    let fields = Fields::default()
        .set("emailFolded", folded)
        .set("email", user.email.as_str())
        .set("isEmailVerified", user.is_email_verified)
        .optional("passwordHash", person.password_hash.as_deref())
        .set("standing", nested(&user.standing)?)
        .optional("disabledAt", user.disabled_at.map(instant))
        .set("authEpoch", user.auth_epoch)
        .set("updatedAt", instant(user.updated_at))
        .set("secrets", nested(&person.secrets)?)
        .optional("handles", (!handles.is_empty()).then_some(handles))
        .set("version", person.version);
    tx.session.update(&tables.users, doc! { "_id": oid(user.id.0) }, fields.update()).await?;
    Ok(load(tx, user.id).await?.ok_or(Error::NotFound)?)
}

fn handles(secrets: &Secrets) -> Vec<Binary> {
    secrets.handles().iter().map(|hash| binary(hash)).collect()
}

/// Makes a budget its owner's default, if they have none that is still there.
pub(super) async fn suggest_default(tx: &mut Tx, user: UserId, budget: BudgetId) -> Outcome<()> {
    let Some(owner) = load(tx, user).await? else { return Ok(()) };
    if let Some(default) = owner.preferences.default_budget_id
        && budgets::live(tx, user, default).await?.is_some()
    {
        return Ok(());
    }
    let tables = Arc::clone(&tx.tables);
    let set = doc! { "$set": { "preferences.defaultBudgetId": oid(budget.0) } };
    tx.session.update(&tables.users, doc! { "_id": oid(user.0) }, set).await.map(drop)
}

/// Where a budget was its owner's default, their newest one that is in use becomes it. The budget has been archived or
/// thrown away before.
pub(super) async fn leave_default(tx: &mut Tx, user: UserId, budget: BudgetId) -> Outcome<()> {
    let owner = load(tx, user).await?;
    if owner.and_then(|owner| owner.preferences.default_budget_id) != Some(budget) {
        return Ok(());
    }
    let Some(next) = budgets::newest_in_use(tx, user).await? else { return forget_default(tx, user, budget).await };
    let tables = Arc::clone(&tx.tables);
    let set = doc! { "$set": { "preferences.defaultBudgetId": oid(next.0) } };
    tx.session.update(&tables.users, doc! { "_id": oid(user.0) }, set).await.map(drop)
}

/// A budget that goes for good is nobody's default any more.
pub(super) async fn forget_default(tx: &mut Tx, user: UserId, budget: BudgetId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(user.0), "preferences.defaultBudgetId": oid(budget.0) };
    let unset = doc! { "$unset": { "preferences.defaultBudgetId": "" } };
    tx.session.update(&tables.users, filter, unset).await.map(drop)
}

/// Several, in no order.
pub(super) async fn some(tx: &mut Tx, ids: &[UserId]) -> Outcome<Vec<User>> {
    let ids: Vec<ObjectId> = ids.iter().map(|id| oid(id.0)).collect();
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.all(&tables.users, doc! { "_id": { "$in": ids } }, FindOptions::default()).await?;
    found.into_iter().map(|stored| Ok(Credentials::try_from(stored)?.user)).collect()
}

/// Those that are somebody's picture.
pub(super) async fn pictures_in_use(tx: &mut Tx, ids: &[BlobId]) -> Outcome<Vec<BlobId>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let tables = Arc::clone(&tx.tables);
    let found =
        tx.session.all(&tables.users, doc! { "standing.avatar": { "$in": ids } }, FindOptions::default()).await?;
    Ok(found.iter().filter_map(|user| user.standing.avatar.as_ref()?.parse().ok()).collect())
}

pub(super) async fn load(tx: &mut Tx, id: UserId) -> Outcome<Option<User>> {
    Ok(load_person(tx, id).await?.map(|person| person.user))
}

async fn load_person(tx: &mut Tx, id: UserId) -> Outcome<Option<Credentials>> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.first(&tables.users, doc! { "_id": oid(id.0) }).await?;
    found.map(Credentials::try_from).transpose()
}

impl From<&Credentials> for UserDoc {
    fn from(Credentials { user, password_hash, secrets, version }: &Credentials) -> Self {
        Self {
            id: oid(user.id.0),
            email_folded: fold_email(&user.email),
            email: user.email.clone(),
            name: user.name.clone(),
            is_email_verified: user.is_email_verified,
            password_hash: password_hash.clone(),
            preferences: PreferencesDoc::from(&user.preferences),
            profile: user.profile.clone(),
            standing: user.standing.clone(),
            terms_accepted_at: instant(user.terms_accepted_at),
            disabled_at: user.disabled_at.map(instant),
            auth_epoch: user.auth_epoch,
            created_at: instant(user.created_at),
            updated_at: instant(user.updated_at),
            secrets: secrets.clone(),
            handles: handles(secrets),
            version: *version,
        }
    }
}

impl TryFrom<UserDoc> for Credentials {
    type Error = Failure;
    fn try_from(stored: UserDoc) -> Outcome<Self> {
        let user = User {
            id: UserId(stored.id.bytes()),
            email: stored.email,
            name: stored.name,
            is_email_verified: stored.is_email_verified,
            preferences: stored.preferences.into(),
            profile: stored.profile,
            standing: stored.standing,
            terms_accepted_at: to_instant(stored.terms_accepted_at)?,
            disabled_at: optional_instant(stored.disabled_at)?,
            auth_epoch: stored.auth_epoch,
            created_at: to_instant(stored.created_at)?,
            updated_at: to_instant(stored.updated_at)?,
        };
        Ok(Self { user, password_hash: stored.password_hash, secrets: stored.secrets, version: stored.version })
    }
}

impl From<&Preferences> for PreferencesDoc {
    fn from(preferences: &Preferences) -> Self {
        Self {
            currency: preferences.currency,
            language: preferences.language.clone(),
            timezone: preferences.timezone.clone(),
            theme: preferences.theme,
            month_start_day: preferences.month_start_day,
            default_budget_id: preferences.default_budget_id.map(|id| oid(id.0)),
            notifications: preferences.notifications,
            privacy: preferences.privacy,
        }
    }
}

impl From<PreferencesDoc> for Preferences {
    fn from(stored: PreferencesDoc) -> Self {
        Self {
            currency: stored.currency,
            language: stored.language,
            timezone: stored.timezone,
            theme: stored.theme,
            month_start_day: stored.month_start_day,
            default_budget_id: stored.default_budget_id.map(|id| BudgetId(id.bytes())),
            notifications: stored.notifications,
            privacy: stored.privacy,
        }
    }
}
