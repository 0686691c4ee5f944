//! What stands in the archive of all of somebody's data: `{name}` and `{date}`.
use domain::locale::Language;

/// README.txt.
pub fn readme(language: Language) -> &'static str {
    match language {
        Language::En => EN,
        Language::De => DE,
    }
}

const EN: &str = "\
All data of {name} in WealthWise, as of {date}
==============================================

expenses.csv          Your expenses as a table. Opens in Excel, LibreOffice or Numbers.
                      Money that went out has a minus.
expenses.json         All expenses with everything that is known of them, those in the trash, too.
budgets.json          Your budgets as they are now.
budget-versions.json  What your budgets were before.
budget-months.json    What was moved in their months, and what came in.
accounts.json         Where your money is.
rules.json            Your rules: what files expenses, and where.
categories.json       The categories that the others name.
recurring.json        What repeats, and by which rule.
imports.json          The bank files that you have imported.
imports/              Rows of bank files that you have looked at and not added yet.
activity.json         What you have done in the last two years, and what was taken back.
profile.json          What you have said of yourself, and your preferences.
security.json         Where you are signed in, and the names of your keys and other sign-ins.
                      Passwords and keys themselves are not in here.
files/                Your picture, your receipts, and bank files that you have not added yet.

The files that end in .json are for programs: they look like the answers of the REST API, which /api/openapi.json
describes. Text that a spreadsheet would take for a formula has an apostrophe before it in expenses.csv.

Keep this archive like your bank statements: whoever has it can read all of it.
";

const DE: &str = "\
Alle Daten von {name} in WealthWise, Stand {date}
=================================================

expenses.csv          Deine Ausgaben als Tabelle. Öffnet sich in Excel, LibreOffice oder Numbers.
                      Geld, das hinausging, hat ein Minus.
expenses.json         Alle Ausgaben mit allem, was über sie bekannt ist, auch die im Papierkorb.
budgets.json          Deine Budgets, wie sie jetzt sind.
budget-versions.json  Was deine Budgets früher waren.
budget-months.json    Was in ihren Monaten verschoben wurde und hereinkam.
accounts.json         Wo dein Geld ist.
rules.json            Deine Regeln: was Ausgaben einordnet, und wo.
categories.json       Die Kategorien, die die anderen nennen.
recurring.json        Was sich wiederholt, und nach welcher Regel.
imports.json          Die Bankdateien, die du importiert hast.
imports/              Zeilen von Bankdateien, die du angesehen und noch nicht hinzugefügt hast.
activity.json         Was du in den letzten zwei Jahren getan hast, und was zurückgenommen wurde.
profile.json          Was du über dich gesagt hast, und deine Voreinstellungen.
security.json         Wo du angemeldet bist, und die Namen deiner Schlüssel und anderen Anmeldungen.
                      Passwörter und Schlüssel selbst sind nicht dabei.
files/                Dein Bild, deine Belege, und Bankdateien, die du noch nicht hinzugefügt hast.

Die Dateien auf .json sind für Programme: Sie sehen aus wie die Antworten der REST-Schnittstelle, die
/api/openapi.json beschreibt. Text, den eine Tabelle für eine Formel hielte, hat in expenses.csv ein Hochkomma davor.

Verwahre dieses Archiv wie deine Kontoauszüge: Wer es hat, kann alles darin lesen.
";
