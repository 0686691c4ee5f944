//! Cards that are swept aside on the phone: towards the end of the line for a category, towards its beginning into the
//! trash. The sheet of a card and the bar of picked ones do both, too.
use super::{
    browser::{focus, hear, is_table},
    cells::Cells,
    selection::CATEGORY,
};
use crate::{
    i18n::{messages, table},
    ui::{Picks, client::send_fields},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, PointerEvent};

/// From here on a finger means to sweep, in pixels.
const BEGINS: i32 = 12;
/// A card that was brought so far does it.
const DOES: i32 = 96;
/// How long after it a click is the end of it.
const CLICK: Duration = Duration::from_millis(350);

/// A finger on a card.
struct Finger {
    card: HtmlElement,
    from: (i32, i32),
    /// How far it is towards the end of the line; none while it may be anything.
    swept: Option<i32>,
}

#[derive(Clone, Copy)]
struct Sweep {
    cells: Cells,
    picks: Picks,
    finger: StoredValue<Option<Finger>, LocalStorage>,
    just_done: StoredValue<bool>,
}

/// Listens for as long as the page is there.
pub(super) fn listen(cells: &Cells, picks: Picks) {
    let sweep =
        Sweep { cells: *cells, picks, finger: StoredValue::new_local(None), just_done: StoredValue::new(false) };
    hear("pointerdown", move |event| sweep.down(&event));
    hear("pointermove", move |event| sweep.moved(&event));
    hear("pointerup", move |_| sweep.up());
    hear("pointercancel", move |_| {
        sweep.let_go();
    });
    hear("click", move |event| {
        // Only one on a card can be the end of a sweep.
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_card = target.is_some_and(|target| target.closest("table.expenses").ok().flatten().is_some());
        if on_card && sweep.just_done.try_get_value() == Some(true) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
}

/// 1 where the line ends at the right, else −1.
fn direction() -> i32 {
    let page = document().document_element().and_then(|page| page.get_attribute("dir"));
    if page.as_deref() == Some("rtl") { -1 } else { 1 }
}

impl Sweep {
    fn down(self, event: &Event) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
        if pointer.pointer_type() != "touch" || !pointer.is_primary() || is_table() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // One that can't be changed has no such cell.
        let card = target.and_then(|target| target.closest("table.expenses tr:has(> [data-cell=date])").ok().flatten());
        let finger = card.and_then(|card| card.dyn_into().ok()).map(|card| Finger {
            card,
            from: (pointer.client_x(), pointer.client_y()),
            swept: None,
        });
        let _ = self.finger.try_set_value(finger);
    }

    fn moved(self, event: &Event) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
        let _ = self.finger.try_update_value(|finger| {
            let Some(finger) = finger else { return };
            let (right, down) = (pointer.client_x() - finger.from.0, pointer.client_y() - finger.from.1);
            if finger.swept.is_none() && (right.abs() < BEGINS || right.abs() < 2 * down.abs()) {
                return;
            }
            let along = right * direction();
            finger.swept = Some(along);
            self.draw(&finger.card, right, along);
        });
    }

    /// The card where the finger is, with what letting go would do.
    fn draw(self, card: &HtmlElement, right: i32, along: i32) {
        let language = self.cells.i18n.locale.language();
        let (class, says) = if along > 0 {
            ("swept on", table::words(language).set_category)
        } else {
            ("swept back", messages(language).common.delete)
        };
        card.set_class_name(&if along.abs() >= DOES { format!("{class} does") } else { class.to_owned() });
        let _ = card.set_attribute("data-says", says);
        let _ = card.style().set_property("translate", &format!("{right}px"));
    }

    /// The card is where it was. What it was, and how far it had come.
    fn let_go(self) -> Option<(String, i32)> {
        let finger = self.finger.try_update_value(Option::take)??;
        let along = finger.swept?;
        finger.card.set_class_name("");
        let _ = finger.card.remove_attribute("data-says");
        let _ = finger.card.style().remove_property("translate");
        Some((finger.card.get_attribute("data-id")?, along))
    }

    fn up(self) {
        let Some((id, along)) = self.let_go() else { return };
        self.just_done.set_value(true);
        let over = move || {
            let _ = self.just_done.try_set_value(false);
        };
        set_timeout(over, CLICK);
        if along >= DOES {
            self.picks.set_all(&[id], true);
            focus(CATEGORY);
        } else if along <= -DOES {
            self.delete(&id);
        }
    }

    fn delete(self, id: &str) {
        let Some(row) = self.cells.rows.row(id) else { return };
        let (id, version, key) = (id.to_owned(), row.version.to_string(), self.cells.fresh_key());
        spawn_local(async move {
            let fields = [("id", id.as_str()), ("version", version.as_str())];
            let outcome = send_fields("expense-delete", &fields, &key, self.cells.i18n.locale.language()).await;
            if let Some(toast) = outcome.toast {
                self.cells.toasts.push(toast);
            } else if let Some(text) = outcome.error {
                self.cells.toasts.push(crate::forms::Toast { text, undo: None });
            }
            if outcome.ok {
                self.cells.refresh.bump();
            }
        });
    }
}
