//! What the security page shows, made ready.
use super::{
    Caller,
    views::{Device, KeyRow, SecondStep, Security, Setup},
};
use jiff::Timestamp;
use service::{Actor, Result, api_keys, auth, identities, second_factor};

/// All of it.
pub async fn page(caller: &Caller, actor: &Actor) -> Result<Security> {
    let services = &caller.services;
    let day = |at: Timestamp| services.zones.date_in(at, &actor.user.preferences.timezone);
    let current = caller.session.as_ref().map(|session| session.id);
    let devices = auth::sessions(services, actor).await?.into_iter().map(|session| Device {
        current: Some(session.id) == current,
        id: session.id.to_string(),
        name: device_name(&session.device),
        address: session.address,
        seen_on: day(session.seen_at),
    });
    let keys = api_keys::list(services, actor).await?.into_iter().map(|key| KeyRow {
        id: key.id.to_string(),
        name: key.name,
        shown: key.shown,
        may_write: key.may_write,
        used_on: key.last_used_at.map(day),
        ends_on: key.expires_at.map(day),
    });
    let state = second_factor::state(services, actor).await?;
    let ways = identities::ways_in(services, actor).await?;
    Ok(Security {
        first_password: super::identities::first_password(caller, &ways),
        places: super::identities::card(caller, &ways, day),
        verified: actor.user.is_email_verified,
        devices: devices.collect(),
        keys: keys.collect(),
        second_step: SecondStep {
            on: state.on,
            recovery_codes: state.recovery_codes,
            setup: state.setup.map(|setup| Setup { key: grouped(&setup.key), qr: setup.qr }),
        },
    })
}

/// In groups of four, which can be typed.
fn grouped(key: &str) -> String {
    let groups: Vec<&str> = (0..key.len()).step_by(4).map(|at| &key[at..key.len().min(at + 4)]).collect();
    groups.join(" ")
}

/// Browser and system by the words that they use of themselves; empty where none is known.
fn device_name(agent: &str) -> String {
    // Those that also call themselves by another one's name come first.
    const BROWSERS: [(&str, &str); 8] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |of: &[(&str, &'static str)]| of.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let names: Vec<&str> = find(&BROWSERS).into_iter().chain(find(&SYSTEMS)).collect();
    names.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_called_as_people_know_them() {
        for (agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            ("curl/8.5", ""),
        ] {
            assert_eq!(device_name(agent), name);
        }
    }

    #[test]
    fn a_key_is_typed_in_groups() {
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
