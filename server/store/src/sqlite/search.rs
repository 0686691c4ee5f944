//! The search: which rows have the words that are asked for, from the words that are kept by place.
//!
//! Words that few rows have lead to these rows: one such word, or several that are seldom together. Those that many have are
//! looked for on the way along the list's own index, which soon fills a page; only their number comes from here.
use super::{
    codec::{all, exists, first},
    failure::Outcome,
};
use crate::limits::only_budget;
use domain::{filter::Filter, words::Term};
use rusqlite::{Connection, params, params_from_iter, types::Value};
use std::fmt::Write as _;

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

    /// Rows that are known.
    fn these(rows: &[i64]) -> Self {
        let mut list = String::from("[");
        for (index, row) in rows.iter().enumerate() {
            let _ = write!(list, "{}{row}", if index == 0 { "" } else { "," });
        }
        list.push(']');
        Self { sql: "SELECT value AS row FROM json_each(?)".to_owned(), values: vec![Value::Text(list)] }
    }
}

/// Whether all rows have their words there: those that an earlier program has kept are renewed while this one runs.
fn is_whole(connection: &Connection) -> Outcome<bool> {
    exists(connection, "SELECT 1 FROM expenses INDEXED BY expenses_words_old WHERE tokens = 0", []).map(|old| !old)
}

/// What the words that are asked for lead to.
#[derive(Default)]
pub(super) struct Search {
    /// Few rows, among which is all that is searched for.
    pub(super) few: Option<Rows>,
    /// How many rows have all the words, where that was found on the way.
    number: Option<u64>,
    /// Whether they could be looked up.
    looked_up: bool,
}

impl Search {
    /// Looks the words up; nothing comes of it where none are asked for.
    pub(super) fn of(connection: &Connection, places: &[[u8; 12]], filter: &Filter) -> Outcome<Self> {
        if filter.words.is_empty() || places.is_empty() || !is_whole(connection)? {
            return Ok(Self::default());
        }
        for term in &filter.words {
            let rows = Rows::of(places, term);
            let sql = format!("SELECT count(*) FROM ({} LIMIT {})", rows.sql, FEW + 1);
            let found: Option<i64> = first(connection, &sql, params_from_iter(&rows.values), |columns| columns.get())?;
            if found.unwrap_or(0) <= FEW {
                return Ok(Self { few: Some(rows), ..Self::default() });
            }
        }
        if filter.words.len() == 1 {
            return Ok(Self { looked_up: true, ..Self::default() });
        }
        let rows = with_all(connection, places, &filter.words)?;
        let few = i64::try_from(rows.len()).is_ok_and(|found| found <= FEW).then(|| Rows::these(&rows));
        Ok(Self { few, number: Some(rows.len() as u64), looked_up: true })
    }

    /// How many rows have all the words, where nothing else is asked for but the budget, and they are not few.
    pub(super) fn number(&self, connection: &Connection, places: &[[u8; 12]], filter: &Filter) -> Outcome<Option<u64>> {
        let alone = only_budget(&Filter { words: Vec::new(), ..filter.clone() });
        if !alone || !self.looked_up || self.few.is_some() {
            return Ok(None);
        }
        match (self.number, filter.words.as_slice()) {
            (None, [term]) => match whole(connection, places, term)? {
                Some(term) => {
                    let rows = Rows::of(places, &term);
                    let sql = format!("SELECT count(*) FROM ({})", rows.sql);
                    first(connection, &sql, params_from_iter(rows.values), |columns| columns.count())
                }
                None => Ok(Some(with_all(connection, places, std::slice::from_ref(term))?.len() as u64)),
            },
            (None, terms) => Ok(Some(with_all(connection, places, terms)?.len() as u64)),
            (known, _) => Ok(known),
        }
    }
}

/// The one whole word that is meant, of which no row comes twice; none where several are, as far as is looked.
fn whole(connection: &Connection, places: &[[u8; 12]], term: &Term) -> Outcome<Option<Term>> {
    let [place] = places else { return Ok((!term.prefix).then(|| term.clone())) };
    if !term.prefix {
        return Ok(Some(term.clone()));
    }
    let last = format!("{}{LAST}", term.word);
    let sql = "SELECT word FROM expense_words WHERE place = ? AND word >= ? AND word < ? ORDER BY word LIMIT 1";
    let found = first(connection, sql, params![place, term.word, last], |columns| columns.get::<String>())?;
    let Some(word) = found else { return Ok(None) };
    let sql = "SELECT 1 FROM expense_words WHERE place = ? AND word > ? AND word < ?";
    let others = exists(connection, sql, params![place, word, last])?;
    Ok((!others).then_some(Term { word, prefix: false }))
}

/// The rows that have all the words, in order, each once.
fn with_all(connection: &Connection, places: &[[u8; 12]], terms: &[Term]) -> Outcome<Vec<i64>> {
    let mut common: Option<Vec<i64>> = None;
    for term in terms {
        let Rows { sql, values } = Rows::of(places, term);
        let mut rows: Vec<i64> = all(connection, &sql, params_from_iter(values), |columns| columns.get())?;
        rows.sort_unstable();
        rows.dedup();
        if let Some(before) = &common {
            let mut before = before.iter().copied().peekable();
            rows.retain(|row| {
                while before.next_if(|other| other < row).is_some() {}
                before.peek() == Some(row)
            });
        }
        common = Some(rows);
    }
    Ok(common.unwrap_or_default())
}
