//! Plain-language entry: `lunch 12,50 gestern bei Joe's #work` becomes a draft of an expense, with no network and no model.
//!
//! English and German best; Spanish, French, Hindi and Japanese for days, currencies, numbers and common words. Languages may
//! be mixed. What could be read in two ways is read in one of them and listed as [`Ambiguity`] with the others, so that
//! the page can ask; where each piece was found is in [`Entry::pieces`], so that it can be marked while it is typed.
use crate::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Kind, PaymentMethod},
    locale::Locale,
    money::Money,
};
use serde::{Deserialize, Serialize};

mod amounts;
mod calendar;
mod choice;
mod dates;
mod details;
mod lex;
mod line;
mod merchant;
mod operand;
mod vocab;

/// The most characters that are looked at.
pub const ENTRY_MAX: usize = 500;

/// What is known about who types.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The day it is where they are.
    pub today: Date,
    /// How numbers and dates are written there, and the language that is tried first.
    pub locale: Locale,
    /// What an amount without a currency is of.
    pub currency: Currency,
    /// Merchants that they had before, as they wrote them: found without `at`.
    pub merchants: &'a [&'a str],
}

/// What was understood of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The fields.
    pub draft: Draft,
    /// Where they were found, by place. Pieces of a category, a kind or a currency may lie within a description, a merchant or
    /// an amount; the others don't overlap.
    pub pieces: Vec<Piece>,
    /// What has to be asked, by place.
    pub ambiguous: Vec<Ambiguity>,
}

/// The fields of an expense that a line gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Above zero; none where no number is an amount.
    pub amount: Option<Money>,
    /// The currency of the amount; the given one where none is written.
    pub currency: Currency,
    /// An expense where nothing says otherwise.
    pub kind: Kind,
    /// Today where no day is named.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// Who was paid, as it is written.
    pub merchant: Option<String>,
    /// The words that are left over.
    pub description: Option<String>,
    /// Without their `#`, each once.
    pub tags: Vec<String>,
    /// A guess by words; none for income and transfers.
    pub category: Option<Category>,
    /// How it was paid, where it is said.
    pub payment_method: Option<PaymentMethod>,
}

/// A field of the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Field {
    Amount,
    Currency,
    Date,
    Merchant,
    Description,
    Tag,
    Kind,
    Category,
    PaymentMethod,
}

/// Where a field was found: bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// the first byte
    pub start: usize,
    /// the byte after the last
    pub end: usize,
    /// of what
    pub field: Field,
}

/// Something that can be read in more than one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguity {
    /// the first byte
    pub start: usize,
    /// the byte after the last
    pub end: usize,
    /// why
    pub reason: Reason,
    /// the ways; the draft has the first
    pub alternatives: Alternatives,
}

/// Why something can be read in more than one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// `1.200` is 1200 or 1.2.
    DecimalMark,
    /// Two numbers could be the amount (the last way is their sum).
    SeveralAmounts,
    /// `kr` is of four countries.
    CurrencySign,
    /// `01/02` is in January or in February.
    DayOrMonth,
    /// `1 Dec`, typed in November, was last year or is to come.
    Year,
    /// Two days are named.
    SeveralDates,
    /// The word means the day before and the day after (`कल`).
    PastOrFuture,
    /// `last week`, `last month`.
    VagueDay,
    /// `3 beers @ 6.50`: the price of all, or of one.
    PriceOfEach,
    /// The weekday that it is today: today, or a week ago.
    Weekday,
    /// A minus or a plus with nothing that says what came back or in.
    Sign,
    /// Words for two kinds.
    SeveralKinds,
    /// Words for two categories.
    SeveralCategories,
}

/// The ways, by what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Alternatives {
    Amounts(Vec<Money>),
    Currencies(Vec<Currency>),
    Dates(Vec<crate::recurrence::DateKey>),
    Kinds(Vec<Kind>),
    Categories(Vec<Category>),
}

/// Reads a line. There is always a draft; what it lacks has to be filled in.
pub fn parse(text: &str, context: &Context<'_>) -> Entry {
    let end = text.char_indices().nth(ENTRY_MAX).map_or(text.len(), |(at, _)| at);
    let mut line = line::Line::new(&text[..end], *context);
    line.find_tags();
    line.find_dates();
    line.find_amount();
    line.find_payment_method();
    line.find_kind();
    line.find_merchant();
    line.find_category();
    line.find_description();
    line.into_entry()
}

#[cfg(test)]
mod tests;
