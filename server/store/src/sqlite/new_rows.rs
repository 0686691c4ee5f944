//! Many new rows at once. What the triggers do row by row is done here for thousands of them together, in the order of the
//! words' own index, which then grows from place to place instead of all over.
use super::{
    connection::{Tx, without_triggers},
    encode,
    failure::Outcome,
};
use crate::ledger::Place;
use domain::expense::Expense;
use rusqlite::params;
use std::collections::BTreeMap;

/// So many words are written together: memory stays bounded.
const TOGETHER: usize = 250_000;

/// Where the words of new rows are gathered.
#[derive(Default)]
pub(super) struct NewRows {
    /// The rows of each word of a place, in order.
    words: BTreeMap<([u8; 12], String), Vec<i64>>,
    gathered: usize,
}

/// Does something that inserts rows by the [`NewRows`] that it is given.
pub(super) fn insert_many<T>(tx: &Tx<'_>, work: impl FnOnce(&mut NewRows) -> Outcome<T>) -> Outcome<T> {
    without_triggers(tx, || {
        let mut rows = NewRows::default();
        let done = work(&mut rows)?;
        rows.write_words(tx)?;
        Ok(done)
    })
}

impl NewRows {
    /// A row that is not in the trash.
    pub(super) fn insert(&mut self, tx: &Tx<'_>, expense: &Expense) -> Outcome<()> {
        let words = expense.search_words();
        encode::insert_found_by(tx, expense, &words)?;
        let (place, row) = (Place::of(expense).id(), tx.last_insert_rowid());
        self.gathered += words.len();
        for word in words {
            self.words.entry((place, word)).or_default().push(row);
        }
        if self.gathered < TOGETHER { Ok(()) } else { self.write_words(tx) }
    }

    fn write_words(&mut self, tx: &Tx<'_>) -> Outcome<()> {
        self.gathered = 0;
        let mut insert = tx.prepare_cached("INSERT INTO expense_words (place, word, row) VALUES (?, ?, ?)")?;
        for ((place, word), rows) in std::mem::take(&mut self.words) {
            for row in rows {
                insert.execute(params![place, word, row])?;
            }
        }
        Ok(())
    }
}
