//! A line while it is taken apart: which of its tokens are used up, and what they gave.
use super::{
    Alternatives, Ambiguity, Context, Draft, Entry, Field, Piece, Reason,
    lex::{self, Token},
    vocab::{self, Vocabulary},
};
use crate::expense::Kind;
use std::ops::Range;

/// The most words of a phrase.
const PHRASE_MAX: usize = 5;

pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) context: Context<'a>,
    pub(super) tokens: Vec<Token>,
    used: Vec<bool>,
    pub(super) draft: Draft,
    pub(super) pieces: Vec<Piece>,
    pub(super) ambiguous: Vec<Ambiguity>,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str, context: Context<'a>) -> Self {
        let tokens = lex::tokens(text, context.locale.group_mark().is_whitespace());
        Self {
            text,
            context,
            used: vec![false; tokens.len()],
            tokens,
            draft: Draft {
                amount: None,
                currency: context.currency,
                kind: Kind::Expense,
                date: context.today,
                merchant: None,
                description: None,
                tags: Vec::new(),
                category: None,
                payment_method: None,
            },
            pieces: Vec::new(),
            ambiguous: Vec::new(),
        }
    }

    pub(super) fn into_entry(mut self) -> Entry {
        self.pieces.sort_by_key(|piece| (piece.start, piece.end, piece.field));
        self.ambiguous.sort_by_key(|ambiguity| (ambiguity.start, ambiguity.end, ambiguity.reason));
        Entry { draft: self.draft, pieces: self.pieces, ambiguous: self.ambiguous }
    }

    /// The languages, that of the region first.
    pub(super) fn vocabularies(&self) -> impl Iterator<Item = &'static Vocabulary> + Clone + use<> {
        vocab::vocabularies(self.context.locale)
    }

    /// The region's language.
    pub(super) fn is_own(&self, vocabulary: &Vocabulary) -> bool {
        self.context.locale.tag().starts_with(vocabulary.code)
    }

    pub(super) fn is_free(&self, index: usize) -> bool {
        self.used.get(index).is_some_and(|used| !used)
    }

    pub(super) fn is_free_word(&self, index: usize) -> bool {
        self.is_free(index) && self.tokens[index].is_word()
    }

    pub(super) fn use_up(&mut self, tokens: Range<usize>) {
        self.used[tokens].fill(true);
    }

    /// The bytes from the first to the last of some tokens.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), self.tokens[..tokens.end].last()) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.range.start..last.range.end,
            _ => 0..0,
        }
    }

    /// The text of a token as it is written.
    pub(super) fn raw(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &self.text[token.range.clone()])
    }

    /// Whether nothing stands between a token and the one before.
    pub(super) fn is_glued(&self, index: usize) -> bool {
        index > 0 && self.tokens.get(index).is_some_and(|token| token.range.start == self.tokens[index - 1].range.end)
    }

    pub(super) fn add_piece(&mut self, tokens: &Range<usize>, field: Field) {
        let bytes = self.bytes(tokens);
        self.pieces.push(Piece { start: bytes.start, end: bytes.end, field });
    }

    pub(super) fn ask(&mut self, tokens: &Range<usize>, reason: Reason, alternatives: Alternatives) {
        let bytes = self.bytes(tokens);
        self.ambiguous.push(Ambiguity { start: bytes.start, end: bytes.end, reason, alternatives });
    }

    /// What the longest phrase of free words from a token on means, and how many tokens it has.
    pub(super) fn phrase<T>(&self, from: usize, meaning: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
        let count =
            (from..self.tokens.len().min(from + PHRASE_MAX)).take_while(|index| self.is_free_word(*index)).count();
        (1..=count).rev().find_map(|count| {
            let words: Vec<&str> = self.tokens[from..from + count].iter().map(|token| token.folded.as_str()).collect();
            Some((count, meaning(&words.join(" "))?))
        })
    }

    /// Whether a free word is one of `a|b|c`.
    pub(super) fn word_is(&self, index: usize, words: &str) -> bool {
        self.is_free_word(index) && vocab::is_one_of(&self.tokens[index].folded, words)
    }
}

/// Whether a word of another language than the region's is long enough to be no word of the region's by chance.
pub(super) fn is_telling(word: &str, least: usize) -> bool {
    !word.is_ascii() || word.len() >= least
}
