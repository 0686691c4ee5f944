//! The end of an account, the way back, and switches of what one is told and what others see.
use super::{done, finish, then};
use crate::{
    api::{Caller, Handled, SessionChange, Submitted},
    forms::Outcome,
    i18n::{fill, rights::of},
    paths,
};
use domain::{input::Value, problem::Problem, user::User};
use service::{Error, Result, auth, leaving, pictures};

/// Signs out, everywhere.
pub async fn leave(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let session = caller.session.as_ref().ok_or(Error::Unauthorized)?;
        leaving::ask(&caller.services, caller.actor()?, session, &sent.fields, &caller.device).await
    }
    .await;
    let mut session = SessionChange::None;
    let mut handled = finish(&caller, &sent, result, |asked| {
        session = SessionChange::End;
        let zone = caller.actor.as_ref().map_or("UTC", |actor| actor.user.preferences.timezone.as_str());
        let date = caller.locale.format_date(caller.services.zones.date_in(asked.delete_after, zone));
        let text = fill(of(caller.locale.language()).left, &[("date", &date)]);
        then(Outcome { reload: true, ..done(text) }, paths::SIGN_IN)
    });
    handled.session = session;
    handled
}

pub async fn keep(caller: Caller, sent: Submitted) -> Handled {
    let result = async { leaving::keep(&caller.services, caller.anyone()?).await }.await;
    finish(&caller, &sent, result, |_| {
        let text = of(caller.locale.language()).kept;
        then(Outcome { reload: true, ..done(text) }, paths::DASHBOARD)
    })
}

pub async fn picture(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let file = sent.file.as_ref().filter(|file| !file.bytes.is_empty());
        let file = file.ok_or_else(|| Error::field("file", Problem::Required))?;
        pictures::set(&caller.services, caller.actor()?, file.bytes.clone()).await
    }
    .await;
    finish(&caller, &sent, result, |_| whole(of(caller.locale.language()).picture_saved))
}

pub async fn drop_picture(caller: Caller, sent: Submitted) -> Handled {
    let result = async { pictures::remove(&caller.services, caller.actor()?).await }.await;
    finish(&caller, &sent, result, |_| whole(of(caller.locale.language()).picture_dropped))
}

/// The frame around the page shows it, too.
fn whole(text: &str) -> Outcome {
    Outcome { reload: true, ..done(text) }
}

/// All switches of the page: one that is off is not sent.
pub async fn switches(caller: Caller, sent: Submitted) -> Handled {
    let result = turn(&caller, &sent).await;
    finish(&caller, &sent, result, |user| {
        done(crate::i18n::messages(user.preferences.locale().language()).outcome.preferences_saved)
    })
}

async fn turn(caller: &Caller, sent: &Submitted) -> Result<User> {
    let group = |name: &str, switches: &[&str]| {
        let given = sent.fields.get(name);
        let on = |switch: &str| given.and_then(|given| given.text(switch)).is_some();
        let all = switches.iter().map(|switch| ((*switch).to_owned(), Value::Bool(on(switch))));
        (name.to_owned(), Value::Object(all.collect()))
    };
    let preferences = Value::Object(vec![
        group("notifications", &["email", "push", "budgetAlerts", "goalReminders"]),
        group("privacy", &["shareData", "analytics", "aiConsent", "aiPictures"]),
    ]);
    let input = Value::Object(vec![("preferences".to_owned(), preferences)]);
    auth::update_profile(&caller.services, caller.actor()?, sent.idempotency.clone(), &input).await
}
