//! What forms and fields say by themselves.
use super::Plural;

/// What forms and fields say by themselves.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Forms {
    pub summary: Plural,
    pub offline: &'static str,
    pub unreadable: &'static str,
    pub too_large: &'static str,
    pub signed_out: &'static str,
    pub show_password: &'static str,
    pub choose_file: &'static str,
    pub drop_file: &'static str,
    pub choose: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
}

/// English.
pub const EN: Forms = Forms {
    summary: ("One field needs another look:", "{n} fields need another look:"),
    offline: "The server can't be reached. What you typed is still here: check the connection and try again.",
    unreadable: "The server's answer couldn't be read. Reload the page to see whether it was saved, then try again.",
    too_large: "That is more than the server takes in one go. Choose a smaller file.",
    signed_out: "You are signed out. Sign in again in another tab, then come back here: what you typed is still here.",
    show_password: "Show password",
    choose_file: "Choose a file",
    drop_file: "or drop it here",
    choose: "Choose",
    yes: "Yes",
    no: "No",
};

/// German.
pub const DE: Forms = Forms {
    summary: ("Ein Feld braucht noch einen Blick:", "{n} Felder brauchen noch einen Blick:"),
    offline: "Der Server ist nicht erreichbar. Deine Eingaben sind noch da: Prüf die Verbindung und versuch es noch einmal.",
    unreadable: "Die Antwort des Servers war nicht lesbar. Lade die Seite neu, um zu sehen, ob gespeichert wurde, und versuch es dann noch einmal.",
    too_large: "Das ist mehr, als der Server auf einmal annimmt. Wähl eine kleinere Datei.",
    signed_out: "Du bist abgemeldet. Melde dich in einem anderen Tab wieder an und komm hierher zurück: Deine Eingaben sind noch da.",
    show_password: "Passwort zeigen",
    choose_file: "Datei auswählen",
    drop_file: "oder hierher ziehen",
    choose: "Auswählen",
    yes: "Ja",
    no: "Nein",
};
