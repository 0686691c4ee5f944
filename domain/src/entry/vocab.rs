//! The words of plain-language entry, language by language: days, payments, kinds, and what tells a category. All are looked up
//! in all languages, those of the region first, since people mix them ("lunch gestern bei Joe's").
//!
//! Words stand as [`crate::words`] folds them: small letters without accents, Devanagari without its dots.
use crate::{category::Category, expense::PaymentMethod, locale::Locale};
use std::{collections::HashMap, sync::LazyLock};

mod de;
mod en;
mod es;
mod fr;
mod hi;
mod ja;
mod money;

pub(super) use money::{
    currency_words, is_common_code, is_currency_sign, is_unspaced_currency, may_follow_a_number, may_precede_a_number,
    multiplier,
};

/// One language's words; `|` stands between them.
pub(super) struct Vocabulary {
    pub(super) code: &'static str,
    /// words for days, with how far they are from today; two where they mean two
    pub(super) days: &'static [(&'static str, &'static [i32])],
    /// `3 days ago`: words before, units with their days, words after (of which one may be in the unit)
    pub(super) ago_before: &'static str,
    pub(super) units: &'static [(&'static str, i32)],
    pub(super) ago_after: &'static str,
    /// one in words, for `a week ago`
    pub(super) one: &'static str,
    /// two to ten, for `two days ago`
    pub(super) numbers: &'static str,
    /// days that are not said exactly
    pub(super) last_week: &'static str,
    pub(super) last_month: &'static str,
    /// after the price of one of several
    pub(super) each: &'static str,
    /// the seven days from Monday, with their short forms
    pub(super) weekdays: [&'static str; 7],
    /// names of months besides those of the regional formats
    pub(super) months: [&'static str; 12],
    pub(super) last: &'static str,
    pub(super) next: &'static str,
    /// before a date
    pub(super) on: &'static str,
    /// before a merchant
    pub(super) at: &'static str,
    /// before a merchant that is written with a capital
    pub(super) at_name: &'static str,
    /// after a merchant
    pub(super) after: &'static str,
    /// before a merchant's name, no part of it
    pub(super) articles: &'static str,
    /// end a merchant's name, and say nothing at the edges of a description
    pub(super) stops: &'static str,
    /// what follows `at` without being a merchant
    pub(super) nowhere: &'static str,
    pub(super) refund: &'static str,
    pub(super) income: &'static str,
    pub(super) transfer: &'static str,
    /// of the words for kinds: those that say nothing else
    pub(super) bare_kinds: &'static str,
    /// payment methods
    pub(super) methods: &'static [(PaymentMethod, &'static str)],
    /// payment methods that are also other words: taken only where no word stands before them
    pub(super) weak_methods: &'static [(PaymentMethod, &'static str)],
    /// in the order of [`Category::ALL`]
    pub(super) categories: [&'static str; 10],
    /// words are put together (`Stromrechnung`)
    pub(super) compounds: bool,
    /// nouns have capitals too, so that these don't tell names
    pub(super) noun_capitals: bool,
}

static ALL: [&Vocabulary; 6] = [&en::EN, &de::DE, &es::ES, &fr::FR, &hi::HI, &ja::JA];

/// All languages, the region's first.
pub(super) fn vocabularies(locale: Locale) -> impl Iterator<Item = &'static Vocabulary> + Clone {
    let own = move |vocabulary: &&&Vocabulary| locale.tag().starts_with(vocabulary.code);
    ALL.iter().filter(own).chain(ALL.iter().filter(move |vocabulary| !own(vocabulary))).copied()
}

/// Whether a word is one of `a|b|c`.
pub(super) fn is_one_of(word: &str, words: &str) -> bool {
    !word.is_empty() && words.split('|').any(|known| known == word)
}

/// The categories of all words, by word and language. Made once, since lines are read while they are typed.
static CATEGORIES: LazyLock<HashMap<&'static str, Vec<(&'static str, Category)>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Vec<(&'static str, Category)>> = HashMap::new();
    for vocabulary in ALL {
        for (category, words) in Category::ALL.into_iter().zip(vocabulary.categories) {
            for word in words.split('|').filter(|word| !word.is_empty()) {
                index.entry(word).or_default().push((vocabulary.code, category));
            }
        }
    }
    index
});

impl Vocabulary {
    /// The category that a word or phrase tells.
    pub(super) fn category(&self, word: &str) -> Option<Category> {
        self.exact(word).or_else(|| self.singular(word)).or_else(|| self.compound(word))
    }

    fn exact(&self, word: &str) -> Option<Category> {
        CATEGORIES.get(word)?.iter().find(|(code, _)| *code == self.code).map(|(_, category)| *category)
    }

    fn singular(&self, word: &str) -> Option<Category> {
        let endings: &[&str] = if self.compounds { &["en", "n", "e", "er", "s"] } else { &["es", "s", "x"] };
        let mut stems = endings.iter().filter_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() >= 3);
        stems.find_map(|stem| self.exact(stem))
    }

    /// By the first part of a compound that is known (`Stromrechnung`), or else the last.
    fn compound(&self, word: &str) -> Option<Category> {
        if !self.compounds || !word.is_ascii() || word.contains(' ') {
            return None;
        }
        let first = (5..word.len()).rev().find_map(|end| self.exact(&word[..end]));
        first.or_else(|| (1..=word.len().saturating_sub(4)).find_map(|start| self.exact(&word[start..])))
    }
}

/// Whether a whole word tells a category in any language (`401k`).
pub(super) fn is_known_word(word: &str) -> bool {
    CATEGORIES.contains_key(word)
}

/// What a number may be of that is no money.
pub(super) const MEASURES: &str = "kg|g|gr|l|ltr|liter|litre|litres|litros|litres|ml|cl|km|m|cm|mm|qm|h|std|stunden|hours|min|minuten|minutes|lb|lbs|oz|gal|gallon|gallons|kwh|gb|mb|mi|miles|months|monate|meses|mois|nights|nachte|noches|nuits|days|tage|dias|jours|years|jahre|pcs|stk|stuck|people|personen|personas|personnes|am|pm|uhr|किलो|लीटर|個|本|人|枚|回";

/// The bytes of the longest known word that a text without blanks begins with.
pub(super) fn longest_unspaced(rest: &str) -> Option<usize> {
    let ja = &ja::JA;
    let lists = [
        ja.last,
        ja.next,
        ja.after,
        ja.stops,
        ja.refund,
        ja.income,
        ja.last_week,
        ja.last_month,
        ja.each,
        ja.transfer,
        money::UNSPACED,
        ja::UNITS,
    ];
    let words = lists
        .into_iter()
        .chain(ja.days.iter().map(|(words, _)| *words))
        .chain(ja.methods.iter().map(|(_, words)| *words))
        .chain(ja.weekdays)
        .chain(ja.categories)
        .flat_map(|words| words.split('|'));
    words.filter(|word| !word.is_empty() && rest.starts_with(word)).map(str::len).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::folded;

    #[test]
    fn words_are_folded_and_each_is_there_once() {
        for vocabulary in ALL {
            let mut seen = std::collections::BTreeSet::new();
            for word in vocabulary.categories.iter().flat_map(|words| words.split('|')) {
                assert_eq!(word, folded(word).trim(), "{}", vocabulary.code);
                assert!(word.is_empty() || seen.insert(word), "{word} twice in {}", vocabulary.code);
            }
            let lists = [vocabulary.refund, vocabulary.income, vocabulary.transfer, vocabulary.stops, vocabulary.at];
            let days = vocabulary.days.iter().map(|(words, _)| *words);
            let all = lists.into_iter().chain(days).chain(vocabulary.weekdays).chain(vocabulary.months);
            for word in all.flat_map(|words| words.split('|')) {
                assert_eq!(word, folded(word), "{}", vocabulary.code);
            }
        }
    }

    #[test]
    fn categories_of_words() {
        for (code, word, category) in [
            ("en", "lunch", Some(Category::Food)),
            ("en", "groceries", Some(Category::Food)),
            ("en", "gas bill", Some(Category::Utilities)),
            ("en", "gas", Some(Category::Transportation)),
            ("en", "shoes", Some(Category::Miscellaneous)),
            ("de", "stromrechnung", Some(Category::Utilities)),
            ("de", "zahnarztrechnung", Some(Category::Healthcare)),
            ("de", "bucher", Some(Category::Entertainment)),
            ("de", "schrauben", None),
            ("es", "cenas", Some(Category::Food)),
            ("fr", "loyer", Some(Category::Housing)),
            ("hi", "किराया", Some(Category::Housing)),
            ("ja", "家賃", Some(Category::Housing)),
        ] {
            let vocabulary = ALL.iter().find(|vocabulary| vocabulary.code == code).unwrap();
            assert_eq!(vocabulary.category(word), category, "{word}");
        }
    }
}
