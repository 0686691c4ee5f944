//! XLSX: a package of XML parts (Office Open XML, ECMA-376 part 1, `SpreadsheetML`).
use super::{
    formats::{Formats, Shown},
    number,
    package::Package,
    page::{Cell, MAX_PAGES, Workbook},
};
use crate::import::{
    FileError,
    xml::{self, Element, Sink},
};
use std::collections::HashMap;

/// Reads all pages.
pub(super) fn read(package: &mut Package<'_>) -> Result<Workbook, FileError> {
    let cut = |xml::Broken| FileError::Truncated { missing: "</worksheet>".to_owned() };
    let mut book = Book::default();
    if let Some(text) = package.text("xl/workbook.xml") {
        xml::walk(&text, &mut book).map_err(cut)?;
    }
    let mut relations = Relations::default();
    if let Some(text) = package.text("xl/_rels/workbook.xml.rels") {
        xml::walk(&text, &mut relations).map_err(cut)?;
    }
    let mut strings = Strings::default();
    if let Some(text) = package.text("xl/sharedStrings.xml") {
        xml::walk(&text, &mut strings).map_err(cut)?;
    }
    let mut styles = Styles::default();
    if let Some(text) = package.text("xl/styles.xml") {
        xml::walk(&text, &mut styles).map_err(cut)?;
    }
    let mut sheet = Sheet {
        workbook: Workbook::new(book.from_1904),
        strings: strings.all,
        shown: styles.shown(),
        ..Sheet::default()
    };
    let pages = pages(&book, &relations, package);
    if pages.is_empty() {
        return Err(FileError::NotABankFile);
    }
    for (name, hidden, path) in pages.into_iter().take(MAX_PAGES) {
        let Some(text) = package.text(&path) else { continue };
        sheet.begin(&name, hidden);
        xml::walk(&text, &mut sheet).map_err(cut)?;
    }
    Ok(sheet.workbook)
}

/// Name, whether it is hidden, and part of each page; all parts that are pages where the list of them is not there.
fn pages(book: &Book, relations: &Relations, package: &Package<'_>) -> Vec<(String, bool, String)> {
    let listed = book.sheets.iter().filter_map(|(name, hidden, id)| {
        let target = relations.0.get(id)?.replace('\\', "/");
        let target = target.trim_start_matches('/');
        let path = if target.starts_with("xl/") { target.to_owned() } else { format!("xl/{target}") };
        Some((name.clone(), *hidden, path))
    });
    let listed: Vec<_> = listed.filter(|(.., path)| package.has(path)).collect();
    if !listed.is_empty() {
        return listed;
    }
    let mut found: Vec<String> = package.names();
    found.retain(|name| {
        let name = name.to_ascii_lowercase();
        name.strip_prefix("xl/worksheets/").is_some_and(|file| file.starts_with("sheet") && !file.contains('/'))
    });
    found.sort_by_key(|name| (name.len(), name.clone()));
    found.into_iter().map(|path| (String::new(), false, path)).collect()
}

/// The list of pages.
#[derive(Default)]
struct Book {
    sheets: Vec<(String, bool, String)>,
    from_1904: bool,
}

impl Sink for Book {
    fn open(&mut self, path: &str, element: &Element<'_>) {
        if path.ends_with("/sheets/sheet") {
            let get = |name: &str| element.attribute(name).unwrap_or_default();
            self.sheets.push((
                get("name"),
                element.attribute("state").is_some_and(|state| state != "visible"),
                get("id"),
            ));
        } else if path.ends_with("/workbookPr") {
            self.from_1904 = element.attribute("date1904").is_some_and(|value| value == "1" || value == "true");
        }
    }

    fn close(&mut self, _: &str, _: &str) {}
}

/// Parts by their id.
#[derive(Default)]
struct Relations(HashMap<String, String>);

impl Sink for Relations {
    fn open(&mut self, _: &str, element: &Element<'_>) {
        if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
            self.0.insert(id, target);
        }
    }

    fn close(&mut self, _: &str, _: &str) {}
}

/// Texts that cells share.
#[derive(Default)]
struct Strings {
    all: Vec<String>,
}

impl Sink for Strings {
    fn open(&mut self, path: &str, _: &Element<'_>) {
        if path.ends_with("/si") {
            self.all.push(String::new());
        }
    }

    fn close(&mut self, path: &str, text: &str) {
        // How it is pronounced is no part of it.
        if path.ends_with("/t")
            && !path.contains("/rPh")
            && let Some(last) = self.all.last_mut()
        {
            last.push_str(text);
        }
    }
}

/// How cells show their numbers.
#[derive(Default)]
struct Styles {
    formats: Formats,
    cells: Vec<u16>,
}

impl Sink for Styles {
    fn open(&mut self, path: &str, element: &Element<'_>) {
        let id = || element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
        if path.ends_with("/numFmts/numFmt") {
            self.formats.put(id(), &element.attribute("formatCode").unwrap_or_default());
        } else if path.ends_with("/cellXfs/xf") {
            self.cells.push(id());
        }
    }

    fn close(&mut self, _: &str, _: &str) {}
}

impl Styles {
    fn shown(&self) -> Vec<Shown> {
        self.cells.iter().map(|id| self.formats.get(*id)).collect()
    }
}

/// Cells of the pages, one page after the other.
#[derive(Default)]
struct Sheet {
    workbook: Workbook,
    strings: Vec<String>,
    shown: Vec<Shown>,
    /// Where the next row and cell are if they don't say.
    next_row: usize,
    next_column: usize,
    kind: String,
    style: usize,
    value: String,
}

impl Sheet {
    fn begin(&mut self, name: &str, hidden: bool) {
        self.workbook.page(name, hidden);
        (self.next_row, self.next_column) = (0, 0);
    }

    fn cell(&mut self) -> Cell {
        let value = std::mem::take(&mut self.value);
        let trimmed = value.trim();
        match self.kind.as_str() {
            "s" => trimmed
                .parse()
                .ok()
                .and_then(|index: usize| self.strings.get(index))
                .map_or(Cell::Empty, |text| Cell::Text(text.clone())),
            "inlineStr" | "str" => Cell::Text(value),
            "d" => Cell::Day(trimmed.to_owned()),
            "b" => Cell::Text(if trimmed == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "e" => Cell::Empty,
            _ => match trimmed.parse::<f64>() {
                Ok(number) => {
                    let shown = self.shown.get(self.style).cloned().unwrap_or_default();
                    let day = if shown.as_day { number::day(number, self.workbook.from_1904) } else { None };
                    day.map_or(Cell::Number(number, shown.currency), Cell::Day)
                }
                Err(_) => Cell::Text(value),
            },
        }
    }
}

impl Sink for Sheet {
    fn open(&mut self, path: &str, element: &Element<'_>) {
        if path.ends_with("/row") {
            let row = element.attribute("r").and_then(|row| row.parse::<usize>().ok()?.checked_sub(1));
            self.next_row = row.unwrap_or(self.next_row) + 1;
            self.next_column = 0;
        } else if path.ends_with("/c") {
            self.next_column = element.attribute("r").and_then(|place| column(&place)).unwrap_or(self.next_column) + 1;
            self.kind = element.attribute("t").unwrap_or_default();
            self.style = element.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
            self.value.clear();
        }
    }

    fn close(&mut self, path: &str, text: &str) {
        if path.ends_with("/c/v") || path.ends_with("/t") && path.contains("/c/is/") && !path.contains("/rPh") {
            self.value.push_str(text);
        } else if path.ends_with("/row/c") && !self.value.is_empty() {
            let cell = self.cell();
            self.workbook.put(self.next_row.saturating_sub(1), self.next_column.saturating_sub(1), cell);
        }
    }
}

/// The column of a place: `C7` is 2.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number =
        letters.take(4).fold(0_usize, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn places() {
        assert_eq!((column("A1"), column("C7"), column("AA10"), column("7")), (Some(0), Some(2), Some(26), None));
    }
}
