//! What each page knows before it asks: who looks at it, in which language, on which day. Made by the server, sent
//! inside the page, so that the browser computes the same.
use crate::forms::Flash;
use domain::{
    Date,
    currency::Currency,
    ids::{BudgetId, UserId},
    locale::Locale,
    user::Theme,
};
use serde::{Deserialize, Serialize};

/// The same on the server and in the browser for one page load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageContext {
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Words, numbers, dates: a locale's tag.
    pub locale: String,
    /// What examples are shown in.
    pub currency: Currency,
    /// Colours.
    pub theme: Theme,
    /// Today where the viewer is.
    #[serde(with = "domain::wire::date")]
    pub today: Date,
    /// Random for each page load: the beginning of all idempotency keys made on it.
    pub seed: String,
    /// What the last form has to say.
    pub flash: Option<Flash>,
    /// A build for development: there is a style guide.
    pub development: bool,
    /// The build, for the footer and for telling an old page.
    pub version: String,
    /// Whether example data are shown, which a visitor may look around in (the form `demo-enter`).
    pub demo: bool,
    /// Whether mail reaches people.
    pub mail: bool,
    /// For who is signed out: other places to sign in at, each the words of a button and where it leads.
    pub places: Vec<(String, String)>,
}

/// The person signed in, as far as pages need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Viewer {
    /// Who.
    pub id: UserId,
    /// What greetings call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they have a picture.
    pub picture: bool,
    /// What new things are kept in.
    pub currency: Currency,
    /// The budget that the dashboard opens on.
    pub default_budget: Option<BudgetId>,
}

impl PageContext {
    /// Whether the form of that name was sent without JavaScript and came back with what was wrong: it must not be folded
    /// away.
    pub fn came_back(&self, form: &str) -> bool {
        self.flash.as_ref().is_some_and(|flash| flash.form == form && !flash.outcome.ok)
    }

    /// Words, numbers and dates for this page.
    pub fn locale(&self) -> Locale {
        Locale::from_tag(&self.locale)
    }
}

/// The files that a page loads, with the names of this build. Server only; put into the context for the shell.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone)]
pub struct AssetPaths {
    /// The one style sheet.
    pub css: String,
    /// The generated loader module.
    pub js: String,
    /// The program.
    pub wasm: String,
    /// The interface's font; none where the site has none.
    pub font: Option<String>,
    /// What draws charts anew that somebody points at.
    pub charts: String,
    /// Whether the program takes the page over; not where there is only something to read.
    pub program: bool,
    /// The files of the program's parts: the name, which says which parts need it, and the address.
    pub parts: Vec<(String, String)>,
}

#[cfg(feature = "ssr")]
impl Default for AssetPaths {
    fn default() -> Self {
        let path = |name: &str| format!("/pkg/{name}");
        Self {
            css: path("app.css"),
            js: path("wealthwise.js"),
            wasm: path("wealthwise_bg.wasm"),
            font: None,
            charts: "/charts.js".to_owned(),
            program: true,
            parts: Vec::new(),
        }
    }
}

#[cfg(feature = "ssr")]
impl AssetPaths {
    /// With those parts only that the page at this path needs.
    #[must_use]
    pub fn for_page(&self, path: &str) -> Self {
        let mut assets = self.clone();
        let part = crate::parts::Part::of(path);
        assets.parts.retain(|(file, _)| part.is_some_and(|part| part.needs(file)));
        assets
    }
}
