//! How soon a new password would be guessed. Only the server words it, since only it can tell.
use domain::locale::Language;
use service::passwords::Strength;

/// What stands beside the bar.
pub fn strength(language: Language, strength: Strength) -> &'static str {
    match (language, strength) {
        (Language::En, Strength::Short) => "Too short",
        (Language::En, Strength::Weak) => "Guessed soon: rather a few words in a row",
        (Language::En, Strength::Fair) => "All right, longer is better",
        (Language::En, Strength::Good) => "Good",
        (Language::En, Strength::Strong) => "Very good",
        (Language::De, Strength::Short) => "Zu kurz",
        (Language::De, Strength::Weak) => "Schnell zu erraten: lieber ein paar Wörter hintereinander",
        (Language::De, Strength::Fair) => "In Ordnung, länger ist besser",
        (Language::De, Strength::Good) => "Gut",
        (Language::De, Strength::Strong) => "Sehr gut",
    }
}
