//! The words for error codes: what happened, and what to do next. Pages use the viewer's language, the REST API English.
use domain::locale::Language;

/// A sentence for the machine code of a failure. What isn't known is worded as a fault of the server.
pub fn error(language: Language, code: &str) -> &'static str {
    match language {
        Language::De => german(code),
        Language::En => english(code),
    }
}

fn english(code: &str) -> &'static str {
    match code {
        "VALIDATION_ERROR" => "Some fields need another look.",
        "BAD_REQUEST" => "This request couldn't be read.",
        "UNAUTHORIZED" => "Sign in first.",
        "WRONG_CREDENTIALS" => "E-mail and password don't match. Check both and try again.",
        "TOTP_REQUIRED" => "Enter the code from your authenticator.",
        "INVALID_TOKEN" => "This link doesn't work. Ask for a new one.",
        "TOKEN_EXPIRED" => "This link has expired. Ask for a new one.",
        "REGISTRATION_CLOSED" => "New accounts are switched off here. Ask whoever runs this server.",
        "UNREADABLE_FILE" => "This file couldn't be read as a bank file.",
        "OFFLINE" => "The server can't be reached. Check the connection and try again.",
        "FORBIDDEN" => "You may see this, but not change it. Ask the owner for more rights.",
        "CROSS_ORIGIN" => "This came from another site and was refused. Open the page here and try again.",
        "NOT_FOUND" => "This doesn't exist, or isn't yours.",
        "METHOD_NOT_ALLOWED" => "This address doesn't take this method.",
        "DUPLICATE_KEY" => "There is one like this already.",
        "STALE_VERSION" => "Somebody changed this in the meantime. Reload to see it, then change it again.",
        "CONFLICT" => "This doesn't fit what is there now. Reload and look again.",
        "TOO_LARGE" => "This is more than the server takes in one go.",
        "UNSUPPORTED_MEDIA_TYPE" => "This kind of content isn't taken here.",
        "RATE_LIMITED" => "That was a lot in a short time. Wait a minute and try again.",
        "UNAVAILABLE" => "This can't be done right now. Try again in a minute.",
        _ => "The fault is on our side and has been noted. Nothing was changed. Try again in a minute.",
    }
}

fn german(code: &str) -> &'static str {
    match code {
        "VALIDATION_ERROR" => "Einige Felder brauchen noch einen Blick.",
        "BAD_REQUEST" => "Diese Anfrage war nicht lesbar.",
        "UNAUTHORIZED" => "Melde dich zuerst an.",
        "WRONG_CREDENTIALS" => "E-Mail und Passwort passen nicht zusammen. Prüf beides und versuch es noch einmal.",
        "TOTP_REQUIRED" => "Gib den Code aus deiner Authentifizierungs-App ein.",
        "INVALID_TOKEN" => "Dieser Link funktioniert nicht. Lass dir einen neuen schicken.",
        "TOKEN_EXPIRED" => "Dieser Link ist abgelaufen. Lass dir einen neuen schicken.",
        "REGISTRATION_CLOSED" => "Neue Konten sind hier abgeschaltet. Frag die Person, die diesen Server betreibt.",
        "UNREADABLE_FILE" => "Diese Datei ließ sich nicht als Bankdatei lesen.",
        "OFFLINE" => "Der Server ist nicht erreichbar. Prüf die Verbindung und versuch es noch einmal.",
        "FORBIDDEN" => "Du darfst das sehen, aber nicht ändern. Bitte die Person, der es gehört, um mehr Rechte.",
        "CROSS_ORIGIN" => {
            "Das kam von einer anderen Seite und wurde abgelehnt. Öffne die Seite hier und versuch es noch einmal."
        }
        "NOT_FOUND" => "Das gibt es nicht, oder es gehört dir nicht.",
        "METHOD_NOT_ALLOWED" => "Diese Adresse nimmt diese Methode nicht an.",
        "DUPLICATE_KEY" => "So etwas gibt es schon.",
        "STALE_VERSION" => "Das hat inzwischen jemand geändert. Lade die Seite neu und ändere es dann noch einmal.",
        "CONFLICT" => "Das passt nicht mehr zu dem, was da ist. Lade die Seite neu und sieh noch einmal hin.",
        "TOO_LARGE" => "Das ist mehr, als der Server auf einmal annimmt.",
        "UNSUPPORTED_MEDIA_TYPE" => "Diese Art von Inhalt wird hier nicht angenommen.",
        "RATE_LIMITED" => "Das war viel in kurzer Zeit. Warte eine Minute und versuch es dann noch einmal.",
        "UNAVAILABLE" => "Das geht gerade nicht. Versuch es in einer Minute noch einmal.",
        _ => {
            "Der Fehler liegt bei uns und ist vermerkt. Nichts wurde geändert. Versuch es in einer Minute noch einmal."
        }
    }
}
