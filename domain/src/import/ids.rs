//! Identifications of transactions by the bank: only what can't be anything else is taken for one, since rows with
//! the same identification are taken for the same transaction.
use super::{
    Row,
    text::{SHORT, clean},
};
use std::collections::HashMap;

/// A reference that a machine made: at least six characters, of which three are digits.
pub(super) fn machine_made(text: &str) -> Option<String> {
    clean(text, SHORT).filter(|id| id.len() >= 6 && id.bytes().filter(u8::is_ascii_digit).count() >= 3)
}

/// Forgets identifications that several rows of an account have.
pub(super) fn keep_unique(rows: &mut [Row]) {
    let mut count: HashMap<(Option<u16>, String), u32> = HashMap::new();
    for row in rows.iter() {
        if let Some(id) = &row.external_id {
            *count.entry((row.account, id.clone())).or_default() += 1;
        }
    }
    for row in rows {
        row.external_id = row.external_id.take().filter(|id| count.get(&(row.account, id.clone())) == Some(&1));
    }
}
