//! What the expense table does in the browser alone: filters without a reload, the form that is ready for the next
//! entry, and shortcuts.
use super::{address::Address, filters::SEARCH_ID};
use crate::components::shortcuts::{is_busy, is_held};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{
    FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams,
};

/// What leads from a row to its sheet.
const ROW_LINK: &str = ".row-link";

/// The address that a filter form stands for.
pub(super) fn form_address(event: &ev::SubmitEvent) -> Option<Address> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let query = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(Address::read(&String::from(query.to_string())))
}

/// Sends the form around a choice.
pub(super) fn send_form_of_select(event: &ev::Event) {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    if let Some(form) = select.and_then(|select| select.form()) {
        let _ = form.request_submit();
    }
}

/// Empties what differs from entry to entry, and keeps what mostly doesn't: date, currency, account, budget.
pub(super) fn ready_for_next(form_id: &str) {
    for name in ["amount", "merchant", "description", "notes", "tags", "category", "kind"] {
        let Some(element) = document().get_element_by_id(&format!("{form_id}.{name}")) else { continue };
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            input.set_value("");
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value("");
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            select.set_selected_index(0);
            if let Ok(changed) = web_sys::Event::new("change") {
                let _ = select.dispatch_event(&changed);
            }
        }
    }
    focus(&format!("{form_id}.amount"));
}

/// Leads to an element, once it is there.
pub(super) fn focus(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if let Some(element) =
            document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            let _ = element.focus();
        }
    });
}

/// Listens to the keys of the table while nobody is typing and no sheet is open.
pub fn listen_to_keys() {
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || is_held(&event) || is_busy() {
            return;
        }
        match event.key().as_str() {
            "/" => focus(SEARCH_ID),
            "j" => step(true),
            "k" => step(false),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
}

/// Goes to the row after (or before) the one that has the focus; to the first if none has.
fn step(down: bool) {
    let row = document().active_element().and_then(|element| element.closest("tr").ok().flatten());
    let link = match row {
        None => document().query_selector(ROW_LINK),
        Some(row) => {
            let next = if down { row.next_element_sibling() } else { row.previous_element_sibling() };
            next.map_or(Ok(None), |next| next.query_selector(ROW_LINK))
        }
    };
    if let Some(link) = link.ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}
