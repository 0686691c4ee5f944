//! People. The address is compared folded; the default budget has a column of its own beside the other preferences.
use super::{
    SqliteStore, budgets,
    codec::{self, Columns, each, exists, first, instant, run},
    connection::Tx,
    failure::Outcome,
};
use domain::{
    ids::{BudgetId, UserId},
    problem::Problem,
    secrets::Hash,
    user::{Credentials, Preferences, User, fold_email},
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    ports::store::{UserStore, Write},
};

/// What [`read`] reads, in its order; the table is called `u`.
macro_rules! user_columns {
    () => {
        "u.id, u.email, u.name, u.is_email_verified, u.preferences, u.default_budget_id, u.profile, u.standing, \
         u.terms_accepted_at, u.disabled_at, u.auth_epoch, u.created_at, u.updated_at"
    };
}
pub(super) use user_columns;

/// What [`credentials`] reads, in its order.
macro_rules! person_columns {
    () => {
        concat!(user_columns!(), ", u.password_hash, u.secrets, u.version")
    };
}

#[async_trait::async_trait]
impl UserStore for SqliteStore {
    async fn create_user(&self, write: &Write, person: &Credentials) -> Result<User> {
        let person = person.clone();
        self.write(write, move |tx, _| create(tx, person)).await
    }

    async fn credentials(&self, folded_email: &str) -> Result<Option<Credentials>> {
        let email = folded_email.to_owned();
        self.read(move |connection| {
            first(
                connection,
                concat!("SELECT ", person_columns!(), " FROM users u WHERE u.email_folded = ?"),
                params![email],
                credentials,
            )
        })
        .await
    }

    async fn user(&self, id: UserId) -> Result<Option<User>> {
        self.glance(move |connection| load(connection, id)).await
    }

    async fn person(&self, id: UserId) -> Result<Option<Credentials>> {
        self.read(move |connection| load_person(connection, id)).await
    }

    async fn person_by_handle(&self, handle: Hash) -> Result<Option<Credentials>> {
        self.read(move |connection| {
            first(
                connection,
                concat!(
                    "SELECT ",
                    person_columns!(),
                    " FROM handles h JOIN users u ON u.id = h.user_id WHERE h.hash = ?"
                ),
                params![handle],
                credentials,
            )
        })
        .await
    }

    async fn update_user(&self, write: &Write, user: &User) -> Result<User> {
        let user = user.clone();
        self.write(write, move |tx, write| update(tx, write, user)).await
    }

    async fn save_person(&self, write: &Write, person: &Credentials) -> Result<User> {
        let person = person.clone();
        self.write(write, move |tx, write| save(tx, write, &person)).await
    }
}

fn create(tx: &Tx<'_>, person: Credentials) -> Outcome<User> {
    if exists(tx, "SELECT 1 FROM users WHERE email_folded = ?", params![fold_email(&person.user.email)])? {
        return Err(Error::Duplicate("email").into());
    }
    insert(tx, &person)?;
    Ok(person.user)
}

pub(super) fn insert(tx: &Tx<'_>, person: &Credentials) -> Outcome<()> {
    let user = &person.user;
    run(
        tx,
        "INSERT INTO users (
             id, email_folded, email, name, is_email_verified, password_hash, preferences, default_budget_id,
             profile, standing, terms_accepted_at, disabled_at, auth_epoch, created_at, updated_at, secrets, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            user.id.0,
            fold_email(&user.email),
            user.email,
            user.name,
            user.is_email_verified,
            person.password_hash,
            codec::json(&user.preferences)?,
            user.preferences.default_budget_id.map(|id| id.0),
            codec::json(&user.profile)?,
            codec::json(&user.standing)?,
            instant(user.terms_accepted_at),
            user.disabled_at.map(instant),
            user.auth_epoch,
            instant(user.created_at),
            instant(user.updated_at),
            codec::json(&person.secrets)?,
            person.version,
        ],
    )?;
    keep_handles(tx, person)
}

/// Makes the person found by what stands in their secrets, and by nothing else.
fn keep_handles(tx: &Tx<'_>, person: &Credentials) -> Outcome<()> {
    let id = person.user.id.0;
    run(tx, "DELETE FROM handles WHERE user_id = ?", params![id])?;
    person.secrets.handles().into_iter().try_for_each(|hash| {
        if exists(tx, "SELECT 1 FROM handles WHERE hash = ? AND user_id <> ?", params![hash, id])? {
            return Err(Error::Duplicate("identity").into());
        }
        run(tx, "INSERT OR IGNORE INTO handles (hash, user_id) VALUES (?, ?)", params![hash, id]).map(drop)
    })
}

/// Each person there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Credentials) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", person_columns!(), " FROM users u ORDER BY u.id");
    each(connection, sql, [], |columns| give(credentials(columns)?))
}

fn save(tx: &Tx<'_>, write: &Write, person: &Credentials) -> Outcome<User> {
    let user = &person.user;
    let before = load_person(tx, user.id)?.filter(|before| before.user.id == write.actor).ok_or(Error::NotFound)?;
    if before.version + 1 != person.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let folded = fold_email(&user.email);
    if exists(tx, "SELECT 1 FROM users WHERE email_folded = ? AND id <> ?", params![folded, user.id.0])? {
        return Err(Error::Duplicate("email").into());
    }
    run(
        tx,
        "UPDATE users SET email_folded = ?, email = ?, is_email_verified = ?, password_hash = ?, standing = ?,
             disabled_at = ?, auth_epoch = ?, updated_at = ?, secrets = ?, version = ? WHERE id = ?",
        params![
            folded,
            user.email,
            user.is_email_verified,
            person.password_hash,
            codec::json(&user.standing)?,
            user.disabled_at.map(instant),
            user.auth_epoch,
            instant(user.updated_at),
            codec::json(&person.secrets)?,
            person.version,
            user.id.0,
        ],
    )?;
    keep_handles(tx, person)?;
    Ok(load(tx, user.id)?.ok_or(Error::NotFound)?)
}

fn update(tx: &Tx<'_>, write: &Write, user: User) -> Outcome<User> {
    let before = load(tx, user.id)?.filter(|before| before.id == write.actor).ok_or(Error::NotFound)?;
    let default = user.preferences.default_budget_id;
    if let Some(budget) = default.filter(|_| default != before.preferences.default_budget_id)
        && budgets::live(tx, user.id, budget)?.is_none()
    {
        return Err(Error::field("preferences.defaultBudgetId", Problem::NotFound).into());
    }
    run(
        tx,
        "UPDATE users SET name = ?, preferences = ?, default_budget_id = ?, profile = ?, updated_at = ? WHERE id = ?",
        params![
            user.name,
            codec::json(&user.preferences)?,
            default.map(|id| id.0),
            codec::json(&user.profile)?,
            instant(user.updated_at),
            write.actor.0
        ],
    )?;
    Ok(load(tx, user.id)?.ok_or(Error::NotFound)?)
}

/// Makes a budget a member's default, if they have none that is still there for them.
pub(super) fn suggest_default(tx: &Tx<'_>, user: UserId, budget: BudgetId) -> Outcome<()> {
    let sql = "SELECT default_budget_id FROM users WHERE id = ?";
    let now = first(tx, sql, params![user.0], |columns| columns.optional_id(BudgetId))?.flatten();
    if let Some(now) = now
        && budgets::live(tx, user, now)?.is_some()
    {
        return Ok(());
    }
    run(tx, "UPDATE users SET default_budget_id = ? WHERE id = ?", params![budget.0, user.0]).map(drop)
}

/// Where a budget was its owner's default, their newest one that is in use becomes it.
pub(super) fn leave_default(tx: &Tx<'_>, user: UserId, budget: BudgetId) -> Outcome<()> {
    run(
        tx,
        "UPDATE users SET default_budget_id = (
             SELECT b.id FROM budgets b WHERE b.user_id = ?2 AND b.deleted_at IS NULL AND b.is_active AND b.id <> ?1
             ORDER BY b.created_at DESC, b.id DESC LIMIT 1)
         WHERE id = ?2 AND default_budget_id = ?1",
        params![budget.0, user.0],
    )
    .map(drop)
}

fn load(connection: &Connection, id: UserId) -> Outcome<Option<User>> {
    let sql = concat!("SELECT ", user_columns!(), " FROM users u WHERE u.id = ?");
    first(connection, sql, params![id.0], read)
}

fn load_person(connection: &Connection, id: UserId) -> Outcome<Option<Credentials>> {
    let sql = concat!("SELECT ", person_columns!(), " FROM users u WHERE u.id = ?");
    first(connection, sql, params![id.0], credentials)
}

fn credentials(columns: &mut Columns<'_, '_>) -> Outcome<Credentials> {
    Ok(Credentials {
        user: read(columns)?,
        password_hash: columns.get()?,
        secrets: columns.json()?,
        version: columns.get()?,
    })
}

/// Reads the columns of [`user_columns!`].
pub(super) fn read(columns: &mut Columns<'_, '_>) -> Outcome<User> {
    Ok(User {
        id: columns.id(UserId)?,
        email: columns.get()?,
        name: columns.get()?,
        is_email_verified: columns.get()?,
        preferences: {
            let preferences: Preferences = columns.json()?;
            Preferences { default_budget_id: columns.optional_id(BudgetId)?, ..preferences }
        },
        profile: columns.json()?,
        standing: columns.json()?,
        terms_accepted_at: columns.instant()?,
        disabled_at: columns.optional_instant()?,
        auth_epoch: columns.get()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
    })
}
