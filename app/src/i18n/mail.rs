//! What mails say. `{name}` greets; the link stands on a line of its own below the text.

/// One mail.
#[derive(Debug)]
pub struct Letter {
    /// What it is about.
    pub subject: &'static str,
    /// What it says, one paragraph each.
    pub text: &'static [&'static str],
    /// What the link does; none: there is no link.
    pub link: Option<&'static str>,
    /// Below the link, smaller.
    pub after: &'static [&'static str],
}

/// All mails.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Letters {
    /// `{name}`
    pub greeting: &'static str,
    /// For somebody whose name is not fit for it.
    pub greeting_nobody: &'static str,
    pub verify: Letter,
    pub address_taken: Letter,
    pub reset: Letter,
    pub password_changed: Letter,
    pub change_email: Letter,
    pub email_changed: Letter,
    pub identity_linked: Letter,
    /// `{date}`
    pub account_ending: Letter,
    pub account_gone: Letter,
    /// `{by}`
    pub invited: Letter,
    /// Who invites and has a name that is not fit for it.
    pub somebody: &'static str,
    /// `{site}`
    pub from: &'static str,
}

/// English.
pub const EN: Letters = Letters {
    greeting: "Hello {name},",
    greeting_nobody: "Hello,",
    verify: Letter {
        subject: "Confirm your address",
        text: &[
            "Welcome to WealthWise. Please confirm that this address is yours, then sign in with the password you chose.",
        ],
        link: Some("Confirm my address"),
        after: &[
            "The link works once, within 24 hours.",
            "You didn't sign up? Then ignore this mail, and the address stays unconfirmed.",
        ],
    },
    address_taken: Letter {
        subject: "You already have an account",
        text: &[
            "Somebody, perhaps you, tried to sign up for WealthWise with this address. It already has an account, and nothing was changed.",
            "If it was you, sign in with your password. If you have forgotten it, the sign-in page helps you to a new one.",
        ],
        link: Some("Sign in"),
        after: &["It wasn't you? Then there is nothing for you to do."],
    },
    reset: Letter {
        subject: "Choose a new password",
        text: &["Somebody asked for a new password for your WealthWise account. If it was you, choose one here:"],
        link: Some("Choose a new password"),
        after: &[
            "The link works once, within one hour.",
            "It wasn't you? Then ignore this mail, and your password stays as it is.",
        ],
    },
    password_changed: Letter {
        subject: "Your password was changed",
        text: &[
            "The password of your WealthWise account was just changed. Devices that were signed in before have been signed out, and keys for programs no longer work.",
            "If it was you, all is well. If it wasn't, choose a new password at once, and check whether somebody else can read your mail.",
        ],
        link: Some("Choose a new password"),
        after: &[],
    },
    change_email: Letter {
        subject: "Confirm your new address",
        text: &[
            "You want to use this address for your WealthWise account from now on. Please confirm that it is yours:",
        ],
        link: Some("Confirm my new address"),
        after: &[
            "The link works once, within 24 hours. Until then you sign in with your old address.",
            "You didn't ask for this? Then ignore this mail, and nothing will change.",
        ],
    },
    email_changed: Letter {
        subject: "Your address was changed",
        text: &[
            "Your WealthWise account now has another e-mail address. You can no longer sign in with this one.",
            "If it was you, all is well. If it wasn't, tell whoever runs the server that is named below at once.",
        ],
        link: None,
        after: &[],
    },
    identity_linked: Letter {
        subject: "A sign-in was linked with your account",
        text: &[
            "You can now get into your WealthWise account by signing in at another place. Your settings say which, under Security.",
            "If it was you, all is well. If it wasn't, unlink it there, and change your password.",
        ],
        link: Some("Look at it"),
        after: &[],
    },
    account_ending: Letter {
        subject: "Your account will be deleted",
        text: &[
            "you asked us to delete your account at WealthWise. All devices were signed out, and all keys for programs ended.",
            "On {date} all of it goes for good: budgets, expenses, accounts, files. If you change your mind until then, sign in and choose \"Keep my account\". Nothing is lost before that.",
        ],
        link: Some("Sign in to keep it"),
        after: &["If it wasn't you, sign in now, keep the account and change your password."],
    },
    account_gone: Letter {
        subject: "Your account was deleted",
        text: &[
            "your account at WealthWise and everything in it were deleted, as you asked. This is the last mail from us.",
            "Backups that whoever runs the server has made before may still hold it until they are replaced.",
        ],
        link: None,
        after: &[],
    },
    invited: Letter {
        subject: "You are invited to a shared budget",
        text: &[
            "{by} would like to share a budget with you at WealthWise. You see which one, and what you may do with it, before you decide.",
        ],
        link: Some("Look at the invitation"),
        after: &[
            "The invitation counts for 14 days. You need an account, which you can make on the way.",
            "You don't know who this is? Then ignore this mail, and nothing happens.",
        ],
    },
    somebody: "Somebody",
    from: "Sent by WealthWise at {site}",
};

/// German.
pub const DE: Letters = Letters {
    greeting: "Hallo {name},",
    greeting_nobody: "Hallo,",
    verify: Letter {
        subject: "Bestätige deine Adresse",
        text: &[
            "willkommen bei WealthWise. Bestätige bitte, dass diese Adresse dir gehört, und melde dich dann mit dem Passwort an, das du gewählt hast.",
        ],
        link: Some("Meine Adresse bestätigen"),
        after: &[
            "Der Link gilt einmal, innerhalb von 24 Stunden.",
            "Du hast kein Konto angelegt? Dann lass diese Mail liegen, und die Adresse bleibt unbestätigt.",
        ],
    },
    address_taken: Letter {
        subject: "Du hast schon ein Konto",
        text: &[
            "jemand, vielleicht du, wollte mit dieser Adresse ein Konto bei WealthWise anlegen. Zu ihr gibt es schon eines, und es wurde nichts geändert.",
            "Wenn du das warst, melde dich mit deinem Passwort an. Hast du es vergessen, hilft dir die Anmeldeseite zu einem neuen.",
        ],
        link: Some("Anmelden"),
        after: &["Du warst das nicht? Dann musst du nichts tun."],
    },
    reset: Letter {
        subject: "Wähle ein neues Passwort",
        text: &[
            "jemand hat ein neues Passwort für dein Konto bei WealthWise angefordert. Wenn du das warst, wähle es hier:",
        ],
        link: Some("Neues Passwort wählen"),
        after: &[
            "Der Link gilt einmal, innerhalb einer Stunde.",
            "Du warst das nicht? Dann lass diese Mail liegen, und dein Passwort bleibt, wie es ist.",
        ],
    },
    password_changed: Letter {
        subject: "Dein Passwort wurde geändert",
        text: &[
            "das Passwort deines Kontos bei WealthWise wurde gerade geändert. Geräte, die vorher angemeldet waren, sind jetzt abgemeldet, und Schlüssel für Programme gelten nicht mehr.",
            "Wenn du das warst, ist alles in Ordnung. Wenn nicht, wähle sofort ein neues Passwort und prüfe, ob noch jemand deine Mails lesen kann.",
        ],
        link: Some("Neues Passwort wählen"),
        after: &[],
    },
    change_email: Letter {
        subject: "Bestätige deine neue Adresse",
        text: &[
            "du möchtest für dein Konto bei WealthWise künftig diese Adresse benutzen. Bestätige bitte, dass sie dir gehört:",
        ],
        link: Some("Meine neue Adresse bestätigen"),
        after: &[
            "Der Link gilt einmal, innerhalb von 24 Stunden. Bis dahin meldest du dich mit deiner alten Adresse an.",
            "Du hast das nicht gewollt? Dann lass diese Mail liegen, und nichts ändert sich.",
        ],
    },
    email_changed: Letter {
        subject: "Deine Adresse wurde geändert",
        text: &[
            "dein Konto bei WealthWise hat jetzt eine andere E-Mail-Adresse. Mit dieser hier kannst du dich nicht mehr anmelden.",
            "Wenn du das warst, ist alles in Ordnung. Wenn nicht, sag sofort denen Bescheid, die den unten genannten Server betreiben.",
        ],
        link: None,
        after: &[],
    },
    identity_linked: Letter {
        subject: "Eine Anmeldung wurde mit deinem Konto verknüpft",
        text: &[
            "in dein Konto bei WealthWise kommst du jetzt auch, indem du dich an einem anderen Ort anmeldest. An welchem, steht in deinen Einstellungen unter Sicherheit.",
            "Wenn du das warst, ist alles in Ordnung. Wenn nicht, trenn die Anmeldung dort und ändere dein Passwort.",
        ],
        link: Some("Ansehen"),
        after: &[],
    },
    account_ending: Letter {
        subject: "Dein Konto wird gelöscht",
        text: &[
            "du hast uns gebeten, dein Konto bei WealthWise zu löschen. Alle Geräte wurden abgemeldet, und alle Schlüssel für Programme sind beendet.",
            "Am {date} geht alles endgültig: Budgets, Ausgaben, Konten, Dateien. Wenn du es dir bis dahin anders überlegst, melde dich an und wähl „Mein Konto behalten“. Vorher geht nichts verloren.",
        ],
        link: Some("Anmelden und behalten"),
        after: &["Wenn du das nicht warst, melde dich jetzt an, behalte das Konto und ändere dein Passwort."],
    },
    account_gone: Letter {
        subject: "Dein Konto wurde gelöscht",
        text: &[
            "dein Konto bei WealthWise und alles darin wurden gelöscht, wie du es wolltest. Das ist die letzte Mail von uns.",
            "In Sicherungen, die vorher vom Server gemacht wurden, kann es noch stehen, bis sie ersetzt sind.",
        ],
        link: None,
        after: &[],
    },
    invited: Letter {
        subject: "Du bist zu einem gemeinsamen Budget eingeladen",
        text: &[
            "{by} möchte bei WealthWise ein Budget mit dir teilen. Du siehst erst, welches es ist und was du damit tun darfst, und entscheidest dann.",
        ],
        link: Some("Einladung ansehen"),
        after: &[
            "Die Einladung gilt 14 Tage. Du brauchst ein Konto, das du unterwegs anlegen kannst.",
            "Du weißt nicht, von wem das ist? Dann lass diese Mail liegen, und nichts geschieht.",
        ],
    },
    somebody: "Jemand",
    from: "Gesendet von WealthWise auf {site}",
};
