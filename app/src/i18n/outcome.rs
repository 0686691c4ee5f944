//! What a toast says when something was done, and why something can't be done now.
use super::Plural;

/// What a toast says when something was done.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Outcomes {
    pub budget_created: &'static str,
    pub budget_saved: &'static str,
    pub budget_deleted: &'static str,
    pub restored: &'static str,
    pub saved: &'static str,
    pub preferences_saved: &'static str,
    pub expense_added: &'static str,
    pub expense_saved: &'static str,
    pub expense_deleted: &'static str,
    pub account_added: &'static str,
    pub account_deleted: &'static str,
    pub import_committed: Plural,
    pub import_reverted: Plural,
    pub idempotency_key_reused: &'static str,
    pub import_not_open: &'static str,
    pub import_not_committed: &'static str,
    pub import_questions: &'static str,
    pub account_in_use: &'static str,
    pub second_factor_is_on: &'static str,
    pub second_factor_not_begun: &'static str,
    pub not_in_trash: &'static str,
    pub leaving: &'static str,
    pub not_leaving: &'static str,
    pub sign_in_again: &'static str,
}

impl Outcomes {
    /// Why something can't be done now, by the name of the conflict.
    pub fn conflict(&self, name: &str) -> &'static str {
        match name {
            "idempotencyKeyReused" => self.idempotency_key_reused,
            "importNotOpen" => self.import_not_open,
            "importNotCommitted" => self.import_not_committed,
            "importQuestions" => self.import_questions,
            "accountInUse" => self.account_in_use,
            "secondFactorIsOn" => self.second_factor_is_on,
            "secondFactorNotBegun" => self.second_factor_not_begun,
            "leaving" => self.leaving,
            "notLeaving" => self.not_leaving,
            "signInAgain" => self.sign_in_again,
            _ => self.not_in_trash,
        }
    }
}

/// English.
pub const EN: Outcomes = Outcomes {
    budget_created: "{name} is ready",
    budget_saved: "{name} saved",
    budget_deleted: "{name} moved to the trash",
    restored: "{name} is back",
    saved: "{name} saved",
    preferences_saved: "Preferences saved",
    expense_added: "{amount} for {name} added",
    expense_saved: "{name} saved",
    expense_deleted: "{name} moved to the trash",
    account_added: "{name} added",
    account_deleted: "Account deleted",
    import_committed: ("1 entry added", "{n} entries added"),
    import_reverted: ("1 entry taken back", "{n} entries taken back"),
    idempotency_key_reused: "This was sent once already, with other content. Reload the page and look at what is there.",
    import_not_open: "This file is no longer waiting. Choose it again to see what is new in it.",
    import_not_committed: "Nothing of this file has been added, so there is nothing to take back.",
    import_questions: "Answer the questions about this file first.",
    account_in_use: "Something is booked on this account. Close it instead, or move that first.",
    second_factor_is_on: "The second step is on already.",
    second_factor_not_begun: "This was begun anew in the meantime. Reload the page and take the new code.",
    not_in_trash: "This isn't in the trash any more.",
    leaving: "Your account is about to be deleted already.",
    not_leaving: "Your account isn't about to be deleted.",
    sign_in_again: "Sign out and in again first, so that we know it is you.",
};

/// German.
pub const DE: Outcomes = Outcomes {
    budget_created: "{name} ist fertig",
    budget_saved: "{name} gespeichert",
    budget_deleted: "{name} liegt im Papierkorb",
    restored: "{name} ist wieder da",
    saved: "{name} gespeichert",
    preferences_saved: "Voreinstellungen gespeichert",
    expense_added: "{amount} für {name} hinzugefügt",
    expense_saved: "{name} gespeichert",
    expense_deleted: "{name} liegt im Papierkorb",
    account_added: "{name} hinzugefügt",
    account_deleted: "Konto gelöscht",
    import_committed: ("1 Eintrag hinzugefügt", "{n} Einträge hinzugefügt"),
    import_reverted: ("1 Eintrag zurückgenommen", "{n} Einträge zurückgenommen"),
    idempotency_key_reused: "Das wurde schon einmal mit anderem Inhalt gesendet. Lade die Seite neu und sieh nach, was da ist.",
    import_not_open: "Diese Datei wartet nicht mehr. Wähl sie noch einmal aus, um zu sehen, was darin neu ist.",
    import_not_committed: "Von dieser Datei wurde nichts hinzugefügt, also gibt es nichts zurückzunehmen.",
    import_questions: "Beantworte zuerst die Fragen zu dieser Datei.",
    account_in_use: "Auf dieses Konto ist etwas gebucht. Schließe es stattdessen, oder verschieb das vorher.",
    second_factor_is_on: "Der zweite Schritt ist schon eingeschaltet.",
    second_factor_not_begun: "Das wurde inzwischen neu begonnen. Lade die Seite neu und nimm den neuen Code.",
    not_in_trash: "Das liegt nicht mehr im Papierkorb.",
    leaving: "Dein Konto wird schon gelöscht.",
    not_leaving: "Dein Konto wird nicht gelöscht.",
    sign_in_again: "Melde dich erst ab und wieder an, damit wir wissen, dass du es bist.",
};
