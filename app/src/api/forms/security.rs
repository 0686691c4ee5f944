//! Password, second step, devices, keys for programs.
use super::{auth::begun, done, finish, words};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::Outcome,
};
use domain::input::Value;
use service::{Error, Result, api_keys, second_factor, security};

pub async fn change_password(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let session = caller.session.as_ref().ok_or(Error::Unauthorized)?;
        let services = &caller.services;
        security::change_password(services, caller.actor()?, session, &sent.fields, caller.device.clone()).await
    }
    .await;
    begun(&caller, &sent, result, |_| done(words(&caller).security.changed))
}

pub async fn begin_second_step(caller: Caller, sent: Submitted) -> Handled {
    let result =
        async { second_factor::begin(&caller.services, caller.actor()?, &sent.fields, &caller.device).await }.await;
    finish(&caller, &sent, result, |_| Outcome { ok: true, ..Outcome::default() })
}

/// Shows the recovery codes, once.
pub async fn confirm_second_step(caller: Caller, sent: Submitted) -> Handled {
    let result =
        async { second_factor::confirm(&caller.services, caller.actor()?, &sent.fields, &caller.device).await }.await;
    finish(&caller, &sent, result, |codes| Outcome { reveal: codes, ..done(words(&caller).security.step_on) })
}

pub async fn end_second_step(caller: Caller, sent: Submitted) -> Handled {
    let result =
        async { second_factor::end(&caller.services, caller.actor()?, &sent.fields, &caller.device).await }.await;
    finish(&caller, &sent, result, |()| done(words(&caller).security.step_off))
}

pub async fn end_session(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let id = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
        security::end_session(&caller.services, caller.actor()?, id).await
    }
    .await;
    finish(&caller, &sent, result, |()| done(words(&caller).security.device_ended))
}

pub async fn end_other_sessions(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let session = caller.session.as_ref().ok_or(Error::Unauthorized)?;
        security::end_other_sessions(&caller.services, caller.actor()?, session).await
    }
    .await;
    finish(&caller, &sent, result, |_| done(words(&caller).security.devices_ended))
}

/// Shows the key, once.
pub async fn create_key(caller: Caller, sent: Submitted) -> Handled {
    let result = make_key(&caller, &sent).await;
    finish(&caller, &sent, result, |key| Outcome { reveal: vec![key], ..done(words(&caller).security.key_made) })
}

/// The form says `may` (read, write) and `days`, where nothing is for ever.
async fn make_key(caller: &Caller, sent: &Submitted) -> Result<String> {
    let field = |name: &str| sent.fields.get(name).cloned().unwrap_or(Value::Null);
    let scopes = Value::List(sent.fields.text("may").map(|scope| Value::Text(scope.to_owned())).into_iter().collect());
    let wish = vec![
        ("name".to_owned(), field("name")),
        ("scopes".to_owned(), scopes),
        ("expiresInDays".to_owned(), field("days")),
    ];
    Ok(api_keys::create(&caller.services, caller.actor()?, &Value::Object(wish)).await?.secret)
}

pub async fn revoke_key(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let id = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
        api_keys::revoke(&caller.services, caller.actor()?, id).await
    }
    .await;
    finish(&caller, &sent, result, |()| done(words(&caller).security.key_revoked))
}
