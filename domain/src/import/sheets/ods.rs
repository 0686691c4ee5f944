//! `OpenDocument` spreadsheets: `content.xml` of a package (OASIS `OpenDocument` 1.3, part 3).
use super::{
    package::Package,
    page::{Cell, Workbook},
};
use crate::import::{
    FileError,
    xml::{self, Element, Sink},
};

/// Reads all pages.
pub(super) fn read(package: &mut Package<'_>) -> Result<Workbook, FileError> {
    let text = package.text("content.xml").ok_or(FileError::NotABankFile)?;
    let mut sheet = Sheet::default();
    let cut = |xml::Broken| FileError::Truncated { missing: "</office:document-content>".to_owned() };
    xml::walk(&text, &mut sheet).map_err(cut)?;
    Ok(sheet.workbook)
}

/// A value is repeated so often at most; empty cells fill whole pages, so they are only counted.
const MAX_REPEATED: usize = 512;

#[derive(Default)]
struct Sheet {
    workbook: Workbook,
    next_row: usize,
    next_column: usize,
    rows: usize,
    columns: usize,
    /// Type, number or day of the open cell.
    kind: String,
    value: Option<String>,
    currency: Option<String>,
    text: String,
}

impl Sheet {
    fn cell(&mut self) -> Cell {
        let text = std::mem::take(&mut self.text);
        let value = self.value.take();
        match (self.kind.as_str(), value) {
            ("float" | "currency" | "percentage", Some(value)) => {
                value.parse().map_or(Cell::Text(text), |number| Cell::Number(number, self.currency.take()))
            }
            ("date", Some(day)) => Cell::Day(day.trim_end_matches("T00:00:00").to_owned()),
            _ => Cell::Text(text),
        }
    }
}

impl Sink for Sheet {
    fn open(&mut self, path: &str, element: &Element<'_>) {
        let count = |name: &str| element.attribute(name).and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
        if path.ends_with("/spreadsheet/table") {
            self.workbook.page(&element.attribute("name").unwrap_or_default(), false);
            self.next_row = 0;
        } else if path.ends_with("/table-row") {
            self.rows = count("number-rows-repeated");
            self.next_column = 0;
        } else if path.ends_with("/table-cell") || path.ends_with("/covered-table-cell") {
            self.columns = count("number-columns-repeated");
            self.kind = element.attribute("value-type").unwrap_or_default();
            self.value = element.attribute("value").or_else(|| element.attribute("date-value"));
            self.currency = element.attribute("currency");
            self.text.clear();
        }
    }

    fn between(&mut self, path: &str, text: &str) {
        if path.contains("/table-cell/p") {
            self.text.push_str(text);
        }
    }

    fn close(&mut self, path: &str, text: &str) {
        if path.ends_with("-cell") {
            let cell = self.cell();
            for more in 0..self.columns.min(MAX_REPEATED) {
                self.workbook.put(self.next_row, self.next_column.saturating_add(more), cell.clone());
            }
            self.next_column = self.next_column.saturating_add(self.columns);
        } else if path.ends_with("/table-row") {
            self.next_row = self.next_row.saturating_add(self.rows);
        } else if path.contains("/table-cell/p") {
            self.text.push_str(text);
            if path.ends_with("/p") {
                self.text.push(' ');
            }
        }
    }
}
