//! Bills ahead on the dashboard: the server makes them ready, so that the first load needs no words for them.
use domain::locale::Language;

/// The panel.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Bills {
    pub title: &'static str,
    pub all: &'static str,
    /// `{amount}`, `{until}`
    pub total: &'static str,
    /// `{when}`
    pub overdue: &'static str,
}

/// The panel in a language.
pub const fn bills(language: Language) -> &'static Bills {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

static EN: Bills = Bills {
    title: "Bills ahead",
    all: "All recurring",
    total: "{amount} still to pay until {until}. Safe to spend leaves it aside.",
    overdue: "{when}, overdue",
};

static DE: Bills = Bills {
    title: "Anstehende Rechnungen",
    all: "Alles Wiederkehrende",
    total: "Noch {amount} zu zahlen bis {until}. Frei zum Ausgeben ist das nicht.",
    overdue: "{when}, überfällig",
};
