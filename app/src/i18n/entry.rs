//! The one-line entry, and what is more in the form of an expense: parts, places, what is usual.
use domain::{entry::Reason, locale::Language};

/// The one-line entry, and what is more in the form of an expense.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Entry {
    // the line
    pub label: &'static str,
    pub hint: &'static str,
    pub add: &'static str,
    pub understood: &'static str,
    pub no_amount: &'static str,
    pub no_merchant: &'static str,
    pub from_line: &'static str,
    /// Each with `{text}`, in the order of [`Reason`].
    pub reasons: [&'static str; 13],
    // amounts
    /// `{amount}`
    pub comes_to: &'static str,
    // what is usual
    pub usual: &'static str,
    /// `{name}`
    pub take_usual: &'static str,
    // parts
    pub parts: &'static str,
    pub parts_help: &'static str,
    /// `{n}`
    pub part: &'static str,
    pub share: &'static str,
    pub filed_under: &'static str,
    pub memo: &'static str,
    pub subcategory: &'static str,
    pub member: &'static str,
    pub everybody: &'static str,
    pub me: &'static str,
    pub add_part: &'static str,
    /// `{n}`
    pub remove_part: &'static str,
    pub balanced: &'static str,
    /// `{amount}`
    pub left: &'static str,
    /// `{amount}`
    pub too_much: &'static str,
    pub take_rest: &'static str,
    // place
    pub address: &'static str,
    pub lat: &'static str,
    pub lng: &'static str,
    pub here: &'static str,
    pub no_place: &'static str,
}

impl Entry {
    /// Why something has to be asked, with `{text}`.
    pub const fn reason(&self, reason: Reason) -> &'static str {
        self.reasons[reason as usize]
    }
}

/// The words in `language`.
pub const fn words(language: Language) -> &'static Entry {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// English.
pub static EN: Entry = Entry {
    label: "Add in one line",
    hint: "Such as: lunch 12.50 yesterday at Joe's #work",
    add: "Add",
    understood: "Understood so far",
    no_amount: "An amount is still missing.",
    no_merchant: "A merchant or a word for what it was is still missing.",
    from_line: "This is what we understood. Fill in what is missing, then add it.",
    reasons: [
        "“{text}” is one amount or another. Which one?",
        "More than one number could be the amount in “{text}”. Which one is it?",
        "“{text}” is written for several currencies. Which one?",
        "“{text}” is one day or another. Which one?",
        "“{text}”: in which year?",
        "Two days are named. Is it “{text}”?",
        "“{text}” can be the day before or the day after. Which one?",
        "“{text}” is more than one day. Which one?",
        "“{text}”: is that for all, or for each?",
        "“{text}”: today, or a week ago?",
        "“{text}”: did the money come in, come back, or go out?",
        "What is “{text}”?",
        "What does “{text}” belong to?",
    ],
    comes_to: "Comes to {amount}",
    usual: "Usual for you",
    take_usual: "Fill in what is usual for {name}",
    parts: "Split it",
    parts_help: "Parts must come to the whole amount. A part without an amount gets the rest; leave a line empty to drop it.",
    part: "Part {n}",
    share: "Share",
    filed_under: "Filed under",
    memo: "What it was",
    subcategory: "Subcategory",
    member: "Whose it is",
    everybody: "Everybody's",
    me: "Mine",
    add_part: "Add a part",
    remove_part: "Remove part {n}",
    balanced: "The parts come to the whole amount.",
    left: "{amount} is left.",
    too_much: "{amount} too much.",
    take_rest: "Give the rest to the last part",
    address: "Place",
    lat: "Latitude",
    lng: "Longitude",
    here: "Use where I am",
    no_place: "This device doesn't say where it is. You can type the place.",
};

/// German.
pub static DE: Entry = Entry {
    label: "In einer Zeile eintragen",
    hint: "Zum Beispiel: Mittagessen 12,50 gestern bei Joe's #arbeit",
    add: "Eintragen",
    understood: "Bisher verstanden",
    no_amount: "Es fehlt noch ein Betrag.",
    no_merchant: "Es fehlt noch ein Händler oder ein Wort dafür, was es war.",
    from_line: "So haben wir es verstanden. Ergänze, was fehlt, und trag es dann ein.",
    reasons: [
        "„{text}“ kann zwei Beträge bedeuten. Welchen?",
        "In „{text}“ kann mehr als eine Zahl der Betrag sein. Welche ist es?",
        "„{text}“ steht für mehrere Währungen. Für welche hier?",
        "„{text}“ kann zwei Tage bedeuten. Welchen?",
        "„{text}“: in welchem Jahr?",
        "Es sind zwei Tage genannt. Ist es „{text}“?",
        "„{text}“ kann der Tag davor oder der danach sein. Welcher?",
        "„{text}“ ist mehr als ein Tag. Welcher?",
        "„{text}“: zusammen oder für jedes?",
        "„{text}“: heute oder vor einer Woche?",
        "„{text}“: Kam das Geld herein, kam es zurück oder ging es hinaus?",
        "Was ist „{text}“?",
        "Wohin gehört „{text}“?",
    ],
    comes_to: "Ergibt {amount}",
    usual: "Bei dir üblich",
    take_usual: "Ausfüllen, was bei {name} üblich ist",
    parts: "Aufteilen",
    parts_help: "Die Teile müssen zusammen den Betrag ergeben. Ein Teil ohne Betrag bekommt den Rest; eine leere Zeile fällt weg.",
    part: "Teil {n}",
    share: "Anteil",
    filed_under: "Gehört zu",
    memo: "Was es war",
    subcategory: "Unterkategorie",
    member: "Für wen",
    everybody: "Für alle",
    me: "Für mich",
    add_part: "Teil hinzufügen",
    remove_part: "Teil {n} entfernen",
    balanced: "Die Teile ergeben den ganzen Betrag.",
    left: "{amount} bleiben übrig.",
    too_much: "{amount} zu viel.",
    take_rest: "Den Rest dem letzten Teil geben",
    address: "Ort",
    lat: "Breite",
    lng: "Länge",
    here: "Wo ich gerade bin",
    no_place: "Dieses Gerät sagt nicht, wo es ist. Du kannst den Ort eintippen.",
};
