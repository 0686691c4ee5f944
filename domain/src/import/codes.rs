//! Codes of currencies in files that name them, and the question about the first one that is not known.
use super::{
    Answers, Question,
    money_sign::{Meaning, meaning},
    text::raw,
};
use crate::currency::Currency;

/// Says what codes stand for.
pub(super) struct Codes<'a> {
    answers: &'a Answers,
    question: Option<Question>,
}

impl<'a> Codes<'a> {
    pub(super) fn new(answers: &'a Answers) -> Self {
        Self { answers, question: None }
    }

    /// The currency of a code or number; what was answered where the file has none, or one that is not known.
    pub(super) fn settle(&mut self, code: Option<&str>) -> Option<Currency> {
        let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return self.answers.currency };
        let found = meaning(code);
        if let Meaning::One(currency) = found {
            return Some(currency);
        }
        if self.answers.currency.is_none() && self.question.is_none() {
            self.question = Some(Question::Currency { found: raw(code), candidates: found.candidates() });
        }
        self.answers.currency
    }

    /// What has to be asked.
    pub(super) fn question(self) -> Option<Question> {
        self.question
    }
}
