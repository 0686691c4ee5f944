//! Sign-up, sign-in, sign-out; the way into the example.
use super::{finish, then, typed};
use crate::{
    api::{Caller, Handled, SessionChange, Submitted},
    forms::Outcome,
    paths,
};
use domain::input::Value;
use service::{
    auth::{self, Newcomer, SignedIn},
    demo,
};

pub async fn sign_up(caller: Caller, sent: Submitted) -> Handled {
    let timezone = sent.fields.text("timezone").map(str::to_owned);
    let newcomer = Newcomer { locale: caller.locale, currency: caller.currency, timezone };
    let input = typed::without(&sent.fields, &["timezone"]);
    let key = sent.idempotency.clone();
    let result = auth::register(&caller.services, key, &input, newcomer, caller.device.clone()).await;
    begin(&caller, &sent, result, paths::WELCOME)
}

pub async fn sign_in(caller: Caller, sent: Submitted) -> Handled {
    let result = auth::login(&caller.services, &sent.fields, caller.device.clone()).await;
    begin(&caller, &sent, result, paths::DASHBOARD)
}

/// Into the example data, without a password.
pub async fn enter_demo(caller: Caller, sent: Submitted) -> Handled {
    let result = demo::enter(&caller.services, caller.locale, caller.device.clone()).await;
    begin(&caller, &sent, result, paths::DASHBOARD)
}

pub async fn sign_out(caller: Caller) -> Handled {
    let nothing = Submitted { fields: Value::Object(Vec::new()), file: None, idempotency: None, next: None };
    let result = match &caller.session {
        Some(session) => auth::logout(&caller.services, session).await,
        None => Ok(()),
    };
    let mut handled = finish(&caller, &nothing, result, |()| {
        then(Outcome { ok: true, reload: true, ..Outcome::default() }, paths::HOME)
    });
    if handled.outcome.ok {
        handled.session = SessionChange::End;
    }
    handled
}

fn begin(caller: &Caller, sent: &Submitted, result: service::Result<SignedIn>, home: &str) -> Handled {
    let mut session = SessionChange::None;
    let mut handled = finish(caller, sent, result, |signed_in| {
        session = SessionChange::Begin { secret: signed_in.secret, expires_at: signed_in.session.expires_at };
        let next = sent.next.clone().unwrap_or_else(|| home.to_owned());
        then(Outcome { ok: true, reload: true, ..Outcome::default() }, next)
    });
    handled.session = session;
    handled
}
