//! What pages show of sign-in at other places, worded here.
use super::{
    Caller,
    views::{ContinueForm, ContinueSignIn, FirstPassword, IdentityRow, OtherPlaces},
};
use crate::{
    i18n::{errors, fill, identities::words, messages},
    paths,
};
use domain::Date;
use jiff::Timestamp;
use service::{
    Result, Services,
    error::Conflict,
    identities::{
        WaysIn,
        arrival::{self, Step},
    },
};

/// Words of a button and where it leads: sign-in at each place that there is.
pub fn places(services: &Services, language: domain::locale::Language) -> Vec<(String, String)> {
    let label = |place: &str| fill(words(language).continue_with, &[("place", place)]);
    services.providers.iter().map(|provider| (label(provider.name()), to(provider.key()))).collect()
}

fn to(key: &str) -> String {
    format!("{}{key}", paths::IDENTITIES)
}

/// The part of the security page; none where there is nothing to link and nothing linked.
pub fn card(caller: &Caller, ways: &WaysIn, day: impl Fn(Timestamp) -> Date) -> Option<OtherPlaces> {
    let services = &caller.services;
    if ways.identities.is_empty() && services.providers.is_empty() {
        return None;
    }
    let words = words(caller.locale.language());
    let today = day(caller.now);
    let rows = ways.identities.iter().map(|identity| {
        let place = services.issuer_name(&identity.issuer);
        let date = caller.locale.format_date_relative(day(identity.linked_at), today);
        IdentityRow {
            id: identity.id.to_string(),
            name: place.to_owned(),
            line: fill(words.line, &[("email", &identity.email), ("date", &date)]),
            unlink: fill(words.unlink_of, &[("place", place)]),
        }
    });
    let unlinked = services.providers.iter().filter(|provider| {
        let linked = |issuer: &str| ways.identities.iter().any(|identity| identity.issuer == issuer);
        !linked(provider.issuer())
    });
    let links = unlinked
        .map(|provider| (fill(words.link, &[("place", provider.name())]), format!("{}?link=true", to(provider.key()))));
    let lead = if ways.identities.is_empty() { words.lead } else { words.unlink_lead };
    Some(OtherPlaces {
        title: words.title.to_owned(),
        lead: lead.to_owned(),
        rows: rows.collect(),
        unlink: words.unlink.to_owned(),
        links: links.collect(),
    })
}

/// In the place of the form for another password, for who has none.
pub fn first_password(caller: &Caller, ways: &WaysIn) -> Option<FirstPassword> {
    let words = words(caller.locale.language());
    (!ways.password)
        .then(|| FirstPassword { lead: words.first_password_lead.to_owned(), submit: words.first_password.to_owned() })
}

/// The page of somebody who has come back. `why` and `at` are of its address, where nothing came of the way.
pub async fn continue_page(caller: &Caller, why: Option<&str>, at: Option<&str>) -> Result<ContinueSignIn> {
    let arrival = caller.arrival.as_ref();
    let key = if why.is_some() { at } else { arrival.map(arrival::Arrival::provider) };
    let signed_in = caller.actor.as_ref().zip(caller.session.as_ref());
    let page = Page { caller, key, linking: signed_in.is_some() };
    match why {
        Some(why) => Ok(page.refused(why)),
        None => arrival::step(&caller.services, arrival, signed_in).await.map(|step| page.step(step)),
    }
}

struct Page<'a> {
    caller: &'a Caller,
    key: Option<&'a str>,
    linking: bool,
}

impl Page<'_> {
    fn fill(&self, text: &str, email: &str) -> String {
        let provider = self.key.and_then(|key| self.caller.services.provider(key));
        fill(text, &[("place", provider.map_or("–", |provider| provider.name())), ("email", email)])
    }

    fn of(&self, title: &str, text: &[&str], email: &str, links: Vec<(String, String)>) -> ContinueSignIn {
        let text = text.iter().map(|text| self.fill(text, email)).collect();
        ContinueSignIn { title: self.fill(title, email), text, form: None, links }
    }

    /// Nothing came of the way.
    fn refused(&self, why: &str) -> ContinueSignIn {
        let words = words(self.caller.locale.language());
        let (title, text) = match why {
            "stopped" => (words.stopped_title, words.stopped_text),
            "late" => (words.late_title, words.late_text),
            "away" => (words.away_title, words.away_text),
            "disabled" => (words.disabled_title, words.disabled_text),
            "untrusted" => (words.untrusted_title, words.untrusted_text),
            _ => (words.nothing_title, words.nothing_text),
        };
        self.of(title, &[text], "", self.ways_on())
    }

    /// To try again, and to do otherwise.
    fn ways_on(&self) -> Vec<(String, String)> {
        let words = words(self.caller.locale.language());
        let provider = self.key.and_then(|key| self.caller.services.provider(key));
        let link = if self.linking { "?link=true" } else { "" };
        let again = provider.map(|provider| {
            (fill(words.again, &[("place", provider.name())]), format!("{}{link}", to(provider.key())))
        });
        let other = if self.linking {
            (words.to_security.to_owned(), paths::SECURITY.to_owned())
        } else {
            (words.another_way.to_owned(), paths::SIGN_IN.to_owned())
        };
        again.into_iter().chain([other]).collect()
    }

    fn step(&self, step: Step) -> ContinueSignIn {
        let language = self.caller.locale.language();
        let (words, common) = (words(language), messages(language));
        let link = |label: &str, path: String| (label.to_owned(), path);
        match step {
            Step::Nothing => self.of(words.nothing_title, &[words.nothing_text], "", self.ways_on()),
            Step::SignUp { name, email } => ContinueSignIn {
                form: Some(ContinueForm::SignUp { name }),
                ..self.of(words.step_title, &[words.sign_up_text, words.sign_up_after], &email, Vec::new())
            },
            Step::NotVouched => {
                let mut links = self.ways_on();
                links.push(link(words.with_password, paths::SIGN_UP.to_owned()));
                self.of(words.not_vouched_title, &[words.not_vouched_text], "", links)
            }
            Step::AddressTaken { email } => {
                let links = vec![
                    link(common.nav.sign_in, paths::sign_in_then(paths::SECURITY)),
                    link(common.auth.forgot_link, paths::FORGOT_PASSWORD.to_owned()),
                ];
                self.of(words.taken_title, &[words.taken_text], &email, links)
            }
            Step::Closed => {
                let text = errors::error(language, "REGISTRATION_CLOSED");
                let links = vec![link(words.another_way, paths::SIGN_IN.to_owned())];
                self.of(common.auth.sign_up_title, &[text], "", links)
            }
            Step::Code => ContinueSignIn {
                form: Some(ContinueForm::Code { submit: common.auth.sign_in.to_owned() }),
                ..self.of(words.step_title, &[words.code_text], "", Vec::new())
            },
            Step::Link { email, password } => {
                let mut text = vec![words.link_text];
                text.extend(password.then_some(words.link_password));
                let links = vec![link(words.to_security, paths::SECURITY.to_owned())];
                let submit = self.fill(words.link, "");
                let form = Some(ContinueForm::Link { submit, password });
                ContinueSignIn { form, ..self.of(words.link_title, &text, &email, links) }
            }
            Step::NotLinked(conflict) => {
                let text = match conflict {
                    Conflict::IdentityTaken => words.identity_taken,
                    Conflict::SignInAgain => words.sign_in_again,
                    _ => words.addresses_differ,
                };
                self.of(words.not_linked_title, &[text], "", self.ways_on())
            }
        }
    }
}
