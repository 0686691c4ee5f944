//! The cookies: the session, the note for the next page, language and colours of who is not signed in, and the way to
//! another place that vouches for somebody.
//!
//! Over https their names begin with `__Host-`, so that no other host can plant them; over plain http browsers refuse
//! that prefix.
use axum::http::{HeaderMap, HeaderValue, header};
use domain::{locale::Locale, user::Theme};

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The session's secret.
    Session,
    /// The token of a one-time note.
    Flash,
    /// Language and colours.
    Preferences,
    /// The token of a way to another place that vouches for somebody.
    Flow,
    /// What such a place has said, sealed.
    Arrival,
}

/// A year, in seconds.
const YEAR: i64 = 365 * 86_400;

impl Cookie {
    fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-ww",
            (Self::Session, false) => "ww",
            (Self::Flash, true) => "__Host-ww-flash",
            (Self::Flash, false) => "ww-flash",
            (Self::Preferences, true) => "__Host-ww-look",
            (Self::Preferences, false) => "ww-look",
            (Self::Flow, true) => "__Host-ww-flow",
            (Self::Flow, false) => "ww-flow",
            (Self::Arrival, true) => "__Host-ww-arrival",
            (Self::Arrival, false) => "ww-arrival",
        }
    }

    /// Its value in a request, if it is there.
    pub fn read(self, headers: &HeaderMap, https: bool) -> Option<&str> {
        let name = self.name(https);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
            .filter(|value| !value.is_empty())
    }

    /// The header that sets it. `value` must be of letters, digits, `-`, `_` and `.`.
    pub fn set(self, value: &str, max_age: i64, https: bool) -> HeaderValue {
        let secure = if https { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}", self.name(https));
        HeaderValue::try_from(text).expect("cookie values are plain ASCII")
    }

    /// The header that takes it away.
    pub fn clear(self, https: bool) -> HeaderValue {
        self.set("", 0, https)
    }
}

/// Language and colours as chosen by who is not signed in.
pub fn preferences(headers: &HeaderMap, https: bool) -> (Option<Locale>, Option<Theme>) {
    let Some((language, theme)) = Cookie::Preferences.read(headers, https).and_then(|value| value.split_once('.'))
    else {
        return (None, None);
    };
    let locale = Some(Locale::from_tag(language)).filter(|locale| locale.tag() == language);
    (locale, theme.parse().ok())
}

/// The header that keeps them.
pub fn set_preferences(language: &str, theme: Theme, https: bool) -> HeaderValue {
    let tag = Locale::from_tag(language).tag();
    Cookie::Preferences.set(&format!("{tag}.{}", theme.as_str()), YEAR, https)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn names_and_flags_follow_the_scheme() {
        let plain = Cookie::Session.set("abc", 60, false);
        assert_eq!(plain, "ww=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
        let secure = Cookie::Session.set("abc", 60, true);
        assert_eq!(secure, "__Host-ww=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }

    #[test]
    fn finds_its_own_only() {
        let found = headers("a=b; ww=one; __Host-ww=two; ww-flash=three");
        assert_eq!(Cookie::Session.read(&found, false), Some("one"));
        assert_eq!(Cookie::Session.read(&found, true), Some("two"));
        assert_eq!(Cookie::Flash.read(&found, false), Some("three"));
        assert_eq!(Cookie::Flash.read(&headers("ww-flash="), false), None);
        assert_eq!(Cookie::Session.read(&headers("xww=one;;=;ww"), false), None);
    }

    #[test]
    fn preferences_are_only_known_ones() {
        assert_eq!(
            preferences(&headers("ww-look=de-AT.dark"), false),
            (Some(Locale::from_tag("de-AT")), Some(Theme::Dark))
        );
        assert_eq!(preferences(&headers("ww-look=xx.purple"), false), (None, None));
        assert_eq!(
            set_preferences("de-AT\r\nX: y", Theme::Dark, false).to_str().unwrap().matches("ww-look=").count(),
            1
        );
    }
}
