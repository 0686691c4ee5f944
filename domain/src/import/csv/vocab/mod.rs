//! The words of banks, in the languages they come in, and which of them a text has.
//!
//! A phrase counts where it stands at the boundaries of words. Chinese, Japanese and Korean, which have none, count
//! anywhere. `*datum` is any word that ends so, `valuta*` any that begins so. All lists are looked up at once, by the runs of words of a text.
use crate::import::text::words;
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

mod cells;
mod columns;

macro_rules! lists {
    ($($module:ident::$list:ident),+ $(,)?) => {
        /// A list of phrases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named as the lists are")]
        pub(super) enum List { $($list),+ }

        const ALL: &[(List, &str)] = &[$((List::$list, $module::$list)),+];
    };
}

lists! {
    columns::DATE, columns::DATE_ALONE, columns::LATER_ALONE, columns::LATER_DATE, columns::NOT_A_DATE,
    columns::BOOKING, columns::BALANCE,
    columns::FEE, columns::FOREIGN, columns::NO_AMOUNT, columns::AMOUNT, columns::WEAK_AMOUNT, columns::NO_AMOUNT_NAME,
    columns::DEBIT, columns::DEBIT_ALONE, columns::CREDIT, columns::CREDIT_ALONE, columns::NO_SIDE, columns::DIRECTION,
    columns::CURRENCY, columns::STATE, columns::CATEGORY, columns::PAYEE, columns::NO_PARTY, columns::MEMO, columns::ID,
    columns::CERTAIN_ID, columns::ACCOUNT, columns::COUNTER, columns::CHECK, columns::KIND, columns::RATE,
    columns::NOT_ENGLISH,
    cells::PENDING, cells::AUTHORISED, cells::CANCELLED, cells::BALANCES, cells::TOTALS, cells::OUT, cells::IN, cells::NEITHER,
    cells::INCOME, cells::PAID_TO_CARD, cells::THANKS, cells::CARD, cells::CURRENCY_WORD, cells::SPENDING,
}

/// Phrases that are meant to be found in the middle of a text as they are, not folded.
pub(super) const UNSETTLED: &str = cells::UNSETTLED;

/// FNV-1a: the words are many, short and our own, so that speed counts and nobody can choose them.
#[derive(Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type Map<V> = HashMap<String, V, BuildHasherDefault<Fnv>>;

#[derive(Default)]
struct Tables {
    /// By phrase: a bit for each list that has it.
    phrases: Map<u64>,
    /// By first word: how many words the longest phrase has that begins so.
    longest: Map<usize>,
    /// Those of scripts without blanks between words.
    glued: Vec<(String, u64)>,
    ends: Vec<(String, u64)>,
    begins: Vec<(String, u64)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for (list, text) in ALL {
        for written in text.split('|').map(str::trim) {
            let phrase = words(written);
            if written.starts_with('*') {
                tables.ends.push((phrase, bit(*list)));
                continue;
            }
            if written.ends_with('*') {
                tables.begins.push((phrase, bit(*list)));
                continue;
            }
            if phrase.starts_with(is_glued) {
                tables.glued.push((phrase.clone(), bit(*list)));
            }
            let length = phrase.split(' ').count();
            let longest = tables.longest.entry(phrase.split(' ').next().unwrap_or_default().to_owned()).or_default();
            *longest = length.max(*longest);
            *tables.phrases.entry(phrase).or_default() |= bit(*list);
        }
    }
    tables
});

const fn bit(list: List) -> u64 {
    1 << list as u64
}

fn is_glued(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{fb00}')
}

/// Which lists a text has phrases of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    parts: u64,
    whole: u64,
}

impl Found {
    /// Looks at folded words ([`words`]).
    pub(super) fn in_words(words: &str) -> Self {
        let tables = &*TABLES;
        let mut found = Self { parts: 0, whole: tables.phrases.get(words).copied().unwrap_or(0) };
        let mut start = 0;
        for word in words.split(' ') {
            let rest = &words[start..];
            let longest = tables.longest.get(word).copied().unwrap_or(0);
            let ends = rest.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(rest.len()));
            for end in ends.take(longest) {
                found.parts |= tables.phrases.get(&rest[..end]).copied().unwrap_or(0);
            }
            start += word.len() + 1;
        }
        for word in words.split(' ').filter(|word| word.len() > 4) {
            let ends = tables.ends.iter().filter(|(end, _)| word.ends_with(end.as_str()));
            let begins = tables.begins.iter().filter(|(begin, _)| word.starts_with(begin.as_str()));
            found.parts |= ends.chain(begins).fold(0, |all, (_, bits)| all | bits);
        }
        if words.contains(is_glued) {
            let glued = tables.glued.iter().filter(|(phrase, _)| words.contains(phrase.as_str()));
            found.parts |= glued.fold(0, |all, (_, bits)| all | bits);
        }
        found
    }

    /// Looks at any text.
    pub(super) fn in_text(text: &str) -> Self {
        Self::in_words(&words(text))
    }

    /// Whether a phrase of the list is in the text.
    pub(super) fn has(self, list: List) -> bool {
        self.parts & bit(list) != 0
    }

    /// Whether the text is a phrase of the list and nothing else.
    pub(super) fn is(self, list: List) -> bool {
        self.whole & bit(list) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_at_words_and_anywhere() {
        assert!(
            Found::in_text("Datum der Buchung").has(List::DATE) && !Found::in_text("Datum der Buchung").is(List::DATE)
        );
        assert!(Found::in_text("DATE").is(List::DATE));
        assert!(!Found::in_text("Rebalancing").has(List::BALANCE));
        assert!(Found::in_text("交易时间").has(List::DATE));
        assert!(Found::in_text("거래일시").has(List::DATE));
        assert!(Found::in_text("ご利用日").has(List::DATE));
        assert!(Found::in_text("Uitvoeringsdatum").has(List::DATE) && !Found::in_text("Vertrag").has(List::AMOUNT));
    }

    #[test]
    fn every_phrase_can_be_found() {
        for (list, text) in ALL {
            for phrase in text.split('|').filter(|phrase| !phrase.contains('*')) {
                assert!(!words(phrase).is_empty(), "{list:?}");
                assert!(Found::in_text(phrase).is(*list), "{list:?} {phrase}");
            }
        }
        assert!(ALL.len() <= 64);
    }
}
