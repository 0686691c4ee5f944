//! The example that `wealthwise serve --demo` shows.

/// The way into the example, and what is said of it.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Demo {
    pub enter: &'static str,
    pub enter_note: &'static str,
    pub notice: &'static str,
}

/// English.
pub const EN: Demo = Demo {
    enter: "Look around in the example",
    enter_note: "Two years of a made-up household. Change whatever you like.",
    notice: "Example data: it is gone when the server stops",
};

/// German.
pub const DE: Demo = Demo {
    enter: "Im Beispiel umsehen",
    enter_note: "Zwei Jahre eines erfundenen Haushalts. Ändere, was du magst.",
    notice: "Beispieldaten: Sie sind weg, sobald der Server anhält",
};
