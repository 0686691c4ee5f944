//! What a household does together, in the sentences that the server makes for the timeline: months and members.
use domain::locale::Language;

/// Sentences.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Together {
    /// `{who}`, `{amount}`, `{from}`, `{to}`, `{month}`
    pub moved: &'static str,
    /// The same
    pub unmoved: &'static str,
    /// `{who}`, `{month}`
    pub copied: &'static str,
    /// The same
    pub uncopied: &'static str,
    /// `{from}`, `{to}`
    pub between: &'static str,
    pub planned: &'static str,
    pub received: &'static str,
    // `{who}`, `{whom}`, `{role}`, `{before}`
    pub invited: &'static str,
    pub withdrew: &'static str,
    pub joined: &'static str,
    pub left: &'static str,
    pub removed: &'static str,
    pub handed_over: &'static str,
    pub other_role: &'static str,
}

/// The sentences in a language.
pub const fn together(language: Language) -> &'static Together {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

static EN: Together = Together {
    moved: "{who} moved {amount} from {from} to {to} in {month}",
    unmoved: "{who} took back a move of {amount} from {from} to {to} in {month}",
    copied: "{who} filled {month} like the month before",
    uncopied: "{who} took back what {month} had from the month before",
    between: "{from} to {to}",
    planned: "Planned income",
    received: "Received income",
    invited: "{who} invited somebody: {role}",
    withdrew: "{who} took an invitation back",
    joined: "{who} joined: {role}",
    left: "{who} left this budget",
    removed: "{who} took {whom} out of this budget",
    handed_over: "{who} handed this budget over to {whom}",
    other_role: "{who} gave {whom} another role: {role}, before {before}",
};

static DE: Together = Together {
    moved: "{who} hat im {month} {amount} von {from} nach {to} verschoben",
    unmoved: "{who} hat im {month} eine Verschiebung von {amount} von {from} nach {to} zurückgenommen",
    copied: "{who} hat den {month} wie den Monat davor gefüllt",
    uncopied: "{who} hat zurückgenommen, was der {month} vom Monat davor hatte",
    between: "{from} nach {to}",
    planned: "Geplantes Einkommen",
    received: "Erhaltenes Einkommen",
    invited: "{who} hat jemanden eingeladen: {role}",
    withdrew: "{who} hat eine Einladung zurückgenommen",
    joined: "{who} ist dazugekommen: {role}",
    left: "{who} hat dieses Budget verlassen",
    removed: "{who} hat {whom} aus diesem Budget genommen",
    handed_over: "{who} hat dieses Budget an {whom} übergeben",
    other_role: "{who} hat {whom} eine andere Rolle gegeben: {role}, vorher {before}",
};
