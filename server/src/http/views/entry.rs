//! A typed line, understood.
use super::number::Decimal;
use domain::{
    Date,
    category::Category,
    entry::{Alternatives, Ambiguity, Draft, Field, Piece, Reason},
    expense::PaymentMethod,
};
use serde::Serialize;
use service::entry::Parsed;
use utoipa::ToSchema;

/// What a line means, and what has to be asked before it counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParsedLineView {
    /// The fields of an expense, as `POST /api/expenses` takes them.
    draft: DraftView,
    /// Where each was found.
    pieces: Vec<PieceView>,
    /// What can be read in more than one way; empty: it can be saved as it is.
    ambiguous: Vec<AmbiguityView>,
}

/// Fields of an expense that is not saved yet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DraftView {
    /// null: no number is an amount
    amount: Option<Decimal>,
    /// The one written; else that of the budget in use, or one's own.
    currency: &'static str,
    /// expense, refund, income, transfer
    kind: &'static str,
    #[schema(value_type = String, format = Date)]
    date: Date,
    merchant: Option<String>,
    description: Option<String>,
    tags: Vec<String>,
    /// By words of the line, else what the merchant usually has.
    category: Option<&'static str>,
    subcategory: Option<String>,
    payment_method: Option<&'static str>,
    /// The budget in use.
    budget_id: Option<String>,
}

/// A part of the line, and the field that it gives.
#[derive(Debug, Serialize, ToSchema)]
struct PieceView {
    /// First byte (UTF-8).
    start: usize,
    /// The byte after the last.
    end: usize,
    /// amount, currency, date, merchant, description, tag, kind, category, paymentMethod
    #[schema(value_type = String)]
    field: Field,
}

/// A part of the line that can be read in more than one way.
#[derive(Debug, Serialize, ToSchema)]
struct AmbiguityView {
    /// First byte (UTF-8).
    start: usize,
    /// The byte after the last.
    end: usize,
    /// As it is written.
    text: String,
    /// decimalMark, severalAmounts, currencySign, dayOrMonth, year, severalDates, pastOrFuture, vagueDay, priceOfEach, weekday,
    /// sign, severalKinds, severalCategories
    #[schema(value_type = String)]
    reason: Reason,
    /// What the draft would say; it says the first.
    alternatives: Vec<AlternativeView>,
}

/// The one field in which a way of reading differs.
#[derive(Debug, Default, Serialize, ToSchema)]
struct AlternativeView {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
}

impl From<Parsed> for ParsedLineView {
    fn from(parsed: Parsed) -> Self {
        let Draft { amount, currency, kind, date, merchant, description, tags, category, payment_method } =
            parsed.draft;
        let draft = DraftView {
            amount: amount.map(Decimal::of),
            currency: currency.code(),
            kind: kind.as_str(),
            date,
            merchant,
            description,
            tags,
            category: category.map(Category::as_str),
            subcategory: parsed.subcategory,
            payment_method: payment_method.map(PaymentMethod::as_str),
            budget_id: parsed.budget.map(|id| id.to_string()),
        };
        let piece = |piece: Piece| PieceView { start: piece.start, end: piece.end, field: piece.field };
        let text = parsed.text;
        Self {
            draft,
            pieces: parsed.pieces.into_iter().map(piece).collect(),
            ambiguous: parsed.ambiguous.into_iter().map(|asked| ambiguity(&text, asked)).collect(),
        }
    }
}

fn ambiguity(line: &str, asked: Ambiguity) -> AmbiguityView {
    let Ambiguity { start, end, reason, alternatives } = asked;
    let none = AlternativeView::default;
    let alternatives = match alternatives {
        Alternatives::Amounts(ways) => {
            let way = |way| AlternativeView { amount: Some(Decimal::of(way)), ..none() };
            ways.into_iter().map(way).collect()
        }
        Alternatives::Currencies(ways) => {
            ways.into_iter().map(|way| AlternativeView { currency: Some(way.code()), ..none() }).collect()
        }
        Alternatives::Dates(ways) => {
            ways.into_iter().map(|way| AlternativeView { date: Some(way.0), ..none() }).collect()
        }
        Alternatives::Kinds(ways) => {
            ways.into_iter().map(|way| AlternativeView { kind: Some(way.as_str()), ..none() }).collect()
        }
        Alternatives::Categories(ways) => {
            ways.into_iter().map(|way| AlternativeView { category: Some(way.as_str()), ..none() }).collect()
        }
    };
    AmbiguityView { start, end, text: line.get(start..end).unwrap_or_default().to_owned(), reason, alternatives }
}
