//! Which expenses a list shows, in which order, and where it goes on: the same words in the REST query, the page's URL
//! and the stores.
use crate::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, PaymentMethod, Status},
    ids::{AccountId, BudgetId, ExpenseId, ImportId},
    input::{self, Reader, Value},
    merchant::merchant_key,
    money,
    problem::{Problem, Problems},
    words::{self, Term},
};
use serde::{Deserialize, Serialize};
use std::{fmt::Write as _, str::FromStr};

/// Rows of a list when nothing else is asked for.
pub const LIMIT_DEFAULT: u32 = 100;
/// The most rows of one answer.
pub const LIMIT_MAX: u32 = 500;

/// What the rows are ordered by; the id decides among equals, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum SortKey {
    #[default]
    Date,
    Amount,
    Merchant,
}

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Largest or newest first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { key: SortKey::Date, descending: true }
    }
}

impl Sort {
    /// The words a client may send.
    pub const WORDS: [&'static str; 6] = ["date", "-date", "amount", "-amount", "merchant", "-merchant"];

    /// The word in URLs.
    pub const fn as_str(self) -> &'static str {
        match (self.key, self.descending) {
            (SortKey::Date, false) => "date",
            (SortKey::Date, true) => "-date",
            (SortKey::Amount, false) => "amount",
            (SortKey::Amount, true) => "-amount",
            (SortKey::Merchant, false) => "merchant",
            (SortKey::Merchant, true) => "-merchant",
        }
    }
}

impl FromStr for Sort {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let descending = text.starts_with('-');
        let key = match text.trim_start_matches('-') {
            "date" => SortKey::Date,
            "amount" => SortKey::Amount,
            "merchant" => SortKey::Merchant,
            _ => return Err(()),
        };
        let sort = Self { key, descending };
        if sort.as_str() == text { Ok(sort) } else { Err(()) }
    }
}

/// A category, or the lack of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CategoryFilter {
    /// This one (also as a part of a split).
    Is(Category),
    /// Rows without a category (`category=none`).
    Uncategorised,
}

/// Which expenses. All that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub struct Filter {
    pub budget_id: Option<BudgetId>,
    pub account_id: Option<AccountId>,
    pub category: Option<CategoryFilter>,
    pub subcategory: Option<String>,
    /// inclusive
    pub start_date: Option<Date>,
    /// inclusive
    pub end_date: Option<Date>,
    /// inclusive, in thousandths of the major unit
    pub min_amount: Option<i64>,
    /// inclusive, in thousandths of the major unit
    pub max_amount: Option<i64>,
    pub currency: Option<Currency>,
    /// a merchant's key (see [`merchant_key`])
    pub merchant: Option<String>,
    /// what is searched for: each must be among the words of merchant, description and tags
    pub words: Vec<Term>,
    /// all of them
    pub tags: Vec<String>,
    pub payment_method: Option<PaymentMethod>,
    pub kind: Option<Kind>,
    pub status: Option<Status>,
    pub import_id: Option<ImportId>,
    /// With a receipt, or without.
    pub has_receipt: Option<bool>,
    /// Of a recurrence, or not.
    pub recurring: Option<bool>,
    /// Only rows that wait for a rate.
    pub unconverted: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Which rows.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at most, 1 to 500.
    pub limit: u32,
    /// After which row; none = from the beginning.
    pub cursor: Option<Cursor>,
    /// How many rows to pass over (pages of a table; not together with a cursor).
    pub offset: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self { filter: Filter::default(), sort: Sort::default(), limit: LIMIT_DEFAULT, cursor: None, offset: 0 }
    }
}

/// Where a list goes on: the sort value and id of the last row that was seen. Rows that come later don't shift it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The value of the last row in the order of the list.
    pub value: CursorValue,
    /// The last row.
    pub id: ExpenseId,
}

/// See [`Cursor`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CursorValue {
    /// of a list by date
    Date(Date),
    /// of a list by amount, in thousandths
    Amount(i64),
    /// of a list by merchant: the key
    Merchant(String),
}

impl Cursor {
    /// The cursor that goes on after `expense`.
    pub fn after(expense: &Expense, sort: Sort) -> Self {
        let value = match sort.key {
            SortKey::Date => CursorValue::Date(expense.date),
            SortKey::Amount => CursorValue::Amount(expense.amount_thousandths()),
            SortKey::Merchant => CursorValue::Merchant(expense.merchant_key.clone()),
        };
        Self { value, id: expense.id }
    }

    /// As text: letters, digits, `-`, `.` only.
    pub fn encode(&self) -> String {
        match &self.value {
            CursorValue::Date(date) => format!("d.{date}.{}", self.id),
            CursorValue::Amount(amount) => format!("a.{amount}.{}", self.id),
            CursorValue::Merchant(key) => {
                let mut hex = String::with_capacity(key.len() * 2);
                for byte in key.bytes() {
                    let _ = write!(hex, "{byte:02x}");
                }
                format!("m.{hex}.{}", self.id)
            }
        }
    }

    /// From text; it must be a cursor of a list in this order.
    pub fn decode(text: &str, sort: Sort) -> Result<Self, Problem> {
        let mut parts = text.splitn(3, '.');
        let (Some(kind), Some(value), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Problem::BadCursor);
        };
        let value = match (kind, sort.key) {
            ("d", SortKey::Date) => CursorValue::Date(input::parse_date(value).map_err(|_| Problem::BadCursor)?),
            ("a", SortKey::Amount) => CursorValue::Amount(value.parse().map_err(|_| Problem::BadCursor)?),
            ("m", SortKey::Merchant) => CursorValue::Merchant(from_hex(value).ok_or(Problem::BadCursor)?),
            _ => return Err(Problem::BadCursor),
        };
        Ok(Self { value, id: id.parse().map_err(|_| Problem::BadCursor)? })
    }
}

fn from_hex(text: &str) -> Option<String> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > 1_024 {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect();
    String::from_utf8(bytes?).ok()
}

/// Reads a query's parameters (all text): the filters of the REST API, sort, limit and cursor. Unknown ones are problems.
pub fn read_query(value: &Value) -> Result<Query, Problems> {
    let mut reader = Reader::new(value);
    let sort = reader.optional("sort", |value| input::word(value, &Sort::WORDS)).unwrap_or_default();
    let limit = reader.optional("limit", |value| input::integer(value, 1, LIMIT_MAX.into()));
    let cursor = reader.optional("cursor", |value| match value {
        Value::Text(text) => Cursor::decode(text, sort),
        _ => Err(Problem::BadCursor),
    });
    let filter = read_filter(&mut reader);
    reader.finish()?;
    let limit = limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(LIMIT_DEFAULT);
    Ok(Query { filter, sort, limit, cursor, offset: 0 })
}

impl Filter {
    /// The parameters of the REST API by which the same rows are found.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let amount = |thousandths: i64| money::format_minor(thousandths, 3);
        let category = |filter: CategoryFilter| match filter {
            CategoryFilter::Is(category) => category.as_str().to_owned(),
            CategoryFilter::Uncategorised => "none".to_owned(),
        };
        let list = |texts: &[String], between: &str| Some(texts.join(between)).filter(|text| !text.is_empty());
        [
            ("budgetId", self.budget_id.map(|id| id.to_string())),
            ("accountId", self.account_id.map(|id| id.to_string())),
            ("category", self.category.map(category)),
            ("subcategory", self.subcategory.clone()),
            ("startDate", self.start_date.map(|date| date.to_string())),
            ("endDate", self.end_date.map(|date| date.to_string())),
            ("minAmount", self.min_amount.map(amount)),
            ("maxAmount", self.max_amount.map(amount)),
            ("currency", self.currency.map(|currency| currency.code().to_owned())),
            ("merchant", self.merchant.clone()),
            ("q", list(&self.words.iter().map(|term| term.word.clone()).collect::<Vec<_>>(), " ")),
            ("tags", list(&self.tags, ",")),
            ("paymentMethod", self.payment_method.map(|method| method.as_str().to_owned())),
            ("kind", self.kind.map(|kind| kind.as_str().to_owned())),
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("importId", self.import_id.map(|id| id.to_string())),
            ("hasReceipt", self.has_receipt.map(|has| has.to_string())),
            ("recurring", self.recurring.map(|is| is.to_string())),
            ("unconverted", self.unconverted.then(|| true.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// Reads the filters alone, leaving other parameters to the caller.
pub fn read_filter(reader: &mut Reader<'_>) -> Filter {
    let thousandths =
        |value: &Value| money::parse_minor(input::number_text(value)?, 3).map_err(|_| Problem::NotANumber);
    let filter = Filter {
        budget_id: reader.optional("budgetId", input::id),
        account_id: reader.optional("accountId", input::id),
        category: reader.optional("category", |value| match value {
            Value::Text(text) if text == "none" => Ok(CategoryFilter::Uncategorised),
            value => input::word(value, &Category::ALL.map(Category::as_str)).map(CategoryFilter::Is),
        }),
        subcategory: reader.optional("subcategory", input::text),
        start_date: reader.optional("startDate", input::date),
        end_date: reader.optional("endDate", input::date),
        min_amount: reader.optional("minAmount", thousandths),
        max_amount: reader.optional("maxAmount", thousandths),
        currency: reader.optional("currency", input::currency),
        merchant: reader.optional("merchant", input::text).map(|merchant| merchant_key(&merchant)),
        words: reader.optional("q", input::text).map(|text| words::query(&text)).unwrap_or_default(),
        tags: reader
            .optional("tags", |value| match value {
                Value::Text(text) => {
                    Ok(text.split(',').map(|tag| tag.trim().to_owned()).filter(|t| !t.is_empty()).collect())
                }
                value => input::list(value, 20, input::text),
            })
            .unwrap_or_default(),
        payment_method: reader.optional("paymentMethod", |value| input::word(value, PaymentMethod::WORDS)),
        kind: reader.optional("kind", |value| input::word(value, Kind::WORDS)),
        status: reader.optional("status", |value| input::word(value, Status::WORDS)),
        import_id: reader.optional("importId", input::id),
        has_receipt: reader.optional("hasReceipt", input::boolean),
        recurring: reader.optional("recurring", input::boolean),
        unconverted: reader.optional("unconverted", input::boolean).unwrap_or(false),
    };
    if let (Some(start), Some(end)) = (filter.start_date, filter.end_date)
        && start > end
    {
        reader.problem("endDate", Problem::StartAfterEnd);
    }
    filter
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;

    #[test]
    fn a_filter_comes_back_from_its_parameters() {
        let pairs = [
            ("budgetId", "010101010101010101010101"),
            ("accountId", "020202020202020202020202"),
            ("category", "none"),
            ("subcategory", "Rent"),
            ("startDate", "2026-01-02"),
            ("endDate", "2026-02-03"),
            ("minAmount", "1.500"),
            ("maxAmount", "20.000"),
            ("currency", "EUR"),
            ("merchant", "rewe"),
            ("q", "corner shop"),
            ("tags", "a,b"),
            ("paymentMethod", "card"),
            ("kind", "refund"),
            ("status", "draft"),
            ("importId", "030303030303030303030303"),
            ("hasReceipt", "false"),
            ("recurring", "true"),
            ("unconverted", "true"),
        ];
        let value = Value::Object(pairs.map(|(name, text)| (name.to_owned(), Value::Text(text.to_owned()))).to_vec());
        let filter = read_query(&value).unwrap().filter;
        assert_eq!(filter.pairs(), pairs.map(|(name, text)| (name, text.to_owned())));
        assert_eq!(Filter::default().pairs(), []);
    }
}
