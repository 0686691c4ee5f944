//! A table whose cells are known: a page of a spreadsheet. Its columns are understood as those of a text are.
use super::{
    roles::Role,
    sheet::{Sheet, is_transaction},
    split::Table,
};
use crate::{
    import::{Answers, FileError, Statement, own},
    ledger_file::AMOUNT,
};
use std::borrow::Cow;

/// Cells as places in one text.
#[derive(Debug, Default)]
pub(in crate::import) struct Grid {
    text: String,
    /// Of each record, its cells: from, to.
    records: Vec<Vec<(u32, u32)>>,
}

/// What the header of a page names.
pub(in crate::import) struct Header {
    /// The record of the header.
    pub(in crate::import) record: usize,
    /// The columns' names, folded.
    pub(in crate::import) names: Vec<String>,
    /// Columns that are named after a day.
    pub(in crate::import) days: Vec<usize>,
    /// A column says the currency of each record.
    pub(in crate::import) has_currency: bool,
}

impl Grid {
    /// Begins the next record.
    pub(in crate::import) fn record(&mut self) {
        self.text.push('\n');
        self.records.push(Vec::new());
    }

    /// Puts the next cell behind the last one of the record.
    pub(in crate::import) fn cell(&mut self, text: &str) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        self.text.push('\t');
        if let Some(record) = self.records.last_mut() {
            record.push((place(start), place(end)));
        }
    }

    fn table(&self) -> Table<'_> {
        Table::of_places(&self.text, &self.records)
    }

    /// How many records look like transactions.
    pub(in crate::import) fn transactions(&self) -> usize {
        let table = self.table();
        (0..table.len()).filter(|record| is_transaction(&table, *record)).count()
    }

    /// The record that names the columns.
    pub(in crate::import) fn header(&self) -> Option<Header> {
        let sheet = Sheet::of(self.table());
        Some(Header {
            record: sheet.header?,
            names: sheet.names.iter().map(|name| name.words.clone()).collect(),
            days: sheet.columns(|role| matches!(role, Role::Date(_))),
            has_currency: !sheet.columns(|role| role == Role::Currency).is_empty(),
        })
    }

    /// Reads the rows.
    pub(in crate::import) fn read(&self, answers: &Answers) -> Result<Statement, FileError> {
        let table = self.table();
        let head: Vec<_> = if table.len() == 0 { Vec::new() } else { table.fields(0).collect() };
        if own::is_head(head.iter().map(AsRef::as_ref)) {
            let records = (1..table.len()).map(|record| {
                let mut cells: Vec<String> = table.fields(record).map(Cow::into_owned).collect();
                // Numbers are written with the mark that the texts of the page show; those of ours have a point.
                cells.iter_mut().skip(AMOUNT).take(1).for_each(|amount| *amount = amount.replace(',', "."));
                cells
            });
            return own::read(records);
        }
        let sheet = match &answers.mapping {
            Some(mapping) => Sheet::told(self.table(), super::header_of(mapping)),
            None => Sheet::of(self.table()),
        };
        super::statement(&sheet, "utf-8".to_owned(), answers)
    }
}
