//! The XML of Excel 2003 (`SpreadsheetML`): what many banks call `.xls`.
use super::page::{Cell, Workbook};
use crate::import::{
    FileError,
    xml::{self, Element, Sink},
};

/// Reads all pages.
pub(super) fn read(text: &str) -> Result<Workbook, FileError> {
    let mut sheet = Sheet::default();
    xml::walk(text, &mut sheet).map_err(|xml::Broken| FileError::Truncated { missing: "</Workbook>".to_owned() })?;
    Ok(sheet.workbook)
}

#[derive(Default)]
struct Sheet {
    workbook: Workbook,
    next_row: usize,
    next_column: usize,
    /// Where the open cell is, and how many cells behind it are merged into it.
    column: usize,
    merged: usize,
    kind: String,
    value: String,
}

impl Sheet {
    fn cell(&mut self) -> Cell {
        let value = std::mem::take(&mut self.value);
        match self.kind.as_str() {
            "Number" => value.trim().parse().map_or(Cell::Text(value), |number| Cell::Number(number, None)),
            "DateTime" => Cell::Day(value.trim().trim_end_matches("T00:00:00.000").to_owned()),
            "Error" => Cell::Empty,
            _ => Cell::Text(value),
        }
    }
}

impl Sink for Sheet {
    fn open(&mut self, path: &str, element: &Element<'_>) {
        // Places are counted from 1; those that are empty may be left out.
        let index = || element.attribute("Index").and_then(|index| index.parse::<usize>().ok()?.checked_sub(1));
        if path.ends_with("/Worksheet") {
            self.workbook.page(&element.attribute("Name").unwrap_or_default(), false);
            self.next_row = 0;
        } else if path.ends_with("/Table/Row") {
            self.next_row = index().unwrap_or(self.next_row).saturating_add(1);
            self.next_column = 0;
        } else if path.ends_with("/Row/Cell") {
            self.column = index().unwrap_or(self.next_column);
            self.merged = element.attribute("MergeAcross").and_then(|across| across.parse().ok()).unwrap_or(0);
            self.value.clear();
            self.kind.clear();
        } else if path.ends_with("/Cell/Data") {
            self.kind = element.attribute("Type").unwrap_or_default();
        }
    }

    fn between(&mut self, path: &str, text: &str) {
        if path.contains("/Cell/Data") {
            self.value.push_str(text);
        }
    }

    fn close(&mut self, path: &str, text: &str) {
        if path.contains("/Cell/Data") {
            self.value.push_str(text);
        } else if path.ends_with("/Row/Cell") {
            let cell = self.cell();
            self.workbook.put(self.next_row.saturating_sub(1), self.column, cell);
            self.next_column = self.column.saturating_add(1).saturating_add(self.merged);
        }
    }
}
