//! Pages for what isn't there or didn't work.

/// Pages for what isn't there or didn't work.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Status {
    pub not_found_title: &'static str,
    pub not_found_text: &'static str,
    pub to_start: &'static str,
    pub to_dashboard: &'static str,
    pub error_title: &'static str,
    pub error_text: &'static str,
    pub try_again: &'static str,
    /// `{id}`: what to tell the operator.
    pub request_id: &'static str,
    pub offline_title: &'static str,
    pub offline_text: &'static str,
}

/// English.
pub const EN: Status = Status {
    not_found_title: "There is nothing here",
    not_found_text: "The address may have a typing error, or what was here has been deleted or belongs to somebody else.",
    to_start: "Go to the start page",
    to_dashboard: "Go to the dashboard",
    error_title: "This page couldn't be loaded",
    error_text: "The fault is on our side and has been noted. Nothing of yours was changed.",
    try_again: "Try again",
    request_id: "If it stays that way, tell whoever runs this server the number {id}.",
    offline_title: "You are offline",
    offline_text: "This page needs the server. It loads again once the connection is back.",
};

/// German.
pub const DE: Status = Status {
    not_found_title: "Hier ist nichts",
    not_found_text: "Vielleicht ist die Adresse vertippt, oder was hier stand, wurde gelöscht oder gehört jemand anderem.",
    to_start: "Zur Startseite",
    to_dashboard: "Zum Überblick",
    error_title: "Diese Seite konnte nicht geladen werden",
    error_text: "Der Fehler liegt bei uns und ist vermerkt. An deinen Daten hat sich nichts geändert.",
    try_again: "Noch einmal versuchen",
    request_id: "Wenn es so bleibt, nenn der Person, die diesen Server betreibt, die Nummer {id}.",
    offline_title: "Du bist offline",
    offline_text: "Diese Seite braucht den Server. Sie lädt wieder, sobald die Verbindung steht.",
};
