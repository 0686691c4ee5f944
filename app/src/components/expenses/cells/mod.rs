//! Cells of the table that are changed where they stand. What is open, what is on its way and what came back are known here,
//! above the rows; the table is only asked for the cell of a row (`data-id`, `data-cell`) when it is needed. Nothing that is
//! heard belongs to a row, so rows may go and come at any time.
mod editor;
mod keys;
mod send;

use super::{
    browser::{ROW_LINK, hear, is_table},
    row::title,
    rows::Rows,
};
use crate::{
    i18n::{I18n, use_i18n},
    session::{Refresh, use_page, use_refresh},
    ui::toast::Toasts,
};
use domain::expense::Expense;
use editor::{Editor, text_of};
use leptos::{prelude::*, task::spawn_local};
use std::{collections::VecDeque, sync::Arc, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, MouseEvent};

/// What a cell becomes.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The row, and its field as the form names it.
    id: String,
    field: String,
    /// What stood there, and what stands there now.
    original: String,
    text: String,
    /// The version that was seen.
    version: i64,
    /// The row as it was.
    before: Arc<Expense>,
    /// The same as long as the same is sent.
    key: u32,
}

struct Open {
    change: Change,
    editor: Editor,
}

/// All of it; one for the page.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    pub(super) rows: Rows,
    open: StoredValue<Option<Open>, LocalStorage>,
    /// What is on its way; the first one has been sent.
    queue: StoredValue<VecDeque<Change>, LocalStorage>,
    /// What was refused while another cell was being filled in, and why.
    returned: StoredValue<Vec<(Change, String)>, LocalStorage>,
    sending: StoredValue<bool>,
    /// The row that has the focus.
    at: StoredValue<Option<String>>,
    /// Whether something was saved that the page's figures don't know of yet.
    behind: StoredValue<bool>,
    keys: StoredValue<u32>,
    seed: StoredValue<String>,
    pub(super) i18n: I18n,
    pub(super) toasts: Toasts,
    pub(super) refresh: Refresh,
}

/// The cell of a row for a field.
fn cell_of(id: &str, field: &str) -> Option<Element> {
    let path = format!("table.expenses tr[data-id=\"{id}\"] > td[data-cell=\"{field}\"]");
    document().query_selector(&path).ok().flatten()
}

/// Row and field of a cell.
fn place_of(cell: &Element) -> Option<(String, String)> {
    Some((cell.parent_element()?.get_attribute("data-id")?, cell.get_attribute("data-cell")?))
}

/// The cell that a plain press of the button is in; none where something else in it answers.
fn hit(event: &web_sys::Event) -> Option<Element> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let held = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
    let target = event.target()?.dyn_into::<Element>().ok().filter(|_| !held && mouse.button() == 0 && is_table())?;
    match target.closest("a, button, input, select, label, .cell").ok()? {
        Some(_) => None,
        None => target.closest("table.expenses > tbody > tr[data-id] > td").ok()?,
    }
}

/// What can't be changed in its cell is changed in the sheet.
fn open_sheet(event: &web_sys::Event) {
    let cell = hit(event).filter(|cell| place_of(cell).is_none());
    let row = cell.and_then(|cell| cell.parent_element());
    let link = row.and_then(|row| row.query_selector(ROW_LINK).ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        link.click();
    }
}

/// Leads to a row, once it is drawn.
fn focus_row(id: &str, scroll: bool) {
    let path = format!("tr[data-id=\"{id}\"] {ROW_LINK}");
    request_animation_frame(move || {
        let link = document().query_selector(&path).ok().flatten();
        if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(!scroll);
            let _ = link.focus_with_options(&options);
        }
    });
}

impl Cells {
    pub(super) fn new(rows: Rows) -> Self {
        Self {
            rows,
            open: StoredValue::new_local(None),
            queue: StoredValue::new_local(VecDeque::new()),
            returned: StoredValue::new_local(Vec::new()),
            sending: StoredValue::new(false),
            at: StoredValue::new(None),
            behind: StoredValue::new(false),
            keys: StoredValue::new(0),
            seed: StoredValue::new(use_page().seed),
            i18n: use_i18n(),
            toasts: use_context::<Toasts>().unwrap_or_default(),
            refresh: use_refresh(),
        }
    }

    /// One listener for each kind of event, for as long as the page is there.
    pub(super) fn listen(self) {
        hear("mousedown", move |event| self.went_down(&event));
        hear("focusin", move |event| self.focused(&event));
        hear("click", |event| open_sheet(&event));
        hear("keydown", move |event| self.pressed(&event));
        hear("focusout", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| target.matches(".cell-field").unwrap_or(false)) {
                // A row that is drawn anew takes it out of the page for a moment.
                set_timeout(move || self.left(), Duration::ZERO);
            }
        });
        Effect::new(move |_| {
            self.rows.track();
            self.settle();
        });
    }

    /// A cell opens as the button goes down: the one that was open is saved then, and its row drawn anew under the pointer.
    fn went_down(self, event: &web_sys::Event) {
        let _ = self.at.try_set_value(None);
        let Some((id, field)) = hit(event).and_then(|cell| place_of(&cell)) else { return };
        event.prevent_default();
        if self.save() {
            self.open(&id, &field);
            self.settle();
        }
    }

    /// Opens a cell.
    fn open(self, id: &str, field: &str) {
        let Some(row) = self.rows.row(id) else { return };
        let original = text_of(&row, field, self.i18n.locale);
        let (text, version, key) = (original.clone(), row.version, self.new_key());
        let (id, field) = (id.to_owned(), field.to_owned());
        self.show(Change { id, field, original, text, version, before: row, key }, "");
    }

    /// A key for what is sent once.
    pub(super) fn fresh_key(self) -> String {
        format!("{}.cell.{}", self.seed.try_get_value().unwrap_or_default(), self.new_key())
    }

    fn new_key(self) -> u32 {
        self.keys
            .try_update_value(|keys| {
                *keys = keys.wrapping_add(1);
                *keys
            })
            .unwrap_or_default()
    }

    /// Opens the cell of a change with what was typed, and says what is wrong with it. Whether the cell is there.
    fn show(self, change: Change, wrong: &str) -> bool {
        let Some(cell) = cell_of(&change.id, &change.field) else { return false };
        let name = title(&change.before);
        let Some(editor) = Editor::new(&change.field, &change.text, &name, self.i18n.locale) else { return false };
        self.close();
        editor.put_into(&cell);
        editor.select();
        editor.say(wrong);
        let _ = self.open.try_set_value(Some(Open { change, editor }));
        true
    }

    /// Closes the open cell, and forgets what was typed.
    fn close(self) -> Option<Change> {
        let open = self.open.try_update_value(Option::take)??;
        open.editor.remove();
        Some(open.change)
    }

    /// The open cell with what stands in it.
    fn now(self) -> Option<Change> {
        self.open.try_with_value(|open| {
            open.as_ref().map(|open| Change { text: open.editor.text().trim().to_owned(), ..open.change.clone() })
        })?
    }

    /// Sends what stands in the open cell, if it is something else, and shows it as if it had been saved. Whether one can go
    /// on: what can't be right stays open until the server has said why.
    fn save(self) -> bool {
        let Some(mut change) = self.now() else { return true };
        if change.text == change.original {
            self.close();
            return true;
        }
        let sent = self.open.try_update_value(|open| {
            let open = open.as_mut()?;
            // The same once more after a lost line; another text is another change.
            let again = open.change.text == change.text;
            open.change.text.clone_from(&change.text);
            open.editor.say("");
            Some(again)
        });
        if sent.flatten() == Some(false) {
            change.key = self.new_key();
        }
        let shown = send::applied(&change.before, &change.field, &change.text, self.i18n.locale);
        let goes_on = shown.is_some();
        if let Some(row) = shown {
            self.close();
            let _ = self.queue.try_update_value(|queue| queue.push_back(change));
            self.rows.put(&row);
        } else {
            let _ = self.open.try_update_value(|open| {
                if let Some(open) = open {
                    open.change.key = change.key;
                    open.editor.wait(true);
                }
            });
            let _ = self.queue.try_update_value(|queue| queue.push_back(change));
        }
        self.send();
        goes_on
    }

    /// The focus has gone elsewhere on the page; a window that is left keeps its cell open.
    fn left(self) {
        let left = self.open.try_with_value(|open| open.as_ref().is_some_and(|open| open.editor.was_left()));
        if left == Some(true) && document().has_focus().unwrap_or(true) && self.save() {
            self.go_back();
        }
    }

    /// Nothing is open any more: what came back meanwhile is.
    fn go_back(self) {
        let next = self.returned.try_update_value(Vec::pop).flatten();
        if let Some((change, wrong)) = next
            && !self.show(change.clone(), &wrong)
        {
            let _ = self.returned.try_update_value(|returned| returned.push((change, wrong)));
        }
        self.at_rest();
    }

    /// Once all is saved, the page's figures are read again.
    fn at_rest(self) {
        let busy = self.open.try_with_value(Option::is_some) != Some(false)
            || self.queue.try_with_value(VecDeque::is_empty) != Some(true);
        if !busy && self.behind.try_update_value(std::mem::take) == Some(true) {
            self.refresh.bump();
        }
    }

    /// The rows are drawn in turns that come before the next key: after each of them the open cell is where it belongs, and
    /// in the end the focus, if it was at a row.
    fn settle(self) {
        spawn_local(async move {
            for _ in 0..6 {
                let _ = self.open.try_with_value(|open| {
                    if let Some(open) = open
                        && let Some(cell) = cell_of(&open.change.id, &open.change.field)
                    {
                        open.editor.put_into(&cell);
                    }
                });
                leptos::task::tick().await;
            }
            let lost = document().active_element().is_none_or(|focus| focus.tag_name() == "BODY");
            if lost && let Some(Some(id)) = self.at.try_get_value() {
                focus_row(&id, false);
            }
        });
    }

    /// Notes which row has the focus.
    fn focused(self, event: &web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.filter(|target| target.matches(ROW_LINK).unwrap_or(false));
        let row = link.and_then(|link| link.closest("tr").ok().flatten());
        let _ = self.at.try_set_value(row.and_then(|row| row.get_attribute("data-id")));
    }
}
