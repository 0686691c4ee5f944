//! Pages of cells, and how many of them a file may have.

/// More records than rows are allowed: banks put texts between and below.
const MAX_RECORDS: usize = crate::import::MAX_ROWS * 2 + 10_000;
/// Cells of all pages together.
const MAX_CELLS: usize = 8_000_000;
/// Columns behind that are not looked at.
const MAX_COLUMNS: usize = 512;
/// Pages behind that are not looked at.
pub(super) const MAX_PAGES: usize = 64;
/// The longest text of a cell that is kept, in bytes.
const MAX_TEXT: usize = 8_192;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    /// With the sign of the currency that it is shown with; mostly none.
    Number(f64, Option<String>),
    /// A day, with a time or not, as ISO 8601 has it.
    Day(String),
}

/// Records of cells.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) records: Vec<Vec<Cell>>,
}

/// All pages of a file.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) pages: Vec<Page>,
    /// Days are counted from 1904 instead of 1900.
    pub(super) from_1904: bool,
    cells: usize,
    full: bool,
}

impl Workbook {
    /// Without pages yet.
    pub(super) fn new(from_1904: bool) -> Self {
        Self { from_1904, ..Self::default() }
    }

    /// Begins a page.
    pub(super) fn page(&mut self, name: &str, hidden: bool) {
        if self.pages.len() < MAX_PAGES {
            self.pages.push(Page { name: name.chars().take(64).collect(), hidden, records: Vec::new() });
        }
    }

    /// Puts a cell at its place on the last page.
    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell) {
        let page = self.pages.len().saturating_sub(1);
        self.put_on(page, row, column, cell);
    }

    /// Puts a cell at its place on a page.
    pub(super) fn put_on(&mut self, page: usize, row: usize, column: usize, cell: Cell) {
        let Some(page) = self.pages.get_mut(page) else { return };
        let is_empty = match &cell {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if is_empty || column >= MAX_COLUMNS {
            return;
        }
        let grows = page.records.get(row).map_or(column + 1, |cells| (column + 1).saturating_sub(cells.len()));
        if row >= MAX_RECORDS || self.cells + grows > MAX_CELLS {
            self.full = true;
            return;
        }
        self.cells += grows;
        if page.records.len() <= row {
            page.records.resize_with(row + 1, Vec::new);
        }
        let cells = &mut page.records[row];
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = match cell {
            Cell::Text(mut text) if text.len() > MAX_TEXT => {
                text.truncate((0..=MAX_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
                Cell::Text(text)
            }
            other => other,
        };
    }

    /// Whether something was left out because there is too much of it.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }
}
