//! Terms and privacy: short, and true for a program that anybody can run.

/// A heading and what it says.
pub type Section = (&'static str, &'static str);

/// Terms and privacy.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Legal {
    pub terms_title: &'static str,
    pub terms_lead: &'static str,
    pub terms: &'static [Section],
    pub privacy_title: &'static str,
    pub privacy_lead: &'static str,
    pub privacy: &'static [Section],
}

/// English.
pub const EN: Legal = Legal {
    terms_title: "Terms of use",
    terms_lead: "WealthWise is a program that people run on servers of their own. These terms are between you and whoever runs this one.",
    terms: &[
        (
            "What it does",
            "It keeps your budgets and expenses, adds them up and shows you where you stand. It is not a bank and moves no money.",
        ),
        (
            "No advice",
            "What it shows is arithmetic on what you put in. It is not financial, tax or legal advice, and decisions stay yours.",
        ),
        (
            "Your account",
            "Keep your password to yourself, and put in only what you may put in. One person, one account.",
        ),
        ("Your data", "What you put in is yours. You can delete it, and you can take it with you."),
        (
            "No warranty",
            "The program comes as it is, without a warranty, as its open licence says. Whoever runs this server looks after backups; keep your own records where they matter.",
        ),
        (
            "The end of it",
            "You can stop at any time. Whoever runs this server can close it, and should tell you early enough to take your data with you.",
        ),
    ],
    privacy_title: "What is kept, and where",
    privacy_lead: "Short version: what you type stays on this server, and these pages ask nobody else for anything.",
    privacy: &[
        (
            "What is kept",
            "Your name, e-mail address, a form of your password that can't be turned back into it, your preferences, and the budgets, expenses and bank files' rows that you put in.",
        ),
        (
            "Where",
            "In one data folder on this server. Whoever runs the server can reach it; the program shows it to you alone, and to people you share a budget with.",
        ),
        (
            "Cookies",
            "One to know that you are signed in, one for the language and colours that you choose without an account, and one that carries a message to the next page and is gone with it. None to follow you around.",
        ),
        (
            "Other companies",
            "None. Fonts, scripts and pictures come from this server, and no figures leave it unless you ask for something that needs it and agree first.",
        ),
        (
            "Logs",
            "The server notes which page was asked for and how long it took, so that faults can be found. Amounts, shops and addresses are not in there.",
        ),
        (
            "How long",
            "What you delete can be restored for 30 days and is then gone for good. Bank files waiting for your word are dropped after 24 hours.",
        ),
        (
            "Your rights",
            "You can see, correct, take with you and delete what is kept about you. Ask whoever runs this server for what the settings don't offer.",
        ),
    ],
};

/// German.
pub const DE: Legal = Legal {
    terms_title: "Nutzungsbedingungen",
    terms_lead: "WealthWise ist ein Programm, das Menschen auf eigenen Servern betreiben. Diese Bedingungen gelten zwischen dir und der Person, die diesen hier betreibt.",
    terms: &[
        (
            "Was es tut",
            "Es bewahrt deine Budgets und Ausgaben auf, zählt sie zusammen und zeigt dir, wo du stehst. Es ist keine Bank und bewegt kein Geld.",
        ),
        (
            "Keine Beratung",
            "Was du siehst, ist aus deinen Angaben gerechnet. Es ist keine Finanz-, Steuer- oder Rechtsberatung, und Entscheidungen bleiben deine.",
        ),
        (
            "Dein Konto",
            "Behalte dein Passwort für dich und trag nur ein, was du eintragen darfst. Eine Person, ein Konto.",
        ),
        ("Deine Daten", "Was du einträgst, gehört dir. Du kannst es löschen, und du kannst es mitnehmen."),
        (
            "Keine Gewähr",
            "Das Programm kommt, wie es ist, ohne Gewähr, wie es seine offene Lizenz sagt. Um Sicherungen kümmert sich, wer diesen Server betreibt; bewahre eigene Unterlagen auf, wo es darauf ankommt.",
        ),
        (
            "Das Ende",
            "Du kannst jederzeit aufhören. Wer diesen Server betreibt, kann ihn schließen und sollte es dir früh genug sagen, damit du deine Daten mitnehmen kannst.",
        ),
    ],
    privacy_title: "Was gespeichert wird, und wo",
    privacy_lead: "Kurz gesagt: Was du eingibst, bleibt auf diesem Server, und diese Seiten fragen niemand anderen nach etwas.",
    privacy: &[
        (
            "Was",
            "Dein Name, deine E-Mail-Adresse, eine Form deines Passworts, aus der es sich nicht zurückgewinnen lässt, deine Voreinstellungen sowie die Budgets, Ausgaben und Zeilen aus Bankdateien, die du einträgst.",
        ),
        (
            "Wo",
            "In einem Datenordner auf diesem Server. Wer den Server betreibt, kommt daran; das Programm zeigt sie nur dir und den Menschen, mit denen du ein Budget teilst.",
        ),
        (
            "Cookies",
            "Einer, um zu wissen, dass du angemeldet bist, einer für Sprache und Farben, wenn du sie ohne Konto wählst, und einer, der eine Meldung zur nächsten Seite trägt und dann verschwindet. Keiner, um dir zu folgen.",
        ),
        (
            "Andere Unternehmen",
            "Keine. Schriften, Skripte und Bilder kommen von diesem Server, und keine Zahl verlässt ihn, es sei denn, du willst etwas, das es braucht, und stimmst vorher zu.",
        ),
        (
            "Protokolle",
            "Der Server vermerkt, welche Seite verlangt wurde und wie lange sie brauchte, damit sich Fehler finden lassen. Beträge, Läden und Adressen stehen nicht darin.",
        ),
        (
            "Wie lange",
            "Was du löschst, lässt sich 30 Tage lang wiederherstellen und ist danach endgültig weg. Bankdateien, die auf dein Wort warten, verfallen nach 24 Stunden.",
        ),
        (
            "Deine Rechte",
            "Du kannst sehen, berichtigen, mitnehmen und löschen, was über dich gespeichert ist. Was die Einstellungen nicht bieten, erfrag bei der Person, die diesen Server betreibt.",
        ),
    ],
};
