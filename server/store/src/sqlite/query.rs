//! Lists of expenses: a filter as SQL, one page of it, how many there are in all.
use super::{
    codec::{self, all, day, first, kind, payment_method, status},
    encode::{self, category_bit, columns},
    failure::{Failure, Outcome},
    members::places,
    search::{self, Search},
};
use crate::limits::only_budget;
use domain::{
    expense::{Expense, Kind, Status},
    filter::{CategoryFilter, Cursor, CursorValue, Filter, Query, Sort, SortKey},
    ids::{BudgetId, UserId},
};
use rusqlite::{Connection, params, params_from_iter, types::Value};
use service::ports::store::{Page, Sum};
use std::fmt::Write as _;

/// Conditions and what they are compared with, in order.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

/// Where the rows stand that somebody may see, and how many there are.
struct Places {
    ids: Vec<[u8; 12]>,
    live: u64,
}

/// Places in which there is no row are left out.
fn places_of(connection: &Connection, actor: UserId, only: Option<BudgetId>) -> Outcome<Places> {
    let sql = concat!("SELECT place, live FROM expense_tallies WHERE place IN (", places!(), ") ORDER BY place");
    let found = all(connection, sql, params![actor.0], |columns| Ok((columns.get::<[u8; 12]>()?, columns.count()?)))?;
    let found = found.into_iter().filter(|(place, _)| only.is_none_or(|budget| budget.0 == *place));
    let (ids, live): (Vec<_>, Vec<u64>) = found.unzip();
    Ok(Places { ids, live: live.into_iter().sum() })
}

/// One page, and the number of all rows.
pub(super) fn page(connection: &Connection, actor: UserId, query: &Query) -> Outcome<Page<Expense>> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let places = places_of(connection, actor, query.filter.budget_id)?;
    let search = Search::of(connection, &places.ids, &query.filter)?;
    let mut items = rows(connection, &places.ids, query, search.few.as_ref())?;
    let more = items.len() > limit;
    items.truncate(limit);
    // The last page from the beginning tells the number without counting: what is rare is walked through once.
    let all_seen = !more && query.cursor.is_none() && (query.offset == 0 || !items.is_empty());
    let total = if all_seen {
        u64::from(query.offset) + items.len() as u64
    } else {
        total(connection, &places, &query.filter, &search)?
    };
    Ok(Page { items, total, more })
}

/// What all rows of a filter come to. Transfers are counted and move no money.
pub(super) fn sums(connection: &Connection, actor: UserId, filter: &Filter) -> Outcome<Vec<Sum>> {
    let places = places_of(connection, actor, filter.budget_id)?;
    if places.ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::new(&places.ids);
    conditions.filter(filter)?;
    let (from, mut values) = match Search::of(connection, &places.ids, filter)?.few {
        Some(found) => (among(&found), found.values),
        None => (format!("expenses INDEXED BY {BY_DATE}"), Vec::new()),
    };
    let sign = format!(
        "CASE WHEN kind IN ({}, {}) THEN 1 WHEN kind = {} THEN -1 ELSE 0 END",
        kind(Kind::Income),
        kind(Kind::Refund),
        kind(Kind::Expense)
    );
    let sql = format!(
        "SELECT currency, base_currency, count(*), sum(minor * {sign}), coalesce(sum(base_minor * {sign}), 0)
         FROM {from} WHERE {} GROUP BY currency, base_currency ORDER BY currency, base_currency",
        conditions.sql
    );
    values.append(&mut conditions.values);
    all(connection, &sql, params_from_iter(values), |columns| {
        Ok(Sum {
            currency: columns.currency()?,
            base_currency: columns.optional_currency()?,
            count: columns.count()?,
            minor: columns.get()?,
            base_minor: columns.get()?,
        })
    })
}

/// The rows of the page and one more.
fn rows(
    connection: &Connection,
    places: &[[u8; 12]],
    query: &Query,
    few: Option<&search::Rows>,
) -> Outcome<Vec<Expense>> {
    if let Some(found) = few {
        return rows_among(connection, found, places, query);
    }
    let (index, key, order, columns) = (index_for(query), column(query.sort.key), order(query.sort), columns!());
    // Each place is a walk along the index; several are merged while they are walked, so that no more rows are looked at
    // than are shown.
    let apart: Vec<&[[u8; 12]]> = if places.len() > MERGED { vec![places] } else { places.chunks(1).collect() };
    let (mut walks, mut values) = (Vec::new(), Vec::new());
    for places in &apart {
        let mut conditions = Conditions::new(places);
        conditions.filter(&query.filter)?;
        if let Some(cursor) = &query.cursor {
            conditions.after(cursor, query.sort)?;
        }
        walks.push(format!("expenses INDEXED BY {index} WHERE {}", conditions.sql));
        values.append(&mut conditions.values);
    }
    let sql = match walks.as_slice() {
        [] => return Ok(Vec::new()),
        [walk] if apart[0].len() == 1 && (index != BY_DATE || query.sort.key == SortKey::Date) => {
            format!("SELECT {columns} FROM {walk} ORDER BY {order} LIMIT ? OFFSET ?")
        }
        // Sorts and merges bare row numbers, not whole rows.
        walks => {
            let walks: Vec<String> = walks.iter().map(|walk| format!("SELECT row, {key}, id FROM {walk}")).collect();
            let walks = walks.join(" UNION ALL ");
            format!(
                "SELECT {columns} FROM (SELECT row AS r FROM ({walks} ORDER BY {order} LIMIT ? OFFSET ?))
                 CROSS JOIN expenses ON row = r ORDER BY {order}"
            )
        }
    };
    values.push(Value::Integer(i64::from(query.limit) + 1));
    values.push(Value::Integer(i64::from(query.offset)));
    all(connection, &sql, params_from_iter(values), encode::read)
}

/// The same among rows that are known to be few.
fn rows_among(
    connection: &Connection,
    found: &search::Rows,
    places: &[[u8; 12]],
    query: &Query,
) -> Outcome<Vec<Expense>> {
    let mut conditions = Conditions::new(places);
    conditions.filter(&query.filter)?;
    if let Some(cursor) = &query.cursor {
        conditions.after(cursor, query.sort)?;
    }
    let (order, columns) = (order(query.sort), columns!());
    // Sorts bare row numbers, not whole rows.
    let sql = format!(
        "SELECT {columns} FROM (SELECT row AS r FROM {} WHERE {} ORDER BY {order} LIMIT ? OFFSET ?)
         CROSS JOIN expenses ON row = r ORDER BY {order}",
        among(found),
        conditions.sql
    );
    let mut values = found.values.clone();
    values.append(&mut conditions.values);
    values.push(Value::Integer(i64::from(query.limit) + 1));
    values.push(Value::Integer(i64::from(query.offset)));
    all(connection, &sql, params_from_iter(values), encode::read)
}

/// Those rows, each once, to choose from.
fn among(found: &search::Rows) -> String {
    format!("(SELECT DISTINCT row AS found FROM ({})) CROSS JOIN expenses ON row = found", found.sql)
}

/// So many places are merged; the rows of more are sorted.
const MERGED: usize = 40;
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
fn total(connection: &Connection, places: &Places, filter: &Filter, search: &Search) -> Outcome<u64> {
    if only_budget(filter) || places.ids.is_empty() {
        return Ok(places.live);
    }
    if let Some(number) = search.number(connection, &places.ids, filter)? {
        return Ok(number);
    }
    let mut conditions = Conditions::new(&places.ids);
    conditions.filter(filter)?;
    let sql = match &search.few {
        Some(found) => {
            drop(conditions.values.splice(0..0, found.values.iter().cloned()));
            format!("SELECT count(*) FROM {} WHERE {}", among(found), conditions.sql)
        }
        None => format!("SELECT count(*) FROM expenses INDEXED BY {BY_DATE} WHERE {}", conditions.sql),
    };
    let count = first(connection, &sql, params_from_iter(conditions.values), |columns| columns.count())?;
    Ok(count.unwrap_or(0))
}

impl Conditions {
    /// The rows of those places that are not in the trash.
    fn new(places: &[[u8; 12]]) -> Self {
        let list = vec!["?"; places.len()].join(", ");
        let sql = match places {
            [_] => "place = ? AND deleted_at IS NULL".to_owned(),
            _ => format!("place IN ({list}) AND deleted_at IS NULL"),
        };
        Self { sql, values: places.iter().map(|place| Value::Blob(place.to_vec())).collect() }
    }

    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        let _ = write!(self.sql, " AND {condition}");
        self.values.push(value.into());
    }

    fn filter(&mut self, filter: &Filter) -> Outcome<()> {
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
        for term in &filter.words {
            // A space stands before each word: quicker than LIKE, which folds.
            if term.prefix {
                self.add("instr(words, ?) > 0", format!(" {}", term.word));
            } else {
                self.add("instr(words || ' ', ?) > 0", format!(" {} ", term.word));
            }
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
        match filter.recurring {
            Some(true) => self.sql.push_str(" AND series_id IS NOT NULL"),
            Some(false) => self.sql.push_str(" AND series_id IS NULL"),
            None => {}
        }
        // No row has a receipt yet.
        if filter.has_receipt == Some(true) {
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
