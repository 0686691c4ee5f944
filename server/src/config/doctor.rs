//! `wealthwise doctor`: what is in force, where it comes from, what is missing and what that switches off.
use super::{Config, DefaultPlan, KEYS, MailWay, Registration, Values};
use std::fmt::Write as _;

/// The report as text. Secrets are never in it.
pub fn report(config: &Config, values: &Values) -> String {
    let mut text = String::from("In force:\n");
    for key in KEYS.iter().filter(|key| key.used) {
        let (shown, origin) = match values.0.get(key.name) {
            Some(_) if key.secret => ("••••".to_owned(), values.0[key.name].origin.to_string()),
            Some(found) => (found.text.clone(), found.origin.to_string()),
            None if key.default.is_empty() => ("–".to_owned(), "not set".to_owned()),
            None => (key.default.to_owned(), "default".to_owned()),
        };
        let _ = writeln!(text, "  {:<20} {shown:<28} {:<34} {}", key.name, format!("({origin})"), key.meaning);
    }
    let unused: Vec<&str> =
        KEYS.iter().filter(|key| !key.used && values.0.contains_key(key.name)).map(|key| key.name).collect();
    if !unused.is_empty() {
        let _ = writeln!(text, "\nSet, but not used yet by this version:\n  {}", unused.join(", "));
    }
    text.push_str("\nWorth knowing:\n");
    for note in notes(config) {
        let _ = writeln!(text, "  - {note}");
    }
    text
}

fn notes(config: &Config) -> Vec<String> {
    let mut notes = Vec::new();
    let https = config.public_url.as_ref().is_some_and(|url| url.https);
    if !https {
        notes.push("PUBLIC_URL is not https: cookies are not Secure, fine on one's own machine only".to_owned());
    }
    if config.trusted_proxies.is_empty() && https {
        notes.push("TRUSTED_PROXIES is not set: behind a proxy every visitor has the proxy's address".to_owned());
    }
    match config.registration {
        Registration::Open => {}
        Registration::Invite => {
            notes.push("REGISTRATION=invite: invitations come later, so nobody can sign up now".to_owned());
        }
        Registration::Closed => notes.push("REGISTRATION=closed: nobody can sign up".to_owned()),
    }
    if config.admin_addr.is_some() {
        notes.push("ADMIN_ADDR: metrics come later, nothing listens there yet".to_owned());
    }
    if config.default_plan == DefaultPlan::Premium {
        notes.push("DEFAULT_PLAN=premium: nobody who is signed in has a limit of requests".to_owned());
    }
    if config.mongodb.is_some() && config.redis.is_none() {
        notes.push("REDIS_URL is not set: each process counts requests for itself, caches nothing, and hears of no change that another one makes".to_owned());
    }
    notes.push("Exchange rates: those of the European Central Bank inside the program".to_owned());
    if config.mail == MailWay::Files {
        notes.push("EMAIL_PROVIDER=log: mail is written into the folder mail of the data folder and reaches nobody, so that newcomers are not asked to confirm their address".to_owned());
    }
    for provider in &config.identity_providers {
        let origin = config.public_url(config.port).origin();
        let (name, key) = (&provider.name, provider.key);
        notes.push(format!("Sign-in with {name}: {origin}/api/auth/{key}/callback must be registered there"));
    }
    notes.push("Adviser, reading of receipts, push: not in this version".to_owned());
    notes
}
