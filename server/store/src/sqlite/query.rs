//! Lists of expenses: a filter as SQL, one page of it, how many there are in all.
use super::{
    codec::{self, all, day, each, first, kind, payment_method, status},
    encode::{self, category_bit, columns},
    failure::{Failure, Outcome},
    ledger::tally_key,
};
use crate::limits::only_budget;
use domain::{
    category::Category,
    expense::{Expense, Status},
    filter::{CategoryFilter, Cursor, CursorValue, Filter, Query, Sort, SortKey},
    ids::UserId,
};
use rusqlite::{Connection, params, params_from_iter, types::Value};
use service::ports::store::Page;
use std::fmt::Write as _;

/// Conditions and what they are compared with, in order.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

/// One page, and the number of all rows.
pub(super) fn page(connection: &Connection, actor: UserId, query: &Query) -> Outcome<Page<Expense>> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut items = rows(connection, actor, query)?;
    let more = items.len() > limit;
    items.truncate(limit);
    // The last page from the beginning tells the number without counting: what is rare is walked through once.
    let all_seen = !more && query.cursor.is_none() && (query.offset == 0 || !items.is_empty());
    let total =
        if all_seen { u64::from(query.offset) + items.len() as u64 } else { total(connection, actor, &query.filter)? };
    Ok(Page { items, total, more })
}

/// The rows of the page and one more.
fn rows(connection: &Connection, actor: UserId, query: &Query) -> Outcome<Vec<Expense>> {
    let index = index_for(query);
    let mut conditions = Conditions::new(actor);
    conditions.filter(&query.filter)?;
    if let Some(cursor) = &query.cursor {
        conditions.after(cursor, query.sort)?;
    }
    let order = order(query.sort);
    let from = format!("FROM expenses INDEXED BY {index} WHERE {}", conditions.sql);
    let columns = columns!();
    let sql = if index == BY_DATE && query.sort.key != SortKey::Date {
        // Sorts bare row numbers, not whole rows.
        format!(
            "SELECT {columns} FROM (SELECT row AS r {from} ORDER BY {order} LIMIT ? OFFSET ?)
             CROSS JOIN expenses ON row = r ORDER BY {order}"
        )
    } else {
        format!("SELECT {columns} {from} ORDER BY {order} LIMIT ? OFFSET ?")
    };
    let mut values = conditions.values;
    values.push(Value::Integer(i64::from(query.limit) + 1));
    values.push(Value::Integer(i64::from(query.offset)));
    all(connection, &sql, params_from_iter(values), encode::read)
}

const BY_DATE: &str = "expenses_by_date";

/// The index in whose order the list is; that by date holds all that can be filtered by, the others the budget alone.
fn index_for(query: &Query) -> &'static str {
    match query.sort.key {
        SortKey::Amount if only_budget(&query.filter) => "expenses_by_amount",
        SortKey::Merchant if only_budget(&query.filter) => "expenses_by_merchant",
        _ => BY_DATE,
    }
}

fn order(sort: Sort) -> String {
    let column = column(sort.key);
    let direction = if sort.descending { "DESC" } else { "ASC" };
    format!("{column} {direction}, id {direction}")
}

const fn column(key: SortKey) -> &'static str {
    match key {
        SortKey::Date => "date",
        SortKey::Amount => "amount_e3",
        SortKey::Merchant => "merchant_key",
    }
}

/// How many rows a filter lets through: kept where there is no filter but the budget, else counted along the index.
fn total(connection: &Connection, actor: UserId, filter: &Filter) -> Outcome<u64> {
    let count = if let (true, Some(budget)) = (only_budget(filter), filter.budget_id) {
        first(
            connection,
            "SELECT live FROM expense_tallies WHERE user_id = ? AND budget_id = ?",
            params![actor.0, tally_key(Some(budget))],
            |columns| columns.count(),
        )?
    } else if only_budget(filter) {
        first(
            connection,
            "SELECT coalesce(sum(live), 0) FROM expense_tallies WHERE user_id = ?",
            params![actor.0],
            |columns| columns.count(),
        )?
    } else {
        let mut conditions = Conditions::new(actor);
        conditions.filter(filter)?;
        let sql = format!("SELECT count(*) FROM expenses INDEXED BY {BY_DATE} WHERE {}", conditions.sql);
        first(connection, &sql, params_from_iter(conditions.values), |columns| columns.count())?
    };
    Ok(count.unwrap_or(0))
}

impl Conditions {
    /// The user's rows that are not in the trash.
    fn new(actor: UserId) -> Self {
        Self { sql: "user_id = ? AND deleted_at IS NULL".to_owned(), values: vec![Value::Blob(actor.0.to_vec())] }
    }

    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        let _ = write!(self.sql, " AND {condition}");
        self.values.push(value.into());
    }

    fn filter(&mut self, filter: &Filter) -> Outcome<()> {
        if let Some(id) = filter.budget_id {
            self.add("budget_id = ?", id.0.to_vec());
        }
        if let Some(id) = filter.account_id {
            self.add("account_id = ?", id.0.to_vec());
        }
        if let Some(id) = filter.import_id {
            self.add("import_id = ?", id.0.to_vec());
        }
        if let Some(wanted) = filter.category {
            let bit = match wanted {
                CategoryFilter::Is(category) => category_bit(Some(category)),
                CategoryFilter::Uncategorised => category_bit(None),
            };
            self.add("categories & ? <> 0", bit);
        }
        if let Some(name) = &filter.subcategory {
            self.add(
                "(subcategory = ? OR EXISTS (SELECT 1 FROM json_each(splits) AS split
                     WHERE split.value ->> '$.subcategory' = ?))",
                name.clone(),
            );
            self.values.push(Value::Text(name.clone()));
        }
        if let Some(start) = filter.start_date {
            self.add("date >= ?", day(start));
        }
        if let Some(end) = filter.end_date {
            self.add("date <= ?", day(end));
        }
        if let Some(least) = filter.min_amount {
            self.add("amount_e3 >= ?", least);
        }
        if let Some(most) = filter.max_amount {
            self.add("amount_e3 <= ?", most);
        }
        if let Some(currency) = filter.currency {
            self.add("currency = ?", currency.code().to_owned());
        }
        if let Some(merchant) = &filter.merchant {
            self.add("merchant_key = ?", merchant.clone());
        }
        for word in &filter.words {
            // Both are folded, and a space stands before each word: quicker than LIKE, which folds again.
            self.add("instr(words, ?) > 0", format!(" {word}"));
        }
        for tag in &filter.tags {
            // The text is only a quick look: a tag may hold what looks like the end of another.
            self.add("instr(tags, ?) > 0", codec::json(tag)?);
            self.add("EXISTS (SELECT 1 FROM json_each(tags) AS tag WHERE tag.value = ?)", tag.clone());
        }
        if let Some(method) = filter.payment_method {
            self.add("payment_method = ?", payment_method(method));
        }
        if let Some(wanted) = filter.kind {
            self.add("kind = ?", kind(wanted));
        }
        if let Some(wanted) = filter.status {
            self.add("status = ?", status(wanted));
        }
        // No row has a receipt or belongs to a recurrence yet.
        if filter.has_receipt == Some(true) || filter.recurring == Some(true) {
            self.sql.push_str(" AND 0");
        }
        if filter.unconverted {
            self.add("base_minor IS NULL AND status IN (?, ?)", status(Status::Cleared));
            self.values.push(Value::Integer(status(Status::Reconciled)));
        }
        Ok(())
    }

    /// Only rows that come after the cursor's, in the direction of the list.
    fn after(&mut self, cursor: &Cursor, sort: Sort) -> Outcome<()> {
        let value = match (&cursor.value, sort.key) {
            (CursorValue::Date(date), SortKey::Date) => Value::Integer(day(*date)),
            (CursorValue::Amount(amount), SortKey::Amount) => Value::Integer(*amount),
            (CursorValue::Merchant(key), SortKey::Merchant) => Value::Text(key.clone()),
            _ => {
                let problem = domain::problem::Problem::BadCursor;
                return Err(Failure::Service(service::Error::field("cursor", problem)));
            }
        };
        let comparison = if sort.descending { '<' } else { '>' };
        self.add(&format!("({}, id) {comparison} (?, ?)", column(sort.key)), value);
        self.values.push(Value::Blob(cursor.id.0.to_vec()));
        Ok(())
    }
}

/// The category of each merchant's row that was changed last; of rows changed together the one of the latest date.
pub(super) fn merchant_categories(connection: &Connection, actor: UserId) -> Outcome<Vec<(String, Category)>> {
    let mut found: Vec<(String, Category)> = Vec::new();
    let mut newest = (i64::MIN, i64::MIN);
    each(
        connection,
        "SELECT merchant_key, category, updated_at, date FROM expenses INDEXED BY expenses_by_merchant
         WHERE user_id = ? AND deleted_at IS NULL AND merchant_key > '' AND category IS NOT NULL
         ORDER BY merchant_key, id",
        params![actor.0],
        |columns| {
            let key: String = columns.get()?;
            let category = columns.coded(&Category::ALL)?;
            let age = (columns.get()?, columns.get()?);
            match found.last_mut() {
                Some((known, last)) if *known == key => {
                    if age >= newest {
                        (*last, newest) = (category, age);
                    }
                }
                _ => {
                    found.push((key, category));
                    newest = age;
                }
            }
            Ok(())
        },
    )?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_follows_the_order() {
        let amount = Query { sort: Sort { key: SortKey::Amount, descending: true }, ..Query::default() };
        assert_eq!(index_for(&amount), "expenses_by_amount");
        let filter = Filter { kind: Some(domain::expense::Kind::Income), ..Filter::default() };
        assert_eq!(index_for(&Query { filter, ..amount }), BY_DATE);
    }
}
