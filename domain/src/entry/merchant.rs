//! Who was paid, and the words that are left.
use super::{
    Field,
    lex::{self, Token},
    line::{Line, is_telling},
    vocab::{Vocabulary, is_common_code, is_one_of},
};
use crate::{
    expense::Kind,
    input::{NOTES_MAX, TEXT_MAX},
};
use std::ops::Range;

/// The most words of a merchant's name.
const NAME_MAX: usize = 5;

impl Line<'_> {
    /// A merchant that is known; what stands behind `at`, `bei`, `chez`; before `で`, `से`; a name in capitals.
    pub(super) fn find_merchant(&mut self) {
        let found =
            self.known_merchant().or_else(|| self.after_word()).or_else(|| self.before_word()).or_else(|| self.name());
        let Some((whole, name)) = found else { return };
        let bytes = self.bytes(&name);
        let text = clean(&self.text[bytes], TEXT_MAX);
        if text.is_empty() {
            return;
        }
        self.draft.merchant = Some(text);
        self.use_up(whole);
        self.add_piece(&name, Field::Merchant);
    }

    fn known_merchant(&self) -> Option<(Range<usize>, Range<usize>)> {
        let key = |token: &Token| token.folded.replace('\'', "");
        let names =
            self.context.merchants.iter().map(|name| lex::tokens(name, false).iter().map(key).collect::<Vec<_>>());
        let mut names: Vec<Vec<String>> = names.filter(|name| matches!(name.len(), 1..=NAME_MAX)).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let keys: Vec<String> = self.tokens.iter().map(key).collect();
        let is_here = |from: usize, name: &[String]| {
            keys[from..].starts_with(name) && (from..from + name.len()).all(|index| self.is_free(index))
        };
        (0..self.tokens.len()).find_map(|from| {
            let tokens = from..from + names.iter().find(|name| is_here(from, name))?.len();
            Some((self.with_preposition(&tokens), tokens))
        })
    }

    /// The word `at` before a name goes with it.
    fn with_preposition(&self, name: &Range<usize>) -> Range<usize> {
        let before = name.start.checked_sub(1).filter(|index| self.is_at(*index, true));
        before.unwrap_or(name.start)..name.end
    }

    fn is_at(&self, index: usize, before_name: bool) -> bool {
        if self.is_free(index) && self.tokens[index].is_sign('@') {
            return true;
        }
        self.vocabularies().any(|vocabulary| {
            let counts = self.is_own(vocabulary)
                || self.tokens[index].folded == "at"
                || is_telling(&self.tokens[index].folded, 3);
            let own_name = before_name && self.is_own(vocabulary) && self.word_is(index, vocabulary.at_name);
            own_name || counts && self.word_is(index, vocabulary.at)
        })
    }

    fn after_word(&self) -> Option<(Range<usize>, Range<usize>)> {
        (0..self.tokens.len()).find_map(|at| {
            let first = at + 1;
            let has_capital = self.raw(first).starts_with(|c: char| c.is_uppercase());
            // `in Berlin` is no shop for sure, but `im Supermarkt` is.
            let is_at = self.is_at(at, false) || has_capital && self.is_at(at, true) && self.is_place(first);
            if !is_at {
                return None;
            }
            // `El` with a capital is part of a name.
            let is_article = !has_capital && self.vocabularies().any(|v| self.word_is(first, v.articles));
            let start = first + usize::from(is_article);
            let is_nowhere = self.is_nowhere(start);
            let end = (start..self.tokens.len().min(start + NAME_MAX))
                .take_while(|index| self.is_of_name(*index, start))
                .count()
                + start;
            (end > start && !(is_nowhere && end == start + 1)).then_some((at..end, start..end))
        })
    }

    /// `at home`, `bei uns`: in the region's language, or English.
    fn is_nowhere(&self, index: usize) -> bool {
        let mut known = self.vocabularies().filter(|vocabulary| self.is_own(vocabulary) || vocabulary.code == "en");
        known.any(|vocabulary| self.word_is(index, vocabulary.nowhere))
    }

    /// Whether a word with a capital is a place where one pays, or who paid back.
    fn is_place(&self, index: usize) -> bool {
        let Some(own) = self.vocabularies().next().filter(|vocabulary| self.is_own(vocabulary)) else { return false };
        let Some(token) = self.tokens.get(index) else { return false };
        let came_back = matches!(self.draft.kind, Kind::Refund | Kind::Income);
        own.category(&token.folded).is_some() || came_back
    }

    /// Whether a word goes on with a name: the first one always, others with a capital, unless they say something else.
    fn is_of_name(&self, index: usize, start: usize) -> bool {
        let has_capital = |index: usize| self.raw(index).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let joins = self.is_free(index)
            && (self.tokens[index].is_sign('&') || self.tokens[index].is_sign('.') && self.is_glued(index));
        if joins {
            return index > start && self.is_free_word(index + 1) && has_capital(index + 1);
        }
        // `at 8pm`
        let is_time = self.raw(index).starts_with(lex::is_digit)
            && !self.raw(index).contains('-')
            && !has_letters(self.raw(index));
        if is_time {
            return false;
        }
        let is_first = index == start && has_capital(index);
        if !self.is_free_word(index) || !is_first && self.is_stop(index) {
            return false;
        }
        let word = self.tokens[index].folded.as_str();
        let tells = |vocabulary: &Vocabulary| vocabulary.noun_capitals && vocabulary.category(word).is_some();
        index == start || has_capital(index) && !self.vocabularies().take(1).any(tells)
    }

    /// Whether a word says nothing at the edge of a name or a description. One of another language must not be a word of the
    /// region's (`uber` is German for `about`).
    fn is_stop(&self, index: usize) -> bool {
        let word = self.tokens[index].folded.as_str();
        let tells_here =
            || self.vocabularies().any(|vocabulary| self.is_own(vocabulary) && vocabulary.category(word).is_some());
        self.vocabularies().any(|vocabulary| {
            is_one_of(word, vocabulary.stops) && (self.is_own(vocabulary) || is_telling(word, 3) && !tells_here())
        })
    }

    /// `スタバで`, `बिग बाज़ार से`.
    fn before_word(&self) -> Option<(Range<usize>, Range<usize>)> {
        (1..self.tokens.len()).find_map(|at| {
            let is_after = self.vocabularies().any(|vocabulary| self.word_is(at, vocabulary.after));
            if !is_after {
                return None;
            }
            let is_stop = |index: usize| {
                self.vocabularies()
                    .any(|vocabulary| !self.tokens[index].folded.is_ascii() && self.word_is(index, vocabulary.stops))
            };
            let tells = |index: usize| self.vocabularies().any(|v| v.category(&self.tokens[index].folded).is_some());
            let mut start = at;
            // `किराना बिग बाज़ार से`: what was bought stands before.
            while start > 0
                && at - start < NAME_MAX
                && self.is_free_word(start - 1)
                && !is_stop(start - 1)
                && (start == at || !tells(start - 1))
            {
                start -= 1;
            }
            let is_nowhere = self.is_nowhere(start);
            (start < at && !is_nowhere).then_some((start..at + 1, start..at))
        })
    }

    /// A name that is told by its capitals: `REWE`; in languages whose nouns have none also `Amazon`, not at the beginning.
    fn name(&self) -> Option<(Range<usize>, Range<usize>)> {
        let noun_capitals = self.vocabularies().next().is_none_or(|vocabulary| vocabulary.noun_capitals);
        let is_name = |index: usize| {
            let raw = self.raw(index);
            let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
            let all_capitals = !raw.contains(char::is_lowercase) && raw.contains(char::is_uppercase);
            let came_back = self.draft.kind == Kind::Refund && self.is_by_refund(index);
            // Who stands behind `with` or `for` isn't paid.
            let before = index.checked_sub(1).map(|at| at - usize::from(at > 0 && self.tokens[at].is_sign('/')));
            let is_of_somebody = before.is_some_and(|before| self.is_free_word(before) && self.is_stop(before));
            let has_capital = self.is_capital_word(index) && (came_back || index > 0 && !noun_capitals);
            letters >= 3 && all_capitals || letters >= 2 && has_capital && !is_of_somebody
        };
        let begins = |index: usize| self.is_free_word(index) && is_name(index) && !self.is_known_word(index);
        let goes_on = |index: usize| self.is_free_word(index) && is_name(index);
        let start = (0..self.tokens.len()).find(|index| begins(*index))?;
        let last = self.tokens.len().min(start + NAME_MAX);
        let end = (start + 1..last).find(|index| !goes_on(*index)).unwrap_or(last);
        // `Dr. Smith`
        let is_title = start > 1
            && self.is_free(start - 1)
            && self.tokens[start - 1].is_sign('.')
            && self.is_capital_word(start - 2);
        let start = if is_title && self.is_free(start - 2) { start - 2 } else { start };
        Some((start..end, start..end))
    }

    fn is_capital_word(&self, index: usize) -> bool {
        self.raw(index).starts_with(char::is_uppercase)
    }

    /// Whether a word for a refund stands beside.
    fn is_by_refund(&self, index: usize) -> bool {
        let beside = index.checked_sub(1).into_iter().chain([index + 1]).filter_map(|at| self.tokens.get(at));
        let is_refund = |word: &str| self.vocabularies().any(|vocabulary| is_one_of(word, vocabulary.refund));
        beside.into_iter().any(|token| is_refund(&token.folded))
    }

    /// Whether a word of the region's language says something else than a name.
    fn is_known_word(&self, index: usize) -> bool {
        let word = self.tokens[index].folded.as_str();
        self.month(index).is_some()
            || is_common_code(self.raw(index))
            || self.vocabularies().any(|vocabulary| {
                let is_kind = [vocabulary.refund, vocabulary.income, vocabulary.transfer]
                    .iter()
                    .any(|words| is_one_of(word, words));
                let is_day = vocabulary.weekdays.iter().any(|names| is_one_of(word, names));
                let is_said =
                    is_kind || is_day || is_one_of(word, vocabulary.stops) || vocabulary.category(word).is_some();
                is_said && (self.is_own(vocabulary) || is_telling(word, 5))
            })
    }

    /// What is left over, without words that say nothing at its edges (unless there is nothing else).
    pub(super) fn find_description(&mut self) {
        let parts = self.left_over(true);
        let parts = if parts.is_empty() && self.draft.merchant.is_none() { self.left_over(false) } else { parts };
        let text = |part: &Range<usize>| clean(&self.text[self.bytes(part)], NOTES_MAX);
        let text = parts.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        self.draft.description = (!text.is_empty()).then_some(text);
        for part in parts {
            self.add_piece(&part, Field::Description);
        }
    }

    fn left_over(&self, without_stops: bool) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() {
            let end = (index..self.tokens.len()).find(|at| !self.is_free(*at)).unwrap_or(self.tokens.len());
            parts.extend(self.trimmed(index..end, without_stops));
            index = end.max(index + 1);
        }
        parts
    }

    /// Without signs and words that say nothing on both sides; none where nothing is left.
    fn trimmed(&self, tokens: Range<usize>, without_stops: bool) -> Option<Range<usize>> {
        let is_empty = |index: usize| {
            let token = &self.tokens[index];
            let stays = ['(', ')', '%'].iter().any(|sign| token.is_sign(*sign));
            let is_sign = !token.is_word() && !token.is_number() && !stays;
            is_sign || without_stops && token.is_word() && self.is_stop(index)
        };
        let start = tokens.clone().find(|index| !is_empty(*index))?;
        let last = tokens.rev().find(|index| !is_empty(*index))?;
        let has_words = (start..=last).any(|index| self.tokens[index].is_word() || self.tokens[index].is_number());
        has_words.then_some(start..last + 1)
    }
}

/// Whether a word that begins with a digit has more letters than a time of day.
fn has_letters(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 3
}

/// With single blanks, without control characters.
fn clean(text: &str, max: usize) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(max).collect()
}
