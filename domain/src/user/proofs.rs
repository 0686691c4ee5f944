//! What somebody types to prove who they are, and keys for programs.
use super::{PASSWORD_MAX, User, fold_email, read_email, read_password};
use crate::{
    input::{self, Reader, Value},
    problem::{Problem, Problems},
};
use std::str::FromStr;

/// Another password, and the one before.
#[derive(Clone)]
pub struct PasswordChange {
    /// as typed; none: of an account that has none yet
    pub current: Option<String>,
    /// 8 to 128 characters, not a common one
    pub new: String,
}

/// Reads {currentPassword?, newPassword}. Whether it may go without the current one is the use-case's to judge.
pub fn read_password_change(value: &Value, user: &User) -> Result<PasswordChange, Problems> {
    let mut reader = Reader::new(value);
    let current = reader.optional("currentPassword", read_typed_password);
    let new = reader.required("newPassword", read_password);
    if new.as_deref().is_some_and(|new| names_its_owner(new, &user.email, &user.name))
        || (new.is_some() && new == current)
    {
        reader.problem("newPassword", Problem::CommonPassword);
    }
    reader.finish()?;
    new.map(|new| PasswordChange { current, new }).ok_or_else(Problems::default)
}

/// The password again, before something that can't be undone.
#[derive(Clone)]
pub struct Proof {
    /// as typed
    pub current_password: String,
}

/// Reads {currentPassword}.
pub fn read_proof(value: &Value) -> Result<Proof, Problems> {
    let mut reader = Reader::new(value);
    let current = reader.required("currentPassword", read_typed_password);
    reader.finish()?;
    current.map(|current_password| Proof { current_password }).ok_or_else(Problems::default)
}

/// Reads {currentPassword?}: of accounts that may have none. Whether it may go without is the use-case's to judge.
pub fn read_fresh_proof(value: &Value) -> Result<Option<String>, Problems> {
    let mut reader = Reader::new(value);
    let current = reader.optional("currentPassword", read_typed_password);
    reader.finish()?;
    Ok(current)
}

/// Another address, and the password.
#[derive(Clone)]
pub struct EmailChange {
    /// looks like an address
    pub new_email: String,
    /// as typed
    pub current_password: String,
}

/// Reads {newEmail, currentPassword}.
pub fn read_email_change(value: &Value) -> Result<EmailChange, Problems> {
    let mut reader = Reader::new(value);
    let email = reader.required("newEmail", read_email);
    let current = reader.required("currentPassword", read_typed_password);
    reader.finish()?;
    let change = email.zip(current).map(|(new_email, current_password)| EmailChange { new_email, current_password });
    change.ok_or_else(Problems::default)
}

/// Reads {email}: of somebody who forgot their password.
pub fn read_forgotten(value: &Value) -> Result<String, Problems> {
    let mut reader = Reader::new(value);
    let email = reader.required("email", read_email);
    reader.finish()?;
    email.ok_or_else(Problems::default)
}

/// Reads {token}: of a link.
pub fn read_token(value: &Value) -> Result<String, Problems> {
    let mut reader = Reader::new(value);
    let token = reader.required("token", input::text);
    reader.finish()?;
    token.ok_or_else(Problems::default)
}

/// Another password by a link.
#[derive(Clone)]
pub struct Reset {
    /// the link's secret
    pub token: String,
    /// 8 to 128 characters, not a common one
    pub password: String,
}

/// Reads {token, password}.
pub fn read_reset(value: &Value) -> Result<Reset, Problems> {
    let mut reader = Reader::new(value);
    let token = reader.required("token", input::text);
    let password = reader.required("password", read_password);
    reader.finish()?;
    token.zip(password).map(|(token, password)| Reset { token, password }).ok_or_else(Problems::default)
}

/// Reads {code}: of an authenticator, at most 32 characters.
pub fn read_code(value: &Value) -> Result<String, Problems> {
    let mut reader = Reader::new(value);
    let code = reader.required("code", read_typed_code);
    reader.finish()?;
    code.ok_or_else(Problems::default)
}

/// A key for a program, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWish {
    /// As its owner calls it.
    pub name: String,
    /// Whether it may change anything.
    pub may_write: bool,
    /// It ends after so many; none: until it is revoked.
    pub days: Option<u16>,
}

/// Reads {name, scopes? (read, write; without them: read), expiresInDays? (1 to 3650)}.
pub fn read_api_key(value: &Value) -> Result<KeyWish, Problems> {
    const SCOPES: [&str; 2] = ["read", "write"];
    let mut reader = Reader::new(value);
    let name = reader.required("name", input::text);
    let scopes = reader
        .optional("scopes", |value| input::list(value, SCOPES.len(), |scope| input::word::<Scope>(scope, &SCOPES)));
    let days = reader.optional("expiresInDays", |value| {
        input::integer(value, 1, 3_650).map(|days| u16::try_from(days).unwrap_or(u16::MAX))
    });
    reader.finish()?;
    let may_write = scopes.unwrap_or_default().contains(&Scope::Write);
    name.map(|name| KeyWish { name, may_write, days }).ok_or_else(Problems::default)
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Read,
    Write,
}

impl FromStr for Scope {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            _ => Err(()),
        }
    }
}

/// A password as typed, to be compared: nothing about it is judged but its length.
pub(super) fn read_typed_password(value: &Value) -> Result<String, Problem> {
    match value {
        Value::Text(text) if text.chars().count() > PASSWORD_MAX => Err(Problem::TooLong { max: PASSWORD_MAX }),
        Value::Text(text) => Ok(text.clone()),
        _ => Err(input::wrong_type("text")),
    }
}

pub(super) fn read_typed_code(value: &Value) -> Result<String, Problem> {
    let code = input::text(value)?;
    if code.chars().count() > 32 { Err(Problem::TooLong { max: 32 }) } else { Ok(code) }
}

/// The address or the name of its owner is among the first that others try.
pub(super) fn names_its_owner(password: &str, email: &str, name: &str) -> bool {
    let folded = password.to_lowercase();
    folded == fold_email(email) || folded == name.to_lowercase()
}
