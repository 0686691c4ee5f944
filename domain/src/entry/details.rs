//! Tags, payment method, kind and category: what single words and phrases say.
use super::{
    Alternatives, Field, Reason,
    line::{Line, is_telling},
    vocab::{Vocabulary, is_one_of},
};
use crate::{
    category::Category,
    expense::{Kind, PaymentMethod, TAGS_MAX},
};
use std::ops::Range;

/// The most characters of a tag.
const TAG_CHARS_MAX: usize = 50;

/// A word of another language must be so long to count (`the` is French for tea).
const FOREIGN_MIN: usize = 5;

impl Line<'_> {
    /// `#work`; `#12` is a number of something.
    pub(super) fn find_tags(&mut self) {
        for index in 0..self.tokens.len() {
            if !self.tokens[index].is_sign('#') || !self.is_free(index) || !self.is_glued(index + 1) {
                continue;
            }
            let start = self.tokens[index + 1].range.start;
            let length = self.text[start..].find(|c: char| !is_of_tag(c)).unwrap_or(self.text.len() - start);
            let tag = self.text[start..start + length].trim_end_matches(['-', '_']);
            let end =
                index + self.tokens[index..].iter().take_while(|token| token.range.start < start + tag.len()).count();
            let is_whole = self.tokens[..end].last().is_some_and(|last| last.range.end <= start + tag.len());
            let is_tag = tag.contains(char::is_alphabetic) && tag.chars().count() <= TAG_CHARS_MAX && is_whole;
            if is_tag && self.draft.tags.len() < TAGS_MAX {
                if !self.draft.tags.iter().any(|known| known == tag) {
                    self.draft.tags.push(tag.to_owned());
                }
                self.use_up(index..end);
                self.add_piece(&(index..end), Field::Tag);
            }
        }
    }

    /// The first payment method that is named.
    pub(super) fn find_payment_method(&mut self) {
        let known = |vocabulary: &Vocabulary, phrase: &str, has_word_before: bool| {
            let of = |methods: &[(PaymentMethod, &str)]| {
                methods.iter().find(|(_, words)| is_one_of(phrase, words)).map(|(method, _)| *method)
            };
            of(vocabulary.methods).or_else(|| of(vocabulary.weak_methods).filter(|_| !has_word_before))
        };
        for index in 0..self.tokens.len() {
            let has_word_before = index > 0 && self.is_free_word(index - 1);
            let found = self.phrase(index, |phrase| {
                self.vocabularies().find_map(|vocabulary| {
                    let counts = self.is_own(vocabulary) || is_telling(phrase, FOREIGN_MIN);
                    known(vocabulary, phrase, has_word_before || !self.is_own(vocabulary)).filter(|_| counts)
                })
            });
            if let Some((count, method)) = found {
                self.draft.payment_method = Some(method);
                self.use_up(index..index + count);
                self.add_piece(&(index..index + count), Field::PaymentMethod);
                return;
            }
        }
    }

    /// Words for refunds, income and transfers. Those that say nothing else are no part of a description; a sign before the
    /// amount needs no question then.
    pub(super) fn find_kind(&mut self) {
        let mut found: Vec<(Range<usize>, Kind, bool)> = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() {
            let kind = self.phrase(index, |phrase| {
                self.vocabularies().find_map(|vocabulary| {
                    let kinds = [
                        (Kind::Income, vocabulary.income),
                        (Kind::Refund, vocabulary.refund),
                        (Kind::Transfer, vocabulary.transfer),
                    ];
                    let counts = self.is_own(vocabulary) || is_telling(phrase, FOREIGN_MIN + 1);
                    let kind = kinds.into_iter().find(|(_, words)| is_one_of(phrase, words)).filter(|_| counts)?.0;
                    Some((kind, is_one_of(phrase, vocabulary.bare_kinds)))
                })
            });
            if let Some((count, (kind, is_bare))) = kind {
                found.push((index..index + count, kind, is_bare));
                index += count;
            } else {
                index += 1;
            }
        }
        let Some((place, kind, _)) =
            found.iter().min_by_key(|(_, kind, is_bare)| (*is_bare && *kind != Kind::Refund, *kind))
        else {
            return;
        };
        let mut kinds = vec![*kind];
        kinds.extend(found.iter().filter(|(_, other, is_bare)| !is_bare && other != kind).map(|(_, other, _)| *other));
        kinds.dedup();
        self.draft.kind = *kind;
        self.ambiguous.retain(|ambiguity| ambiguity.reason != Reason::Sign);
        if kinds.len() > 1 {
            self.ask(place, Reason::SeveralKinds, Alternatives::Kinds(kinds));
        }
        self.add_piece(place, Field::Kind);
        let has_other_words = (0..self.tokens.len())
            .any(|index| self.is_free_word(index) && !found.iter().any(|(place, ..)| place.contains(&index)));
        let has_telling_kind = found.iter().any(|(_, _, is_bare)| !is_bare);
        for (place, _, is_bare) in found {
            if is_bare && (has_other_words || has_telling_kind) {
                self.use_up(place);
            }
        }
    }

    /// The category that words tell, those of the description before those of the merchant's name; the region's language
    /// before others.
    pub(super) fn find_category(&mut self) {
        if matches!(self.draft.kind, Kind::Income | Kind::Transfer) {
            return;
        }
        let is_merchant = |place: &Range<usize>| {
            self.pieces
                .iter()
                .any(|piece| piece.field == Field::Merchant && piece.start <= place.start && place.end <= piece.end)
        };
        let mut hits: Vec<(Range<usize>, Category)> = Vec::new();
        for own in [true, false] {
            let all = self.category_words(own);
            hits = all.iter().filter(|(tokens, _)| !is_merchant(&self.bytes(tokens))).cloned().collect();
            if hits.is_empty() {
                hits = all;
            }
            if !hits.is_empty() {
                break;
            }
        }
        let Some((place, category)) = hits.first().cloned() else { return };
        self.draft.category = Some(category);
        self.add_piece(&place, Field::Category);
        let mut categories = vec![category];
        for (_, other) in &hits {
            if !categories.contains(other) {
                categories.push(*other);
            }
        }
        if categories.len() > 1 {
            let end = hits.last().map_or(place.end, |(last, _)| last.end);
            self.ask(&(place.start..end), Reason::SeveralCategories, Alternatives::Categories(categories));
        }
    }

    /// Words and phrases that tell a category, also in a merchant's name.
    fn category_words(&self, own: bool) -> Vec<(Range<usize>, Category)> {
        let mut hits = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() {
            let longest = (1..=3_usize).rev().find_map(|count| {
                let tokens = self.tokens.get(index..index + count)?;
                let are_words = (index..index + count).all(|at| self.tokens[at].is_word() && self.is_left_over(at));
                let phrase = tokens.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
                let vocabularies = self.vocabularies().filter(|vocabulary| self.is_own(vocabulary) == own);
                let bare = phrase.rsplit('\'').next().filter(|bare| *bare != phrase);
                let counts = |vocabulary: &&Vocabulary| own || is_telling(&phrase, least(vocabulary));
                let of = |phrase: &str| {
                    vocabularies.clone().filter(counts).find_map(|vocabulary| vocabulary.category(phrase))
                };
                let category = if are_words { of(&phrase).or_else(|| of(bare?)) } else { None };
                category.map(|category| (count, category))
            });
            if let Some((count, category)) = longest {
                hits.push((index..index + count, category));
                index += count;
            } else {
                index += 1;
            }
        }
        hits
    }

    /// Whether a token is free, or part of the merchant's name.
    fn is_left_over(&self, index: usize) -> bool {
        let place = &self.tokens[index].range;
        self.is_free(index)
            || self
                .pieces
                .iter()
                .any(|piece| piece.field == Field::Merchant && piece.start <= place.start && place.end <= piece.end)
    }

    /// Whether a word that tells a category is of another language than the region's.
    pub(super) fn is_in_another_language(&self) -> bool {
        self.category_words(true).is_empty() && !self.category_words(false).is_empty()
    }
}

/// English words are everywhere.
fn least(vocabulary: &Vocabulary) -> usize {
    if vocabulary.code == "en" { FOREIGN_MIN - 1 } else { FOREIGN_MIN }
}

fn is_of_tag(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-') || unicode_normalization::char::is_combining_mark(letter)
}
