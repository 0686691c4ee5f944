//! What the page of what was done gets: sentences, made ready by the server.
use domain::ids::BudgetId;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod made;
#[cfg(feature = "ssr")]
mod together;

#[cfg(feature = "ssr")]
pub use made::{done, page};

/// What was done in a budget: a page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// Of which budget.
    pub budget: BudgetId,
    /// What that is called.
    pub name: String,
    /// The newest first.
    pub days: Vec<Day>,
    /// People to choose from: id and name. Fewer than two: nothing to choose.
    pub people: Vec<(String, String)>,
    /// Only what they did.
    pub by: Option<String>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Where older ones begin.
    pub next: Option<String>,
    /// Whether there are newer ones.
    pub later: bool,
}

/// What was done on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// As people say it.
    pub label: String,
    /// The newest first.
    pub entries: Vec<Entry>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Which.
    pub id: String,
    /// Who did what, in a sentence.
    pub text: String,
    /// That it took something back or did it again, or by whose hand it was.
    pub notes: Vec<String>,
    /// What it changed, where the sentence doesn't say it: a field, before, after.
    pub parts: Vec<(String, String, String)>,
    /// Who took it back, in a sentence.
    pub undone: Option<String>,
    /// What its button is called for those who don't see where it stands; none: it can't be taken back (any more).
    pub undo: Option<String>,
}
