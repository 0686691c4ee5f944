//! Languages and regional formats: the same numbers and dates on the server and in the browser.
//!
//! The rules are Unicode CLDR's (version 48, as ICU 78 applies them; `domain/tests/locale_cldr.rs` compares), but for three
//! things that are ours: the minus is U+2212, currencies keep one sign each in every language
//! ([`Currency::symbol`], with few exceptions), and German short weekdays have no full stop.
use crate::currency::Currency;
use std::{fmt, str::FromStr};

mod dates;
mod negotiate;
mod numbers;
mod parse;
mod table;
mod words;

pub use negotiate::currency_of;
use table::{FORMATS, Format};

/// A language of the message catalogue. (Formats are known for more: Spanish, French, Hindi and Japanese come next.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English
    #[default]
    En,
    /// German
    De,
}

/// A text that is no language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language of this program")]
pub struct UnknownLanguage;

impl Language {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::En, Self::De];

    /// ISO 639-1: `en`, `de`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// What the language calls itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.iter().copied().find(|language| language.code() == code).ok_or(UnknownLanguage)
    }
}

/// A language with the number, money and date format of a region. A small copyable handle to a constant table.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale(u8);

impl Locale {
    /// English as in the United States: what counts where nothing is known.
    pub const EN_US: Self = Self(0);

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).take(FORMATS.len()).map(Self)
    }

    /// By a BCP 47 tag such as `de-AT` (case doesn't matter, `_` is taken for `-`). A region that is not known falls back
    /// to the nearest of its language, a language that is not known to en-US.
    pub fn from_tag(tag: &str) -> Self {
        negotiate::lookup(tag).unwrap_or_default()
    }

    /// The best of what a browser's `Accept-Language` asks for and the catalogue has words for; en-US if there is none.
    pub fn negotiate(accept_language: &str) -> Self {
        negotiate::best(accept_language).unwrap_or_default()
    }

    /// The BCP 47 tag: `de-AT`.
    pub fn tag(self) -> &'static str {
        self.format().tag
    }

    /// The catalogue's language for it: English where its own is not translated yet.
    pub fn language(self) -> Language {
        self.own_language().unwrap_or_default()
    }

    /// Whether the catalogue speaks its language.
    pub fn is_translated(self) -> bool {
        self.own_language().is_some()
    }

    /// What people there are most likely paid in.
    pub fn guess_currency(self) -> Currency {
        self.format().currency
    }

    /// The sign by which readers there know a currency: `$` is CAD in en-CA, where the US dollar is `US$`.
    pub fn symbol(self, currency: Currency) -> &'static str {
        let own = self.format().symbols.iter().find(|(known, _)| *known == currency);
        own.map_or(currency.symbol(), |(_, symbol)| symbol)
    }

    /// What separates whole units from decimals.
    pub fn decimal_mark(self) -> char {
        self.format().decimal
    }

    /// What stands between groups of three digits.
    pub(crate) fn group_mark(self) -> char {
        self.format().group
    }

    fn own_language(self) -> Option<Language> {
        self.tag().split('-').next().and_then(|code| code.parse().ok())
    }

    fn format(self) -> &'static Format {
        &FORMATS[usize::from(self.0)]
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::EN_US
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_by_its_tag() {
        for locale in Locale::all() {
            assert_eq!(Locale::from_tag(locale.tag()), locale);
        }
        assert_eq!(Locale::default().tag(), "en-US");
    }

    #[test]
    fn languages() {
        for &language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
        assert!("fr".parse::<Language>().is_err());
        assert_eq!(Locale::from_tag("de-AT").language(), Language::De);
        assert_eq!(Locale::from_tag("fr-FR").language(), Language::En);
        assert!(!Locale::from_tag("fr-FR").is_translated());
    }

    #[test]
    fn signs_of_the_region() {
        assert_eq!(Locale::from_tag("en-CA").symbol(Currency::CAD), "$");
        assert_eq!(Locale::from_tag("en-CA").symbol(Currency::USD), "US$");
        assert_eq!(Locale::from_tag("de-DE").symbol(Currency::USD), "$");
        assert_eq!(Locale::from_tag("de-CH").guess_currency(), Currency::CHF);
    }
}
