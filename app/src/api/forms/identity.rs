//! The last step of a sign-in at another place, and unlinking.
use super::{auth::begun, done, finish, typed};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::{Outcome, Toast},
    i18n::{fill, identities::words},
    paths,
};
use service::{
    Error,
    auth::Newcomer,
    identities::{self, join},
    ports::identities::IdentityProvider,
};

/// A new account by what the other place says: {name, terms, timezone}.
pub async fn sign_up(caller: Caller, sent: Submitted) -> Handled {
    let timezone = sent.fields.text("timezone").map(str::to_owned);
    let newcomer = Newcomer { locale: caller.locale, currency: caller.currency, timezone };
    let input = typed::without(&sent.fields, &["timezone"]);
    let arrival = caller.arrival.as_ref();
    let result = join::sign_up(&caller.services, arrival, &input, newcomer, caller.device.clone()).await;
    arrived(&caller, &sent, result, paths::WELCOME)
}

/// The code that the account asks for besides: {code}.
pub async fn code(caller: Caller, sent: Submitted) -> Handled {
    let arrival = caller.arrival.as_ref();
    let result = join::with_code(&caller.services, arrival, &sent.fields, caller.device.clone()).await;
    arrived(&caller, &sent, result, paths::DASHBOARD)
}

/// In, and on to where they wanted to go before they went to the other place.
fn arrived(caller: &Caller, sent: &Submitted, result: service::Result<service::auth::SignedIn>, home: &str) -> Handled {
    let next = caller.arrival.as_ref().and_then(|arrival| arrival.next()).unwrap_or(home).to_owned();
    begun(caller, sent, result, |_| Outcome { ok: true, reload: true, redirect: Some(next), ..Outcome::default() })
}

/// The owner's word that it is to be linked: {currentPassword?}.
pub async fn link(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let session = caller.session.as_ref().ok_or(Error::Unauthorized)?;
        let (services, arrival) = (&caller.services, caller.arrival.as_ref());
        join::link(services, caller.actor()?, session, arrival, &sent.fields, caller.device.clone()).await
    }
    .await;
    let provider = caller.arrival.as_ref().and_then(|arrival| caller.services.provider(arrival.provider()));
    let place = provider.map(IdentityProvider::name).unwrap_or_default();
    let text = fill(words(caller.locale.language()).linked, &[("place", place)]);
    begun(&caller, &sent, result, |_| Outcome {
        ok: true,
        reload: true,
        redirect: Some(paths::SECURITY.to_owned()),
        toast: Some(Toast { text, undo: None }),
        ..Outcome::default()
    })
}

/// One counts no more: {id}.
pub async fn unlink(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let id = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
        identities::unlink(&caller.services, caller.actor()?, id).await
    }
    .await;
    finish(&caller, &sent, result, |()| done(words(caller.locale.language()).unlinked))
}
