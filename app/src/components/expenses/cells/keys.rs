//! From cell to cell by keys: Enter and Shift+Enter down and up a column, Tab and Shift+Tab along a row, Escape out.
use super::{Cells, cell_of, focus_row, place_of};
use crate::components::{
    expenses::{
        browser::{ROW_LINK, is_table},
        scroll::is_gap,
    },
    shortcuts::is_held,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The field with which a row begins that is opened by a key.
const FIRST: &str = "merchant";

/// The row after this one, or before it.
fn beside(row: &Element, down: bool) -> Option<Element> {
    let next = if down { row.next_element_sibling() } else { row.previous_element_sibling() };
    next.filter(|row| !is_gap(row))
}

/// The cells of a row that open, in the order in which they are seen.
fn cells(row: &Element) -> Vec<Element> {
    let mut cells = Vec::new();
    let mut next = row.first_element_child();
    while let Some(cell) = next {
        next = cell.next_element_sibling();
        let seen = cell.dyn_ref::<HtmlElement>().is_some_and(|cell| cell.offset_width() > 0);
        if seen && cell.has_attribute("data-cell") {
            cells.push(cell);
        }
    }
    cells
}

/// The cell along the row, or at the near end of the next one.
fn along(cell: &Element, forward: bool) -> Option<Element> {
    let row = cell.parent_element()?;
    let all = cells(&row);
    let here = all.iter().position(|other| other == cell)?;
    let next = if forward { here.checked_add(1) } else { here.checked_sub(1) };
    if let Some(next) = next.and_then(|next| all.get(next)) {
        return Some(next.clone());
    }
    let mut row = beside(&row, forward)?;
    loop {
        let all = cells(&row);
        let end = if forward { all.first() } else { all.last() };
        match end {
            Some(end) => return Some(end.clone()),
            None => row = beside(&row, forward)?,
        }
    }
}

/// The cell of the same field in the next row that has it.
fn below(cell: &Element, down: bool) -> Option<Element> {
    let field = cell.get_attribute("data-cell")?;
    let mut row = beside(&cell.parent_element()?, down)?;
    loop {
        match row.query_selector(&format!("td[data-cell=\"{field}\"]")).ok().flatten() {
            Some(cell) => return Some(cell),
            None => row = beside(&row, down)?,
        }
    }
}

impl Cells {
    pub(super) fn pressed(self, event: &web_sys::Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| !is_held(key) && !key.is_composing()) else { return };
        let is = |path: &str| target.matches(path).unwrap_or(false);
        let taken = if is(".cell-field") {
            self.pressed_in_cell(&key.key(), key.shift_key())
        } else {
            key.key() == "Enter" && is(ROW_LINK) && is_table() && self.open_row(&target)
        };
        if taken {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Whether the key means something in an open cell.
    fn pressed_in_cell(self, key: &str, back: bool) -> bool {
        let Some(now) = self.now() else { return false };
        let here = cell_of(&now.id, &now.field);
        let next = match key {
            "Escape" => {
                self.close();
                focus_row(&now.id, true);
                self.go_back();
                return true;
            }
            "Enter" => here.and_then(|here| below(&here, !back)),
            "Tab" => here.and_then(|here| along(&here, !back)),
            _ => return false,
        };
        // Its row may be drawn anew as soon as this one is saved.
        let next = next.and_then(|next| place_of(&next));
        if self.save() {
            if let Some((id, field)) = next {
                self.open(&id, &field);
            } else {
                focus_row(&now.id, true);
                self.go_back();
            }
            self.settle();
        }
        true
    }

    /// Opens a row's merchant, else its first cell. Whether it has one.
    fn open_row(self, link: &Element) -> bool {
        let Some(row) = link.closest("tr").ok().flatten() else { return false };
        let merchant = row.query_selector(&format!("td[data-cell=\"{FIRST}\"]")).ok().flatten();
        let cell = merchant.or_else(|| cells(&row).into_iter().next());
        match cell.and_then(|cell| place_of(&cell)) {
            Some((id, field)) => {
                self.open(&id, &field);
                true
            }
            None => false,
        }
    }
}
