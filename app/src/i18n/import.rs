//! Bank files: the page where they are dropped, the preview, and the words for what can't be read in them.
//!
//! The codes are those of `domain::import::RejectReason` and `FileError`; they are texts here, since the browser's half
//! carries no parsers.
use super::{Plural, fill};
use domain::locale::Language;

/// Bank files: the page where they are dropped, and the preview.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Import {
    pub title: &'static str,
    pub lead: &'static str,
    pub file: &'static str,
    pub file_help: &'static str,
    pub budget: &'static str,
    pub budget_help: &'static str,
    pub no_budget: &'static str,
    pub read_file: &'static str,
    pub earlier: &'static str,
    pub earlier_caption: &'static str,
    pub no_earlier: &'static str,
    pub steps: [&'static str; 3],
    pub state: &'static str,
    pub state_draft: &'static str,
    pub state_committed: &'static str,
    pub state_reverted: &'static str,
    pub state_expired: &'static str,
    pub read_at: &'static str,
    pub continue_draft: &'static str,
    pub look: &'static str,
    pub preview_title: &'static str,
    pub nothing_saved: &'static str,
    pub draft_expires: &'static str,
    pub rows: &'static str,
    pub new: &'static str,
    pub duplicates: &'static str,
    pub duplicates_help: &'static str,
    pub ignored: &'static str,
    pub ignored_help: &'static str,
    pub rejected: &'static str,
    pub sum: &'static str,
    pub sum_help: &'static str,
    pub dates: &'static str,
    /// `{from}` to `{to}`
    pub date_range: &'static str,
    pub accounts: &'static str,
    pub account_known: &'static str,
    pub account_new: &'static str,
    pub format: &'static str,
    pub rows_title: &'static str,
    pub rows_caption: &'static str,
    pub rows_pages: &'static str,
    pub line: &'static str,
    pub payee: &'static str,
    pub change_category: &'static str,
    /// `{category}`
    pub maybe: &'static str,
    pub no_payee: &'static str,
    pub verdict: &'static str,
    pub verdict_new: &'static str,
    pub verdict_duplicate: &'static str,
    pub verdict_absorbed: &'static str,
    pub verdict_zero: &'static str,
    pub rejected_title: Plural,
    pub rejected_help: &'static str,
    pub rejected_caption: &'static str,
    /// `{shown}` of `{total}`
    pub rejected_more: &'static str,
    pub reason: &'static str,
    pub raw: &'static str,
    pub questions_title: Plural,
    pub questions_help: &'static str,
    pub answer: &'static str,
    pub samples: &'static str,
    pub ask_date_order: &'static str,
    pub ask_decimal_mark: &'static str,
    pub ask_currency: &'static str,
    pub ask_flip_sign: &'static str,
    pub ask_date_column: &'static str,
    pub ask_amount_column: &'static str,
    pub ask_debit_column: &'static str,
    pub ask_credit_column: &'static str,
    pub ask_payee_column: &'static str,
    pub order_dmy: &'static str,
    pub order_mdy: &'static str,
    pub order_ymd: &'static str,
    pub mark_point: &'static str,
    pub mark_comma: &'static str,
    pub sign_as_written: &'static str,
    pub sign_flipped: &'static str,
    pub no_column: &'static str,
    pub commit: Plural,
    pub answer_first: &'static str,
    pub nothing_new_title: &'static str,
    pub nothing_new: &'static str,
    pub nothing_readable: &'static str,
    pub another: &'static str,
    pub later: &'static str,
    pub committed: Plural,
    pub see_rows: &'static str,
    pub revert: &'static str,
    pub revert_text: Plural,
    pub revert_yes: Plural,
    pub reverted: &'static str,
    pub expired: &'static str,
}

/// English.
pub const EN: Import = Import {
    title: "Import a bank file",
    lead: "CSV, Excel, OFX, QFX, QIF, CAMT or MT940, as your bank lets you download it. You see every row before anything is saved.",
    file: "Bank file",
    file_help: "Most banks offer it beside the list of transactions, as “Export” or “Download”.",
    budget: "Budget",
    budget_help: "The rows of the file count in this budget.",
    no_budget: "No budget (only for me)",
    read_file: "Show the preview",
    earlier: "Earlier files",
    earlier_caption: "Bank files that were read before, the newest first",
    no_earlier: "Files that you read here are listed from now on, and can be taken back.",
    steps: ["Choose a file", "Look it over", "Added"],
    state: "State",
    state_draft: "Preview",
    state_committed: "Added",
    state_reverted: "Taken back",
    state_expired: "Expired",
    read_at: "Read on",
    continue_draft: "Continue",
    look: "Look",
    preview_title: "Preview",
    nothing_saved: "Nothing is saved yet.",
    draft_expires: "The preview is kept for 24 hours.",
    rows: "Rows",
    new: "New",
    duplicates: "Known already",
    duplicates_help: "by the bank's number, or by date, amount and merchant",
    ignored: "Zero amount",
    ignored_help: "left out",
    rejected: "Unreadable",
    sum: "Sum",
    sum_help: "money in less money out",
    dates: "Dates",
    date_range: "{from} – {to}",
    accounts: "Accounts",
    account_known: "known",
    account_new: "will be added",
    format: "Format",
    rows_title: "Rows of the file",
    rows_caption: "Rows of the file, and what becomes of each",
    rows_pages: "Pages of rows",
    line: "Row",
    payee: "Merchant",
    change_category: "Change",
    maybe: "Maybe {category}",
    no_payee: "No name in the file",
    verdict: "What becomes of it",
    verdict_new: "New",
    verdict_duplicate: "Known already",
    verdict_absorbed: "Joins your own entry",
    verdict_zero: "Zero, left out",
    rejected_title: ("{n} row can't be read", "{n} rows can't be read"),
    rejected_help: "Left out. What stands in the file is shown here, so that you can enter it by hand.",
    rejected_caption: "Rows that can't be read, and why",
    rejected_more: "The first {shown} of {total} are shown.",
    reason: "Why",
    raw: "As it stands in the file",
    questions_title: ("One question first", "{n} questions first"),
    questions_help: "The file itself doesn't tell. The preview below is read by the answer that is chosen now.",
    answer: "Read the file this way",
    samples: "In the file:",
    ask_date_order: "In which order are the dates written?",
    ask_decimal_mark: "What stands before the cents?",
    ask_currency: "Which currency are the amounts in?",
    ask_flip_sign: "How does the file write money that you spent?",
    ask_date_column: "Which column is the date?",
    ask_amount_column: "Which column is the amount?",
    ask_debit_column: "Which column is money out?",
    ask_credit_column: "Which column is money in?",
    ask_payee_column: "Which column is the merchant?",
    order_dmy: "Day, month, year (31/12/2026)",
    order_mdy: "Month, day, year (12/31/2026)",
    order_ymd: "Year, month, day (2026-12-31)",
    mark_point: "A point (1,234.56)",
    mark_comma: "A comma (1.234,56)",
    sign_as_written: "With a minus (−12.50 was spent)",
    sign_flipped: "Without a minus (12.50 was spent)",
    no_column: "None of them",
    commit: ("Add {n} expense", "Add {n} expenses"),
    answer_first: "Answer the question above first.",
    nothing_new_title: "All of it is here already",
    nothing_new: "Every row of this file was added before. There is nothing to do.",
    nothing_readable: "No row of this file can be added. Below is why.",
    another: "Choose another file",
    later: "Later",
    committed: ("{n} row of this file was added.", "{n} rows of this file were added."),
    see_rows: "Show its rows",
    revert: "Take back",
    revert_text: (
        "This removes exactly the row that this file added. Rows that you entered yourself stay.",
        "This removes exactly the {n} rows that this file added. Rows that you entered yourself stay.",
    ),
    revert_yes: ("Remove {n} row", "Remove {n} rows"),
    reverted: "What this file added was taken back. Choose the file again to add it anew.",
    expired: "This preview was kept for 24 hours and has gone. Choose the file again.",
};

/// German.
pub const DE: Import = Import {
    title: "Bankdatei importieren",
    lead: "CSV, Excel, OFX, QFX, QIF, CAMT oder MT940, so wie deine Bank es zum Herunterladen anbietet. Du siehst jede Zeile, bevor etwas gespeichert wird.",
    file: "Bankdatei",
    file_help: "Die meisten Banken bieten sie neben der Umsatzliste an, als „Export“ oder „Download“.",
    budget: "Budget",
    budget_help: "Die Zeilen der Datei zählen in diesem Budget.",
    no_budget: "Kein Budget (nur für mich)",
    read_file: "Vorschau zeigen",
    earlier: "Frühere Dateien",
    earlier_caption: "Bankdateien, die schon gelesen wurden, die neueste zuerst",
    no_earlier: "Dateien, die du hier einliest, stehen künftig in einer Liste und lassen sich zurücknehmen.",
    steps: ["Datei wählen", "Durchsehen", "Eingetragen"],
    state: "Stand",
    state_draft: "Vorschau",
    state_committed: "Übernommen",
    state_reverted: "Zurückgenommen",
    state_expired: "Abgelaufen",
    read_at: "Gelesen am",
    continue_draft: "Weitermachen",
    look: "Ansehen",
    preview_title: "Vorschau",
    nothing_saved: "Noch ist nichts gespeichert.",
    draft_expires: "Die Vorschau bleibt 24 Stunden erhalten.",
    rows: "Zeilen",
    new: "Neu",
    duplicates: "Schon bekannt",
    duplicates_help: "nach der Nummer der Bank oder nach Datum, Betrag und Händler",
    ignored: "Betrag null",
    ignored_help: "bleiben weg",
    rejected: "Nicht lesbar",
    sum: "Summe",
    sum_help: "Eingänge abzüglich Ausgänge",
    dates: "Zeitraum",
    date_range: "{from} – {to}",
    accounts: "Konten",
    account_known: "bekannt",
    account_new: "wird angelegt",
    format: "Format",
    rows_title: "Zeilen der Datei",
    rows_caption: "Zeilen der Datei und was aus ihnen wird",
    rows_pages: "Seiten der Zeilen",
    line: "Zeile",
    payee: "Händler",
    change_category: "Ändern",
    maybe: "Vielleicht {category}",
    no_payee: "Kein Name in der Datei",
    verdict: "Was daraus wird",
    verdict_new: "Neu",
    verdict_duplicate: "Schon bekannt",
    verdict_absorbed: "Gehört zu deinem Eintrag",
    verdict_zero: "Null, bleibt weg",
    rejected_title: ("{n} Zeile ist nicht lesbar", "{n} Zeilen sind nicht lesbar"),
    rejected_help: "Bleibt weg. Hier steht, was in der Datei ist, damit du es von Hand eintragen kannst.",
    rejected_caption: "Zeilen, die nicht lesbar sind, und warum",
    rejected_more: "Die ersten {shown} von {total} werden gezeigt.",
    reason: "Warum",
    raw: "So steht es in der Datei",
    questions_title: ("Zuerst eine Frage", "Zuerst {n} Fragen"),
    questions_help: "Die Datei selbst verrät es nicht. Die Vorschau darunter ist so gelesen, wie es jetzt ausgewählt ist.",
    answer: "So lesen",
    samples: "In der Datei:",
    ask_date_order: "In welcher Reihenfolge stehen die Datumsangaben?",
    ask_decimal_mark: "Was steht vor den Cents?",
    ask_currency: "In welcher Währung sind die Beträge?",
    ask_flip_sign: "Wie schreibt die Datei Geld, das du ausgegeben hast?",
    ask_date_column: "Welche Spalte ist das Datum?",
    ask_amount_column: "Welche Spalte ist der Betrag?",
    ask_debit_column: "Welche Spalte sind Ausgänge?",
    ask_credit_column: "Welche Spalte sind Eingänge?",
    ask_payee_column: "Welche Spalte ist der Händler?",
    order_dmy: "Tag, Monat, Jahr (31.12.2026)",
    order_mdy: "Monat, Tag, Jahr (12/31/2026)",
    order_ymd: "Jahr, Monat, Tag (2026-12-31)",
    mark_point: "Ein Punkt (1,234.56)",
    mark_comma: "Ein Komma (1.234,56)",
    sign_as_written: "Mit Minus (−12,50 wurde ausgegeben)",
    sign_flipped: "Ohne Minus (12,50 wurde ausgegeben)",
    no_column: "Keine davon",
    commit: ("{n} Ausgabe übernehmen", "{n} Ausgaben übernehmen"),
    answer_first: "Beantworte zuerst die Frage weiter oben.",
    nothing_new_title: "Alles ist schon da",
    nothing_new: "Jede Zeile dieser Datei wurde schon übernommen. Es gibt nichts zu tun.",
    nothing_readable: "Keine Zeile dieser Datei lässt sich übernehmen. Darunter steht, warum.",
    another: "Andere Datei wählen",
    later: "Später",
    committed: ("{n} Zeile dieser Datei wurde übernommen.", "{n} Zeilen dieser Datei wurden übernommen."),
    see_rows: "Ihre Zeilen zeigen",
    revert: "Zurücknehmen",
    revert_text: (
        "Das entfernt genau die Zeile, die diese Datei gebracht hat. Was du selbst eingetragen hast, bleibt.",
        "Das entfernt genau die {n} Zeilen, die diese Datei gebracht hat. Was du selbst eingetragen hast, bleibt.",
    ),
    revert_yes: ("{n} Zeile entfernen", "{n} Zeilen entfernen"),
    reverted: "Was diese Datei gebracht hat, wurde zurückgenommen. Wähl die Datei noch einmal, um es neu zu übernehmen.",
    expired: "Diese Vorschau wurde 24 Stunden aufgehoben und ist nicht mehr da. Wähl die Datei noch einmal.",
};

/// Why a row of a file is left out. `code` is a reject reason's, `text` what stands in the file at that place.
pub fn reject_reason(language: Language, code: &str, text: &str) -> String {
    let pattern = match language {
        Language::En => match code {
            "badDate" => "“{text}” isn't a date.",
            "missingDate" => "There is no date.",
            "badAmount" => "“{text}” isn't an amount.",
            "missingAmount" => "There is no amount.",
            "ambiguousAmount" => "“{text}” can be read in two ways.",
            "tooManyDecimals" => "“{text}” has more decimals than its currency.",
            "amountOutOfRange" => "“{text}” is larger than can be kept.",
            "unknownCurrency" => "“{text}” isn't a currency that is known here.",
            "unknownDirection" => "“{text}” says neither in nor out.",
            "wrongColumnCount" => "The row has more or fewer columns than the others.",
            _ => "The row can't be read.",
        },
        Language::De => match code {
            "badDate" => "„{text}“ ist kein Datum.",
            "missingDate" => "Das Datum fehlt.",
            "badAmount" => "„{text}“ ist kein Betrag.",
            "missingAmount" => "Der Betrag fehlt.",
            "ambiguousAmount" => "„{text}“ lässt sich auf zwei Arten lesen.",
            "tooManyDecimals" => "„{text}“ hat mehr Nachkommastellen als die Währung.",
            "amountOutOfRange" => "„{text}“ ist größer, als gespeichert werden kann.",
            "unknownCurrency" => "„{text}“ ist keine Währung, die hier bekannt ist.",
            "unknownDirection" => "„{text}“ sagt weder Eingang noch Ausgang.",
            "wrongColumnCount" => "Die Zeile hat mehr oder weniger Spalten als die anderen.",
            _ => "Die Zeile ist nicht lesbar.",
        },
    };
    fill(pattern, &[("text", text)])
}

/// Why nothing of a file can be read, and what to do. `code` is a file error's; `detail` what is missing, what
/// the bank said, or the most rows.
pub fn file_error(language: Language, code: &str, detail: &str) -> String {
    let pattern = match language {
        Language::En => match code {
            "empty" => "The file is empty. Download it from your bank again.",
            "notABankFile" => {
                "This isn't a bank file that is known here. Choose a CSV, OFX, QFX, QIF, CAMT, MT940 or Excel file."
            }
            "truncated" if detail.is_empty() => "The file is cut short. Download it from your bank again.",
            "truncated" => "The file is cut short: {detail} is missing. Download it from your bank again.",
            "undecodable" => {
                "The text of the file can't be read. Download it again, as UTF-8 if your bank offers a choice."
            }
            "bankSaid" => {
                "The bank put a message into the file instead of transactions: {detail}. Try the download again later."
            }
            "tooManyRows" => "The file has more than {detail} rows. Download a shorter time span, one after the other.",
            _ => "The file can't be read. Choose a CSV, OFX, QFX, QIF, CAMT, MT940 or Excel file.",
        },
        Language::De => match code {
            "empty" => "Die Datei ist leer. Lade sie noch einmal von deiner Bank herunter.",
            "notABankFile" => {
                "Das ist keine Bankdatei, die hier bekannt ist. Wähl eine CSV-, OFX-, QFX-, QIF-, CAMT-, MT940- oder Excel-Datei."
            }
            "truncated" if detail.is_empty() => {
                "Die Datei ist abgeschnitten. Lade sie noch einmal von deiner Bank herunter."
            }
            "truncated" => {
                "Die Datei ist abgeschnitten: {detail} fehlt. Lade sie noch einmal von deiner Bank herunter."
            }
            "undecodable" => {
                "Der Text der Datei ist nicht lesbar. Lade sie noch einmal herunter, als UTF-8, wenn deine Bank die Wahl lässt."
            }
            "bankSaid" => {
                "Die Bank hat statt der Umsätze eine Meldung in die Datei geschrieben: {detail}. Versuch den Download später noch einmal."
            }
            "tooManyRows" => {
                "Die Datei hat mehr als {detail} Zeilen. Lade kürzere Zeiträume herunter, einen nach dem anderen."
            }
            _ => "Die Datei ist nicht lesbar. Wähl eine CSV-, OFX-, QFX-, QIF-, CAMT-, MT940- oder Excel-Datei.",
        },
    };
    fill(pattern, &[("detail", detail)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const REASONS: [&str; 10] = [
        "badDate",
        "missingDate",
        "badAmount",
        "missingAmount",
        "ambiguousAmount",
        "tooManyDecimals",
        "amountOutOfRange",
        "unknownCurrency",
        "unknownDirection",
        "wrongColumnCount",
    ];
    const FAULTS: [&str; 6] = ["empty", "notABankFile", "truncated", "undecodable", "bankSaid", "tooManyRows"];

    #[test]
    fn every_code_has_words_of_its_own() {
        for &language in Language::ALL {
            for code in REASONS {
                let words = reject_reason(language, code, "12..34");
                assert_ne!(words, reject_reason(language, "?", ""), "{code}");
                assert!(!words.contains('{'), "{words}");
            }
            for code in FAULTS {
                let words = file_error(language, code, "MT940");
                assert_ne!(words, file_error(language, "?", ""), "{code}");
                assert!(!words.contains('{'), "{words}");
            }
        }
        assert_eq!(reject_reason(Language::En, "badAmount", "12..34"), "“12..34” isn't an amount.");
    }
}
