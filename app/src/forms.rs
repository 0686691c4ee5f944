//! The one way in which pages send something: a named form, posted to `/_fn/form/NAME`.
//!
//! With JavaScript the [`crate::ui::form::Form`] component sends it by `fetch` (`Accept: application/json`) and gets
//! the [`Outcome`] back. Without, the browser posts it; the host then answers 303 to the outcome's path and keeps what
//! went wrong as a one-time [`Flash`]. Both run the same handler, and so the same use-case.
use domain::problem::Problems;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where forms are posted to; the form's name follows.
pub const FORM_PREFIX: &str = "/_fn/form/";

/// Hidden fields that every form carries; the host takes them out before a handler sees the fields.
pub mod hidden {
    /// A key made by the client: the same key twice does the thing once.
    pub const IDEMPOTENCY_KEY: &str = "idempotencyKey";
    /// The own path (with query) of the page on which the form stands: a failed plain post goes back there.
    pub const BACK: &str = "back";
    /// Where to go when it worked, if the form wants another page than the handler's (own path).
    pub const NEXT: &str = "next";
}

/// What came of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Outcome {
    /// Whether it was done.
    pub ok: bool,
    /// The page to go to now (an own path); none: stay, and load the page's data again.
    pub redirect: Option<String>,
    /// Whether the next page must come whole from the server (sign-in, language, theme).
    pub reload: bool,
    /// A quiet word at the edge, perhaps with an undo.
    pub toast: Option<Toast>,
    /// What is wrong, by field.
    pub problems: Problems,
    /// What is wrong with the whole, already worded in the person's language.
    pub error: Option<String>,
    /// The machine code of `error` (`STALE_VERSION`, `UNAVAILABLE`, …).
    pub code: Option<String>,
    /// What is shown this once, and never again: a key, recovery codes.
    pub reveal: Vec<String>,
    /// What was typed (never passwords), so that nobody types twice.
    pub typed: BTreeMap<String, String>,
}

/// A short message that goes away by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Toast {
    /// Already worded.
    pub text: String,
    /// A form that takes it back.
    pub undo: Option<Undo>,
}

/// The form that undoes what was just done: its name and its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Undo {
    /// Name of the form.
    pub form: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// What its button says, where it isn't "Undo".
    pub label: Option<String>,
}

/// An outcome on its way to the next page: shown once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Flash {
    /// Which form it was.
    pub form: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// A path of this site: begins with one slash, and neither `//`, `\` nor a control character makes another site of it.
pub fn own_path(path: &str) -> Option<&str> {
    let fine = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\0'])
        && !path.chars().any(char::is_control);
    fine.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_this_site() {
        assert_eq!(own_path("/expenses?month=2026-11"), Some("/expenses?month=2026-11"));
        for path in
            ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https://evil.example", "", "/\n/evil", "evil"]
        {
            assert_eq!(own_path(path), None, "{path:?}");
        }
    }
}
