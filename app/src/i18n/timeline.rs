//! What was done, and the way back from it: the page, and the sentences that the server makes for it.
#[cfg(feature = "ssr")]
use super::Plural;
#[cfg(feature = "ssr")]
use domain::locale::Language;

/// The page of what was done in a budget.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Timeline {
    pub title: &'static str,
    pub lead: &'static str,
    pub kinds: &'static str,
    pub all_kinds: &'static str,
    /// Those of the kinds in their order.
    pub kind_names: [&'static str; 8],
    pub people: &'static str,
    pub everybody: &'static str,
    pub list: &'static str,
    pub what_changed: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub undo_untouched: &'static str,
    pub older: &'static str,
    pub newest: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub empty_do: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
    pub show_all: &'static str,
    // fields that have no name elsewhere
    pub subcategory: &'static str,
    pub splits: &'static str,
    pub details: &'static str,
    pub other_details: &'static str,
    pub nothing: &'static str,
    pub another: &'static str,
}

/// English.
pub const EN: Timeline = Timeline {
    title: "Activity",
    lead: "Who did what in this budget. What was done in the last 30 days can be undone.",
    kinds: "Kind of change",
    all_kinds: "Everything",
    kind_names: ["Added", "Changed", "Deleted", "Restored", "Imported", "Imports undone", "Members", "Recurring"],
    people: "People",
    everybody: "Everybody",
    list: "What was done",
    what_changed: "What changed",
    before: "Before",
    after: "After",
    undo_untouched: "Undo what nobody changed since",
    older: "Older",
    newest: "Newest",
    empty_title: "What happens here will be told here",
    empty_text: "Each change with who made it, and the way back.",
    empty_do: "Add an expense",
    none_title: "Nothing of this kind",
    none_text: "Another kind, or another person, may have more to tell.",
    show_all: "Show everything",
    subcategory: "Subcategory",
    splits: "Parts",
    details: "Details",
    other_details: "others",
    nothing: "nothing",
    another: "another one",
};

/// German.
pub const DE: Timeline = Timeline {
    title: "Verlauf",
    lead: "Wer was in diesem Budget getan hat. Was in den letzten 30 Tagen geschah, lässt sich rückgängig machen.",
    kinds: "Art der Änderung",
    all_kinds: "Alles",
    kind_names: [
        "Hinzugefügt",
        "Geändert",
        "Gelöscht",
        "Wiederhergestellt",
        "Importiert",
        "Importe zurückgenommen",
        "Mitglieder",
        "Wiederkehrendes",
    ],
    people: "Personen",
    everybody: "Alle",
    list: "Was geschah",
    what_changed: "Was sich geändert hat",
    before: "Vorher",
    after: "Nachher",
    undo_untouched: "Zurücknehmen, was seither niemand geändert hat",
    older: "Ältere",
    newest: "Neueste",
    empty_title: "Was hier geschieht, steht hier",
    empty_text: "Jede Änderung, von wem sie kam, und der Weg zurück.",
    empty_do: "Ausgabe eintragen",
    none_title: "Nichts von dieser Art",
    none_text: "Zu einer anderen Art oder Person steht hier vielleicht mehr.",
    show_all: "Alles zeigen",
    subcategory: "Unterkategorie",
    splits: "Teile",
    details: "Einzelheiten",
    other_details: "andere",
    nothing: "nichts",
    another: "ein anderes",
};

/// Sentences that the server makes.
#[cfg(feature = "ssr")]
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Sentences {
    pub somebody: &'static str,
    pub untitled: &'static str,
    // `{who}`, `{what}`, `{amount}`, `{n}`
    pub made_budget: &'static str,
    pub added: &'static str,
    pub deleted: &'static str,
    pub restored: &'static str,
    pub imported: Plural,
    pub reverted: Plural,
    // `{who}`, `{what}`, `{field}`, `{fields}`, `{before}`, `{after}`
    pub changed: &'static str,
    pub changed_amount: &'static str,
    pub changed_one: &'static str,
    pub changed_many: &'static str,
    pub is_undo: &'static str,
    pub is_redo: &'static str,
    pub by_assistant: &'static str,
    pub by_itself: &'static str,
    /// `{who}`
    pub undone_by: &'static str,
    pub is_undone: &'static str,
    /// `{what}`: the sentence
    pub undo_of: &'static str,
    // notes: `{what}`
    pub did_create: &'static str,
    pub did_change: &'static str,
    pub did_delete: &'static str,
    pub did_restore: &'static str,
    pub did_import: &'static str,
    pub did_revert: &'static str,
    /// `{done}`
    pub undone: &'static str,
    /// `{done}`
    pub redone: &'static str,
    pub redo: &'static str,
    pub nothing_to_undo: &'static str,
    pub nothing_to_redo: &'static str,
    // why not
    already_undone: &'static str,
    too_late: &'static str,
    not_undoable: &'static str,
    newer_change: &'static str,
}

#[cfg(feature = "ssr")]
impl Sentences {
    /// Why something can't be taken back, by the name of the conflict.
    pub fn conflict(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "alreadyUndone" => self.already_undone,
            "undoTooLate" => self.too_late,
            "notUndoable" => self.not_undoable,
            "newerChange" => self.newer_change,
            _ => return None,
        })
    }
}

/// The server's sentences in a language.
#[cfg(feature = "ssr")]
pub const fn sentences(language: Language) -> &'static Sentences {
    match language {
        Language::En => &SAID_EN,
        Language::De => &SAID_DE,
    }
}

#[cfg(feature = "ssr")]
static SAID_EN: Sentences = Sentences {
    somebody: "A member",
    untitled: "an entry",
    made_budget: "{who} made the budget {what}",
    added: "{who} added {what}, {amount}",
    deleted: "{who} moved {what} to the trash",
    restored: "{who} took {what} back from the trash",
    imported: ("{who} imported 1 entry from {what}", "{who} imported {n} entries from {what}"),
    reverted: ("{who} took back 1 entry of {what}", "{who} took back {n} entries of {what}"),
    changed: "{who} changed {what}",
    changed_amount: "{who} changed {what} from {before} to {after}",
    changed_one: "{who} changed {what}: {field} from {before} to {after}",
    changed_many: "{who} changed {what}: {fields}",
    is_undo: "Undo",
    is_redo: "Redo",
    by_assistant: "By the assistant",
    by_itself: "Automatic",
    undone_by: "Undone by {who}",
    is_undone: "Undone",
    undo_of: "Undo: {what}",
    did_create: "{what} added",
    did_change: "{what} changed",
    did_delete: "{what} deleted",
    did_restore: "{what} restored",
    did_import: "{what} imported",
    did_revert: "{what} taken back",
    undone: "Undone: {done}",
    redone: "Done again: {done}",
    redo: "Redo",
    nothing_to_undo: "Nothing to undo",
    nothing_to_redo: "Nothing to redo",
    already_undone: "This has been undone already. Reload the page to see it.",
    too_late: "This was done more than 30 days ago and can no longer be undone.",
    not_undoable: "This can't be undone. A bank file can be imported again, and whoever has left can be invited again.",
    newer_change: "Undoing this would overwrite a newer change. Look at what came after it first.",
};

#[cfg(feature = "ssr")]
static SAID_DE: Sentences = Sentences {
    somebody: "Ein Mitglied",
    untitled: "einen Eintrag",
    made_budget: "{who} hat das Budget {what} angelegt",
    added: "{who} hat {what} hinzugefügt, {amount}",
    deleted: "{who} hat {what} in den Papierkorb gelegt",
    restored: "{who} hat {what} aus dem Papierkorb geholt",
    imported: ("{who} hat 1 Eintrag aus {what} importiert", "{who} hat {n} Einträge aus {what} importiert"),
    reverted: ("{who} hat 1 Eintrag aus {what} zurückgenommen", "{who} hat {n} Einträge aus {what} zurückgenommen"),
    changed: "{who} hat {what} geändert",
    changed_amount: "{who} hat {what} von {before} auf {after} geändert",
    changed_one: "{who} hat {what} geändert: {field} von {before} auf {after}",
    changed_many: "{who} hat {what} geändert: {fields}",
    is_undo: "Rückgängig",
    is_redo: "Wiederholt",
    by_assistant: "Vom Assistenten",
    by_itself: "Automatisch",
    undone_by: "Rückgängig gemacht von {who}",
    is_undone: "Rückgängig gemacht",
    undo_of: "Rückgängig machen: {what}",
    did_create: "{what} hinzugefügt",
    did_change: "{what} geändert",
    did_delete: "{what} gelöscht",
    did_restore: "{what} wiederhergestellt",
    did_import: "{what} importiert",
    did_revert: "{what} zurückgenommen",
    undone: "Rückgängig gemacht: {done}",
    redone: "Wiederholt: {done}",
    redo: "Wiederholen",
    nothing_to_undo: "Es gibt nichts rückgängig zu machen",
    nothing_to_redo: "Es gibt nichts zu wiederholen",
    already_undone: "Das ist schon rückgängig gemacht. Lade die Seite neu, um es zu sehen.",
    too_late: "Das ist mehr als 30 Tage her und lässt sich nicht mehr rückgängig machen.",
    not_undoable: "Das lässt sich nicht rückgängig machen. Eine Bankdatei kannst du noch einmal importieren, und wer gegangen ist, lässt sich wieder einladen.",
    newer_change: "Damit würde eine neuere Änderung überschrieben. Sieh dir zuerst an, was danach kam.",
};
