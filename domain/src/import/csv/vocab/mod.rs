//! The words of banks, in the languages they come in, and which of them a text has.
//!
//! A phrase counts where it stands at the boundaries of words. Chinese, Japanese and Korean, which have none, count
//! anywhere. All lists are looked up at once, by the runs of words of a text.
use crate::import::text::words;
use std::{collections::HashMap, sync::LazyLock};

mod cells;
mod columns;

/// The longest phrase, in words.
const LONGEST: usize = 5;

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
    cells::PENDING, cells::CANCELLED, cells::BALANCES, cells::TOTALS, cells::OUT, cells::IN, cells::NEITHER,
    cells::PAID_TO_CARD, cells::THANKS, cells::CARD, cells::CURRENCY_WORD, cells::SPENDING,
}

/// Phrases that are meant to be found in the middle of a text as they are, not folded.
pub(super) const UNSETTLED: &str = cells::UNSETTLED;

struct Tables {
    /// By phrase: a bit for each list that has it.
    phrases: HashMap<String, u64>,
    /// Those of scripts without blanks between words.
    glued: Vec<(String, u64)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { phrases: HashMap::new(), glued: Vec::new() };
    for (list, text) in ALL {
        for phrase in text.split('|').map(words).filter(|phrase| !phrase.is_empty()) {
            if phrase.starts_with(is_glued) {
                tables.glued.push((phrase.clone(), bit(*list)));
            }
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
        let starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
        for start in starts {
            let rest = &words[start..];
            let ends = rest.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(rest.len()));
            for end in ends.take(LONGEST) {
                found.parts |= tables.phrases.get(&rest[..end]).copied().unwrap_or(0);
            }
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
    }

    #[test]
    fn every_phrase_can_be_found() {
        for (list, text) in ALL {
            for phrase in text.split('|') {
                assert!(Found::in_text(phrase).is(*list), "{list:?} {phrase}");
                assert!(words(phrase).split(' ').count() <= LONGEST, "{phrase}");
            }
        }
        assert!(ALL.len() <= 64);
    }
}
