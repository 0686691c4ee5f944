//! Places that vouch for people: Google, and one other issuer.
use super::{Reader, Wrong};
use ::oidc::{GOOGLE, Settings};

/// As addresses call the place that is not Google.
const OTHER: &str = "oidc";
const ISSUER: &str = "https://…, as the issuer calls itself; http:// on this machine only";

impl Reader<'_> {
    /// Those that are set, Google first.
    pub(super) fn identity_providers(&mut self) -> Vec<Settings> {
        let google = self.agreed("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", &[]);
        let google = google.map(|(client_id, client_secret)| Settings {
            key: "google",
            name: "Google".to_owned(),
            issuer: GOOGLE.to_owned(),
            client_id,
            client_secret,
        });
        let issuer = self.optional("OIDC_ISSUER", issuer);
        let other = self.agreed("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", &["OIDC_ISSUER"]);
        let named = self.optional("OIDC_NAME", name);
        let other = issuer.zip(other).map(|(issuer, (client_id, client_secret))| Settings {
            key: OTHER,
            name: named.unwrap_or_else(|| host(&issuer).to_owned()),
            issuer,
            client_id,
            client_secret,
        });
        google.into_iter().chain(other).collect()
    }

    /// What an issuer calls us, and by which it knows us: both or none, and with them the names of `with`.
    fn agreed(&mut self, id: &'static str, secret: &'static str, with: &[&'static str]) -> Option<(String, String)> {
        let names: Vec<&str> = [id, secret].iter().chain(with).copied().collect();
        let missing: Vec<&str> = names.iter().copied().filter(|name| !self.values.0.contains_key(*name)).collect();
        if missing.len() == names.len() {
            return None;
        }
        for name in missing {
            let what = "is not set, and what belongs to it is";
            self.wrong.push(Wrong::new(name, what, "as the issuer gave it, when this server was registered there"));
        }
        let text = |name: &str| self.values.0.get(name).map(|found| found.text.clone());
        text(id).zip(text(secret))
    }
}

/// An https address without query and fragment (OpenID Connect Discovery 1.0, 3); http for a loopback address only.
fn issuer(text: &str) -> Result<String, &'static str> {
    let (scheme, rest) = text.split_once("://").ok_or(ISSUER)?;
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let fits = match scheme {
        "https" => true,
        "http" => ["localhost", "127.0.0.1", "[::1]"].contains(&host),
        _ => false,
    };
    let plain = !authority.is_empty() && !rest.contains(['?', '#', '@', ' ', '\\']);
    if fits && plain { Ok(text.to_owned()) } else { Err(ISSUER) }
}

/// What stands on a button.
fn name(text: &str) -> Result<String, &'static str> {
    let fits = (1..=40).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err("what people call it, in at most 40 characters") }
}

fn host(issuer: &str) -> &str {
    issuer.split_once("://").map_or(issuer, |(_, rest)| rest.split('/').next().unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, World, report};
    use std::io;

    fn load(environment: &[(&str, &str)]) -> Result<(Config, String), String> {
        let variable =
            |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, text)| (*text).to_owned());
        let read = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
        let loaded = Config::load_from(&World { variable: &variable, read: &read }, None);
        let words = |wrong: Vec<Wrong>| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        match loaded {
            Ok((config, values)) => {
                let told = report(&config, &values);
                Ok((config, told))
            }
            Err(wrong) => Err(words(wrong)),
        }
    }

    #[test]
    fn none_is_set_one_or_both() {
        assert!(load(&[]).unwrap().0.identity_providers.is_empty());
        let google = [("GOOGLE_CLIENT_ID", "ours"), ("GOOGLE_CLIENT_SECRET", "hunter2")];
        let other =
            [("OIDC_ISSUER", "https://id.example.org/realm"), ("OIDC_CLIENT_ID", "ww"), ("OIDC_CLIENT_SECRET", "s3")];
        let both: Vec<_> = other.into_iter().chain(google).collect();
        let (config, told) = load(&both).unwrap();
        let shown: Vec<_> =
            config.identity_providers.iter().map(|one| (one.key, one.name.as_str(), one.issuer.as_str())).collect();
        let oidc = ("oidc", "id.example.org", "https://id.example.org/realm");
        assert_eq!(shown, [("google", "Google", GOOGLE), oidc]);
        assert!(!format!("{config:?}").contains("hunter2") && !told.contains("hunter2"));
        assert!(told.contains("/api/auth/google/callback") && told.contains("/api/auth/oidc/callback"), "{told}");
        let named = [other.as_slice(), &[("OIDC_NAME", "Our house")]].concat();
        assert_eq!(load(&named).unwrap().0.identity_providers[0].name, "Our house");
    }

    #[test]
    fn what_is_half_set_or_no_issuer_is_said() {
        for (set, named) in [
            (&[("GOOGLE_CLIENT_ID", "ours")][..], &["GOOGLE_CLIENT_SECRET"][..]),
            (&[("OIDC_ISSUER", "https://id.example.org")], &["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]),
            (&[("OIDC_CLIENT_ID", "ww"), ("OIDC_CLIENT_SECRET", "s3")], &["OIDC_ISSUER"]),
        ] {
            let told = load(set).err().unwrap();
            assert_eq!(told.lines().count(), named.len(), "{told}");
            assert!(named.iter().all(|name| told.contains(name)), "{told}");
        }
        for text in ["id.example.org", "http://id.example.org", "ftp://x", "https://", "https://x?y", "https://u@x"] {
            assert!(issuer(text).is_err(), "{text}");
        }
        for text in ["https://id.example.org/", "http://127.0.0.1:4000", "http://localhost:4000/a", "http://[::1]:9"] {
            assert_eq!(issuer(text), Ok(text.to_owned()));
        }
    }
}
