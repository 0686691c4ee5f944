//! What the expense table does in the browser alone: filters without a reload, the form that is ready for the next
//! entry, and shortcuts.
use super::{
    address::Address,
    cells::Cells,
    filters::SEARCH_ID,
    rows::Rows,
    scroll,
    selection::{CATEGORY, DELETE, TAGS},
    swipe,
};
use crate::{
    components::{
        shortcuts::{is_busy, is_held},
        undo,
    },
    ui::Picks,
};
use js_sys::{Function, Reflect};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    UrlSearchParams,
};

/// What leads from a row to its sheet.
pub(super) const ROW_LINK: &str = ".row-link";
/// The box of a row, and one that is ticked.
const BOX: &str = "input.pick";
const TICKED: &str = "input.pick:checked";

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
    let differing = ["amount", "merchant", "description", "notes", "tags", "category", "subcategory", "kind"];
    let place = ["location.address", "location.lat", "location.lng"];
    let emptied = differing.into_iter().chain(place).chain(super::repeats::FIELDS).map(|name| (name, ""));
    // The first of the states is a draft, which counts nowhere.
    for (name, text) in emptied.chain([("status", domain::expense::Status::Cleared.as_str())]) {
        if let Some(element) = document().get_element_by_id(&format!("{form_id}.{name}")) {
            fill_in(&element, text);
        }
    }
    focus(&format!("{form_id}.amount"));
}

/// Puts a text into a field, or chooses the choice of that value (the first where it is empty), and lets the page know.
fn fill_in(element: &Element, text: &str) {
    let event = if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
        "input"
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
        "input"
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        if text.is_empty() {
            select.set_selected_index(0);
        } else {
            select.set_value(text);
        }
        "change"
    } else {
        return;
    };
    if let Ok(changed) = web_sys::Event::new(event) {
        let _ = element.dispatch_event(&changed);
    }
}

/// Fills in those fields (`prefix` is what their ids begin with) in which nothing stands; the focus stays among them.
pub(super) fn fill_empty(prefix: &str, fields: &[(&str, &str)]) {
    for (name, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
        let Some(element) = document().get_element_by_id(&format!("{prefix}{name}")) else { continue };
        let input = element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        let now = input.or_else(|| element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value));
        if now.is_some_and(|now| now.is_empty()) {
            fill_in(&element, text);
        }
    }
    focus(&format!("{prefix}category"));
}

/// Asks the device where it is; `failed` where it doesn't say.
pub(super) fn locate(lat: RwSignal<String>, lng: RwSignal<String>, failed: RwSignal<bool>) {
    let found = Closure::once_into_js(move |position: JsValue| {
        let coordinate = |name: &str| {
            let coordinates = Reflect::get(&position, &"coords".into()).ok()?;
            Reflect::get(&coordinates, &name.into()).ok()?.as_f64()
        };
        if let (Some(north), Some(east)) = (coordinate("latitude"), coordinate("longitude")) {
            let _ = lat.try_set(format!("{north:.6}"));
            let _ = lng.try_set(format!("{east:.6}"));
        } else {
            let _ = failed.try_set(true);
        }
    });
    let refused = Closure::once_into_js(move |_: JsValue| {
        let _ = failed.try_set(true);
    });
    let device =
        Reflect::get(&window(), &"navigator".into()).and_then(|device| Reflect::get(&device, &"geolocation".into()));
    let asked = device.and_then(|device| {
        let ask: Function = Reflect::get(&device, &"getCurrentPosition".into())?.dyn_into()?;
        ask.call2(&device, &found, &refused)
    });
    if asked.is_err() {
        failed.set(true);
    }
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

/// Makes the table more than a page of rows: keys, cells that open, rows that come as one scrolls. `ready` is raised when
/// all of that is there.
pub fn listen(rows: Rows, picks: Picks, address: Memo<Address>, ready: RwSignal<bool>) {
    listen_to_keys();
    scroll::listen(rows, address);
    let cells = Cells::new(rows);
    cells.listen();
    swipe::listen(&cells, picks);
    Effect::new(move |_| ready.set(true));
}

/// Hears an event of the page before the elements at which it happens do, until the owner is gone.
pub(super) fn hear(name: &'static str, heard: impl Fn(web_sys::Event) + 'static) {
    let heard = Closure::<dyn Fn(web_sys::Event)>::new(heard);
    let _ = document().add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
    let heard = StoredValue::new_local(heard);
    on_cleanup(move || {
        heard.try_with_value(|heard| {
            document().remove_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true)
        });
    });
}

/// Whether the rows are a table, with cells that open; on narrower screens they are cards.
pub(super) fn is_table() -> bool {
    window().match_media("(width >= 40rem)").ok().flatten().is_some_and(|wide| wide.matches())
}

/// Listens to the keys of the table while nobody is typing and no sheet is open.
fn listen_to_keys() {
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || is_held(&event) || is_busy() {
            return;
        }
        match event.key().as_str() {
            "/" => focus(SEARCH_ID),
            "j" => step(true),
            "k" => step(false),
            "o" => open(),
            " " if tick() => {}
            "c" if tick_if_none() => focus(CATEGORY),
            "t" if tick_if_none() => focus(TAGS),
            "d" if tick_if_none() => press(DELETE),
            "u" => undo::press(undo::UNDO),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
}

/// Opens the sheet of the row that has the focus.
fn open() {
    let link = document().active_element().filter(|element| element.matches(ROW_LINK).unwrap_or(false));
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        link.click();
    }
}

/// Ticks the box of the row that has the focus, or takes the tick away. Whether a row has it.
fn tick() -> bool {
    let row = document().active_element().and_then(|element| element.closest("tbody tr").ok().flatten());
    let tick = row.and_then(|row| row.query_selector(BOX).ok().flatten());
    match tick.and_then(|tick| tick.dyn_into::<HtmlElement>().ok()) {
        Some(tick) => {
            tick.click();
            true
        }
        None => false,
    }
}

/// Whether a row is ticked; where none is, the one that has the focus is from now on.
fn tick_if_none() -> bool {
    document().query_selector(TICKED).ok().flatten().is_some() || tick()
}

/// Presses a button of the bar, once that is there.
pub(super) fn press(id: &'static str) {
    request_animation_frame(move || {
        let button = document().query_selector(&format!("#{id} > button")).ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    });
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
