//! Lists of expenses: a filter as conditions, one page of it, how many there are in all.
use super::{
    budgets,
    failure::{Failure, Outcome},
    ledger,
    transaction::Tx,
    values::{NO_CATEGORY, oid},
};
use crate::limits::only_budget;
use domain::{
    currency::Currency,
    expense::{Expense, Kind, Status},
    filter::{CategoryFilter, Cursor, CursorValue, Filter, Query, Sort, SortKey},
    ids::UserId,
    problem::Problem,
    role::Role,
};
use mongodb::{
    bson::{Bson, Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    ports::store::{Page, Sum},
};
use std::sync::Arc;

/// Comes after every letter and digit.
const LAST: char = '\u{10ffff}';

/// One page, and the number of all rows.
pub(super) async fn page(tx: &mut Tx, actor: UserId, query: &Query) -> Outcome<Page<Expense>> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut places = budgets::places(tx, actor, Role::View).await?;
    places.retain(|place| query.filter.budget_id.is_none_or(|budget| *place == oid(budget.0)));
    let mut items = rows(tx, &places, query).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    // The last page from the beginning tells the number without counting.
    let all_seen = !more && query.cursor.is_none() && (query.offset == 0 || !items.is_empty());
    let total =
        if all_seen { u64::from(query.offset) + items.len() as u64 } else { total(tx, &places, &query.filter).await? };
    Ok(Page { items, total, more })
}

/// A sum as the server adds it up.
#[derive(Serialize, Deserialize)]
struct SumDoc {
    #[serde(rename = "_id")]
    of: SumOf,
    count: i64,
    minor: i64,
    base: i64,
}

/// What a sum is of.
#[derive(Serialize, Deserialize)]
struct SumOf {
    currency: Currency,
    #[serde(default)]
    base: Option<Currency>,
}

/// What all rows of a filter come to. Transfers are counted and move no money.
pub(super) async fn sums(tx: &mut Tx, actor: UserId, filter: &Filter) -> Outcome<Vec<Sum>> {
    let mut places = budgets::places(tx, actor, Role::View).await?;
    places.retain(|place| filter.budget_id.is_none_or(|budget| *place == oid(budget.0)));
    let mut conditions = Conditions::new(&places);
    conditions.filter(filter);
    let is = |kind: Kind| doc! { "$eq": ["$kind", kind.as_str()] };
    let signed = |field: &str| {
        let value = doc! { "$ifNull": [field, 0_i64] };
        doc! { "$sum": { "$switch": {
            "branches": [
                { "case": { "$or": [is(Kind::Income), is(Kind::Refund)] }, "then": value.clone() },
                { "case": is(Kind::Expense), "then": { "$subtract": [0_i64, value] } },
            ],
            "default": 0_i64,
        } } }
    };
    let group = doc! {
        "_id": { "currency": "$currency", "base": { "$ifNull": ["$base.currency", Bson::Null] } },
        "count": { "$sum": 1_i64 },
        "minor": signed("$minor"),
        "base": signed("$base.minor"),
    };
    let tables = Arc::clone(&tx.tables);
    let found: Vec<SumDoc> =
        tx.session.aggregate(&tables.expenses, [doc! { "$match": conditions.all() }, doc! { "$group": group }]).await?;
    let mut sums = Vec::with_capacity(found.len());
    for SumDoc { of, count, minor, base } in found {
        let count = u64::try_from(count).map_err(Failure::corrupt)?;
        sums.push(Sum { currency: of.currency, base_currency: of.base, count, minor, base_minor: base });
    }
    sums.sort_by_key(|sum| (sum.currency.code(), sum.base_currency.map(Currency::code)));
    Ok(sums)
}

/// The rows of the page and one more.
async fn rows(tx: &mut Tx, places: &[ObjectId], query: &Query) -> Outcome<Vec<Expense>> {
    let mut conditions = Conditions::new(places);
    conditions.filter(&query.filter);
    if let Some(cursor) = &query.cursor {
        conditions.after(cursor, query.sort)?;
    }
    let direction = if query.sort.descending { -1 } else { 1 };
    let page = FindOptions::builder()
        .sort(doc! { field(query.sort.key): direction, "_id": direction })
        .skip(u64::from(query.offset))
        .limit(i64::from(query.limit) + 1)
        .build();
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.all(&tables.expenses, conditions.all(), page).await?;
    found.into_iter().map(Expense::try_from).collect()
}

const fn field(key: SortKey) -> &'static str {
    match key {
        SortKey::Date => "date",
        SortKey::Amount => "amountThousandths",
        SortKey::Merchant => "merchantKey",
    }
}

/// How many rows a filter lets through: kept where there is no filter but the budget, else counted.
async fn total(tx: &mut Tx, places: &[ObjectId], filter: &Filter) -> Outcome<u64> {
    if only_budget(filter) {
        return ledger::live(tx, places).await;
    }
    let mut conditions = Conditions::new(places);
    conditions.filter(filter);
    let tables = Arc::clone(&tx.tables);
    tx.session.count(&tables.expenses, conditions.all()).await
}

/// What must all hold.
struct Conditions(Vec<Document>);

impl Conditions {
    /// The rows of those places that are not in the trash.
    fn new(places: &[ObjectId]) -> Self {
        Self(vec![doc! { "place": { "$in": places }, "deletedAt": null }])
    }

    fn all(self) -> Document {
        doc! { "$and": self.0 }
    }

    fn add(&mut self, field: &str, condition: impl Into<Bson>) {
        self.0.push(doc! { field: condition.into() });
    }

    fn filter(&mut self, filter: &Filter) {
        if let Some(id) = filter.account_id {
            self.add("accountId", oid(id.0));
        }
        if let Some(id) = filter.import_id {
            self.add("importId", oid(id.0));
        }
        match filter.category {
            Some(CategoryFilter::Is(category)) => self.add("categories", category.as_str()),
            Some(CategoryFilter::Uncategorised) => self.add("categories", NO_CATEGORY),
            None => {}
        }
        if let Some(name) = &filter.subcategory {
            self.add("$or", vec![doc! { "subcategory": name }, doc! { "splits.subcategory": name }]);
        }
        if let Some(start) = filter.start_date {
            self.add("date", doc! { "$gte": start.to_string() });
        }
        if let Some(end) = filter.end_date {
            self.add("date", doc! { "$lte": end.to_string() });
        }
        if let Some(least) = filter.min_amount {
            self.add("amountThousandths", doc! { "$gte": least });
        }
        if let Some(most) = filter.max_amount {
            self.add("amountThousandths", doc! { "$lte": most });
        }
        if let Some(currency) = filter.currency {
            self.add("currency", currency.code());
        }
        if let Some(merchant) = &filter.merchant {
            self.add("merchantKey", merchant.as_str());
        }
        for term in &filter.words {
            if term.prefix {
                self.add("words", doc! { "$elemMatch": beginning_with(&term.word) });
            } else {
                self.add("words", term.word.as_str());
            }
        }
        for tag in &filter.tags {
            self.add("tags", tag.as_str());
        }
        if let Some(method) = filter.payment_method {
            self.add("paymentMethod", method.as_str());
        }
        if let Some(kind) = filter.kind {
            self.add("kind", kind.as_str());
        }
        if let Some(status) = filter.status {
            self.add("status", status.as_str());
        }
        if let Some(recurring) = filter.recurring {
            self.add("seriesId", doc! { "$exists": recurring });
        }
        if let Some(wanted) = filter.has_receipt {
            self.add("receipt", doc! { "$exists": wanted });
        }
        if filter.unconverted {
            self.add("base", Bson::Null);
            self.add("status", doc! { "$in": [Status::Cleared.as_str(), Status::Reconciled.as_str()] });
        }
    }

    /// Only rows that come after the cursor's, in the direction of the list.
    fn after(&mut self, cursor: &Cursor, sort: Sort) -> Outcome<()> {
        let value = match (&cursor.value, sort.key) {
            (CursorValue::Date(date), SortKey::Date) => Bson::String(date.to_string()),
            (CursorValue::Amount(amount), SortKey::Amount) => Bson::Int64(*amount),
            (CursorValue::Merchant(key), SortKey::Merchant) => Bson::String(key.clone()),
            _ => return Err(Failure::Service(Error::field("cursor", Problem::BadCursor))),
        };
        let (field, comparison) = (field(sort.key), if sort.descending { "$lt" } else { "$gt" });
        let beyond = doc! { field: { comparison: value.clone() } };
        let equal = doc! { field: value, "_id": { comparison: oid(cursor.id.0) } };
        self.add("$or", vec![beyond, equal]);
        Ok(())
    }
}

/// A range and not a pattern: nothing in the word means anything but itself.
fn beginning_with(word: &str) -> Document {
    doc! { "$gte": word, "$lt": format!("{word}{LAST}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_ranges() {
        let range = beginning_with("caf");
        let (from, to) = (range.get_str("$gte").unwrap(), range.get_str("$lt").unwrap());
        for (word, inside) in [("caf", true), ("cafe", true), ("caf\u{1d7d8}", true), ("cag", false), ("ca", false)] {
            assert_eq!((from..to).contains(&word), inside, "{word}");
        }
    }

    #[test]
    fn every_condition_is_kept() {
        let mut conditions = Conditions::new(&[oid([1; 12])]);
        let words = domain::words::query("a b");
        conditions.filter(&Filter { words, min_amount: Some(1), max_amount: Some(2), ..Filter::default() });
        assert_eq!(conditions.0.len(), 5);
    }
}
