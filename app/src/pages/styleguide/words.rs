//! What the style guide says.

pub(super) const PATH: &str = "/styleguide";
pub(super) const TITLE: &str = "Style guide";
pub(super) const LEAD: &str = "Every part in every state. The switch in the account menu shows it in light and dark.";
pub(super) const HOME: &str = "Dashboard";

/// In the address, and on the tab.
pub(super) const PARTS: [(&str, &str); 5] = [
    ("basics", "Colour, type, buttons"),
    ("fields", "Fields"),
    ("surfaces", "Surfaces"),
    ("overlays", "Overlays"),
    ("data", "Bars and tables"),
];

pub(super) const COLOURS: [&str; 15] = [
    "paper",
    "surface",
    "raised",
    "sunken",
    "line",
    "line-strong",
    "ink",
    "ink-soft",
    "accent",
    "accent-strong",
    "accent-soft",
    "good",
    "caution",
    "over",
    "over-soft",
];
/// Class of the text, and a sample of it.
pub(super) const TYPE: [(&str, &str); 5] = [
    ("t5", "1,204.50"),
    ("t4", "A page’s heading"),
    ("t3", "A card’s heading"),
    ("t2", "Text, fields and rows of tables. Figures stand in columns: 1,111.11 and 8,888.88."),
    ("t1", "Help, heads of columns, what stands beside."),
];

pub(super) const SAVE: &str = "Save";
pub(super) const CANCEL: &str = "Cancel";
pub(super) const ADD: &str = "Add expense";
pub(super) const DELETE: &str = "Delete";
pub(super) const RESTS: &str = "Rests";
pub(super) const BUSY: &str = "On its way";
pub(super) const LEADS: &str = "Leads somewhere";

pub(super) const AS_IT_IS: &str = "As it is";
pub(super) const WRONG: &str = "With something wrong";
pub(super) const NAME: &str = "Name";
pub(super) const HELP: &str = "A word of help.";
pub(super) const EMAIL: &str = "E-mail";
pub(super) const PASSWORD: &str = "Password";
pub(super) const AMOUNT: &str = "Amount";
pub(super) const DATE: &str = "Date";
pub(super) const KIND: &str = "Kind";
pub(super) const MERCHANT: &str = "Merchant";
pub(super) const NOTES: &str = "Notes";
pub(super) const TERMS: &str = "I accept the terms";
pub(super) const DIGEST: &str = "Weekly digest";
pub(super) const SHARES: &str = "Shares of a budget";
pub(super) const PERIOD: &str = "How often";
pub(super) const FILE: &str = "Bank file";
pub(super) const MERCHANTS: [&str; 4] = ["Bakery Huber", "Corner shop", "City transport", "Pharmacy"];
pub(super) const CHOICES: [(&str, &str); 3] =
    [("week", "Every week"), ("month", "Every month"), ("year", "Every year")];

pub(super) const TONES: [&str; 4] = ["Just so", "In order", "Worth a look", "Over"];
pub(super) const SENTENCE: &str = "A sentence that matters on this page.";
pub(super) const CARD: &str = "A card";
pub(super) const LINK: &str = "A link";
pub(super) const EMPTY: &str = "Your expenses will appear here";
pub(super) const STEPS: [&str; 3] = ["Choose a file", "Look it over", "Added"];
pub(super) const PEOPLE: [&str; 4] = ["Mara", "Jonas", "Ida", "Ole"];
pub(super) const TABS: [&str; 3] = ["Profile", "Preferences", "Accounts"];
pub(super) const UPLOAD: &str = "Reading the file";

pub(super) const MENU: &str = "A menu";
pub(super) const ITEMS: [&str; 3] = ["Rename", "Move", "Share"];
pub(super) const ABOUT: &str = "What is this?";
pub(super) const DIALOG: &str = "Open a dialog";
pub(super) const TOAST: &str = "Show a toast";
pub(super) const DONE: &str = "Expense added.";

pub(super) const TABLE: &str = "Rows that can be picked, sorted and changed";
pub(super) const ROWS: [(&str, &str, &str); 5] = [
    ("1", "Bakery Huber", "−4.20"),
    ("2", "City transport", "−49.00"),
    ("3", "Corner shop", "−31.75"),
    ("4", "Pharmacy", "−12.90"),
    ("5", "Salary", "+2,640.00"),
];
pub(super) const SORT: &str = "Order by it";

pub(super) const KEYS_BUTTON: &str = "Enter or Space presses it.";
pub(super) const KEYS_SEGMENTS: &str = "Tab moves between the choices, Space takes one.";
pub(super) const KEYS_FIELDS: &str =
    "Tab moves on; what is wrong is read with the field, and forgotten once it is changed.";
pub(super) const KEYS_SHARES: &str =
    "Arrows move a share by one percent, Home and End to its ends; Space on the lock keeps it.";
pub(super) const KEYS_MENU: &str = "Enter opens it, Tab moves through it, Escape closes it and gives the focus back.";
pub(super) const KEYS_POPOVER: &str = "Enter opens it, Escape closes it.";
pub(super) const KEYS_DIALOG: &str = "Tab stays inside, Escape closes it.";
pub(super) const KEYS_TABLE: &str = "Space picks a row; Enter on a name edits it, Enter saves, Escape gives it back.";
pub(super) const KEYS_TABS: &str = "Tab moves, Enter opens; each has an address.";
pub(super) const KEYS_PALETTE: &str = "Ctrl K opens it, arrows choose, Enter goes, Escape closes.";
