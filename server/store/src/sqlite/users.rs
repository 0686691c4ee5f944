//! People. The address is compared folded; the default budget has a column of its own beside the other preferences.
use super::{
    SqliteStore,
    codec::{self, Columns, each, exists, first, instant, run},
    connection::Tx,
    failure::Outcome,
};
use domain::{
    ids::{BudgetId, UserId},
    problem::Problem,
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
        "u.id, u.email, u.name, u.is_email_verified, u.preferences, u.default_budget_id, u.terms_accepted_at, \
         u.disabled_at, u.auth_epoch, u.created_at, u.updated_at"
    };
}
pub(super) use user_columns;

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
                concat!("SELECT ", user_columns!(), ", u.password_hash FROM users u WHERE u.email_folded = ?"),
                params![email],
                |columns| Ok(Credentials { user: read(columns)?, password_hash: columns.get()? }),
            )
        })
        .await
    }

    async fn user(&self, id: UserId) -> Result<Option<User>> {
        self.read(move |connection| load(connection, id)).await
    }

    async fn update_user(&self, write: &Write, user: &User) -> Result<User> {
        let user = user.clone();
        self.write(write, move |tx, write| update(tx, write, user)).await
    }
}

fn create(tx: &Tx<'_>, person: Credentials) -> Outcome<User> {
    if exists(tx, "SELECT 1 FROM users WHERE email_folded = ?", params![fold_email(&person.user.email)])? {
        return Err(Error::Duplicate("email").into());
    }
    insert(tx, &person.user, person.password_hash.as_deref())?;
    Ok(person.user)
}

pub(super) fn insert(tx: &Tx<'_>, user: &User, password_hash: Option<&str>) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO users (
             id, email_folded, email, name, is_email_verified, password_hash, preferences, default_budget_id,
             terms_accepted_at, disabled_at, auth_epoch, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            user.id.0,
            fold_email(&user.email),
            user.email,
            user.name,
            user.is_email_verified,
            password_hash,
            codec::json(&user.preferences)?,
            user.preferences.default_budget_id.map(|id| id.0),
            instant(user.terms_accepted_at),
            user.disabled_at.map(instant),
            user.auth_epoch,
            instant(user.created_at),
            instant(user.updated_at),
        ],
    )
    .map(drop)
}

/// Each person there is, by id, with their password's hash.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(User, Option<String>) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", user_columns!(), ", u.password_hash FROM users u ORDER BY u.id");
    each(connection, sql, [], |columns| give(read(columns)?, columns.get()?))
}

fn update(tx: &Tx<'_>, write: &Write, user: User) -> Outcome<User> {
    let before = load(tx, user.id)?.filter(|before| before.id == write.actor).ok_or(Error::NotFound)?;
    let default = user.preferences.default_budget_id;
    if let Some(budget) = default.filter(|_| default != before.preferences.default_budget_id)
        && !is_live(tx, user.id, budget)?
    {
        return Err(Error::field("preferences.defaultBudgetId", Problem::NotFound).into());
    }
    run(
        tx,
        "UPDATE users SET name = ?, preferences = ?, default_budget_id = ?, updated_at = ? WHERE id = ?",
        params![
            user.name,
            codec::json(&user.preferences)?,
            default.map(|id| id.0),
            instant(user.updated_at),
            write.actor.0
        ],
    )?;
    Ok(load(tx, user.id)?.ok_or(Error::NotFound)?)
}

/// Makes a budget its owner's default, if they have none that is still there.
pub(super) fn suggest_default(tx: &Tx<'_>, user: UserId, budget: BudgetId) -> Outcome<()> {
    run(
        tx,
        "UPDATE users SET default_budget_id = ?1 WHERE id = ?2 AND NOT EXISTS (
             SELECT 1 FROM budgets b WHERE b.id = users.default_budget_id AND b.user_id = ?2 AND b.deleted_at IS NULL)",
        params![budget.0, user.0],
    )?;
    Ok(())
}

fn is_live(connection: &Connection, user: UserId, budget: BudgetId) -> Outcome<bool> {
    let sql = "SELECT 1 FROM budgets WHERE id = ? AND user_id = ? AND deleted_at IS NULL";
    exists(connection, sql, params![budget.0, user.0])
}

fn load(connection: &Connection, id: UserId) -> Outcome<Option<User>> {
    let sql = concat!("SELECT ", user_columns!(), " FROM users u WHERE u.id = ?");
    first(connection, sql, params![id.0], read)
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
        terms_accepted_at: columns.instant()?,
        disabled_at: columns.optional_instant()?,
        auth_epoch: columns.get()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
    })
}
