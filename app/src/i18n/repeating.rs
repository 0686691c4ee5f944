//! What repeats, in the sentences that the server makes for the timeline.
use domain::locale::Language;

/// Sentences: `{who}`, `{what}`, `{amount}`; where it is about one of it `{day}`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Repeating {
    pub declared: &'static str,
    pub paused: &'static str,
    pub resumed: &'static str,
    pub ended: &'static str,
    pub skipped: &'static str,
    pub moved: &'static str,
    pub restored: &'static str,
}

/// The sentences in a language.
pub const fn repeating(language: Language) -> &'static Repeating {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

static EN: Repeating = Repeating {
    declared: "{who} let {what} repeat, {amount} each time",
    paused: "{who} paused {what}",
    resumed: "{who} let {what} go on",
    ended: "{who} ended {what}",
    skipped: "{who} left out {what} on {day}",
    moved: "{who} changed {what} on {day}",
    restored: "{who} put back {what} on {day}",
};

static DE: Repeating = Repeating {
    declared: "{who} lässt {what} wiederkehren, jeweils {amount}",
    paused: "{who} hat {what} angehalten",
    resumed: "{who} lässt {what} weiterlaufen",
    ended: "{who} hat {what} beendet",
    skipped: "{who} lässt {what} am {day} aus",
    moved: "{who} hat {what} am {day} geändert",
    restored: "{who} nimmt {what} am {day} wieder auf",
};
