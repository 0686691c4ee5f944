//! The search: which rows have the words that are asked for, from the words that are kept by place.
//!
//! A word that few rows have leads to these rows. One that many have is looked for on the way along the list's own index,
//! which soon fills a page; only their number comes from here.
use super::{
    codec::{exists, first},
    failure::Outcome,
};
use crate::limits::only_budget;
use domain::{filter::Filter, words::Term};
use rusqlite::{Connection, params_from_iter, types::Value};

/// So many rows are looked up one by one.
const FEW: i64 = 2_000;
/// Comes after every letter and digit.
const LAST: char = '\u{10ffff}';

/// A query for rows, and what it is asked with.
pub(super) struct Rows {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Rows {
    /// The rows of these places that have a word. A row may come twice where the word is unfinished.
    fn of(places: &[[u8; 12]], term: &Term) -> Self {
        let list = vec!["?"; places.len()].join(", ");
        let mut values: Vec<Value> = places.iter().map(|place| Value::Blob(place.to_vec())).collect();
        values.push(Value::Text(term.word.clone()));
        let condition = if term.prefix {
            values.push(Value::Text(format!("{}{LAST}", term.word)));
            "word >= ? AND word < ?"
        } else {
            "word = ?"
        };
        Self { sql: format!("SELECT row FROM expense_words WHERE place IN ({list}) AND {condition}"), values }
    }
}

/// Whether all rows have their words there: those that an earlier program has kept are renewed while this one runs.
fn is_whole(connection: &Connection) -> Outcome<bool> {
    exists(connection, "SELECT 1 FROM expenses INDEXED BY expenses_words_old WHERE tokens = 0", []).map(|old| !old)
}

/// The rows that have one of the words, where these are few: all that is searched for is among them.
pub(super) fn few(connection: &Connection, places: &[[u8; 12]], filter: &Filter) -> Outcome<Option<Rows>> {
    if filter.words.is_empty() || !is_whole(connection)? {
        return Ok(None);
    }
    for term in &filter.words {
        let rows = Rows::of(places, term);
        let sql = format!("SELECT count(*) FROM ({} LIMIT {})", rows.sql, FEW + 1);
        let found: Option<i64> = first(connection, &sql, params_from_iter(&rows.values), |columns| columns.get())?;
        if found.unwrap_or(0) <= FEW {
            return Ok(Some(rows));
        }
    }
    Ok(None)
}

/// How many rows have all the words, where nothing else is asked for but the budget.
pub(super) fn number(connection: &Connection, places: &[[u8; 12]], filter: &Filter) -> Outcome<Option<u64>> {
    let alone = !filter.words.is_empty() && only_budget(&Filter { words: Vec::new(), ..filter.clone() });
    if !alone || !is_whole(connection)? {
        return Ok(None);
    }
    let mut all = filter.words.iter().map(|term| Rows::of(places, term));
    let Some(mut rows) = all.next() else { return Ok(None) };
    for other in all {
        rows.sql = format!("{} INTERSECT {}", rows.sql, other.sql);
        rows.values.extend(other.values);
    }
    let counted = if matches!(filter.words.as_slice(), [term] if term.prefix) { "DISTINCT row" } else { "*" };
    let sql = format!("SELECT count({counted}) FROM ({})", rows.sql);
    first(connection, &sql, params_from_iter(rows.values), |columns| columns.count())
}
