//! The expense table beyond its rows: what is selected and done to it, sums, files, and the filters that are wanted less
//! often. Only the part of the expenses reads these.
use super::Plural;
use domain::locale::Language;

/// The expense table beyond its rows.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Table {
    // the selection
    pub bar: &'static str,
    pub bar_hint: &'static str,
    /// `{name}`
    pub select_row: &'static str,
    pub clear_selection: &'static str,
    pub category: &'static str,
    pub choose_category: &'static str,
    pub set_category: &'static str,
    pub tags: &'static str,
    pub add_tags: &'static str,
    pub say_tags: &'static str,
    pub budget: &'static str,
    pub choose_budget: &'static str,
    pub move_to: &'static str,
    pub merge: &'static str,
    // cells
    pub cell_conflict: &'static str,
    // keys
    pub keys: &'static str,
    pub key_select: &'static str,
    pub key_category: &'static str,
    pub key_tag: &'static str,
    pub key_delete: &'static str,
    pub key_undo: &'static str,
    pub key_space: &'static str,
    // sums
    /// `{amount}`
    pub sum: &'static str,
    /// `{amount}`
    pub sum_in_base: &'static str,
    pub sum_waiting: Plural,
    // files
    pub export: &'static str,
    pub export_csv: &'static str,
    pub export_xlsx: &'static str,
    pub export_json: &'static str,
    // filters
    pub any_status: &'static str,
    pub any_payment: &'static str,
    pub receipt: &'static str,
    pub any_receipt: &'static str,
    pub with_receipt: &'static str,
    pub without_receipt: &'static str,
    // receipts
    pub attach: &'static str,
    pub attach_now: &'static str,
    pub attach_help: &'static str,
    pub attach_instead: &'static str,
    pub detach: &'static str,
    pub is_gone: &'static str,
    pub take_back: &'static str,
    pub download: &'static str,
    pub attached: &'static str,
    pub detached: &'static str,
    pub recurring: &'static str,
    pub any_recurring: &'static str,
    pub is_recurring: &'static str,
    pub not_recurring: &'static str,
}

/// The texts in a language.
pub const fn words(language: Language) -> &'static Table {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// English.
static EN: Table = Table {
    bar: "Selected entries",
    bar_hint: "Select entries in the list, then choose what to do with them.",
    select_row: "Select {name}",
    clear_selection: "Clear selection",
    category: "Category for the selected entries",
    choose_category: "Choose a category",
    set_category: "Set category",
    tags: "Tags for the selected entries",
    add_tags: "Add tags",
    say_tags: "Say which tags they get",
    budget: "Budget for the selected entries",
    choose_budget: "Choose a budget",
    move_to: "Move",
    merge: "Merge into one",
    cell_conflict: "Enter saves yours. Escape keeps what is there.",
    keys: "Keys",
    key_select: "Select the row, or not",
    key_category: "Choose a category",
    key_tag: "Add tags",
    key_delete: "Move to the trash",
    key_undo: "Undo",
    key_space: "Space",
    sum: "Sum: {amount}",
    sum_in_base: "together about {amount}",
    sum_waiting: ("1 entry waits for a rate", "{n} entries wait for a rate"),
    export: "Export",
    export_csv: "CSV, for spreadsheets and for importing again",
    export_xlsx: "Excel workbook",
    export_json: "JSON, with all fields",
    any_status: "Any status",
    any_payment: "Any way to pay",
    receipt: "Receipt",
    any_receipt: "With or without",
    with_receipt: "With a receipt",
    without_receipt: "Without a receipt",
    attach: "Attach a receipt",
    attach_now: "Attach",
    attach_help: "A photo (JPEG, PNG, WebP) or a PDF. Where a photo was taken, and with what, is not kept.",
    attach_instead: "Take another one",
    detach: "Remove",
    is_gone: "It is removed.",
    take_back: "Put it back",
    download: "Download",
    attached: "The receipt of {name} is attached",
    detached: "The receipt of {name} is removed",
    recurring: "Recurring",
    any_recurring: "Recurring or not",
    is_recurring: "Recurring",
    not_recurring: "Not recurring",
};

/// German.
static DE: Table = Table {
    bar: "Ausgewählte Einträge",
    bar_hint: "Wähle Einträge in der Liste aus, und dann, was mit ihnen geschehen soll.",
    select_row: "{name} auswählen",
    clear_selection: "Auswahl aufheben",
    category: "Kategorie für die ausgewählten Einträge",
    choose_category: "Kategorie wählen",
    set_category: "Kategorie setzen",
    tags: "Schlagworte für die ausgewählten Einträge",
    add_tags: "Schlagworte hinzufügen",
    say_tags: "Schlagworte angeben, die sie bekommen",
    budget: "Budget für die ausgewählten Einträge",
    choose_budget: "Budget wählen",
    move_to: "Verschieben",
    merge: "Zu einem zusammenführen",
    cell_conflict: "Enter speichert deinen Wert. Escape lässt stehen, was da ist.",
    keys: "Tasten",
    key_select: "Zeile auswählen oder nicht",
    key_category: "Kategorie wählen",
    key_tag: "Schlagworte hinzufügen",
    key_delete: "In den Papierkorb",
    key_undo: "Rückgängig",
    key_space: "Leertaste",
    sum: "Summe: {amount}",
    sum_in_base: "zusammen etwa {amount}",
    sum_waiting: ("1 Eintrag wartet auf einen Kurs", "{n} Einträge warten auf einen Kurs"),
    export: "Exportieren",
    export_csv: "CSV, für Tabellen und zum Wiedereinlesen",
    export_xlsx: "Excel-Arbeitsmappe",
    export_json: "JSON, mit allen Feldern",
    any_status: "Jeder Status",
    any_payment: "Jede Zahlungsart",
    receipt: "Beleg",
    any_receipt: "Mit oder ohne",
    with_receipt: "Mit Beleg",
    without_receipt: "Ohne Beleg",
    attach: "Beleg anhängen",
    attach_now: "Anhängen",
    attach_help: "Ein Foto (JPEG, PNG, WebP) oder ein PDF. Wo und womit ein Foto entstand, wird nicht aufgehoben.",
    attach_instead: "Einen anderen nehmen",
    detach: "Entfernen",
    is_gone: "Er ist entfernt.",
    take_back: "Zurücknehmen",
    download: "Herunterladen",
    attached: "Der Beleg von {name} ist angehängt",
    detached: "Der Beleg von {name} ist entfernt",
    recurring: "Wiederkehrend",
    any_recurring: "Wiederkehrend oder nicht",
    is_recurring: "Wiederkehrend",
    not_recurring: "Nicht wiederkehrend",
};

/// What was done to many entries, in sentences that the server makes.
#[cfg(feature = "ssr")]
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Done {
    pub categorized: Plural,
    pub tagged: Plural,
    pub deleted: Plural,
    pub restored: Plural,
    pub moved: Plural,
    pub merged: Plural,
    pub nothing: &'static str,
    pub select_first: &'static str,
    pub not_one_payment: &'static str,
    pub no_category: &'static str,
    // the timeline: `{who}`, `{n}`
    pub told_changed: Plural,
    pub told_deleted: Plural,
    pub told_restored: Plural,
    pub told_merged: Plural,
    // notes: `{n}`
    pub did_change: Plural,
    pub did_delete: Plural,
    pub did_restore: Plural,
    pub did_merge: Plural,
}

#[cfg(feature = "ssr")]
impl Done {
    /// Of the timeline: changed, deleted, restored, merged.
    pub const fn sentences(&self) -> [Plural; 4] {
        [self.told_changed, self.told_deleted, self.told_restored, self.told_merged]
    }

    /// Of notes, in the same order.
    pub const fn notes(&self) -> [Plural; 4] {
        [self.did_change, self.did_delete, self.did_restore, self.did_merge]
    }
}

/// The sentences in a language.
#[cfg(feature = "ssr")]
pub const fn done(language: Language) -> &'static Done {
    match language {
        Language::En => &DONE_EN,
        Language::De => &DONE_DE,
    }
}

#[cfg(feature = "ssr")]
static DONE_EN: Done = Done {
    categorized: ("{n} entry categorised", "{n} entries categorised"),
    tagged: ("{n} entry tagged", "{n} entries tagged"),
    deleted: ("{n} entry moved to the trash", "{n} entries moved to the trash"),
    restored: ("{n} entry restored", "{n} entries restored"),
    moved: ("{n} entry moved", "{n} entries moved"),
    merged: ("{n} entry merged", "{n} entries merged into one"),
    nothing: "That changed nothing",
    select_first: "Select at least one entry first.",
    not_one_payment: "Only entries of the same kind and amount can be merged. Select at least two of them.",
    no_category: "Income and transfers have no category. Take them out of the selection.",
    told_changed: ("{who} changed {n} entry", "{who} changed {n} entries"),
    told_deleted: ("{who} moved {n} entry to the trash", "{who} moved {n} entries to the trash"),
    told_restored: ("{who} took {n} entry back from the trash", "{who} took {n} entries back from the trash"),
    told_merged: ("{who} merged {n} entry", "{who} merged {n} entries into one, or took that back"),
    did_change: ("{n} entry changed", "{n} entries changed"),
    did_delete: ("{n} entry deleted", "{n} entries deleted"),
    did_restore: ("{n} entry restored", "{n} entries restored"),
    did_merge: ("{n} entry merged", "{n} entries merged"),
};

#[cfg(feature = "ssr")]
static DONE_DE: Done = Done {
    categorized: ("{n} Eintrag eingeordnet", "{n} Einträge eingeordnet"),
    tagged: ("{n} Eintrag hat neue Schlagworte", "{n} Einträge haben neue Schlagworte"),
    deleted: ("{n} Eintrag liegt im Papierkorb", "{n} Einträge liegen im Papierkorb"),
    restored: ("{n} Eintrag ist wieder da", "{n} Einträge sind wieder da"),
    moved: ("{n} Eintrag verschoben", "{n} Einträge verschoben"),
    merged: ("{n} Eintrag zusammengeführt", "{n} Einträge zu einem zusammengeführt"),
    nothing: "Das hat nichts geändert",
    select_first: "Wähle zuerst mindestens einen Eintrag aus.",
    not_one_payment: "Zusammenführen geht nur mit Einträgen derselben Art und desselben Betrags. Wähle mindestens zwei davon aus.",
    no_category: "Einnahmen und Umbuchungen haben keine Kategorie. Nimm sie aus der Auswahl.",
    told_changed: ("{who} hat {n} Eintrag geändert", "{who} hat {n} Einträge geändert"),
    told_deleted: ("{who} hat {n} Eintrag in den Papierkorb gelegt", "{who} hat {n} Einträge in den Papierkorb gelegt"),
    told_restored: (
        "{who} hat {n} Eintrag aus dem Papierkorb geholt",
        "{who} hat {n} Einträge aus dem Papierkorb geholt",
    ),
    told_merged: (
        "{who} hat {n} Eintrag zusammengeführt",
        "{who} hat {n} Einträge zu einem zusammengeführt oder das zurückgenommen",
    ),
    did_change: ("{n} Eintrag geändert", "{n} Einträge geändert"),
    did_delete: ("{n} Eintrag gelöscht", "{n} Einträge gelöscht"),
    did_restore: ("{n} Eintrag wiederhergestellt", "{n} Einträge wiederhergestellt"),
    did_merge: ("{n} Eintrag zusammengeführt", "{n} Einträge zusammengeführt"),
};
