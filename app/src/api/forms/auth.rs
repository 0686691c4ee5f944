//! Sign-up, sign-in, sign-out; the way into the example.
use super::{done, finish, then, typed, words};
use crate::{
    api::{Caller, Handled, SessionChange, Submitted},
    forms::Outcome,
    paths,
};
use domain::input::Value;
use service::{
    auth::{self, Newcomer, Registered, SignedIn},
    demo, recovery,
};

pub async fn sign_up(caller: Caller, sent: Submitted) -> Handled {
    let timezone = sent.fields.text("timezone").map(str::to_owned);
    let newcomer = Newcomer { locale: caller.locale, currency: caller.currency, timezone };
    let input = typed::without(&sent.fields, &["timezone"]);
    let key = sent.idempotency.clone();
    match auth::register(&caller.services, key, &input, newcomer, caller.device.clone()).await {
        Ok(Registered::SignedIn(signed_in)) => begin(&caller, &sent, Ok(*signed_in), paths::WELCOME),
        Ok(Registered::ByMail) => by_mail(&caller, &sent, Ok(())),
        Err(error) => begin(&caller, &sent, Err(error), paths::WELCOME),
    }
}

pub async fn forgot_password(caller: Caller, sent: Submitted) -> Handled {
    let result = recovery::forgot_password(&caller.services, &sent.fields, &caller.device).await;
    by_mail(&caller, &sent, result)
}

pub async fn reset_password(caller: Caller, sent: Submitted) -> Handled {
    let result = recovery::reset_password(&caller.services, &sent.fields).await;
    finish(&caller, &sent, result, |()| then(done(words(&caller).auth.reset_done), paths::SIGN_IN))
}

pub async fn verify_email(caller: Caller, sent: Submitted) -> Handled {
    let result = recovery::verify_email(&caller.services, &sent.fields).await;
    let home = if caller.actor.is_some() { paths::SECURITY } else { paths::SIGN_IN };
    // What the pages know of who is signed in has changed.
    finish(&caller, &sent, result, |_| then(Outcome { reload: true, ..done(words(&caller).auth.verified) }, home))
}

pub async fn resend_verification(caller: Caller, sent: Submitted) -> Handled {
    let result = async { recovery::resend_verification(&caller.services, caller.actor()?, &caller.device).await }.await;
    finish(&caller, &sent, result, |()| done(words(&caller).auth.mail_sent))
}

pub async fn change_email(caller: Caller, sent: Submitted) -> Handled {
    let result =
        async { recovery::change_email(&caller.services, caller.actor()?, &sent.fields, &caller.device).await }.await;
    finish(&caller, &sent, result, |()| done(words(&caller).auth.mail_sent))
}

/// A mail says the rest, to whomever: wherever the form wanted to go, the page that says so comes first.
fn by_mail(caller: &Caller, sent: &Submitted, result: service::Result<()>) -> Handled {
    let mut handled = finish(caller, sent, result, |()| Outcome { ok: true, ..Outcome::default() });
    if handled.outcome.ok {
        handled.outcome.redirect = Some(paths::CHECK_MAIL.to_owned());
    }
    handled
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
    begun(caller, sent, result, |sent| {
        let next = sent.next.clone().unwrap_or_else(|| home.to_owned());
        then(Outcome { ok: true, reload: true, ..Outcome::default() }, next)
    })
}

/// With a new session, if there is one.
pub(super) fn begun(
    caller: &Caller,
    sent: &Submitted,
    result: service::Result<SignedIn>,
    ok: impl FnOnce(&Submitted) -> Outcome,
) -> Handled {
    let mut session = SessionChange::None;
    let mut handled = finish(caller, sent, result, |signed_in| {
        session = SessionChange::Begin { secret: signed_in.secret, expires_at: signed_in.session.expires_at };
        ok(sent)
    });
    handled.session = session;
    handled
}
